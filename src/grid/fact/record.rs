//! Records whose fields come from a form of [`crate::grid::record`], and what holds over time: exemptions and locks.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use minicbor::{Decode, Encode};

use super::body::Attendance;
use super::{codec, id::FactId};
use crate::grid::org::Post;

/// In which post somebody did something: they held it, on that day, at the fact's node or at the node of this level
/// above it. Duties that a certain post must do in person read it (A2-2副-5c).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(map)]
pub struct Acting {
    /// The level of the node at which the post is: 0 to 3.
    #[n(0)]
    pub level: u8,
    /// Which post.
    #[n(1)]
    pub post: Post,
}

/// The value of one field of a record.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub enum Value {
    /// Text, a choice's id, a node's, unit's or person's id, a period as written (`2026-10`).
    #[n(0)]
    Text(#[n(0)] String),
    /// A whole number; money is in 分, time in minutes.
    #[n(1)]
    Number(#[n(0)] i64),
    /// A local day.
    #[n(2)]
    Day(#[cbor(n(0), with = "codec::day")] NaiveDate),
    /// Yes or no.
    #[n(3)]
    Flag(#[n(0)] bool),
    /// Several texts; of a checklist, the ids of the items that are in order.
    #[n(4)]
    List(#[n(0)] Vec<String>),
}

/// A record of one of the forms of [`crate::grid::record::FORMS`], at the fact's node, about its subject where the
/// form asks for one.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Record {
    /// The form's id, for example `meeting`.
    #[n(0)]
    pub form: String,
    /// What was filled in, by the field's key; empty fields are left out.
    #[n(1)]
    pub values: BTreeMap<String, Value>,
    /// The record that this one answers or follows: the task, the question, the finding.
    #[n(2)]
    pub of: Option<FactId>,
    /// Who took part, and how, where the form has a roster.
    #[n(3)]
    pub attendance: Vec<Attendance>,
    /// In which posts it was done.
    #[n(4)]
    pub acting: Vec<Acting>,
}

impl Record {
    /// The text of a field; empty where it has none.
    pub fn text(&self, key: &str) -> &str {
        match self.values.get(key) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// The number of a field.
    pub fn number(&self, key: &str) -> Option<i64> {
        match self.values.get(key) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The day of a field.
    pub fn day(&self, key: &str) -> Option<NaiveDate> {
        match self.values.get(key) {
            Some(Value::Day(day)) => Some(*day),
            _ => None,
        }
    }

    /// Whether a field says yes.
    pub fn flag(&self, key: &str) -> bool {
        matches!(self.values.get(key), Some(Value::Flag(true)))
    }

    /// The texts of a field.
    pub fn list(&self, key: &str) -> &[String] {
        match self.values.get(key) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }
}

/// A duty need not be done at the fact's node in one period (免除).
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Exempt {
    /// The duty's id in the pack.
    #[n(0)]
    pub duty: String,
    /// The period, for example `2026-10` or `2026-Q4`.
    #[n(1)]
    pub period: String,
    /// Why.
    #[n(2)]
    pub reason: String,
    /// The person who approved it, by id.
    #[n(3)]
    pub approver: String,
}

/// Nothing may be recorded any more for days up to this one, at the fact's node and below it (封账).
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Lock {
    /// The last day that is locked.
    #[cbor(n(0), with = "codec::day")]
    pub through: NaiveDate,
}

/// A named exception from a lock, for the fact's node and what is below it (准予补录).
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Unlock {
    /// The first day that may be recorded.
    #[cbor(n(0), with = "codec::day")]
    pub from: NaiveDate,
    /// The last day that may be recorded.
    #[cbor(n(1), with = "codec::day")]
    pub through: NaiveDate,
    /// The last day on which that may be done.
    #[cbor(n(2), with = "codec::day")]
    pub until: NaiveDate,
    /// Why.
    #[n(3)]
    pub reason: String,
    /// The person who approved it, by id.
    #[n(4)]
    pub approver: String,
}
