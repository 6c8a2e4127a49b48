//! What the server tells.
use super::{Line, Remote, ask::Question, is_passing};
use crate::{
    grid::fact::FactId,
    log::{
        Entry, LogError, Notice, Position, Taken,
        command::{Command, Reply},
    },
    sync::{
        LinkError,
        message::{Carried, Run, Tell, Why},
    },
    words::t,
};

impl Remote {
    pub(super) fn hear(&mut self, heard: Result<Tell, LinkError>) {
        let Ok(tell) = heard else { return self.lose() };
        match tell {
            Tell::Appended { of, received_ms, places } => self.appended(of, received_ms, &places),
            Tell::Rows { of, entries, next } => self.rows(of, entries, next),
            Tell::Heads { of, heads } => {
                if let Some(Question::Head { writer, reply }) = self.questions.remove(&of) {
                    let found = heads.into_iter().find(|(of, _)| *of == writer);
                    reply.send(Ok(found.map(|(_, mark)| mark.into()).unwrap_or_default()));
                }
            }
            Tell::Relayed { of, new } => self.relayed(of, &new),
            Tell::Entries { upto, entries } => self.pass_on(entries, upto),
            Tell::Anew => self.tell(Notice::Anew),
            Tell::Behind => {
                let after = self.tails.iter().map(|tail| tail.seen.0).min().unwrap_or_default();
                self.ask(Question::CatchUp { after });
            }
            Tell::Notice { text } => self.tell(Notice::Said(text)),
            Tell::Refused { of: 0, why, text } if !is_passing(&why) => self.shut(&text),
            Tell::Refused { of: 0, .. } | Tell::Closing => self.lose(),
            // A server that is on its way out has not taken it in; the next one is asked again.
            Tell::Refused { why: Why::Closing, .. } => self.lose(),
            Tell::Refused { of, why, text } => self.refused(of, why, text),
            // Not ours to hear here.
            Tell::State { of, position, part, more } => self.state(of, position, &part, more),
            Tell::Challenge { .. } | Tell::Welcome(_) => self.lose(),
            Tell::Pushed { .. } | Tell::Pulled { .. } | Tell::Waiting { .. } => self.lose(),
        }
    }

    fn appended(&mut self, of: u32, received_ms: i64, places: &[Run]) {
        let Some(Question::Append { envelopes, reply, .. }) = self.questions.remove(&of) else { return };
        match Run::places(places, envelopes.len()) {
            Some(positions) => reply.send(Ok(Taken { positions, received_ms })),
            None => reply.send(Err(LogError::Unavailable(t!("sync.link.order").into_owned()))),
        }
    }

    fn relayed(&mut self, of: u32, new: &[(FactId, u64)]) {
        let Some(Question::Relay { entries, reply }) = self.questions.remove(&of) else { return };
        let placed = |entry: Entry| {
            let (_, place) = new.iter().find(|(id, _)| *id == entry.envelope.id())?;
            Some(Entry { position: Position(*place), ..entry })
        };
        reply.send(Ok(entries.into_iter().filter_map(placed).collect()));
    }

    fn state(&mut self, of: u32, position: u64, part: &[u8], more: bool) {
        let Some(Question::State { got, .. }) = self.questions.get_mut(&of) else { return };
        got.extend_from_slice(part);
        if !more && let Some(Question::State { got, reply }) = self.questions.remove(&of) {
            reply.send(Ok((got, Position(position))));
        }
    }

    fn rows(&mut self, of: u32, entries: Vec<Carried>, next: Option<u64>) {
        match self.questions.remove(&of) {
            Some(Question::Read { subtree, span, limit, mut got, reply, .. }) => {
                got.extend(entries.into_iter().filter_map(|carried| Entry::try_from(carried).ok()));
                if next.is_none() || got.len() >= limit {
                    got.truncate(limit);
                    return reply.send(Ok(got));
                }
                self.ask(Question::Read { subtree, span, limit, got, next, reply });
            }
            Some(Question::Find { reply, .. }) => {
                reply.send(Ok(entries.into_iter().find_map(|carried| Entry::try_from(carried).ok())));
            }
            Some(Question::CatchUp { after }) => {
                let last = entries.last().map_or(after, |last| last.position);
                self.pass_on(entries, next.unwrap_or(last));
                match next {
                    Some(after) => self.ask(Question::CatchUp { after }),
                    None => self.ask_for_tail(),
                }
            }
            Some(question) => drop(self.questions.insert(of, question)),
            None => {}
        }
    }

    fn refused(&mut self, of: u32, why: Why, text: String) {
        let Some(question) = self.questions.remove(&of) else { return };
        let error = match (why, &question) {
            (Why::Conflict(found, expected), Question::Append { envelopes, .. }) => {
                let writer = envelopes.first().map(|first| first.id().writer).unwrap_or_default();
                LogError::Conflict { writer, found, expected }
            }
            (Why::BrokenChain(id), _) => LogError::BrokenChain(id),
            (Why::Fork(id), _) => LogError::Fork(id),
            (Why::Full(what), _) => LogError::Full { what },
            _ => LogError::Unavailable(text),
        };
        question.fail(error);
    }

    /// Parts from whoever has the store.
    pub(super) fn close(mut self, reply: Reply<()>) {
        match &self.line {
            Line::Own(store) => store.send(Command::Close(reply)),
            _ => {
                self.part();
                reply.send(Ok(()));
            }
        }
    }
}
