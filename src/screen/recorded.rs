//! Records of the log as a table for a file: all of them, read as it is written, not only those on the screen.
use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Duration};

use super::{
    filter::Filter,
    records::{content, kind_label, subject},
};
use crate::{
    app::{About, Desk, describe, is_late},
    grid::{fact::Fact, org::NodeIx, state::State},
    log::Subtree,
    report::{Cell, Listed, Listing, is_secret},
    ui::text::capital,
    words::{t, word},
};

/// The columns of records.
pub(crate) const COLUMNS: &[&str] = &["day", "kind", "state", "about", "node", "content", "by", "recorded", "fact"];

/// What a record is looked for by on a screen.
type Name = fn(&State, &Fact) -> String;

/// What a list of records looks for: what it was, about whom, when.
pub(super) fn told(state: &State, fact: &Fact) -> String {
    describe(state, std::slice::from_ref(fact))
}

/// The records about something, as far as a filter finds them by their names.
pub(super) fn listing(desk: &Desk, name: String, about: About, (filter, of): (&Filter, Name)) -> Listing {
    let finds = filter.test();
    let row = move |state: &State, fact: &Fact| finds(&of(state, fact)).then(|| row(state, fact));
    let rows = Listed::Log(subtree(&desk.state, about), Arc::new(row));
    Listing { rows, ..Listing::new(name, node(desk, about), COLUMNS).narrowed(filter.text()) }
}

/// Every record of these entries.
pub(crate) fn all(name: String, node: NodeIx, entries: Subtree) -> Listing {
    let row = |state: &State, fact: &Fact| Some(row(state, fact));
    Listing { rows: Listed::Log(entries, Arc::new(row)), ..Listing::new(name, node, COLUMNS) }
}

/// The entries about something.
pub fn subtree(state: &State, about: About) -> Subtree {
    let org = state.org();
    match about {
        About::Node(node) if org.roots().contains(&node) => Subtree::All,
        About::Node(node) => {
            Subtree::Nodes(org.subtree(node).iter().map(|ix| org.node(*ix).id.clone()).collect::<BTreeSet<_>>())
        }
        About::Unit(unit) => Subtree::Subject(org.unit(unit).id.clone()),
    }
}

fn node(desk: &Desk, about: About) -> NodeIx {
    match about {
        About::Node(node) => node,
        About::Unit(unit) => desk.state.org().grid_of(unit, desk.today()).unwrap_or(desk.home),
    }
}

/// A record in the columns of [`COLUMNS`].
pub(crate) fn row(state: &State, fact: &Fact) -> Vec<Cell> {
    let org = state.org();
    let node = fact.draft.at.as_deref().and_then(|id| org.node_ix(id));
    let by = fact.draft.by.as_deref();
    let flag = match () {
        () if state.is_withdrawn(fact) => word("records.withdrawn"),
        () if is_late(state, fact) => word("records.late"),
        () => "",
    };
    let content = if is_secret(fact) { t!("listing.secret").into_owned() } else { content(state, fact) };
    let recorded = DateTime::from_timestamp_millis(fact.recorded_ms);
    vec![
        Cell::Day(fact.draft.occurred),
        Cell::text(capital(kind_label(&fact.draft.body))),
        Cell::text(flag),
        Cell::text(subject(state, fact)),
        node.map_or(Cell::Empty, |ix| Cell::text(org.full_name(ix))),
        Cell::text(content),
        by.map_or(Cell::Empty, |id| Cell::text(org.person_ix(id).map_or(id, |ix| &org.person(ix).record.name))),
        recorded.map_or(Cell::Empty, |at| {
            Cell::Moment((at + Duration::seconds(state.pack().utc_offset.into())).naive_utc())
        }),
        Cell::text(fact.id.to_string()),
    ]
}
