//! What somebody's replica holds (范围): the subtrees where they hold posts, the names above, and what concerns their own
//! devices.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    decide::rights::posts_of,
    fact::{Body, Draft, Fact, Record, Value, WriterId},
    org::{NodeIx, PersonIx, UnitIx},
    record::{Input, form},
    state::State,
};

/// The part of the facts that one person's replica holds.
///
/// It belongs to the state that it was made of: it is to be made anew after [`State::afresh`], on another day of the county,
/// and when a fact changes the person's own posts ([`Scope::is_stale`]). Where a fact moves something out of the scope, the
/// replica must hear of that too: ask [`Scope::holds`] before and after the fact is folded, and send it if either says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    person: Option<String>,
    today: NaiveDate,
    /// The highest nodes at which the person holds posts; none where everything is held.
    tops: Option<Vec<NodeIx>>,
}

impl Scope {
    /// Everything: for who owns the server.
    pub fn whole(today: NaiveDate) -> Scope {
        Scope { person: None, today, tops: None }
    }

    /// What a person's posts give on a day: everything where one is at a root.
    pub fn of(state: &State, person: &str, today: NaiveDate) -> Scope {
        let org = state.org();
        let posts: BTreeSet<NodeIx> =
            org.person_ix(person).into_iter().flat_map(|ix| posts_of(org, ix, today)).collect();
        // Who is to take a post over sees what they are to sign for, item by item; only a post lets them write.
        let posts: BTreeSet<NodeIx> = posts.into_iter().chain(state.nodes_offered(person, today)).collect();
        let above = |node: &NodeIx| org.path_up(*node).skip(1).any(|up| posts.contains(&up));
        let tops: Vec<NodeIx> = posts.iter().copied().filter(|node| !above(node)).collect();
        let is_whole = tops.iter().any(|top| org.node(*top).parent.is_none());
        Scope { person: Some(person.to_owned()), today, tops: (!is_whole).then_some(tops) }
    }

    /// Whether everything is held.
    pub fn is_whole(&self) -> bool {
        self.tops.is_none()
    }

    /// The highest nodes of the scope, by id; a fingerprint of it. None where everything is held.
    pub fn tops<'a>(&'a self, state: &'a State) -> Option<impl Iterator<Item = &'a str>> {
        let tops = self.tops.as_ref()?;
        Some(tops.iter().map(|top| state.org().node(*top).id.as_str()))
    }

    /// Whether the node lies within.
    pub fn is_inside(&self, state: &State, node: NodeIx) -> bool {
        let within = |tops: &Vec<NodeIx>| state.org().path_up(node).any(|up| tops.contains(&up));
        self.tops.as_ref().is_none_or(within)
    }

    /// Whether the fact changes whose scope this is: posts of the person, or what lies above their nodes.
    pub fn is_stale(&self, state: &State, fact: &Fact) -> bool {
        match &fact.draft.body {
            Body::Post(_) | Body::Handover(_) | Body::HandoverStep(_) => {
                fact.draft.subject.is_some() && fact.draft.subject == self.person
            }
            Body::Node(_) => self.is_path(state, fact.draft.subject.as_deref()),
            _ => false,
        }
    }

    /// Whether the person's replica holds the fact.
    pub fn holds(&self, state: &State, fact: &Fact) -> bool {
        if self.is_whole() || self.is_own(state, fact.id.writer) {
            return true;
        }
        let draft = &fact.draft;
        let at = draft.at.as_deref();
        match &draft.body {
            Body::StoreOpened(_) => true,
            Body::Node(record) => {
                let subject = draft.subject.as_deref();
                self.has_node(state, subject)
                    || self.is_path(state, subject)
                    || self.has_node(state, record.parent.as_deref())
            }
            Body::Unit(_) => self.has_unit(state, draft.subject.as_deref()),
            Body::Person(_) => self.has_person(state, draft.subject.as_deref(), true),
            Body::Post(_) => self.has_node(state, at) || self.is_path(state, at) || draft.subject == self.person,
            Body::Handover(_) | Body::HandoverStep(_) => self.has_node(state, at) || draft.subject == self.person,
            Body::Account(_) | Body::Enrolled(_) | Body::Revoked(_) => {
                self.has_person(state, draft.subject.as_deref(), false)
            }
            Body::Lock(_) | Body::Unlock(_) => self.has_node(state, at) || self.is_path(state, at),
            Body::Receipt(receipt) => receipt.of.iter().any(|taken| self.is_own(state, taken.writer)),
            Body::Held(held) => self.is_own(state, held.of.writer) || self.has_draft(state, draft),
            Body::Settled(settled) => self.is_own(state, settled.of.writer) || self.has_draft(state, draft),
            Body::Record(record) => self.has_draft(state, draft) || self.is_named(state, record),
            _ => self.has_draft(state, draft),
        }
    }

