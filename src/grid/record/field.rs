//! Fields of forms: what is asked for, and when it must be filled in.
use crate::{
    grid::calendar::Cadence,
    words::{Language, word, word_in},
};

/// One field of a form.
#[derive(Debug)]
pub struct Field {
    /// The key in the fact, on the command line (`--key`) and in `--json`.
    pub key: &'static str,
    /// The form whose words it has.
    pub form: &'static str,
    /// What is asked for.
    pub input: Input,
    /// When it must be filled in.
    pub required: Required,
}

/// A field that may stay empty.
pub(super) const fn may(form: &'static str, key: &'static str, input: Input) -> Field {
    Field { form, key, input, required: Required::No }
}

/// A field that must be filled in.
pub(super) const fn must(form: &'static str, key: &'static str, input: Input) -> Field {
    Field { form, key, input, required: Required::Always }
}

/// The remarks that most forms end with.
pub(super) const NOTE: Field = may("any", "note", Input::Lines);

/// When a field must be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// Always.
    Always,
    /// Never.
    No,
    /// Unless all of these flag fields say yes, for example the explanation of a difference.
    Unless(&'static [&'static str]),
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
        /// The id of 人, 分, 小时 among the words; see [`Input::measure`].
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
    /// A day by which something must be done; not before the day of the record.
    Deadline,
    /// The period that it is for (所属期), of one of these lengths, the most usual first: the record counts there,
    /// whenever it was made.
    Period(&'static [Cadence]),
    /// One of these.
    Choice(&'static [Choice]),
    /// Yes or no.
    Flag,
    /// Which of the pack's checklists; those about units where the form is about a unit.
    ChecklistId,
    /// The items of one of the pack's checklists, by its id, that are in order; the id is the choice of the field
    /// `kind`.
    Checklist,
    /// Which of the pack's criteria of assessment; of those that the node has.
    CriterionId,
    /// A node of the tree.
    Node,
    /// Several nodes of the tree.
    Nodes,
    /// A person.
    Person,
    /// Several people who came along and did it too (同行).
    People,
    /// Who took part, and how; filled in with those who hold a post at the node.
    Attendance,
    /// Resolutions that become tasks, one a line: 事项 | 承办 | 期限; the deadline may be left out.
    Tasks,
}

/// One choice of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The id in facts and on the command line.
    pub id: &'static str,
    /// Where its words are.
    of: &'static str,
}

/// Choices by their ids; the words of each are at `of.id`.
pub(super) const fn choices<const N: usize>(of: &'static str, ids: [&'static str; N]) -> [Choice; N] {
    let mut out = [Choice { id: "", of }; N];
    let mut i = 0;
    while i < N {
        out[i].id = ids[i];
        i += 1;
    }
    out
}

impl Choice {
    /// What people read.
    pub fn label(&self) -> &'static str {
        self.label_in(Language::spoken())
    }

    /// What people read in a language.
    pub fn label_in(&self, language: Language) -> &'static str {
        word_in(language, &format!("{}.{}", self.of, self.id))
    }

    /// Whether people mean it: by its id, or by its words in any language.
    pub fn is_called(&self, text: &str) -> bool {
        self.id == text || Language::ALL.into_iter().any(|language| self.label_in(language) == text)
    }
}

impl Field {
    /// What people call it.
    pub fn label(&self) -> &'static str {
        self.label_in(Language::spoken())
    }

    /// [`Field::label`] in a language.
    pub fn label_in(&self, language: Language) -> &'static str {
        word_in(language, &format!("form.{}.{}.label", self.form, self.key))
    }

    /// An example of what to write; empty where the input says it all.
    pub fn example(&self) -> &'static str {
        self.example_in(Language::spoken())
    }

    /// [`Field::example`] in a language.
    pub fn example_in(&self, language: Language) -> &'static str {
        match self.input {
            Input::Flag | Input::Attendance | Input::Checklist | Input::ChecklistId | Input::CriterionId => "",
            _ => word_in(language, &format!("form.{}.{}.example", self.form, self.key)),
        }
    }
}

impl Input {
    /// Whether its value names a node, or several.
    pub fn is_node(self) -> bool {
        matches!(self, Input::Node | Input::Nodes)
    }

    /// Whether its value is text that somebody writes.
    pub fn is_prose(self) -> bool {
        matches!(self, Input::Text | Input::Lines)
    }

    /// What numbers of it count: 人, 分, 学时; empty where they count nothing.
    pub fn measure(self) -> &'static str {
        match self {
            Input::Number { measure, .. } => word(&format!("measure.{measure}")),
            _ => "",
        }
    }
}
