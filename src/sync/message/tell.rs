//! What a server tells.
use minicbor::{Decode, Encode};

use super::carried::{Carried, Mark, Run};
use crate::grid::fact::{FactId, WriterId};

/// Who the server takes the client for, and where both stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Welcome {
    /// The name under which the client's device writes.
    #[n(0)]
    pub writer: WriterId,
    /// Where that chain stands at the server.
    #[n(1)]
    pub at: Mark,
    /// The person, by id.
    #[n(2)]
    pub person: Option<String>,
    /// Whether no right is asked for.
    #[n(3)]
    pub owner: bool,
    /// The pack of the store.
    #[n(4)]
    pub pack: String,
    /// The position of the last entry.
    #[n(5)]
    pub end: u64,
    /// What the client may see, as a fingerprint: another one means other entries.
    #[cbor(n(6), with = "minicbor::bytes")]
    pub scope: [u8; 16],
    /// The name under which the server writes.
    #[n(7)]
    pub server: WriterId,
}

/// Why something was not done.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Why {
    /// As the sentence says.
    #[n(0)]
    Said,
    /// The writer's chain is shorter than the client thought.
    #[n(1)]
    Conflict(#[n(0)] u64, #[n(1)] u64),
    /// An envelope that does not follow the one before it.
    #[n(2)]
    BrokenChain(#[n(0)] FactId),
    /// The same name with other bytes.
    #[n(3)]
    Fork(#[n(0)] FactId),
    /// The server's disk is full.
    #[n(4)]
    Full(#[n(0)] String),
    /// A right is missing.
    #[n(5)]
    Denied,
    /// The server does not know who that is: a login without person, a key that nobody enrolled.
    #[n(6)]
    Stranger,
    /// Too much: connections, bytes, appends in a second.
    #[n(7)]
    TooMuch,
    /// The other side speaks another version, or did not keep to this one.
    #[n(8)]
    Protocol,
    /// The server is closing.
    #[n(9)]
    Closing,
}

/// One fact of a laptop that is kept and does not count.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct HeldLine {
    /// Which.
    #[n(0)]
    pub of: FactId,
    /// Why, in one sentence.
    #[n(1)]
    pub text: String,
}

/// A laptop that came to sync and is nobody's yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Waiting {
    /// Its public key.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// What people call it.
    #[n(1)]
    pub name: String,
    /// The login that it came by.
    #[n(2)]
    pub login: String,
    /// Whose login that is, by id; none for who owns the machine.
    #[n(3)]
    pub person: Option<String>,
    /// When it came first, UTC milliseconds since 1970.
    #[n(4)]
    pub since_ms: i64,
}

/// What a server tells.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Tell {
    /// Who is there? The first message of a server.
    #[n(0)]
    Challenge {
        /// [`super::VERSION`] of the server.
        #[n(0)]
        version: u16,
        /// The server's program and its version.
        #[n(1)]
        program: String,
        /// The store's id.
        #[cbor(n(2), with = "minicbor::bytes")]
        store: [u8; 16],
        /// What the client's proof is to be over.
        #[cbor(n(3), with = "minicbor::bytes")]
        nonce: [u8; 32],
    },
    /// The client may ask.
    #[n(1)]
    Welcome(#[n(0)] Welcome),
    /// It was not done; `of` 0 means the connection, which ends.
    #[n(2)]
    Refused {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// Why.
        #[n(1)]
        why: Why,
        /// Why, in one sentence for a person.
        #[n(2)]
        text: String,
    },
    /// The append is durable.
    #[n(3)]
    Appended {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// When the server took it in.
        #[n(1)]
        received_ms: i64,
        /// The places, in the order given.
        #[n(2)]
        places: Vec<Run>,
    },
    /// What was read.
    #[n(4)]
    Rows {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The entries, in the order asked for.
        #[n(1)]
        entries: Vec<Carried>,
        /// Where to go on; none where there is no more.
        #[n(2)]
        next: Option<u64>,
    },
    /// Where chains stand.
    #[n(5)]
    Heads {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The writers and their chains' ends.
        #[n(1)]
        heads: Vec<(WriterId, Mark)>,
    },
    /// A piece of what is long: of the state of what the client may see, or of the file of a bundle.
    #[n(6)]
    State {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The position up to which it counts.
        #[n(1)]
        position: u64,
        /// The next bytes of it.
        #[cbor(n(2), with = "minicbor::bytes")]
        part: Vec<u8>,
        /// Whether more is to come.
        #[n(3)]
        more: bool,
    },
    /// New entries that the client may see.
    #[n(7)]
    Entries {
        /// The position up to which the client has heard everything by now.
        #[n(0)]
        upto: u64,
        /// The entries.
        #[n(1)]
        entries: Vec<Carried>,
    },
    /// A batch of a laptop is durable.
    #[n(8)]
    Pushed {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// When the server took it in.
        #[n(1)]
        received_ms: i64,
        /// Where the chains of its writers stand now.
        #[n(2)]
        heads: Vec<(WriterId, Mark)>,
        /// What is kept and does not count, and why.
        #[n(3)]
        held: Vec<HeldLine>,
        /// The first fact that can't join its chain, since another of the same name is there: the key is used twice.
        #[n(4)]
        forked: Option<FactId>,
    },
    /// Entries for a laptop.
    #[n(9)]
    Pulled {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The position up to which the laptop has everything once it has taken the batch in.
        #[n(1)]
        upto: u64,
        /// The position of the last entry.
        #[n(2)]
        end: u64,
        /// The scope for which that is true.
        #[cbor(n(3), with = "minicbor::bytes")]
        scope: [u8; 16],
        /// The entries (`sync::batch`).
        #[cbor(n(4), with = "minicbor::bytes")]
        batch: Vec<u8>,
    },
    /// Something that the person should know.
    #[n(10)]
    Notice {
        /// The sentence.
        #[n(0)]
        text: String,
    },
    /// The client is so far behind that it is to read up to the end ([`super::Ask::Read`]) and ask for the tail again.
    #[n(12)]
    Behind,
    /// The client may see something else than before: it is to ask for the state again.
    #[n(13)]
    Anew,
    /// What was relayed is durable.
    #[n(15)]
    Relayed {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// Those that are new, and their places.
        #[n(1)]
        new: Vec<(FactId, u64)>,
    },
    /// The laptops that wait to be enrolled.
    #[n(14)]
    Waiting {
        /// The question's number.
        #[n(0)]
        of: u32,
        /// The longest wait first.
        #[n(1)]
        laptops: Vec<Waiting>,
    },
    /// The server stops, and has answered what it accepted; a client attaches anew when it is back.
    #[n(11)]
    Closing,
}
