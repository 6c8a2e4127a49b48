//! Working lists: the units at a node and below it that fit what somebody wrote down, with the columns they want.
mod column;
mod file;
mod fit;
mod listing;

use serde::{Deserialize, Serialize};

pub use self::{
    column::Column,
    file::{ListFault, Lists},
};
use crate::{grid::org::Sector, words::t};

/// What a list is of. Everything that is left open fits every unit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WorkingList {
    /// What people call it.
    pub name: String,
    /// What the name, the contact, the code or the telephone number holds, as it is typed into a filter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// When it was visited.
    #[serde(skip_serializing_if = "is_default")]
    pub visited: Visited,
    /// What problems it has.
    #[serde(skip_serializing_if = "is_default")]
    pub problem: Problem,
    /// Whether it owes a record whose period is over.
    #[serde(skip_serializing_if = "is_default")]
    pub overdue: bool,
    /// What it is surveyed as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sector: Option<Sector>,
    /// The beginning of its 行业代码, or a part of the industry's name, as it is typed into a filter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub industry: String,
    /// A part of the township's name, as it is typed into a filter.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub town: String,
    /// What is shown beside the name.
    pub columns: Vec<Column>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// When a unit was visited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visited {
    /// At any time or never.
    #[default]
    Any,
    /// Never.
    Never,
    /// Not in the running month.
    NotThisMonth,
    /// Not within the last 90 days.
    NotForLong,
    /// In the running month.
    ThisMonth,
}

/// What problems a unit has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Problem {
    /// Some or none.
    #[default]
    Any,
    /// At least one is open.
    Open,
    /// At least one is open whose day of review is over.
    Overdue,
}

impl Visited {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Visited; 5] =
        [Visited::Any, Visited::Never, Visited::NotThisMonth, Visited::NotForLong, Visited::ThisMonth];

    /// What people call it.
    pub fn label(self) -> String {
        let word = match self {
            Visited::Any => t!("lists.any"),
            Visited::Never => t!("lists.never"),
            Visited::NotThisMonth => t!("lists.not_this_month"),
            Visited::NotForLong => t!("lists.not_for_long"),
            Visited::ThisMonth => t!("lists.this_month"),
        };
        word.into_owned()
    }
}

impl Problem {
    /// All of them, in the order in which a form offers them.
    pub const ALL: [Problem; 3] = [Problem::Any, Problem::Open, Problem::Overdue];

    /// What people call it.
    pub fn label(self) -> String {
        let word = match self {
            Problem::Any => t!("lists.any"),
            Problem::Open => t!("lists.problem_open"),
            Problem::Overdue => t!("lists.problem_overdue"),
        };
        word.into_owned()
    }
}

impl WorkingList {
    /// A list of everything, with the usual columns.
    pub fn new(name: impl Into<String>) -> WorkingList {
        WorkingList { name: name.into(), columns: Column::USUAL.to_vec(), ..WorkingList::default() }
    }

    /// The lists that are there without anybody having written them down.
    pub fn ready() -> [WorkingList; 4] {
        [
            WorkingList { visited: Visited::Never, ..WorkingList::new(Visited::Never.label()) },
            WorkingList { visited: Visited::NotThisMonth, ..WorkingList::new(Visited::NotThisMonth.label()) },
            WorkingList { problem: Problem::Open, ..WorkingList::new(Problem::Open.label()) },
            WorkingList { overdue: true, ..WorkingList::new(t!("lists.overdue")) },
        ]
    }

    /// What it is of, in words; nothing where it is of everything.
    pub fn told(&self) -> String {
        let parts = [
            (!self.text.is_empty()).then(|| t!("lists.told_text", text = self.text).into_owned()),
            (self.visited != Visited::Any).then(|| self.visited.label()),
            (self.problem != Problem::Any).then(|| self.problem.label()),
            self.overdue.then(|| t!("lists.overdue").into_owned()),
            self.sector.map(|sector| sector.label().to_owned()),
            (!self.industry.is_empty()).then(|| t!("lists.told_industry", text = self.industry).into_owned()),
            (!self.town.is_empty()).then(|| t!("lists.told_town", text = self.town).into_owned()),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}
