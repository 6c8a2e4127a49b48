//! What an entry costs to make: keys and time, from when its form or its marks began to when it is recorded.
//!
//! It measures the work that the program asks for, not whoever does it: [`crate::report`] tells nothing but sums of it.
use crate::grid::fact::{Body, Draft, Effort};

/// A longer pause than this between two keys counts as this long: somebody was called away.
const IDLE_MS: i64 = 60_000;

/// What was pressed so far for something that is under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    keys: u32,
    ms: i64,
}

/// Counts for what is under way on each screen of the stack.
#[derive(Clone, Debug, Default)]
pub struct Meter {
    /// One for each screen, the lowest first; none where nothing is under way.
    counts: Vec<Option<Count>>,
    /// When something was pressed last; none where nobody tells, and nothing is measured.
    last_ms: Option<i64>,
    /// What was pressed since the last event that meant something: the keys of a sequence.
    fresh: u32,
    /// What was under way on a screen that has just closed: a menu hands it on to the form that it opens.
    left: Option<Count>,
}

impl Meter {
    /// Something was pressed, clicked or pasted, at this moment (UTC milliseconds since 1970).
    pub fn press(&mut self, now_ms: i64) {
        // A clock that is set back takes no time away.
        let passed = (now_ms - self.last_ms.unwrap_or(now_ms)).clamp(0, IDLE_MS);
        for count in self.counts.iter_mut().flatten() {
            count.keys += 1;
            count.ms += passed;
        }
        self.last_ms = Some(now_ms);
        self.fresh += 1;
    }

    /// What was pressed has been answered.
    pub fn answered(&mut self) {
        self.fresh = 0;
        self.left = None;
    }

    /// Something begins on the screen at this place, with the key that led to it.
    pub fn begin(&mut self, at: usize) {
        if self.counts.len() <= at {
            self.counts.resize(at + 1, None);
        }
        self.counts[at] = Some(self.left.take().unwrap_or_else(|| self.single()));
    }

    /// What was under way there is over, and nothing came of it.
    pub fn drop(&mut self, at: usize) {
        if let Some(count) = self.counts.get_mut(at) {
            *count = None;
        }
    }

    /// The screen at this place is gone; those above it move down.
    pub fn remove(&mut self, at: usize) {
        if at < self.counts.len() {
            self.left = self.counts.remove(at);
        }
    }

    /// Only so many screens are left.
    pub fn truncate(&mut self, screens: usize) {
        self.counts.truncate(screens);
    }

    /// What the screen at this place is about to record has cost: what was under way there or below it, else the key
    /// alone. It is not under way any more.
    pub fn take(&mut self, at: usize) -> Option<Count> {
        self.last_ms?;
        let upto = (at + 1).min(self.counts.len());
        // The lowest has been under way for longest: marks over which a question was asked.
        let taken: Vec<Count> = self.counts[..upto].iter_mut().filter_map(Option::take).collect();
        Some(taken.first().copied().unwrap_or_else(|| self.single()))
    }

    /// It was not recorded: whoever goes on with it goes on counting.
    pub fn give_back(&mut self, at: usize, count: Count) {
        if self.counts.len() <= at {
            self.counts.resize(at + 1, None);
        }
        let now = self.counts[at].unwrap_or_default();
        self.counts[at] = Some(Count { keys: now.keys + count.keys, ms: now.ms + count.ms });
    }

    fn single(&self) -> Count {
        Count { keys: self.fresh.max(1), ms: 0 }
    }
}

impl Count {
    /// As facts say it, in whole seconds.
    pub fn effort(self) -> Effort {
        let short = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
        Effort { keys: short(self.keys.into()), seconds: short((self.ms + 500) / 1000) }
    }
}

/// Divides what was spent among the drafts that somebody asked for; those that follow from them (the tasks of a meeting)
/// have none. `asked` are the drafts of each intent, one after the other, by their number.
pub fn share(drafts: &mut [Draft], asked: &[usize], effort: Effort) {
    let mut own: Vec<usize> = Vec::new();
    let mut from = 0;
    for n in asked {
        let of_intent = from..from + n;
        let first = drafts.get(from).map(|draft| what(&draft.body)).filter(|what| !what.0.is_empty());
        own.extend(of_intent.filter(|at| drafts.get(*at).map(|draft| what(&draft.body)) == first && first.is_some()));
        from += n;
    }
    for (part, at) in own.iter().enumerate() {
        drafts[*at].effort = Some(effort.part(part, own.len()));
    }
}

