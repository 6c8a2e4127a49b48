//! What screens are asked, what they answer, and where they lead.
use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    Command, Draft, Here, Keep, Key, Memory, Message, Pointer, Prefs,
    lists::{Lists, WorkingList},
};
use crate::{
    grid::{
        calendar::Period,
        decide::Intent,
        fact::{Draft as FactDraft, Fact, FactId, SessionKind, Value},
        glance::{Measure, Whose},
        org::{NodeIx, PersonIx, Post, UnitIx},
        standing::Standing,
    },
    report::{Job, Listing, Weighed, Wording},
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
    /// The mouse did something that is no hint's and no tab's.
    Point(Pointer),
    /// What it asked to record is durable and part of the state.
    Saved,
    /// What it asked to record was refused; the sentence is on the screen already.
    Refused,
    /// What it asked to read.
    Rows(Vec<Record>),
    /// What entries cost, as it asked to have it summed up.
    Weighed(Box<Weighed>),
    /// The state changed under it.
    Changed,
    /// The day that was chosen in the calendar that it opened.
    Picked(NaiveDate),
    /// More of the store can be found by name than before.
    Indexed,
    /// Show this working list; only the desk is told.
    Show(Box<WorkingList>),
    /// Go to a node, and there to something; only the desk is told.
    GoTo {
        /// The node.
        node: NodeIx,
        /// What there.
        spot: Spot,
    },
}

/// What to go to at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The node itself.
    Node,
    /// A duty, by its place in the pack.
    Duty(usize),
    /// A unit.
    Unit(UnitIx),
    /// Somebody who holds a post there.
    Person(PersonIx),
}

/// What a screen answers.
#[derive(Clone, Debug)]
pub enum Action {
    /// Record this.
    Record(Intent),
    /// Record these together, all or none; one undo takes them back.
    RecordMany(Vec<Intent>),
    /// Take these records back, together.
    Withdraw(Vec<Fact>),
    /// Take back the last thing that was recorded here.
    Undo,
    /// Open another screen over this one.
    Open(Route),
    /// Close this screen.
    Close,
    /// Close everything above the desk, and go there to something at a node.
    GoTo {
        /// The node.
        node: NodeIx,
        /// What there.
        spot: Spot,
    },
    /// Get everything ready to be found by name; told of as [`Event::Indexed`].
    Index,
    /// Close everything above the desk, and show this working list there.
    Show(Box<WorkingList>),
    /// These are the working lists from now on.
    KeepLists(Lists),
    /// Close this screen and tell the one below which day was chosen, as [`Event::Picked`].
    Pick(NaiveDate),
    /// Read from the log; the answer comes as [`Event::Rows`].
    Read(Query),
    /// Look one fact up in the log; the answer comes as [`Event::Rows`].
    Find(FactId),
    /// Sum up what entries at a node and below it cost in a period; the answer comes as [`Event::Weighed`].
    Weigh(NodeIx, Period),
    /// Say this in the message line.
    Say(Message),
    /// Keep what was typed so far.
    KeepDraft(Box<Draft>),
    /// What was typed, the draft of that number, is recorded or given up.
    DropDraft(u32),
    /// Remember what was typed into fields, by their keys.
    Remember(Vec<(String, String)>),
    /// Go to this month.
    ShowMonth(NaiveDate),
    /// From now on these settings hold.
    Prefer(Prefs),
    /// Remember this.
    Keep(Keep),
    /// From now on this person acts, by id.
    ActAs(String),
    /// Write this report into the person's folder.
    Export(Job),
    /// Run a command as if its key had been pressed, after what was asked before this.
    Run(Command),
}

/// The number of a question to the log, so that its answer finds whoever asked and nobody else.
pub type Ticket = u64;

