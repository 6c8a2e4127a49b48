//! A post passes from one person to the next (交接): what the one offers, and what the other says to it.
use chrono::NaiveDate;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{codec, id::FactId};
use crate::{grid::org::Post, words::word};

/// A post at the fact's node is offered to the subject, a person (移交); see [`super::Body::Handover`].
///
/// Who offers signs that the pack with this seal is what they hand over.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Handover {
    /// Which post.
    #[n(0)]
    pub post: Post,
    /// Who leaves it, by id.
    #[n(1)]
    pub from: String,
    /// The first day on which the subject is to hold it; the day of the confirmation where that is later.
    #[cbor(n(2), with = "codec::day")]
    pub on: NaiveDate,
    /// What is said with it; where somebody above offers for who has left already, why.
    #[n(3)]
    pub note: String,
    /// What is handed over, as it stood when it was offered.
    #[n(4)]
    pub seal: PackSeal,
}

/// What somebody says to a handover that was offered; see [`super::Body::HandoverStep`]. The subject is who was to take
/// over.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct HandoverStep {
    /// The offer.
    #[n(0)]
    pub of: FactId,
    /// What is said.
    #[n(1)]
    pub kind: HandoverAnswer,
    /// Why; nobody asks for it where it is confirmed.
    #[n(2)]
    pub note: String,
    /// What is taken over, as it stood when it was confirmed.
    #[n(3)]
    pub seal: Option<PackSeal>,
}

/// What can be said to an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum HandoverAnswer {
    /// 接交: the post passes.
    #[n(0)]
    Confirmed,
    /// 退回: who was to take over does not.
    #[n(1)]
    Declined,
    /// 收回: who offered, or somebody above, takes the offer back.
    #[n(2)]
    TakenBack,
}

impl HandoverAnswer {
    /// What people read: confirmed, declined, taken back.
    pub fn label(self) -> &'static str {
        word(match self {
            HandoverAnswer::Confirmed => "handover.said.confirmed",
            HandoverAnswer::Declined => "handover.said.declined",
            HandoverAnswer::TakenBack => "handover.said.taken_back",
        })
    }
}

/// What was in a handover pack at a moment, so that a print of it can be held against it later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PackSeal {
    /// How many items each part had, in the order of [`crate::grid::handover::Part::ALL`].
    #[n(0)]
    pub counts: Vec<u32>,
    /// The hash over the items, whatever language they are read in.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub pack: [u8; 32],
    /// [`crate::grid::state::State::digest`] of the replica on which it was made.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub state: [u8; 32],
}
