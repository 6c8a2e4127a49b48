//! `placed`: every 统计调查对象 is in a grid (B-7: 100 %).
use super::{Look, Rule, RuleEntry, alone};
use crate::grid::standing::Site;
use crate::words::word;

pub(super) const RULE: RuleEntry = RuleEntry {
    name: "placed",
    means: || word("duty.rule.placed"),
    read: |argument| alone(argument).map(|()| Box::new(Placed) as Box<dyn Rule>),
};

#[derive(Debug)]
struct Placed;

impl Rule for Placed {
    /// Every unit of the area is one thing; at a node that is nobody's area, every unit of the grids below it.
    fn look(&self, site: &Site<'_>) -> Look {
        let org = site.state.org();
        let loose = org.unplaced_on(site.today).into_iter();
        let loose = loose.filter(|unit| org.flagged_at(*unit).is_some_and(|at| org.is_within(at, site.node))).count();
        let placed: u32 = org.subtree(site.node).iter().map(|ix| org.node(*ix).member_count_on(site.today)).sum();
        Look::of(placed, placed + loose as u32, None)
    }
}
