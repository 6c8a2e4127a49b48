//! Asking the terminal to put text on its clipboard (OSC 52). Some terminals do, some don't, and none says so: whoever asks
//! has to show the text as well.
use std::iter;

/// The bytes that ask for it. tmux takes the plain sequence where `set-clipboard` is `on`, and passes the wrapped one
/// through where `allow-passthrough` is; behind a multiplexer both are sent.
pub fn to_clipboard(text: &str, multiplexed: bool) -> Vec<u8> {
    let plain = format!("\x1b]52;c;{}\x07", base64(text.as_bytes()));
    if !multiplexed {
        return plain.into_bytes();
    }
    format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")).into_bytes()
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let three = |three: &[u8]| {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or_default());
        let all = byte(0) << 16 | byte(1) << 8 | byte(2);
        let letter = |i: usize| char::from(LETTERS[(all >> (18 - 6 * i) & 63) as usize]);
        let whole = three.len() + 1;
        (0..whole).map(letter).chain(iter::repeat_n('=', 4 - whole)).collect::<String>()
    };
    bytes.chunks(3).map(three).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_multiplexer_it_is_sent_wrapped_too() {
        assert_eq!(to_clipboard("f", false), b"\x1b]52;c;Zg==\x07");
        let both = b"\x1b]52;c;Zg==\x07\x1bPtmux;\x1b\x1b]52;c;Zg==\x07\x1b\\";
        assert_eq!(to_clipboard("f", true), both);
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (text, letters) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("走访", "6LWw6K6/"),
        ] {
            assert_eq!(base64(text.as_bytes()), letters, "{text}");
        }
    }
}
