//! `checklist`: a checklist of the pack is in order item by item (五有, 四大体系, 乡镇七制度, 统计之家验收).
use super::{Look, Reference, Rule, RuleEntry};
use crate::grid::{record, standing::Site};
use crate::words::{t, word};

pub(super) const RULE: RuleEntry = RuleEntry {
    name: "checklist",
    means: || word("duty.rule.checklist"),
    read: |argument| match argument {
        Some(id) if !id.is_empty() => Ok(Box::new(Checklist { id: id.to_owned() })),
        _ => Err(t!("duty.rule.checklist_argument").into_owned()),
    },
};

#[derive(Debug)]
struct Checklist {
    id: String,
}

impl Rule for Checklist {
    fn refers(&self) -> Option<Reference> {
        Some(Reference::Checklist(self.id.clone()))
    }

    /// Every item is one thing; of a checklist about units, every unit of the grid with all items in order.
    fn look(&self, site: &Site<'_>) -> Look {
        let Some((number, list)) = site.state.pack().checklist(&self.id) else { return Look::default() };
        let items = list.items.len() as u32;
        let form = |id: &str| record::form(id).map_or(u8::MAX, |(form, _)| form as u8);
        let done = |numbers: &[i64]| numbers.first().map_or(0, |n| *n).clamp(0, i64::from(items)) as u32;
        if !list.per_unit {
            return match site.state.newest_at(site.node, form("checklist"), number as u8) {
                Some((day, numbers)) => Look::of(done(numbers), items, Some(day)),
                None => Look::of(0, items, None),
            };
        }
        let form = form("unit-checklist");
        let members = site.state.org().members_on(site.node, site.today);
        Look::sum(members.map(|unit| match site.state.newest_of(unit, form, number as u8) {
            Some((day, numbers)) => Look::one(done(numbers) == items, Some(day)),
            None => Look::one(false, None),
        }))
    }
}
