//! A laptop's side of the conversation with a server: questions in, answers out, over any [`Wire`].
use std::io;

use super::{
    batch::BatchFault,
    frame::FrameFault,
    hello::NoWelcome,
    message::{Ask, Tell, Why},
    plan::Stop,
};
use crate::{
    log::LogError,
    words::{fault, t},
};

/// Why a wire carries nothing more.
#[derive(Debug, thiserror::Error)]
pub enum LinkFault {
    /// The other side has gone, or the network.
    #[error("{}", t!("sync.wire.gone"))]
    Gone,
    /// Nothing came for too long.
    #[error("{}", t!("sync.wire.silent"))]
    Silent,
    /// Nothing of what was sent was taken for too long.
    #[error("{}", t!("sync.wire.stuck"))]
    Stuck,
    /// Reading or writing failed.
    #[error("{}", fault::of(.0))]
    Io(#[from] io::Error),
    /// What came can't be read.
    #[error("{0}")]
    Frame(#[from] FrameFault),
}

/// Why a sync ended before its end: one sentence for a person. What was copied until then is there to stay.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The wire.
    #[error("{}", t!("sync.error.link", what = .0))]
    Link(#[from] LinkFault),
    /// The server does not do it, and says why.
    #[error("{text}")]
    Refused {
        /// Why.
        why: Why,
        /// Why, in one sentence.
        text: String,
    },
    /// These two stores are not to be mixed.
    #[error("{}", match .0 { Stop::OtherStore => t!("sync.error.other_store"), Stop::OwnStore => t!("sync.error.own_store") })]
    Stop(Stop),
    /// The store here.
    #[error("{0}")]
    Log(#[from] LogError),
    /// The note about the server.
    #[error("{}", t!("sync.error.note", error = fault::of(.0)))]
    Note(#[from] io::Error),
    /// What the server sent is no batch.
    #[error("{}", t!("sync.error.batch", what = .0))]
    Batch(#[from] BatchFault),
    /// The server said something else than what was asked.
    #[error("{}", t!("sync.error.protocol"))]
    Protocol,
    /// The server speaks another version.
    #[error("{}", t!("sync.link.version", theirs = .0, ours = env!("CARGO_PKG_VERSION")))]
    Version(String),
    /// The server has more of an own chain than this store, in which a desk is at work.
    #[error("{}", t!("sync.error.set_back"))]
    SetBack,
    /// The program that reaches another machine can't be run.
    #[error("{}", t!("sync.ssh.no_program", program = .program, error = .error))]
    NoProgram {
        /// Its words.
        program: String,
        /// Why.
        error: String,
    },
    /// That program ended before a server spoke.
    #[error("{}", unanswered(.host, .code, .complaint))]
    NoServer {
        /// The machine.
        host: String,
        /// The exit status.
        code: i32,
        /// What it complained about, where nobody has seen that yet.
        complaint: String,
    },
}

impl From<NoWelcome> for SyncError {
    fn from(no: NoWelcome) -> SyncError {
        match no {
            NoWelcome::Refused(why, text) => SyncError::Refused { why, text },
            NoWelcome::Version(program) => SyncError::Version(program),
            NoWelcome::Closing => LinkFault::Gone.into(),
            NoWelcome::Order => SyncError::Protocol,
        }
    }
}

/// Why nobody has answered: a password that nobody was there to type is told apart.
fn unanswered(host: &str, code: &i32, complaint: &str) -> String {
    match complaint.trim() {
        "" => t!("sync.ssh.no_server", host = host, code = code).into_owned(),
        said if said.contains("Permission denied") => t!("sync.ssh.password", host = host).into_owned(),
        said => t!("sync.ssh.complaint", host = host, said = said).into_owned(),
    }
}

/// A way to a server and back.
pub trait Wire {
    /// Sends a question.
    fn say(&mut self, ask: &Ask) -> Result<(), LinkFault>;
    /// Waits for what the server tells next.
    fn hear(&mut self) -> Result<Tell, LinkFault>;
}

/// A conversation.
pub struct Talk<'a> {
    wire: &'a mut dyn Wire,
    last: u32,
    /// What the server wants a person to know.
    pub notices: Vec<String>,
}

impl<'a> Talk<'a> {
    /// A conversation over a wire on which the server has said welcome.
    pub fn over(wire: &'a mut dyn Wire) -> Talk<'a> {
        Talk { wire, last: 0, notices: Vec::new() }
    }

    /// Sends a question under a number of its own, which the answer will name.
    pub(super) fn say(&mut self, question: impl FnOnce(u32) -> Ask) -> Result<u32, SyncError> {
        self.last += 1;
        self.wire.say(&question(self.last))?;
        Ok(self.last)
    }

    /// The next answer.
    pub(super) fn hear(&mut self) -> Result<Tell, SyncError> {
        loop {
            match self.wire.hear()? {
                Tell::Notice { text } => self.notices.push(text),
                Tell::Refused { why, text, .. } => return Err(SyncError::Refused { why, text }),
                Tell::Closing => return Err(LinkFault::Gone.into()),
                tell => return Ok(tell),
            }
        }
    }

    /// Asks and waits for the answer.
    pub(super) fn ask(&mut self, question: impl FnOnce(u32) -> Ask) -> Result<(u32, Tell), SyncError> {
        let of = self.say(question)?;
        Ok((of, self.hear()?))
    }
}
