//! Taking a laptop's batch in (接收), as the server judges it. Pure: it says what is to be written, and in which order.
//!
//! Nothing that comes is dropped. What follows its chain joins it; what has the place of another fact is a stray, and is
//! kept inside a fact of the server; what does not count is held, and the server says why **before** it writes the fact, so
//! that no state has to take it back. Each stretch that was taken in gets a receipt, and so does one that was sent again,
//! since its receipt may have been lost with the power.
//!
//! Facts that change the tree or the rights change how those behind them are judged. [`judge`] stops behind each such
//! fact: whoever writes applies what became durable, and goes on with the rest.
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::message::HeldLine;
use crate::{
    grid::{
        decide::admit::{self, Sender, Verdict},
        fact::{Body, Draft, Envelope, Fact, FactId, Hash, Head, Receipt, Received, Strayed, WriterId},
        scope::stands_at,
        state::State,
    },
    log::{Entry, LogError, Position, Subtree},
    words::{Language, t},
};

/// How many entries are read at once where a stray is looked for.
const PAGE: usize = 1_000;
/// So many stretches fit into one receipt with room to spare.
const STRETCHES: usize = 128;

/// So many entries of a part of the log after a position.
pub type Read<'a> = dyn Fn(&Subtree, Position, usize) -> Result<Vec<Entry>, LogError> + 'a;

/// What is known when a batch is judged.
pub struct House<'a> {
    /// What the facts so far amount to.
    pub state: &'a State,
    /// Where each chain ends in the log.
    pub head: &'a dyn Fn(WriterId) -> Result<Head, LogError>,
    /// An entry of the log by its name.
    pub find: &'a dyn Fn(FactId) -> Result<Option<Entry>, LogError>,
    /// So many entries of a part of the log after a position.
    pub read: &'a Read<'a>,
    /// The server's clock, UTC milliseconds since 1970.
    pub now_ms: i64,
    /// The county's day.
    pub today: NaiveDate,
}

/// What is to be written, in this order: `before`, `chains`, `after`.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// How many of the entries this is about; the rest is judged when these are part of the state.
    pub judged: usize,
    /// What the server says about facts that it is about to take in.
    pub before: Vec<Draft>,
    /// What joins its chain, and what it follows there.
    pub chains: Vec<(Head, Vec<Envelope>)>,
    /// What the server says then: strays, and the receipt.
    pub after: Vec<Draft>,
    /// What is kept and does not count, and why.
    pub held: Vec<HeldLine>,
    /// The first fact that could not join its chain.
    pub forked: Option<FactId>,
}

/// Why nothing of a batch is taken in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The last envelope of a writer's run does not bear that device's signature.
    #[error("{}", t!("sync.intake.unsigned", device = .0))]
    Unsigned(WriterId),
    /// Nobody but the server writes under this name.
    #[error("{}", t!("sync.intake.server_s", device = .0))]
    ServerS(WriterId),
    /// The log does not take it.
    #[error("{0}")]
    Log(#[from] LogError),
}

/// Checks that every writer's run of a batch hangs together and is signed by its device. `keys` are those that came with
/// the batch; a device that is enrolled is known by the state.
pub fn check(state: &State, keys: &[[u8; 32]], entries: &[Entry]) -> Result<(), Refused> {
    let mut last: HashMap<WriterId, &Envelope> = HashMap::new();
    for Entry { envelope, .. } in entries {
        let id = envelope.id();
        if state.is_server(id.writer) {
            return Err(Refused::ServerS(id.writer));
        }
        if let Some(before) = last.insert(id.writer, envelope)
            && (before.id().seq.checked_add(1) != Some(id.seq) || before.hash() != envelope.previous())
        {
            return Err(LogError::BrokenChain(id).into());
        }
    }
    // A window's chain begins with its key.
    let first = entries.iter().filter(|entry| entry.envelope.id().seq == 1);
    let windows: Vec<[u8; 32]> = first.filter_map(|entry| window(&entry.envelope)).collect();
    let keys = [keys, &windows].concat();
    let is_of = |writer: WriterId| move |key: &&[u8; 32]| WriterId::of_key(key) == writer;
    for (writer, envelope) in last {
        let key = state.device(writer).map(|device| &device.key).or_else(|| keys.iter().find(is_of(writer)));
        if !key.is_some_and(|key| envelope.is_signed_by(key)) {
            return Err(Refused::Unsigned(writer));
        }
    }
    Ok(())
}

