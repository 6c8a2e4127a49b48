//! When a frame may go out: frames follow the terminal's answers, not the keys (rule 24).
//!
//! sshd and TCP take megabytes, so that a write that does not block says nothing about what the reader sees. A frame
//! therefore ends with a status query, and while its answer is out, changes gather for the next frame. At most one
//! frame is on the way, however long a key is held. Input is never held back.
//!
//! - Nobody waits for a terminal of which nothing is known: until the first answer, and after three that did not come,
//!   frames go out as they are made. An answer that got lost costs [`LIMIT`] once.
//! - tmux and screen answer in the terminal's place, at once, and pass nothing through to it; what their client takes,
//!   nobody can ask. There, frames keep [`APART`]: twelve a second of 300 bytes leave a line of 64 kbit/s half free.
//! - A repaint by hand (rule 15) asks nothing: it is the way out when the terminal and its answers are in doubt. It
//!   waits for no answer either; instead two of them keep [`REPAINTS_APART`], or a held Ctrl-L would fill the line.
//! - The query is the last thing of a frame. If frames are ever wrapped in synchronized output (DECSET 2026, rule 17
//!   leaves that open), it has to stay behind the end mark: terminals answer when they read, not when they show.
use std::time::{Duration, Instant};

/// An answer that has not come after this long will not come. Far more than a full screen takes at 64 kbit/s.
const LIMIT: Duration = Duration::from_secs(2);
/// After so many answers in a row that did not come, the terminal is taken for one that does not answer.
const MISSES: u8 = 3;
/// One that did not even answer after that is not waited for when the terminal is given back.
const SILENT: u8 = MISSES + 1;
/// Between two frames where a multiplexer answers.
const APART: Duration = Duration::from_millis(80);
/// Between two repaints by hand; a full screen takes 0.6 s at 64 kbit/s.
const REPAINTS_APART: Duration = Duration::from_secs(1);
/// Leaving waits this long for an answer, which the shell would otherwise take for typed text.
const LEAVE: Duration = Duration::from_millis(600);

/// Asks the terminal for its status; it answers `CSI 0 n`.
const QUERY: &[u8] = b"\x1b[5n";

/// What is known of the terminal's answers.
#[derive(Debug)]
pub(super) struct Pace {
    /// Since when an answer is out.
    asked: Option<Instant>,
    /// How many answers in a row did not come.
    missed: u8,
    /// The shortest time between two frames.
    apart: Duration,
    last: Option<Instant>,
    /// A key came while a frame was held back.
    gathered: bool,
    /// The next frame is a repaint by hand.
    by_hand: bool,
    last_by_hand: Option<Instant>,
}

impl Pace {
    /// Nothing is known of the terminal, but whether a multiplexer stands before it.
    pub(super) fn new(multiplexed: bool) -> Pace {
        let apart = if multiplexed { APART } else { Duration::ZERO };
        Pace { asked: None, missed: MISSES, apart, last: None, gathered: false, by_hand: false, last_by_hand: None }
    }

    /// The next frame was asked for by hand.
    pub(super) fn repaint(&mut self) {
        self.by_hand = true;
    }

    /// The terminal has shown all that was sent.
    pub(super) fn answered(&mut self) {
        self.asked = None;
        self.missed = 0;
    }

    /// Until when a frame waits, unless an answer comes before; none when it may go out now.
    pub(super) fn until(&self, now: Instant) -> Option<Instant> {
        let by_hand = || self.last_by_hand.map(|last| last + REPAINTS_APART);
        let answer = || self.asked.filter(|_| self.missed < MISSES).map(|asked| asked + LIMIT);
        let apart = || self.last.map(|last| last + self.apart);
        let at = if self.by_hand { by_hand() } else { answer().max(apart()) };
        at.filter(|at| now < *at)
    }

    /// A key came at `now`.
    pub(super) fn pressed(&mut self, now: Instant) {
        self.gathered |= self.until(now).is_some();
    }

    /// Whether a key came while a frame was held back: keys come faster than the terminal shows what they do. Asked once
    /// for a frame.
    pub(super) fn take_gathered(&mut self) -> bool {
        std::mem::take(&mut self.gathered)
    }

