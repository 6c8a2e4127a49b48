//! What the server said about facts (receipts, held, strayed), what people settled, and devices that may no longer write;
//! in whatever order the facts come.
//!
//! A fact counts unless something holds it. In this order: the last ruling on it ([`Settled`]); else a [`Held`] of the
//! server; else its device's revocation, for what was recorded from that moment on or entered on a later day (the day of
//! entry is the receipt's, so that every replica sees the same one); a [`Strayed`] one is held from birth.
//!
//! Of the words of custody themselves, a [`Settled`] and a [`Revoked`] that the server holds stand once a ruling says so that
//! the server does not hold; rulings on rulings go no deeper. What the server says ([`Held`], `Receipt`) can't be settled.
use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::receipts::Receipts;
use crate::grid::fact::{Body, Envelope, Fact, FactId, Head, Held, HeldWhy, Revoked, Settled, WriterId};
use crate::words::kept;

/// When something was said, so that the last word counts on every replica.
type Said = (i64, FactId);

/// A fact that is kept and does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldFact<'a> {
    /// The name to settle it by: its own, or that of the fact that keeps a stray.
    pub id: FactId,
    /// Why.
    pub why: HeldWhy,
    /// The sentence that the server wrote about it, in Chinese; empty where the rules alone hold it.
    pub text: &'a str,
    /// The same in English; empty where an earlier build wrote it.
    pub english: &'a str,
    /// The fact itself; of a stray, what the server put around it.
    pub fact: &'a Fact,
    /// What somebody decided; none while it waits.
    pub settled: Option<&'a Ruling>,
}

impl HeldFact<'_> {
    /// The sentence in the language that is spoken; empty where the rules alone hold it.
    pub fn sentence(&self) -> &str {
        kept(self.text, self.english)
    }

    /// What was recorded: the fact itself, or the one inside a stray.
    pub fn content(&self) -> Option<Fact> {
        inner(self.fact)
    }
}

/// What somebody decided about a held fact.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ruling {
    /// Whether it counts.
    #[n(0)]
    pub counts: bool,
    /// Why.
    #[n(1)]
    pub note: String,
    /// Who decided, by id.
    #[n(2)]
    pub by: Option<String>,
}

/// Why the server holds a fact, and the sentence in Chinese and in English.
type Why = (HeldWhy, String, String);

/// How far one writer's facts have come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Encode, Decode)]
struct Come {
    #[n(0)]
    seq: u64,
    /// The latest time at which one was recorded.
    #[n(1)]
    recorded_ms: i64,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Custody {
    /// Who founded the store, then those under whose keys the server went on, each with the fact that says so.
    #[n(0)]
    servers: Vec<FactId>,
    /// (what is held, who says so).
    #[n(1)]
    held: BTreeMap<(FactId, FactId), Why>,
    #[n(2)]
    settled: BTreeMap<FactId, BTreeMap<Said, Ruling>>,
    /// (device, from when on, by which fact), and the first day that begins from then on.
    #[n(3)]
    revoked: BTreeMap<(WriterId, i64, FactId), u16>,
    /// Facts that came and don't count.
    #[n(4)]
    kept: BTreeMap<FactId, Kept>,
    #[n(5)]
    come: BTreeMap<WriterId, Come>,
    #[n(6)]
    pub(super) receipts: Receipts,
}

impl Custody {
    /// What was said, without the facts that came: what a new fold begins with.
    pub(super) fn afresh(&self) -> Custody {
        Custody { kept: BTreeMap::new(), come: BTreeMap::new(), receipts: self.receipts.afresh(), ..self.clone() }
    }

    /// Notes that the fact has come.
    pub(super) fn come(&mut self, fact: &Fact) {
        let first = Come { seq: 0, recorded_ms: i64::MIN };
        let come = self.come.entry(fact.id.writer).or_insert(first);
        come.seq = come.seq.max(fact.id.seq);
        come.recorded_ms = come.recorded_ms.max(fact.recorded_ms);
    }

    /// The latest time at which a fact of this writer was recorded.
    pub(super) fn recorded_until(&self, writer: WriterId) -> Option<i64> {
        self.come.get(&writer).map(|come| come.recorded_ms)
    }

    /// Whether the fact may have come: at least a later one of its writer has.
    pub(super) fn may_have_come(&self, id: FactId) -> bool {
        self.come.get(&id.writer).is_some_and(|come| id.seq <= come.seq)
    }

    /// Takes in that the store begins, or goes on under another key; says whether that changes what counted so far.
    pub(super) fn opened(&mut self, id: FactId) -> bool {
        if self.servers.contains(&id) {
            return false;
        }
        self.servers.push(id);
        self.servers[1..].sort_unstable();
        self.held.keys().any(|(_, by)| by.writer == id.writer) || self.receipts.are_of(id.writer)
    }

