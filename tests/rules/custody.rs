//! What is said about facts: receipts, what is held and settled, strays, revoked devices. Held against a definition that is
//! counted over the list of facts, and folded in many orders.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use wangge::grid::{
    fact::{
        Body, Chain, Draft, Envelope, Fact, FactId, Hash, Head, Held, HeldWhy, Receipt, Received, Revoked, Settled,
        StoreOpened, Strayed, Visit, WriterId,
    },
    state::State,
};

use super::{
    history::{FIRST_DAY, pack, play, steps},
    world::{World, code, day, instant},
};

const SERVER: WriterId = WriterId([1; 16]);
const SOMEBODY: WriterId = WriterId([9; 16]);

/// One thing that is said about a fact.
#[derive(Clone, Debug)]
enum Word {
    Held { of: u16, why: u8, by_server: bool },
    Mute { of: u16 },
    Settled { of: u16, counts: bool, minute: u8, by: u8 },
    Receipt { writer: u8, from: u8, length: u8, days: u8, by_server: bool },
    Revoked { writer: u8, days: u8 },
    Strayed { of: u16 },
}

fn words() -> impl Strategy<Value = Vec<Word>> {
    let server = || prop::bool::weighted(0.8);
    let word = prop_oneof![
        4 => (any::<u16>(), any::<u8>(), server()).prop_map(|(of, why, by_server)| Word::Held { of, why, by_server }),
        1 => any::<u16>().prop_map(|of| Word::Mute { of }),
        4 => (any::<u16>(), any::<bool>(), any::<u8>(), any::<u8>())
            .prop_map(|(of, counts, minute, by)| Word::Settled { of, counts, minute, by }),
        3 => (any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>(), server()).prop_map(
            |(writer, from, length, days, by_server)| Word::Receipt { writer, from, length, days, by_server }),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(writer, days)| Word::Revoked { writer, days }),
        2 => any::<u16>().prop_map(|of| Word::Strayed { of }),
    ];
    prop::collection::vec(word, 1..14)
}

/// Writes the words behind the facts of a history.
struct Sayer {
    facts: Vec<Fact>,
    chains: BTreeMap<WriterId, Chain>,
    words: Vec<FactId>,
    last: NaiveDate,
}

impl Sayer {
    fn new(facts: Vec<Fact>) -> Sayer {
        let mut chains: BTreeMap<WriterId, Chain> = BTreeMap::new();
        for fact in &facts {
            let chain = chains.entry(fact.id.writer).or_insert_with(|| Chain::new(fact.id.writer, Head::default()));
            chain.head = Head { seq: chain.head.seq.max(fact.id.seq), hash: Hash::default() };
        }
        let last = facts.iter().map(|fact| fact.draft.occurred).max().unwrap();
        Sayer { facts, chains, words: Vec::new(), last }
    }

    fn say(&mut self, by: WriterId, recorded_ms: i64, body: Body) -> Fact {
        let draft = Draft {
            occurred: self.last,
            by: Some("P0".to_owned()),
            at: None,
            subject: None,
            replaces: None,
            reason: None,
            effort: None,
            body,
        };
        let chain = self.chains.entry(by).or_insert_with(|| Chain::new(by, Head::default()));
        let fact = chain.seal(&draft, recorded_ms).open(recorded_ms).unwrap();
        self.facts.push(fact.clone());
        fact
    }

    /// Any fact but those by which the store began.
    fn pick(&self, n: u16) -> FactId {
        let beginning = self.facts.iter().take_while(|fact| fact.id.writer == SERVER).count();
        let rest = &self.facts[beginning.min(self.facts.len() - 1)..];
        rest[usize::from(n) % rest.len()].id
    }

