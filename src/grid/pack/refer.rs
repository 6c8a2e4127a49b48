//! What rows name in other rows: it must be there.
use super::{Checklist, duties::Rows, error::Faults};
use crate::grid::duty::Reference;
use crate::words::{t, word};

/// Notes what is named and is not there, or may not be named.
pub(super) fn check(rows: &Rows, checklists: Option<&[Checklist]>, faults: &Faults<'_>) {
    for (to, at, key) in &rows.refers {
        match to {
            Reference::Duty(id) => match rows.ids.iter().find(|(known, _)| known == id) {
                None => faults.add(*at, key, t!("pack.no_duty", id = id).into_owned()),
                Some((_, kind)) if kind == "monitor" => {
                    faults.add(*at, key, t!("pack.monitor", id = id).into_owned());
                }
                Some(_) => {}
            },
            Reference::Checklist(id) => {
                let Some(lists) = checklists else { continue };
                if !lists.iter().any(|list| list.id == *id) {
                    let known: Vec<_> = lists.iter().map(|list| list.id.as_str()).collect();
                    let known =
                        if known.is_empty() { t!("pack.no_lists").into_owned() } else { known.join(word("word.list")) };
                    faults.add(*at, key, t!("pack.no_list", id = id, known = known).into_owned());
                }
            }
        }
    }
}
