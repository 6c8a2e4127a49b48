//! In which posts somebody acts: those that they hold at the node or above it, on the day.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Actor;
use crate::grid::{fact::Acting, org::NodeIx, state::State};

/// The posts of the actor and of those who came along, at `node` and above it, on `day`.
pub(super) fn acting(state: &State, actor: &Actor, with: &[String], node: NodeIx, day: NaiveDate) -> Vec<Acting> {
    let org = state.org();
    let who: Vec<_> = actor.person.iter().chain(with).filter_map(|id| org.person_ix(id)).collect();
    let mut found = BTreeSet::new();
    for at in org.path_up(node) {
        let row = org.node(at);
        let held = row.holdings.iter().filter(|held| held.holds_on(day) && who.contains(&held.person));
        found.extend(held.map(|held| Acting { level: row.level, post: held.post }));
    }
    found.into_iter().collect()
}
