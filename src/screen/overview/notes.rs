//! What stands below the map: what warns, what is worst and why, who is silent, what moved.
use crate::{
    app::Desk,
    grid::{
        glance::{Breach, Measure, Silent, Warning, Why, silent, warnings, worst},
        org::NodeIx,
    },
    words::{t, word},
};

/// How many of the worst and of those that moved are told.
const WORST: usize = 5;
const MOVED: usize = 3;

/// A line below the map.
#[derive(Clone, Debug)]
pub(super) enum Note {
    /// A heading, and whether what follows burns.
    Head(String, bool),
    /// A threshold that is breached, and why.
    Warns(Warning, String),
    /// Where most is overdue, and why.
    Worst(NodeIx, String),
    /// Who is silent.
    Silent(Silent),
    /// What moved, by how much, and whether for the worse.
    Moved(NodeIx, i64, bool),
}

impl Note {
    /// The node that it leads to, and whether it is silent there: then there is nothing but earlier records.
    pub(super) fn leads(&self) -> Option<(NodeIx, bool)> {
        match self {
            Note::Head(..) => None,
            Note::Warns(warning, _) => Some((warning.node, warning.breach == Breach::Silence)),
            Note::Silent(silent) => Some((silent.node, true)),
            Note::Worst(node, _) | Note::Moved(node, ..) => Some((*node, false)),
        }
    }
}

/// The nearest line that is no heading, from `at` on in the direction in which one goes.
pub(super) fn place(notes: &[Note], at: usize, from: usize) -> usize {
    let at = at.min(notes.len().saturating_sub(1));
    let is_line = |i: &usize| !matches!(notes[*i], Note::Head(..));
    let (down, up) = ((at..notes.len()).find(is_line), (0..=at).rev().find(|i| *i < notes.len() && is_line(i)));
    if at < from { up.or(down) } else { down.or(up) }.unwrap_or(0)
}

/// The lines below the map of a node.
pub(super) fn notes(desk: &Desk, node: NodeIx, measure: Measure) -> Vec<Note> {
    let (state, glance) = (&desk.state, desk.glance());
    let warned = warnings(state, glance, node);
    let mut out = Vec::new();
    let counts = Breach::counts(&warned);
    match counts.is_empty() {
        true => out.push(Note::Head(word("overview.no_warning").to_owned(), false)),
        false => {
            out.push(Note::Head(t!("overview.warnings", counts = counts.join(word("word.list"))).into_owned(), true))
        }
    }
    out.extend(warned.iter().map(|warning| {
        let why = Why::of(&desk.overview, warning.node).told(state);
        Note::Warns(*warning, why)
    }));
    let worst: Vec<Why> = worst(state, &desk.overview, node, WORST);
    if !worst.is_empty() {
        out.push(Note::Head(t!("overview.worst", n = worst.len()).into_owned(), true));
    }
    out.extend(worst.iter().map(|why| Note::Worst(why.node, why.told(state))));
    let days = state.pack().warn.silent_days;
    let quiet = if days > 0 { silent(state, node, days, desk.today()) } else { Vec::new() };
    if !quiet.is_empty() {
        out.push(Note::Head(t!("overview.silent", n = quiet.len(), days = days).into_owned(), true));
    }
    out.extend(quiet.into_iter().map(Note::Silent));
    moved(desk, node, measure, &mut out);
    out
}

fn moved(desk: &Desk, node: NodeIx, measure: Measure, out: &mut Vec<Note>) {
    let [worse, better] = desk.glance().movers(&desk.state, node, measure, MOVED);
    for (all, is_worse) in [(worse, true), (better, false)] {
        if all.is_empty() {
            continue;
        }
        let measure = measure.label();
        let head =
            if is_worse { t!("overview.worse", measure = measure) } else { t!("overview.better", measure = measure) };
        out.push(Note::Head(head.into_owned(), is_worse));
        out.extend(all.into_iter().map(|(ix, by)| Note::Moved(ix, by, is_worse)));
    }
}
