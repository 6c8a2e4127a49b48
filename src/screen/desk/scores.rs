//! Results of assessments on the desk: those that wait for the reader's word, and those that came back to be mended, stand
//! first among the duties.
use super::{PaneRow, pane::Pane};
use crate::{
    app::Desk,
    grid::{
        assess::{awaited, returned},
        calendar::Period,
        decide::rights::{Right, has},
        org::NodeIx,
    },
    ui::{Role, text},
    words::{t, word},
};

/// How many of those that wait are named.
const NAMED: usize = 3;

/// What is to be done at a node about results that were sent up: at the one above, at the one that sent them.
pub(super) fn waiting(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let (state, today) = (&desk.state, desk.today());
    let may = |at: NodeIx, right: Right| has(state, &desk.actor, at, right).is_ok();
    let mut out = Vec::new();
    for period in returned(state, node, today).into_iter().filter(|_| may(node, Right::Score)) {
        out.push(PaneRow::Scores { node, period, whose: Vec::new() });
    }
    for (period, mut whose) in awaited(state, node, today) {
        whose.retain(|at| may(*at, Right::Review));
        if !whose.is_empty() {
            out.push(PaneRow::Scores { node, period, whose });
        }
    }
    out
}

/// What it is called where rows are looked for.
pub(super) fn name(desk: &Desk, node: NodeIx, period: Period, whose: &[NodeIx]) -> String {
    let org = desk.state.org();
    let names: Vec<&str> = whose.iter().take(NAMED).map(|at| org.node(*at).name.as_str()).collect();
    let names = names.join(word("word.list"));
    match whose.len() {
        0 => t!("assess.report.returned_row", node = org.node(node).name, period = period.label()),
        n if n > NAMED => {
            t!(
                "assess.report.waiting_row",
                period = period.label(),
                nodes = t!("assess.report.and_more", nodes = names, n = n)
            )
        }
        _ => t!("assess.report.waiting_row", period = period.label(), nodes = names),
    }
    .into_owned()
}

/// Draws it; returns how many of its columns are its name.
pub(super) fn draw(pane: &mut Pane<'_>, words: &str, returned: bool) -> u16 {
    let (mark, role) = match returned {
        true => (pane.look.glyphs.overdue, Role::Overdue),
        false => (pane.look.glyphs.due, Role::DueSoon),
    };
    let x = pane.column(pane.area.x, 1, mark, role);
    pane.put(x, words, Role::Text);
    x - pane.area.x + text::width(words).min(pane.area.width.into()) as u16
}
