//! What the form of a working list asks, row by row.
use std::borrow::Cow;

use crate::{
    app::lists::{Column, Problem, Visited, WorkingList},
    grid::org::Sector,
    ui::field::Field,
    words::t,
};

/// A row of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ask {
    Name,
    Text,
    Visited,
    Problem,
    Overdue,
    Sector,
    Industry,
    Town,
    Columns,
    Button,
}

impl Ask {
    pub(super) const ALL: [Ask; 10] = [
        Ask::Name,
        Ask::Text,
        Ask::Visited,
        Ask::Problem,
        Ask::Overdue,
        Ask::Sector,
        Ask::Industry,
        Ask::Town,
        Ask::Columns,
        Ask::Button,
    ];

    pub(super) fn label(self) -> Cow<'static, str> {
        match self {
            Ask::Name => t!("lists.name"),
            Ask::Text => t!("lists.text"),
            Ask::Visited => t!("lists.visited"),
            Ask::Problem => t!("lists.problem"),
            Ask::Overdue => t!("lists.duty"),
            Ask::Sector => t!("lists.sector"),
            Ask::Industry => t!("lists.industry"),
            Ask::Town => t!("lists.town"),
            Ask::Columns => t!("lists.columns"),
            Ask::Button => Cow::Borrowed(""),
        }
    }

    /// What stands in an empty text field.
    pub(super) fn hint(self) -> Cow<'static, str> {
        match self {
            Ask::Text => t!("lists.hint_text"),
            Ask::Industry => t!("lists.hint_industry"),
            Ask::Town => t!("lists.hint_town"),
            _ => Cow::Borrowed(""),
        }
    }
}

/// What is typed and chosen so far.
#[derive(Clone)]
pub(super) struct Answers {
    name: Field,
    text: Field,
    visited: Visited,
    problem: Problem,
    overdue: bool,
    sector: Option<Sector>,
    industry: Field,
    town: Field,
    pub(super) columns: Vec<Column>,
    /// Which column is under the cursor.
    pub(super) column: usize,
}

impl Answers {
    pub(super) fn new(list: &WorkingList) -> Answers {
        Answers {
            name: Field::new(&list.name),
            text: Field::new(&list.text),
            visited: list.visited,
            problem: list.problem,
            overdue: list.overdue,
            sector: list.sector,
            industry: Field::new(&list.industry),
            town: Field::new(&list.town),
            columns: list.columns.clone(),
            column: 0,
        }
    }

    /// The list that is meant.
    pub(super) fn list(&self) -> WorkingList {
        let text = |field: &Field| field.value().trim().to_owned();
        WorkingList {
            name: text(&self.name),
            text: text(&self.text),
            visited: self.visited,
            problem: self.problem,
            overdue: self.overdue,
            sector: self.sector,
            industry: text(&self.industry),
            town: text(&self.town),
            columns: Column::ALL.into_iter().filter(|column| self.columns.contains(column)).collect(),
        }
    }

    /// The text field of a row, where it has one.
    pub(super) fn field(&self, ask: Ask) -> Option<&Field> {
        match ask {
            Ask::Name => Some(&self.name),
            Ask::Text => Some(&self.text),
            Ask::Industry => Some(&self.industry),
            Ask::Town => Some(&self.town),
            _ => None,
        }
    }

    pub(super) fn field_mut(&mut self, ask: Ask) -> Option<&mut Field> {
        match ask {
            Ask::Name => Some(&mut self.name),
            Ask::Text => Some(&mut self.text),
            Ask::Industry => Some(&mut self.industry),
            Ask::Town => Some(&mut self.town),
            _ => None,
        }
    }

    /// What is chosen in a row that offers a choice.
    pub(super) fn choice(&self, ask: Ask) -> Option<String> {
        match ask {
            Ask::Visited => Some(self.visited.label()),
            Ask::Problem => Some(self.problem.label()),
            Ask::Overdue => Some(if self.overdue { t!("lists.overdue") } else { t!("lists.any") }.into_owned()),
            Ask::Sector => Some(self.sector.map_or_else(|| t!("lists.any").into_owned(), |s| s.label().to_owned())),
            _ => None,
        }
    }

    /// Chooses the next value of a row, or the one before; false where it offers none.
    pub(super) fn turn(&mut self, ask: Ask, n: isize) -> bool {
        match ask {
            Ask::Visited => self.visited = turned(&Visited::ALL, self.visited, n),
            Ask::Problem => self.problem = turned(&Problem::ALL, self.problem, n),
            Ask::Overdue => self.overdue = !self.overdue,
            Ask::Sector => {
                let all: Vec<Option<Sector>> = std::iter::once(None).chain(Sector::ALL.map(Some)).collect();
                self.sector = turned(&all, self.sector, n);
            }
            _ => return false,
        }
        true
    }

    /// Adds the column under the cursor, or takes it away.
    pub(super) fn toggle(&mut self) {
        let column = Column::ALL[self.column];
        if self.columns.contains(&column) {
            self.columns.retain(|own| *own != column);
        } else {
            self.columns.push(column);
        }
    }

    /// Moves among the columns; false at either end.
    pub(super) fn aside(&mut self, n: isize) -> bool {
        let at = self.column.checked_add_signed(n).filter(|at| *at < Column::ALL.len());
        self.column = at.unwrap_or(self.column);
        at.is_some()
    }
}

fn turned<T: Copy + PartialEq>(all: &[T], now: T, n: isize) -> T {
    let at = all.iter().position(|one| *one == now).unwrap_or(0) as isize;
    all[(at + n).rem_euclid(all.len() as isize) as usize]
}
