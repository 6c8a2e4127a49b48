//! xlsx: a whole document, or one long table a row at a time.
//!
//! What is printed is set up too: landscape A4, one page wide, the head on every page, page numbers, frozen panes.
use std::io::Write;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::{
    block::{ROW, ROW_PIXELS, SIGNED, across, height, put, titles, wrapping},
    page,
    room::Room,
    style::{Styles, usual},
};
use crate::{
    report::{Block, Cell, Column, Document, Sheet, Table},
    words::{t, word},
};

/// A sheet has this many rows at most; what is more goes on in the next one.
const MOST_ROWS: u32 = 1_000_000;
/// How hard a file is packed. One step more takes twice as long for two percent less.
const PACKED: u8 = 5;
/// The height of a row and the width of a column where nothing else is said, in pixels.
const USUAL: (u32, u32) = (ROW_PIXELS, 64);

/// Writes the whole document as xlsx; how many rows the tables of each sheet have.
///
/// # Errors
/// Those of `out`, and what a spreadsheet can't hold.
pub fn workbook(document: &Document<'_>, today: NaiveDate, out: impl Write + Send) -> Result<Vec<u64>, XlsxError> {
    let mut book = Book::new(document, today)?;
    let rows = document.sheets.iter().map(|sheet| match &sheet.blocks[..] {
        [Block::Table(table)] => book.table(&sheet.title, table, &[]),
        [Block::Table(table), Block::Signatures(names)] if is_roomy(table) => book.table(&sheet.title, table, names),
        _ => book.page(sheet),
    });
    let rows = rows.collect::<Result<_, XlsxError>>()?;
    book.finish(out)?;
    Ok(rows)
}

/// A workbook that is being written.
pub struct Book {
    workbook: Workbook,
    styles: Styles,
    title: String,
    subtitle: String,
    font: String,
    names: Vec<String>,
    open: Option<Open>,
    room: Room,
    most: u32,
}

/// The sheet whose rows are being written.
struct Open {
    title: String,
    columns: Vec<Column>,
    /// How many columns are printed, and their width in half-width characters.
    span: (usize, u16),
    at: usize,
    row: u32,
    /// The height of the row that was written last.
    height: f64,
    parts: u32,
}

/// The width of a column that no table uses, in half-width characters.
const FREE: u16 = 8;
/// A table as wide as this has room for the lines to sign below it.
const ROOMY: u16 = 100;

/// The row of the column titles on a sheet that is one table.
const HEAD: u32 = 2;

impl Book {
    /// An empty one with a document's title, subtitle and font; its sheets are not looked at.
    ///
    /// # Errors
    /// None that happens.
    pub fn new(document: &Document<'_>, today: NaiveDate) -> Result<Book, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_zip_compression_level(PACKED);
        let made = ExcelDateTime::from_ymd(today.year() as u16, today.month() as u8, today.day() as u8)?;
        workbook.set_properties(&DocProperties::new().set_title(&document.title).set_creation_datetime(&made));
        workbook.set_default_format(&usual(&document.font), USUAL.0, USUAL.1)?;
        let styles = Styles::new(&document.font);
        let [title, subtitle, font] = [&document.title, &document.subtitle, &document.font].map(String::clone);
        let (names, room) = (Vec::new(), Room::new());
        Ok(Book { workbook, styles, title, subtitle, font, names, open: None, room, most: MOST_ROWS })
    }

    /// A sheet that is one table, with lines to sign where there are names; how many rows it has.
    fn table(&mut self, title: &str, table: &Table<'_>, names: &[String]) -> Result<u64, XlsxError> {
        self.begin(title, &table.columns)?;
        let rows = table.rows.each(|row| self.row(row))?;
        let notes: Vec<String> = table.notes.iter().map(|note| note.told(rows)).collect();
        self.close(&notes, names)?;
        self.open = None;
        Ok(rows)
    }

