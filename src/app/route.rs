//! What screens are asked, what they answer, and where they lead.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Command, Here, Key, Message};
use crate::grid::{
    calendar::Period,
    decide::Intent,
    fact::{Draft as FactDraft, Fact, FactId, SessionKind},
    org::{NodeIx, UnitIx},
};

/// What a screen is told.
#[derive(Clone, Debug)]
pub enum Event {
    /// A command that its context allows.
    Command(Command),
    /// A key for the text field that has the focus.
    Text(Key),
    /// Pasted text for that field.
    Paste(String),
    /// What it asked to record is durable and part of the state.
    Saved,
    /// What it asked to record was refused; the sentence is on the screen already.
    Refused,
    /// What it asked to read.
    Rows(Vec<Record>),
    /// The state changed under it.
    Changed,
    /// The day that was chosen in the calendar that it opened.
    Picked(NaiveDate),
    /// Go to a node, and there to a duty; only the desk is told.
    GoTo {
        /// The node.
        node: NodeIx,
        /// The duty's place in the pack.
        duty: usize,
    },
}

/// What a screen answers.
#[derive(Clone, Debug)]
pub enum Action {
    /// Record this.
    Record(Intent),
    /// Take these records back, together.
    Withdraw(Vec<Fact>),
    /// Take back the last thing that was recorded here.
    Undo,
    /// Open another screen over this one.
    Open(Route),
    /// Close this screen.
    Close,
    /// Close everything above the desk, and go there to a duty of a node.
    GoTo {
        /// The node.
        node: NodeIx,
        /// The duty's place in the pack.
        duty: usize,
    },
    /// Close this screen and tell the one below which day was chosen, as [`Event::Picked`].
    Pick(NaiveDate),
    /// Read from the log; the answer comes as [`Event::Rows`].
    Read(Query),
    /// Say this in the message line.
    Say(Message),
    /// Keep what was typed so far.
    KeepDraft(Draft),
    /// What was typed is recorded or given up.
    DropDraft,
    /// Go to this month.
    ShowMonth(NaiveDate),
    /// Run a command as if its key had been pressed, after what was asked before this.
    Run(Command),
}

/// What the app asks of the loop.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Seal these and make them durable, all or none.
    Append(Vec<FactDraft>),
    /// Read from the log.
    Read(Query),
    /// Keep this on disk until it is dropped.
    KeepDraft(Draft),
    /// Forget the kept draft.
    DropDraft,
    /// Draw everything again.
    Repaint,
    /// Read the person's own files again.
    Reload,
    /// Give the terminal back until `fg`.
    Suspend,
    /// Leave.
    Quit,
}

/// Where to go.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    /// The tree and the detail pane.
    Desk,
    /// The visits board of a grid.
    Board(NodeIx),
    /// The visit form for these units, or for the correction of a visit.
    Visit {
        /// Whom.
        units: Vec<UnitIx>,
        /// The visit that is corrected.
        amends: Option<Box<Fact>>,
    },
    /// The session form.
    Session {
        /// Where.
        grid: NodeIx,
        /// Training or activity.
        kind: SessionKind,
    },
    /// The menu of the forms that make sense at a node, or of those that answer a matter.
    Choose {
        /// Where.
        at: NodeIx,
        /// The matter that is to be answered.
        of: Option<FactId>,
    },
    /// A form to fill in.
    Fill(Fill),
    /// Earlier records.
    History(About),
    /// Choose a grid for these units.
    Place(Vec<UnitIx>),
    /// The grid designer of a 2nd-level node.
    Plan(NodeIx),
    /// Change the node; these units were marked.
    Regroup {
        /// Which.
        node: NodeIx,
        /// Those that a split would take.
        units: Vec<UnitIx>,
    },
    /// What must be done by a day of its own, in the order of days.
    Timeline,
    /// Which nodes have one of these duties, and how it stands at each.
    Milestone {
        /// The duty's place in the pack.
        duty: usize,
        /// Its period.
        period: Period,
    },
    /// The calendar: what is due on each day and what was recorded, at a node and below it.
    Calendar {
        /// Whose.
        node: NodeIx,
        /// The day to begin with where a form asks for one; it is answered with [`Event::Picked`].
        pick: Option<NaiveDate>,
    },
    /// The help of the screen below.
    Help(Here),
    /// The list of all commands.
    Palette(Here),
    /// A form with what was typed before a crash.
    Resume(Draft),
    /// Ask before what was typed is given up.
    Discard,
}

/// Which form is to be filled in, about what.
#[derive(Clone, Debug, PartialEq)]
pub struct Fill {
    /// The form.
    pub form: &'static str,
    /// Where.
    pub at: NodeIx,
    /// The unit that it is about, where one is chosen already.
    pub unit: Option<UnitIx>,
    /// What it answers or is a part of.
    pub of: Option<FactId>,
    /// The record that it corrects.
    pub amends: Option<Box<Fact>>,
    /// What is chosen in the field `kind` to begin with.
    pub kind: Option<&'static str>,
}

/// What a history is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A node and all below it.
    Node(NodeIx),
    /// A unit.
    Unit(UnitIx),
}

/// What is read from the log: the newest entries before a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    /// About what.
    pub about: About,
    /// Entries before this position; none for the newest.
    pub before: Option<u64>,
    /// At most this many.
    pub limit: usize,
}

/// One entry of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its position in the log.
    pub position: u64,
    /// The fact.
    pub fact: Fact,
}

/// What was typed into a form and not yet recorded, as it is kept on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub enum Draft {
    /// The visit form.
    Visit {
        /// The units' ids.
        units: Vec<String>,
        /// The day, as typed.
        on: String,
        /// The topics that are switched on.
        topics: Vec<crate::grid::fact::Topic>,
        /// The note.
        note: String,
        /// The problem.
        problem: String,
        /// The follow-up day, as typed.
        follow_up: String,
    },
    /// The session form.
    Session {
        /// The grid's id.
        grid: String,
        /// Training or activity.
        kind: SessionKind,
        /// The day, as typed.
        on: String,
        /// The topic.
        topic: String,
        /// The hours, as typed.
        hours: String,
        /// The note.
        note: String,
        /// Who took part, and how: person ids.
        attendance: Vec<(String, crate::grid::fact::AttendanceMark)>,
    },
    /// A form that is made from its fields.
    Filled {
        /// The form's id.
        id: String,
        /// The node's id.
        at: String,
        /// The unit's name or code, as typed.
        unit: String,
        /// The record that it answers or is a part of.
        of: Option<String>,
        /// The day, as typed.
        on: String,
        /// By the field's key, as typed.
        values: std::collections::BTreeMap<String, String>,
        /// Who took part, and how: person ids.
        attendance: Vec<(String, crate::grid::fact::AttendanceMark)>,
    },
}