    fn word(&mut self, word: &Word) {
        let now = instant(self.last, "12:00:00");
        let body = match *word {
            Word::Held { of, why, by_server } => {
                let of = self.pick(of);
                let held = Held {
                    of,
                    why: HeldWhy::ALL[usize::from(why) % 7],
                    text: format!("{why}"),
                    places: Vec::new(),
                    english: String::new(),
                };
                let by = if by_server { SERVER } else { SOMEBODY };
                return drop(self.say(by, now, Body::Held(held)));
            }
            Word::Mute { of } => {
                let Some(of) = self.words.get(usize::from(of) % self.words.len().max(1)).copied() else { return };
                Body::Held(Held {
                    of,
                    why: HeldWhy::NoRight,
                    text: String::new(),
                    places: Vec::new(),
                    english: String::new(),
                })
            }
            Word::Settled { of, counts, minute, by } => {
                let of = self.pick(of);
                let by = if by % 3 == 0 { WriterId([2; 16]) } else { SOMEBODY };
                let settled = Settled { of, counts, note: "x".to_owned(), places: Vec::new() };
                let fact = self.say(by, now + i64::from(minute % 4) * 60_000, Body::Settled(settled));
                return self.words.push(fact.id);
            }
            Word::Receipt { writer, from, length, days, by_server } => {
                let from = u64::from(from % 20) + 1;
                let received = self.last.checked_add_days(Days::new(u64::from(days % 40))).unwrap();
                let taken = Received {
                    writer: WriterId([writer % 5 + 1; 16]),
                    from,
                    to: from + u64::from(length % 12),
                    hash: Hash::default(),
                    received_ms: instant(received, "08:00:00"),
                };
                let by = if by_server { SERVER } else { SOMEBODY };
                return drop(self.say(by, now, Body::Receipt(Receipt { of: vec![taken] })));
            }
            Word::Revoked { writer, days } => {
                let from = self.last.checked_sub_days(Days::new(u64::from(days % 60))).unwrap();
                let writer = WriterId([writer % 4 + 2; 16]);
                let revoked = Revoked { writer, from_ms: instant(from, "00:00:00"), reason: "x".to_owned() };
                let fact = self.say(SERVER, now, Body::Revoked(revoked));
                return self.words.push(fact.id);
            }
            Word::Strayed { of } => {
                let of = self.pick(of);
                let inside = self.facts.iter().find(|fact| fact.id == of).unwrap().clone();
                let head = Head { seq: of.seq - 1, hash: Hash([7; 32]) };
                let draft = Draft { reason: Some("分叉".to_owned()), ..inside.draft };
                let envelope = Chain::new(of.writer, head).seal(&draft, inside.recorded_ms);
                let strayed = Strayed { envelope: envelope.bytes().to_vec(), received_ms: inside.recorded_ms + 1 };
                Body::Strayed(strayed)
            }
        };
        self.say(SERVER, now, body);
    }
}

fn is_word(body: &Body) -> bool {
    matches!(body, Body::Held(_) | Body::Settled(_) | Body::Receipt(_) | Body::Revoked(_))
}

/// The facts that count, with the day on which the server took them in, by the definition.
fn counting(facts: &[Fact]) -> Vec<Fact> {
    let held: BTreeSet<FactId> = facts
        .iter()
        .filter(|fact| fact.id.writer == SERVER)
        .filter_map(|fact| if let Body::Held(held) = &fact.draft.body { Some(held.of) } else { None })
        .collect();
    let said = |id: FactId| {
        facts.iter().filter_map(move |fact| match &fact.draft.body {
            Body::Settled(settled) if settled.of == id => Some((fact.recorded_ms, fact.id, settled.counts)),
            _ => None,
        })
    };
    let stands = |id: FactId| {
        let last = said(id).filter(|(_, by, _)| !held.contains(by)).max();
        !held.contains(&id) || last.is_some_and(|(.., counts)| counts)
    };
    let revoked_at = |writer: WriterId| {
        facts.iter().filter_map(move |fact| match &fact.draft.body {
            Body::Revoked(revoked) if revoked.writer == writer && stands(fact.id) => Some(revoked.from_ms),
            _ => None,
        })
    };
    let ruling = |id: FactId| {
        let heeded = |(ms, by, _): &(i64, FactId, bool)| stands(*by) && revoked_at(by.writer).all(|from| from > *ms);
        said(id).filter(heeded).max().map(|(.., counts)| counts)
    };
    let county = State::new(pack());
    let received = |fact: &Fact| {
        let taken = facts.iter().filter(|by| by.id.writer == SERVER).flat_map(|by| match &by.draft.body {
            Body::Receipt(receipt) => receipt.of.clone(),
            _ => Vec::new(),
        });
        let own = taken.filter(|of| of.writer == fact.id.writer && (of.from..=of.to).contains(&fact.id.seq));
        own.map(|of| of.received_ms).min().unwrap_or(fact.received_ms)
    };
    let mut out = Vec::new();
    for fact in facts.iter().filter(|fact| !is_word(&fact.draft.body)) {
        let received_ms = received(fact);
        // The day of entry, in full: who was revoked from noon on may have entered something that morning.
        let midnight = county.instant_of(county.local_day(received_ms));
        let revoked = || revoked_at(fact.id.writer).any(|from| from <= fact.recorded_ms || from <= midnight);
        let by_rules = || !held.contains(&fact.id) && !revoked();
        match &fact.draft.body {
            Body::Strayed(strayed) if ruling(fact.id) == Some(true) => {
                let inside = Envelope::from_bytes(strayed.envelope.clone()).unwrap().open(strayed.received_ms).unwrap();
                let plain = !is_word(&inside.draft.body) && !matches!(inside.draft.body, Body::Strayed(_));
                out.extend(plain.then_some(Fact { id: fact.id, ..inside }));
            }
            Body::Strayed(_) => {}
            _ if ruling(fact.id).unwrap_or_else(by_rules) => out.push(Fact { received_ms, ..fact.clone() }),
            _ => {}
        }
    }
    out
}

