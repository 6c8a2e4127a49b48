//! Bytes of a text file to text: UTF-8 and UTF-16 by their marks, UTF-8 by its strictness, else GB18030.
//!
//! GB18030 contains GBK and GB2312. No guessing by statistics: a roster can be three rows long, and the header that must
//! be found afterwards says surely whether the text was read rightly.
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::error::RowError;
use crate::words::word;

/// The text, or a sentence that says how to save the file instead.
pub(super) fn text(bytes: &[u8]) -> Result<String, RowError> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest).ok_or_else(broken),
        [0xff, 0xfe, rest @ ..] => strict(UTF_16LE, rest).ok_or_else(broken),
        [0xfe, 0xff, rest @ ..] => strict(UTF_16BE, rest).ok_or_else(broken),
        _ if cut_short(bytes) => Err(broken()),
        _ => utf8(bytes).or_else(|| strict(GB18030, bytes)).ok_or_else(broken),
    }
}

/// Whether this is UTF-8 with Chinese in it up to a last character that is not whole.
fn cut_short(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => !bytes[..error.valid_up_to()].is_ascii(),
        _ => false,
    }
}

fn utf8(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

fn strict(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
}

fn broken() -> RowError {
    RowError::file(word("sheet.encoding"), word("sheet.encoding_right"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let meant = "单位详细名称,兰溪市𬭎纺织";
        let utf16: Vec<u8> = meant.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(meant.as_bytes()).unwrap(), meant);
        assert_eq!(text(&[b"\xef\xbb\xbf", meant.as_bytes()].concat()).unwrap(), meant);
        assert_eq!(text(&[b"\xff\xfe".to_vec(), utf16].concat()).unwrap(), meant);
        // 𬭎 is four bytes in GB18030 and does not exist in GBK.
        assert_eq!(text(&GB18030.encode(meant).0).unwrap(), meant);
        let (gbk, _, lossy) = encoding_rs::GBK.encode("名称");
        assert!(!lossy);
        assert_eq!(text(&gbk).unwrap(), "名称");
    }

    #[test]
    fn a_file_cut_inside_a_character_is_refused() {
        let cut = "名称,代码\n兰溪".as_bytes();
        assert!(text(&cut[..cut.len() - 1]).is_err());
        assert!(text(&[b"\xef\xbb\xbf".as_slice(), &[0xe5]].concat()).is_err());
    }
}
