//! A slow line that is reckoned with instead of waited for: bytes and times are the same on any machine.
//!
//! The program runs at full speed. After every key the terminal waits until the program is at rest, and only then
//! answers its status query, so that what gathers for the next frame is always the same. The clock is the line's alone:
//! a key, a frame, an answer and the frame after it each take what [`Link`] says; the program itself takes no time.
use std::time::{Duration, Instant};

use super::{ANSWERED, Key, Link, PATIENCE, Terminal};

/// The clock of a line that is only reckoned with.
pub(super) struct Reckoned {
    link: Link,
    now: Instant,
    /// How many of the bytes received have arrived by it.
    arrived: usize,
}

impl Terminal {
    /// From now on times are reckoned as over `link`; for a program that has just been started.
    pub fn reckon(&mut self, link: Link) {
        self.answer_queries();
        self.reckoned = Some(Reckoned { link, now: self.begun, arrived: 0 });
        let end = Instant::now() + PATIENCE;
        while self.raw.is_empty() {
            assert!(self.hear(end), "the program sends nothing");
        }
        // What it has done so far it may have done before anybody looked.
        self.rest(ANSWERED, None);
        self.rounds(ANSWERED);
    }

    /// Presses a key and lets the program do all that comes of it.
    pub(super) fn press_and_reckon(&mut self, key: &Key, quiet: Duration) {
        let bytes = self.bytes_of(key);
        let Some(line) = self.reckoned.as_mut() else { return };
        // The hand comes after the eye.
        line.now += Duration::from_nanos(1);
        self.presses.push(line.now);
        line.now += line.link.way(bytes.len());
        self.tell(&bytes, quiet);
        self.rounds(quiet);
    }

    /// What has come arrives; what it asked for is answered; and so on until nothing comes.
    fn rounds(&mut self, quiet: Duration) {
        loop {
            let Some(line) = self.reckoned.as_mut() else { return };
            let bytes = self.raw.len() - line.arrived;
            if bytes > 0 {
                line.arrived = self.raw.len();
                line.now += line.link.way(bytes);
                self.arrivals.push((line.now, bytes));
            }
            let now = line.now;
            let replies = self.take_replies();
            if replies.is_empty() {
                return;
            }
            let Some(line) = self.reckoned.as_mut() else { return };
            line.now = now + line.link.way(replies.len());
            self.tell(&replies, quiet);
            let Some(line) = self.reckoned.as_mut().filter(|line| line.arrived == self.raw.len()) else { continue };
            // An answer after which nothing came costs nobody any time.
            line.now = now;
        }
    }
}
