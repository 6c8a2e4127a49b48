//! The parts of a pack, and what stands in them.
use chrono::NaiveDate;

use crate::grid::{
    fact::{FactId, SessionKind, WriterId},
    org::{NodeIx, PersonIx, Post, UnitIx},
    standing::Standing,
};
use crate::words::word;

/// A part of a handover pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Duties that are open or overdue (待办职责).
    Duties,
    /// Problems found on visits that are open (走访问题).
    Problems,
    /// Tasks, questions, needs, changes of staff that wait for the post (待答事项).
    Clocks,
    /// What reviews found, and ledgers that disagree (核查台账).
    Findings,
    /// Returns that are due (应报报表).
    Returns,
    /// Sessions of the quarter: what is owed, what was held (培训活动).
    Sessions,
    /// The year's funds (经费).
    Funds,
    /// Units that were never visited, or longest not (久未走访).
    Unvisited,
    /// The units or grids with whom to talk to (单位联系人).
    Units,
    /// Logins and devices of who leaves, and their other posts (账号设备).
    Access,
}

impl Part {
    /// All of them, in the order of the pack. The order is that of sealed counts: a new one goes to the end.
    pub const ALL: [Part; 10] = [
        Part::Duties,
        Part::Problems,
        Part::Clocks,
        Part::Findings,
        Part::Returns,
        Part::Sessions,
        Part::Funds,
        Part::Unvisited,
        Part::Units,
        Part::Access,
    ];

    /// The id in `--json` and among the words.
    pub fn key(self) -> &'static str {
        match self {
            Part::Duties => "duties",
            Part::Problems => "problems",
            Part::Clocks => "clocks",
            Part::Findings => "findings",
            Part::Returns => "returns",
            Part::Sessions => "sessions",
            Part::Funds => "funds",
            Part::Unvisited => "unvisited",
            Part::Units => "units",
            Part::Access => "access",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        word(match self {
            Part::Duties => "handover.part.duties",
            Part::Problems => "handover.part.problems",
            Part::Clocks => "handover.part.clocks",
            Part::Findings => "handover.part.findings",
            Part::Returns => "handover.part.returns",
            Part::Sessions => "handover.part.sessions",
            Part::Funds => "handover.part.funds",
            Part::Unvisited => "handover.part.unvisited",
            Part::Units => "handover.part.units",
            Part::Access => "handover.part.access",
        })
    }
}

/// A matter that goes over.
#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    /// The record that started it.
    pub matter: FactId,
    /// The first day by which it must be answered or looked at again, where there is one.
    pub due: Option<NaiveDate>,
    /// How the post's own duties about it stand, as far as they are open.
    pub rows: Vec<Standing>,
}

/// One number of the year's funds, in 分.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fund {
    /// The budget.
    Budget(i64),
    /// What was spent.
    Spent(i64),
    /// What is left.
    Left(i64),
    /// A spending that lacks something.
    Improper {
        /// When.
        day: NaiveDate,
        /// How much.
        amount: i64,
        /// Whether no activity is named.
        activity: bool,
        /// Whether nobody attended.
        attended: bool,
        /// Whether there is no voucher.
        voucher: bool,
    },
}

/// One line of a pack.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A duty that is open.
    Duty(Standing),
    /// A matter that is open.
    Matter(Work),
    /// Returns that are due, with the units that have not handed in.
    Returns(Standing, Vec<UnitIx>),
    /// A session that is owed.
    Owed(Standing),
    /// A session that was held.
    Held {
        /// The fact.
        id: FactId,
        /// Training or activity.
        kind: SessionKind,
        /// When.
        day: NaiveDate,
        /// About what.
        topic: String,
        /// How many took part.
        present: u32,
        /// How many stood on the roster.
        invited: u32,
    },
    /// A number of the funds.
    Fund(Fund),
    /// A unit that waits for a visit, with the last one.
    Unvisited(UnitIx, Option<NaiveDate>),
    /// A unit with whom to talk to.
    Unit(UnitIx),
    /// A node below with its leader.
    Node(NodeIx, Option<PersonIx>),
    /// A login.
    Login(String),
    /// A device that writes.
    Device(WriterId, String),
    /// Another post that who leaves goes on holding.
    Post(NodeIx, Post),
}
