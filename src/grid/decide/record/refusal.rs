//! Why a form can't be recorded: one sentence each, naming the field.
use chrono::NaiveDate;

use crate::grid::{
    record::{Form, answering, matter_name},
    state::MatterKind,
};
use crate::words::{t, word};

/// Why a form as it was filled in can't be recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordRefusal {
    /// A field must be filled in.
    #[error("{}", t!("refused.record.missing", field = .0, example = .1))]
    Missing(&'static str, String),
    /// The form has no such field.
    #[error("{}", t!("refused.record.no_such_field", form = .0, field = .1))]
    NoSuchField(&'static str, String),
    /// The value is of another kind than the field.
    #[error("{}", t!("refused.record.other_input", field = .0, example = .1))]
    OtherInput(&'static str, String),
    /// The text is too long.
    #[error("{}", t!("refused.record.too_long", field = .0, most = .1))]
    TooLong(&'static str, usize),
    /// The number is too small or too large.
    #[error("{}", t!("refused.record.out_of_range", field = .0, least = .1, most = .2, measure = .3, found = .4))]
    OutOfRange(&'static str, i64, i64, &'static str, i64),
    /// No such choice.
    #[error("{}", t!("refused.record.no_such_choice", field = .0, choice = .1, known = .2))]
    NoSuchChoice(&'static str, String, String),
    /// The period can't be read or is of another length.
    #[error("{}", t!("refused.record.no_such_period", field = .0, period = .1, usual = .2))]
    NoSuchPeriod(&'static str, String, String),
    /// The period begins after the day of the record.
    #[error("{}", t!("refused.record.period_ahead", field = .0, period = .1, day = .2))]
    PeriodAhead(&'static str, String, NaiveDate),
    /// The deadline lies before the record.
    #[error("{}", t!("refused.record.past_deadline", field = .0, deadline = .1, day = .2))]
    PastDeadline(&'static str, NaiveDate, NaiveDate),
    /// The node is not known, or did not exist.
    #[error("{}", t!("refused.record.no_such_node", field = .0, node = .1))]
    NoSuchNode(&'static str, String),
    /// Several nodes have the name.
    #[error("{}", t!("refused.record.several_nodes", field = .0, node = .1))]
    SeveralNodes(&'static str, String),
    /// The person is not known.
    #[error("{}", t!("refused.record.no_such_person", field = .0, person = .1))]
    NoSuchPerson(&'static str, String),
    /// Several people have the name.
    #[error("{}", t!("refused.record.several_people", field = .0, person = .1))]
    SeveralPeople(&'static str, String),
    /// A person stands on the roster twice.
    #[error("{}", t!("refused.record.twice", field = .0, person = .1))]
    Twice(&'static str, String),
    /// The pack has no such checklist for this form.
    #[error("{}", t!("refused.record.no_such_checklist", list = .0, known = .1))]
    NoSuchChecklist(String, String),
    /// The checklist has no such item.
    #[error("{}", t!("refused.record.no_such_item", list = .0, item = .1))]
    NoSuchItem(String, String),
    /// A line of resolutions can't be read.
    #[error("{}", t!("refused.record.task_line", field = .0, line = .1))]
    TaskLine(&'static str, String),
    /// The form is about a unit.
    #[error("{}", t!("refused.record.no_unit", form = .0))]
    NoUnit(&'static str),
    /// The form is not about a unit.
    #[error("{}", t!("refused.record.unit_not_asked", form = .0))]
    UnitNotAsked(&'static str),
    /// The form answers something.
    #[error("{}", t!("refused.record.no_matter", form = .0))]
    NoMatter(&'static str),
    /// What is answered is not there.
    #[error("{}", t!("refused.record.no_such_matter"))]
    NoSuchMatter,
    /// The form does not answer that.
    #[error("{}", t!("refused.record.other_matter", form = .0, matter = .1, known = .2))]
    OtherMatter(&'static str, &'static str, String),
    /// The form is no part of that.
    #[error("{}", t!("refused.record.no_part_of", form = .0))]
    NoPartOf(&'static str),
    /// It is settled already.
    #[error("{}", t!("refused.record.settled", matter = .0))]
    Settled(String),
    /// It lies before what it answers.
    #[error("{}", t!("refused.record.before_it", matter = .0, day = .1))]
    BeforeIt(String, NaiveDate),
    /// Parts of it are open.
    #[error("{}", t!("refused.record.open_parts", matter = .0, n = .1, open = .2))]
    OpenParts(String, usize, String),
    /// Another form comes first.
    #[error("{}", t!("refused.record.too_soon", matter = .0, form = .1))]
    TooSoon(String, &'static str),
    /// The last word on it says that it may not go on.
    #[error("{}", t!("refused.record.not_after", matter = .0, kind = .1))]
    NotAfter(String, &'static str),
    /// The node is not assessed by that.
    #[error("{}", t!("refused.record.no_such_criterion", node = .0, criterion = .1, known = .2))]
    NoSuchCriterion(String, String, String),
    /// Nothing is confirmed that could be reported.
    #[error("{}", t!("refused.record.nothing_confirmed", node = .0, period = .1))]
    NothingConfirmed(String, String),
    /// What was sent up is taken already.
    #[error("{}", t!("refused.record.accepted", node = .0, period = .1))]
    Accepted(String, String),
    /// A task goes down the tree.
    #[error("{}", t!("refused.record.not_below", node = .0, giver = .1))]
    NotBelow(String, String),
    /// A corrected task stays where it is.
    #[error("{}", t!("refused.record.task_stays"))]
    TaskStays,
    /// A grid reviews another one, not itself.
    #[error("{}", t!("refused.record.with_itself"))]
    WithItself,
    /// The pairs rotate.
    #[error("{}", t!("refused.record.same_partner", grid = .0, partner = .1))]
    SamePartner(String, String),
    /// Only nodes of the same level review each other.
    #[error("{}", t!("refused.record.no_peer", grid = .0, partner = .1))]
    NoPeer(String, String),
    /// It was recorded already.
    #[error("{}", t!("refused.record.already", what = .0, form = .1))]
    Already(String, &'static str),
}

impl RecordRefusal {
    /// A form that does not answer matters of this kind.
    pub(in crate::grid::decide) fn other_matter(form: &'static Form, kind: MatterKind) -> RecordRefusal {
        let known: Vec<_> = answering(kind).map(|form| form.name()).collect();
        RecordRefusal::OtherMatter(form.name(), matter_name(kind), known.join(word("word.list")))
    }
}

impl RecordRefusal {
    /// The label of the field that it is about, where it is about one.
    pub fn label(&self) -> Option<&'static str> {
        match self {
            RecordRefusal::Missing(label, _)
            | RecordRefusal::OtherInput(label, _)
            | RecordRefusal::TooLong(label, _)
            | RecordRefusal::OutOfRange(label, ..)
            | RecordRefusal::NoSuchChoice(label, ..)
            | RecordRefusal::NoSuchPeriod(label, ..)
            | RecordRefusal::PeriodAhead(label, ..)
            | RecordRefusal::PastDeadline(label, ..)
            | RecordRefusal::NoSuchNode(label, _)
            | RecordRefusal::SeveralNodes(label, _)
            | RecordRefusal::NoSuchPerson(label, _)
            | RecordRefusal::SeveralPeople(label, _)
            | RecordRefusal::Twice(label, _)
            | RecordRefusal::TaskLine(label, _) => Some(label),
            RecordRefusal::WithItself | RecordRefusal::SamePartner(..) | RecordRefusal::NoPeer(..) => {
                Some(word("form.review.partner.label"))
            }
            RecordRefusal::NotBelow(..) | RecordRefusal::TaskStays => Some(word("form.task.to.label")),
            RecordRefusal::NoSuchCriterion(..) => Some(word("form.score.criterion.label")),
            RecordRefusal::NoSuchItem(..) => Some(word("form.checklist.items.label")),
            RecordRefusal::NoSuchChecklist(..) => Some(word("form.checklist.kind.label")),
            _ => None,
        }
    }
}
