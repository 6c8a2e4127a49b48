//! Kinds of duties: code that says when a duty is met. One file per kind, one line each in [`KINDS`].
//!
//! A kind reads its own keys of the pack's row, says what one subject's records add to the tally of a period, and how
//! the duty stands at a node. Periods, deadlines, late entry, exemption and roll-ups are the same for all kinds and
//! live in [`super::state`] and [`super::standing`].
mod complete;
mod count;
mod coverage;
mod each;
mod gathered;
mod milestone;
mod monitor;
mod params;
mod response;

use std::fmt::Debug;

use chrono::NaiveDate;
pub use gathered::Gathered;
use minicbor::{Decode, Encode};
pub use monitor::{RULES, RuleEntry};
pub use params::{Objection, Param, Params};

use super::{
    calendar::{Cadence, Period},
    standing::{Site, Standing},
};

/// The kinds that this build knows.
pub static KINDS: &[Entry] =
    &[coverage::KIND, count::KIND, each::KIND, complete::KIND, milestone::KIND, response::KIND, monitor::KIND];

/// A kind's line in the registry.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name in the pack's `kind = "…"`.
    pub name: &'static str,
    /// The keys of its own that a row of this kind has.
    pub params: &'static [Param],
    /// Whether records feed it, so that a row needs `evidence`.
    pub fed: bool,
    /// Reads those keys.
    pub read: fn(&Params<'_>) -> Result<Box<dyn Kind>, Objection>,
}

/// What was done for one duty at one node in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Tally {
    /// What counts, whenever it was entered.
    #[n(0)]
    pub have: u32,
    /// The part of it that was entered by the due day; the rest is 补录.
    #[n(1)]
    pub on_time: u32,
}

/// Something else of the pack that a row names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// A duty that is no monitor, by its id.
    Duty(String),
    /// A checklist, by its id.
    Checklist(String),
}

/// A kind of duty with the numbers of one row (requirements, section 1).
///
/// A tally is a sum over subjects: [`Kind::contribution`] is asked about the records of one subject only, before and
/// after each change, so that a tally follows fact by fact.
pub trait Kind: Debug + Send + Sync {
    /// The name in the pack's `kind = "…"`.
    fn name(&self) -> &'static str;

    /// Whether it asks about units one by one, so that a record of the duty's own names a unit.
    fn per_unit(&self) -> bool {
        false
    }

    /// Whether it looks at the tallies of the nodes below.
    fn adds_up(&self) -> bool {
        false
    }

    /// What else of the pack it names, so that the pack is checked for it. A duty so named must not be a monitor, or
    /// rules could ask each other in a circle.
    fn refers(&self) -> Vec<Reference> {
        Vec::new()
    }

    /// The period for which something done on `day` counts.
    fn period_of(&self, cadence: Cadence, day: NaiveDate) -> Period {
        Period::containing(cadence, day)
    }

    /// The first and the last day on which something done counts for the period.
    fn days_of(&self, period: Period) -> (NaiveDate, NaiveDate) {
        (period.first(), period.last())
    }

    /// The day from which the row's days of grace are counted.
    fn last_day(&self, period: Period) -> NaiveDate {
        period.last()
    }

    /// What one subject's records in one period add, of those that feed the duty.
    fn contribution(&self, _of: &Gathered) -> Tally {
        Tally::default()
    }

    /// Whether an instance that was met late, or that is a matter, was open at the end of a day after its due day: by what
    /// had been entered by then.
    fn was_open(&self, site: &Site<'_>, of: &Standing, day: NaiveDate) -> bool {
        site.entered(of.period, day) < of.need
    }

    /// How the duty stands at a node: what runs, and what is past and still open.
    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>);
}
