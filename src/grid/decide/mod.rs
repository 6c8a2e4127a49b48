//! `decide`: intent -> drafts of facts, or a refusal in words. Screens, commands and imports all come through here.
mod appoint;
mod done;
mod placement;
mod posts;
mod problem;
pub mod regroup;
mod roster;
mod session;
mod setup;
mod visit;
mod withdraw;

use std::collections::HashSet;

use chrono::NaiveDate;
pub use regroup::{Regroup, RegroupRefusal};
pub use roster::{RosterDecision, RosterError, RosterLine, decide_roster};
pub use setup::{Setup, decide_setup};

use super::{
    fact::{Attendance, Draft, Fact, FactId, ProblemFound, SessionKind, Topic},
    org::{NodeIx, Post, UnitIx},
    state::{State, What},
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
        /// Free text.
        note: String,
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
    /// The grids change.
    Regroup(Regroup),
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
    #[error("{0} 不是三级网格，请在网格上记")]
    NotAGrid(String),
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
    HoldsAlready(String, String, &'static str),
    /// The unit is there already.
    #[error("{0} 已经在{1}，不用再划入")]
    AlreadyThere(String, String),
    /// The grids can't be changed that way.
    #[error("{0}")]
    Regroup(#[from] RegroupRefusal),
}

/// Checks an intent against the state and turns it into drafts.
pub fn decide(state: &State, actor: &Actor, intent: &Intent) -> Result<Decision, Refusal> {
    if state.opened().is_none() {
        return Err(Refusal::NotOpened);
    }
    match intent {
        Intent::Visit { units, on, topics, note, problem, amends } => {
            visit::decide(state, actor, &visit::Visited { units, on: *on, topics, note, problem, amends })
        }
        Intent::Session { .. } => session::decide(state, actor, intent),
        Intent::Done { duty, grid, units, on, note } => {
            done::decide(state, actor, &done::DoneWhat { duty, grid: *grid, units, on: *on, note })
        }
        Intent::Withdraw { target, reason } => withdraw::decide(state, actor, target, reason),
        Intent::CloseProblem { visit, on, note } => problem::decide(state, actor, *visit, *on, note),
        Intent::Appoint { node, post, name, phone, from } => {
            appoint::decide(state, actor, &appoint::Appointed { node: *node, post: *post, name, phone, from: *from })
        }
        Intent::Place { units, grid, from } => placement::decide(state, actor, units, *grid, *from),
        Intent::Regroup(regroup) => regroup::decide(state, actor, regroup),
    }
}

/// The duties at `node` that a record of this kind counts for, by their place in the pack.
fn counts_for(state: &State, node: NodeIx, what: What) -> Vec<usize> {
    let row = state.org().node(node);
    let duties = state.pack().duties.iter().enumerate();
    duties.filter(|(own, duty)| duty.applies_to(row) && duty.fed_by(what, *own)).map(|(own, _)| own).collect()
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
        return Err(Refusal::NotAGrid(node.name.clone()));
    }
    if !node.exists_on(on) {
        return Err(Refusal::NoSuchGrid(node.name.clone(), on));
    }
    Ok(())
}
