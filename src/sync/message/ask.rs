//! What a client asks.
use minicbor::{Decode, Encode};

use super::carried::{Mark, Sealed};
use crate::{
    grid::fact::{FactId, WriterId},
    log::{Position, Subtree, command},
    words::Language,
};

/// What sort of client it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Kind {
    /// A desk: somebody sits at it for a while.
    #[default]
    #[n(0)]
    Desk,
    /// A subcommand.
    #[n(1)]
    Command,
    /// A device with a store of its own, which syncs.
    #[n(2)]
    Laptop,
}

/// Who is there: the answer to the server's challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Hello {
    /// [`super::VERSION`] of the client.
    #[n(0)]
    pub version: u16,
    /// The client's program and its version.
    #[n(1)]
    pub program: String,
    /// The device's public key (ed25519).
    #[cbor(n(2), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// Its signature over [`super::to_prove`].
    #[cbor(n(3), with = "minicbor::bytes")]
    pub proof: Vec<u8>,
    /// What sort of client it is.
    #[n(4)]
    pub kind: Kind,
    /// What people call the device.
    #[n(5)]
    pub name: String,
    /// In which language its person reads, as [`crate::words::Language::id`] says it; earlier builds say nothing.
    #[n(6)]
    pub language: Option<String>,
}

impl Hello {
    /// The language of who says hello; where they name none that we have, the one that is spoken here.
    pub fn language(&self) -> Language {
        self.language.as_deref().and_then(Language::from_id).unwrap_or_else(Language::spoken)
    }
}

/// Which entries are read; see [`Subtree`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Part {
    /// All of them.
    #[n(0)]
    All,
    /// Those at these nodes.
    #[n(1)]
    Nodes(#[n(0)] Vec<String>),
    /// Those about this subject.
    #[n(2)]
    Subject(#[n(0)] String),
    /// Those that happened in this month.
    #[n(3)]
    Month(#[n(0)] i32, #[n(1)] u32),
    /// Those around a node and these units.
    #[n(4)]
    Around(#[n(0)] String, #[n(1)] Vec<String>),
}

impl From<&Subtree> for Part {
    fn from(subtree: &Subtree) -> Part {
        match subtree {
            Subtree::All => Part::All,
            Subtree::Nodes(nodes) => Part::Nodes(nodes.iter().cloned().collect()),
            Subtree::Subject(subject) => Part::Subject(subject.clone()),
            Subtree::Month { year, month } => Part::Month(*year, *month),
            Subtree::Around { node, units } => Part::Around(node.clone(), units.iter().cloned().collect()),
        }
    }
}

impl From<Part> for Subtree {
    fn from(part: Part) -> Subtree {
        match part {
            Part::All => Subtree::All,
            Part::Around(node, units) => Subtree::Around { node, units: units.into_iter().collect() },
            Part::Nodes(nodes) => Subtree::Nodes(nodes.into_iter().collect()),
            Part::Subject(subject) => Subtree::Subject(subject),
            Part::Month(year, month) => Subtree::Month { year, month },
        }
    }
}

/// Which stretch is read, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Span {
    /// Oldest first, after a position.
    #[n(0)]
    After(#[n(0)] u64),
    /// Newest first, before a position.
    #[n(1)]
    Before(#[n(0)] u64),
}

impl From<Span> for command::Span {
    fn from(span: Span) -> command::Span {
        match span {
            Span::After(after) => command::Span::After(Position(after)),
            Span::Before(before) => command::Span::Before(Position(before)),
        }
    }
}

impl From<command::Span> for Span {
    fn from(span: command::Span) -> Span {
        match span {
            command::Span::After(after) => Span::After(after.0),
            command::Span::Before(before) => Span::Before(before.0),
        }
    }
}

/// What a client asks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Ask {
    /// Who is there. The first message of a client, and sent once.
    #[n(0)]
    Hello(#[n(0)] Hello),
    /// To take in the next envelopes of the client's own chain, all or none; several messages in a row with the same
    /// number are one append, which ends with the one that has no more. Sending again what is there is no error.
    #[n(1)]
    Append {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// What the first envelope follows.
        #[n(1)]
        expected: Mark,
        /// The envelopes.
        #[n(2)]
        envelopes: Vec<Sealed>,
        /// Whether the append goes on with the next message.
        #[n(3)]
        more: bool,
    },
    /// To read entries; answered by [`super::Tell::Rows`], by fewer than asked for where a frame holds no more.
    #[n(2)]
    Read {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// Which.
        #[n(1)]
        part: Part,
        /// From where, and in which order.
        #[n(2)]
        span: Span,
        /// How many at most.
        #[n(3)]
        limit: u32,
    },
    /// To look one fact up; answered by [`super::Tell::Rows`] with one entry or none.
    #[n(3)]
    Find {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// Its name.
        #[n(1)]
        id: FactId,
    },
    /// Where one writer's chain stands; answered by [`super::Tell::Heads`].
    #[n(4)]
    Head {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// Whose.
        #[n(1)]
        writer: WriterId,
    },
    /// The state of what the client may see; answered by [`super::Tell::State`].
    #[n(5)]
    State {
        /// The question's number.
        #[n(0)]
        of: u32,
    },
    /// To be told every new entry from now on, and those that came after this position before; answered by
    /// [`super::Tell::Behind`] where those are too many.
    #[n(6)]
    Tail {
        /// The position.
        #[n(0)]
        after: u64,
    },
    /// To take in a batch of a laptop's facts (`sync::batch`), of any of its writers; answered by
    /// [`super::Tell::Pushed`] when all of it is durable. What does not count is kept and told, never refused.
    #[n(7)]
    Push {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The batch.
        #[cbor(n(1), with = "minicbor::bytes")]
        batch: Vec<u8>,
    },
    /// To be given what a laptop may hold of the entries after this position; answered by [`super::Tell::Pulled`].
    #[n(8)]
    Pull {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The position up to which the laptop has everything.
        #[n(1)]
        after: u64,
        /// How many entries at most.
        #[n(2)]
        most: u32,
        /// The scope ([`super::Welcome::scope`]) for which that is true; another one is given everything again.
        #[cbor(n(3), with = "minicbor::bytes")]
        scope: [u8; 16],
    },
    /// Nothing more will be asked.
    #[n(9)]
    Bye,
    /// Which laptops wait to be enrolled by somebody with the client's rights; answered by [`super::Tell::Waiting`].
    #[n(10)]
    Waiting {
        /// The question's number.
        #[n(0)]
        of: u32,
    },
    /// To speak this language from now on, as [`Hello::language`]; no answer follows.
    #[n(13)]
    Speak(#[n(0)] String),
    /// To take in a batch that another log has judged; for who owns the store. Answered by [`super::Tell::Relayed`].
    #[n(12)]
    Relay {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The batch.
        #[cbor(n(1), with = "minicbor::bytes")]
        batch: Vec<u8>,
    },
    /// To be given the file of a bundle (`sync::bundle`) for a device, of what that may hold of the entries after this
    /// position; answered by [`super::Tell::State`], whose bytes are the file.
    #[n(11)]
    Bundle {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// Whose replica it is for.
        #[n(1)]
        device: WriterId,
        /// The position up to which the device has everything.
        #[n(2)]
        after: u64,
        /// The scope for which that is true; another one is given everything again.
        #[cbor(n(3), with = "minicbor::bytes")]
        scope: [u8; 16],
    },
}
