//! A document: sheets of tables, lines and charts, before any format.
use super::{Cell, Rows, sheet};
use crate::words::{said, t};

/// A whole report.
#[derive(Clone, Debug)]
pub struct Document<'a> {
    /// The title, for example 兰溪市2026年11月基层统计网格工作月报.
    pub title: String,
    /// What stands below it: issuing unit, period, day.
    pub subtitle: String,
    /// The font of spreadsheets.
    pub font: String,
    /// The sheets, in their order.
    pub sheets: Vec<Sheet<'a>>,
}

/// One sheet.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// The id in packs, for example `visits`.
    pub id: &'static str,
    /// What people call it.
    pub title: String,
    /// What stands on it, from above.
    pub blocks: Vec<Block<'a>>,
}

/// A part of a sheet.
#[derive(Clone, Debug)]
pub enum Block<'a> {
    /// Names with their values, for example 逾期 12.
    Figures(Vec<(String, Cell)>),
    /// A table.
    Table(Table<'a>),
    /// A chart of a table on the same sheet; a line that comes right after its table may stand beside it.
    Chart(Chart),
    /// Lines to sign on.
    Signatures(Vec<String>),
    /// A sentence.
    Note(String),
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    /// What stands above it; empty where the sheet's title says it.
    pub title: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with a cell for every column.
    pub rows: Rows<'a>,
    /// What a reader has to know, a sentence each.
    pub notes: Vec<Note>,
}

/// A sentence below a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// This one.
    Said(String),
    /// How many rows there are, which is known when all are written.
    Rows,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The id in packs, for example `day`.
    pub id: &'static str,
    /// What people call it.
    pub title: String,
    /// Its width in half-width characters.
    pub width: u16,
}

/// How a chart draws its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// A bar for each row, its series one after the other.
    Bars,
    /// A line over the rows.
    Line,
}

/// A chart of the rows of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What it shows.
    pub title: String,
    /// How.
    pub kind: ChartKind,
    /// The place of its table among the sheet's blocks.
    pub of: usize,
    /// The column that names the rows.
    pub names: usize,
    /// What is drawn.
    pub series: Vec<Series>,
}

/// A series of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// The table's column.
    pub column: usize,
    /// Red, green and blue.
    pub color: u32,
}

impl Column {
    /// The column of that id, with its usual title and width.
    pub fn of(id: &'static str) -> Column {
        Column { id, title: said(&format!("report.column.{id}")).into_owned(), width: sheet::width(id) }
    }
}

impl Note {
    /// The sentence below so many rows.
    pub fn told(&self, rows: u64) -> String {
        match self {
            Note::Said(sentence) => sentence.clone(),
            Note::Rows => t!("report.rows", n = rows).into_owned(),
        }
    }
}

impl<'a> Document<'a> {
    /// The sheet with this id.
    pub fn sheet(&self, id: &str) -> Option<&Sheet<'a>> {
        self.sheets.iter().find(|sheet| sheet.id == id)
    }
}

impl<'a> Sheet<'a> {
    /// The first table.
    pub fn table(&self) -> Option<&Table<'a>> {
        self.blocks.iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }

    /// Puts a part at this place, before the one that stands there.
    pub(super) fn insert(&mut self, at: usize, block: Block<'a>) {
        for later in &mut self.blocks {
            match later {
                Block::Chart(chart) if chart.of >= at => chart.of += 1,
                _ => {}
            }
        }
        self.blocks.insert(at, block);
    }

    /// The table that a chart draws.
    pub fn table_of(&self, chart: &Chart) -> Option<&Table<'a>> {
        match self.blocks.get(chart.of) {
            Some(Block::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// Whether the part at this place is a line over the rows of a short table right before it, and stands beside it.
    pub(super) fn stands_beside(&self, i: usize) -> bool {
        matches!(self.blocks.get(i), Some(Block::Chart(chart)) if chart.kind == ChartKind::Line && chart.of + 1 == i)
    }

    /// Whether it is one table and nothing else.
    pub fn is_table(&self) -> bool {
        matches!(self.blocks[..], [Block::Table(_)])
    }

    /// How many columns its widest part has.
    pub fn width(&self) -> usize {
        let of = |block: &Block| match block {
            Block::Table(table) => table.columns.len(),
            Block::Figures(_) => 8,
            _ => 0,
        };
        self.blocks.iter().map(of).max().unwrap_or_default().max(1)
    }
}
