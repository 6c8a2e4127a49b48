//! Takes in rows of cells from any kind of file and gathers units, errors and notes.
use std::{collections::HashMap, sync::Arc};

use super::{
    MOST_ROWS,
    cell::Cell,
    check, clean,
    error::{Place, RowError},
    header::{self, DEEPEST, FOOT, Field, Header},
    merge::{Fill, Merge},
    roster::Roster,
};
use crate::grid::code::division::Divisions;
use crate::words::{sentences, t, word};

/// How many rows go by between two calls of the progress function.
const STEP: u64 = 256;

/// Where the reading of a sheet stands.
enum Stage {
    /// No header yet; so many rows with content have gone by.
    Seeking(u32),
    /// The header, which goes down to this row (from 0).
    Header(Header, u32),
    /// The header is whole.
    Data(Header),
    /// Rows are passed over: the header is of no use.
    Skipping,
}

/// What has been taken in so far.
pub(super) struct Intake<'a> {
    divisions: &'a Divisions,
    progress: &'a mut dyn FnMut(u64, u64),
    roster: Roster,
    errors: Vec<RowError>,
    first: HashMap<String, Place>,
    sheet: Arc<str>,
    stage: Stage,
    fill: Fill,
    headers: usize,
    units: usize,
    /// Rows seen and rows expected, over all sheets.
    counted: (u64, u64),
    full: bool,
}

