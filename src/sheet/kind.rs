//! What kind of file the bytes are, by what they begin with; the name's ending is not trusted.
use super::{LONGEST_FILE, decode, error::RowError};
use crate::words::{t, word};

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
    let save_as = word("sheet.save_as");
    if bytes.is_empty() {
        return Err(RowError::file(word("sheet.no_bytes"), word("sheet.choose")));
    }
    if bytes.len() > LONGEST_FILE {
        let (found, limit) = (bytes.len() / 1024 / 1024, LONGEST_FILE / 1024 / 1024);
        return Err(RowError::file(
            t!("sheet.large", found = found, limit = limit).into_owned(),
            word("sheet.large_right"),
        ));
    }
    if bytes.starts_with(b"PK") {
        return if unpacked(bytes) > LONGEST_UNPACKED {
            Err(RowError::file(word("sheet.unpacked"), word("sheet.unpacked_right")))
        } else {
            Ok(Kind::Xlsx)
        };
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(RowError::file(word("sheet.old"), t!("sheet.old_right", save_as = save_as).into_owned()));
    }
    if bytes.starts_with(b"%PDF") {
        return Err(RowError::file(word("sheet.pdf"), word("sheet.pdf_right")));
    }
    let text = decode::text(bytes)?;
    if text.trim_start().starts_with('<') {
        return Err(RowError::file(word("sheet.web"), save_as));
    }
    if text.contains('\0') {
        return Err(RowError::file(word("sheet.no_table"), word("sheet.no_table_right")));
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
