//! What counted at an earlier moment: a tally over again, of what had been entered by the end of a day.
use chrono::NaiveDate;

use super::{State, mark::small_day, tally::contribution_by};
use crate::grid::{
    calendar::Period,
    duty::Tally,
    org::{NodeIx, UnitIx},
};

impl State {
    /// What counts for a duty at a node in a period, as far as it had been entered by the end of `day`.
    ///
    /// The tallies know only the due day; for another one the marks are counted again. That is asked of the few instances
    /// that were met late.
    pub(in crate::grid) fn entered(&self, duty: usize, node: NodeIx, period: Period, day: NaiveDate) -> u32 {
        let by = small_day(day);
        let places = if self.pack.duties[duty].adds_up() { self.org.subtree(node) } else { vec![node] };
        let mut sum = Tally::default();
        for at in &places {
            self.recount(duty, *at, period, by, &mut sum, Who::Members);
        }
        // Marks of a unit that never belonged where they were made are rare: then all units are asked.
        if sum.have != self.tally(duty, node, period).have {
            sum = Tally::default();
            for at in &places {
                self.recount(duty, *at, period, by, &mut sum, Who::All);
            }
        }
        sum.on_time
    }

    /// The same of one unit's own records.
    pub(in crate::grid) fn entered_of(
        &self,
        duty: usize,
        (at, unit): (NodeIx, UnitIx),
        period: Period,
        day: NaiveDate,
    ) -> u32 {
        let own = (duty, &self.pack.duties[duty]);
        let marks = self.of_unit.get(unit.0 as usize);
        marks.map_or(0, |marks| contribution_by(own, marks, at, period, small_day(day)).on_time)
    }

    fn recount(&self, duty: usize, at: NodeIx, period: Period, by: u16, sum: &mut Tally, who: Who) {
        let own = (duty, &self.pack.duties[duty]);
        let units: Vec<usize> = match who {
            Who::All => (0..self.of_unit.len()).collect(),
            Who::Members => {
                let mut units: Vec<usize> = self.org.node(at).members.iter().map(|m| m.unit.0 as usize).collect();
                units.sort_unstable();
                units.dedup();
                units
            }
        };
        let of_units = units.into_iter().filter_map(|unit| self.of_unit.get(unit));
        for marks in of_units.chain(self.of_node.get(at.0 as usize)) {
            let more = contribution_by(own, marks, at, period, by);
            sum.have += more.have;
            sum.on_time += more.on_time;
        }
    }
}

/// Whose marks are counted beside the node's own.
#[derive(Clone, Copy)]
enum Who {
    /// Those of the units that ever belonged to it.
    Members,
    /// Those of all units.
    All,
}
