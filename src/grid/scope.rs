//! What somebody's replica holds (范围): the subtrees where they hold posts, the names above, and what concerns their own
//! devices.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    decide::rights::posts_of,
    fact::{Body, Draft, Envelope, Fact, Held, Record, Settled, Value, WriterId},
    org::{NodeIx, PersonIx, UnitIx},
    record::form,
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
                    || self.had_node(state, subject)
            }
            Body::Unit(_) => self.has_unit(state, draft.subject.as_deref()),
            Body::Person(_) => self.has_person(state, draft.subject.as_deref(), true),
            Body::Post(_) => self.has_node(state, at) || self.is_path(state, at) || draft.subject == self.person,
            Body::Handover(_) | Body::HandoverStep(_) => self.has_node(state, at) || draft.subject == self.person,
            Body::Account(_) | Body::Enrolled(_) => self.has_person(state, draft.subject.as_deref(), false),
            // What the device wrote may have come in with a unit from anywhere.
            Body::Revoked(_) => true,
            Body::Lock(_) | Body::Unlock(_) => self.has_node(state, at) || self.is_path(state, at),
            Body::Receipt(receipt) => receipt.of.iter().any(|taken| self.is_own(state, taken.writer)),
            Body::Held(Held { of, places, .. }) | Body::Settled(Settled { of, places, .. }) => {
                self.is_own(state, of.writer) || self.is_about(state, draft, places)
            }
            Body::Strayed(strayed) => {
                let inside = Envelope::from_bytes(strayed.envelope.clone()).and_then(|inside| inside.open(0));
                let is_plain = |inside: &Fact| !matches!(inside.draft.body, Body::Strayed(_));
                let inside = inside.ok().filter(is_plain);
                self.has_draft(state, draft) || inside.is_some_and(|inside| self.holds(state, &inside))
            }
            Body::Placement(_) => self.has_draft(state, draft) || self.had_unit(state, draft.subject.as_deref()),
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

    /// Everything that [`Scope::holds`] judges by, by name, in an order of its own: where it is another one, facts that came
    /// before may be held by now that were not.
    pub fn names(&self, state: &State) -> BTreeSet<String> {
        let org = state.org();
        if self.is_whole() {
            return BTreeSet::from(["*".to_owned()]);
        }
        let units: BTreeSet<&str> =
            org.units().filter(|(unit, _)| self.has_unit_ix(state, *unit)).map(|(_, unit)| unit.id.as_str()).collect();
        let mut names: BTreeSet<String> = units.iter().map(|unit| format!("unit {unit}")).collect();
        let had = org.units().filter(|(_, row)| self.had_unit(state, Some(&row.id)));
        names.extend(had.map(|(_, row)| format!("left {}", row.id)));
        for (_, row) in org.nodes() {
            let id = Some(row.id.as_str());
            let (inside, above) = (self.has_node(state, id), self.is_path(state, id));
            let had = self.had_node(state, id);
            names.extend(had.then(|| format!("left {}", row.id)));
            if inside || above {
                let how = if inside { "node" } else { "above" };
                names.insert(format!("{how} {}", row.id));
                // Whoever ever held a post: leaving takes nothing from what was given.
                let held = row.holdings.iter().map(|held| &org.person(held.person).id);
                names.extend(held.map(|person| format!("{how} {person}")));
            }
        }
        let works = |unit: &Option<String>| unit.as_deref().is_some_and(|unit| units.contains(unit));
        names.extend(
            org.people().filter(|(_, row)| works(&row.record.unit)).map(|(_, row)| format!("works {}", row.id)),
        );
        let own = state.devices().filter(|(_, device)| Some(&device.person) == self.person.as_ref());
        names.extend(own.map(|(writer, _)| format!("device {writer}")));
        names
    }

    /// Whether what a word says is about something in the scope: its place and subject of any kind, or one of `places`.
    fn is_about(&self, state: &State, draft: &Draft, places: &[String]) -> bool {
        let (at, subject) = (draft.at.as_deref(), draft.subject.as_deref());
        let is_node =
            |id: Option<&str>| self.has_node(state, id) || self.is_path(state, id) || self.had_node(state, id);
        is_node(at)
            || is_node(subject)
            || self.has_unit(state, subject)
            || self.had_unit(state, subject)
            || self.has_person(state, subject, true)
            || places.iter().any(|id| id == EVERYWHERE || is_node(Some(id)))
    }

    /// Whether the device is the person's own.
    pub(super) fn is_own(&self, state: &State, writer: WriterId) -> bool {
        let device = state.device(writer);
        device.is_some_and(|device| Some(&device.person) == self.person.as_ref())
    }

    fn has_node(&self, state: &State, id: Option<&str>) -> bool {
        id.and_then(|id| state.org().node_ix(id)).is_some_and(|node| self.is_inside(state, node))
    }

    /// Whether the node was ever said to hang below one inside: whoever had it there is told where it went.
    fn had_node(&self, state: &State, id: Option<&str>) -> bool {
        let node = id.and_then(|id| state.org().node_ix(id));
        node.is_some_and(|node| state.org().node(node).earlier.iter().any(|up| self.is_inside(state, *up)))
    }

    /// Whether the unit was said to belong inside by a word that no longer counts: whoever heard that is told the later one.
    fn had_unit(&self, state: &State, id: Option<&str>) -> bool {
        let unit = id.and_then(|id| state.org().unit_ix(id));
        unit.is_some_and(|unit| state.org().unit(unit).earlier.iter().any(|node| self.is_inside(state, *node)))
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
    pub(super) fn has_unit_ix(&self, state: &State, unit: UnitIx) -> bool {
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
        named(record).iter().any(|id| self.has_node(state, Some(id)))
    }
}

/// Of a fact that matters for every replica.
const EVERYWHERE: &str = "*";
/// The longest id that a word about a fact repeats, in bytes: it has to fit wherever the fact did.
const LONGEST_ID: usize = 256;
/// The most bytes of ids that a word about a fact repeats beside.
const PLACES: usize = 8 * 1024;

/// Where a word about this fact stands: its place and subject, and the other nodes that may have it in their scope.
pub(crate) fn stands_at(draft: &Draft) -> (Option<String>, Option<String>, Vec<String>) {
    let short = |id: &String| id.len() <= LONGEST_ID;
    let mut room = PLACES;
    let fits = |id: &String| {
        let rest = room.checked_sub(id.len() + 4);
        room = rest.unwrap_or(0);
        rest.is_some()
    };
    let places = beside(&draft.body).into_iter().filter(short).take_while(fits).collect();
    (draft.at.clone().filter(short), draft.subject.clone().filter(short), places)
}

fn beside(body: &Body) -> Vec<String> {
    match body {
        Body::Node(record) => record.parent.clone().into_iter().collect(),
        Body::Record(record) => named(record),
        Body::StoreOpened(_) | Body::Revoked(_) => vec![EVERYWHERE.to_owned()],
        Body::Settled(settled) => settled.places.clone(),
        _ => Vec::new(),
    }
}

/// The nodes that fields of a record name: to whom it is given, with whom it was done.
fn named(record: &Record) -> Vec<String> {
    let Some((_, form)) = form(&record.form) else { return Vec::new() };
    let values =
        form.fields.iter().filter(|field| field.input.is_node()).filter_map(|field| record.values.get(field.key));
    let ids = values.flat_map(|value| match value {
        Value::Text(id) => vec![id.clone()],
        Value::List(ids) => ids.clone(),
        _ => Vec::new(),
    });
    ids.collect()
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
