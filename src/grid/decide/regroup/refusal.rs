//! Why grids can't be regrouped that way.
use chrono::NaiveDate;

use crate::words::t;

/// Why a regrouping is not done: one sentence with what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegroupRefusal {
    /// The node is only a name that other records use.
    #[error("{}", t!("refused.regroup.not_recorded", node = .0))]
    NotRecorded(String),
    /// Not a grid.
    #[error("{}", t!("refused.regroup.not_a_grid", node = .0))]
    NotAGrid(String),
    /// It is closed on the day, or will be.
    #[error("{}", t!("refused.regroup.closed", node = .0, day = .1))]
    Closed(String, NaiveDate),
    /// The day is before the node's first.
    #[error("{}", t!("refused.regroup.too_early", node = .0, day = .1))]
    TooEarly(String, NaiveDate),
    /// The township would be left without its 农业网格 (B-4).
    #[error("{}", t!("refused.regroup.last_farm_grid", town = .0))]
    LastFarmGrid(String),
    /// The township has its 农业网格 already (B-4).
    #[error("{}", t!("refused.regroup.second_farm_grid", town = .0))]
    SecondFarmGrid(String),
    /// There is to be no 农业网格, as in the 经济开发区 (B-4).
    #[error("{}", t!("refused.regroup.no_farm_grid", town = .0))]
    NoFarmGrid(String),
    /// Nothing was chosen to be split off.
    #[error("{}", t!("refused.regroup.nothing_to_split"))]
    NothingToSplit,
    /// Nothing would be left.
    #[error("{}", t!("refused.regroup.nothing_left", grid = .0))]
    NothingLeft(String),
    /// The unit is not in the grid that is split.
    #[error("{}", t!("refused.regroup.not_in_grid", unit = .0, day = .1, grid = .2))]
    NotInGrid(String, NaiveDate, String),
    /// No grid was named to be merged.
    #[error("{}", t!("refused.regroup.nothing_to_merge"))]
    NothingToMerge,
    /// The grid can't take itself in.
    #[error("{}", t!("refused.regroup.into_itself", grid = .0))]
    IntoItself(String),
    /// Members would be left without a grid, and nobody said that this is meant.
    #[error("{}", t!("refused.regroup.leaves_unplaced", grid = .0, n = .1))]
    LeavesUnplaced(String, usize),
    /// A name is missing.
    #[error("{}", t!("refused.regroup.no_name"))]
    NoName,
    /// Another one has the name.
    #[error("{}", t!("refused.regroup.name_taken", node = .0, name = .1))]
    NameTaken(String, String),
    /// It is called so already.
    #[error("{}", t!("refused.regroup.same_name", node = .0))]
    SameName(String),
    /// A grid has nothing below it.
    #[error("{}", t!("refused.regroup.under_a_grid", node = .0))]
    UnderAGrid(String),
    /// It hangs there already.
    #[error("{}", t!("refused.regroup.same_parent", node = .0, parent = .1))]
    SameParent(String, String),
    /// The new parent lies below the node.
    #[error("{}", t!("refused.regroup.circle", parent = .1, node = .0))]
    Circle(String, String),
    /// The root has nothing above it.
    #[error("{}", t!("refused.regroup.root", node = .0))]
    Root(String),
}
