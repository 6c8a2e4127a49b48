//! The envelope: bytes that never change, around a payload that describes itself.
use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use super::{
    about::About,
    body::Body,
    chain::Head,
    codec,
    effort::Effort,
    id::{FactId, Hash, WriterId},
};

/// The first byte of every envelope: the version of the fixed part.
const VERSION: u8 = 1;
/// The fixed part: version 1, writer 16, seq 8, previous hash 32, recorded 8 (integers little-endian).
const FIXED: usize = 65;
/// The longest envelope that a device may write, in bytes.
const WRITTEN: usize = 16 * 1024;
/// So much longer is one that keeps another one whole ([`super::Strayed`]), with room to spare.
const AROUND: usize = 1024;
/// The longest envelope of any kind, in bytes.
pub(crate) const LONGEST: usize = WRITTEN + AROUND;

/// What has been decided but not yet written: a fact without its place in a chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The local day on which it happened (发生日期).
    pub occurred: NaiveDate,
    /// The person who records it, by id.
    pub by: Option<String>,
    /// The node where it counts, by id.
    pub at: Option<String>,
    /// The unit, person or node that it is about, by id.
    pub subject: Option<String>,
    /// The fact that this one corrects; that one no longer holds, where it stands at the same place
    /// ([`Draft::is_beside`]).
    pub replaces: Option<FactId>,
    /// Why it is entered only after its month (补录原因), where somebody said so.
    pub reason: Option<String>,
    /// What it cost to make it at the desk; none for what was not typed there.
    pub effort: Option<Effort>,
    /// The content.
    pub body: Body,
}

impl Draft {
    /// Whether both stand at the same place: at one node, about one subject. Only there one takes the other back.
    pub fn is_beside(&self, other: &Draft) -> bool {
        (&self.at, &self.subject) == (&other.at, &other.subject)
    }
}

/// A fact as it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Its name.
    pub id: FactId,
    /// When it was written down, UTC milliseconds since 1970 (录入时间).
    pub recorded_ms: i64,
    /// When the owner of the store took it in, UTC milliseconds since 1970 (接收时间).
    pub received_ms: i64,
    /// What it says.
    pub draft: Draft,
}

/// Why bytes are not a fact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// Shorter than the fixed part or longer than the limit.
    #[error("envelope of {0} bytes, expected {FIXED} to {WRITTEN}")]
    Size(usize),
    /// A version of the fixed part that this build does not know.
    #[error("envelope version {0} is not known to this build")]
    Version(u8),
    /// The payload is not the CBOR that its kind promises.
    #[error("payload: {0}")]
    Payload(String),
}

/// The bytes of one fact, what is hashed, stored and sent; beside them a signature, where there is one.
///
/// The signature is no part of the fact: a later one of the same chain covers it as well ([`super::DeviceKey`]), so it may
/// stay behind, and two envelopes are equal when their bytes are.
#[derive(Clone, Debug)]
pub struct Envelope {
    bytes: Vec<u8>,
    signature: Option<[u8; 64]>,
}

impl PartialEq for Envelope {
    fn eq(&self, other: &Envelope) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Envelope {}

impl std::hash::Hash for Envelope {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

#[derive(Encode, Decode)]
#[cbor(map)]
struct Payload<'a> {
    #[b(0)]
    kind: &'a str,
    #[cbor(n(1), with = "codec::day")]
    occurred: NaiveDate,
    #[b(2)]
    by: Option<&'a str>,
    #[b(3)]
    at: Option<&'a str>,
    #[b(4)]
    subject: Option<&'a str>,
    #[n(5)]
    replaces: Option<FactId>,
    #[cbor(b(6), with = "minicbor::bytes")]
    body: &'a [u8],
    #[b(7)]
    reason: Option<&'a str>,
    #[n(8)]
    effort: Option<Effort>,
}

impl Envelope {
    pub(in crate::grid) fn seal(writer: WriterId, head: Head, recorded_ms: i64, draft: &Draft) -> Envelope {
        let mut bytes = Vec::with_capacity(192);
        bytes.push(VERSION);
        bytes.extend_from_slice(&writer.0);
        bytes.extend_from_slice(&(head.seq + 1).to_le_bytes());
        bytes.extend_from_slice(&head.hash.0);
        bytes.extend_from_slice(&recorded_ms.to_le_bytes());
        let payload = Payload {
            kind: draft.body.kind(),
            occurred: draft.occurred,
            by: draft.by.as_deref(),
            at: draft.at.as_deref(),
            subject: draft.subject.as_deref(),
            replaces: draft.replaces,
            body: &draft.body.to_cbor(),
            reason: draft.reason.as_deref(),
            effort: draft.effort,
        };
        if let Err(never) = minicbor::encode(payload, &mut bytes) {
            // Writing into a Vec has no error of its own.
            unreachable!("{never}");
        }
        Envelope { bytes, signature: None }
    }

