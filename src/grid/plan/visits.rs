//! The quota solver: how many units must still be reached this month, and which come next.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::grid::{
    calendar::{Cadence, Period},
    org::{NodeIx, UnitIx},
    standing::{Standing, standing},
    state::State,
};

/// Why a unit is suggested, in the order of urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Never visited.
    Never,
    /// Not visited this month; the last visit was on this day.
    Longest(NaiveDate),
    /// Visited this month, but a problem is open there.
    OpenProblem,
}

/// A unit to visit next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The unit.
    pub unit: UnitIx,
    /// Why it is suggested.
    pub why: Why,
    /// Whether a problem is open there.
    pub problem: bool,
}

/// A grid's month of visits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitPlan {
    /// How the month's coverage stands; none when the pack asks for none here.
    pub quota: Option<Standing>,
    /// Whom to visit next: never visited, then longest unvisited, then those with an open problem.
    pub next: Vec<Suggestion>,
}

/// Plans the visits of `grid` on `today`. Units that belong to it today are suggested; equal ones in the order of
/// their ids, so that the list stands still.
pub fn visit_plan(state: &State, grid: NodeIx, today: NaiveDate) -> VisitPlan {
    let month = Period::containing(Cadence::Month, today);
    let row = state.org().node(grid);
    let quota = state
        .pack()
        .duties
        .iter()
        .position(|duty| duty.kind.name() == "coverage" && duty.cadence == Cadence::Month && duty.applies_to(row))
        .and_then(|duty| standing(state, duty, grid, month, today));
    let open: BTreeSet<UnitIx> = state.problems().filter(|p| p.is_open()).filter_map(|p| p.unit).collect();
    let members = state.org().members_on(grid, today);
    let mut next: Vec<Suggestion> =
        members.filter_map(|unit| suggestion(state, unit, month, open.contains(&unit))).collect();
    next.sort_by(|a, b| {
        (a.why, !a.problem, &state.org().unit(a.unit).id).cmp(&(b.why, !b.problem, &state.org().unit(b.unit).id))
    });
    VisitPlan { quota, next }
}

fn suggestion(state: &State, unit: UnitIx, month: Period, problem: bool) -> Option<Suggestion> {
    let why = match state.last_visit(unit) {
        None => Why::Never,
        Some(day) if day < month.first() => Why::Longest(day),
        Some(_) if problem => Why::OpenProblem,
        Some(_) => return None,
    };
    Some(Suggestion { unit, why, problem })
}
