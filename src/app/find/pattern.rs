//! What somebody looks for, made ready for reading names with it.
//!
//! A term of `n` characters is a row of places `0..=n`: place `i` means that its first `i` characters are read. A
//! character of a name moves places on: by one where it stands for itself or for its initial (`l` for 兰), by two for
//! `zh`, `ch`, `sh`, by the length of a reading for the whole of it (`lan`). The end of a term may break off within a
//! reading, so that nothing vanishes while it is being typed. The places reached are the bits of one number, so a
//! character costs a few operations whatever its readings; nothing is tried twice, and no reading is left out.
use super::reading::{LONGEST, plain, readings, syllable};

/// The most characters of a term that count: places are bits of a `u64`.
const CHARS: usize = 63;
/// The most terms of a pattern that count.
const TERMS: usize = 8;
/// So many characters of a code are typed before codes are looked through: fewer fit every code.
const CODE: usize = 3;

/// For moves by 1 to 6 characters of a term: the places from which a character makes the move.
pub(super) type Moves = [u64; LONGEST];

/// What somebody looks for: terms between blanks, all of which must be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    pub(super) terms: Vec<Term>,
}

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    chars: Vec<char>,
    /// In small letters, if it may be a part of a code.
    code: Option<String>,
    /// The traits of characters that every name has in which it is read.
    needs: u32,
}

/// What a [`plain`] character has in common with others, a bit each: the letters that it begins with, and one of six
/// others. A name has the traits of all its characters; most names that lack something are told by that alone.
pub(super) fn traits(c: char) -> u32 {
    let letter = |b: u8| 1 << (b - b'a');
    if let 'a'..='z' = c {
        return letter(c as u8);
    }
    let mut out = 1 << (26 + u32::from(c) % 6);
    readings(c, |reading| out |= letter(reading.as_bytes()[0]));
    out
}

impl Pattern {
    /// The pattern that is typed as `text`; blanks alone look for nothing and find everything.
    pub fn new(text: &str) -> Pattern {
        let text: String = text.chars().map(plain).collect();
        Pattern { terms: text.split_whitespace().take(TERMS).map(Term::new).collect() }
    }

    /// Whether everything is found.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether all that this pattern finds was found by `former` too, so that only that needs to be looked through.
    pub fn narrows(&self, former: &Pattern) -> bool {
        let longer = |(new, old): (&Term, &Term)| {
            new.chars.starts_with(&old.chars) && (new.code.is_none() || old.code.is_some())
        };
        former.terms.len() <= self.terms.len() && self.terms.iter().zip(&former.terms).all(longer)
    }
}

impl Term {
    fn new(text: &str) -> Term {
        let is_code = text.len() >= CODE
            && text.bytes().all(|b| b.is_ascii_alphanumeric())
            && text.bytes().any(|b| b.is_ascii_digit());
        let chars: Vec<char> = text.chars().take(CHARS).collect();
        let needs = needs(&chars);
        Term { chars, code: is_code.then(|| text.to_owned()), needs }
    }

    /// The [`traits`] that every name has in which the term is read.
    pub(super) fn needs(&self) -> u32 {
        self.needs
    }

    /// Whether the term is these characters, to the letter.
    pub(super) fn is(&self, name: impl Iterator<Item = char>) -> bool {
        name.eq(self.chars.iter().copied())
    }

    /// The bit of the last place.
    pub(super) fn end(&self) -> u64 {
        1 << self.chars.len()
    }

    /// The term as a part of a code, if it may be one.
    pub(super) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The moves that a [`plain`] character makes.
    pub(super) fn moves(&self, c: char) -> Moves {
        let mut moves = [0; LONGEST];
        for (i, own) in self.chars.iter().enumerate() {
            moves[0] |= u64::from(*own == c) << i;
        }
        readings(c, |reading| {
            let letters = reading.as_bytes();
            let hissed = letters.len() > 2 && letters[1] == b'h' && b"zcs".contains(&letters[0]);
            for i in 0..self.chars.len() {
                let rest = &self.chars[i..];
                let same = rest.iter().zip(letters).take_while(|(own, letter)| **own == char::from(**letter)).count();
                if same == 0 {
                    continue;
                }
                moves[0] |= 1 << i;
                moves[1] |= u64::from(hissed && same >= 2) << i;
                if same == letters.len() || same == rest.len() {
                    moves[same - 1] |= 1 << i;
                }
            }
        });
        moves
    }
}

/// The traits of the characters of a term, but for those letters that may stand within a reading.
fn needs(chars: &[char]) -> u32 {
    let mut within = 0;
    let mut out = 0;
    for (i, c) in chars.iter().enumerate() {
        if i >= within {
            out |= traits(*c);
        }
        let hissed = matches!(chars[i..], ['z' | 'c' | 's', 'h', ..]);
        within = within.max(i + syllable(&chars[i..]).max(if hissed { 2 } else { 1 }));
    }
    out
}

/// The places that are reached from `places` by a character.
pub(super) fn step(places: u64, moves: &Moves) -> u64 {
    (0..LONGEST).fold(0, |reached, k| reached | (places & moves[k]) << (k + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_pattern_narrows_unless_codes_come_in() {
        let narrows = |new: &str, old: &str| Pattern::new(new).narrows(&Pattern::new(old));
        for (new, old) in [("lxs", "lx"), ("lx fz", "lx"), ("lx f", "lx "), ("9133", "913"), ("兰溪", "兰"), ("a", "")]
        {
            assert!(narrows(new, old), "{new:?} {old:?}");
        }
        for (new, old) in [("lx", "lxs"), ("913", "91"), ("xl", "l"), ("lx", "lx f"), ("f lx", "lx")] {
            assert!(!narrows(new, old), "{new:?} {old:?}");
        }
    }

    #[test]
    fn what_may_be_a_code() {
        let code = |text: &str| Pattern::new(text).terms.first().and_then(|term| term.code().map(str::to_owned));
        assert_eq!(code("91330781MA2"), Some("91330781ma2".to_owned()));
        assert_eq!(code("９１３"), Some("913".to_owned()));
        for text in ["91", "abc", "第3网格", "兰溪", ""] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
