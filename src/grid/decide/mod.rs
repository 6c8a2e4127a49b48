//! `decide`: intent -> drafts of facts, or a refusal in words. Screens, commands and imports all come through here.
mod acting;
mod appoint;
mod done;
mod exempt;
mod lock;
mod partition;
mod placement;
mod posts;
mod problem;
mod record;
pub mod regroup;
mod roster;
mod session;
mod setup;
mod visit;
mod withdraw;

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
pub use record::RecordRefusal;
pub use regroup::{Regroup, RegroupRefusal};
pub use roster::{RosterDecision, RosterError, RosterLine, decide_roster};
pub use setup::{Setup, decide_setup};

use super::{
    calendar::Period,
    fact::{Acting, Attendance, Draft, Fact, FactId, ProblemFound, SessionKind, Topic, Unlock, Value},
    org::{Form, NodeIx, Post, UnitIx},
    pack::Duty,
    plan::partition::{PlanError, Proposal},
    state::{Mark, State, What},
};

/// Who acts, and on which of the county's days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The acting person's id; none on a private store where nobody has said who they are.
    pub person: Option<String>,
    /// The county's day.
    pub today: NaiveDate,
}

/// What somebody wants to record.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// One visit to each of these units.
    Visit {
        /// Whom.
        units: Vec<UnitIx>,
        /// When it happened.
        on: NaiveDate,
        /// What it was about; empty means a plain call.
        topics: Vec<Topic>,
        /// Free text.
        note: String,
        /// A problem that was found.
        problem: Option<ProblemFound>,
        /// Who came along, by id.
        with: Vec<String>,
        /// The visit that this one corrects.
        amends: Option<Box<Fact>>,
    },
    /// A training session or a 统计之家 activity.
    Session {
        /// Where.
        grid: NodeIx,
        /// Training or activity.
        kind: SessionKind,
        /// When it was held.
        on: NaiveDate,
        /// What it was about.
        topic: String,
        /// How long it took.
        minutes: u32,
        /// Who took part, and how.
        attendance: Vec<Attendance>,
        /// Free text.
        note: String,
        /// The session that this one corrects.
        amends: Option<Box<Fact>>,
    },
    /// A duty's own record; for units where the duty asks for each.
    Done {
        /// The duty's id in the pack.
        duty: String,
        /// Where.
        grid: NodeIx,
        /// For which units; empty where the duty is about the grid.
        units: Vec<UnitIx>,
        /// When it was done.
        on: NaiveDate,
        /// The period that it is for; none for the one in which it was done.
        period: Option<Period>,
        /// Free text.
        note: String,
    },
    /// A record of one of the forms.
    Record(Box<Filled>),
    /// A duty need not be done in one period.
    Exempt {
        /// The duty's id in the pack.
        duty: String,
        /// Where.
        node: NodeIx,
        /// In which period.
        period: Period,
        /// Why.
        reason: String,
        /// The person who approves it, by id; they must hold a post above that may.
        approver: String,
    },
    /// Nothing may be recorded any more for days up to this one, at the node and below it.
    Lock {
        /// Where.
        node: NodeIx,
        /// The last day that is locked.
        through: NaiveDate,
    },
    /// A named exception from a lock.
    Unlock {
        /// For whom: the node and what is below it.
        node: NodeIx,
        /// The first day that may be recorded.
        from: NaiveDate,
        /// The last day that may be recorded.
        through: NaiveDate,
        /// The last day on which that may be done.
        until: NaiveDate,
        /// Why.
        reason: String,
        /// The person who approves it, by id.
        approver: String,
    },
    /// An earlier record no longer holds.
    Withdraw {
        /// The record.
        target: Box<Fact>,
        /// Why.
        reason: String,
    },
    /// A problem found on a visit is solved.
    CloseProblem {
        /// The visit that found it.
        visit: FactId,
        /// When it was solved.
        on: NaiveDate,
        /// How.
        note: String,
    },
    /// A person holds a post at a node from a day on; who held it before no longer does.
    Appoint {
        /// Where.
        node: NodeIx,
        /// Which post.
        post: Post,
        /// Whose, by name or id; a new name is a new person.
        name: String,
        /// Their telephone number, for a new person.
        phone: String,
        /// From which day on.
        from: NaiveDate,
    },
    /// Units belong to a grid from a day on.
    Place {
        /// Which units.
        units: Vec<UnitIx>,
        /// Which grid.
        grid: NodeIx,
        /// From which day on.
        from: NaiveDate,
    },
    /// The grids of a 2nd-level node become those of a proposal.
    Partition(Box<Proposal>),
    /// The grids change.
    Regroup(Regroup),
}

