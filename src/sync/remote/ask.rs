//! What is asked, until it is answered.
use super::{Line, PAGE, Remote, Tail};
use crate::{
    grid::fact::{Envelope, FactId, Head, WriterId},
    log::{
        Entry, LogError, Position, Subtree, Taken,
        command::{Command, Reply, Span},
    },
    sync::{
        batch,
        message::{Ask, Carried, Sealed},
    },
};

/// How many bytes of envelopes one message has, or one envelope more.
const BYTES: usize = 256 * 1024;

/// A command that waits for its answer.
pub(super) enum Question {
    Append {
        envelopes: Vec<Envelope>,
        expected: Head,
        received_ms: i64,
        reply: Reply<Taken>,
    },
    Read {
        subtree: Subtree,
        span: Span,
        limit: usize,
        got: Vec<Entry>,
        /// Where to go on; what was looked through up to there may not have been ours to see.
        next: Option<u64>,
        reply: Reply<Vec<Entry>>,
    },
    Find {
        id: FactId,
        reply: Reply<Option<Entry>>,
    },
    Head {
        writer: WriterId,
        reply: Reply<Head>,
    },
    Relay {
        entries: Vec<Entry>,
        reply: Reply<Vec<Entry>>,
    },
    State {
        got: Vec<u8>,
        reply: Reply<(Vec<u8>, Position)>,
    },
    /// What came while the link was down, page by page, for those who hear what is new.
    CatchUp {
        after: u64,
    },
}

impl Question {
    /// The messages that ask it.
    pub(super) fn messages(&self, of: u32) -> Vec<Ask> {
        match self {
            Question::Append { envelopes, expected, .. } => append(of, *expected, envelopes),
            Question::Read { subtree, span, limit, got, next, .. } => {
                let span = match (next, span) {
                    (None, span) => *span,
                    (Some(next), Span::After(_)) => Span::After(Position(*next)),
                    (Some(next), Span::Before(_)) => Span::Before(Position(*next)),
                };
                let limit = u32::try_from(limit - got.len()).unwrap_or(u32::MAX);
                vec![Ask::Read { of, part: subtree.into(), span: span.into(), limit }]
            }
            Question::Relay { entries, .. } => vec![Ask::Relay { of, batch: batch::encode(entries) }],
            Question::Find { id, .. } => vec![Ask::Find { of, id: *id }],
            Question::Head { writer, .. } => vec![Ask::Head { of, writer: *writer }],
            Question::State { .. } => vec![Ask::State { of }],
            Question::CatchUp { after } => {
                let (part, span) = ((&Subtree::All).into(), Span::After(Position(*after)).into());
                vec![Ask::Read { of, part, span, limit: PAGE as u32 }]
            }
        }
    }

    /// The command that it was, for whoever has the store now.
    pub(super) fn into_command(self) -> Option<Command> {
        Some(match self {
            Question::Append { envelopes, expected, received_ms, reply } => {
                Command::Append { envelopes, expected, received_ms, reply }
            }
            // What was read of it is read again.
            Question::Read { subtree, span, limit, reply, .. } => Command::Read { subtree, span, limit, reply },
            Question::Relay { entries, reply } => Command::Relay { entries, reply },
            Question::Find { id, reply } => Command::Find { id, reply },
            Question::Head { writer, reply } => Command::Head { writer, reply },
            Question::State { reply, .. } => Command::State { reply },
            Question::CatchUp { .. } => return None,
        })
    }

    /// Answers it with an error.
    pub(super) fn fail(self, error: LogError) {
        match self {
            Question::Append { reply, .. } => reply.send(Err(error)),
            Question::Read { reply, .. } | Question::Relay { reply, .. } => reply.send(Err(error)),
            Question::Find { reply, .. } => reply.send(Err(error)),
            Question::Head { reply, .. } => reply.send(Err(error)),
            Question::State { reply, .. } => reply.send(Err(error)),
            Question::CatchUp { .. } => {}
        }
    }
}

