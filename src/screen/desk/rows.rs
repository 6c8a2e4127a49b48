//! What the detail pane lists for a node, tab by tab.
use super::{PaneRow, duties::duties, handover, matters, scores, tab::Tab};
use crate::{
    app::{Command, Desk, Record},
    grid::{
        fact::SessionKind,
        org::{Form, NodeIx, Post, UnitIx},
        pack::{Evidence, Recorded},
        standing::Standing,
    },
    screen::filter::{self, Named, named},
    words::t,
};

/// The rows of a tab.
pub(super) fn rows(desk: &Desk, node: NodeIx, tab: Tab, records: &[Record]) -> Vec<PaneRow> {
    let is_grid = desk.state.org().node(node).is_grid();
    match tab {
        Tab::Duties => duties(desk, node),
        Tab::Visits if is_grid => visits(desk, node),
        Tab::Training if is_grid || held(desk, node, SessionKind::Training) => {
            sessions(desk, node, SessionKind::Training)
        }
        Tab::Activities if is_grid || held(desk, node, SessionKind::Activity) => {
            sessions(desk, node, SessionKind::Activity)
        }
        Tab::Ledger if is_grid => owed(desk, node),
        Tab::Visits | Tab::Training | Tab::Activities | Tab::Ledger => pick_a_grid(desk, node),
        Tab::People => people(desk, node),
        Tab::Tasks => matters::matters(desk, node),
        Tab::Records => list_records(records),
    }
}

pub(super) fn heading(title: impl Into<String>) -> PaneRow {
    PaneRow::Heading(title.into(), String::new())
}

/// The units of the shown month: those to visit first, then those visited.
fn visits(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let day = if desk.month.contains(desk.today()) { desk.today() } else { desk.month.last() };
    let mut units: Vec<UnitIx> = desk.state.org().members_on(node, day).collect();
    let month = desk.month;
    let rank = |unit: &UnitIx| {
        let visited = desk.state.visits(*unit).any(|mark| month.contains(mark.date()));
        let last = desk.state.last_visit(*unit);
        (visited, last, desk.state.org().unit(*unit).id.clone())
    };
    units.sort_by_cached_key(rank);
    let visited = units.iter().filter(|unit| rank(unit).0).count();
    let mut out = duties_fed(desk, node, |evidence| matches!(evidence.record, Recorded::Visit(None)));
    out.push(PaneRow::Heading(
        t!("desk.units_of", month = desk.month.short_label()).into_owned(),
        t!("desk.units_visited", n = units.len(), visited = visited).into_owned(),
    ));
    out.extend(units.into_iter().map(PaneRow::Member));
    out
}

/// Whether sessions of a kind were held at a node.
fn held(desk: &Desk, node: NodeIx, kind: SessionKind) -> bool {
    desk.state.sessions_at(node).any(|session| session.kind == kind)
}

/// The sessions of a kind at a node, the newest first, under the duties that they close.
fn sessions(desk: &Desk, node: NodeIx, kind: SessionKind) -> Vec<PaneRow> {
    let mut out = duties_fed(desk, node, |evidence| evidence.record == Recorded::Session(kind));
    let held: Vec<_> = desk.state.sessions_at(node).filter(|s| s.kind == kind).cloned().collect();
    let title = match kind {
        SessionKind::Training => t!("desk.trainings"),
        SessionKind::Activity => t!("desk.activities"),
    };
    out.push(PaneRow::Heading(title.into_owned(), t!("desk.times", n = held.len()).into_owned()));
    let mut held: Vec<PaneRow> = held.into_iter().map(PaneRow::Session).collect();
    held.sort_by_key(|row| match row {
        PaneRow::Session(line) => std::cmp::Reverse(line.day),
        _ => std::cmp::Reverse(chrono::NaiveDate::MIN),
    });
    if held.is_empty() {
        let key = if kind == SessionKind::Training { Command::Training } else { Command::Activity };
        held.push(PaneRow::Text(t!("desk.none_held", key = key.row().name()).into_owned()));
    }
    out.extend(held);
    out
}

