//! Why there is no proposal, and what a proposal could not hold to: each one sentence with what to do next.
use chrono::NaiveDate;

use crate::words::t;

/// Why no partition can be proposed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Grids are designed for a 2nd-level node.
    #[error("{}", t!("plan.error.not_a_town", node = .0))]
    NotATown(String),
    /// The node does not exist on that day.
    #[error("{}", t!("plan.error.no_such_town", node = .0, day = .1))]
    NoSuchTown(String, NaiveDate),
    /// The sizes contradict each other.
    #[error("{}", t!("plan.error.bad_sizes", least = .0, most = .1))]
    BadSizes(usize, usize),
    /// Nothing to divide.
    #[error("{}", t!("plan.error.no_units", town = .0, day = .1))]
    NoUnits(String, NaiveDate),
    /// A 农业网格 is demanded and there is nothing for it.
    #[error("{}", t!("plan.error.no_villages", town = .0))]
    NoVillages(String),
    /// Villages where there is no 农业网格.
    #[error("{}", t!("plan.error.villages_without_farm", town = .0, n = .1, example = .2))]
    VillagesWithoutFarm(String, usize, String),
    /// Enterprises that can't be told apart by industry.
    #[error("{}", t!("plan.error.no_industry", town = .0, n = .1, names = .2))]
    NoIndustry(String, usize, String),
    /// Something is recorded about a later day already.
    #[error("{}", t!("plan.error.ahead", unit = .0, day = .1))]
    Ahead(String, NaiveDate),
}

/// What a proposal could not hold to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// A grid has fewer units than the rules ask for.
    #[error("{}", t!("plan.error.too_small", grid = grid, size = size, least = least, why = why))]
    TooSmall {
        /// The grid's name.
        grid: String,
        /// Its units.
        size: usize,
        /// The fewest allowed.
        least: usize,
        /// Why it can't be otherwise.
        why: String,
    },
    /// A grid has more units than the rules allow.
    #[error("{}", t!("plan.error.too_large", grid = grid, size = size, most = most, why = why))]
    TooLarge {
        /// The grid's name.
        grid: String,
        /// Its units.
        size: usize,
        /// The most allowed.
        most: usize,
        /// Why it can't be otherwise.
        why: String,
    },
    /// A grid is left empty but for units that are surveyed in flat grids (B-5).
    #[error("{}", t!("plan.error.still_used", grid = grid, units = units))]
    StillUsed {
        /// The grid's name.
        grid: String,
        /// Those units.
        units: usize,
    },
}
