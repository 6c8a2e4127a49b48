//! What the log says of the facts of a batch, looked up before they are judged, so that judging waits for no disk.
use std::collections::{BTreeMap, HashMap};

use crate::{
    grid::{
        decide::admit::names,
        fact::{Body, Envelope, FactId, Head, WriterId},
    },
    log::{Entry, LogError, Position, StoreHandle, Subtree, Taken},
};

/// How many entries are read at once.
const PAGE: usize = 1024;

/// What is known of the log.
#[derive(Clone, Default)]
pub(super) struct Known {
    heads: BTreeMap<WriterId, Head>,
    facts: HashMap<FactId, Option<Entry>>,
    /// The strays that parts of the log keep.
    strays: Vec<(Subtree, Vec<Entry>)>,
}

/// Something that is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// Where a chain ends.
    Head(WriterId),
    /// A fact by its name.
    Fact(FactId),
    /// What is kept as a stray in a part of the log.
    Strays(Subtree),
}

impl Known {
    /// What judging these entries asks, as far as it can be foreseen: where their chains end, which of them are there, and
    /// what they name.
    ///
    /// # Errors
    /// The log can't be read.
    pub(super) fn of(entries: &[Entry], store: &StoreHandle) -> Result<Known, LogError> {
        let mut known = Known::default();
        for Entry { envelope, received_ms, .. } in entries {
            let id = envelope.id();
            known.look_up(vec![Want::Head(id.writer)], store)?;
            let is_there = known.heads.get(&id.writer).is_some_and(|head| id.seq <= head.seq);
            let named = envelope.open(*received_ms).ok().as_ref().and_then(names);
            let wants = is_there.then_some(id).into_iter().chain(named).map(Want::Fact).collect();
            known.look_up(wants, store)?;
        }
        Ok(known)
    }

    /// Looks up what is wanted and not known.
    ///
    /// # Errors
    /// The log can't be read.
    pub(super) fn look_up(&mut self, wants: Vec<Want>, store: &StoreHandle) -> Result<(), LogError> {
        for want in wants {
            match want {
                Want::Head(writer) if !self.heads.contains_key(&writer) => {
                    self.heads.insert(writer, store.head(writer)?);
                }
                Want::Fact(id) if !self.facts.contains_key(&id) => {
                    self.facts.insert(id, store.find(id)?);
                }
                Want::Strays(part) if !self.strays.iter().any(|(known, _)| *known == part) => {
                    let all = strays_of(&part, store)?;
                    self.strays.push((part, all));
                }
                Want::Head(_) | Want::Fact(_) | Want::Strays(_) => {}
            }
        }
        Ok(())
    }

    /// Where a chain ends; none where that is not known.
    pub(super) fn head(&self, writer: WriterId) -> Option<Head> {
        self.heads.get(&writer).copied()
    }

    /// Where the chains end that are known.
    pub(super) fn heads(&self) -> impl Iterator<Item = (WriterId, Head)> {
        self.heads.iter().map(|(writer, head)| (*writer, *head))
    }

    /// A fact by its name, or that there is none; none where that is not known.
    pub(super) fn find(&self, id: FactId) -> Option<Option<Entry>> {
        self.facts.get(&id).cloned()
    }

    /// So many of the strays in a part after a position; none where those are not known.
    pub(super) fn strays(&self, part: &Subtree, after: Position, limit: usize) -> Option<Vec<Entry>> {
        let (_, all) = self.strays.iter().find(|(known, _)| known == part)?;
        Some(all.iter().filter(|entry| entry.position > after).take(limit).cloned().collect())
    }

    /// Takes note of envelopes of one chain that are durable by now.
    pub(super) fn grown(&mut self, envelopes: &[Envelope], taken: &Taken) {
        for (envelope, position) in envelopes.iter().zip(&taken.positions) {
            let id = envelope.id();
            self.heads.insert(id.writer, Head { seq: id.seq, hash: envelope.hash() });
            let (received_ms, envelope) = (taken.received_ms, envelope.clone());
            self.facts.insert(id, Some(Entry { position: *position, received_ms, envelope }));
        }
    }
}

fn strays_of(part: &Subtree, store: &StoreHandle) -> Result<Vec<Entry>, LogError> {
    let is_stray = |entry: &Entry| entry.envelope.open(0).is_ok_and(|fact| matches!(fact.draft.body, Body::Strayed(_)));
    let (mut strays, mut after) = (Vec::new(), Position(0));
    loop {
        let page = store.read(part.clone(), after, PAGE)?;
        let is_end = page.len() < PAGE;
        after = page.last().map_or(after, |last| last.position);
        strays.extend(page.into_iter().filter(is_stray));
        if is_end {
            return Ok(strays);
        }
    }
}