    /// The ids of what comes into the scope by a fact that is about to be folded: nodes, units and people whose earlier
    /// facts the replica has never had. Those facts, by place and by subject, are to be sent before this one.
    pub fn gains(&self, before: &State, fact: &Fact) -> Vec<String> {
        let (org, draft) = (before.org(), &fact.draft);
        let Some(subject) = draft.subject.as_deref().filter(|_| !self.is_whole()) else { return Vec::new() };
        match &draft.body {
            Body::Placement(_) if self.has_node(before, draft.at.as_deref()) => {
                let known = org.unit_ix(subject).filter(|unit| !self.has_unit_ix(before, *unit));
                known.map(|unit| of_unit(before, unit)).unwrap_or_default()
            }
            Body::Post(_) if self.has_node(before, draft.at.as_deref()) => {
                let known = org.person_ix(subject).filter(|_| !self.has_person(before, Some(subject), true));
                known.map(|_| vec![subject.to_owned()]).unwrap_or_default()
            }
            Body::Node(record) if self.has_node(before, record.parent.as_deref()) => {
                let known = org.node_ix(subject).filter(|node| !self.is_inside(before, *node));
                known.map(|node| of_node(before, node)).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// Whether the device is the person's own.
    fn is_own(&self, state: &State, writer: WriterId) -> bool {
        let device = state.device(writer);
        device.is_some_and(|device| Some(&device.person) == self.person.as_ref())
    }

    fn has_node(&self, state: &State, id: Option<&str>) -> bool {
        id.and_then(|id| state.org().node_ix(id)).is_some_and(|node| self.is_inside(state, node))
    }

    /// Whether the node lies above the scope.
    fn is_path(&self, state: &State, id: Option<&str>) -> bool {
        let Some(node) = id.and_then(|id| state.org().node_ix(id)) else { return false };
        self.tops.iter().flatten().any(|top| state.org().is_within(*top, node))
    }

    /// A record counts where it stands, and is about a unit wherever that is by now.
    fn has_draft(&self, state: &State, draft: &Draft) -> bool {
        self.has_node(state, draft.at.as_deref()) || self.has_unit(state, draft.subject.as_deref())
    }

    fn has_unit(&self, state: &State, id: Option<&str>) -> bool {
        id.and_then(|id| state.org().unit_ix(id)).is_some_and(|unit| self.has_unit_ix(state, unit))
    }

    /// Whether the unit belongs, ever belonged or will belong to a node inside; one that belongs nowhere is its area's.
    fn has_unit_ix(&self, state: &State, unit: UnitIx) -> bool {
        let org = state.org();
        let mut stays = org.unit(unit).stays.iter().filter_map(|stay| stay.node);
        let inside = |node: NodeIx| self.is_inside(state, node);
        stays.any(inside) || org.grid_of(unit, self.today).is_none() && org.flagged_at(unit).is_some_and(inside)
    }

    /// Whether the person ever held a post inside, works for a unit inside, or is oneself; `above` counts posts above too.
    fn has_person(&self, state: &State, id: Option<&str>, above: bool) -> bool {
        let org = state.org();
        let Some(person) = id.and_then(|id| org.person_ix(id)) else { return false };
        let mut nodes = ever_at(state, person);
        id == self.person.as_deref()
            || self.has_unit(state, org.person(person).record.unit.as_deref())
            || nodes.any(|node| self.is_inside(state, node) || above && self.is_path(state, Some(&org.node(node).id)))
    }

    /// Whether a field of the record names a node inside: to whom it is given, with whom it was done.
    fn is_named(&self, state: &State, record: &Record) -> bool {
        let Some((_, form)) = form(&record.form) else { return false };
        let fields = form.fields.iter().filter(|field| matches!(field.input, Input::Node | Input::Nodes));
        fields.filter_map(|field| record.values.get(field.key)).any(|value| match value {
            Value::Text(id) => self.has_node(state, Some(id)),
            Value::List(ids) => ids.iter().any(|id| self.has_node(state, Some(id))),
            _ => false,
        })
    }
}

/// The nodes where the person ever held a post.
fn ever_at(state: &State, person: PersonIx) -> impl Iterator<Item = NodeIx> {
    let nodes = state.org().nodes();
    nodes.filter(move |(_, row)| row.holdings.iter().any(|held| held.person == person)).map(|(ix, _)| ix)
}

/// A unit and its people.
fn of_unit(state: &State, unit: UnitIx) -> Vec<String> {
    let org = state.org();
    let id = org.unit(unit).id.clone();
    let people = org.people().filter(|(_, person)| person.record.unit.as_deref() == Some(&id));
    let people: Vec<String> = people.map(|(_, person)| person.id.clone()).collect();
    std::iter::once(id.clone()).chain(people).collect()
}

/// A subtree: its nodes, the units that belong there, and who holds or held posts there.
fn of_node(state: &State, node: NodeIx) -> Vec<String> {
    let org = state.org();
    let mut out = BTreeSet::new();
    for node in org.subtree(node) {
        let row = org.node(node);
        out.insert(row.id.clone());
        out.extend(row.members.iter().flat_map(|member| of_unit(state, member.unit)));
        out.extend(row.holdings.iter().map(|held| org.person(held.person).id.clone()));
    }
    out.into_iter().collect()
}
