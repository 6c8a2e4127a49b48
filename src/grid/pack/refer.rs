//! What rows name in other rows: it must be there.
use super::{Checklist, duties::Rows, error::Faults};
use crate::grid::duty::Reference;

/// Notes what is named and is not there, or may not be named.
pub(super) fn check(rows: &Rows, checklists: Option<&[Checklist]>, faults: &Faults<'_>) {
    for (to, at, key) in &rows.refers {
        match to {
            Reference::Duty(id) => match rows.ids.iter().find(|(known, _)| known == id) {
                None => faults.add(*at, key, format!("没有编号为「{id}」的职责")),
                Some((_, kind)) if kind == "monitor" => {
                    faults.add(*at, key, format!("「{id}」本身是 monitor，会互相等待；应写一条不是 monitor 的职责"));
                }
                Some(_) => {}
            },
            Reference::Checklist(id) => {
                let Some(lists) = checklists else { continue };
                if !lists.iter().any(|list| list.id == *id) {
                    let known: Vec<_> = lists.iter().map(|list| list.id.as_str()).collect();
                    let known =
                        if known.is_empty() { "（pack.toml 里没有清单）".to_owned() } else { known.join("、") };
                    faults.add(*at, key, format!("没有编号为「{id}」的清单，可写的是 {known}"));
                }
            }
        }
    }
}
