//! `below`: another duty is not overdue at any node below (A2-2长-4: the 统计之家 activities take place).
use super::{Look, Reference, Rule, RuleEntry};
use crate::grid::standing::{DutyState, Site, Standing};
use crate::words::{t, word};

pub(super) const RULE: RuleEntry = RuleEntry {
    name: "below",
    means: || word("duty.rule.below"),
    read: |argument| match argument {
        Some(id) if !id.is_empty() => Ok(Box::new(Below { duty: id.to_owned() })),
        _ => Err(t!("duty.rule.below_argument").into_owned()),
    },
};

#[derive(Debug)]
struct Below {
    duty: String,
}

impl Rule for Below {
    fn refers(&self) -> Option<Reference> {
        Some(Reference::Duty(self.duty.clone()))
    }

    /// Every node below that has the other duty is one thing.
    fn look(&self, site: &Site<'_>) -> Look {
        let state = site.state;
        let Some((own, duty)) = state.pack().duty(&self.duty) else { return Look::default() };
        let mut rows: Vec<Standing> = Vec::new();
        let mut look = Look::default();
        for ix in state.org().subtree(site.node).into_iter().skip(1) {
            if !duty.applies_to(state.org().node(ix)) {
                continue;
            }
            rows.clear();
            if let Some(there) = site.at(ix) {
                duty.kind.standings(&there.of(own).oldest(), &mut rows);
            }
            let overdue = rows.iter().filter(|row| row.state == DutyState::Overdue).map(|row| row.due_on).min();
            if rows.iter().any(|row| row.state != DutyState::NotApplicable) {
                look = look.and(Look::one(overdue.is_none(), overdue));
            }
        }
        look
    }
}
