//! Cuts a stream of bytes into whole keys, pastes and answers, however the line delivered them.
//!
//! A sequence may arrive in pieces (`terminal.md`, rules 1 and 2); what is unfinished waits for the rest until its
//! time is up. Time is an argument, in milliseconds from any start.

/// How long a lone ESC waits for the rest of a sequence.
const ESC_MS: u64 = 80;
/// How long a sequence that has begun otherwise waits; what then is unfinished was none and is dropped.
const SEQUENCE_MS: u64 = 500;
/// How long a paste waits for its end mark, which may have been lost; what is there counts then.
const PASTE_MS: u64 = 10_000;
/// A paste is taken in pieces of this many bytes, so that an endless one fills no memory.
const PASTE_MOST: usize = 256 * 1024;
/// A sequence longer than this is none.
const SEQUENCE_MOST: usize = 64;
/// So many different characters in one read were not typed: Enter among them must not act (rule 2).
const BURST: usize = 4;
/// A read this soon after a burst continues it.
const BURST_MS: u64 = 30;

const PASTE_BEGIN: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// One whole thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A key's bytes: a sequence, a control byte or one UTF-8 character.
    Key(Vec<u8>),
    /// Pasted text.
    Paste(String),
}

/// Keeps what has arrived but is not whole.
#[derive(Debug, Default)]
pub(super) struct Splitter {
    held: Vec<u8>,
    held_at: u64,
    pasting: bool,
    /// When the last read was, if it was a burst.
    burst_at: Option<u64>,
    /// The last key was CR: an LF right after it belongs to it.
    after_cr: bool,
}

/// What the bytes begin with, and how many of them that is.
enum Next {
    Key(usize),
    PasteBegin,
    Drop(usize),
    More,
}

impl Splitter {
    /// Takes bytes that were read at `now`.
    ///
    /// They continue what is held however late they come, since a busy program reads late what arrived in time; the
    /// caller gives up waiting with [`Splitter::expire`] only when nothing is there to be read.
    pub(super) fn feed(&mut self, bytes: &[u8], now: u64) -> Vec<Token> {
        let mut held = std::mem::take(&mut self.held);
        held.extend_from_slice(bytes);
        let mut out = Vec::new();
        let used = self.cut(&held, &mut out);
        self.held = held.split_off(used);
        self.held_at = now;
        self.soften(&mut out, now);
        out
    }

    /// When [`Splitter::expire`] is due; none while nothing is held.
    pub(super) fn deadline(&self) -> Option<u64> {
        let wait = match self.held.as_slice() {
            _ if self.pasting => PASTE_MS,
            [] => return None,
            [0x1b] => ESC_MS,
            _ => SEQUENCE_MS,
        };
        Some(self.held_at + wait)
    }

    /// Gives up waiting for what is due by `now`: a lone ESC is the key, an endless paste ends, other pieces go.
    pub(super) fn expire(&mut self, now: u64) -> Option<Token> {
        if self.deadline().is_none_or(|deadline| now < deadline) {
            return None;
        }
        let held = std::mem::take(&mut self.held);
        if std::mem::take(&mut self.pasting) {
            return Some(paste(&held));
        }
        (held == [0x1b]).then_some(Token::Key(held))
    }

    /// Cuts whole tokens off `bytes`; returns how many bytes they took.
    fn cut(&mut self, bytes: &[u8], out: &mut Vec<Token>) -> usize {
        let mut at = 0;
        loop {
            let rest = &bytes[at..];
            if self.pasting {
                let end = rest.windows(PASTE_END.len()).position(|w| w == PASTE_END);
                match end {
                    Some(end) => {
                        out.push(paste(&rest[..end]));
                        self.pasting = false;
                        at += end + PASTE_END.len();
                        continue;
                    }
                    None if rest.len() > PASTE_MOST => {
                        // The end mark may have begun; a character is not cut either.
                        let piece = boundary(rest, rest.len() - PASTE_END.len());
                        out.push(paste(&rest[..piece]));
                        return at + piece;
                    }
                    None => return at,
                }
            }
            match next(rest) {
                Next::More => return at,
                Next::Drop(n) => at += n,
                Next::PasteBegin => {
                    self.pasting = true;
                    at += PASTE_BEGIN.len();
                }
                Next::Key(n) => {
                    let lf_of_crlf = rest[..n] == *b"\n" && self.after_cr;
                    self.after_cr = rest[..n] == *b"\r";
                    if !lf_of_crlf {
                        out.push(Token::Key(rest[..n].to_vec()));
                    }
                    at += n;
                }
            }
        }
    }

