//! Why there is no proposal, and what a proposal could not hold to: each one sentence with what to do next.
use chrono::NaiveDate;

/// Why no partition can be proposed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// Grids are designed for a 2nd-level node.
    #[error("{0} 不是乡镇（街道）或开发区，请选一个二级网格再做方案")]
    NotATown(String),
    /// The node does not exist on that day.
    #[error("{0} 在 {1} 还没有建立或已经撤销，请换一个日期")]
    NoSuchTown(String, NaiveDate),
    /// The sizes contradict each other.
    #[error("网格家数的下限 {0} 和上限 {1} 不对，下限应不小于 1、不大于上限；请改正职责包")]
    BadSizes(usize, usize),
    /// Nothing to divide.
    #[error("{0} 在 {1} 的名册里没有企业，也没有村（社区）；请先导入名册")]
    NoUnits(String, NaiveDate),
    /// A 农业网格 is demanded and there is nothing for it.
    #[error("{0} 应有 1 个农业网格，名册里却没有村（社区）；请先登记村（社区）")]
    NoVillages(String),
    /// Villages where there is no 农业网格.
    #[error("{0} 不设农业网格，名册里却有 {1} 个村（社区），例如「{2}」；请先把它们划到所在的乡镇（街道）")]
    VillagesWithoutFarm(String, usize, String),
    /// Enterprises that can't be told apart by industry.
    #[error("{0} 有 {1} 家企业没有行业代码（{2}），没法按行业划分；请在名册里补上再导入")]
    NoIndustry(String, usize, String),
    /// Something is recorded about a later day already.
    #[error("「{0}」从 {1} 起的划入已经记过，再早的方案不起作用；请用 {1} 或以后的日期")]
    Ahead(String, NaiveDate),
}

/// What a proposal could not hold to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Objection {
    /// A grid has fewer units than the rules ask for.
    #[error("{grid} 只有 {size} 家，少于 {least} 家：{why}")]
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
    #[error("{grid} 有 {size} 家，多于 {most} 家：{why}")]
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
    #[error("{grid} 里还有 {units} 家建筑业、房地产或投资单位，不能撤销；请先把它们划到扁平网格")]
    StillUsed {
        /// The grid's name.
        grid: String,
        /// Those units.
        units: usize,
    },
}
