//! Forms: what can be recorded beyond visits and sessions, as data that the command line, the screen and the rules share.
//!
//! A form says what it is about, which fields it has, whether its record starts a clock or answers one, and what of it
//! the rules read. The command `wangge record FORM`, the generic form on the screen and the checks are made from it. To
//! add one: a file with a `pub(super) const`, and its line in [`FORMS`].
mod checklist;
mod field;
mod funds;
mod ledger;
mod meeting;
mod need;
mod problem;
mod report;
mod returns;
mod review;
mod score;
mod staff;
mod task;
#[cfg(test)]
mod tests;

pub use field::{Choice, Field, Input, Required};

use super::{decide::rights::Right, state::MatterKind};
use crate::words::{Language, word, word_in};

/// The forms that this build knows. A form's place is its number inside the state.
pub static FORMS: &[&Form] = &[
    &meeting::MEETING,
    &meeting::HEARING,
    &meeting::STUDY,
    &task::TASK,
    &task::PROGRESS,
    &task::INSTRUCTION,
    &report::REPORT,
    &returns::RETURN,
    &ledger::LEDGER,
    &review::REVIEW,
    &review::FINDING,
    &review::FIX,
    &problem::FOLLOW,
    &staff::CHANGE,
    &staff::FILING,
    &staff::STAFFING,
    &staff::EDUCATION,
    &need::NEED,
    &need::FEEDBACK,
    &need::QUESTION,
    &need::ANSWER,
    &checklist::CHECKLIST,
    &checklist::UNIT_CHECKLIST,
    &checklist::PROMISE,
    &funds::BUDGET,
    &funds::SPENDING,
    &score::SCORE,
    &score::SCORE_REVIEW,
    &score::SCORE_CONFIRM,
    &score::STAR,
    &score::SCORE_REPORT,
    &score::SCORE_ANSWER,
];

/// A form.
#[derive(Debug)]
pub struct Form {
    /// The id that commands, packs and facts use, for example `meeting`.
    pub id: &'static str,
    /// What a record is about.
    pub about: About,
    /// The fields in the order in which they are asked for. The choices of a field with the key `kind` are kinds that
    /// a duty can name as evidence: `meeting/analysis`.
    pub fields: &'static [Field],
    /// How its record starts a clock that runs until it is answered.
    pub opens: Option<Opens>,
    /// Which clocks its record answers.
    pub answers: &'static [Answers],
    /// The forms whose records its own can be a part of: the task that was split.
    pub part_of: &'static [&'static str],
    /// The fields that make two records about the same unit or node the same one, which is not recorded twice: `kind`,
    /// the period, or fields among the readings. Empty where it is recorded as often as it happens.
    pub once: &'static [&'static str],
    /// The fields whose newest values monitors read, in this order: numbers as they are, flags as 0 and 1, a checklist
    /// as the number of its items that are in order, text as a number that stands for it (0 where there is none).
    pub readings: &'static [&'static str],
    /// The day field with its own deadline: handed in by then it is on time, whenever that was entered (报表).
    pub timely: Option<&'static str>,
    /// The number field that duties with `least` add up, for example hours of education.
    pub amount: Option<&'static str>,
    /// The right that its record asks for: [`Right::Record`] but for those that are for the node itself or for the one
    /// above alone.
    pub right: Right,
}

/// A form about the node that only says what happened: what the others differ from.
const PLAIN: Form = Form {
    id: "",
    about: About::Node,
    fields: &[],
    opens: None,
    answers: &[],
    part_of: &[],
    once: &[],
    readings: &[],
    timely: None,
    amount: None,
    right: Right::Record,
};

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The node where it is recorded.
    Node,
    /// A unit of the grid where it is recorded.
    Unit,
    /// A unit of the grid where it is recorded, where one is named; else the node.
    Either,
    /// An earlier record that it answers; it is recorded at that one's node.
    Matter,
}

