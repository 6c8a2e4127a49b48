//! The scope of a replica, held against a definition that is counted over the list of facts: random trees, moves and posts.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;
use wangge::grid::{
    fact::{
        Account, Body, Chain, Draft, Enrolled, Fact, FactId, Handover, HandoverAnswer, HandoverStep, Hash, Head, Held,
        HeldWhy, Lock, NodeRecord, PackSeal, PersonRecord, PostHolding, Receipt, Received, Revoked, Settled,
        UnitRecord, WriterId,
    },
    org::Post,
    reach::Reach,
    scope::Scope,
    state::State,
};

use super::{
    history::{pack, play, steps},
    world::day,
};

const NODES: [&str; 8] =
    ["330", "330-B", "330-F", "330000001", "330000002", "330000001-G01", "330000001-G02", "330000002-G01"];
const KEYS: [[u8; 32]; 3] = [[11; 32], [12; 32], [13; 32]];

/// A person holds a post at a node.
type Seat = (u8, u8, u8, bool);

/// A history with people in posts, their devices, and what the server says.
fn facts(steps: &[super::history::Step], seats: &[Seat]) -> Vec<Fact> {
    let mut facts: Vec<Fact> = play(steps).into_iter().map(|(_, fact)| fact).collect();
    let mut chain = Chain::new(WriterId([8; 16]), Head::default());
    let last = facts.iter().map(|fact| fact.recorded_ms).max().unwrap();
    let mut write = |at: Option<&str>, subject: Option<String>, body: Body| {
        let draft = Draft {
            occurred: day("2026-01-05"),
            by: None,
            at: at.map(str::to_owned),
            subject,
            replaces: None,
            reason: None,
            effort: None,
            body,
        };
        let fact = chain.seal(&draft, last).open(last).unwrap();
        let id = fact.id;
        facts.push(fact);
        id
    };
    for (person, node, post, ended) in seats {
        let (id, at) = (format!("Q{}", person % 4), NODES[usize::from(*node) % NODES.len()]);
        let record = PersonRecord { name: id.clone(), unit: None, phone: String::new() };
        write(Some(at), Some(id.clone()), Body::Person(record));
        let post = Post::ALL[usize::from(*post) % 4];
        let to = ended.then(|| day("2026-01-01"));
        let held = PostHolding { post, from: day("2025-11-05"), to, change: false, stand_in: false };
        write(Some(at), Some(id.clone()), Body::Post(held));
        let login = format!("q{}", person % 4);
        write(Some(at), Some(id.clone()), Body::Account(Account { login, closed: false }));
        let key = KEYS[usize::from(person % 4) % 3];
        write(Some(at), Some(id.clone()), Body::Enrolled(Enrolled { key, name: "本".to_owned(), window: None }));
        if node % 3 == 0 {
            let what = Handover {
                post,
                from: id.clone(),
                on: day("2025-12-01"),
                note: String::new(),
                seal: PackSeal::default(),
            };
            let to = Some(format!("Q{}", (person % 4 + 1) % 4));
            let of = write(Some(at), to.clone(), Body::Handover(what));
            if *ended {
                let kind = HandoverAnswer::Declined;
                let step = HandoverStep { of, kind, note: String::new(), seal: None };
                write(Some(at), to, Body::HandoverStep(step));
            }
        }
        let revoked = Revoked { writer: WriterId([77; 16]), from_ms: i64::MAX, reason: String::new() };
        write(Some(at), Some(id), Body::Revoked(revoked));
        write(Some(at), None, Body::Lock(Lock { through: day("2025-12-01") }));
        let of = Received { writer: WriterId::of_key(&key), from: 1, to: 2, hash: Hash::default(), received_ms: last };
        write(None, None, Body::Receipt(Receipt { of: vec![of] }));
        let of = wangge::grid::fact::FactId { writer: WriterId::of_key(&key), seq: 9 };
        write(
            None,
            None,
            Body::Held(Held {
                of,
                why: HeldWhy::Clock,
                text: String::new(),
                places: Vec::new(),
                english: String::new(),
            }),
        );
        write(
            Some(at),
            None,
            Body::Settled(Settled { of: wangge::grid::fact::FactId::default(), ..Settled::default() }),
        );
    }
    facts
}

/// Where a unit belonged from which day on.
type Stays<'a> = BTreeMap<NaiveDate, Option<&'a str>>;

/// What the list of facts amounts to, as far as scopes go.
struct Told<'a> {
    nodes: BTreeMap<&'a str, &'a NodeRecord>,
    /// Every node below which a node was ever said to hang.
    ever: BTreeSet<(&'a str, &'a str)>,
    /// Where a unit was said to belong, by a word that another one about the same day took the place of.
    lost: BTreeSet<(&'a str, &'a str)>,
    named: BTreeSet<&'a str>,
    units: BTreeMap<&'a str, (Option<&'a UnitRecord>, Stays<'a>)>,
    posts: Vec<(&'a str, &'a str, &'a PostHolding)>,
    people: BTreeMap<&'a str, &'a PersonRecord>,
    devices: BTreeMap<WriterId, &'a str>,
    /// (node, to whom, which offer) of what waits for an answer.
    offers: Vec<(&'a str, &'a str, FactId)>,
}