    /// The devices that speak for the server: the founder's, and those that it went on under.
    pub(super) fn servers(&self) -> impl Iterator<Item = WriterId> {
        let own = |id: FactId| move |(of, by): &(FactId, FactId)| *of == id && by.writer != id.writer;
        let stands = move |id: &FactId| !self.held.keys().any(|row| own(*id)(row) && self.is_first(row.1.writer));
        let founder = self.servers.iter().take(1);
        founder.chain(self.servers.iter().skip(1).filter(move |id| stands(id))).map(|id| id.writer)
    }

    fn is_first(&self, writer: WriterId) -> bool {
        self.servers.first().is_some_and(|first| first.writer == writer)
    }

    pub(super) fn is_server(&self, writer: WriterId) -> bool {
        self.servers().any(|server| server == writer)
    }

    /// What the server wrote about a fact: of several sentences, that of the first name.
    fn held_by_server(&self, id: FactId) -> Option<&Why> {
        let of = |by| (id, by);
        let rows = self.held.range(of(FactId::LEAST)..).take_while(|((held, _), _)| *held == id);
        let mut rows = rows.filter(|((_, by), _)| self.is_server(by.writer));
        rows.next().map(|(_, why)| why)
    }

    /// The moment from which on a device's facts do not count: the earliest that was said.
    pub(super) fn revoked_from(&self, writer: WriterId) -> Option<i64> {
        self.revocation(writer).map(|(from, _)| from)
    }

    fn revocation(&self, writer: WriterId) -> Option<(i64, u16)> {
        let of = (writer, i64::MIN, FactId::LEAST);
        let mut rows = self.revoked.range(of..).take_while(|((of, ..), _)| *of == writer);
        rows.find(|((.., by), _)| self.stands(*by)).map(|((_, from, _), day)| (*from, *day))
    }

    /// Whether the device of a fact that was recorded then was revoked before.
    fn is_revoked(&self, id: FactId, recorded_ms: i64) -> bool {
        if self.revoked.is_empty() {
            return false;
        }
        let entered = || self.receipts.day(id, self.servers()).or_else(|| self.receipts.own_day(id));
        let since = self.revocation(id.writer);
        since.is_some_and(|(from, day)| from <= recorded_ms || entered().is_some_and(|entered| day <= entered))
    }

    /// The last ruling on a fact by somebody who may.
    fn ruling(&self, id: FactId) -> Option<&Ruling> {
        let is_revoked = |said: &Said| self.revoked_from(said.1.writer).is_some_and(|from| from <= said.0);
        self.last(id, |said| !is_revoked(said) && self.stands(said.1))
    }

    /// The last ruling on a word of custody.
    fn ruling_on_word(&self, id: FactId) -> Option<&Ruling> {
        self.last(id, |said| self.held_by_server(said.1).is_none())
    }

    fn last(&self, id: FactId, holds: impl Fn(&Said) -> bool) -> Option<&Ruling> {
        let mut last = self.settled.get(&id)?.iter().rev();
        last.find(|(said, _)| holds(said)).map(|(_, ruling)| ruling)
    }

    /// Whether a word of custody is heeded.
    fn stands(&self, id: FactId) -> bool {
        self.held_by_server(id).is_none() || self.ruling_on_word(id).is_some_and(|ruling| ruling.counts)
    }

    /// What holds a fact by the rules, whatever somebody decided.
    fn reason(&self, fact: &Fact) -> Option<HeldWhy> {
        if is_stray(fact) {
            return Some(HeldWhy::Fork);
        }
        let by_server = self.held_by_server(fact.id).map(|(why, ..)| *why);
        by_server.or_else(|| self.is_revoked(fact.id, fact.recorded_ms).then_some(HeldWhy::Revoked))
    }

    /// Whether the fact counts.
    pub(super) fn counts(&self, fact: &Fact) -> bool {
        if is_settled_or_revoked(fact) {
            return self.stands(fact.id);
        }
        self.ruling(fact.id).map_or_else(|| self.reason(fact).is_none(), |ruling| ruling.counts)
    }

    /// Keeps a fact that does not count.
    pub(super) fn keep(&mut self, fact: &Fact) {
        self.kept.insert(fact.id, Kept(fact.clone()));
    }

    /// Takes in what holds a fact.
    pub(super) fn hold(&mut self, by: FactId, held: &Held) -> Change {
        let row = (held.why, held.text.clone(), held.english.clone());
        if self.held.insert((held.of, by), row).is_some() {
            return Change::Nothing;
        }
        if self.speaks(held.of) { Change::Again } else { self.changed(held.of) }
    }

