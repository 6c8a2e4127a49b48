//! A node below: how much burns there, how its visits went lately, and what is worst.
use super::pane::Pane;
use crate::{
    app::Desk,
    grid::{
        org::NodeIx,
        standing::{DutyState, Standing},
    },
    ui::{Role, spark, text},
    words::t,
};

/// How many months a sparkline goes back, where there is room for all of them.
pub(super) const MONTHS: i32 = 12;
/// How many it shows on a narrow screen.
const FEW: usize = 6;

/// How the visits of a node went in the last months.
pub(super) type Course = Vec<Option<(u32, u32)>>;

/// Draws the row; returns how many of its columns are its name.
pub(super) fn draw(pane: &mut Pane<'_>, node: NodeIx) -> u16 {
    let (desk, glyphs) = (pane.desk, pane.look.glyphs);
    let counts = desk.overview.sum(node);
    let org = desk.state.org();
    let is_far = org.node(node).parent.is_some_and(|parent| parent != pane.node);
    let name = if is_far { org.full_name(node) } else { org.node(node).name.clone() };
    let (mark, role) = match counts {
        c if c.overdue > 0 => (glyphs.overdue, Role::Overdue),
        c if c.unplaced > 0 => ("?", Role::DueSoon),
        c if c.due_soon > 0 => (glyphs.due, Role::DueSoon),
        c if c.open + c.met > 0 => (glyphs.ok, Role::Met),
        _ => (" ", Role::Dim),
    };
    let wide = pane.area.width >= 70;
    let cols = if is_far { 24 } else { 16 };
    let x = pane.column(pane.area.x, 1, mark, role);
    let end = x + text::width(&name).min(cols) as u16;
    let x = pane.column(x, cols as u16, &name, Role::Text);
    let (said, role) = match counts {
        c if c.overdue > 0 => (t!("below.overdue", n = c.overdue), Role::Overdue),
        c if c.unplaced > 0 => (t!("below.unplaced", n = c.unplaced), Role::DueSoon),
        c if c.due_soon > 0 => (t!("below.soon", n = c.due_soon), Role::DueSoon),
        _ => ("".into(), Role::Dim),
    };
    let mut x = pane.column(x, 8, &said, role);
    let course: &[Option<(u32, u32)>] = pane.courses.get(&node).map_or(&[], Vec::as_slice);
    let shown = if wide { course } else { &course[course.len().saturating_sub(FEW)..] };
    // Without visits the months stay blank, so that what follows stands in one column.
    let line = spark::text(shown.iter().copied(), glyphs);
    x = pane.column(x, shown.len() as u16, &line, Role::Text);
    let room = usize::from(pane.area.right().saturating_sub(x));
    let worst = worst(desk, node);
    if room >= text::width(&worst).min(8) {
        x = pane.put(x, &worst, Role::Text) + 2;
    }
    for (n, word) in
        [(counts.due_soon, t!("below.soon", n = counts.due_soon)), (counts.clocks, t!("below.open", n = counts.clocks))]
    {
        let has_room = usize::from(pane.area.right().saturating_sub(x)) >= text::width(&word);
        if wide && n > 0 && has_room && (counts.overdue > 0 || !word.starts_with(&*said)) {
            x = pane.put(x, &word, Role::Dim) + 2;
        }
    }
    end - pane.area.x
}

/// What is worst at a node: the worst of the nodes below it where more burns there, or else its own oldest debt.
fn worst(desk: &Desk, node: NodeIx) -> String {
    let org = desk.state.org();
    let below = org.node(node).children.iter().copied().max_by_key(|ix| desk.overview.sum(*ix).overdue);
    let below = below.map(|ix| (ix, desk.overview.sum(ix).overdue));
    match below.filter(|(_, n)| *n > 0 && *n >= desk.overview.own(node).overdue) {
        Some((ix, n)) => t!("below.worst", name = org.node(ix).name, n = n).into_owned(),
        None => open(desk, node).next().map_or(String::new(), |row| debt(desk, row)),
    }
}

/// What is overdue at a node, the oldest first; where nothing is, what is due soon.
fn open(desk: &Desk, node: NodeIx) -> impl Iterator<Item = &Standing> {
    let rows = desk.overview.rows(node);
    let of = |state: DutyState| rows.iter().filter(move |row| row.state == state);
    let late = of(DutyState::Overdue);
    let soon = of(DutyState::DueSoon).filter(move |_| !rows.iter().any(|row| row.state == DutyState::Overdue));
    late.chain(soon)
}

fn debt(desk: &Desk, row: &Standing) -> String {
    let duty = &desk.pack().duties[row.duty];
    let by_itself = row.about.is_some() || matches!(duty.kind.name(), "monitor");
    let period = if by_itself { String::new() } else { row.period.short_label() };
    match row.about {
        Some(_) => duty.name.clone(),
        None => {
            let missing = t!("below.missing", n = row.missing(), measure = duty.counted());
            t!("below.debt", period = period, duty = duty.name, missing = missing).trim_start().to_owned()
        }
    }
}

/// How the visits went and all that is overdue, for the line below the lists.
pub(super) fn told(desk: &Desk, node: NodeIx) -> String {
    let name = &desk.state.org().node(node).name;
    let debts: Vec<String> = open(desk, node).map(|row| debt(desk, row)).collect();
    if !debts.is_empty() {
        return t!("below.told", name = name, what = debts.join(&t!("below.comma"))).into_owned();
    }
    let worst = worst(desk, node);
    if worst.is_empty() { String::new() } else { t!("below.told", name = name, what = worst).into_owned() }
}