    /// Turns Enter in a burst into a pasted line break. A burst is a read of several different characters, as only
    /// a paste without brackets or an input method produces it, or what follows such a read at once; a held key
    /// that gathered on a slow line is none.
    fn soften(&mut self, tokens: &mut [Token], now: u64) {
        let mut different = 0;
        let mut last: Option<&[u8]> = None;
        for token in tokens.iter() {
            let Token::Key(bytes) = token else { continue };
            if bytes[0] >= b' ' && bytes[0] != 0x7f && last != Some(bytes) {
                different += 1;
            }
            last = Some(bytes);
        }
        let goes_on = self.burst_at.is_some_and(|at| now <= at + BURST_MS);
        let burst = different >= BURST || goes_on;
        self.burst_at = burst.then_some(now);
        for token in tokens.iter_mut().filter(|_| burst) {
            if matches!(token, Token::Key(bytes) if matches!(bytes.as_slice(), b"\r" | b"\n")) {
                *token = Token::Paste("\n".to_owned());
            }
        }
    }
}

fn paste(bytes: &[u8]) -> Token {
    Token::Paste(String::from_utf8_lossy(bytes).into_owned())
}

/// The last place up to `at` where no character is cut.
fn boundary(bytes: &[u8], at: usize) -> usize {
    (at.saturating_sub(3)..=at).rev().find(|i| bytes[*i] & 0xc0 != 0x80).unwrap_or(at)
}

fn next(bytes: &[u8]) -> Next {
    match bytes {
        [] | [0x1b] => Next::More,
        [0x1b, b'[', b'[', ..] if bytes.len() < 4 => Next::More,
        [0x1b, b'[', b'[', ..] => Next::Key(4),
        [0x1b, b'[' | b'O', rest @ ..] => sequence(bytes, rest),
        [0x1b, b']' | b'P' | b'_' | b'^', rest @ ..] => answer(rest),
        // A second ESC begins anew; a character that no keyboard sends with Alt was typed after ESC.
        [0x1b, 0x1b | 0x80.., ..] => Next::Key(1),
        [0x1b, _, ..] => Next::Key(2),
        [..0x80, ..] => Next::Key(1),
        _ => character(bytes),
    }
}

/// A control sequence or a keypad key: parameters, then one final byte.
fn sequence(bytes: &[u8], rest: &[u8]) -> Next {
    let Some(end) = rest.iter().position(|b| !(0x20..0x40).contains(b)) else {
        return if rest.len() > SEQUENCE_MOST { Next::Drop(bytes.len()) } else { Next::More };
    };
    match rest[end] {
        _ if bytes.starts_with(PASTE_BEGIN) => Next::PasteBegin,
        0x40..=0x7e => Next::Key(2 + end + 1),
        _ => Next::Drop(2 + end),
    }
}

/// An answer of the terminal that nobody waits for: dropped up to its end.
fn answer(rest: &[u8]) -> Next {
    let end = rest.iter().position(|b| *b == 0x07).map(|at| at + 1);
    let end = end.or_else(|| rest.windows(2).position(|w| w == b"\x1b\\").map(|at| at + 2));
    match end {
        Some(end) => Next::Drop(2 + end),
        None if rest.len() > 64 * SEQUENCE_MOST => Next::Drop(2 + rest.len()),
        None => Next::More,
    }
}

