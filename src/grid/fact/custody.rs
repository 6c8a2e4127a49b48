//! What the server says about facts that it took in: receipts, what it holds, and what people settled.
use minicbor::{Decode, Encode};

use super::id::{FactId, Hash, WriterId};
use crate::words::kept;

/// The server took in facts of devices (回执), signed by it as everything that it writes; see [`super::Body::Receipt`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Receipt {
    /// Of which chains, and what of them.
    #[n(0)]
    pub of: Vec<Received>,
}

/// A stretch of one writer's chain that was taken in at one time.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Received {
    /// Whose chain.
    #[n(0)]
    pub writer: WriterId,
    /// The first fact's place in it.
    #[n(1)]
    pub from: u64,
    /// The last fact's place in it.
    #[n(2)]
    pub to: u64,
    /// The hash of the last envelope, and so of the whole chain up to there.
    #[cbor(n(3), with = "hash")]
    pub hash: Hash,
    /// When, UTC milliseconds since 1970, by the server's clock.
    #[n(4)]
    pub received_ms: i64,
}

/// Why a fact is kept and does not count until somebody decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum HeldWhy {
    /// Its device was revoked from a moment on that it comes after.
    #[n(0)]
    Revoked,
    /// Its writer lacks the right.
    #[n(1)]
    NoRight,
    /// Its device is nobody's yet.
    #[n(2)]
    NotEnrolled,
    /// It says that another person wrote it than the one whose device it is.
    #[n(3)]
    Forged,
    /// Its device's clock was more than a day ahead.
    #[n(4)]
    Clock,
    /// Its device wrote two chains: the same place, other bytes.
    #[n(5)]
    Fork,
    /// The grid was closed, or is no longer its writer's.
    #[n(6)]
    Closed,
}

impl HeldWhy {
    /// All of them.
    pub const ALL: [HeldWhy; 7] = [
        HeldWhy::Revoked,
        HeldWhy::NoRight,
        HeldWhy::NotEnrolled,
        HeldWhy::Forged,
        HeldWhy::Clock,
        HeldWhy::Fork,
        HeldWhy::Closed,
    ];

    /// The stable id in `--json`: `revoked`, `no-right`, `not-enrolled`, `forged`, `clock`, `fork`, `closed`.
    pub fn key(self) -> &'static str {
        match self {
            HeldWhy::Revoked => "revoked",
            HeldWhy::NoRight => "no-right",
            HeldWhy::NotEnrolled => "not-enrolled",
            HeldWhy::Forged => "forged",
            HeldWhy::Clock => "clock",
            HeldWhy::Fork => "fork",
            HeldWhy::Closed => "closed",
        }
    }
}

/// A fact is kept, and does not count until somebody decides (存疑); see [`super::Body::Held`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Held {
    /// Which fact.
    #[n(0)]
    pub of: FactId,
    /// Why.
    #[n(1)]
    pub why: HeldWhy,
    /// The sentence that people read about it, in Chinese; of earlier builds in the language of their server.
    #[n(2)]
    pub text: String,
    /// The nodes beside the draft's own for which that fact matters as well, by id: who has it is to have this too.
    #[n(3)]
    #[cbor(default)]
    pub places: Vec<String>,
    /// The same sentence in English; empty where an earlier build wrote it.
    #[n(4)]
    #[cbor(default, skip_if = "String::is_empty")]
    pub english: String,
}

impl Held {
    /// The sentence in the language that is spoken.
    pub fn sentence(&self) -> &str {
        kept(&self.text, &self.english)
    }
}

/// A person's answer to what is held (裁定); see [`super::Body::Settled`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Settled {
    /// Which fact.
    #[n(0)]
    pub of: FactId,
    /// Whether it counts.
    #[n(1)]
    pub counts: bool,
    /// Why.
    #[n(2)]
    pub note: String,
    /// The nodes beside the draft's own for which that fact matters as well, by id.
    #[n(3)]
    #[cbor(default)]
    pub places: Vec<String>,
}

/// An envelope that can't join its chain, kept whole: the same place of a chain with other bytes (分叉); see
/// [`super::Body::Strayed`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Strayed {
    /// The envelope's bytes.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub envelope: Vec<u8>,
    /// When the server took it in, UTC milliseconds since 1970.
    #[n(1)]
    pub received_ms: i64,
}

mod hash {
    use minicbor::{
        Decoder, Encoder,
        decode::Error as DecodeError,
        encode::{Error as EncodeError, Write},
    };

    use super::Hash;

    pub fn encode<C, W: Write>(hash: &Hash, e: &mut Encoder<W>, _: &mut C) -> Result<(), EncodeError<W::Error>> {
        e.bytes(&hash.0)?;
        Ok(())
    }

    pub fn decode<C>(d: &mut Decoder<'_>, _: &mut C) -> Result<Hash, DecodeError> {
        let bytes = d.bytes()?;
        bytes.try_into().map(Hash).map_err(|_| DecodeError::message("a hash has 32 bytes"))
    }
}
