//! What the help lists.
use crate::{
    app::{Context, Here},
    screen::lookup::{self, Hit, Part},
    words::t,
};

/// One line of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A heading.
    Heading(String),
    /// A command.
    Command(Hit),
}

/// The lines for somebody who asked `here`: what can be used now, then what can't and why, then the rest by place. With
/// a query only what is found, the best first. Commands without a key are left out, unless they are looked for.
pub(super) fn lines(here: &Here, query: &str) -> Vec<Line> {
    if !query.trim().is_empty() {
        return lookup::find(here, query).into_iter().map(Line::Command).collect();
    }
    let (now, not_now): (Vec<usize>, Vec<usize>) = (0..here.entries.len())
        .filter(|at| here.entries[*at].command.applies(here.context) && !here.entries[*at].keys.is_empty())
        .partition(|at| here.entries[*at].refusal.is_none());
    let place = here.context.label();
    let mut out = Vec::new();
    group(&mut out, t!("help.now", place = place).into_owned(), now);
    group(&mut out, t!("help.not_now", place = place).into_owned(), not_now);
    for context in Context::ALL {
        let is_there = |at: &usize| {
            let entry = &here.entries[*at];
            // What means something in several places stands at the first.
            let first = Context::ALL.into_iter().find(|place| entry.command.row().contexts.contains(place));
            !entry.command.applies(here.context) && !entry.keys.is_empty() && first == Some(context)
        };
        let there = (0..here.entries.len()).filter(is_there).collect();
        group(&mut out, t!("help.elsewhere", place = context.label()).into_owned(), there);
    }
    out
}

fn group(out: &mut Vec<Line>, heading: String, entries: Vec<usize>) {
    if !entries.is_empty() {
        out.push(Line::Heading(heading));
        out.extend(entries.into_iter().map(|entry| Line::Command(Hit { entry, part: Part::All })));
    }
}
