//! Kinds of duties: code that says when a duty is met. One file per kind, one line each in [`KINDS`].
//!
//! What a kind must answer is small: what one subject's records add to the tally of a period, and how much is needed.
//! Everything else (periods, deadlines, late entry, roll-ups) is the same for all kinds and lives in
//! [`super::state`] and [`super::standing`].
mod complete;
mod count;
mod coverage;

use std::fmt::Debug;

use super::{pack::Duty, state::Mark};

/// The kinds that this build knows.
pub static KINDS: &[&dyn Kind] = &[&coverage::Coverage, &count::Count, &complete::Complete];

/// What was done for one duty at one node in one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What counts, whenever it was entered.
    pub have: u32,
    /// The part of it that was entered by the due day; the rest is 补录.
    pub on_time: u32,
}

/// A kind of duty (requirements, section 1).
///
/// A tally is a sum over subjects: [`Kind::contribution`] is called with the records of one subject only, before and
/// after each change, so that a tally follows fact by fact.
pub trait Kind: Debug + Sync {
    /// The name in the pack's `kind = "…"`.
    fn name(&self) -> &'static str;

    /// Whether it asks about units one by one, so that a record of the duty's own names a unit.
    fn per_unit(&self) -> bool;

    /// What is wrong with the row's parameters for this kind, in words; none when it can be used.
    fn objection(&self, duty: &Duty) -> Option<String>;

    /// What one subject's records in one period add; `marks` are those that feed the duty, in the order of days.
    fn contribution(&self, duty: &Duty, marks: &[Mark], due_day: u16) -> Tally;

    /// How much is needed when `members` units belonged to the node at the period's start; 0 means not applicable.
    fn need(&self, duty: &Duty, members: u32) -> u32;
}

/// The kind with this name.
pub fn kind(name: &str) -> Option<&'static dyn Kind> {
    KINDS.iter().copied().find(|kind| kind.name() == name)
}

/// One for a subject that was reached at all, and on time if any of its records was entered by the due day.
fn reached(marks: &[Mark], due_day: u16) -> Tally {
    Tally { have: u32::from(!marks.is_empty()), on_time: u32::from(marks.iter().any(|mark| mark.recorded <= due_day)) }
}
