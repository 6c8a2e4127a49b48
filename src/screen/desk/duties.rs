//! The duties tab: what the reader's own posts owe, what the others here owe, and what stands below.
use super::{PaneRow, rows::heading};
use crate::{
    app::Desk,
    grid::{
        org::{NodeIx, Post, UnitIx},
        plan::visit_plan,
        standing::{DutyState, Standing, standing},
    },
};

/// What a node owes, and what stands below it.
///
/// Who holds a post here sees its duties first: overdue, this month, later; then those of the other posts. At home, the
/// duties of the posts that the reader holds elsewhere follow.
pub(super) fn duties(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    if !desk.month.contains(desk.today()) {
        return other_month(desk, node);
    }
    let is_grid = desk.state.org().node(node).is_grid();
    let all = desk.overview.rows(node);
    let mine = desk.my_posts_at(node);
    let is_mine = |s: &&Standing| mine.is_empty() || mine.contains(&post_of(desk, s));
    let mut out = Vec::new();
    urgent(desk, all.iter().filter(is_mine), &mut out);
    if is_grid {
        later(desk, all.iter().filter(is_mine), &mut out);
        suggestions(desk, node, &mut out);
        problems(desk, node, &mut out);
    } else {
        // Who leads many looks at them first; what is not due for weeks can wait.
        unplaced(desk, node, &mut out);
        below(desk, node, &mut out);
        later(desk, all.iter().filter(is_mine), &mut out);
    }
    if node == desk.home {
        elsewhere(desk, &mut out);
    }
    let others: Vec<PaneRow> =
        all.iter().filter(|s| !is_mine(s) && !s.state.is_settled()).map(|s| PaneRow::Duty(*s)).collect();
    if !others.is_empty() {
        out.push(heading("这里的其他岗位"));
        out.extend(others);
    }
    // What does not apply is no news.
    let is_done = |s: &&Standing| s.state.is_settled() && s.state != DutyState::NotApplicable;
    let done: Vec<PaneRow> = all.iter().filter(is_done).map(|s| PaneRow::Duty(*s)).collect();
    if !done.is_empty() {
        out.push(heading("已完成"));
        out.extend(done);
    }
    if out.is_empty() {
        let text =
            if is_grid { "这个网格眼下没有要办的事。" } else { "这里没有网格，也没有职责。" };
        out.push(PaneRow::Text(text.to_owned()));
    }
    out
}

/// The post that owes an instance.
fn post_of(desk: &Desk, standing: &Standing) -> Post {
    let node = desk.state.org().node(standing.node);
    desk.pack().duties[standing.duty].post_at(node).unwrap_or(Post::Leader)
}

/// What is overdue, and what is due this month.
fn urgent<'a>(desk: &Desk, rows: impl Iterator<Item = &'a Standing> + Clone, out: &mut Vec<PaneRow>) {
    let (late, last) = (|s: &Standing| s.state == DutyState::Overdue, desk.month.last());
    group("逾期", rows.clone().filter(|s| late(s)), out);
    group("本月", rows.filter(|s| !s.state.is_settled() && !late(s) && s.due_on <= last), out);
}

/// What is due later.
fn later<'a>(desk: &Desk, rows: impl Iterator<Item = &'a Standing>, out: &mut Vec<PaneRow>) {
    let (late, last) = (|s: &Standing| s.state == DutyState::Overdue, desk.month.last());
    group("以后", rows.filter(|s| !s.state.is_settled() && !late(s) && s.due_on > last), out);
}

fn group<'a>(title: &str, rows: impl Iterator<Item = &'a Standing>, out: &mut Vec<PaneRow>) {
    let rows: Vec<PaneRow> = rows.map(|s| PaneRow::Duty(*s)).collect();
    if !rows.is_empty() {
        out.push(heading(title));
        out.extend(rows);
    }
}

/// What the reader's posts at other nodes owe and is not settled.
fn elsewhere(desk: &Desk, out: &mut Vec<PaneRow>) {
    let org = desk.state.org();
    for (node, post) in desk.my_posts().into_iter().filter(|(node, _)| *node != desk.home) {
        let rows = desk.overview.rows(node).iter();
        let rows: Vec<PaneRow> =
            rows.filter(|s| post_of(desk, s) == post && !s.state.is_settled()).map(|s| PaneRow::Duty(*s)).collect();
        if !rows.is_empty() {
            out.push(PaneRow::Heading(format!("我在{}的职责", org.node(node).name), post.label().to_owned()));
            out.extend(rows);
        }
    }
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
    let open = desk.state.problems().filter(|p| p.is_open()).filter_map(|p| Some((p.id, p.unit?)));
    let open: Vec<_> = open.filter(|(_, unit)| here(*unit)).collect();
    if !open.is_empty() {
        out.push(PaneRow::Heading("未销号的问题".to_owned(), format!("{} 个", open.len())));
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
        out.push(PaneRow::Text("那时还没有开始记账。".to_owned()));
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
        let clocks = if sum.clocks > 0 { format!("  待办事项 {}", sum.clocks) } else { String::new() };
        let note = format!("逾期 {}  将到期 {}  走访 {}/{}{clocks}", sum.overdue, sum.due_soon, sum.reached, sum.quota);
        out.push(PaneRow::Heading("下级（最急的在前）".to_owned(), note));
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
        out.push(PaneRow::Heading("未划入网格".to_owned(), format!("{} 家，请划入网格", unplaced.len())));
        out.extend(unplaced.into_iter().map(PaneRow::Unplaced));
    }
}