    /// A frame goes out now; what is to be sent after it.
    pub(super) fn sends(&mut self, now: Instant) -> &'static [u8] {
        self.last = Some(now);
        if std::mem::take(&mut self.by_hand) {
            self.last_by_hand = Some(now);
            return b"";
        }
        match self.asked {
            // A terminal that does not answer is asked again now and then: another one may have taken its place.
            Some(asked) if now < asked + LIMIT => return b"",
            Some(_) => self.missed = (self.missed + 1).min(SILENT),
            None => {}
        }
        self.asked = Some(now);
        QUERY
    }

    /// Until when it is worth waiting for an answer before the terminal is given back; none when none is out.
    pub(super) fn answer_due(&self) -> Option<Instant> {
        self.asked.filter(|_| self.missed < SILENT).map(|asked| asked + LEAVE)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "any moment will do to count from")]
mod tests {
    use super::*;

    /// Frames wanted every `every` ms for `long` ms, and at last one more; when they went out. The terminal answers
    /// each query after `answer`, if at all.
    fn frames(pace: &mut Pace, every: u64, long: u64, answer: Option<u64>) -> Vec<u64> {
        let begun = Instant::now();
        let (mut out, mut answers, mut wanted) = (Vec::new(), Vec::new(), false);
        for ms in 0..long + 5_000 {
            let now = begun + Duration::from_millis(ms);
            if answers.first() == Some(&ms) {
                answers.remove(0);
                pace.answered();
            }
            wanted |= ms < long && ms % every == 0;
            if wanted && pace.until(now).is_none() {
                if !pace.sends(now).is_empty() {
                    answers.extend(answer.map(|after| ms + after));
                }
                out.push(ms);
                wanted = false;
            }
        }
        out
    }

    #[test]
    fn one_frame_is_on_the_way_and_what_gathers_goes_with_the_next() {
        let mut pace = Pace::new(false);
        pace.answered();
        assert_eq!(frames(&mut pace, 33, 700, Some(200)), [0, 200, 400, 600, 800]);
        let mut near = Pace::new(false);
        near.answered();
        assert_eq!(frames(&mut near, 100, 500, Some(1)), [0, 100, 200, 300, 400]);
    }

    #[test]
    fn a_terminal_that_never_answers_gets_every_frame_at_once_and_few_queries() {
        let mut pace = Pace::new(false);
        assert_eq!(frames(&mut pace, 33, 10_000, None).len(), 304);
        let begun = Instant::now() + Duration::from_secs(60);
        let queries = (0..100).filter(|i| !pace.sends(begun + Duration::from_millis(i * 100)).is_empty()).count();
        assert_eq!(queries, 5, "one in two seconds");
    }

    #[test]
    fn an_answer_that_got_lost_costs_two_seconds_and_a_terminal_that_went_dumb_six() {
        let mut pace = Pace::new(false);
        pace.answered();
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        assert_eq!(pace.sends(at(0)), QUERY);
        assert_eq!(pace.until(at(10)), Some(at(2_000)));
        assert_eq!(pace.until(at(2_000)), None);
        assert_eq!(pace.sends(at(2_000)), QUERY);
        pace.answered();
        assert_eq!(pace.until(at(2_100)), None);
        let mut dumb = Pace::new(false);
        dumb.answered();
        assert_eq!(frames(&mut dumb, 500, 8_000, None), [0, 2_000, 4_000, 6_000, 6_500, 7_000, 7_500]);
    }

    #[test]
    fn in_a_multiplexer_frames_keep_apart_and_the_first_one_waits_for_nothing() {
        let mut pace = Pace::new(true);
        assert_eq!(frames(&mut pace, 33, 300, Some(1)), [0, 80, 160, 240, 320]);
    }

    #[test]
    fn keys_gather_only_while_a_frame_is_held_back() {
        let mut pace = Pace::new(false);
        pace.answered();
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        pace.pressed(at(0));
        assert!(!pace.take_gathered());
        pace.sends(at(0));
        pace.pressed(at(30));
        pace.answered();
        assert!(pace.take_gathered());
        assert!(!pace.take_gathered());
    }

    #[test]
    fn a_repaint_by_hand_waits_for_no_answer_and_asks_nothing_and_a_held_one_does_not_fill_the_line() {
        let mut pace = Pace::new(false);
        pace.answered();
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        assert_eq!(pace.sends(at(0)), QUERY);
        assert!(pace.until(at(1)).is_some());
        pace.repaint();
        assert_eq!(pace.until(at(1)), None);
        assert_eq!(pace.sends(at(1)), b"");
        pace.repaint();
        assert_eq!(pace.until(at(30)), Some(at(1_001)));
        pace.answered();
        assert_eq!(pace.until(at(1_001)), None);
        assert_eq!(pace.sends(at(1_001)), b"");
        assert_eq!(pace.sends(at(1_002)), QUERY);
    }
}