    /// Begins a sheet that is one table.
    ///
    /// # Errors
    /// Where there is no room for temporary files.
    pub fn begin(&mut self, title: &str, columns: &[Column]) -> Result<(), XlsxError> {
        let at = self.names.len();
        let name = self.name(title);
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(&name)?;
        set_up(sheet, &self.title)?;
        for (i, column) in columns.iter().enumerate() {
            sheet.set_column_width(i as u16, f64::from(column.width) + 1.0)?;
        }
        sheet.set_row_height(0, 27)?.set_row_height(1, 18)?;
        if let Some(height) = height(titles(columns)) {
            sheet.set_row_height(HEAD, height)?;
        }
        let heading = format!("{}\u{3000}{title}", self.title);
        let span = span(columns, &heading, &self.subtitle);
        across(sheet, 0, span.0, &heading, &self.styles.title)?;
        across(sheet, 1, span.0, &self.subtitle, &self.styles.subtitle)?;
        for (i, column) in columns.iter().enumerate() {
            sheet.write_string_with_format(HEAD, i as u16, &column.title, &self.styles.head)?;
        }
        sheet.set_freeze_panes(HEAD + 1, 0)?.set_repeat_rows(HEAD, HEAD)?;
        let (title, columns) = (title.to_owned(), columns.to_vec());
        self.open = Some(Open { title, columns, span, at, row: HEAD + 1, height: ROW, parts: 1 });
        Ok(())
    }

    /// Writes a row of the sheet that was begun; goes on in a further one where it is full.
    ///
    /// # Errors
    /// What a spreadsheet can't hold.
    pub fn row(&mut self, row: &[Cell]) -> Result<(), XlsxError> {
        if self.open.as_ref().is_some_and(|open| open.row >= self.most) {
            self.go_on()?;
        }
        let Some(open) = &mut self.open else { return Ok(()) };
        self.room.row()?;
        let sheet = self.workbook.worksheet_from_index(open.at)?;
        for (i, cell) in row.iter().enumerate() {
            put(sheet, (open.row, i as u16), cell, &self.styles)?;
            if i == 0 {
                // With a row's first cell the row before it is written out. From here on this row's height is the usual
                // one: a height that is set for a row stays in memory, with a format of its own, until the end.
                let widths = open.columns.iter().map(|column| column.width);
                // Not every program makes room for text that wraps.
                open.height = height(wrapping(row, widths)).unwrap_or(ROW);
                sheet.set_default_row_height(open.height);
            }
        }
        open.row += 1;
        Ok(())
    }

    /// Ends the sheet with what a reader has to know.
    ///
    /// # Errors
    /// What a spreadsheet can't hold.
    pub fn end(&mut self, notes: &[String]) -> Result<(), XlsxError> {
        self.close(notes, &[])?;
        self.open = None;
        Ok(())
    }

