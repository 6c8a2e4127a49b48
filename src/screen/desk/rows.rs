//! What the detail pane lists for a node, tab by tab.
use super::{PaneRow, tab::Tab};
use crate::{
    app::{Desk, Record},
    grid::{
        calendar::Period,
        fact::SessionKind,
        org::{NodeIx, Post, UnitIx},
        pack::Evidence,
        plan::visit_plan,
        standing::{DutyState, Standing, standing},
        state::What,
    },
    screen::find::Finder,
};

/// The rows of a tab, filtered by `pattern` where they are about units, nodes or people.
pub(super) fn rows(desk: &Desk, node: NodeIx, tab: Tab, pattern: &str, records: &[Record]) -> Vec<PaneRow> {
    let is_grid = desk.state.org().node(node).is_grid();
    let rows = match tab {
        Tab::Duties if is_grid => grid_duties(desk, node),
        Tab::Duties => node_duties(desk, node),
        Tab::Visits if is_grid => visits(desk, node),
        Tab::Training if is_grid => sessions(desk, node, SessionKind::Training),
        Tab::Activities if is_grid => sessions(desk, node, SessionKind::Activity),
        Tab::Ledger if is_grid => owed(desk, node),
        Tab::Visits | Tab::Training | Tab::Activities | Tab::Ledger => pick_a_grid(desk, node),
        Tab::People => people(desk, node),
        Tab::Records => list_records(records),
    };
    filtered(desk, rows, pattern)
}

fn heading(title: impl Into<String>) -> PaneRow {
    PaneRow::Heading(title.into(), String::new())
}

/// What a grid owes: overdue, this month, later, done; then whom to visit next and which problems are open.
fn grid_duties(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    if !desk.month.contains(desk.today()) {
        return past_month(desk, node);
    }
    let all = desk.overview.rows(node);
    let month = desk.month;
    let mut out = Vec::new();
    let mut group = |title: &str, pick: &dyn Fn(&&Standing) -> bool| {
        let picked: Vec<PaneRow> = all.iter().filter(pick).map(|s| PaneRow::Duty(*s)).collect();
        if !picked.is_empty() {
            out.push(heading(title));
            out.extend(picked);
        }
    };
    let open = |s: &Standing| !s.state.is_settled() && s.state != DutyState::Overdue;
    group("逾期", &|s| s.state == DutyState::Overdue);
    group("本月", &|s| open(s) && s.due_on <= month.last());
    group("以后", &|s| open(s) && s.due_on > month.last());
    suggestions(desk, node, &mut out);
    problems(desk, node, &mut out);
    let mut done: Vec<PaneRow> = Vec::new();
    done.extend(all.iter().filter(|s| s.state.is_settled()).map(|s| PaneRow::Duty(*s)));
    if !done.is_empty() {
        out.push(heading("已完成"));
        out.extend(done);
    }
    if out.is_empty() {
        out.push(PaneRow::Text("这个网格眼下没有要办的事。".to_owned()));
    }
    out
}

fn suggestions(desk: &Desk, node: NodeIx, out: &mut Vec<PaneRow>) {
    let plan = visit_plan(&desk.state, node, desk.today());
    if plan.next.is_empty() {
        return;
    }
    let missing = plan.quota.map_or(0, |quota| quota.missing());
    let note = if missing > 0 { format!("本月还差 {missing} 家") } else { "本月走访已够".to_owned() };
    out.push(PaneRow::Heading("建议走访（从未、最久未访在前）".to_owned(), note));
    out.extend(plan.next.iter().map(|s| PaneRow::Suggested(s.unit, s.why)));
}

fn problems(desk: &Desk, node: NodeIx, out: &mut Vec<PaneRow>) {
    let here = |unit| desk.state.org().grid_of(unit, desk.today()) == Some(node);
    let open: Vec<_> = desk.state.problems().iter().filter(|p| p.closed.is_none() && here(p.unit)).collect();
    if !open.is_empty() {
        out.push(PaneRow::Heading("未销号的问题".to_owned(), format!("{} 个", open.len())));
        out.extend(open.iter().map(|p| PaneRow::Problem(p.visit, p.unit)));
    }
}

/// How a grid's duties stood or will stand in another month.
fn past_month(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let row = desk.state.org().node(node);
    let day = desk.month.first();
    let mut out = vec![heading(desk.month.label())];
    let from = desk.state.duties_from(node);
    for (i, duty) in desk.pack().duties.iter().enumerate().filter(|(_, duty)| duty.applies_to(row)) {
        let period = Period::containing(duty.cadence, day);
        if period.last() >= from {
            out.push(PaneRow::Duty(standing(&desk.state, i, node, period, desk.today())));
        }
    }
    if out.len() == 1 {
        out.push(PaneRow::Text("那时还没有开始记账。".to_owned()));
    }
    out
}