/// Folds facts, and all of them again where the state asks for it.
fn fold<'a>(facts: impl Iterator<Item = &'a Fact> + Clone) -> State {
    let mut state = State::new(pack());
    let again = facts.clone().fold(false, |again, fact| state.apply(fact).again | again);
    if again {
        state = state.afresh();
        facts.for_each(|fact| drop(state.apply(fact)));
    }
    state
}

/// What counts, as text that says nothing of the order in which it came.
fn told(state: &State) -> Vec<String> {
    let org = state.org();
    let mut out = Vec::new();
    for (duty, node, ordinal, tally) in state.tallies().rows() {
        out.push(format!("{duty} {} {ordinal} {tally:?}", org.node(node).id));
    }
    let marks = org
        .units()
        .flat_map(|(ix, _)| state.unit_marks(ix))
        .chain(org.nodes().flat_map(|(ix, _)| state.node_marks(ix)));
    out.extend(
        marks.map(|mark| format!("{} {} {} {}", state.fact_of(mark), mark.day, mark.recorded, org.node(mark.at).id)),
    );
    out.extend(
        state.matters().map(|matter| format!("{} {} {} {:?}", matter.id, matter.opened, matter.recorded, matter.steps)),
    );
    for (_, node) in org.nodes().filter(|(_, node)| node.is_recorded()) {
        out.push(format!("{} {} {:?} {:?}", node.id, node.name, node.to, node.parent.map(|ix| &org.node(ix).id)));
    }
    for (_, unit) in org.units() {
        let stays = unit.stays.iter().map(|stay| (stay.from, stay.node.map(|ix| &org.node(ix).id))).collect::<Vec<_>>();
        out.extend(unit.is_recorded().then(|| format!("{} {:?}", unit.id, unit.record)));
        out.extend((!stays.is_empty()).then(|| format!("{} {stays:?}", unit.id)));
    }
    out.sort();
    out
}

