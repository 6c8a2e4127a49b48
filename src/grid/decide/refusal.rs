//! Refusals: why something can't be recorded.
use chrono::NaiveDate;

use super::{RecordRefusal, RegroupRefusal};
use crate::grid::plan::partition::PlanError;

/// Why something can't be recorded: one sentence with what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The day has not come yet.
    #[error("{0} 还没到，只能记今天或以前的日期")]
    Future(NaiveDate),
    /// Nothing was chosen.
    #[error("没有选中任何单位，请先选一家")]
    Nobody,
    /// All units have the record already.
    #[error("{0} 在 {1} 已有走访记录，不必再记；要补充内容请打开那条记录修改")]
    AlreadyVisited(String, NaiveDate),
    /// The duty was recorded already.
    #[error("{0} 在 {1} 已有「{2}」的记录，不必再记")]
    AlreadyDone(String, NaiveDate, String),
    /// The unit belonged to no grid on that day.
    #[error("{0} 在 {1} 未划入任何网格，请先划入网格再记")]
    Unplaced(String, NaiveDate),
    /// The unit belongs to another grid.
    #[error("{0} 在 {1} 不属于{2}，请到它所在的网格去记")]
    Elsewhere(String, NaiveDate, String),
    /// The grid did not exist on that day.
    #[error("{0} 在 {1} 还没有建立或已经撤销，请换一个日期")]
    NoSuchGrid(String, NaiveDate),
    /// Not a grid.
    #[error("{0} 不是{1}，请在网格上记")]
    NotAGrid(String, String),
    /// A session needs a topic.
    #[error("请写明主题，例如「11月报表填报要点」")]
    NoTopic,
    /// A person on the roster is not known.
    #[error("签到名单里的「{0}」不在人员名册里，请先核对名册")]
    UnknownPerson(String),
    /// The pack has no such duty, or not at this node.
    #[error("{1} 没有编号为「{0}」的职责，可用的是 {2}")]
    NoSuchDuty(String, String, String),
    /// The duty is closed by other records.
    #[error("「{0}」由{1}自动计入，不用单独办结")]
    ClosedByOthers(String, String),
    /// The record is withdrawn already or can't be withdrawn.
    #[error("这条记录已经撤销过了")]
    AlreadyWithdrawn,
    /// Records of the organisation are corrected by a new record.
    #[error("名册和人员的记录不能撤销，请再导入一次正确的名册来更正")]
    NotWithdrawable,
    /// Grids are changed by another change, not taken back.
    #[error("「{0}」这一笔改的是网格本身，不能撤销，因为以后的记录都按新网格计；要改回去请用「调整网格」再调整一次")]
    GridsStay(String),
    /// The unit was moved again since.
    #[error("{0} 后来又调整过网格，这一笔不能撤销；要更正请再划入一次")]
    MovedSince(String),
    /// Something was recorded for the unit in the grid since.
    #[error("{0} 在{1}已经有记录，划入不能撤销；要更正请再划入别的网格")]
    UsedSince(String, String),
    /// A withdrawal can't be withdrawn.
    #[error("撤销不能再撤销，要恢复请重新记一笔")]
    WithdrawsAlready,
    /// What is corrected is of another kind.
    #[error("要更正的不是同一种记录，请重新选择")]
    OtherKind,
    /// No such open problem.
    #[error("这个问题已经销号，或者找不到")]
    NoSuchProblem,
    /// The store is not open.
    #[error("账本还没有建立，请先运行 wangge init --pack lanxi")]
    NotOpened,
    /// A name is missing.
    #[error("请写明姓名")]
    NoName,
    /// Several people share the name.
    #[error("叫「{0}」的不止一人，请用人员编号")]
    SeveralOfThatName(String),
    /// They hold the post already.
    #[error("{0} 已经是{1}的{2}，不用再任")]
    HoldsAlready(String, String, String),
    /// There is no such form.
    #[error("没有「{0}」这种记录，可用的种类见 wangge record --help")]
    NoSuchForm(String),
    /// No such duty at the node.
    #[error("{1} 没有编号为「{0}」的职责，编号见 wangge due 每行末尾的方括号")]
    NoDutyToExempt(String, String),
    /// The period is none of the duty's.
    #[error("「{1}」没有 {0} 这一期，应写作 {2} 这样")]
    NoSuchPeriod(String, String, String),
    /// A reason is missing.
    #[error("请写明理由")]
    NoReason,
    /// The approver is not known.
    #[error("批准人「{0}」不在人员名册里，请先登记其岗位：wangge record post")]
    UnknownApprover(String),
    /// The approver has no right to it.
    #[error("{0} 无权批准{1}的事项，须由{2}或更上级的负责人批准")]
    MayNotApprove(String, String, String),
    /// It is exempt already.
    #[error("{0} {1} 的「{2}」已经免除，不必再办")]
    ExemptAlready(String, String, String),
    /// Today is not over.
    #[error("{0} 还没有过完，只能封到昨天或以前")]
    LocksToday(NaiveDate),
    /// It is locked already.
    #[error("{0} 在 {1} 及以前已经封账，不必再封")]
    LockedAlready(String, NaiveDate),
    /// There is nothing to except from.
    #[error("{0} 在 {1} 没有封账，可以直接补录")]
    NotLocked(String, NaiveDate),
    /// The exception lets nothing through.
    #[error("准予补录的日期不对：{0} 到 {1}，限 {2} 前补完；起日不能晚于止日，期限不能早于今天")]
    EmptyException(NaiveDate, NaiveDate, NaiveDate),
    /// The day is locked.
    #[error("{0} 已封账（封到 {1}），{2} 不能再补录；确需补录请上级准予：wangge record unlock")]
    Locked(NaiveDate, NaiveDate, String),
    /// The unit is there already.
    #[error("{0} 已经在{1}，不用再划入")]
    AlreadyThere(String, String),
    /// There is no partition to apply.
    #[error("{0}")]
    Plan(#[from] PlanError),
    /// The roster or the grids are no longer those that the proposal was made for.
    #[error("{0} 的名册或网格在方案做好以后有了变动，请重做方案再采用")]
    PlanOutdated(String),
    /// Today's grids are the proposed ones.
    #[error("{0} 现在的网格和方案一样，不用调整")]
    PlanChangesNothing(String),
    /// The grids can't be changed that way.
    #[error("{0}")]
    Regroup(#[from] RegroupRefusal),
    /// A form can't be recorded as it was filled in.
    #[error("{0}")]
    Record(#[from] RecordRefusal),
}
