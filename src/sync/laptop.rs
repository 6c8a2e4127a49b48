//! One sync of a laptop, from the first comparison to the last fact.
//!
//! Up first: what was recorded here is safe before anything else happens. Then down. Whatever breaks off leaves a store
//! that can be used and a sync that goes on where it stopped: each batch is durable on its side before the next, and both
//! sides pass over what they have.
use std::{collections::BTreeMap, io};

use super::{
    message::{Ask, Mark, Part, Span, Tell, Welcome},
    plan::{Again, Chain, Parting, Plan, Sides, Way},
    pull::{Pulled, pull},
    push::{Outgoing, Pushed, push},
    talk::{SyncError, Talk, Wire},
    upstream::Upstream,
};
use crate::{
    grid::fact::{DeviceKey, Envelope, FactId, Hash, Head, WriterId},
    log::{Entry, Log, Position, Subtree},
};

/// A store that is synced.
pub struct Laptop<'a> {
    /// Its log.
    pub log: &'a mut dyn Log,
    /// The chains that are written here, each with the key that signs it, where it is this process's.
    pub own: BTreeMap<WriterId, Option<DeviceKey>>,
    /// What was noted at the last sync.
    pub note: Option<Upstream>,
    /// Makes a new note durable.
    pub keep: &'a mut dyn FnMut(&Upstream) -> io::Result<()>,
    /// Whether a desk works with it meanwhile, whose own chain must not move beneath it.
    pub shared: bool,
}

/// How far a sync is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many of the facts that go up are at the server.
    Up {
        /// How many.
        done: u64,
        /// Of how many.
        all: u64,
    },
    /// So many facts are new here.
    Down {
        /// How many.
        facts: u64,
        /// The position that is reached.
        upto: Position,
        /// The server's last position.
        end: Position,
    },
}

/// What a sync has done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// What went up.
    pub pushed: Pushed,
    /// What came down.
    pub pulled: Pulled,
    /// How many of the own facts came back to a store that had been set back to an earlier day.
    pub regained: u64,
    /// Why everything was pulled again, if it was.
    pub again: Option<Again>,
    /// The chains whose key is used on another machine too. The server has what was recorded here; this store can't go on.
    pub forked: Vec<WriterId>,
    /// What the server wants a person to know.
    pub notices: Vec<String>,
}

/// Syncs a store with the server that said welcome and whose store is `store`.
pub fn sync(
    laptop: &mut Laptop<'_>,
    wire: &mut dyn Wire,
    (store, welcome): ([u8; 16], &Welcome),
    progress: &mut dyn FnMut(Step),
) -> Result<Done, SyncError> {
    let mut talk = Talk::over(wire);
    let sides = compare(laptop, &mut talk, (store, welcome))?;
    let plan = Plan::of(&sides).map_err(SyncError::Stop)?;
    let mut done = Done { again: plan.again, forked: plan.forked().collect(), ..Done::default() };
    go_up(laptop, &mut talk, (&sides, &plan), &mut done, progress)?;
    if done.forked.is_empty() {
        let own: BTreeMap<WriterId, Head> = sides.chains.iter().map(|(writer, chain)| (*writer, chain.here)).collect();
        // The scope as it was told at the beginning: where it changes meanwhile, the server begins again.
        let mut note = Upstream { store, after: plan.after, scope: welcome.scope };
        let mut down = |facts, upto, end| progress(Step::Down { facts, upto, end });
        done.pulled = pull(&mut talk, laptop.log, &own, &mut note, laptop.keep, &mut down)?;
        for (writer, way) in &plan.chains {
            if let Way::Behind { .. } = way {
                if laptop.shared {
                    return Err(SyncError::SetBack);
                }
                done.regained += regain(laptop.log, &mut talk, *writer, &sides.chains[writer])?;
            }
        }
    }
    done.notices = talk.notices;
    Ok(done)
}

/// What both sides have of the chains that are written here, and where the server is.
fn compare(
    laptop: &Laptop<'_>,
    talk: &mut Talk<'_>,
    (store, welcome): ([u8; 16], &Welcome),
) -> Result<Sides, SyncError> {
    let first = laptop.log.read(&Subtree::All, Position(0), 1)?.pop().map(|entry| entry.envelope);
    let mut chains = BTreeMap::new();
    for writer in laptop.own.keys() {
        let here = laptop.log.head(*writer)?;
        let there = if *writer == welcome.writer { welcome.at.into() } else { head(talk, *writer)? };
        let at = FactId { writer: *writer, seq: here.seq.min(there.seq) };
        let same_place = match here.seq.cmp(&there.seq) {
            _ if at.seq == 0 => None,
            std::cmp::Ordering::Less => theirs(talk, at)?.map(|entry| entry.envelope.hash()),
            _ => laptop.log.find(at)?.map(|entry| entry.envelope.hash()),
        };
        chains.insert(*writer, Chain { here, there, same_place });
    }
    let founded = if first.is_some() && laptop.note.is_none() { founded(talk)? } else { None };
    let first = first.map(|envelope| (envelope.id().writer, envelope.hash()));
    let (end, scope, upstream) = (Position(welcome.end), welcome.scope, laptop.note.clone());
    Ok(Sides { store, end, scope, founded, first, upstream, chains })
}