fn append(of: u32, expected: Head, envelopes: &[Envelope]) -> Vec<Ask> {
    let mut out = Vec::new();
    let mut gathered = Vec::new();
    let mut bytes = 0;
    let last = envelopes.len().saturating_sub(1);
    for (n, envelope) in envelopes.iter().enumerate() {
        bytes += envelope.bytes().len();
        gathered.push(Sealed::from(envelope));
        let more = n < last;
        if bytes >= BYTES || !more {
            bytes = 0;
            let envelopes = std::mem::take(&mut gathered);
            out.push(Ask::Append { of, expected: expected.into(), envelopes, more });
        }
    }
    out
}

impl Remote {
    pub(super) fn take(&mut self, command: Command) {
        match (&self.line, command) {
            (Line::Own(store), command) => store.send(command),
            (_, Command::OnNotice(mut listener)) => {
                self.kept.drain(..).for_each(&mut listener);
                self.listener = Some(listener);
            }
            (_, Command::Tail { subtree, after, sender }) => {
                self.tails.push(Tail { subtree, seen: after, sender });
                self.ask_for_tail();
            }
            // Whoever has the store keeps the state.
            (_, Command::Checkpoint { reply, .. }) => reply.send(Ok(())),
            (_, Command::Close(reply)) => reply.send(Ok(())),
            (Line::Shut(text), command) => refuse(command, LogError::Unavailable(text.clone())),
            (_, Command::Append { envelopes, expected, received_ms, reply }) => match envelopes.is_empty() {
                true => reply.send(Ok(Taken::default())),
                false => self.ask(Question::Append { envelopes, expected, received_ms, reply }),
            },
            (_, Command::Read { subtree, span, limit, reply }) => {
                self.ask(Question::Read { subtree, span, limit, got: Vec::new(), next: None, reply });
            }
            (_, Command::Find { id, reply }) => self.ask(Question::Find { id, reply }),
            (_, Command::Head { writer, reply }) => self.ask(Question::Head { writer, reply }),
            (_, Command::Relay { entries, reply }) if entries.is_empty() => reply.send(Ok(Vec::new())),
            (_, Command::Relay { entries, reply }) => self.ask(Question::Relay { entries, reply }),
            (_, Command::State { reply }) => self.ask(Question::State { got: Vec::new(), reply }),
        }
    }

    pub(super) fn ask(&mut self, question: Question) {
        self.last = self.last.wrapping_add(1).max(1);
        let (of, messages) = (self.last, question.messages(self.last));
        self.questions.insert(of, question);
        messages.iter().for_each(|ask| self.send(ask));
    }

    /// Asks again what had no answer on the link before, and for what is new.
    pub(super) fn ask_again(&mut self) {
        self.questions.retain(|_, question| !matches!(question, Question::CatchUp { .. }));
        for question in self.questions.values_mut() {
            // A state that came in part is given again as a whole.
            if let Question::State { got, .. } = question {
                got.clear();
            }
        }
        let messages: Vec<Ask> = self.questions.iter().flat_map(|(of, question)| question.messages(*of)).collect();
        messages.iter().for_each(|ask| self.send(ask));
        self.ask_for_tail();
    }

    pub(super) fn ask_for_tail(&mut self) {
        if let Some(after) = self.tails.iter().map(|tail| tail.seen.0).min() {
            self.send(&Ask::Tail { after });
        }
    }

    /// Hands entries on to those who hear what is new and have not heard them.
    pub(super) fn pass_on(&mut self, entries: Vec<Carried>, upto: u64) {
        let entries = entries.into_iter().filter_map(|carried| Entry::try_from(carried).ok());
        for entry in entries {
            self.tails.retain(|tail| {
                let wanted = entry.position > tail.seen && tail.subtree.holds(&entry.envelope);
                !wanted || tail.sender.send(entry.clone()).is_ok()
            });
        }
        for tail in &mut self.tails {
            tail.seen = tail.seen.max(Position(upto));
        }
    }
}

fn refuse(command: Command, error: LogError) {
    match command {
        Command::Append { reply, .. } => reply.send(Err(error)),
        Command::Read { reply, .. } | Command::Relay { reply, .. } => reply.send(Err(error)),
        Command::Find { reply, .. } => reply.send(Err(error)),
        Command::Head { reply, .. } => reply.send(Err(error)),
        Command::State { reply } => reply.send(Err(error)),
        Command::Checkpoint { reply, .. } | Command::Close(reply) => reply.send(Err(error)),
        Command::Tail { .. } | Command::OnNotice(_) => {}
    }
}
