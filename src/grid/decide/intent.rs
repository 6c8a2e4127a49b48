//! Intents: what somebody wants to record.
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Regroup;
use crate::grid::{
    calendar::Period,
    fact::{Attendance, Fact, FactId, HandoverAnswer, ProblemFound, SessionKind, Topic, Value, WriterId},
    org::{NodeIx, Post, UnitIx},
    plan::partition::Proposal,
};

/// What somebody wants to record.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// One visit to each of these units.
    Visit {
        /// Whom.
        units: Vec<UnitIx>,
        /// When it happened.
        on: NaiveDate,
        /// What it was about; empty means a plain call.
        topics: Vec<Topic>,
        /// Free text.
        note: String,
        /// A problem that was found.
        problem: Option<ProblemFound>,
        /// Who came along, by id.
        with: Vec<String>,
        /// The visit that this one corrects.
        amends: Option<Box<Fact>>,
    },
    /// A training session or a 统计之家 activity.
    Session {
        /// Where.
        grid: NodeIx,
        /// Training or activity.
        kind: SessionKind,
        /// When it was held.
        on: NaiveDate,
        /// What it was about.
        topic: String,
        /// How long it took.
        minutes: u32,
        /// Who took part, and how.
        attendance: Vec<Attendance>,
        /// Free text.
        note: String,
        /// The session that this one corrects.
        amends: Option<Box<Fact>>,
    },
    /// A duty's own record; for units where the duty asks for each.
    Done {
        /// The duty's id in the pack.
        duty: String,
        /// Where.
        grid: NodeIx,
        /// For which units; empty where the duty is about the grid.
        units: Vec<UnitIx>,
        /// When it was done.
        on: NaiveDate,
        /// The period that it is for; none for the one in which it was done.
        period: Option<Period>,
        /// Free text.
        note: String,
    },
    /// A record of one of the forms.
    Record(Box<Filled>),
    /// Something that is entered only after its month (补录), and why.
    Belated {
        /// What is recorded.
        what: Box<Intent>,
        /// Why it was not recorded in its month.
        reason: String,
    },
    /// A duty need not be done in one period.
    Exempt {
        /// The duty's id in the pack.
        duty: String,
        /// Where.
        node: NodeIx,
        /// In which period.
        period: Period,
        /// Why.
        reason: String,
        /// The person who approves it, by id; they must hold a post above that may.
        approver: String,
    },
    /// Nothing may be recorded any more for days up to this one, at the node and below it.
    Lock {
        /// Where.
        node: NodeIx,
        /// The last day that is locked.
        through: NaiveDate,
    },
    /// A named exception from a lock.
    Unlock {
        /// For whom: the node and what is below it.
        node: NodeIx,
        /// The first day that may be recorded.
        from: NaiveDate,
        /// The last day that may be recorded.
        through: NaiveDate,
        /// The last day on which that may be done.
        until: NaiveDate,
        /// Why.
        reason: String,
        /// The person who approves it, by id.
        approver: String,
    },
    /// An earlier record no longer holds.
    Withdraw {
        /// The record.
        target: Box<Fact>,
        /// Why.
        reason: String,
    },
    /// A problem found on a visit is solved.
    CloseProblem {
        /// The visit that found it.
        visit: FactId,
        /// When it was solved.
        on: NaiveDate,
        /// How.
        note: String,
    },
    /// A person holds a post at a node from a day on; who held it before no longer does.
    Appoint {
        /// Where.
        node: NodeIx,
        /// Which post.
        post: Post,
        /// Whose, by name or id; a new name is a new person.
        name: String,
        /// Their telephone number, for a new person.
        phone: String,
        /// From which day on.
        from: NaiveDate,
        /// The first day on which they no longer hold it: they only stand in (代理), and who holds it goes on holding it.
        until: Option<NaiveDate>,
    },
    /// A post is offered to who is to hold it next (移交).
    HandOver {
        /// Where.
        node: NodeIx,
        /// Which post.
        post: Post,
        /// Who leaves it, by id; none for the actor, or for the only holder.
        from: Option<String>,
        /// Who is to take it over, by id.
        to: String,
        /// From which day on.
        on: NaiveDate,
        /// What is said with it; why, where the actor is not who leaves.
        note: String,
    },
    /// Something is said to such an offer (接交、退回、收回).
    AnswerHandover {
        /// The offer.
        of: FactId,
        /// What.
        kind: HandoverAnswer,
        /// Why; may be empty where it is confirmed.
        note: String,
    },
    /// A login of the shared server is a person's, or no longer anybody's.
    Account {
        /// Whose, by id.
        person: String,
        /// The Unix user's name.
        login: String,
        /// Whether it is closed.
        closed: bool,
    },
    /// A device writes for a person from now on.
    Enroll {
        /// Whose it is, by id.
        person: String,
        /// Its public key, ed25519.
        key: [u8; 32],
        /// What people call it.
        name: String,
    },
    /// What a device wrote from a moment on does not count.
    Revoke {
        /// Which device.
        writer: WriterId,
        /// From when on, UTC milliseconds since 1970.
        from_ms: i64,
        /// Why.
        reason: String,
    },
    /// What is held counts from now on, or is left out.
    Settle {
        /// Which, by the name of [`crate::grid::state::HeldFact`].
        of: FactId,
        /// Whether it counts.
        counts: bool,
        /// Why.
        note: String,
    },
    /// Units belong to a grid from a day on.
    Place {
        /// Which units.
        units: Vec<UnitIx>,
        /// Which grid.
        grid: NodeIx,
        /// From which day on.
        from: NaiveDate,
    },
    /// The grids of a 2nd-level node become those of a proposal.
    Partition(Box<Proposal>),
    /// The grids change.
    Regroup(Regroup),
}

impl Intent {
    /// The record that it corrects.
    pub(super) fn amends(&self) -> Option<&Fact> {
        match self {
            Intent::Visit { amends, .. } | Intent::Session { amends, .. } => amends.as_deref(),
            Intent::Record(filled) => filled.amends.as_deref(),
            _ => None,
        }
    }
}

/// A form as it was filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The form's id in [`crate::grid::record::FORMS`].
    pub form: String,
    /// Where it is recorded; where it answers a record, that one's node.
    pub at: NodeIx,
    /// The unit that it is about, where the form asks for one.
    pub unit: Option<UnitIx>,
    /// The record that it answers or follows.
    pub of: Option<FactId>,
    /// When it happened.
    pub on: NaiveDate,
    /// What was filled in, by the field's key.
    pub values: BTreeMap<String, Value>,
    /// Who took part, and how.
    pub attendance: Vec<Attendance>,
    /// The record that this one corrects.
    pub amends: Option<Box<Fact>>,
}