    /// Writes the whole workbook.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(mut self, out: impl Write + Send) -> Result<(), XlsxError> {
        self.workbook.save_to_writer(out)
    }

    /// Below the rows: that there are none, what a reader has to know, and who signs.
    fn close(&mut self, notes: &[String], names: &[String]) -> Result<(), XlsxError> {
        let Some(open) = &self.open else { return Ok(()) };
        let sheet = self.workbook.worksheet_from_index(open.at)?;
        let (width, mut row) = (open.columns.len().max(1), open.row);
        let (span, room) = open.span;
        // With it the last row is written out too.
        sheet.write_blank(row, 0, &self.styles.note)?.set_default_row_height(ROW);
        if row > HEAD + 1 {
            sheet.autofilter(HEAD, 0, row - 1, width as u16 - 1)?;
        } else {
            across(sheet, row, width, word("report.none"), &self.styles.none)?;
            row += 1;
        }
        for note in notes {
            if let Some(height) = height(std::iter::once((note.as_str(), room))) {
                sheet.set_row_height(row, height)?;
            }
            across(sheet, row, span, note, &self.styles.note)?;
            row += 1;
        }
        if !names.is_empty() {
            row += 1;
            sheet.set_row_height(row, SIGNED)?;
            across(sheet, row, span, &to_sign(names), &self.styles.subtitle)?;
            row += 1;
        }
        // A last row that has a height of its own would be written twice.
        sheet.write_blank(row, 0, &self.styles.note)?;
        sheet.set_print_area(0, 0, row - 1, span as u16 - 1)?;
        Ok(())
    }

    /// Goes on in a further sheet.
    fn go_on(&mut self) -> Result<(), XlsxError> {
        self.close(&[], &[])?;
        let Some(Open { title, columns, parts, .. }) = self.open.take() else { return Ok(()) };
        let next = t!("report.continued", title = title, n = parts + 1).into_owned();
        self.begin(&next, &columns)?;
        if let Some(open) = &mut self.open {
            (open.parts, open.title) = (parts + 1, title);
        }
        Ok(())
    }

    /// A name that a sheet can have, and that none has yet.
    fn name(&mut self, title: &str) -> String {
        let plain: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).collect();
        let plain: String = plain.trim().chars().take(27).collect();
        let mut name = plain.clone();
        let mut n = 1;
        while name.is_empty() || self.names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            n += 1;
            name = format!("{plain} {n}").trim().to_owned();
        }
        self.names.push(name.clone());
        name
    }

    /// A sheet of several parts, with charts; how many rows its tables have, which are all at hand.
    fn page(&mut self, sheet: &Sheet<'_>) -> Result<u64, XlsxError> {
        let name = self.name(&sheet.title);
        let page = self.workbook.add_worksheet();
        page.set_name(&name)?;
        set_up(page, &self.title)?;
        page::write(page, (sheet, &name), (&self.title, &self.subtitle, &self.font), &self.styles)?;
        let rows = |block: &Block<'_>| if let Block::Table(table) = block { table.rows.held().len() as u64 } else { 0 };
        Ok(sheet.blocks.iter().map(rows).sum())
    }
}

/// Paper, margins, head and foot of every printed page.
fn set_up(sheet: &mut Worksheet, title: &str) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.7, 0.6, 0.3, 0.3);
    // `&` begins a code in heads and feet.
    sheet.set_header(format!("&L{}&R&A", title.replace('&', "&&"))).set_footer(format!("&C{}", word("report.page")));
    Ok(())
}

fn is_roomy(table: &Table<'_>) -> bool {
    table.columns.iter().map(|column| column.width).sum::<u16>() >= ROOMY
}

/// Over how many columns a title goes, and how wide they are: over free ones as well where the table is narrower.
fn span(columns: &[Column], title: &str, subtitle: &str) -> (usize, u16) {
    // The title's letters are that much bigger, and bold.
    let needed = (title.width() * 17 / 10).max(subtitle.width());
    let (mut count, mut wide) = (columns.len().max(1), columns.iter().map(|column| column.width + 1).sum::<u16>());
    while usize::from(wide) < needed {
        (count, wide) = (count + 1, wide + FREE);
    }
    (count, wide)
}

