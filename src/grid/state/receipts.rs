//! On which day the server took facts in, where receipts say so.
use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::grid::fact::{FactId, WriterId};

/// A place that no chain reaches; who names it has made it up, and there is none behind it.
const NEVER: u64 = u64::MAX;

/// A stretch of a writer's facts with one day of entry, as a small number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
struct Stretch {
    #[n(0)]
    from: u64,
    #[n(1)]
    to: u64,
    #[n(2)]
    day: u16,
}

/// What receipts say, and what was entered without one so far.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Receipts {
    /// By the server's device that says so, then by writer: what it took in; in the order of facts.
    #[n(0)]
    taken: BTreeMap<(WriterId, WriterId), Vec<Stretch>>,
    /// By writer, the facts that came and bear the day of their entry in this log.
    #[n(1)]
    own: BTreeMap<WriterId, Vec<Stretch>>,
}

impl Receipts {
    pub(super) fn afresh(&self) -> Receipts {
        Receipts { own: BTreeMap::new(), ..self.clone() }
    }

    /// Whether this device gave receipts.
    pub(super) fn are_of(&self, server: WriterId) -> bool {
        self.taken.keys().any(|(by, _)| *by == server)
    }

    /// The day on which one of the `servers` took the fact in: the first, if several did.
    pub(super) fn day(&self, id: FactId, servers: impl Iterator<Item = WriterId>) -> Option<u16> {
        servers.filter_map(|server| find(self.taken.get(&(server, id.writer))?, id.seq)).min()
    }

    /// The last day on which anybody says to have taken something of this writer in.
    pub(super) fn last_day(&self, writer: WriterId) -> Option<u16> {
        let said = self.taken.iter().filter(|((_, of), _)| *of == writer).flat_map(|(_, stretches)| stretches);
        said.chain(self.own.get(&writer).into_iter().flatten()).map(|stretch| stretch.day).max()
    }

    /// The day with which the fact came, where no receipt says another one.
    pub(super) fn own_day(&self, id: FactId) -> Option<u16> {
        find(self.own.get(&id.writer)?, id.seq)
    }

    /// Notes that the fact came with this day of entry, and that no receipt says another one.
    pub(super) fn entered(&mut self, id: FactId, day: u16) {
        if id.seq < NEVER && self.own_day(id).is_none() {
            join(self.own.entry(id.writer).or_default(), Stretch { from: id.seq, to: id.seq, day });
        }
    }

    /// Takes in that a device took in a stretch of a writer's chain on a day; where it `speaks` for the server, says whether
    /// facts that came already bear another one.
    pub(super) fn take(
        &mut self,
        (by, speaks): (WriterId, bool),
        writer: WriterId,
        (from, to): (u64, u64),
        day: u16,
    ) -> bool {
        if from > to || from == 0 || to == NEVER {
            return false;
        }
        add(self.taken.entry((by, writer)).or_default(), Stretch { from, to, day });
        if !speaks {
            return false;
        }
        let Some(own) = self.own.get_mut(&writer) else { return false };
        let meets = |stretch: &Stretch| stretch.from <= to && from <= stretch.to;
        let differs = own.iter().filter(|stretch| meets(stretch)).any(|stretch| stretch.day != day);
        if !differs {
            let cut = |stretch: &Stretch| {
                let before = Stretch { to: stretch.to.min(from - 1), ..*stretch };
                let behind = Stretch { from: stretch.from.max(to + 1), ..*stretch };
                [before, behind].into_iter().filter(|part| part.from <= part.to)
            };
            *own = own.iter().flat_map(cut).collect();
        }
        differs
    }
}

fn find(stretches: &[Stretch], seq: u64) -> Option<u16> {
    let at = stretches.partition_point(|stretch| stretch.to < seq);
    stretches.get(at).filter(|stretch| stretch.from <= seq).map(|stretch| stretch.day)
}

