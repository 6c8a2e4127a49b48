//! Answering reads: the journal itself for all entries, the index for the parts of the tree.
use std::collections::{BinaryHeap, VecDeque};

use super::{
    index::{Index, IndexFault},
    pick::Pick,
    postings,
    writer::Writer,
};
use crate::{
    grid::fact::FactId,
    log::{
        Entry, LogError, Position, Subtree,
        command::{Command, Reply, Span},
    },
};

type Positions = Box<dyn Iterator<Item = Result<u64, IndexFault>>>;

impl Writer {
    pub(crate) fn read(&mut self, subtree: Subtree, span: Span, limit: usize, reply: Reply<Vec<Entry>>) {
        if subtree == Subtree::All {
            return reply.send(self.read_all(span, limit));
        }
        if !self.index_answers() {
            return self.wait_for_index(Command::Read { subtree, span, limit, reply });
        }
        let found = match (self.indexing.open(), postings::lists(&subtree)) {
            (Some(index), Some(lists)) => self.read_lists(index, &lists, span, limit),
            _ => return reply.send(self.scan(&subtree, span, limit)),
        };
        match found {
            Ok(entries) => reply.send(entries),
            Err(fault) => {
                // The index is made anew; the question is answered after that.
                self.waiting.push_back(Command::Read { subtree, span, limit, reply });
                self.index_failed(fault);
            }
        }
    }

    fn read_all(&self, span: Span, limit: usize) -> Result<Vec<Entry>, LogError> {
        let (after, limit, backwards) = match span {
            Span::After(after) => (after, limit, false),
            Span::Before(before) => {
                let end = before.0.saturating_sub(1).min(self.journal.mark().position.0);
                let after = end.saturating_sub(limit as u64);
                (Position(after), (end - after) as usize, true)
            }
        };
        let mut reader = self.journal.read_after(after)?;
        let mut entries = Vec::new();
        let mut last = after;
        while entries.len() < limit
            && let Some((frame, _)) = reader.next_frame()?
        {
            last = frame.position;
            entries.push(frame.into_entry());
        }
        if backwards {
            entries.reverse();
        } else if !entries.is_empty() {
            self.journal.leave_off(last, reader.next_location());
        }
        Ok(entries)
    }

    /// Merges the lists of a subtree and fetches the entries. The outer error is the index's, the inner the journal's.
    fn read_lists(
        &self,
        index: &Index,
        lists: &[Vec<u8>],
        span: Span,
        limit: usize,
    ) -> Result<Result<Vec<Entry>, LogError>, IndexFault> {
        let (mut sources, backwards): (Vec<Positions>, bool) = match span {
            Span::After(after) => {
                (lists.iter().map(|l| Box::new(index.after(l, after.0)) as Positions).collect(), false)
            }
            Span::Before(end) => (lists.iter().map(|l| Box::new(index.before(l, end.0)) as Positions).collect(), true),
        };
        // A max-heap; ascending order counts down from the top.
        let rank = |position: u64| if backwards { position } else { u64::MAX - position };
        let mut next = BinaryHeap::new();
        for (i, source) in sources.iter_mut().enumerate() {
            if let Some(position) = source.next().transpose()? {
                next.push((rank(position), i));
            }
        }
        let (mut locations, mut pick) = (index.locations(), Pick::new(self.journal.folder()));
        let mut entries = Vec::new();
        let mut last = None;
        while entries.len() < limit
            && let Some((ranked, i)) = next.pop()
        {
            if let Some(position) = sources[i].next().transpose()? {
                next.push((rank(position), i));
            }
            // It may stand in several lists.
            if last.replace(ranked) == Some(ranked) {
                continue;
            }
            let place = locations.of(Position(rank(ranked)))?.ok_or(IndexFault::Mismatch)?;
            match pick.frame(place) {
                Ok(frame) if frame.position.0 == rank(ranked) => entries.push(frame.into_entry()),
                Ok(_) => return Err(IndexFault::Mismatch),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(Ok(entries))
    }

    /// Reads a subtree without the index, through the whole journal.
    fn scan(&self, subtree: &Subtree, span: Span, limit: usize) -> Result<Vec<Entry>, LogError> {
        let (after, before) = match span {
            Span::After(after) => (after, Position(u64::MAX)),
            Span::Before(before) => (Position(0), before),
        };
        let backwards = matches!(span, Span::Before(_));
        let mut reader = self.journal.read_after(after)?;
        let mut found = VecDeque::new();
        while let Some((frame, _)) = reader.next_frame()? {
            if frame.position >= before || (!backwards && found.len() >= limit) {
                break;
            }
            if subtree.holds(&frame.envelope) {
                found.push_back(frame.into_entry());
                if found.len() > limit {
                    found.pop_front();
                }
            }
        }
        Ok(if backwards { found.into_iter().rev().collect() } else { found.into() })
    }

    pub(crate) fn find(&mut self, id: FactId, reply: Reply<Option<Entry>>) {
        // What was relayed stands in no head.
        let known = self.heads.get(&id.writer).is_none_or(|head| (1..=head.seq).contains(&id.seq));
        if !known {
            return reply.send(Ok(None));
        }
        match self.index_answers() {
            true => reply.send(self.look_up(id)),
            false => self.wait_for_index(Command::Find { id, reply }),
        }
    }

    /// Looks a fact up by its name, in a complete index or, without a good one, in the whole journal.
    pub(crate) fn look_up(&self, id: FactId) -> Result<Option<Entry>, LogError> {
        match self.indexing.open().map(|index| self.look_up_in(index, id)) {
            Some(Ok(found)) => return found,
            Some(Err(fault)) => self.indexing.suspect(fault),
            None => {}
        }
        let mut reader = self.journal.read_after(Position(0))?;
        while let Some((frame, _)) = reader.next_frame()? {
            if frame.envelope.id() == id {
                return Ok(Some(frame.into_entry()));
            }
        }
        Ok(None)
    }

    fn look_up_in(&self, index: &Index, id: FactId) -> Result<Result<Option<Entry>, LogError>, IndexFault> {
        let Some(position) = index.find(id)? else { return Ok(Ok(None)) };
        let place = index.locations().of(position)?.ok_or(IndexFault::Mismatch)?;
        match Pick::new(self.journal.folder()).frame(place) {
            Ok(frame) if frame.envelope.id() == id => Ok(Ok(Some(frame.into_entry()))),
            Ok(_) => Err(IndexFault::Mismatch),
            Err(error) => Ok(Err(error)),
        }
    }
}