/// The key of a further window, where an envelope brings one.
fn window(envelope: &Envelope) -> Option<[u8; 32]> {
    match envelope.open(0).ok()?.draft.body {
        Body::Enrolled(enrolled) if enrolled.window.is_some() => Some(enrolled.key),
        _ => None,
    }
}

/// Judges the first entries of a batch that was [`check`]ed.
pub fn judge(house: &House<'_>, entries: &[Entry]) -> Result<Intake, Refused> {
    let mut judge =
        Judge { house, intake: Intake::default(), heads: HashMap::new(), new: HashMap::new(), strays: None };
    let mut receipt = Receipt::default();
    for Entry { envelope, .. } in entries {
        judge.intake.judged += 1;
        let changes = match judge.place(envelope)? {
            Place::Known(received_ms) => {
                judge.took(&mut receipt, envelope, received_ms);
                false
            }
            Place::Next => {
                let changes = judge.join(envelope)?;
                judge.took(&mut receipt, envelope, house.now_ms);
                changes
            }
            Place::Stray => {
                judge.keep(envelope)?;
                false
            }
        };
        if changes {
            break;
        }
    }
    for of in receipt.of.chunks(STRETCHES) {
        judge.intake.after.push(said(house.today, None, None, Body::Receipt(Receipt { of: of.to_vec() })));
    }
    Ok(judge.intake)
}

/// Where an envelope belongs.
enum Place {
    /// It is there since then.
    Known(i64),
    /// It follows its chain's head.
    Next,
    /// Another one has its place, or that of one before it.
    Stray,
}

struct Judge<'a> {
    house: &'a House<'a>,
    intake: Intake,
    /// Where each chain ends once what was judged is written.
    heads: HashMap<WriterId, Head>,
    new: HashMap<FactId, Fact>,
    /// The envelopes that are kept as strays; read when the first one comes.
    strays: Option<HashSet<Hash>>,
}

