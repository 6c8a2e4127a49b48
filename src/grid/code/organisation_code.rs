//! 组织机构代码 by GB 11714-1997: eight characters and a check character.
//!
//! Characters 9 to 17 of a 统一社会信用代码 are one.

const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// The check character of the eight characters `body`, or nothing where `body` is not eight of `0-9A-Z`.
///
/// It is 11 - (sum of value x weight) mod 11, where 10 is written `X` and 11 is written `0`.
pub fn check_char(body: &str) -> Option<char> {
    if body.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in body.chars().zip(WEIGHTS) {
        if c.is_ascii_lowercase() {
            return None;
        }
        sum += c.to_digit(36)? * weight;
    }
    Some(match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10)?,
    })
}

/// Whether `code` is nine characters of which the last is the right check character.
pub fn holds(code: &str) -> bool {
    match code.char_indices().nth(8) {
        Some((at, last)) => code.len() == at + last.len_utf8() && check_char(&code[..at]) == Some(last),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // GB 11714-1997, annex A: D2143569 with check character X:
        // 13x3 + 2x7 + 1x9 + 4x10 + 3x5 + 5x8 + 6x4 + 9x2 = 199, 199 mod 11 = 1, 11 - 1 = 10.
        assert_eq!(check_char("D2143569"), Some('X'));
        assert!(holds("D2143569X"));
        assert!(!holds("D21435690"));
        // All zero: 11 - 0 = 11, written 0.
        assert_eq!(check_char("00000000"), Some('0'));
    }

    #[test]
    fn refuses_what_is_not_eight_characters() {
        for text in ["", "1234567", "123456789", "1234567兰", "abcdefgh", "1234 678"] {
            assert_eq!(check_char(text), None, "{text}");
        }
        assert!(!holds("兰溪市兰溪市兰溪市"));
    }
}
