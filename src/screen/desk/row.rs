//! The rows of the detail pane.
use crate::{
    app::{Record, lists::Column},
    grid::{
        calendar::Period,
        fact::FactId,
        org::{NodeIx, PersonIx, Post, UnitIx},
        plan::Why,
        standing::Standing,
        state::{MatterKind, SessionLine, State},
    },
};

/// What a row is marked as, for a command on many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    /// A unit, in whichever list it stands.
    Unit(UnitIx),
    /// A unit's record of a duty that every unit owes.
    Owed(usize, UnitIx),
    /// A problem, by the record that started it.
    Problem(FactId),
}

impl Thing {
    /// Whether a range that begins with this one takes in the other.
    pub(super) fn is_like(self, other: Thing) -> bool {
        match (self, other) {
            (Thing::Unit(_), Thing::Unit(_)) | (Thing::Problem(_), Thing::Problem(_)) => true,
            (Thing::Owed(duty, _), Thing::Owed(other, _)) => duty == other,
            _ => false,
        }
    }
}

/// One row of the detail pane.
#[derive(Clone, Debug)]
pub(crate) enum PaneRow {
    /// A heading, with what stands at its right.
    Heading(String, String),
    /// A sentence.
    Text(String),
    /// A duty's instance.
    Duty(Standing),
    /// A node below, with its counts.
    Child(NodeIx),
    /// A unit to visit, and why.
    Suggested(UnitIx, Why),
    /// A unit of the grid in the shown month.
    Member(UnitIx),
    /// A unit that belongs to no grid.
    Unplaced(UnitIx),
    /// The titles above the units of a working list.
    Titles(Vec<Column>),
    /// A unit of a working list.
    Listed(UnitIx),
    /// A unit's record of a duty that every unit owes; whether it is there.
    Owed(usize, UnitIx, bool),
    /// A session.
    Session(SessionLine),
    /// A post and who holds it.
    Post(Post, PersonIx),
    /// An open problem, by its visit.
    Problem(FactId, UnitIx),
    /// What waits for its answer, by the record that started it.
    Matter(FactId),
    /// A handover that waits for an answer.
    Offered(FactId),
    /// Results of assessments for a period: whose wait for the reader's word at a node; its own that came back where
    /// nobody is named.
    Scores { node: NodeIx, period: Period, whose: Vec<NodeIx> },
    /// A record of the log.
    Record(Box<Record>),
}

impl PaneRow {
    /// Whether the cursor can stand on it.
    pub(super) fn is_selectable(&self) -> bool {
        !matches!(self, PaneRow::Heading(..) | PaneRow::Text(_) | PaneRow::Titles(_))
    }

    /// The unit that it is about.
    pub(super) fn unit(&self) -> Option<UnitIx> {
        match self {
            PaneRow::Suggested(unit, _)
            | PaneRow::Member(unit)
            | PaneRow::Unplaced(unit)
            | PaneRow::Listed(unit)
            | PaneRow::Owed(_, unit, _)
            | PaneRow::Problem(_, unit) => Some(*unit),
            _ => None,
        }
    }

    /// What it can be marked as; none where there is nothing to do with many of its kind.
    pub(super) fn thing(&self, state: &State) -> Option<Thing> {
        match self {
            PaneRow::Suggested(unit, _) | PaneRow::Member(unit) | PaneRow::Unplaced(unit) | PaneRow::Listed(unit) => {
                Some(Thing::Unit(*unit))
            }
            PaneRow::Owed(duty, unit, _) => Some(Thing::Owed(*duty, *unit)),
            PaneRow::Problem(id, _) => Some(Thing::Problem(*id)),
            PaneRow::Matter(id) => {
                let matter = state.matter_of(*id)?;
                (matter.kind == MatterKind::Problem).then_some(Thing::Problem(*id))
            }
            _ => None,
        }
    }

    /// Whether the cursor goes on to it where `other`, before it, is gone: to what is done one by one, not to a duty, whose
    /// rows change with the month.
    pub(super) fn follows(&self, other: &PaneRow) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other) && !matches!(self, PaneRow::Duty(_))
    }

    /// Whether it shows the same thing as `other` did, however that stands now.
    pub(super) fn is_same(&self, other: &PaneRow) -> bool {
        match (self, other) {
            (PaneRow::Duty(a), PaneRow::Duty(b)) => {
                (a.duty, a.node, a.period, a.about) == (b.duty, b.node, b.period, b.about)
            }
            (PaneRow::Child(a), PaneRow::Child(b)) => a == b,
            (PaneRow::Member(a), PaneRow::Member(b)) => a == b,
            (PaneRow::Suggested(a, _), PaneRow::Suggested(b, _)) => a == b,
            (PaneRow::Unplaced(a), PaneRow::Unplaced(b)) => a == b,
            (PaneRow::Listed(a), PaneRow::Listed(b)) => a == b,
            (PaneRow::Owed(d, a, _), PaneRow::Owed(e, b, _)) => (d, a) == (e, b),
            (PaneRow::Session(a), PaneRow::Session(b)) => a.id == b.id,
            (PaneRow::Problem(a, _), PaneRow::Problem(b, _)) => a == b,
            (PaneRow::Matter(a), PaneRow::Matter(b)) | (PaneRow::Offered(a), PaneRow::Offered(b)) => a == b,
            (PaneRow::Scores { node, period, whose }, PaneRow::Scores { node: n, period: p, whose: w }) => {
                (node, period, whose.is_empty()) == (n, p, w.is_empty())
            }
            (PaneRow::Record(a), PaneRow::Record(b)) => a.position == b.position,
            (PaneRow::Post(p, a), PaneRow::Post(q, b)) => (p, a) == (q, b),
            _ => false,
        }
    }
}