/// What stands below a node, the worst first; then the units that belong to no grid.
fn node_duties(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let org = desk.state.org();
    let sum = desk.overview.sum(node);
    let mut out = Vec::new();
    let mut below: Vec<NodeIx> = org.node(node).children.iter().copied().filter(|ix| desk.shows(*ix)).collect();
    below.sort_by_key(|ix| {
        let counts = desk.overview.sum(*ix);
        (std::cmp::Reverse((counts.overdue, counts.unplaced, counts.due_soon)), *ix)
    });
    if !below.is_empty() {
        let note = format!("逾期 {}  将到期 {}", sum.overdue, sum.due_soon);
        out.push(PaneRow::Heading("下级（最急的在前）".to_owned(), note));
        out.extend(below.into_iter().map(PaneRow::Child));
    }
    // Most counties have none, and then no unit needs to be looked at.
    let loose = if sum.unplaced > 0 { org.unplaced_on(desk.today()) } else { Vec::new() };
    let here = |unit: &UnitIx| org.flagged_at(*unit).is_some_and(|at| org.is_within(at, node));
    let unplaced: Vec<UnitIx> = loose.into_iter().filter(here).collect();
    if !unplaced.is_empty() {
        out.push(PaneRow::Heading("未划入网格".to_owned(), format!("{} 家，请划入网格", unplaced.len())));
        out.extend(unplaced.into_iter().map(PaneRow::Unplaced));
    }
    if out.is_empty() {
        out.push(PaneRow::Text("这里没有网格。".to_owned()));
    }
    out
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
    let mut out = duties_fed(desk, node, |evidence| matches!(evidence, Evidence::Visit(None)));
    out.push(PaneRow::Heading(
        format!("{}的企业", desk.month.short_label()),
        format!("{} 家，已走访 {visited} 家", units.len()),
    ));
    out.extend(units.into_iter().map(PaneRow::Member));
    out
}

/// The sessions of a kind at a grid, the newest first, under the duties that they close.
fn sessions(desk: &Desk, node: NodeIx, kind: SessionKind) -> Vec<PaneRow> {
    let mut out = duties_fed(desk, node, |evidence| *evidence == Evidence::Session(kind));
    let held: Vec<_> = desk.state.sessions_at(node).filter(|s| s.kind == kind).cloned().collect();
    let title = match kind {
        SessionKind::Training => "培训记录",
        SessionKind::Activity => "活动记录",
    };
    out.push(PaneRow::Heading(title.to_owned(), format!("{} 次", held.len())));
    let mut held: Vec<PaneRow> = held.into_iter().map(PaneRow::Session).collect();
    held.sort_by_key(|row| match row {
        PaneRow::Session(line) => std::cmp::Reverse(line.day),
        _ => std::cmp::Reverse(chrono::NaiveDate::MIN),
    });
    if held.is_empty() {
        let key = if kind == SessionKind::Training { "记培训" } else { "记活动" };
        held.push(PaneRow::Text(format!("还没有记录；按下面的「{key}」键登记一次。")));
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
        if !duty.applies_to(row) || !duty.kind.per_unit() || !duty.evidence.contains(&Evidence::Done) {
            continue;
        }
        let period = Period::containing(duty.cadence, desk.month.first());
        let fed = |what: What| duty.fed_by(what, own);
        let done = |unit: UnitIx| {
            state.unit_marks(unit).iter().any(|mark| mark.at == node && fed(mark.what) && period.contains(mark.date()))
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
    let mut out = vec![PaneRow::Text("请选一个三级网格：".to_owned())];
    out.extend(org.subtree(node).into_iter().filter(|ix| org.node(*ix).is_grid()).map(PaneRow::Child));
    out
}

fn people(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let row = desk.state.org().node(node);
    let mut out = Vec::new();
    for post in [Post::Leader, Post::Deputy, Post::Guide, Post::Member] {
        let here: Vec<_> = row.holders_on(post, desk.today()).collect();
        if !here.is_empty() {
            out.push(PaneRow::Heading(post.label().to_owned(), format!("{} 人", here.len())));
            out.extend(here.into_iter().map(|person| PaneRow::Post(post, person)));
        }
    }
    if out.is_empty() {
        out.push(PaneRow::Text("这里还没有登记人员；导入名册后，统计负责人会列为网格员。".to_owned()));
    }
    out
}

fn list_records(records: &[Record]) -> Vec<PaneRow> {
    if records.is_empty() {
        return vec![PaneRow::Text("还没有记录。".to_owned())];
    }
    records.iter().cloned().map(Box::new).map(PaneRow::Record).collect()
}

/// Keeps the rows whose names are found, with everything that has no name to be found by.
fn filtered(desk: &Desk, rows: Vec<PaneRow>, pattern: &str) -> Vec<PaneRow> {
    if pattern.is_empty() {
        return rows;
    }
    let org = desk.state.org();
    let name = |row: &PaneRow| -> Option<String> {
        match row {
            PaneRow::Child(node) => Some(org.node(*node).name.clone()),
            PaneRow::Post(_, person) => Some(org.person(*person).record.name.clone()),
            PaneRow::Session(line) => Some(line.topic.clone()),
            PaneRow::Record(record) => Some(desk.describe(std::slice::from_ref(&record.fact))),
            PaneRow::Duty(s) => Some(desk.pack().duties[s.duty].name.clone()),
            row => row.unit().map(|unit| {
                let record = &org.unit(unit).record;
                format!("{} {}", record.name, record.contact)
            }),
        }
    };
    let named: Vec<(Option<String>, PaneRow)> = rows.into_iter().map(|row| (name(&row), row)).collect();
    let found = Finder::new(pattern).filter(named.iter().map(|(name, _)| name.as_deref().unwrap_or_default()));
    let keep: std::collections::BTreeSet<usize> = found.into_iter().collect();
    named
        .into_iter()
        .enumerate()
        .filter(|(i, (name, _))| name.is_some() && keep.contains(i))
        .map(|(_, (_, row))| row)
        .collect()
}