    /// Takes bytes as an envelope if the fixed part is in order; the payload is looked at by [`Envelope::open`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Envelope, FactError> {
        if bytes.len() < FIXED || bytes.len() > LONGEST {
            return Err(FactError::Size(bytes.len()));
        }
        if bytes[0] != VERSION {
            return Err(FactError::Version(bytes[0]));
        }
        let envelope = Envelope { bytes, signature: None };
        if envelope.fits() { Ok(envelope) } else { Err(FactError::Size(envelope.bytes.len())) }
    }

    /// Whether it is no longer than one of its kind may be: whatever fits can be kept whole inside another one.
    pub fn fits(&self) -> bool {
        let keeps = || {
            self.bytes.len() <= LONGEST && self.open(0).is_ok_and(|fact| matches!(fact.draft.body, Body::Strayed(_)))
        };
        self.bytes.len() <= WRITTEN || keeps()
    }

    /// The bytes as written, without the signature.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The signature that travels with it, if one does; see [`Envelope::is_signed_by`].
    pub fn signature(&self) -> Option<&[u8; 64]> {
        self.signature.as_ref()
    }

    /// The same envelope with another signature, or with none.
    #[must_use]
    pub fn with_signature(self, signature: Option<[u8; 64]>) -> Envelope {
        Envelope { signature, ..self }
    }

    /// The blake3 hash of the bytes, which the writer's next envelope names.
    pub fn hash(&self) -> Hash {
        Hash(*blake3::hash(&self.bytes).as_bytes())
    }

    /// The fact's name, read from the fixed part.
    pub fn id(&self) -> FactId {
        FactId { writer: WriterId(self.array(1)), seq: u64::from_le_bytes(self.array(17)) }
    }

    /// The hash of the writer's envelope before this one.
    pub fn previous(&self) -> Hash {
        Hash(self.array(25))
    }

    /// When it was written down, UTC milliseconds since 1970.
    pub fn recorded_ms(&self) -> i64 {
        i64::from_le_bytes(self.array(57))
    }

    /// What it is and where it belongs; none where only [`Envelope::open`] tells.
    pub fn about(&self) -> Option<About<'_>> {
        About::read(&self.bytes[FIXED..]).ok()
    }

    /// Reads the whole fact; `received_ms` is what the store noted when it took the envelope in.
    pub fn open(&self, received_ms: i64) -> Result<Fact, FactError> {
        let payload: Payload<'_> =
            minicbor::decode(&self.bytes[FIXED..]).map_err(|e| FactError::Payload(e.to_string()))?;
        let body = Body::from_cbor(payload.kind, payload.body).map_err(|e| FactError::Payload(e.to_string()))?;
        let draft = Draft {
            occurred: payload.occurred,
            by: payload.by.map(str::to_owned),
            at: payload.at.map(str::to_owned),
            subject: payload.subject.map(str::to_owned),
            replaces: payload.replaces,
            reason: payload.reason.map(str::to_owned),
            effort: payload.effort,
            body,
        };
        Ok(Fact { id: self.id(), recorded_ms: self.recorded_ms(), received_ms, draft })
    }

    fn array<const N: usize>(&self, from: usize) -> [u8; N] {
        let mut out = [0; N];
        out.copy_from_slice(&self.bytes[from..from + N]);
        out
    }
}