/// The standings, overdue and running, of the duties that some evidence closes.
fn duties_fed(desk: &Desk, node: NodeIx, fed: impl Fn(&Evidence) -> bool) -> Vec<PaneRow> {
    let feeds = |s: &&Standing| desk.pack().duties[s.duty].evidence.iter().any(&fed);
    desk.overview.rows(node).iter().filter(feeds).map(|s| PaneRow::Duty(*s)).collect()
}

/// For every duty that each unit owes: which units have the record in the shown period.
fn owed(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let state = &desk.state;
    let row = state.org().node(node);
    let mut out = Vec::new();
    for (own, duty) in state.pack().duties.iter().enumerate() {
        let by_form = |evidence: &Evidence| matches!(evidence.record, Recorded::Form(..));
        let unit_by_unit = duty.kind.per_unit() && (duty.by_hand() || duty.evidence.iter().any(by_form));
        if !duty.applies_to(row) || !unit_by_unit {
            continue;
        }
        let period = duty.period_of(desk.month.first());
        let done = |unit: UnitIx| {
            state
                .unit_marks(unit)
                .iter()
                .any(|mark| mark.at == node && duty.fed_by(mark, own) && period.contains(mark.date()))
        };
        let last = period.last().min(desk.today());
        let mut units: Vec<(bool, UnitIx)> =
            state.org().members_on(node, last).map(|unit| (done(unit), unit)).collect();
        units.sort();
        let have = units.iter().filter(|(done, _)| *done).count();
        out.push(PaneRow::Heading(
            format!("{}  {}", duty.name, period.short_label()),
            format!("{have}/{}", units.len()),
        ));
        out.extend(units.into_iter().map(|(done, unit)| PaneRow::Owed(own, unit, done)));
    }
    out
}

fn pick_a_grid(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let org = desk.state.org();
    let mut out = vec![PaneRow::Text(t!("desk.pick", level = desk.pack().names.level(3, Form::Vertical)).into_owned())];
    out.extend(org.subtree(node).into_iter().filter(|ix| org.node(*ix).is_grid()).map(PaneRow::Child));
    out
}

fn people(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let row = desk.state.org().node(node);
    let mut out = Vec::new();
    for post in [Post::Leader, Post::Deputy, Post::Guide, Post::Member] {
        let here: Vec<_> = row.holders_on(post, desk.today()).collect();
        if !here.is_empty() {
            let title = desk.pack().names.post_at(row, post).to_owned();
            out.push(PaneRow::Heading(title, t!("desk.people", n = here.len()).into_owned()));
            out.extend(here.into_iter().map(|person| PaneRow::Post(post, person)));
        }
    }
    if out.is_empty() {
        out.push(PaneRow::Text(t!("desk.nobody").into_owned()));
    }
    out
}

fn list_records(records: &[Record]) -> Vec<PaneRow> {
    if records.is_empty() {
        return vec![PaneRow::Text(t!("recent.nothing").into_owned())];
    }
    records.iter().cloned().map(Box::new).map(PaneRow::Record).collect()
}

/// What a row is looked for by; none where it is no thing of its own.
pub(super) fn name<'a>(desk: &'a Desk, row: &PaneRow) -> Option<Named<'a>> {
    let org = desk.state.org();
    match row {
        PaneRow::Child(node) => named(org.full_name(*node)),
        PaneRow::Post(_, person) => {
            let record = &org.person(*person).record;
            Some((record.name.as_str().into(), record.phone.as_str().into()))
        }
        PaneRow::Session(line) => named(line.topic.clone()),
        PaneRow::Record(record) => named(desk.describe(std::slice::from_ref(&record.fact))),
        PaneRow::Matter(id) => named(matters::name(desk, *id)),
        PaneRow::Offered(id) => named(handover::name(desk, *id)),
        PaneRow::Scores { node, period, whose } => named(scores::name(desk, *node, *period, whose)),
        PaneRow::Duty(s) => named(desk.pack().duties[s.duty].name.as_str()),
        row => row.unit().and_then(|unit| filter::of_unit(desk, unit)),
    }
}
