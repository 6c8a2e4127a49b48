//! What kind of file the bytes are, by what they begin with; the name's ending is not trusted.
use super::{LONGEST_FILE, decode, error::RowError};

/// A file that can be read.
#[derive(Debug)]
pub(super) enum Kind {
    /// A zip archive, which xlsx is.
    Xlsx,
    /// Text, decoded.
    Delimited(String),
}

/// The most bytes that a zip archive may unpack to.
const LONGEST_UNPACKED: u64 = 512 * 1024 * 1024;

/// Tells the kind, or why the file cannot be read and how to save it instead.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, RowError> {
    const SAVE_AS: &str = "在Excel或WPS里打开它，另存为「Excel工作簿(.xlsx)」后再导入";
    if bytes.is_empty() {
        return Err(RowError::file("文件是空的，一个字节也没有", "选有名单的xlsx或csv文件"));
    }
    if bytes.len() > LONGEST_FILE {
        let (found, limit) = (bytes.len() / 1024 / 1024, LONGEST_FILE / 1024 / 1024);
        return Err(RowError::file(
            format!("文件有{found}MB，超过{limit}MB"),
            "删去名单以外的工作表和图片，或分成几个文件",
        ));
    }
    if bytes.starts_with(b"PK") {
        return if unpacked(bytes) > LONGEST_UNPACKED {
            Err(RowError::file("压缩包解开后大得不像名单", "只留名单所在的工作表，另存为新文件"))
        } else {
            Ok(Kind::Xlsx)
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(RowError::file("这是旧版Excel(.xls)、WPS(.et)或加了密码的文件", format!("{SAVE_AS}，不设密码")));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(RowError::file("这是PDF，不是表格", "用原来的表格文件"));
    }
    let text = decode::text(bytes)?;
    if text.trim_start().starts_with('<') {
        return Err(RowError::file("这是网页(html或xml)，只是改了扩展名", SAVE_AS));
    }
    if text.contains('\0') {
        return Err(RowError::file("这不是表格，也不是文本", "用xlsx或csv文件"));
    }
    Ok(Kind::Delimited(text))
}

/// The sum of the unpacked sizes that a zip archive's directory declares; 0 where there is no directory.
fn unpacked(bytes: &[u8]) -> u64 {
    const ENTRY: &[u8] = b"PK\x01\x02";
    const END: &[u8] = b"PK\x05\x06";
    let number = |at: usize| bytes.get(at..at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
    let short = |at: usize| bytes.get(at..at + 2).map_or(0, |b| usize::from(u16::from_le_bytes([b[0], b[1]])));
    let tail = bytes.len().saturating_sub(66_000);
    let Some(end) = bytes[tail..].windows(4).rposition(|w| w == END) else { return 0 };
    let mut at = number(tail + end + 16).map_or(bytes.len(), |n| n as usize);
    let mut sum = 0;
    while bytes.get(at..at + 4) == Some(ENTRY) {
        sum += u64::from(number(at + 24).unwrap_or(0));
        at += 46 + short(at + 28) + short(at + 30) + short(at + 32);
    }
    sum
}