impl<'a> Told<'a> {
    fn of(facts: &'a [Fact]) -> Told<'a> {
        let mut told = Told {
            nodes: BTreeMap::new(),
            ever: BTreeSet::new(),
            lost: BTreeSet::new(),
            named: BTreeSet::new(),
            units: BTreeMap::new(),
            posts: Vec::new(),
            people: BTreeMap::new(),
            devices: BTreeMap::new(),
            offers: Vec::new(),
        };
        // The later word counts.
        let mut said: Vec<&Fact> = facts.iter().collect();
        said.sort_by_key(|fact| (fact.recorded_ms, fact.id));
        for fact in said {
            let (at, subject) = (fact.draft.at.as_deref(), fact.draft.subject.as_deref());
            told.named.extend(at);
            match (&fact.draft.body, subject) {
                (Body::Node(record), Some(id)) => {
                    told.ever.extend(record.parent.as_deref().map(|up| (id, up)));
                    told.nodes.insert(id, record);
                }
                (Body::Unit(record), Some(id)) => told.units.entry(id).or_default().0 = Some(record),
                (Body::Placement(placed), Some(id)) => {
                    let before = told.units.entry(id).or_default().1.insert(placed.from, at);
                    told.lost.extend(before.flatten().map(|at| (id, at)));
                }
                (Body::Person(record), Some(id)) => drop(told.people.insert(id, record)),
                (Body::Enrolled(enrolled), Some(id)) => drop(told.devices.insert(enrolled.writer(), id)),
                (Body::Post(held), Some(id)) => {
                    let at = at.unwrap();
                    told.posts.retain(|(n, p, h)| (*n, *p, h.post, h.from) != (at, id, held.post, held.from));
                    told.posts.push((at, id, held));
                }
                (Body::Handover(_), Some(id)) => told.offers.push((at.unwrap(), id, fact.id)),
                (Body::HandoverStep(step), _) => told.offers.retain(|(.., offer)| *offer != step.of),
                _ => {}
            }
        }
        told
    }

    fn is_within(&self, node: &str, above: &str) -> bool {
        node == above
            || self.nodes.get(node).and_then(|row| row.parent.as_deref()).is_some_and(|up| self.is_within(up, above))
    }

    fn is_root(&self, node: &str) -> bool {
        self.nodes.get(node).is_none_or(|row| row.parent.is_none())
    }

    /// The nodes at which a person holds posts on a day, or is offered one.
    fn seats(&self, person: &str, on: NaiveDate) -> Vec<&'a str> {
        let holds = |held: &PostHolding| held.from <= on && held.to.is_none_or(|to| on < to);
        let held = self.posts.iter().filter(|(_, who, held)| *who == person && holds(held)).map(|(at, ..)| *at);
        held.chain(self.offers.iter().filter(|(_, to, _)| *to == person).map(|(at, ..)| *at)).collect()
    }