impl<'a> Intake<'a> {
    /// Nothing taken in yet.
    pub fn new(divisions: &'a Divisions, progress: &'a mut dyn FnMut(u64, u64)) -> Intake<'a> {
        Intake {
            divisions,
            progress,
            roster: Roster::default(),
            errors: Vec::new(),
            first: HashMap::new(),
            sheet: Arc::from(""),
            stage: Stage::Skipping,
            fill: Fill::default(),
            headers: 0,
            units: 0,
            counted: (0, 0),
            full: false,
        }
    }

    /// Says how many rows will come, as far as the file tells.
    pub fn expect(&mut self, rows: u64) {
        self.counted.1 += rows;
    }

    /// Tells something that was passed over.
    pub fn note(&mut self, note: String) {
        self.roster.notes.push(note);
    }

    /// Adds an error that is not about a cell.
    pub fn refuse(&mut self, error: RowError) {
        self.errors.push(error);
    }

    /// Whether no more rows are wanted.
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// A new sheet begins, with its merges of more than one row.
    pub fn begin(&mut self, sheet: &str, merges: Vec<Merge>) {
        self.sheet = Arc::from(clean::words(sheet));
        self.stage = Stage::Seeking(0);
        self.fill = Fill::new(merges);
    }

    /// The next row of the sheet that has cells; `row` counts from 0.
    pub fn row(&mut self, row: u32, cells: &mut Vec<Cell>) {
        self.count();
        let place = Place { sheet: self.sheet.clone(), row: row + 1 };
        let stage = std::mem::replace(&mut self.stage, Stage::Skipping);
        self.stage = match stage {
            Stage::Seeking(seen) => {
                self.fill.row(row, cells);
                self.seek(seen, &place, cells)
            }
            Stage::Header(mut header, last) if row <= last => {
                // Before the merges fill it: a name that is carried down must not count twice.
                header.extend(cells);
                self.fill.row(row, cells);
                Stage::Header(header, last)
            }
            Stage::Header(header, _) => match self.accept(header, &place) {
                Some(header) => {
                    self.data(&place, cells, &header);
                    Stage::Data(header)
                }
                None => Stage::Skipping,
            },
            Stage::Data(header) => {
                self.data(&place, cells, &header);
                Stage::Data(header)
            }
            Stage::Skipping => Stage::Skipping,
        };
    }

    /// The sheet is over.
    pub fn end(&mut self) {
        let place = Place { sheet: self.sheet.clone(), row: 0 };
        match std::mem::replace(&mut self.stage, Stage::Skipping) {
            Stage::Seeking(0) => self.note(t!("sheet.empty_sheet", place = place).into_owned()),
            Stage::Seeking(_) => self.note(t!("sheet.no_header_in", place = place).into_owned()),
            Stage::Header(header, last) => {
                self.accept(header, &Place { row: last + 2, ..place });
            }
            Stage::Data(_) | Stage::Skipping => {}
        }
    }

    /// Everything that was taken in, or every error.
    pub fn finish(mut self) -> Result<Roster, Vec<RowError>> {
        (self.progress)(self.counted.0, self.counted.0);
        if self.errors.is_empty() && self.headers == 0 {
            self.errors.push(no_header(&self.roster.notes));
        }
        if self.errors.is_empty() && self.roster.rows.is_empty() {
            self.errors.push(RowError::file(word("sheet.only_header"), word("sheet.only_header_right")));
        }
        if self.errors.is_empty() { Ok(self.roster) } else { Err(self.errors) }
    }

    fn seek(&mut self, seen: u32, place: &Place, cells: &[Cell]) -> Stage {
        if let (true, Some(header)) = (seen < DEEPEST, Header::of(cells)) {
            let row = place.row - 1;
            let last = self.fill.reach(|column| header.covers(column)).unwrap_or(row);
            return Stage::Header(header, last);
        }
        let content = cells.iter().any(|c| !c.value.is_blank());
        Stage::Seeking(if content { seen.saturating_add(1) } else { seen })
    }

    /// Takes a whole header if every column that must be there is; `place` is the row after it.
    fn accept(&mut self, header: Header, place: &Place) -> Option<Header> {
        self.headers += 1;
        let missing = header.missing();
        for field in &missing {
            let at = Place { row: place.row - 1, ..place.clone() };
            let right = t!("sheet.want_column", names = header::names(*field).join(word("word.list"))).into_owned();
            self.errors.push(RowError::at(
                &at,
                "",
                t!("sheet.no_column", name = header::label(*field)).into_owned(),
                right,
            ));
        }
        missing.is_empty().then_some(header)
    }

    fn data(&mut self, place: &Place, cells: &mut Vec<Cell>, header: &Header) {
        // A row with nothing of its own in our columns is empty, whatever numbering or merges say.
        let own = cells.iter().any(|c| header.covers(c.column) && !c.value.is_blank());
        self.fill.row(place.row - 1, cells);
        if !own || repeats_the_header(cells, header) {
            return;
        }
        if is_foot(cells, header) {
            self.note(t!("sheet.foot", place = place).into_owned());
            return;
        }
        self.units += 1;
        if self.units > MOST_ROWS {
            self.full = true;
            self.errors.push(RowError::at(
                place,
                "",
                t!("sheet.too_many", most = MOST_ROWS).into_owned(),
                word("sheet.too_many_right"),
            ));
            return;
        }
        let before = self.errors.len();
        let row = check::row(place, cells, header, self.divisions, &mut self.errors);
        match self.first.get(&row.code) {
            Some(first) => {
                let what = t!("sheet.same_code", code = row.code, first = first).into_owned();
                self.errors.push(RowError::at(place, header.title(Field::Code), what, word("sheet.same_code_right")));
            }
            None if row.code.is_empty() => {}
            None => {
                self.first.insert(row.code.clone(), place.clone());
            }
        }
        // Once something is wrong nothing of the file will be used, so that rows need not be kept any more.
        if self.errors.len() == before && before == 0 {
            self.roster.rows.push(row);
        }
    }

    fn count(&mut self) {
        self.counted.0 += 1;
        self.counted.1 = self.counted.1.max(self.counted.0);
        if self.counted.0.is_multiple_of(STEP) {
            (self.progress)(self.counted.0, self.counted.1);
        }
    }
}

/// A header printed again at the top of a page.
fn repeats_the_header(cells: &[Cell], header: &Header) -> bool {
    let column = header.column(Field::Code);
    cells.iter().any(|c| {
        Some(c.column) == column && header::recognise(&c.value.shown()).is_some_and(|(field, _)| field == Field::Code)
    })
}

/// A row without a code whose first words say that the list is over.
fn is_foot(cells: &[Cell], header: &Header) -> bool {
    let code = header.column(Field::Code);
    let filled = || cells.iter().filter(|c| !c.value.is_blank());
    let Some(first) = filled().min_by_key(|c| c.column) else { return false };
    let text = clean::code(&first.value.shown());
    FOOT.iter().any(|word| text.starts_with(word))
        && (Some(first.column) == code || filled().all(|c| Some(c.column) != code))
}

fn no_header(notes: &[String]) -> RowError {
    let seen = if notes.is_empty() {
        String::new()
    } else {
        t!("sheet.seen", notes = sentences(notes).trim_end_matches(['。', '.'])).into_owned()
    };
    RowError::file(t!("sheet.no_header", seen = seen).into_owned(), word("sheet.no_header_right"))
}