/// One UTF-8 character of several bytes; bytes that are none are dropped one by one.
fn character(bytes: &[u8]) -> Next {
    let len = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Next::Drop(1),
    };
    match std::str::from_utf8(&bytes[..len.min(bytes.len())]) {
        Ok(_) => Next::Key(len),
        Err(e) if e.error_len().is_none() => Next::More,
        Err(_) => Next::Drop(1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(bytes: &[u8]) -> Token {
        Token::Key(bytes.to_vec())
    }

    #[test]
    fn esc_then_the_rest_50_ms_later_is_one_key_and_a_lone_esc_acts_in_time() {
        let mut split = Splitter::default();
        assert_eq!(split.feed(b"\x1b", 1_000), []);
        assert_eq!(split.expire(1_050), None);
        assert_eq!(split.feed(b"[A", 1_050), [key(b"\x1b[A")]);
        assert_eq!(split.deadline(), None);
        split.feed(b"\x1b", 2_000);
        assert_eq!(split.deadline(), Some(2_080));
        assert_eq!(split.expire(2_080), Some(key(b"\x1b")));
        split.feed(b"\x1b[", 3_000);
        assert_eq!(split.expire(3_080), None);
        assert_eq!(split.expire(3_500), None);
        assert_eq!(split.feed(b"j", 3_600), [key(b"j")], "an unfinished sequence types nothing");
    }

    #[test]
    fn two_escs_are_two_and_the_second_may_begin_a_sequence() {
        let mut split = Splitter::default();
        assert_eq!(split.feed(b"\x1b\x1b[B", 0), [key(b"\x1b"), key(b"\x1b[B")]);
        assert_eq!(split.feed(b"\x1bx", 0), [key(b"\x1bx")]);
        assert_eq!(split.feed("\x1b兰".as_bytes(), 0), [key(b"\x1b"), key("兰".as_bytes())]);
    }

    #[test]
    fn answers_nobody_asked_for_type_nothing() {
        let mut split = Splitter::default();
        assert_eq!(split.feed(b"\x1b]11;rgb:0000/0000/0000\x07j", 0), [key(b"j")]);
        assert_eq!(split.feed(b"\x1bP1$r0m\x1b\\j", 0), [key(b"j")]);
        assert_eq!(split.feed(b"\xff\xfej", 0), [key(b"j")]);
    }

    #[test]
    fn enter_in_a_burst_is_a_line_break_and_a_typed_one_is_enter() {
        let mut split = Splitter::default();
        let burst = split.feed(b"abcd\r\nef\r", 0);
        assert_eq!(burst[4], Token::Paste("\n".into()));
        assert_eq!(burst[7], Token::Paste("\n".into()));
        assert_eq!(split.feed(b"\r", 10), [Token::Paste("\n".into())], "the rest of the burst");
        assert_eq!(split.feed(b"\r", 500), [key(b"\r")]);
        assert_eq!(split.feed(b"jjjjjjjj\r", 900).last(), Some(&key(b"\r")), "a held key is no burst");
        assert_eq!(split.feed(b"\x1b[A\x1b[B\x1b[A\x1b[B\r", 1_900).last(), Some(&key(b"\r")));
    }

    #[test]
    fn a_paste_without_end_ends_by_itself() {
        let mut split = Splitter::default();
        assert_eq!(split.feed("\x1b[200~兰溪".as_bytes(), 0), []);
        assert_eq!(split.expire(10_000), Some(Token::Paste("兰溪".into())));
        assert_eq!(split.feed(b"j", 10_001), [key(b"j")]);
        split.feed(b"\x1b[200~", 20_000);
        let flood = "长".repeat(PASTE_MOST);
        let got = split.feed(flood.as_bytes(), 20_001);
        assert!(matches!(&got[..], [Token::Paste(text)] if text.chars().all(|c| c == '长')));
        assert!(split.held.len() < 10);
    }

    proptest! {
        #[test]
        fn pieces_make_the_same_keys_as_the_whole(cuts in prop::collection::vec(0usize..64, 0..6)) {
            let whole = "兰\x1b[A\x1b[200~一\r\n二\x1b[201~\x1bOP\x1b[15~q\x1b[1;5C溪".as_bytes();
            let expected = Splitter::default().feed(whole, 0);
            prop_assert_eq!(expected.len(), 8);
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c % whole.len()).collect();
            cuts.extend([0, whole.len()]);
            cuts.sort_unstable();
            let mut split = Splitter::default();
            let pieces = cuts.windows(2).enumerate();
            let got: Vec<Token> = pieces.flat_map(|(i, w)| split.feed(&whole[w[0]..w[1]], i as u64 * 40)).collect();
            prop_assert_eq!(got, expected);
        }

        #[test]
        fn no_bytes_stop_the_keys_that_follow(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let mut split = Splitter::default();
            split.feed(&bytes, 0);
            split.expire(100_000);
            split.expire(200_000);
            prop_assert_eq!(split.feed(b"j", 300_000), [key(b"j")]);
        }
    }
}
