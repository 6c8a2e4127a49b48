//! Why a post can't be handed over that way.
use chrono::NaiveDate;

use crate::grid::fact::HandoverAnswer;
use crate::words::t;

/// Why a handover is not offered, or not answered: one sentence with what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandoverRefusal {
    /// Nobody said who acts, so that nobody would have signed.
    #[error("{}", t!("refused.handover.who"))]
    Who,
    /// The node is closed, or not founded, on that day.
    #[error("{}", t!("refused.handover.closed", node = .0, day = .1, next = .2))]
    Closed(String, NaiveDate, String),
    /// Nobody holds the post.
    #[error("{}", t!("refused.handover.no_holder", node = .0, post = .1, helper = .2))]
    NoHolder(String, String, String),
    /// Several hold it, and nobody said whose is handed over.
    #[error("{}", t!("refused.handover.several", node = .0, post = .1, names = .2))]
    Several(String, String, String),
    /// That person does not hold it.
    #[error("{}", t!("refused.handover.not_holder", person = .0, node = .1, post = .2, holders = .3))]
    NotHolder(String, String, String, String),
    /// They only stand in, or their term ends by itself.
    #[error("{}", t!("refused.handover.ends", person = .0, day = .1, helper = .2))]
    Ends(String, NaiveDate, String),
    /// The day is past.
    #[error("{}", t!("refused.handover.past", day = .0, today = .1))]
    Past(NaiveDate, NaiveDate),
    /// Who leaves and who comes are one.
    #[error("{}", t!("refused.handover.same", person = .0))]
    Same(String),
    /// The successor would sign for both.
    #[error("{}", t!("refused.handover.both_sides", person = .0, helper = .1))]
    BothSides(String, String),
    /// The statistician of a unit is followed by one of the same unit.
    #[error("{}", t!("refused.handover.other_unit", person = .0, unit = .1))]
    OtherUnit(String, String),
    /// Somebody above who offers for who has left says why.
    #[error("{}", t!("refused.handover.why", person = .0))]
    Why(String),
    /// It is offered already.
    #[error("{}", t!("refused.handover.offered", node = .0, post = .1, person = .2, day = .3))]
    Offered(String, String, String, NaiveDate),
    /// There is no such offer.
    #[error("{}", t!("refused.handover.none"))]
    NoSuch,
    /// It was answered.
    #[error("{}", t!("refused.handover.answered", person = .0, day = .1, what = .2.label()))]
    Answered(String, NaiveDate, HandoverAnswer),
    /// Only who is to take over answers.
    #[error("{}", t!("refused.handover.not_yours", person = .0))]
    NotYours(String),
    /// Only who leaves, who offered or somebody above takes it back.
    #[error("{}", t!("refused.handover.not_yours_to_take_back", person = .0, helper = .1))]
    NotYoursToTakeBack(String, String),
    /// Who leaves no longer holds the post.
    #[error("{}", t!("refused.handover.void", person = .0, node = .1, post = .2))]
    Void(String, String, String),
}
