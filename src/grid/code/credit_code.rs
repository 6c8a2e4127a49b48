//! 统一社会信用代码 by GB 32100-2015: 18 characters, of which the last is a check character.
//!
//! The characters are `0-9A-Z` without I, O, S, V and Z, with values 0 to 30 in that order. The i-th of the first 17
//! (from 0) weighs 3^i mod 31; the check character makes the weighted sum a multiple of 31. As 31 is a prime and no
//! weight is a multiple of it, any single wrong character is found.
//!
//! Characters 9 to 17 are an organisation code with a check of its own (GB 11714-1997). [`check`] does not ask for it:
//! every published code that was looked at satisfies it, but nothing at hand says that all registries keep to it, and a
//! unit must not be shut out by a rule we are not sure of while the 18th character finds every slip of one character.
//! What we make ourselves satisfies both; see [`organisation_holds`].
use super::organisation_code;
use crate::words::t;

/// The characters in the order of their values.
pub const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// How many characters a code has.
pub const LENGTH: usize = 18;

const MODULUS: usize = 31;

/// Why a text is not a 统一社会信用代码. Places count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not 18 characters.
    #[error("{}", t!("refused.code.length", found = found))]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character that no code contains.
    #[error("{}", t!("refused.code.character", place = place, found = found))]
    Character {
        /// Where, from 1.
        place: usize,
        /// What stands there.
        found: char,
        /// What was probably meant: 0 for O, 1 for I and so on.
        likely: Option<char>,
    },
    /// The first place is 0, which names no registry; a code of zeros is what people put in for want of one.
    #[error("{}", t!("refused.code.registry"))]
    Registry,
    /// One of places 3 to 8, the registry's division, is not a digit.
    #[error("{}", t!("refused.code.division", place = place, found = found))]
    Division {
        /// Where, from 1.
        place: usize,
        /// What stands there.
        found: char,
    },
    /// The check character does not fit the rest.
    #[error("{}", t!("refused.code.check", found = found))]
    Check {
        /// What stands there.
        found: char,
        /// What would fit, if the other 17 are right.
        right: char,
    },
}

impl CodeError {
    /// What would be right, as the rest of a sentence that begins with 应当.
    pub fn right(&self) -> String {
        match self {
            CodeError::Length { .. } => t!("refused.code.right_length").into_owned(),
            CodeError::Character { likely: Some(likely), .. } => {
                t!("refused.code.right_likely", likely = likely).into_owned()
            }
            CodeError::Character { .. } => t!("refused.code.right_character").into_owned(),
            CodeError::Registry => t!("refused.code.right_registry").into_owned(),
            CodeError::Division { .. } => t!("refused.code.right_division").into_owned(),
            CodeError::Check { right, .. } => t!("refused.code.right_check", right = right).into_owned(),
        }
    }
}

/// Whether `code` (upper case, no spaces) is a 统一社会信用代码; the error says what would be right.
pub fn check(code: &str) -> Result<(), CodeError> {
    let found = code.chars().count();
    if found != LENGTH {
        return Err(CodeError::Length { found });
    }
    let mut values = [0; LENGTH];
    for (i, c) in code.chars().enumerate() {
        values[i] = value(c).ok_or_else(|| CodeError::Character { place: i + 1, found: c, likely: likely(c) })?;
        if (2..8).contains(&i) && values[i] > 9 {
            return Err(CodeError::Division { place: i + 1, found: c });
        }
    }
    if values[0] == 0 {
        return Err(CodeError::Registry);
    }
    let right = check_value(&values[..LENGTH - 1]);
    match code.chars().last() {
        Some(found) if values[LENGTH - 1] != right => Err(CodeError::Check { found, right: char_of(right) }),
        _ => Ok(()),
    }
}

/// `body` (the first 17 characters) with its check character; the error is the one [`check`] would give.
pub fn with_check(body: &str) -> Result<String, CodeError> {
    let mut code = format!("{body}0");
    match check(&code) {
        Ok(()) => Ok(code),
        Err(CodeError::Check { right, .. }) => {
            code.pop();
            code.push(right);
            Ok(code)
        }
        Err(CodeError::Length { found }) => Err(CodeError::Length { found: found - 1 }),
        Err(other) => Err(other),
    }
}

/// Whether characters 9 to 17 of `code` are an organisation code with a right check character (GB 11714-1997).
pub fn organisation_holds(code: &str) -> bool {
    code.get(8..17).is_some_and(organisation_code::holds)
}

fn value(c: char) -> Option<usize> {
    ALPHABET.chars().position(|a| a == c)
}

fn char_of(value: usize) -> char {
    ALPHABET.as_bytes().get(value).map_or('?', |&b| char::from(b))
}

fn check_value(values: &[usize]) -> usize {
    let mut sum = 0;
    let mut weight = 1;
    for value in values {
        sum += value * weight;
        weight = weight * 3 % MODULUS;
    }
    (MODULUS - sum % MODULUS) % MODULUS
}

fn likely(c: char) -> Option<char> {
    match c.to_ascii_uppercase() {
        'O' => Some('0'),
        'I' => Some('1'),
        'S' => Some('5'),
        'V' => Some('U'),
        'Z' => Some('2'),
        upper if upper != c && value(upper).is_some() => Some(upper),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    /// The example of GB 32100-2015, then codes that well-known companies publish.
    const PUBLISHED: [&str; 4] =
        ["91350100M000100Y43", "914403001922038216", "9144030071526726XG", "91330100799655058B"];

    #[test]
    fn published_codes_hold() {
        for code in PUBLISHED {
            assert_eq!(check(code), Ok(()), "{code}");
            assert_eq!(with_check(&code[..17]).unwrap(), code);
            assert!(organisation_holds(code), "{code}");
        }
    }

    #[test]
    fn each_error_says_what_is_right() {
        assert_eq!(check("9133"), Err(CodeError::Length { found: 4 }));
        assert_eq!(check(""), Err(CodeError::Length { found: 0 }));
        let o = check("9135O100M000100Y43").unwrap_err();
        assert_eq!(o, CodeError::Character { place: 5, found: 'O', likely: Some('0') });
        assert!(o.right().contains("多半是「0」"), "{}", o.right());
        assert_eq!(
            check("91350100m000100Y43").unwrap_err().right(),
            CodeError::Character { place: 9, found: 'm', likely: Some('M') }.right()
        );
        assert_eq!(check("9135A100M000100Y43"), Err(CodeError::Division { place: 5, found: 'A' }));
        assert_eq!(check("000000000000000000"), Err(CodeError::Registry));
        assert_eq!(check("91350100M000100Y44"), Err(CodeError::Check { found: '4', right: '3' }));
    }

    #[test]
    fn refuses_a_body_of_the_wrong_length() {
        assert_eq!(with_check("91"), Err(CodeError::Length { found: 2 }));
    }

    fn body() -> impl Strategy<Value = String> {
        ("[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}").prop_map(String::from)
    }

    proptest! {
        #[test]
        fn any_single_wrong_character_is_found(body in body(), place in 0usize..18, other in 0usize..31) {
            let code = with_check(&body).unwrap();
            prop_assert_eq!(check(&code), Ok(()));
            let mut chars: Vec<char> = code.chars().collect();
            let other = char_of(other);
            prop_assume!(chars[place] != other);
            chars[place] = other;
            prop_assert!(check(&chars.iter().collect::<String>()).is_err());
        }

        #[test]
        fn any_text_is_answered(text in ".{0,24}") {
            let _ = check(&text).map_err(|e| e.right());
            let _ = organisation_holds(&text);
        }
    }
}