/// What the app asks of the loop.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Seal these and make them durable, all or none.
    Append(Vec<FactDraft>),
    /// Read from the log; the answer bears the number.
    Read(Ticket, Query),
    /// Look one fact up in the log; the answer bears the number.
    Find(Ticket, FactId),
    /// Sum up what entries at a node and below it cost in a period; the answer bears the number.
    Weigh(Ticket, NodeIx, Period),
    /// Keep this on disk until it is dropped.
    KeepDraft(Box<Draft>),
    /// Forget the draft of that number.
    DropDraft(u32),
    /// Keep what was typed into fields.
    KeepMemory(Memory),
    /// Write the working lists down.
    KeepLists(Lists),
    /// Draw everything again.
    Repaint,
    /// Read the person's own files again.
    Reload,
    /// Give the terminal back until `fg`.
    Suspend,
    /// From now on these settings hold.
    Prefer(Prefs),
    /// Write this into the person's configuration.
    Keep(Keep),
    /// Write this report into the person's folder.
    Export(Job),
    /// Sync the store with its server.
    Sync,
    /// Word this for the upper platform, show it, and ask the terminal to copy it.
    Copy(Wording),
    /// Leave.
    Quit,
}

/// Where to go.
#[derive(Clone, Debug, PartialEq)]
pub enum Route {
    /// The tree and the detail pane.
    Desk,
    /// The visits board of a grid.
    Board {
        /// Which.
        grid: NodeIx,
        /// The unit to begin with.
        unit: Option<UnitIx>,
    },
    /// The handover of a post.
    Handover {
        /// Where.
        node: NodeIx,
        /// Which post.
        post: Post,
        /// Who holds it.
        from: PersonIx,
    },
    /// The jump to anything by its name.
    Jump(Here),
    /// The working lists.
    Lists {
        /// The node that they are over.
        node: NodeIx,
        /// What is looked for there now.
        text: String,
    },
    /// What can be exported at a node.
    Export {
        /// The node.
        node: NodeIx,
        /// What the screen lists.
        listed: Vec<Arc<Listing>>,
    },
    /// The form of a working list.
    ListForm {
        /// The node that it is tried on.
        node: NodeIx,
        /// What it begins with.
        list: Box<WorkingList>,
        /// What it was called before, where it is one of the person's own.
        before: Option<String>,
    },
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
        /// The session that is corrected.
        amends: Option<Box<Fact>>,
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
    /// The overview: what is below a node, by months.
    Overview {
        /// The node.
        node: NodeIx,
    },
    /// What is behind a number.
    Behind(Behind),
    /// A node's assessment.
    Assessment {
        /// Whose.
        node: NodeIx,
        /// For which period; none for the usual one that runs.
        period: Option<Period>,
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
    /// Ask before many are recorded at once.
    Many(Batch),
    /// What entries at a node and below it cost, and which fields are filled in and read.
    Burden(NodeIx),
    /// What was recorded lately, by whom, and what of it can be taken back.
    Recent,
    /// A unit's year.
    Year(UnitIx),
    /// The help of the screen below.
    Help(Here),
    /// The list of all commands.
    Palette(Here),
    /// What the person can set.
    Settings,
    /// Say who acts.
    Who,
    /// A form with what was typed before.
    Resume(Box<Draft>),
    /// What is held, and who may decide.
    Held,
    /// The drafts that are kept: which of them to go on with.
    Drafts,
    /// Text that the terminal was asked to copy.
    Copied {
        /// The text.
        text: String,
        /// Whether tmux or the like stands between us and the terminal.
        multiplexed: bool,
    },
    /// Ask what becomes of what was typed; it can be kept where it makes a draft.
    Discard(Option<Box<Draft>>),
}

/// What is to be recorded at once for many units.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// What, all or none.
    pub intents: Vec<Intent>,
    /// For whom.
    pub units: Vec<UnitIx>,
    /// How many of them the list did not show.
    pub hidden: usize,
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
    /// What stands in the fields to begin with, by their keys.
    pub values: BTreeMap<String, Value>,
}

/// A number, or a part of one, whose facts are looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Behind {
    /// What a number of the overview counts.
    Number {
        /// Whose it is.
        whose: Whose,
        /// Which number.
        measure: Measure,
        /// Of which month.
        month: Period,
    },
    /// The records that count for an instance, and what lacks one.
    Instance(Standing),
    /// The records about a unit of a grid in a month, and what it lacks.
    Unit {
        /// The grid.
        grid: NodeIx,
        /// The unit.
        unit: UnitIx,
        /// The month.
        month: Period,
    },
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
