//! What rows name in other rows: it must be there.
use super::{Checklist, assessment::Named, duties::Rows, error::Faults};
use crate::grid::{duty::Reference, org::Form};
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

/// Notes duties that criteria name and that are not there, and nodes at which none of them is owed.
pub(super) fn assessed(rows: &Rows, criteria: &[Named], faults: &Faults<'_>) {
    for named in criteria {
        let unknown = named.duties.iter().filter(|(id, _)| rows.ids.iter().all(|(known, _)| known != id));
        // A row that is wrong itself can't be looked at.
        let sound = named.duties.iter().all(|(id, _)| rows.duties.iter().any(|duty| duty.id == *id));
        for (id, at) in unknown {
            faults.add(*at, "evidence", t!("pack.no_duty", id = id).into_owned());
        }
        let owed = |seat: &(u8, Form)| {
            let duties = rows.duties.iter().filter(|duty| named.duties.iter().any(|(id, _)| *id == duty.id));
            duties.flat_map(|duty| &duty.seats).any(|one| (one.level, one.form) == *seat)
        };
        let known = sound && !named.duties.is_empty();
        for (_, at) in named.on.iter().filter(|(seat, _)| known && !owed(seat)) {
            faults.add(*at, "on", word("pack.assessment.not_owed"));
        }
    }
}
