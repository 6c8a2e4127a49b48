//! What people name on the command line: units, grids, people, days, facts.
use chrono::NaiveDate;

use super::Failure;
use crate::words::{t, word};
use crate::{
    app::when,
    grid::{
        fact::{Fact, FactId},
        org::{NodeIx, UnitIx},
        state::State,
    },
    run::Book,
};

/// How many candidates are listed when a name fits several.
const LISTED: usize = 5;

/// The unit with this code or name; or the only one whose name holds it.
pub(super) fn unit(state: &State, text: &str) -> Result<UnitIx, Failure> {
    let org = state.org();
    if let Some(ix) = org.unit_ix(text) {
        return Ok(ix);
    }
    let exact = |unit: &crate::grid::org::Unit| unit.record.code == text || unit.record.name == text;
    let mut found: Vec<UnitIx> = org.units().filter(|(_, unit)| exact(unit)).map(|(ix, _)| ix).collect();
    if found.is_empty() {
        found = org.units().filter(|(_, unit)| unit.record.name.contains(text)).map(|(ix, _)| ix).collect();
    }
    let label = |ix: &UnitIx| {
        t!("word.also_called", id = org.unit(*ix).record.name, name = org.unit(*ix).record.code).into_owned()
    };
    one(found, text, word("cli.find.unit"), word("cli.find.unit_advice"), label)
}

/// The units with these codes or names.
pub(super) fn units(state: &State, texts: &[String]) -> Result<Vec<UnitIx>, Failure> {
    texts.iter().map(|text| unit(state, text)).collect()
}

/// The node with this id or name; `兰江街道/工业第1网格` names a grid within a township.
pub(super) fn node(state: &State, text: &str) -> Result<NodeIx, Failure> {
    let org = state.org();
    if let Some(ix) = org.node_ix(text) {
        return Ok(ix);
    }
    if text.trim().is_empty() {
        return Err(Failure::said(word("cli.find.no_node")));
    }
    let mut found = org.named(text);
    // A name that a closed grid has as well means the one that is there.
    if found.iter().any(|ix| org.node(*ix).to.is_none()) {
        found.retain(|ix| org.node(*ix).to.is_none());
    }
    let label = |ix: &NodeIx| {
        let parent = org.node(*ix).parent.map_or("", |up| org.node(up).name.as_str());
        format!("{parent}/{}", org.node(*ix).name)
    };
    one(found, text, word("cli.find.node"), word("cli.find.node_advice"), label)
}

/// The id of the person with this id or name.
pub(super) fn person(state: &State, text: &str) -> Result<String, Failure> {
    let org = state.org();
    if let Some(ix) = org.person_ix(text) {
        return Ok(org.person(ix).id.clone());
    }
    let found: Vec<String> =
        org.people().filter(|(_, person)| person.record.name == text).map(|(_, person)| person.id.clone()).collect();
    let advice = if found.is_empty() { word("cli.find.person_unknown") } else { word("cli.find.person_advice") };
    one(found, text, word("cli.find.person"), advice, String::clone)
}

/// The node that is named, or the root.
pub(super) fn node_or_root(state: &State, text: Option<&str>) -> Result<NodeIx, Failure> {
    match text {
        Some(text) => node(state, text),
        None => state.org().roots().first().copied().ok_or_else(|| Failure::said(word("cli.export.no_tree"))),
    }
}

/// The day that somebody wrote; today when nothing is written.
pub(super) fn day(text: Option<&str>, today: NaiveDate) -> Result<NaiveDate, Failure> {
    let Some(text) = text else { return Ok(today) };
    when::parse(text, today).ok_or_else(|| Failure::said(t!("cli.find.day", text = text).into_owned()))
}

/// The day ahead that somebody wrote.
pub(super) fn ahead(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    when::ahead(text, today).ok_or_else(|| Failure::said(t!("cli.find.ahead", text = text).into_owned()))
}

/// The fact with this id, from the log.
pub(super) fn fact(book: &Book, text: &str) -> Result<Fact, Failure> {
    let id = FactId::parse(text).ok_or_else(|| Failure::said(t!("cli.find.fact_id", text = text).into_owned()))?;
    let entry = book.store.find(id)?;
    let entry = entry.ok_or_else(|| Failure::said(t!("cli.find.no_fact", text = text).into_owned()))?;
    entry.envelope.open(entry.received_ms).map_err(|error| Failure::said(error.to_string()))
}

fn one<T>(mut found: Vec<T>, text: &str, what: &str, advice: &str, label: impl Fn(&T) -> String) -> Result<T, Failure> {
    match (found.len(), found.pop()) {
        (1, Some(only)) => Ok(only),
        (0, _) | (_, None) => {
            Err(Failure::said(t!("cli.find.none", text = text, what = what, advice = advice).into_owned()))
        }
        (n, Some(last)) => {
            found.push(last);
            let some: Vec<String> = found.iter().take(LISTED).map(label).collect();
            let more = if n > LISTED { word("word.and_others") } else { "" };
            Err(Failure::said(
                t!(
                    "cli.find.several",
                    text = text,
                    n = n,
                    what = what,
                    some = some.join(word("word.list")),
                    more = more,
                    advice = advice
                )
                .into_owned(),
            ))
        }
    }
}
