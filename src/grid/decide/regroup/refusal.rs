//! Why grids can't be regrouped that way.
use chrono::NaiveDate;

/// Why a regrouping is not done: one sentence with what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegroupRefusal {
    /// The node is only a name that other records use.
    #[error("账本里还没有「{0}」自己的登记，不能调整；请先导入或登记它")]
    NotRecorded(String),
    /// Not a grid.
    #[error("{0} 不是三级网格，不能拆分、合并或撤销；请选一个网格")]
    NotAGrid(String),
    /// It is closed on the day, or will be.
    #[error("{0} 从 {1} 起撤销，不能再调整；请选一个还在的网格")]
    Closed(String, NaiveDate),
    /// The day is before the node's first.
    #[error("{0} 从 {1} 起才有；请写 {1} 或以后的日期")]
    TooEarly(String, NaiveDate),
    /// The township would be left without its 农业网格 (B-4).
    #[error("{0} 只有这一个农业网格，每个乡镇（街道）都要有一个，不能撤销、并走或移走（B-4）")]
    LastFarmGrid(String),
    /// The township has its 农业网格 already (B-4).
    #[error("{0} 已有农业网格，每个乡镇（街道）只设一个（B-4）；请选别的行业或别的网格")]
    SecondFarmGrid(String),
    /// There is to be no 农业网格, as in the 经济开发区 (B-4).
    #[error("{0} 不设农业网格（B-4）；请选别的行业")]
    NoFarmGrid(String),
    /// Nothing was chosen to be split off.
    #[error("没有选要拆出的单位，请先选中几家")]
    NothingToSplit,
    /// Nothing would be left.
    #[error("{0} 的单位全都拆出就空了；只想换名称请改名，或者少选几家")]
    NothingLeft(String),
    /// The unit is not in the grid that is split.
    #[error("{0} 在 {1} 不属于{2}，不能从那里拆出；请去掉这一家")]
    NotInGrid(String, NaiveDate, String),
    /// No grid was named to be merged.
    #[error("没有选要并走的网格，请至少选一个")]
    NothingToMerge,
    /// The grid can't take itself in.
    #[error("{0} 不能并入它自己，请另选一个网格")]
    IntoItself(String),
    /// Members would be left without a grid, and nobody said that this is meant.
    #[error("{0} 还有 {1} 家，撤销后就没有网格；请写明并入哪个网格，或者确认让它们未划入网格")]
    LeavesUnplaced(String, usize),
    /// A name is missing.
    #[error("请写明网格的名称，例如「工业第3网格」")]
    NoName,
    /// Another one has the name.
    #[error("{0} 下面已有「{1}」，请换一个名称")]
    NameTaken(String, String),
    /// It is called so already.
    #[error("{0} 已经叫这个名称，不用再改")]
    SameName(String),
    /// A grid has nothing below it.
    #[error("{0} 是网格，下面不能再挂；请选乡镇（街道）或部门")]
    UnderAGrid(String),
    /// It hangs there already.
    #[error("{0} 已经在{1}下面，不用再移")]
    SameParent(String, String),
    /// The new parent lies below the node.
    #[error("{1} 在 {0} 下面，{0} 不能反过来挂到它下面；请另选上级")]
    Circle(String, String),
    /// The root has nothing above it.
    #[error("{0} 是最上一级，没有上级可换")]
    Root(String),
}