/// Puts a stretch that overlaps none in its place, joined with those beside it that bear the same day.
fn join(stretches: &mut Vec<Stretch>, new: Stretch) {
    let at = stretches.partition_point(|stretch| stretch.to < new.from);
    if at > 0 && stretches[at - 1].to + 1 == new.from && stretches[at - 1].day == new.day {
        stretches[at - 1].to = new.to;
        if let Some(next) = stretches.get(at).copied().filter(|next| next.from == new.to + 1 && next.day == new.day) {
            stretches[at - 1].to = next.to;
            stretches.remove(at);
        }
        return;
    }
    match stretches.get_mut(at) {
        Some(next) if next.from == new.to + 1 && next.day == new.day => next.from = new.from,
        _ => stretches.insert(at, new),
    }
}

/// Adds a stretch that may overlap others: the earlier day counts.
fn add(stretches: &mut Vec<Stretch>, new: Stretch) {
    let (met, mut out): (Vec<Stretch>, Vec<Stretch>) =
        stretches.drain(..).partition(|old| old.from <= new.to && new.from <= old.to);
    let mut at = new.from;
    let mut parts = Vec::new();
    for old in met {
        parts.extend([
            Stretch { to: old.to.min(new.from.saturating_sub(1)), ..old },
            Stretch { from: at, to: old.from.saturating_sub(1), ..new },
            Stretch { from: old.from.max(new.from), to: old.to.min(new.to), day: old.day.min(new.day) },
            Stretch { from: old.from.max(new.to + 1), ..old },
        ]);
        at = old.to.saturating_add(1);
    }
    parts.push(Stretch { from: at, ..new });
    parts.retain(|part| part.from <= part.to);
    parts.into_iter().for_each(|part| join(&mut out, part));
    *stretches = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: WriterId = WriterId([1; 16]);
    const LAPTOP: WriterId = WriterId([2; 16]);

    fn id(seq: u64) -> FactId {
        FactId { writer: LAPTOP, seq }
    }

    #[test]
    fn the_first_receipt_of_each_fact_counts_in_whatever_order_they_come() {
        let given: [((u64, u64), u16); 6] =
            [((5, 9), 30), ((1, 6), 20), ((8, 12), 10), ((20, 20), 5), ((3, 25), 25), ((0, 9), 1)];
        let expected = |seq: u64| {
            given[..5].iter().filter(|((from, to), _)| (*from..=*to).contains(&seq)).map(|(_, day)| *day).min()
        };
        for turn in 0..given.len() {
            for backwards in [false, true] {
                let mut order = given;
                order.rotate_left(turn);
                if backwards {
                    order.reverse();
                }
                let mut receipts = Receipts::default();
                for (range, day) in &order {
                    receipts.take((SERVER, true), LAPTOP, *range, *day);
                }
                for seq in 1..30 {
                    assert_eq!(receipts.day(id(seq), [SERVER].into_iter()), expected(seq), "{seq}");
                    assert_eq!(receipts.day(id(seq), [LAPTOP].into_iter()), None);
                }
            }
        }
    }

    #[test]
    fn a_receipt_says_whether_it_dates_something_anew() {
        let mut receipts = Receipts::default();
        [1, 2, 3, 5, 4].iter().for_each(|seq| receipts.entered(id(*seq), 7));
        [6, 7].iter().for_each(|seq| receipts.entered(id(*seq), 8));
        assert_eq!(receipts.own[&LAPTOP].len(), 2, "days in a row are one stretch");
        // What somebody else says is kept for the case that they turn out to be the server, and dates nothing.
        assert!(!receipts.take((LAPTOP, false), LAPTOP, (1, 9), 7) && receipts.own_day(id(2)) == Some(7));
        assert!(!receipts.take((SERVER, true), LAPTOP, (2, 3), 7));
        assert!(receipts.take((SERVER, true), LAPTOP, (4, 6), 8));
        assert!(!receipts.take((SERVER, true), LAPTOP, (7, 7), 8));
        assert!(!receipts.take((SERVER, true), LAPTOP, (8, 9), 3), "what has not come yet");
        assert!(receipts.take((SERVER, true), LAPTOP, (1, 1), 9));
        // A place that no chain reaches.
        receipts.entered(id(u64::MAX), 7);
        assert!(
            !receipts.take((SERVER, true), LAPTOP, (1, u64::MAX), 9)
                && receipts.day(id(1), [SERVER].into_iter()) == Some(9)
        );
    }
}
