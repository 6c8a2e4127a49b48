//! How wide the terminal draws what clients disagree about, asked of the terminal itself (rule 9).
//!
//! The probe prints `│` and then `中文` on the second row, asks after each where the cursor is, asks for the device
//! attributes as the stop mark, and erases what it printed: [`Probe::BYTES`]. It goes out before the first frame, but
//! nobody waits for it: the desk begins narrow, as it stays where no answer comes, and is drawn again where the answer
//! is another. A round trip of 150 ms so costs nobody 150 ms, and a terminal that never answers no half second. Keys
//! may be typed meanwhile: the input loop tells answers from keys at any time, split or late (Shift-F3 is `CSI 1;2R`
//! in some clients, which is why the probe is not on the first row).
//!
//! The answer is not kept for the next start: one account is used from several clients, and nothing in the environment
//! tells them apart. Inside tmux and screen the answer is theirs, and rightly so: it is their cursor that our bytes
//! move, and how they draw on their client is their own matter.
use std::time::{Duration, Instant};

use crate::words::{self, Language};

/// Answers that come later than this are none.
const LIMIT: Duration = Duration::from_millis(500);
/// The row that is printed on, from 1.
const ROW: u16 = 2;

/// What the terminal said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Ambiguous characters take one cell, or nothing is known of them.
    Narrow,
    /// Ambiguous characters take two cells.
    Wide,
    /// `中文` took so many cells instead of four: the client does not read UTF-8.
    NotUtf8(u16),
}

impl Found {
    /// What a person is told whose terminal does not read UTF-8; nothing otherwise.
    pub fn complaint(self, language: Language) -> String {
        let Found::NotUtf8(cells) = self else { return String::new() };
        words::said_in(language, "terminal.not_utf8").replace("%{cells}", &cells.to_string())
    }

    /// The complaint in Chinese as a client shows it that takes our bytes for GBK, the likely one where UTF-8 is not
    /// read; in UTF-8 it would be as unreadable as the desk. Ends the line.
    pub fn complaint_in_gbk(self) -> Vec<u8> {
        let mut bytes = encoding_rs::GBK.encode(&self.complaint(Language::Zh)).0.into_owned();
        bytes.extend_from_slice(b"\r\n");
        bytes
    }
}

/// A probe that is out.
#[derive(Debug)]
pub struct Probe {
    sent: Instant,
    /// The columns of the answers, from 1.
    columns: Vec<u16>,
}

impl Probe {
    /// What is to be sent.
    pub const BYTES: &'static [u8] = "\x1b[2H│\x1b[6n\r\x1b[K中文\x1b[6n\r\x1b[K\x1b[c".as_bytes();

    /// A probe that was sent at `now`.
    pub fn sent(now: Instant) -> Probe {
        Probe { sent: now, columns: Vec::new() }
    }

    /// The terminal said where its cursor is, from 1.
    pub fn cursor(&mut self, row: u16, column: u16) {
        if row == ROW {
            self.columns.push(column);
        }
    }

    /// The stop mark came at `now`: no more answers will.
    pub fn stopped(&self, now: Instant) -> Found {
        if now > self.sent + LIMIT {
            return Found::Narrow;
        }
        // A client of another encoding may take the first query for a part of the character before it.
        match self.columns.as_slice() {
            [.., last] if *last != 5 => Found::NotUtf8(last.saturating_sub(1)),
            [3, _] => Found::Wide,
            _ => Found::Narrow,
        }
    }

    /// Until when it is worth waiting for the answers before the terminal is given back.
    pub fn answer_due(&self) -> Instant {
        self.sent + LIMIT
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "any moment will do to count from")]
mod tests {
    use super::*;

    fn found(answers: &[(u16, u16)], after: u64) -> Found {
        let sent = Instant::now();
        let mut probe = Probe::sent(sent);
        answers.iter().for_each(|(row, column)| probe.cursor(*row, *column));
        probe.stopped(sent + Duration::from_millis(after))
    }

    #[test]
    fn what_the_terminal_says_decides_and_silence_is_narrow() {
        assert_eq!(found(&[(2, 2), (2, 5)], 10), Found::Narrow);
        assert_eq!(found(&[(2, 3), (2, 5)], 10), Found::Wide);
        assert_eq!(found(&[(2, 4), (2, 7)], 10), Found::NotUtf8(6));
        assert_eq!(found(&[(2, 7)], 10), Found::NotUtf8(6), "the first query was swallowed");
        assert_eq!(found(&[(2, 5)], 10), Found::Narrow);
        assert_eq!(found(&[], 10), Found::Narrow);
        assert_eq!(found(&[(2, 3), (2, 5)], 501), Found::Narrow, "too late");
        assert_eq!(found(&[(1, 2), (2, 2), (2, 5)], 10), Found::Narrow, "Shift-F3 is no answer");
    }
}