    /// Takes in what somebody decided.
    pub(super) fn settle(&mut self, fact: &Fact, settled: &Settled) -> Change {
        let (counts, note, by) = (settled.counts, settled.note.clone(), fact.draft.by.clone());
        let rulings = self.settled.entry(settled.of).or_default();
        match rulings.insert((fact.recorded_ms, fact.id), Ruling { counts, note, by }) {
            Some(_) => Change::Nothing,
            None if self.speaks(settled.of) => Change::Again,
            None => self.changed(settled.of),
        }
    }

    /// Takes in that a device's facts don't count from a moment on; `day` is the first one that begins then or later.
    pub(super) fn revoke(&mut self, by: FactId, revoked: &Revoked, day: u16) -> Change {
        let is_new = self.revoked.insert((revoked.writer, revoked.from_ms, by), day).is_none();
        let recorded = self.recorded_until(revoked.writer).is_some_and(|last| last >= revoked.from_ms);
        let hits = recorded || self.receipts.last_day(revoked.writer).is_some_and(|last| last >= day);
        if is_new && hits { Change::Again } else { Change::Nothing }
    }

    /// Whether other words count or not by what is said about this fact.
    pub(super) fn speaks(&self, id: FactId) -> bool {
        self.servers.contains(&id)
            || self.revoked.keys().any(|(.., by)| *by == id)
            || self.settled.values().any(|rulings| rulings.keys().any(|(_, by)| *by == id))
    }

    /// What a new word about a fact changes.
    fn changed(&mut self, id: FactId) -> Change {
        if let Some(Kept(fact)) = self.kept.get(&id) {
            if !self.counts(fact) {
                return Change::Nothing;
            }
            return self.kept.remove(&id).map_or(Change::Nothing, |kept| Change::Counts(Box::new(kept.0)));
        }
        // It is not among those that are kept: it counts so far, or has not come.
        let held = self.ruling(id).map_or_else(|| self.held_by_server(id).is_some(), |ruling| !ruling.counts);
        if held && self.may_have_come(id) { Change::Again } else { Change::Nothing }
    }

    /// The facts that are kept, in the order of their names.
    pub(super) fn all(&self) -> impl Iterator<Item = HeldFact<'_>> {
        self.kept.values().map(|Kept(fact)| self.told(fact))
    }

    pub(super) fn get(&self, id: FactId) -> Option<HeldFact<'_>> {
        self.kept.get(&id).map(|Kept(fact)| self.told(fact))
    }

    fn told<'a>(&'a self, fact: &'a Fact) -> HeldFact<'a> {
        let why = self.reason(fact).unwrap_or(HeldWhy::NoRight);
        let said = self.held_by_server(fact.id);
        let (text, english) = said.map_or(("", ""), |(_, text, english)| (text, english));
        let settled = if is_settled_or_revoked(fact) { self.ruling_on_word(fact.id) } else { self.ruling(fact.id) };
        HeldFact { id: fact.id, why, text, english, fact, settled }
    }
}

/// What a word of custody changes in what counts.
pub(super) enum Change {
    Nothing,
    /// This fact counts from now on.
    Counts(Box<Fact>),
    /// Something that may have been folded does not count: all facts have to be folded again.
    Again,
}

fn is_stray(fact: &Fact) -> bool {
    matches!(fact.draft.body, Body::Strayed(_))
}

fn is_settled_or_revoked(fact: &Fact) -> bool {
    matches!(fact.draft.body, Body::Settled(_) | Body::Revoked(_))
}

/// The fact that counts for this one: the one inside a stray, under the stray's name; else itself.
pub(super) fn inner(fact: &Fact) -> Option<Fact> {
    let Body::Strayed(strayed) = &fact.draft.body else { return Some(fact.clone()) };
    let inside = Envelope::from_bytes(strayed.envelope.clone()).ok()?.open(strayed.received_ms).ok()?;
    // Nothing strays within a stray.
    (!is_stray(&inside)).then_some(Fact { id: fact.id, ..inside })
}

/// A fact as bytes within a snapshot.
#[derive(Clone, Debug, PartialEq)]
struct Kept(Fact);

impl<C> Encode<C> for Kept {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let head = Head { seq: self.0.id.seq.saturating_sub(1), ..Head::default() };
        let envelope = Envelope::seal(self.0.id.writer, head, self.0.recorded_ms, &self.0.draft);
        e.array(2)?.i64(self.0.received_ms)?.bytes(envelope.bytes())?;
        Ok(())
    }
}

impl<'b, C> Decode<'b, C> for Kept {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Kept, minicbor::decode::Error> {
        let wrong = |_| minicbor::decode::Error::message("a kept fact can't be read");
        d.array()?;
        let received_ms = d.i64()?;
        let envelope = Envelope::from_bytes(d.bytes()?.to_vec()).map_err(wrong)?;
        envelope.open(received_ms).map(Kept).map_err(wrong)
    }
}
