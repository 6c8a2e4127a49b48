//! Refusals: why something can't be recorded.
use chrono::NaiveDate;

use super::{HandoverRefusal, RecordRefusal, RegroupRefusal, rights::Denied};
use crate::grid::fact::FactId;
use crate::grid::plan::partition::PlanError;
use crate::words::t;

/// Why something can't be recorded: one sentence with what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The day has not come yet.
    #[error("{}", t!("refused.future", day = .0))]
    Future(NaiveDate),
    /// Nothing was chosen.
    #[error("{}", t!("refused.nobody"))]
    Nobody,
    /// All units have the record already.
    #[error("{}", t!("refused.already_visited", unit = .0, day = .1))]
    AlreadyVisited(String, NaiveDate),
    /// The duty was recorded already.
    #[error("{}", t!("refused.already_done", unit = .0, day = .1, duty = .2))]
    AlreadyDone(String, NaiveDate, String),
    /// The unit belonged to no grid on that day.
    #[error("{}", t!("refused.unplaced", unit = .0, day = .1))]
    Unplaced(String, NaiveDate),
    /// The unit belongs to another grid.
    #[error("{}", t!("refused.elsewhere", unit = .0, day = .1, grid = .2))]
    Elsewhere(String, NaiveDate, String),
    /// The grid did not exist on that day.
    #[error("{}", t!("refused.no_such_grid", node = .0, day = .1))]
    NoSuchGrid(String, NaiveDate),
    /// Not a grid.
    #[error("{}", t!("refused.not_a_grid", node = .0, level = .1))]
    NotAGrid(String, String),
    /// A session needs a topic.
    #[error("{}", t!("refused.no_topic"))]
    NoTopic,
    /// A person on the roster is not known.
    #[error("{}", t!("refused.unknown_person", person = .0))]
    UnknownPerson(String),
    /// The pack has no such duty, or not at this node.
    #[error("{}", t!("refused.no_such_duty", node = .1, duty = .0, usable = .2))]
    NoSuchDuty(String, String, String),
    /// The duty is closed by other records.
    #[error("{}", t!("refused.closed_by_others", duty = .0, closers = .1))]
    ClosedByOthers(String, String),
    /// The record is withdrawn already or can't be withdrawn.
    #[error("{}", t!("refused.already_withdrawn"))]
    AlreadyWithdrawn,
    /// Records of the organisation are corrected by a new record.
    #[error("{}", t!("refused.not_withdrawable"))]
    NotWithdrawable,
    /// Grids are changed by another change, not taken back.
    #[error("{}", t!("refused.grids_stay", what = .0))]
    GridsStay(String),
    /// The unit was moved again since.
    #[error("{}", t!("refused.moved_since", unit = .0))]
    MovedSince(String),
    /// Something was recorded for the unit in the grid since.
    #[error("{}", t!("refused.used_since", unit = .0, grid = .1))]
    UsedSince(String, String),
    /// A withdrawal can't be withdrawn.
    #[error("{}", t!("refused.withdraws_already"))]
    WithdrawsAlready,
    /// What is corrected is of another kind.
    #[error("{}", t!("refused.other_kind"))]
    OtherKind,
    /// No such open problem.
    #[error("{}", t!("refused.no_such_problem"))]
    NoSuchProblem,
    /// The store is not open.
    #[error("{}", t!("refused.not_opened"))]
    NotOpened,
    /// A name is missing.
    #[error("{}", t!("refused.no_name"))]
    NoName,
    /// Several people share the name.
    #[error("{}", t!("refused.several_of_that_name", name = .0))]
    SeveralOfThatName(String),
    /// They hold the post already.
    #[error("{}", t!("refused.holds_already", person = .0, node = .1, post = .2))]
    HoldsAlready(String, String, String),
    /// There is no such form.
    #[error("{}", t!("refused.no_such_form", form = .0))]
    NoSuchForm(String),
    /// No such duty at the node.
    #[error("{}", t!("refused.no_duty_to_exempt", node = .1, duty = .0))]
    NoDutyToExempt(String, String),
    /// The period is none of the duty's.
    #[error("{}", t!("refused.no_such_period", duty = .1, period = .0, usual = .2))]
    NoSuchPeriod(String, String, String),
    /// A reason is missing.
    #[error("{}", t!("refused.no_reason"))]
    NoReason,
    /// The approver is not known.
    #[error("{}", t!("refused.unknown_approver", person = .0))]
    UnknownApprover(String),
    /// The approver has no right to it.
    #[error("{}", t!("refused.may_not_approve", person = .0, node = .1, upper = .2))]
    MayNotApprove(String, String, String),
    /// It is exempt already.
    #[error("{}", t!("refused.exempt_already", node = .0, period = .1, duty = .2))]
    ExemptAlready(String, String, String),
    /// Today is not over.
    #[error("{}", t!("refused.locks_today", day = .0))]
    LocksToday(NaiveDate),
    /// It is locked already.
    #[error("{}", t!("refused.locked_already", node = .0, day = .1))]
    LockedAlready(String, NaiveDate),
    /// There is nothing to except from.
    #[error("{}", t!("refused.not_locked", node = .0, day = .1))]
    NotLocked(String, NaiveDate),
    /// The exception lets nothing through.
    #[error("{}", t!("refused.empty_exception", from = .0, through = .1, until = .2))]
    EmptyException(NaiveDate, NaiveDate, NaiveDate),
    /// The day is locked.
    #[error("{}", t!("refused.locked", day = .0, through = .1, node = .2))]
    Locked(NaiveDate, NaiveDate, String),
    /// The unit is there already.
    #[error("{}", t!("refused.already_there", unit = .0, grid = .1))]
    AlreadyThere(String, String),
    /// There is no partition to apply.
    #[error("{0}")]
    Plan(#[from] PlanError),
    /// The roster or the grids are no longer those that the proposal was made for.
    #[error("{}", t!("refused.plan_outdated", town = .0))]
    PlanOutdated(String),
    /// Today's grids are the proposed ones.
    #[error("{}", t!("refused.plan_changes_nothing", town = .0))]
    PlanChangesNothing(String),
    /// The grids can't be changed that way.
    #[error("{0}")]
    Regroup(#[from] RegroupRefusal),
    /// The post can't be handed over that way.
    #[error("{0}")]
    Handover(#[from] HandoverRefusal),
    /// A right is missing.
    #[error("{0}")]
    Denied(#[from] Denied),
    /// A term that ends before it begins.
    #[error("{}", t!("refused.empty_term", from = .0))]
    EmptyTerm(NaiveDate),
    /// The person is not on the roster.
    #[error("{}", t!("refused.no_such_person", person = .0))]
    NoSuchPerson(String),
    /// Not a name that a Unix user can have.
    #[error("{}", t!("refused.bad_login", login = .0))]
    BadLogin(String),
    /// The login is that person's already, or closed already.
    #[error("{}", t!("refused.login_so_already", login = .0))]
    LoginSoAlready(String),
    /// The login is another person's.
    #[error("{}", t!("refused.login_taken", login = .0, person = .1))]
    LoginTaken(String, String),
    /// The device is enrolled already.
    #[error("{}", t!("refused.enrolled_already", device = .0, person = .1))]
    EnrolledAlready(String, String),
    /// No such device was enrolled.
    #[error("{}", t!("refused.no_such_device", device = .0))]
    NoSuchDevice(String),
    /// The device's facts do not count from an earlier moment on already.
    #[error("{}", t!("refused.revoked_already", device = .0))]
    RevokedAlready(String),
    /// Nothing is held under this name.
    #[error("{}", t!("refused.not_held", fact = .0))]
    NotHeld(FactId),
    /// It was settled that way before.
    #[error("{}", t!("refused.settled_so"))]
    SettledSo,
    /// A ruling on a ruling goes no deeper.
    #[error("{}", t!("refused.ruling_on_ruling", fact = .0))]
    RulingOnRuling(FactId),
    /// Nobody decides about what they recorded themselves.
    #[error("{}", t!("refused.own_held"))]
    OwnHeld,
    /// A form can't be recorded as it was filled in.
    #[error("{0}")]
    Record(#[from] RecordRefusal),
}