impl Judge<'_> {
    fn place(&mut self, envelope: &Envelope) -> Result<Place, Refused> {
        let id = envelope.id();
        let head = match self.heads.get(&id.writer) {
            Some(head) => *head,
            None => (self.house.head)(id.writer)?,
        };
        self.heads.insert(id.writer, head);
        if id.seq <= head.seq {
            let there = (self.house.find)(id)?.filter(|entry| entry.envelope == *envelope);
            return Ok(there.map_or(Place::Stray, |entry| Place::Known(entry.received_ms)));
        }
        if id.seq == head.seq + 1 {
            return Ok(if envelope.previous() == head.hash { Place::Next } else { Place::Stray });
        }
        // Behind a stray everything is one; else something is missing between.
        match self.is_stray(&envelope.previous()) {
            true => Ok(Place::Stray),
            false => Err(LogError::Conflict { writer: id.writer, found: head.seq, expected: id.seq - 1 }.into()),
        }
    }

    fn is_stray(&mut self, hash: &Hash) -> bool {
        let state = self.house.state;
        let strays = self.strays.get_or_insert_with(|| {
            let kept = state.held().filter_map(|held| match &held.fact.draft.body {
                Body::Strayed(strayed) => Envelope::from_bytes(strayed.envelope.clone()).ok(),
                _ => None,
            });
            kept.map(|envelope| envelope.hash()).collect()
        });
        strays.contains(hash)
    }

    /// Puts the envelope behind its chain, held where it does not count; says whether it changes how others are judged.
    fn join(&mut self, envelope: &Envelope) -> Result<bool, Refused> {
        let id = envelope.id();
        let head = self.heads.insert(id.writer, Head { seq: id.seq, hash: envelope.hash() }).unwrap_or_default();
        match self.intake.chains.last_mut() {
            Some((_, chain)) if chain.last().is_some_and(|last| last.id().writer == id.writer) => {
                chain.push(envelope.clone());
            }
            _ => self.intake.chains.push((head, vec![envelope.clone()])),
        }
        // What this build can't read is kept and passed on; it changes no state.
        let Ok(fact) = envelope.open(self.house.now_ms) else { return Ok(false) };
        let named = match admit::names(&fact) {
            Some(id) => self.named(id)?,
            None => None,
        };
        let House { state, today, .. } = *self.house;
        let sender = Sender::of(state, id.writer, today);
        let judged = || admit::admit(state, &sender, &fact, named.as_ref());
        if let Verdict::Held(why, text) = judged() {
            self.intake.held.push(HeldLine { of: id, text });
            // The fact is read by people of both languages.
            let texts = Language::ALL.map(|language| language.during(judged).sentence());
            self.intake.before.push(admit::held(&fact, why, texts, today));
        }
        let changes = changes_others(&fact.draft.body);
        self.new.insert(id, fact);
        Ok(changes)
    }

    fn named(&self, id: FactId) -> Result<Option<Fact>, Refused> {
        if let Some(fact) = self.new.get(&id) {
            return Ok(Some(fact.clone()));
        }
        let entry = (self.house.find)(id)?;
        Ok(entry.and_then(|entry| entry.envelope.open(entry.received_ms).ok()))
    }

    /// Keeps a stray, once: also one that somebody has let count since.
    fn keep(&mut self, envelope: &Envelope) -> Result<(), Refused> {
        let (id, hash) = (envelope.id(), envelope.hash());
        self.intake.forked.get_or_insert(id);
        let House { now_ms, today, .. } = *self.house;
        let inside = envelope.open(now_ms).ok().map(|fact| stands_at(&fact.draft));
        let (at, subject) = inside.map_or((None, None), |(at, subject, _)| (at, subject));
        let is_kept = self.is_stray(&hash) || self.was_kept(envelope, at.as_deref(), subject.as_deref())?;
        self.strays.get_or_insert_default().insert(hash);
        if !is_kept {
            let strayed = Strayed { envelope: envelope.bytes().to_vec(), received_ms: now_ms };
            self.intake.after.push(said(today, at, subject, Body::Strayed(strayed)));
            self.intake.held.push(HeldLine { of: id, text: t!("sync.intake.stray").into_owned() });
        }
        Ok(())
    }

    /// Whether the log keeps the envelope as a stray, where a stray of its place and subject stands.
    fn was_kept(&self, envelope: &Envelope, at: Option<&str>, subject: Option<&str>) -> Result<bool, Refused> {
        let part = match (subject, at) {
            (Some(subject), _) => Subtree::Subject(subject.to_owned()),
            (None, Some(at)) => Subtree::Nodes([at.to_owned()].into()),
            (None, None) => Subtree::All,
        };
        let mut after = Position(0);
        loop {
            let entries = (self.house.read)(&part, after, PAGE)?;
            let keeps = |entry: &Entry| match entry.envelope.open(0).map(|fact| fact.draft.body) {
                Ok(Body::Strayed(strayed)) => strayed.envelope == envelope.bytes(),
                _ => false,
            };
            if entries.iter().any(keeps) {
                return Ok(true);
            }
            match entries.last() {
                Some(last) if entries.len() == PAGE => after = last.position,
                _ => return Ok(false),
            }
        }
    }

    fn took(&self, receipt: &mut Receipt, envelope: &Envelope, received_ms: i64) {
        let (FactId { writer, seq }, hash) = (envelope.id(), envelope.hash());
        match receipt.of.last_mut() {
            Some(last) if last.writer == writer && last.to + 1 == seq && last.received_ms == received_ms => {
                (last.to, last.hash) = (seq, hash);
            }
            _ => receipt.of.push(Received { writer, from: seq, to: seq, hash, received_ms }),
        }
    }
}

/// What the server says.
fn said(today: NaiveDate, at: Option<String>, subject: Option<String>, body: Body) -> Draft {
    Draft { occurred: today, by: None, at, subject, replaces: None, reason: None, effort: None, body }
}

/// Whether those behind it may be judged in another way once the fact is part of the state.
fn changes_others(body: &Body) -> bool {
    !matches!(
        body,
        Body::Visit(_)
            | Body::Session(_)
            | Body::Done(_)
            | Body::ProblemClosed(_)
            | Body::Record(_)
            | Body::Withdrawn(_)
            | Body::Unknown { .. }
    )
}