/// How a record starts a clock.
#[derive(Debug)]
pub struct Opens {
    /// The text field that says in short what is to be done.
    pub title: &'static str,
    /// The day field that sets the deadline, where there is one; else the duty's working days do.
    pub due: Option<&'static str>,
    /// The choice field that says which post must answer, where there is one.
    pub post: Option<&'static str>,
    /// The flag fields of which one must say no for a clock to start, where any decide it: a ledger that agrees starts
    /// none.
    pub unless: &'static [&'static str],
}

/// Which clocks a record answers.
#[derive(Debug)]
pub struct Answers {
    /// The form whose records it answers; `problem` for problems found on visits.
    pub form: &'static str,
    /// The choices of its field `kind` that stop the clock; empty where every record does. Other choices are steps on
    /// the way (签收, 跟进).
    pub finally: &'static [&'static str],
    /// The form whose record must have come before it, where one must (复核 before 审定).
    pub after: Option<&'static str>,
    /// The kinds of that record which, as the last word on what is answered, do not let it go on (退回).
    pub unless: &'static [&'static str],
}

/// An answer that stops the clock with these kinds, or with any where none are named.
const fn answers(form: &'static str, finally: &'static [&'static str]) -> Answers {
    Answers { form, finally, after: None, unless: &[] }
}

/// The form with this id, with its place in [`FORMS`].
pub fn form(id: &str) -> Option<(usize, &'static Form)> {
    FORMS.iter().enumerate().find(|(_, form)| form.id == id).map(|(i, form)| (i, *form))
}

/// The id by which forms name what they answer: that of the form that started it, `problem` for problems found on
/// visits, `change` for changes of staff that the organisation's own records tell of.
pub fn started_by(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Problem => "problem",
        MatterKind::Change => "change",
        MatterKind::Form(form) => FORMS.get(usize::from(form)).map_or("", |form| form.id),
    }
}

/// What people call what started a matter.
pub fn matter_name(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::Problem => word("word.visit_problem"),
        MatterKind::Change => staff::CHANGE.name(),
        MatterKind::Form(form) => FORMS.get(usize::from(form)).map_or_else(|| word("word.unknown"), |form| form.name()),
    }
}

/// The forms that answer a matter of this kind, in the order of [`FORMS`].
pub fn answering(kind: MatterKind) -> impl Iterator<Item = &'static Form> {
    let id = started_by(kind);
    FORMS.iter().copied().filter(move |form| form.answer_to(id).is_some())
}

impl Form {
    /// What people call it, for example 会议.
    pub fn name(&self) -> &'static str {
        self.name_in(Language::spoken())
    }

    /// [`Form::name`] in a language.
    pub fn name_in(&self, language: Language) -> &'static str {
        word_in(language, &format!("form.{}.name", self.id))
    }

    /// One sentence that says what it is for.
    pub fn help(&self) -> &'static str {
        self.help_in(Language::spoken())
    }

    /// [`Form::help`] in a language.
    pub fn help_in(&self, language: Language) -> &'static str {
        word_in(language, &format!("form.{}.help", self.id))
    }

    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// Whether its records name nodes beside the one at which they stand: to whom something is given, with whom it was done.
    pub fn names_nodes(&self) -> bool {
        self.fields.iter().any(|field| field.input.is_node())
    }

    /// The field that says for which period a record is, where there is one.
    pub fn period(&self) -> Option<&'static Field> {
        self.fields.iter().find(|field| matches!(field.input, Input::Period(_)))
    }

    /// The choices of the field `kind`.
    pub fn kinds(&self) -> &'static [Choice] {
        match self.field("kind").map(|field| field.input) {
            Some(Input::Choice(choices)) => choices,
            _ => &[],
        }
    }

    /// The place of a kind among [`Form::kinds`].
    pub fn kind_number(&self, id: &str) -> Option<usize> {
        self.kinds().iter().position(|choice| choice.id == id)
    }

    /// How it answers what the form of this id started; none where it does not.
    pub fn answer_to(&self, id: &str) -> Option<&'static Answers> {
        self.answers.iter().find(|answers| answers.form == id)
    }
}

impl Answers {
    /// Whether a record of this kind stops the clock.
    pub fn closes(&self, kind: &str) -> bool {
        self.finally.is_empty() || self.finally.contains(&kind)
    }
}
