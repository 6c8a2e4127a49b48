//! `silence`: no grid below is without any record for too long (A2-2副-2).
use chrono::Days;

use super::{Look, Rule, RuleEntry, number};
use crate::grid::standing::Site;
use crate::words::word;

pub(super) const RULE: RuleEntry = RuleEntry {
    name: "silence",
    means: || word("duty.rule.silence"),
    read: |argument| Ok(Box::new(Silence { days: u64::from(number(argument, 30, 1, 366)?) })),
};

#[derive(Debug)]
struct Silence {
    days: u64,
}

impl Rule for Silence {
    /// Every grid below that has units is one thing.
    fn look(&self, site: &Site<'_>) -> Look {
        let org = site.state.org();
        let grids = org.subtree(site.node).into_iter().filter(|ix| {
            let node = org.node(*ix);
            node.is_grid() && node.exists_on(site.today) && node.member_count_on(site.today) > 0
        });
        Look::sum(grids.map(|grid| {
            let since = site.state.last_record(grid).unwrap_or(site.from).max(site.state.duties_from(grid));
            let ok = since.checked_add_days(Days::new(self.days)).is_none_or(|until| site.today <= until);
            Look::one(ok, if ok { None } else { since.checked_add_days(Days::new(self.days)) })
        }))
    }
}