macro_rules! kinds {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        impl Body {
            /// The names on the wire of all kinds that this build knows.
            pub const KINDS: &'static [&'static str] = &[$($name),+];

            /// The kind's name on the wire.
            pub fn kind(&self) -> &str {
                match self {
                    $(Body::$variant(_) => $name,)+
                    Body::Unknown { kind, .. } => kind,
                }
            }

            fn to_cbor(&self) -> Vec<u8> {
                let mut out = Vec::with_capacity(64);
                let written = match self {
                    $(Body::$variant(body) => minicbor::encode(body, &mut out),)+
                    Body::Unknown { cbor, .. } => {
                        out.extend_from_slice(cbor);
                        Ok(())
                    }
                };
                if let Err(never) = written {
                    // Writing into a Vec has no error of its own.
                    unreachable!("{never}");
                }
                out
            }

            fn from_cbor(kind: &str, cbor: &[u8]) -> Result<Body, minicbor::decode::Error> {
                Ok(match kind {
                    $($name => Body::$variant(minicbor::decode(cbor)?),)+
                    _ => Body::Unknown { kind: kind.to_owned(), cbor: cbor.to_vec() },
                })
            }
        }
    };
}

kinds! {
    StoreOpened = "store",
    Node = "node",
    Unit = "unit",
    Person = "person",
    Placement = "placement",
    Post = "post",
    Visit = "visit",
    Session = "session",
    Done = "done",
    Withdrawn = "withdrawn",
    ProblemClosed = "problem-closed",
    Record = "record",
    Exempt = "exempt",
    Lock = "lock",
    Unlock = "unlock",
    Account = "account",
    Enrolled = "enrolled",
    Revoked = "revoked",
    Receipt = "receipt",
    Held = "held",
    Settled = "settled",
    Strayed = "strayed",
    Handover = "handover",
    HandoverStep = "handover-step",
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::grid::fact::{Chain, Done};

    /// The payload as it was written before facts could say why they are late.
    #[derive(Encode, Decode)]
    #[cbor(map)]
    struct Earlier {
        #[n(0)]
        kind: String,
        #[cbor(n(1), with = "codec::day")]
        occurred: NaiveDate,
        #[n(2)]
        by: Option<String>,
        #[n(3)]
        at: Option<String>,
        #[n(4)]
        subject: Option<String>,
        #[n(5)]
        replaces: Option<FactId>,
        #[cbor(n(6), with = "minicbor::bytes")]
        body: Vec<u8>,
    }

    fn sealed(reason: Option<&str>, effort: Option<Effort>) -> Envelope {
        let draft = Draft {
            occurred: "2026-10-15".parse().unwrap(),
            by: None,
            at: Some("G1".to_owned()),
            subject: None,
            replaces: None,
            reason: reason.map(str::to_owned),
            effort,
            body: Body::Done(Done { duty: "analysis".to_owned(), ..Done::default() }),
        };
        Chain::new(WriterId([1; 16]), Head::default()).seal(&draft, 7)
    }

    #[test]
    fn why_a_fact_is_late_is_read_back_and_an_earlier_build_passes_over_it() {
        let late = sealed(Some("当时出差"), None);
        assert_eq!(late.open(0).unwrap().draft.reason.as_deref(), Some("当时出差"));
        let earlier: Earlier = minicbor::decode(&late.bytes()[FIXED..]).unwrap();
        assert_eq!((earlier.kind.as_str(), earlier.at.as_deref()), ("done", Some("G1")));
        // What says nothing about it is written as it always was.
        let plain = sealed(None, None);
        let again = minicbor::to_vec(minicbor::decode::<Earlier>(&plain.bytes()[FIXED..]).unwrap()).unwrap();
        assert_eq!(again, plain.bytes()[FIXED..]);
        assert_eq!(plain.open(0).unwrap().draft.reason, None);
    }
    #[test]
    fn what_a_fact_cost_is_read_back_and_an_earlier_build_passes_over_it() {
        let effort = Effort { keys: 31, seconds: 300 };
        let typed = sealed(None, Some(effort));
        assert_eq!(typed.open(0).unwrap().draft.effort, Some(effort));
        let earlier: Earlier = minicbor::decode(&typed.bytes()[FIXED..]).unwrap();
        assert_eq!((earlier.kind.as_str(), earlier.at.as_deref()), ("done", Some("G1")));
        // It stands behind everything else, and takes so few bytes.
        let plain = sealed(None, None);
        assert_eq!(typed.bytes().len() - plain.bytes().len(), [8, 0x82, 0x18, 31, 0x19, 1, 44].len());
        assert!(typed.bytes().ends_with(&[8, 0x82, 0x18, 31, 0x19, 1, 44]));
    }
}
