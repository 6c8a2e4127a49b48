//! The records of one subject in one period, summed up.
use super::Tally;
use crate::grid::state::Mark;

/// What the records of one subject in one period amount to, by which a kind says what they add. One that comes or goes is
/// followed without looking at the others, of which somebody may have brought thousands.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Who was entered by this day was in time.
    due_day: u16,
    all: Tally,
    visits: Tally,
    /// The visits of each day that has some, in the order of days.
    days: Vec<(u16, Tally)>,
    /// How many of those days have one that was in time.
    days_in_time: u32,
    /// The sum of the amounts, and of those in time.
    amounts: [u64; 2],
}

impl Gathered {
    /// Nothing so far.
    pub(in crate::grid) fn by(due_day: u16) -> Gathered {
        Gathered { due_day, ..Gathered::default() }
    }

    /// How many records there are.
    pub(in crate::grid) fn len(&self) -> u32 {
        self.all.have
    }

    /// One more.
    pub(in crate::grid) fn put(&mut self, mark: &Mark) {
        let in_time = u32::from(mark.recorded <= self.due_day);
        add(&mut self.all, in_time);
        self.amounts[0] += u64::from(mark.amount);
        self.amounts[1] += u64::from(mark.amount) * u64::from(in_time);
        if mark.what.is_visit() {
            add(&mut self.visits, in_time);
            let at = self.days.partition_point(|(day, _)| *day < mark.day);
            if self.days.get(at).is_none_or(|(day, _)| *day != mark.day) {
                self.days.insert(at, (mark.day, Tally::default()));
            }
            let day = &mut self.days[at].1;
            add(day, in_time);
            self.days_in_time += u32::from(in_time == 1 && day.on_time == 1);
        }
    }

    /// One that was put goes.
    pub(in crate::grid) fn take(&mut self, mark: &Mark) {
        let in_time = u32::from(mark.recorded <= self.due_day);
        less(&mut self.all, in_time);
        self.amounts[0] -= u64::from(mark.amount);
        self.amounts[1] -= u64::from(mark.amount) * u64::from(in_time);
        if mark.what.is_visit()
            && let Ok(at) = self.days.binary_search_by_key(&mark.day, |(day, _)| *day)
        {
            less(&mut self.visits, in_time);
            let day = &mut self.days[at].1;
            less(day, in_time);
            self.days_in_time -= u32::from(in_time == 1 && day.on_time == 0);
            if day.have == 0 {
                self.days.remove(at);
            }
        }
    }

    /// One for a subject that was reached at all, and on time if any of its records was entered by the due day.
    pub fn reached(&self) -> Tally {
        Tally { have: self.all.have.min(1), on_time: self.all.on_time.min(1) }
    }

    /// The number of records; a unit counts once a day however often it was visited.
    pub fn records(&self) -> Tally {
        Tally {
            have: self.all.have - self.visits.have + self.days.len() as u32,
            on_time: self.all.on_time - self.visits.on_time + self.days_in_time,
        }
    }

    /// One where the amounts add up to `least`, and on time if those do that were entered by the due day.
    pub fn amounts(&self, least: u32) -> Tally {
        let [have, on_time] = self.amounts.map(|sum| u32::from(sum >= u64::from(least)));
        Tally { have, on_time }
    }
}

fn add(tally: &mut Tally, in_time: u32) {
    tally.have += 1;
    tally.on_time += in_time;
}

fn less(tally: &mut Tally, in_time: u32) {
    tally.have -= 1;
    tally.on_time -= in_time;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::{fact::SessionKind, org::NodeIx, state::What};

    fn mark(what: What, day: u16, recorded: u16, amount: u16) -> Mark {
        Mark { day, recorded, what, writer: 0, seq: 0, at: NodeIx(0), acting: 0, amount }
    }

    #[test]
    fn what_is_put_and_taken_in_any_order_leaves_what_the_rest_amounts_to() {
        let visit = What::Visit { topics: 1 };
        let session = What::Session(SessionKind::Training);
        let marks = [
            mark(visit, 10, 10, 0),
            mark(visit, 10, 40, 0),
            mark(visit, 9, 40, 7),
            mark(session, 9, 9, u16::MAX),
            mark(session, 9, 40, 3),
        ];
        let told = |of: &Gathered| (of.len(), of.reached(), of.records(), of.amounts(10), of.days.len());
        // Every subset, got to from both sides.
        for subset in 0..1_u32 << marks.len() {
            let is_in = |n: &usize| subset & 1 << n != 0;
            let (mut up, mut down) = (Gathered::by(31), Gathered::by(31));
            (0..marks.len()).filter(is_in).for_each(|n| up.put(&marks[n]));
            (0..marks.len()).rev().for_each(|n| down.put(&marks[n]));
            (0..marks.len()).filter(|n| !is_in(n)).for_each(|n| down.take(&marks[n]));
            assert_eq!(told(&up), told(&down), "{subset:b}");
        }
        let mut all = Gathered::by(31);
        marks.iter().for_each(|mark| all.put(mark));
        assert_eq!(all.records(), Tally { have: 4, on_time: 2 }, "two days with visits, two sessions");
        assert_eq!(all.amounts(65_540), Tally { have: 1, on_time: 0 });
    }
}