/// The facts with the first one first and the others in another order.
fn shuffled(facts: &[Fact], mut seed: u64) -> Vec<Fact> {
    let mut out = facts.to_vec();
    for i in (2..out.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        out.swap(i, 1 + (seed >> 33) as usize % i);
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_counts_is_what_the_definition_says_in_whatever_order_it_comes(
        steps in steps(30), words in words(), seeds in any::<[u64; 3]>(),
    ) {
        let mut sayer = Sayer::new(play(&steps).into_iter().map(|(_, fact)| fact).collect());
        words.iter().for_each(|word| sayer.word(word));
        let facts = sayer.facts;
        let state = fold(facts.iter());
        let counting = counting(&facts);
        prop_assert_eq!(told(&state), told(&fold(counting.iter())));
        // What is said about facts may be kept too.
        let held = facts.iter().filter(|fact| counting.iter().all(|c| c.id != fact.id));
        let kept: BTreeSet<FactId> = held.filter(|fact| !state.is_withdrawn(fact)).map(|fact| fact.id).collect();
        // A stray that counts and holds what can't come in by that way is neither kept nor folded.
        let listed: BTreeSet<FactId> = state.held().map(|held| held.id).collect();
        prop_assert!(listed.is_subset(&kept), "{:?} {:?}", listed, kept);
        prop_assert_eq!(&state.recounted(), state.tallies());
        for seed in seeds {
            let other = shuffled(&facts, seed);
            let folded = fold(other.iter());
            prop_assert_eq!(told(&folded), told(&state), "{}", seed);
            prop_assert_eq!(folded.digest(), state.digest(), "{}", seed);
            let read = State::from_snapshot(folded.to_snapshot(), folded.pack()).unwrap();
            prop_assert_eq!(read.digest(), state.digest());
            let again = read.afresh();
            let refolded = facts.iter().fold(again, |mut state, fact| { state.apply(fact); state });
            prop_assert_eq!(refolded.digest(), state.digest());
        }
    }
}

/// A county with a server and one visit by a laptop.
fn visited() -> (World, World, Fact) {
    let mut server = World::open(FIRST_DAY);
    server.enroll("工业第1网格", 1..=2);
    server.on("2026-11-20");
    let mut laptop = server.device(5);
    let visit = laptop.visit(1, "2026-11-20");
    (server, laptop, visit)
}

fn draft(world: &World, body: Body) -> Draft {
    Draft { occurred: world.today, by: None, at: None, subject: None, replaces: None, reason: None, effort: None, body }
}

#[test]
fn what_is_held_before_it_comes_waits_and_counts_when_somebody_says_so() {
    let (mut server, _, visit) = visited();
    let held = Held {
        of: visit.id,
        why: HeldWhy::Clock,
        text: "时钟快了 30 小时".to_owned(),
        places: Vec::new(),
        english: String::new(),
    };
    server.write(&draft(&server, Body::Held(held)));
    server.receive(std::slice::from_ref(&visit));
    let unit = server.unit(1);
    assert_eq!(server.state.visits(unit).count(), 0);
    let row = server.state.held_fact(visit.id).unwrap();
    assert_eq!((row.why, row.text, row.fact, row.settled), (HeldWhy::Clock, "时钟快了 30 小时", &visit, None));
    for (counts, visits) in [(false, 0), (true, 1)] {
        let settled = Settled { of: visit.id, counts, note: "核对过".to_owned(), places: Vec::new() };
        server.write(&draft(&server, Body::Settled(settled)));
        assert_eq!(server.state.visits(unit).count(), visits);
        assert_eq!(server.state.held().count(), 1 - visits);
    }
}

#[test]
fn only_the_server_holds_and_dates_and_a_restored_server_speaks_under_its_new_key() {
    let (mut server, _, visit) = visited();
    server.receive(std::slice::from_ref(&visit));
    let mut other = server.device(7);
    let held =
        Held { of: visit.id, why: HeldWhy::Clock, text: String::new(), places: Vec::new(), english: String::new() };
    let said = other.write(&draft(&other, Body::Held(held)));
    assert!(!server.state.is_server(said.id.writer) && !server.state.apply(&said).again);
    // It goes on under that key: what it said counts from then on.
    let opened = StoreOpened { pack: "tiny".to_owned(), from: day(FIRST_DAY), sample: false, key: Vec::new() };
    let opened = other.write(&draft(&other, Body::StoreOpened(opened)));
    assert!(server.state.apply(&opened).again && server.state.is_server(said.id.writer));
    let facts: Vec<Fact> = server.facts.iter().chain([&said, &opened]).cloned().collect();
    assert_eq!(fold(facts.iter()).visits(server.unit(1)).count(), 0);
    // Unless the founder holds that very fact.
    let held =
        Held { of: opened.id, why: HeldWhy::NoRight, text: String::new(), places: Vec::new(), english: String::new() };
    let no = server.write(&draft(&server, Body::Held(held)));
    let state = fold(facts.iter().chain([&no]));
    assert!(!state.is_server(said.id.writer));
    assert_eq!(state.visits(server.unit(1)).count(), 1);
}

#[test]
fn a_receipt_dates_the_entry_anew_and_makes_it_late() {
    let (server, mut laptop, visit) = visited();
    let due = |state: &State| state.tallies().rows().map(|(.., tally)| (tally.have, tally.on_time)).collect::<Vec<_>>();
    let before = due(&laptop.state);
    let taken = |received: &str| Received {
        writer: visit.id.writer,
        from: visit.id.seq,
        to: visit.id.seq,
        hash: Hash::default(),
        received_ms: instant(day(received), "09:00:00"),
    };
    let mut chain = server.clone();
    let same = chain.write(&draft(&server, Body::Receipt(Receipt { of: vec![taken("2026-11-20")] })));
    assert!(!laptop.state.apply(&same).again, "the same day");
    let (server, mut laptop, _) = visited();
    let mut chain = server.clone();
    let later = chain.write(&draft(&server, Body::Receipt(Receipt { of: vec![taken("2027-01-09")] })));
    assert!(laptop.state.apply(&later).again);
    let mut state = laptop.state.afresh();
    laptop.facts.iter().chain([&later]).for_each(|fact| drop(state.apply(fact)));
    let mark = state.visits(laptop.unit(1)).next().unwrap();
    assert_eq!(mark.recorded_on(), day("2027-01-09"));
    assert_eq!(state.entered_on(&visit), day("2027-01-09"));
    assert_ne!(due(&state), before, "on time no more");
}

#[test]
fn a_revoked_device_s_facts_are_held_from_the_moment_on_and_earlier_ones_stay() {
    let (mut server, mut laptop, visit) = visited();
    laptop.on("2026-11-22");
    let later = laptop.visit(2, "2026-11-22");
    server.receive(&[visit.clone(), later.clone()]);
    let from_ms = instant(day("2026-11-21"), "00:00:00");
    let revoked = Revoked { writer: visit.id.writer, from_ms, reason: "被盗".to_owned() };
    let said = server.write(&draft(&server, Body::Revoked(revoked)));
    let mut again = server.state.afresh();
    server.facts.iter().for_each(|fact| drop(again.apply(fact)));
    let held: Vec<(FactId, HeldWhy)> = again.held().map(|held| (held.id, held.why)).collect();
    assert_eq!(held, [(later.id, HeldWhy::Revoked)]);
    assert_eq!((again.visits(server.unit(1)).count(), again.visits(server.unit(2)).count()), (1, 0));
    assert!(!again.apply(&said).again, "said again, nothing changes");
}

#[test]
fn the_revoked_device_s_own_replica_comes_to_the_same_as_the_server() {
    // Written on the 20th, brought on the 24th; the revocation is dated back to the 22nd.
    let (mut server, mut laptop, visit) = visited();
    let id = visit.id;
    let brought = instant(day("2026-11-24"), "09:00:00");
    server.receive(&[Fact { received_ms: brought, ..visit.clone() }]);
    let of = Received { writer: id.writer, from: 1, to: id.seq, hash: Hash::default(), received_ms: brought };
    let from_ms = instant(day("2026-11-22"), "00:00:00");
    let receipt = server.write(&draft(&server, Body::Receipt(Receipt { of: vec![of] })));
    let revoked = Revoked { writer: id.writer, from_ms, reason: "被盗".to_owned() };
    let revoked = server.write(&draft(&server, Body::Revoked(revoked)));
    let at_server = fold(server.facts.iter());
    assert_eq!(at_server.held().map(|held| (held.id, held.why)).collect::<Vec<_>>(), [(id, HeldWhy::Revoked)]);
    for words in [[&receipt, &revoked], [&revoked, &receipt]] {
        let mut own = laptop.clone();
        own.state = laptop.state.clone();
        let again = words.into_iter().fold(false, |again, word| own.state.apply(word).again | again);
        assert!(again, "what was folded here does not count");
        let facts: Vec<&Fact> = laptop.facts.iter().chain(words).collect();
        assert_eq!(fold(facts.into_iter()).digest(), at_server.digest());
    }
    // Within the day on which it was revoked, what was entered that morning stays.
    laptop.on("2026-11-24");
    let noon = Revoked { writer: id.writer, from_ms: instant(day("2026-11-24"), "12:00:00"), reason: String::new() };
    let mut facts = server.facts.clone();
    facts.last_mut().unwrap().draft.body = Body::Revoked(noon);
    assert_eq!(fold(facts.iter()).held().count(), 0);
}

#[test]
fn a_ruling_and_a_revocation_that_are_held_stand_once_somebody_lets_them() {
    let (mut server, _, visit) = visited();
    let held =
        Held { of: visit.id, why: HeldWhy::Clock, text: String::new(), places: Vec::new(), english: String::new() };
    server.write(&draft(&server, Body::Held(held)));
    server.receive(std::slice::from_ref(&visit));
    let mut other = server.device(7);
    let settled = |of| Body::Settled(Settled { of, counts: true, note: "对".to_owned(), places: Vec::new() });
    let ruling = other.write(&draft(&other, settled(visit.id)));
    let writer = WriterId([5; 16]);
    let revoked = Revoked { writer, from_ms: instant(day("2026-11-01"), "00:00:00"), reason: "丢".to_owned() };
    let revoked = other.write(&draft(&other, Body::Revoked(revoked)));
    for of in [ruling.id, revoked.id] {
        server.write(&draft(
            &server,
            Body::Held(Held {
                of,
                why: HeldWhy::NoRight,
                text: "无权".to_owned(),
                places: Vec::new(),
                english: String::new(),
            }),
        ));
    }
    server.receive(&[ruling.clone(), revoked.clone()]);
    let unit = server.unit(1);
    let look = |facts: &[Fact]| {
        let state = fold(facts.iter());
        let held: Vec<FactId> = state.held().map(|held| held.id).collect();
        (state.visits(unit).count(), held, state.revoked_from(writer).is_some())
    };
    assert_eq!(look(&server.facts), (0, vec![visit.id, ruling.id, revoked.id], false));
    server.write(&draft(&server, settled(ruling.id)));
    assert_eq!(look(&server.facts), (1, vec![revoked.id], false));
    let last = server.write(&draft(&server, settled(revoked.id)));
    // The ruling on the visit outlasts the revocation of its device.
    assert_eq!(look(&server.facts), (1, vec![], true));
    // A ruling on a ruling that the server holds changes nothing.
    server.write(&draft(
        &server,
        Body::Held(Held {
            of: last.id,
            why: HeldWhy::NoRight,
            text: String::new(),
            places: Vec::new(),
            english: String::new(),
        }),
    ));
    server.write(&draft(&server, settled(last.id)));
    let (visits, held, is_revoked) = look(&server.facts);
    assert_eq!((visits, held.contains(&revoked.id), is_revoked), (1, true, false));
}

#[test]
fn a_stray_counts_under_the_server_s_name_once_somebody_lets_it() {
    let (mut server, _, visit) = visited();
    server.receive(std::slice::from_ref(&visit));
    let inside = Draft { subject: Some(code(2)), ..visit.draft.clone() };
    let envelope = Chain::new(visit.id.writer, Head::default()).seal(&inside, visit.recorded_ms);
    let strayed = Strayed { envelope: envelope.bytes().to_vec(), received_ms: visit.received_ms };
    let stray = server.write(&draft(&server, Body::Strayed(strayed)));
    let row = server.state.held_fact(stray.id).unwrap();
    assert_eq!(row.why, HeldWhy::Fork);
    assert!(matches!(row.content().unwrap().draft.body, Body::Visit(Visit { .. })));
    assert_eq!(server.state.visits(server.unit(2)).count(), 0);
    let settled = Settled { of: stray.id, counts: true, note: "两台机器都对".to_owned(), places: Vec::new() };
    server.write(&draft(&server, Body::Settled(settled)));
    let marks: Vec<FactId> = server.state.visits(server.unit(2)).map(|mark| server.state.fact_of(mark)).collect();
    assert_eq!(marks, [stray.id]);
    assert_eq!(server.state.held().count(), 0);
}
