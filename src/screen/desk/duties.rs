//! The duties tab: what the reader's own posts owe, what the others here owe, and what stands below.
use super::{PaneRow, rows::heading};
use crate::{
    app::Desk,
    grid::{
        org::{NodeIx, Post, UnitIx},
        pack::Duty,
        plan::visit_plan,
        standing::{DutyState, Standing, standing},
    },
    words::t,
};

/// What a node owes, and what stands below it.
///
/// Who holds a post here sees its duties first: overdue, this month, later, or that all are done; then those of the
/// other posts. At home, the duties of the posts that the reader holds elsewhere follow.
pub(super) fn duties(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    if !desk.month.contains(desk.today()) {
        return other_month(desk, node);
    }
    let row = desk.state.org().node(node);
    let all = desk.overview.rows(node);
    let mine = desk.my_posts_at(node);
    let is_my_post = |post: Post| mine.is_empty() || mine.contains(&post);
    let (own, others): (Vec<&Standing>, Vec<&Standing>) = all.iter().partition(|s| is_my_post(post_of(desk, s)));
    let nothing_left = !mine.is_empty() && own.iter().all(|s| s.state.is_settled());
    let mut out = super::handover::waiting(desk, node);
    out.extend(super::scores::waiting(desk, node));
    urgent(desk, &own, &mut out);
    if nothing_left {
        out.push(PaneRow::Text(t!("desk.all_done").into_owned()));
    }
    if row.is_grid() {
        later(desk, &own, &mut out);
        if nothing_left {
            headed(&mut out, || heading(t!("desk.my_done")), done(&own));
        }
        let visits = |duty: &Duty| duty.kind.name() == "coverage" && duty.post_at(row).is_some_and(is_my_post);
        if desk.pack().duties.iter().any(visits) {
            suggestions(desk, node, &mut out);
        }
        problems(desk, node, &mut out);
    } else {
        // Who leads many looks at them first, after what burns here; what is not due for weeks can wait.
        by_posts(desk, &others, node, &mut out, true);
        unplaced(desk, node, &mut out);
        below(desk, node, &mut out);
        later(desk, &own, &mut out);
    }
    if node == desk.home {
        elsewhere(desk, &mut out);
    }
    by_posts(desk, &others, node, &mut out, false);
    let rest: Vec<&Standing> = if nothing_left && row.is_grid() { others } else { all.iter().collect() };
    headed(&mut out, || heading(t!("desk.done")), done(&rest));
    // What does not apply is no news.
    let freed = all.iter().filter(|s| s.state == DutyState::Exempt);
    headed(&mut out, || heading(DutyState::Exempt.label()), freed.map(|s| PaneRow::Duty(*s)));
    if out.is_empty() {
        let text = if row.is_grid() { t!("desk.nothing_to_do") } else { t!("desk.no_duties") };
        out.push(PaneRow::Text(text.into_owned()));
    }
    out
}

/// What is met, on time or late.
fn done<'a>(rows: &'a [&Standing]) -> impl Iterator<Item = PaneRow> + 'a {
    rows.iter().filter(|s| matches!(s.state, DutyState::Met | DutyState::MetLate)).map(|s| PaneRow::Duty(**s))
}

/// What the other posts here owe, post by post: above what is below only what is overdue, and the rest beneath it; at a
/// grid all of it together.
fn by_posts(desk: &Desk, rows: &[&Standing], node: NodeIx, out: &mut Vec<PaneRow>, above: bool) {
    let is_grid = desk.state.org().node(node).is_grid();
    let is_here = |s: &Standing| is_grid || (s.state == DutyState::Overdue) == above;
    for post in Post::ALL {
        let of = rows.iter().filter(|s| !s.state.is_settled() && is_here(s) && post_of(desk, s) == post);
        headed(out, || of_post(desk, node, post), of.map(|s| PaneRow::Duty(**s)));
    }
}

/// Puts rows below their heading, where there are any.
fn headed(out: &mut Vec<PaneRow>, heading: impl FnOnce() -> PaneRow, rows: impl Iterator<Item = PaneRow>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        out.push(heading());
        out.extend(rows);
    }
}

/// The heading above what another post here owes, with who holds it.
fn of_post(desk: &Desk, node: NodeIx, post: Post) -> PaneRow {
    const NAMED: usize = 3;
    let org = desk.state.org();
    let row = org.node(node);
    let names: Vec<&str> = row.holders_on(post, desk.today()).map(|ix| org.person(ix).record.name.as_str()).collect();
    let who = match names.len() {
        0 => t!("desk.vacant").into_owned(),
        1..=NAMED => names.join(&t!("desk.and")),
        n => t!("desk.held_by", n = n).into_owned(),
    };
    PaneRow::Heading(t!("desk.duties_of", post = desk.pack().names.post_at(row, post)).into_owned(), who)
}

/// The post that owes an instance.
fn post_of(desk: &Desk, standing: &Standing) -> Post {
    let node = desk.state.org().node(standing.node);
    desk.pack().duties[standing.duty].post_at(node).unwrap_or(Post::Leader)
}

/// What is overdue, and what is due this month.
fn urgent(desk: &Desk, rows: &[&Standing], out: &mut Vec<PaneRow>) {
    let (late, last) = (|s: &Standing| s.state == DutyState::Overdue, desk.month.last());
    let picked = rows.iter().filter(|s| late(s));
    headed(out, || heading(DutyState::Overdue.label()), picked.map(|s| PaneRow::Duty(**s)));
    let picked = rows.iter().filter(|s| !s.state.is_settled() && !late(s) && s.due_on <= last);
    headed(out, || heading(t!("desk.this_month")), picked.map(|s| PaneRow::Duty(**s)));
}

