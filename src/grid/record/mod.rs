//! Forms: what can be recorded beyond visits and sessions, as data that the command line, the screen and the rules share.
//!
//! A form says what it is about, which fields it has, whether its record starts a clock or answers one, and what of it
//! the rules read. The command `wangge record FORM`, the generic form on the screen and the checks are made from it. To
//! add one: a file with a `pub(super) const`, and its line in [`FORMS`].
mod meeting;
mod stub;

use super::calendar::Cadence;

/// The forms that this build knows. A form's place is its number inside the state.
pub static FORMS: &[&Form] = &{
    let mut all = [&meeting::MEETING; 29];
    let mut i = 0;
    while i < stub::FORMS.len() {
        all[i + 1] = stub::FORMS[i];
        i += 1;
    }
    all
};

/// A form.
#[derive(Debug)]
pub struct Form {
    /// The id that commands, packs and facts use, for example `meeting`.
    pub id: &'static str,
    /// What people call it, for example 会议.
    pub name: &'static str,
    /// One sentence that says what it is for.
    pub help: &'static str,
    /// What a record is about.
    pub about: About,
    /// The fields in the order in which they are asked for. The choices of a field with the key `kind` are kinds that
    /// a duty can name as evidence: `meeting/analysis`.
    pub fields: &'static [Field],
    /// How its record starts a clock that runs until it is answered.
    pub opens: Option<Opens>,
    /// Which clocks its record answers.
    pub answers: &'static [Answers],
    /// The fields whose newest values monitors read, in this order: numbers as they are, flags as 0 and 1, a checklist
    /// as the number of its items that are in order.
    pub readings: &'static [&'static str],
    /// The day field with its own deadline: handed in by then it is on time, whenever that was entered (报表).
    pub timely: Option<&'static str>,
    /// The number field that duties with `least` add up, for example hours of education.
    pub amount: Option<&'static str>,
}

/// What a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The node where it is recorded.
    Node,
    /// A unit of the grid where it is recorded.
    Unit,
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
    /// The flag field that must say no (or the number field that must not be 0) for a clock to start, where one
    /// decides it: a ledger that agrees starts none.
    pub unless: Option<&'static str>,
}

/// Which clocks a record answers.
#[derive(Debug)]
pub struct Answers {
    /// The form whose records it answers; `problem` for problems found on visits.
    pub form: &'static str,
    /// The choices of its field `kind` that stop the clock; empty where every record does. Other choices are steps on
    /// the way (签收, 跟进).
    pub finally: &'static [&'static str],
}

/// One field of a form.
#[derive(Debug)]
pub struct Field {
    /// The key in the fact, on the command line (`--key`) and in `--json`.
    pub key: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// An example of what to write.
    pub example: &'static str,
    /// What is asked for.
    pub input: Input,
    /// When it must be filled in.
    pub required: Required,
}

/// When a field must be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// Always.
    Always,
    /// Never.
    No,
    /// When this flag field says no, for example the explanation of a difference.
    Unless(&'static str),
    /// When the field has this choice.
    When(&'static str, &'static str),
}

/// What a field asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// One line of text.
    Text,
    /// Several lines of text.
    Lines,
    /// A whole number of this measure, from least to most.
    Number {
        /// 人, 分, 小时.
        measure: &'static str,
        /// The least that is taken.
        least: i64,
        /// The most that is taken.
        most: i64,
    },
    /// An amount in 元, kept in 分.
    Money,
    /// A day, past or future.
    Day,
    /// The period that it is for (所属期): the record counts there, whenever it was made.
    Period(Cadence),
    /// One of these.
    Choice(&'static [Choice]),
    /// Yes or no.
    Flag,
    /// The items of one of the pack's checklists, by its id, that are in order; the id is the choice of the field
    /// `kind`.
    Checklist,
    /// A node of the tree.
    Node,
    /// Several nodes of the tree.
    Nodes,
    /// A person.
    Person,
    /// Who took part, and how; filled in with those who hold a post at the node.
    Attendance,
    /// Resolutions that become tasks, one a line: 事项 | 承办 | 期限.
    Tasks,
}

/// One choice of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id in facts and on the command line.
    pub id: &'static str,
    /// What people read.
    pub label: &'static str,
}

/// The form with this id, with its place in [`FORMS`].
pub fn form(id: &str) -> Option<(usize, &'static Form)> {
    FORMS.iter().enumerate().find(|(_, form)| form.id == id).map(|(i, form)| (i, *form))
}

impl Form {
    /// The field with this key.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
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
}