/// Names with a line to sign on behind each.
fn to_sign(names: &[String]) -> String {
    names.iter().map(|name| format!("{name}\u{ff1a}{}", "_".repeat(16))).collect::<Vec<_>>().join("\u{3000}\u{3000}")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Read;

    use calamine::{Reader, Xlsx};

    use super::*;

    #[test]
    fn a_full_sheet_goes_on_in_the_next_one_and_no_row_is_left_out() {
        let (title, subtitle, font) = ("表".to_owned(), String::new(), "宋体".to_owned());
        let document = Document { title, subtitle, font, sheets: Vec::new() };
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut book = Book { most: HEAD + 1 + 40, ..Book::new(&document, today).unwrap() };
        let column = |title: &str| Column { id: "no", title: title.to_owned(), width: 9 };
        book.begin("走访/记录", &[column("序号"), column("单位")]).unwrap();
        (1..=100).for_each(|n| book.row(&[Cell::Number(n), Cell::text("甲")]).unwrap());
        book.end(&[]).unwrap();
        let mut bytes = Vec::new();
        book.finish(&mut bytes).unwrap();
        let mut read: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!(read.sheet_names(), ["走访 记录", "走访 记录 2", "走访 记录 3"]);
        let sheets = read.worksheets();
        let numbers = sheets.iter().flat_map(|(_, sheet)| sheet.rows().skip(3).map(|row| row[0].to_string()));
        assert_eq!(numbers.collect::<Vec<_>>(), (1..=100).map(|n| n.to_string()).collect::<Vec<_>>());
    }

    #[test]
    fn no_row_is_written_twice() {
        let (title, subtitle, font) = ("表".to_owned(), String::new(), "宋体".to_owned());
        let document = Document { title, subtitle, font, sheets: Vec::new() };
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut book = Book::new(&document, today).unwrap();
        for (title, names) in [("甲", &[][..]), ("乙", &["制表人".to_owned()])] {
            book.begin(title, &[Column { id: "no", title: "甲".to_owned(), width: 9 }]).unwrap();
            book.row(&[Cell::text("一\n二")]).unwrap();
            book.close(&["一句很长很长的话".repeat(9)], names).unwrap();
        }
        let mut bytes = Vec::new();
        book.finish(&mut bytes).unwrap();
        for sheet in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
            let xml = part(&bytes, sheet);
            let rows: Vec<u32> =
                xml.split("<row r=\"").skip(1).map(|row| row.split('"').next().unwrap().parse().unwrap()).collect();
            assert!(rows.is_sorted_by(|row, next| row < next), "{sheet} {rows:?}");
        }
    }

    #[test]
    fn where_there_is_no_room_for_the_rows_that_is_said_with_the_folder() {
        let (title, subtitle, font) = ("表".to_owned(), String::new(), "宋体".to_owned());
        let document = Document { title, subtitle, font, sheets: Vec::new() };
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut book = Book::new(&document, today).unwrap();
        book.begin("表", &[Column { id: "no", title: "甲".to_owned(), width: 9 }]).unwrap();
        assert!(book.row(&[Cell::Number(1)]).is_ok());
        book.room = Room::new();
        book.room.least = u64::MAX;
        let refused = crate::report::ExportError::from(book.row(&[Cell::Number(2)]).unwrap_err()).told();
        assert!(refused.contains(std::env::temp_dir().to_str().unwrap()) && refused.contains("TMPDIR"), "{refused}");
    }

    /// A part of a zip archive.
    fn part(archive: &[u8], name: &str) -> String {
        const HEADER: usize = 30;
        let length = |at: usize| usize::from(u16::from_le_bytes([archive[at], archive[at + 1]]));
        let at = (0..archive.len()).find(|at| {
            archive[*at..].starts_with(b"PK\x03\x04") && archive[at + HEADER..].starts_with(name.as_bytes())
        });
        let at = at.unwrap();
        let mut text = String::new();
        let packed = &archive[at + HEADER + length(at + 26) + length(at + 28)..];
        flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn every_row_has_its_own_height_whatever_comes_before_and_after_it() {
        let (title, subtitle, font) = ("表".to_owned(), String::new(), "宋体".to_owned());
        let document = Document { title, subtitle, font, sheets: Vec::new() };
        let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let mut book = Book { most: HEAD + 1 + 4, ..Book::new(&document, today).unwrap() };
        book.begin("表", &[Column { id: "no", title: "甲".to_owned(), width: 9 }]).unwrap();
        for text in ["短", "一\n二", "短", "一\n二\n三", "短"] {
            book.row(&[Cell::text(text)]).unwrap();
        }
        book.end(&["注".to_owned()]).unwrap();
        let mut bytes = Vec::new();
        book.finish(&mut bytes).unwrap();
        let heights = |sheet: &str| {
            let xml = part(&bytes, sheet);
            assert!(xml.contains("<sheetFormatPr defaultRowHeight=\"13.5\"/>"), "{xml}");
            let rows = xml.split("<row ").skip(1).map(|row| row.split('>').next().unwrap().to_owned());
            let height = |row: String| row.split(" ht=\"").nth(1).map(|row| row.split('"').next().unwrap().to_owned());
            rows.map(|row| height(row).unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(heights("xl/worksheets/sheet1.xml")[3..], ["", "30", "", "43.5", ""]);
        assert_eq!(heights("xl/worksheets/sheet2.xml")[3..], ["", "", ""]);
    }
}