/// What kind of entry it is; empty where it is none: changes of the organisation and of rights are no duty's work.
fn what(body: &Body) -> (&str, &str) {
    match body {
        Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::ProblemClosed(_) | Body::Withdrawn(_) => {
            (body.kind(), "")
        }
        Body::Record(record) => (body.kind(), &record.form),
        _ => ("", ""),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{
        grid::fact::{Placement, Record},
        log::conformance::visit,
    };

    const SECOND: i64 = 1000;

    fn effort(keys: u16, seconds: u16) -> Effort {
        Effort { keys, seconds }
    }

    #[test]
    fn keys_and_seconds_run_from_the_key_that_opens_a_form_to_the_one_that_saves_it() {
        let mut meter = Meter::default();
        for at in [0, 9] {
            meter.press(at * SECOND);
            meter.answered();
        }
        meter.press(10 * SECOND);
        meter.begin(1);
        meter.answered();
        for at in [12, 13, 30] {
            meter.press(at * SECOND);
            meter.answered();
        }
        assert_eq!(meter.take(1).unwrap().effort(), effort(4, 20));
        assert_eq!(meter.take(1).unwrap().effort(), effort(1, 0), "nothing is under way");
    }

    #[test]
    fn a_pause_counts_for_a_minute_at_most_and_a_clock_that_is_set_back_for_nothing() {
        let mut meter = Meter::default();
        meter.press(0);
        meter.begin(1);
        for at in [60, 60 + 61, 60 + 61 + 7200, 100] {
            meter.press(at * SECOND);
        }
        assert_eq!(meter.take(1).unwrap().effort(), effort(5, 180));
    }

    #[test]
    fn what_was_refused_goes_on_and_what_was_given_up_is_forgotten() {
        let mut meter = Meter::default();
        meter.press(0);
        meter.begin(1);
        meter.press(5 * SECOND);
        let count = meter.take(1).unwrap();
        meter.press(6 * SECOND);
        meter.give_back(1, count);
        meter.press(9 * SECOND);
        assert_eq!(meter.take(1).unwrap().effort(), effort(3, 8));
        meter.begin(1);
        meter.press(20 * SECOND);
        meter.answered();
        meter.remove(1);
        assert_eq!(meter.take(1).unwrap().effort(), effort(1, 0));
    }

    #[test]
    fn a_question_over_marks_counts_with_them_and_the_keys_of_a_sequence_count_each() {
        let mut meter = Meter::default();
        meter.press(0);
        meter.press(SECOND);
        meter.begin(0);
        meter.answered();
        meter.press(2 * SECOND);
        meter.begin(1);
        meter.answered();
        meter.press(3 * SECOND);
        assert_eq!(meter.take(1).unwrap().effort(), effort(4, 2));
        assert_eq!(meter.take(0).unwrap().effort(), effort(1, 0), "it was taken with the question");
    }

    #[test]
    fn what_a_menu_took_counts_for_the_form_that_it_opens() {
        let mut meter = Meter::default();
        meter.press(0);
        meter.begin(1);
        meter.answered();
        meter.press(2 * SECOND);
        meter.remove(1);
        meter.begin(1);
        meter.answered();
        meter.press(3 * SECOND);
        assert_eq!(meter.take(1).unwrap().effort(), effort(3, 3));
    }

    #[test]
    fn where_nobody_tells_of_keys_nothing_is_measured() {
        let mut meter = Meter::default();
        meter.begin(1);
        assert_eq!(meter.take(1), None);
    }

    #[test]
    fn what_was_asked_for_shares_it_and_what_follows_has_none() {
        let record = |form: &str| Draft {
            body: Body::Record(Record { form: form.to_owned(), ..Record::default() }),
            ..visit(1, "g", "u")
        };
        // Two visits of one intent; a meeting with its tasks; a place in a grid, which is no entry.
        let placed = visit(1, "g", "u");
        let placed = Draft { body: Body::Placement(Placement { from: placed.occurred }), ..placed };
        let mut drafts = vec![
            visit(1, "g", "u1"),
            visit(1, "g", "u2"),
            record("meeting"),
            record("task"),
            record("task"),
            placed,
            visit(1, "g", "u3"),
        ];
        share(&mut drafts, &[2, 3, 2], effort(10, 4));
        let shared: Vec<Option<Effort>> = drafts.iter().map(|draft| draft.effort).collect();
        let (four, three) = (Some(effort(4, 2)), Some(effort(3, 1)));
        assert_eq!(shared, [four, three, three, None, None, None, None]);
    }
}