    fn holds(&self, person: &str, on: NaiveDate, fact: &Fact) -> bool {
        let seats = self.seats(person, on);
        if seats.iter().any(|seat| self.is_root(seat)) || self.devices.get(&fact.id.writer) == Some(&person) {
            return true;
        }
        let known = |node: &str| self.nodes.contains_key(node) || self.named.contains(node);
        let inside = |node: &str| known(node) && seats.iter().any(|seat| self.is_within(node, seat));
        let above = |node: &str| seats.iter().any(|seat| self.is_within(seat, node));
        let own = |writer: WriterId| self.devices.get(&writer) == Some(&person);
        let unit = |id: &str| {
            let Some((record, stays)) = self.units.get(id) else { return false };
            let here = stays.range(..=on).next_back().is_some_and(|(_, at)| at.is_some());
            let division = record.map_or("", |record| record.division.as_str());
            let area = Some(division.get(..9).unwrap_or(division)).filter(|area| known(area));
            let root = "330";
            stays.values().flatten().any(|at| inside(at)) || !here && inside(area.unwrap_or(root))
        };
        let person_of = |id: &str, up: bool| {
            let at = self.posts.iter().filter(|(_, who, _)| *who == id).map(|(at, ..)| *at).collect::<Vec<_>>();
            let works = self.people.get(id).and_then(|record| record.unit.as_deref());
            id == person || works.is_some_and(unit) || at.iter().any(|at| inside(at) || up && above(at))
        };
        let (at, subject) = (fact.draft.at.as_deref(), fact.draft.subject.as_deref());
        let had = |node: &str| self.ever.iter().any(|(below, up)| *below == node && inside(up));
        let lost = |id: &str| self.lost.iter().any(|(unit, at)| *unit == id && inside(at));
        let is_node = |id: &str| inside(id) || above(id) || had(id);
        let word = |of: WriterId| {
            let ids = || at.into_iter().chain(subject);
            own(of) || ids().any(is_node) || subject.is_some_and(|id| unit(id) || lost(id) || person_of(id, true))
        };
        let at_inside = at.is_some_and(inside);
        let record = at_inside || subject.is_some_and(unit);
        match &fact.draft.body {
            Body::StoreOpened(_) => true,
            Body::Node(node) => {
                let subject = subject.unwrap();
                inside(subject) || above(subject) || node.parent.as_deref().is_some_and(inside) || had(subject)
            }
            Body::Unit(_) => unit(subject.unwrap()),
            Body::Person(_) => person_of(subject.unwrap(), true),
            Body::Post(_) => at_inside || at.is_some_and(above) || subject == Some(person),
            Body::Account(_) | Body::Enrolled(_) => person_of(subject.unwrap(), false),
            Body::Revoked(_) => true,
            Body::Handover(_) | Body::HandoverStep(_) => at_inside || subject == Some(person),
            Body::Lock(_) | Body::Unlock(_) => at_inside || at.is_some_and(above),
            Body::Receipt(receipt) => receipt.of.iter().any(|of| own(of.writer)),
            Body::Held(held) => word(held.of.writer),
            Body::Settled(settled) => word(settled.of.writer),
            Body::Placement(_) => record || subject.is_some_and(lost),
            _ => record,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_replica_holds_what_the_definition_says(
        steps in steps(40),
        seats in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>(), prop::bool::weighted(0.2)), 1..8),
        days in 0_u64..90,
    ) {
        let facts = facts(&steps, &seats);
        let mut state = State::new(pack());
        facts.iter().for_each(|fact| drop(state.apply(fact)));
        let told = Told::of(&facts);
        let on = day("2025-11-05") + chrono::Days::new(days);
        for person in ["Q0", "Q1", "Q2", "Q3", "nobody"] {
            let scope = Scope::of(&state, person, on);
            let whole = told.seats(person, on).iter().any(|seat| told.is_root(seat));
            prop_assert_eq!(scope.is_whole(), whole);
            let nobody_s = Scope::of(&state, "", on);
            let reach = Reach::new(&state, &[&nobody_s, &scope]);
            for fact in &facts {
                let is_held = scope.holds(&state, fact);
                prop_assert_eq!(is_held, told.holds(person, on, fact), "{} {:?}", person, fact);
                let envelope = Chain::new(fact.id.writer, Head::default()).seal(&fact.draft, fact.recorded_ms);
                let told = reach.holding(&envelope);
                prop_assert_eq!(told.unwrap_or(2 * u32::from(is_held)), 2 * u32::from(is_held), "{} {:?}", person, fact);
                // What is done every day is told without opening it.
                prop_assert!(told.is_some() || !matches!(fact.draft.body, Body::Visit(_) | Body::Session(_)));
            }
        }
        let whole = Scope::whole(on);
        prop_assert!(facts.iter().all(|fact| whole.holds(&state, fact)));
    }

    /// A replica that is given what its scope holds, and what comes into it, has every record at the nodes within.
    #[test]
    fn what_comes_into_the_scope_brings_its_past_along(
        steps in steps(60),
        seats in prop::collection::vec((any::<u8>(), any::<u8>(), any::<u8>(), Just(false)), 1..4),
    ) {
        let facts = facts(&steps, &seats);
        let on = day("2026-01-20");
        // The posts come first: whose scope it is does not change on the way.
        let (first, rest): (Vec<&Fact>, Vec<&Fact>) =
            facts.iter().partition(|fact| fact.id.writer == WriterId([8; 16]) || fact.id.writer == WriterId([1; 16]));
        let mut state = State::new(pack());
        first.iter().for_each(|fact| drop(state.apply(fact)));
        let mut sent: BTreeSet<wangge::grid::fact::FactId> = BTreeSet::new();
        let mut come: Vec<&Fact> = Vec::new();
        let mut scope = Scope::of(&state, "Q0", on);
        for fact in &first {
            if scope.holds(&state, fact) {
                sent.insert(fact.id);
            }
            come.push(fact);
        }
        for fact in rest {
            let gains = scope.gains(&state, fact);
            for earlier in come.iter().filter(|earlier| {
                let draft = &earlier.draft;
                gains.iter().any(|id| draft.at.as_ref() == Some(id) || draft.subject.as_ref() == Some(id))
            }) {
                sent.insert(earlier.id);
            }
            let before = scope.holds(&state, fact);
            state.apply(fact);
            if scope.is_stale(&state, fact) {
                scope = Scope::of(&state, "Q0", on);
            }
            if before || scope.holds(&state, fact) {
                sent.insert(fact.id);
            }
            come.push(fact);
        }
        if scope.is_whole() {
            return Ok(());
        }
        for fact in &come {
            let at = fact.draft.at.as_deref().and_then(|id| state.org().node_ix(id));
            let is_record = !super::history::is_structure(fact) && fact.draft.at.is_some();
            if is_record && at.is_some_and(|at| scope.is_inside(&state, at)) {
                prop_assert!(sent.contains(&fact.id), "{:?}", fact);
            }
        }
    }
}
