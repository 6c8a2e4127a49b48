//! The least that a program needs for the same file.
use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::Workbook;

/// Begins a sheet in a file of cells.
const SHEET: char = '\u{1}';
/// Parts the cells of a row.
const PART: char = '\t';

/// Writes the cells of a spreadsheet into a plain file, a row a line.
pub fn cells_of(xlsx: &Path, cells: &Path) {
    let mut book: Xlsx<_> = calamine::open_workbook(xlsx).unwrap();
    let mut out = BufWriter::new(File::create(cells).unwrap());
    for (name, sheet) in book.worksheets() {
        writeln!(out, "{SHEET}{name}").unwrap();
        for row in sheet.rows() {
            let cells: Vec<String> = row.iter().map(cell).collect();
            writeln!(out, "{}", cells.join("\t")).unwrap();
        }
    }
    out.flush().unwrap();
}

/// A number as itself, text behind a quote, nothing as nothing.
fn cell(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(day) => day.as_f64().to_string(),
        other => format!("'{}", other.to_string().replace(char::is_whitespace, " ")),
    }
}

/// Writes a spreadsheet of the cells in a plain file, and makes it durable.
pub fn sheets(cells: &Path, xlsx: &Path) -> ExitCode {
    let mut book = Workbook::new();
    let (mut at, mut row) = (0, 0);
    for line in BufReader::new(File::open(cells).unwrap()).lines() {
        let line = line.unwrap();
        if let Some(name) = line.strip_prefix(SHEET) {
            at = book.worksheets().len();
            book.add_worksheet_with_constant_memory().unwrap().set_name(name).unwrap();
            row = 0;
            continue;
        }
        let sheet = book.worksheet_from_index(at).unwrap();
        for (column, cell) in line.split(PART).enumerate() {
            match cell.strip_prefix('\'') {
                Some(text) => drop(sheet.write_string(row, column as u16, text).unwrap()),
                None if cell.is_empty() => {}
                None => drop(sheet.write_number(row, column as u16, cell.parse::<f64>().unwrap()).unwrap()),
            }
        }
        row += 1;
    }
    let mut out = BufWriter::new(File::create(xlsx).unwrap());
    book.save_to_writer(&mut out).unwrap();
    out.flush().unwrap();
    out.get_ref().sync_all().unwrap();
    ExitCode::SUCCESS
}

/// Writes as many bytes as a file has, and makes them durable.
pub fn bytes(like: &Path, out: &Path) -> ExitCode {
    let mut out = File::create(out).unwrap();
    io::copy(&mut File::open(like).unwrap(), &mut out).unwrap();
    out.sync_all().unwrap();
    ExitCode::SUCCESS
}