/// What is due later.
fn later(desk: &Desk, rows: &[&Standing], out: &mut Vec<PaneRow>) {
    let (late, last) = (|s: &Standing| s.state == DutyState::Overdue, desk.month.last());
    let picked = rows.iter().filter(|s| !s.state.is_settled() && !late(s) && s.due_on > last);
    headed(out, || heading(t!("desk.later")), picked.map(|s| PaneRow::Duty(**s)));
}

/// What the reader's posts at other nodes owe and is not settled.
fn elsewhere(desk: &Desk, out: &mut Vec<PaneRow>) {
    let org = desk.state.org();
    for (node, post) in desk.my_posts().into_iter().filter(|(node, _)| *node != desk.home) {
        let rows = desk.overview.rows(node).iter();
        let rows = rows.filter(|s| post_of(desk, s) == post && !s.state.is_settled()).map(|s| PaneRow::Duty(*s));
        let title = || {
            let row = org.node(node);
            let name = desk.pack().names.post_at(row, post).to_owned();
            PaneRow::Heading(t!("desk.my_duties_at", node = row.name).into_owned(), name)
        };
        headed(out, title, rows);
    }
}

fn suggestions(desk: &Desk, node: NodeIx, out: &mut Vec<PaneRow>) {
    let plan = visit_plan(&desk.state, node, desk.today());
    if plan.next.is_empty() {
        return;
    }
    let missing = plan.quota.map_or(0, |quota| quota.missing());
    let note = if missing > 0 { t!("desk.still_missing", n = missing) } else { t!("desk.enough_visits") };
    out.push(PaneRow::Heading(t!("desk.suggestions").into_owned(), note.into_owned()));
    out.extend(plan.next.iter().map(|s| PaneRow::Suggested(s.unit, s.why)));
}

fn problems(desk: &Desk, node: NodeIx, out: &mut Vec<PaneRow>) {
    let here = |unit| desk.state.org().grid_of(unit, desk.today()) == Some(node);
    let open = desk.state.problems().filter(|p| p.is_open()).filter_map(|p| Some((p.id, p.unit?)));
    let open: Vec<_> = open.filter(|(_, unit)| here(*unit)).collect();
    if !open.is_empty() {
        out.push(PaneRow::Heading(
            t!("desk.open_problems").into_owned(),
            t!("desk.problems", n = open.len()).into_owned(),
        ));
        out.extend(open.into_iter().map(|(visit, unit)| PaneRow::Problem(visit, unit)));
    }
}

/// How a node's duties stood or will stand in another month.
fn other_month(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let row = desk.state.org().node(node);
    let day = desk.month.first();
    let mut out = vec![heading(desk.month.label())];
    let from = desk.state.duties_from(node);
    for (i, duty) in desk.pack().duties.iter().enumerate().filter(|(_, duty)| duty.applies_to(row)) {
        let period = duty.period_of(day);
        if period.last() >= from {
            out.extend(standing(&desk.state, i, node, period, desk.today()).map(PaneRow::Duty));
        }
    }
    if out.len() == 1 {
        out.push(PaneRow::Text(t!("desk.not_yet_opened").into_owned()));
    }
    out
}

/// The nodes below, the worst first.
fn below(desk: &Desk, node: NodeIx, out: &mut Vec<PaneRow>) {
    let org = desk.state.org();
    let sum = desk.overview.sum(node);
    let mut below: Vec<NodeIx> = org.node(node).children.iter().copied().filter(|ix| desk.shows(*ix)).collect();
    below.sort_by_key(|ix| {
        let counts = desk.overview.sum(*ix);
        (std::cmp::Reverse((counts.overdue, counts.unplaced, counts.due_soon)), *ix)
    });
    if !below.is_empty() {
        // What the node owes itself stands above.
        let mut of_below = sum;
        of_below -= desk.overview.own(node);
        let mut note = t!("below.counts", overdue = of_below.overdue, soon = of_below.due_soon).into_owned();
        if of_below.clocks > 0 {
            note.push_str(&format!("  {}", t!("below.open", n = of_below.clocks)));
        }
        if of_below.quota > 0 {
            note.push_str(&t!("below.visits", have = of_below.reached, need = of_below.quota));
        }
        out.push(PaneRow::Heading(t!("below.title").into_owned(), note));
        out.extend(below.into_iter().map(PaneRow::Child));
    }
}

/// The units of the area that belong to no grid (B-7).
fn unplaced(desk: &Desk, node: NodeIx, out: &mut Vec<PaneRow>) {
    let org = desk.state.org();
    let sum = desk.overview.sum(node);
    // Most counties have none, and then no unit needs to be looked at.
    let loose = if sum.unplaced > 0 { org.unplaced_on(desk.today()) } else { Vec::new() };
    let here = |unit: &UnitIx| org.flagged_at(*unit).is_some_and(|at| org.is_within(at, node));
    let unplaced: Vec<UnitIx> = loose.into_iter().filter(here).collect();
    if !unplaced.is_empty() {
        out.push(PaneRow::Heading(
            t!("desk.unplaced").into_owned(),
            t!("desk.place_them", n = unplaced.len()).into_owned(),
        ));
        out.extend(unplaced.into_iter().map(PaneRow::Unplaced));
    }
}
