//! One duty of a pack.
use chrono::{Days, NaiveDate};

use crate::grid::{
    calendar::{Cadence, Period},
    duty::Kind,
    fact::{SessionKind, Topic},
    org::{Form, Node, Post},
    state::What,
};

/// A row of `duties.toml`: who must do what, how often, by which clause.
#[derive(Debug)]
pub struct Duty {
    /// The id that commands use, for example `visit`.
    pub id: String,
    /// What people call it, short.
    pub name: String,
    /// The row of the requirements, for example `A2-3长-2`.
    pub clause: String,
    /// The clause as people cite it, for example `附2·三级·网格长·2`.
    pub cite: String,
    /// The policy's own words.
    pub text: String,
    /// Which post it hangs on.
    pub post: Post,
    /// The levels of the nodes that have it.
    pub levels: Vec<u8>,
    /// The forms of the nodes that have it.
    pub forms: Vec<Form>,
    /// How often.
    pub cadence: Cadence,
    /// When it is met.
    pub kind: &'static dyn Kind,
    /// The share of units that `coverage` asks for.
    pub percent: Option<u32>,
    /// The number of records that `count` asks for.
    pub count: Option<u32>,
    /// What closes it; any of these.
    pub evidence: Vec<Evidence>,
    /// The unit of counting in Chinese: 家, 次.
    pub measure: String,
    /// How many days before the due day it counts as due soon.
    pub lead_days: i64,
    /// How many days after the period's end it is due.
    pub grace_days: u64,
    /// Whether the pack set a number that the policy leaves open.
    pub assumed: bool,
}

/// A kind of record that closes a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A visit, of any topic or of this one.
    Visit(Option<Topic>),
    /// A session of this kind.
    Session(SessionKind),
    /// The duty's own record.
    Done,
}

impl Duty {
    /// Whether nodes like this one have the duty.
    pub fn applies_to(&self, node: &Node) -> bool {
        self.levels.contains(&node.level) && self.forms.contains(&node.form)
    }

    /// Whether a record of this kind feeds the duty, which is number `own` of its pack.
    pub fn fed_by(&self, what: What, own: usize) -> bool {
        self.evidence.iter().any(|evidence| match (evidence, what) {
            (Evidence::Visit(None), What::Visit { .. }) => true,
            (Evidence::Visit(Some(topic)), What::Visit { topics }) => topics & What::bit(*topic) != 0,
            (Evidence::Session(kind), What::Session(held)) => *kind == held,
            (Evidence::Done, What::Done { duty }) => usize::from(duty) == own,
            _ => false,
        })
    }

    /// The last day on which the period's work is on time.
    pub fn due_on(&self, period: Period) -> NaiveDate {
        period.last().checked_add_days(Days::new(self.grace_days)).unwrap_or(NaiveDate::MAX)
    }
}
