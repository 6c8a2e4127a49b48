//! Many visits within minutes: told once, counted as the duties count them, forbidden never.
//!
//! Nobody calls on ten firms in ten minutes; but who comes home from the villages and enters them in one go does just that.
//! So it is a question to ask, with the days and the units beside it.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Line;
use crate::grid::fact::WriterId;

/// So many visits within [`WITHIN_MS`] are many. No policy says a number: a grid of 30 asks for nine visits a month, and
/// those are marked and entered with one key on an honest evening.
pub const MANY: usize = 10;

/// The span in which they were written down, in milliseconds.
pub const WITHIN_MS: i64 = 10 * 60_000;

/// One stretch of entering in which [`MANY`] visits and more fell into [`WITHIN_MS`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burst {
    /// Who, by id; none where nobody said who they are.
    pub by: Option<String>,
    /// From which device.
    pub writer: WriterId,
    /// The first entry, UTC milliseconds since 1970, by the device's clock.
    pub from_ms: i64,
    /// The last one.
    pub to_ms: i64,
    /// How many visits were entered.
    pub visits: usize,
    /// How many of them count: one for a unit and a day.
    pub counted: usize,
    /// How many units.
    pub units: usize,
    /// The days they were made on.
    pub days: BTreeSet<NaiveDate>,
}

/// The stretches, oldest first, each once however many visits are in it. What was taken back is not asked about.
pub fn bursts(lines: &[Line]) -> Vec<Burst> {
    let mut people: BTreeMap<(Option<&str>, WriterId), Vec<&Line>> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.is_visit && !line.withdrawn) {
        people.entry((line.by.as_deref(), line.fact.writer)).or_default().push(line);
    }
    let mut out: Vec<Burst> = people.into_values().flat_map(of_one).collect();
    out.sort_by_key(|burst| (burst.from_ms, burst.writer));
    out
}

/// The stretches of one person at one device.
fn of_one(mut visits: Vec<&Line>) -> Vec<Burst> {
    visits.sort_by_key(|line| (line.recorded_ms, line.fact));
    let dense = |first: usize| {
        let last = visits.get(first + MANY - 1);
        last.is_some_and(|last| last.recorded_ms - visits[first].recorded_ms <= WITHIN_MS)
    };
    let (mut out, mut first) = (Vec::new(), 0);
    while first < visits.len() {
        if !dense(first) {
            first += 1;
            continue;
        }
        let mut end = first + MANY;
        // It goes on as long as the next window is full as well.
        while dense(end + 1 - MANY) {
            end += 1;
        }
        out.push(told(&visits[first..end]));
        first = end;
    }
    out
}

fn told(visits: &[&Line]) -> Burst {
    let (first, last) = (visits[0], visits[visits.len() - 1]);
    let counted: BTreeSet<(Option<&str>, NaiveDate)> =
        visits.iter().map(|line| (line.subject.as_deref(), line.occurred)).collect();
    let units: BTreeSet<Option<&str>> = counted.iter().map(|(unit, _)| *unit).collect();
    Burst {
        by: first.by.clone(),
        writer: first.fact.writer,
        from_ms: first.recorded_ms,
        to_ms: last.recorded_ms,
        visits: visits.len(),
        counted: counted.len(),
        units: units.len(),
        days: visits.iter().map(|line| line.occurred).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::fact::FactId;

    const MINUTE: i64 = 60_000;

    /// Visits written down at these minutes, each to another unit.
    fn visits(minutes: impl IntoIterator<Item = i64>) -> Vec<Line> {
        let line = |(seq, minute): (u64, i64)| Line {
            fact: FactId { writer: WriterId([1; 16]), seq },
            kind: "visit".to_owned(),
            is_visit: true,
            by: Some("p1".to_owned()),
            at: Some("g".to_owned()),
            subject: Some(format!("u{seq}")),
            occurred: NaiveDate::default(),
            recorded_ms: minute * MINUTE,
            received_ms: minute * MINUTE,
            reason: None,
            late: false,
            clock: false,
            withdrawn: false,
            held: false,
        };
        (1..).zip(minutes).map(line).collect()
    }

    fn sizes(lines: &[Line]) -> Vec<usize> {
        bursts(lines).iter().map(|burst| burst.visits).collect()
    }

    #[test]
    fn twenty_two_in_minutes_are_one_warning() {
        let found = bursts(&visits(0..22));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].visits, found[0].counted, found[0].units), (22, 22, 22));
        assert_eq!((found[0].from_ms, found[0].to_ms), (0, 21 * MINUTE));
    }

    #[test]
    fn ten_within_ten_minutes_are_many_and_nine_are_not() {
        assert!(sizes(&visits([0; 9])).is_empty());
        assert_eq!(sizes(&visits([0; 10])), [10]);
        assert_eq!(sizes(&visits((0..9).chain([10]))), [10]);
        assert!(sizes(&visits((0..9).chain([11]))).is_empty());
        // An hour between them is another stretch.
        assert_eq!(sizes(&visits((0..10).chain(70..85))), [10, 15]);
    }

    #[test]
    fn the_same_unit_on_the_same_day_counts_once_and_what_was_taken_back_is_not_asked_about() {
        let mut lines = visits([0; 12]);
        let unit = lines[0].subject.clone();
        lines[1..3].iter_mut().for_each(|line| line.subject.clone_from(&unit));
        lines[2].occurred = NaiveDate::default().succ_opt().unwrap_or_default();
        let found = &bursts(&lines)[0];
        assert_eq!((found.visits, found.counted, found.units, found.days.len()), (12, 11, 10, 2));
        lines[3..6].iter_mut().for_each(|line| line.withdrawn = true);
        assert!(sizes(&lines).is_empty());
    }

    #[test]
    fn each_person_and_each_device_is_asked_for_itself() {
        let mut lines = visits([0; 18]);
        lines[..9].iter_mut().for_each(|line| line.by = Some("p2".to_owned()));
        assert!(sizes(&lines).is_empty());
        lines[..9].iter_mut().for_each(|line| line.by = Some("p1".to_owned()));
        assert_eq!(sizes(&lines), [18]);
        lines[..9].iter_mut().for_each(|line| line.fact.writer = WriterId([2; 16]));
        assert!(sizes(&lines).is_empty());
    }
}
