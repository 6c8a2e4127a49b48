//! Text that is ready to be pasted into the upper platform: a visit, a session, a period, in the pack's own wording.
use std::collections::BTreeMap;

use super::{Cell, Scene, Scope, Then, gather, sheet, summary};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        decide::Actor,
        fact::{AttendanceMark, Body, Fact, FactId},
        org::NodeIx,
        pack::PasteOf,
        state::State,
    },
    log::{Log, LogError},
    words::word,
};

/// What is filled in, by name.
type Filled = BTreeMap<&'static str, String>;

/// Whether a record has a text: visits, sessions and meetings do.
pub fn has_text(fact: &Fact) -> bool {
    matches!(fact.draft.body, Body::Visit(_)) || sheet::held(fact).is_some()
}

/// The text of a visit, a session or a meeting; none of other records.
pub fn paste_fact(scope: &Scope<'_>, fact: &Fact) -> Option<String> {
    let mut filled = Filled::from([
        ("day", fact.draft.occurred.format(word("paste.day")).to_string()),
        ("node", scope.node_of(fact).map_or_else(String::new, |node| scope.node_name(node))),
        ("who", scope.people(fact.draft.by.as_deref().into_iter())),
    ]);
    let of = match &fact.draft.body {
        Body::Visit(visit) => {
            filled.insert("unit", scope.unit_of(fact).map_or("", |unit| scope.unit_name(unit)).to_owned());
            filled.insert("with", scope.people(visit.with.iter().map(String::as_str)));
            filled.insert("topics", sheet::topics(&visit.topics));
            filled.insert("note", sentence(&scope.prose(&visit.note)));
            filled.insert(
                "problem",
                visit.problem.as_ref().map_or_else(String::new, |found| sentence(&scope.prose(&found.text))),
            );
            PasteOf::Visit
        }
        Body::Session(_) | Body::Record(_) => {
            let held = sheet::held(fact)?;
            let count = |mark| sheet::count(held.roster, mark);
            let invited = held.roster.len() as u32;
            let away = count(AttendanceMark::Excused) + count(AttendanceMark::Absent);
            filled.insert("kind", sheet::kind_name(scope, fact));
            filled.insert("topic", scope.prose(held.topic));
            filled.insert("minutes", held.minutes.map_or_else(String::new, |n| n.to_string()));
            filled.insert("invited", invited.to_string());
            filled.insert("came", (invited - away).to_string());
            filled.insert("absent", count(AttendanceMark::Absent).to_string());
            filled.insert("rate", Cell::Rate(invited - away, invited).to_string());
            filled.insert("note", sentence(&scope.prose(held.note)));
            PasteOf::Session
        }
        _ => return None,
    };
    Some(worded(scope, of, &filled))
}

/// The text of what a node did in a period.
pub fn paste_period(scene: &Scene<'_>) -> String {
    let scope = &scene.scope;
    let mut filled: Filled = summary::counted(scene).into_iter().map(|(key, cell)| (key, cell.to_string())).collect();
    filled.insert("node", scope.node_name(scope.root));
    filled.insert("period", scope.period.label());
    worded(scope, PasteOf::Period, &filled)
}

/// What is to be told to the upper platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wording {
    /// These records, each in a line.
    Records(Vec<FactId>),
    /// What a node did in a period.
    Period(NodeIx, Period),
}

/// The text of what is to be told, as this person may see it; nothing where no record has one.
///
/// # Errors
/// Those of the log.
pub fn pasted((state, actor): (&State, &Actor), log: &dyn Log, told: &Wording) -> Result<String, LogError> {
    match told {
        Wording::Period(node, period) => {
            let then = Then::at_end(state, log, (*node, *period), actor.today)?;
            Ok(paste_period(&gather(then.scope(*period, actor), log)?))
        }
        Wording::Records(ids) => {
            let mut lines = Vec::new();
            for id in ids {
                let Some(entry) = log.find(*id)? else { continue };
                let Ok(fact) = entry.envelope.open(entry.received_ms) else { continue };
                let at = fact.draft.at.as_deref().and_then(|id| state.org().node_ix(id));
                let Some(node) = at.or(state.org().roots().first().copied()) else { continue };
                let period = Period::containing(Cadence::Month, fact.draft.occurred);
                lines.extend(paste_fact(&Scope::new(state, node, period, actor), &fact));
            }
            Ok(lines.join("\n"))
        }
    }
}

/// The pack's wording, or the program's own, filled in.
fn worded(scope: &Scope<'_>, of: PasteOf, filled: &Filled) -> String {
    let usual = match of {
        PasteOf::Visit => word("paste.visit"),
        PasteOf::Session => word("paste.session"),
        PasteOf::Period => word("paste.period"),
    };
    fill(scope.state.pack().report.paste.get(of).unwrap_or(usual), filled)
}

/// Text of several lines in one, without the full stop that the wording has.
fn sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches(['。', '.', '；', ';']).to_owned()
}

/// Fills `{names}` in. A part in square brackets is left out where something in it is empty.
fn fill(text: &str, filled: &Filled) -> String {
    let mut out = String::with_capacity(2 * text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(&put(before, filled).0);
        let (part, next) = after.split_once(']').unwrap_or((after, ""));
        let (shown, is_whole) = put(part, filled);
        if is_whole {
            out.push_str(&shown);
        }
        rest = next;
    }
    out.push_str(&put(rest, filled).0);
    out
}

/// Fills names in; says whether none of them was empty.
fn put(text: &str, filled: &Filled) -> (String, bool) {
    let mut parts = text.split('{');
    let mut out = parts.next().unwrap_or_default().to_owned();
    let mut is_whole = true;
    for part in parts {
        let (name, after) = part.split_once('}').unwrap_or((part, ""));
        let value = filled.get(name).map_or("", String::as_str);
        is_whole &= !value.is_empty();
        out.push_str(value);
        out.push_str(after);
    }
    (out, is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_in_brackets_is_left_out_where_something_in_it_is_empty() {
        let text = "{day}走访{unit}[，同行{with}]。[发现问题：{problem}。]";
        let with = |with: &str, problem: &str| {
            let of = [("day", "11月2日"), ("unit", "甲厂"), ("with", with), ("problem", problem)];
            fill(text, &of.map(|(name, value)| (name, value.to_owned())).into())
        };
        assert_eq!(with("李四", "缺台账"), "11月2日走访甲厂，同行李四。发现问题：缺台账。");
        assert_eq!(with("", "缺台账"), "11月2日走访甲厂。发现问题：缺台账。");
        assert_eq!(with("", ""), "11月2日走访甲厂。");
    }

    #[test]
    fn notes_of_several_lines_become_one_sentence() {
        assert_eq!(sentence("台账齐全。\n下月再来。"), "台账齐全。 下月再来");
    }
}