/// Sends every chain up that the server lacks something of; of a forked one what is not in common, which the server keeps.
fn go_up(
    laptop: &Laptop<'_>,
    talk: &mut Talk<'_>,
    (sides, plan): (&Sides, &Plan),
    done: &mut Done,
    progress: &mut dyn FnMut(Step),
) -> Result<(), SyncError> {
    let mut ways = Vec::new();
    for (writer, way) in &plan.chains {
        let chain = &sides.chains[writer];
        match way {
            Way::Up { after } => ways.push((*writer, *after)),
            Way::Forked => ways.push((*writer, parting(laptop.log, talk, *writer, chain)?)),
            Way::Even | Way::Behind { .. } => {}
        }
    }
    let all = ways.iter().map(|(writer, after)| sides.chains[writer].here.seq.saturating_sub(*after)).sum();
    for (writer, after) in ways {
        let key = laptop.own.get(&writer).and_then(Option::as_ref);
        let outgoing = Outgoing::after(laptop.log, writer, after, key)?;
        let before = done.pushed.facts;
        let pushed = push(talk, outgoing, &mut |facts| progress(Step::Up { done: before + facts, all }))?;
        if pushed.forked.is_some() && !done.forked.contains(&writer) {
            done.forked.push(writer);
        }
        done.pushed.add(pushed);
    }
    Ok(())
}

/// The last place that both sides have in common of a chain that has forked.
fn parting(log: &dyn Log, talk: &mut Talk<'_>, writer: WriterId, chain: &Chain) -> Result<u64, SyncError> {
    let mut parting = Parting::of(chain);
    while let Some(seq) = parting.next() {
        let id = FactId { writer, seq };
        let (here, there) = (log.find(id)?, theirs(talk, id)?);
        parting.told(here.is_some() && here.map(|entry| entry.envelope) == there.map(|entry| entry.envelope));
    }
    Ok(parting.found())
}

/// Takes back what the server has of a chain that is written here, after a backup or an old copy set this store back.
fn regain(log: &mut dyn Log, talk: &mut Talk<'_>, writer: WriterId, chain: &Chain) -> Result<u64, SyncError> {
    let mut head = chain.here;
    while head.seq < chain.there.seq {
        let id = FactId { writer, seq: head.seq + 1 };
        let entry = theirs(talk, id)?.filter(|entry| entry.envelope.id() == id).ok_or(SyncError::Protocol)?;
        let next = Head { seq: id.seq, hash: entry.envelope.hash() };
        log.append(&[entry.envelope], head, entry.received_ms)?;
        head = next;
    }
    Ok(head.seq - chain.here.seq)
}

fn head(talk: &mut Talk<'_>, writer: WriterId) -> Result<Head, SyncError> {
    match talk.ask(|of| Ask::Head { of, writer })? {
        (asked, Tell::Heads { of, heads }) if of == asked => {
            let found = heads.iter().find(|(whose, _)| *whose == writer);
            Ok(found.map_or(Mark::default(), |(_, mark)| *mark).into())
        }
        _ => Err(SyncError::Protocol),
    }
}

/// The server's entry of this name.
fn theirs(talk: &mut Talk<'_>, id: FactId) -> Result<Option<Entry>, SyncError> {
    let asked = talk.ask(|of| Ask::Find { of, id })?;
    row(asked)
}

/// The hash of the server's first fact.
fn founded(talk: &mut Talk<'_>) -> Result<Option<Hash>, SyncError> {
    let asked = talk.ask(|of| Ask::Read { of, part: Part::All, span: Span::After(0), limit: 1 })?;
    Ok(row(asked)?.map(|entry| Envelope::hash(&entry.envelope)))
}

fn row((asked, tell): (u32, Tell)) -> Result<Option<Entry>, SyncError> {
    match tell {
        Tell::Rows { of, mut entries, .. } if of == asked && entries.len() <= 1 => {
            entries.pop().map(Entry::try_from).transpose().map_err(|_| SyncError::Protocol)
        }
        _ => Err(SyncError::Protocol),
    }
}

impl Pushed {
    fn add(&mut self, other: Pushed) {
        self.facts += other.facts;
        self.bytes += other.bytes;
        self.held.extend(other.held);
        self.forked = self.forked.or(other.forked);
    }
}
