//! What people name on the command line: units, grids, people, days, facts.
use chrono::NaiveDate;

use super::Failure;
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
    let label = |ix: &UnitIx| format!("{}（{}）", org.unit(*ix).record.name, org.unit(*ix).record.code);
    one(found, text, "企业", "请用统一社会信用代码或完整的名称", label)
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
        return Err(Failure::said("请写明网格：编号，或「乡镇/网格」"));
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
    one(found, text, "网格", "请写「乡镇/网格」或编号", label)
}

/// The id of the person with this id or name.
pub(super) fn person(state: &State, text: &str) -> Result<String, Failure> {
    let org = state.org();
    if let Some(ix) = org.person_ix(text) {
        return Ok(org.person(ix).id.clone());
    }
    let found: Vec<String> =
        org.people().filter(|(_, person)| person.record.name == text).map(|(_, person)| person.id.clone()).collect();
    one(found, text, "人员", "请用人员编号", String::clone)
}

/// The day that somebody wrote; today when nothing is written.
pub(super) fn day(text: Option<&str>, today: NaiveDate) -> Result<NaiveDate, Failure> {
    let Some(text) = text else { return Ok(today) };
    when::parse(text, today)
        .ok_or_else(|| Failure::said(format!("日期「{text}」读不懂，可写 2026-11-20、11-20、20、-1、昨天")))
}

/// The day ahead that somebody wrote.
pub(super) fn ahead(text: &str, today: NaiveDate) -> Result<NaiveDate, Failure> {
    when::ahead(text, today)
        .ok_or_else(|| Failure::said(format!("日期「{text}」读不懂，可写 2026-12-05、12-05、5、+7、明天")))
}

/// The fact with this id, from the log.
pub(super) fn fact(book: &Book, text: &str) -> Result<Fact, Failure> {
    let id =
        FactId::parse(text).ok_or_else(|| Failure::said(format!("记录编号「{text}」不对，请从 wangge log 里照抄")))?;
    let entry = book.store.find(id)?;
    let entry = entry.ok_or_else(|| Failure::said(format!("账本里没有编号为 {text} 的记录")))?;
    entry.envelope.open(entry.received_ms).map_err(|error| Failure::said(error.to_string()))
}

fn one<T>(mut found: Vec<T>, text: &str, what: &str, advice: &str, label: impl Fn(&T) -> String) -> Result<T, Failure> {
    match (found.len(), found.pop()) {
        (1, Some(only)) => Ok(only),
        (0, _) | (_, None) => Err(Failure::said(format!("账本里没有叫「{text}」的{what}；{advice}"))),
        (n, Some(last)) => {
            found.push(last);
            let some: Vec<String> = found.iter().take(LISTED).map(label).collect();
            let more = if n > LISTED { " 等" } else { "" };
            Err(Failure::said(format!("「{text}」对应 {n} 个{what}（{}{more}）；{advice}", some.join("、"))))
        }
    }
}