/// A form as it was filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Filled {
    /// The form's id in [`super::record::FORMS`].
    pub form: String,
    /// Where it is recorded; where it answers a record, that one's node.
    pub at: NodeIx,
    /// The unit that it is about, where the form asks for one.
    pub unit: Option<UnitIx>,
    /// The record that it answers or follows.
    pub of: Option<FactId>,
    /// When it happened.
    pub on: NaiveDate,
    /// What was filled in, by the field's key.
    pub values: BTreeMap<String, Value>,
    /// Who took part, and how.
    pub attendance: Vec<Attendance>,
    /// The record that this one corrects.
    pub amends: Option<Box<Fact>>,
}

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// The facts to write, all or none.
    pub drafts: Vec<Draft>,
    /// Units that were passed over because they had the record already.
    pub already: Vec<UnitIx>,
    /// The duties, by their place in the pack, that each of the records counts for (M-7).
    pub counts_for: Vec<usize>,
}

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

/// Checks an intent against the state and turns it into drafts.
pub fn decide(state: &State, actor: &Actor, intent: &Intent) -> Result<Decision, Refusal> {
    if state.opened().is_none() {
        return Err(Refusal::NotOpened);
    }
    match intent {
        Intent::Visit { units, on, topics, note, problem, with, amends } => {
            visit::decide(state, actor, &visit::Visited { units, on: *on, topics, note, problem, with, amends })
        }
        Intent::Session { .. } => session::decide(state, actor, intent),
        Intent::Done { duty, grid, units, on, period, note } => {
            let done = done::DoneWhat { duty, grid: *grid, units, on: *on, note, period: *period };
            done::decide(state, actor, &done)
        }
        Intent::Record(filled) => record::decide(state, actor, filled),
        Intent::Exempt { duty, node, period, reason, approver } => {
            let exempted = exempt::Exempted { duty, node: *node, period: *period, reason, approver };
            exempt::decide(state, actor, &exempted)
        }
        Intent::Lock { node, through } => lock::decide(state, actor, *node, *through),
        Intent::Unlock { node, from, through, until, reason, approver } => {
            let (reason, approver) = (reason.clone(), approver.clone());
            let unlock = Unlock { from: *from, through: *through, until: *until, reason, approver };
            lock::unlock(state, actor, *node, &unlock)
        }
        Intent::Withdraw { target, reason } => withdraw::decide(state, actor, target, reason),
        Intent::CloseProblem { visit, on, note } => problem::decide(state, actor, *visit, *on, note),
        Intent::Appoint { node, post, name, phone, from } => {
            appoint::decide(state, actor, &appoint::Appointed { node: *node, post: *post, name, phone, from: *from })
        }
        Intent::Place { units, grid, from } => placement::decide(state, actor, units, *grid, *from),
        Intent::Partition(proposal) => partition::decide(state, actor, proposal),
        Intent::Regroup(regroup) => regroup::decide(state, actor, regroup),
    }
}

/// The duties that a record at `node` counts for, there and above, by their place in the pack (M-7).
fn counts_for(state: &State, node: NodeIx, what: What, acting: &[Acting]) -> Vec<usize> {
    let org = state.org();
    let mark = Mark::of(what, acting);
    let owed = |duty: &Duty| {
        let up = if duty.adds_up() { usize::MAX } else { 1 };
        // What asks about each grid below is owed above it, not at it.
        let skip = usize::from(duty.kind.adds_up());
        org.path_up(node).take(up).skip(skip).any(|at| duty.applies_to(org.node(at)))
    };
    let duties = state.pack().duties.iter().enumerate();
    duties.filter(|(own, duty)| duty.fed_by(&mark, *own) && owed(duty)).map(|(own, _)| own).collect()
}

/// The units, each once, in the order given.
fn once(units: &[UnitIx]) -> impl Iterator<Item = UnitIx> {
    let mut seen = HashSet::new();
    units.iter().copied().filter(move |unit| seen.insert(*unit))
}

/// Refuses a day that has not come.
fn not_future(actor: &Actor, on: NaiveDate) -> Result<(), Refusal> {
    if on > actor.today { Err(Refusal::Future(on)) } else { Ok(()) }
}

/// Refuses what is no grid, or did not exist on that day.
fn grid_on(state: &State, grid: NodeIx, on: NaiveDate) -> Result<(), Refusal> {
    let node = state.org().node(grid);
    if !node.is_grid() {
        return Err(Refusal::NotAGrid(node.name.clone(), state.pack().names.level(3, Form::Vertical).to_owned()));
    }
    exists_on(state, grid, on)
}

/// Refuses a node that did not exist on that day.
fn exists_on(state: &State, node: NodeIx, on: NaiveDate) -> Result<(), Refusal> {
    let node = state.org().node(node);
    if !node.exists_on(on) {
        return Err(Refusal::NoSuchGrid(node.name.clone(), on));
    }
    Ok(())
}
