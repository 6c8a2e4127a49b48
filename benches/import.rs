//! Import of 10,000 units, beside the floor: bare calamine over the same xlsx, a bare walk over the same csv.
//!
//! Every figure is the median of several runs. Run with `cargo bench --bench import`.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "a bench measures spans")]
use std::{io::Cursor, time::Instant};

use calamine::{Reader, Xlsx};
use rust_xlsxwriter::Workbook;
use wangge::{
    grid::{
        code::division::Divisions,
        fact::UnitRecord,
        sample::{self, Sample},
    },
    sheet::{self, COLUMNS},
};

const UNITS: usize = 10_000;
const RUNS: usize = 15;

fn main() {
    let county = sample::generate(1, UNITS);
    let xlsx = xlsx(&county);
    let roster = sheet::read(&xlsx, "名单.xlsx", Divisions::lanxi(), &mut |_, _| {}).unwrap();
    assert_eq!(roster.rows.len(), UNITS);
    let csv = sheet::to_csv(&roster.rows);
    let gbk = encoding_rs::GBK.encode(csv.trim_start_matches('\u{feff}')).0.into_owned();

    println!("{UNITS} units; xlsx {} KB, csv {} KB; median of {RUNS}", xlsx.len() / 1024, csv.len() / 1024);
    let floor = time("floor: calamine, sheet to range", || {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&xlsx[..])).unwrap();
        let name = book.sheet_names()[0].clone();
        book.worksheet_range(&name).unwrap().get_size().0
    });
    let ours = time("sheet::read, xlsx", || import(&xlsx, "名单.xlsx"));
    println!("{:>44} {:.2} x", "of the floor", ours / floor);
    let floor = time("floor: lines and commas of the csv", || csv.lines().map(|l| l.split(',').count()).sum());
    let ours = time("sheet::read, csv UTF-8", || import(csv.as_bytes(), "名单.csv"));
    println!("{:>44} {:.2} x", "of the floor", ours / floor);
    time("sheet::read, csv GBK", || import(&gbk, "名单.csv"));
    let start = Instant::now();
    let county = sample::generate(2, 200_000);
    println!("{:<44} {:>8.1} ms", "sample::generate, 200,000 units, once", ms(start));
    assert_eq!(county.units.len(), 200_000);
}

fn import(bytes: &[u8], name: &str) -> usize {
    sheet::read(bytes, name, Divisions::lanxi(), &mut |_, _| {}).unwrap().rows.len()
}

fn time(what: &str, mut run: impl FnMut() -> usize) -> f64 {
    let mut taken: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(run());
            ms(start)
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    let median = taken[RUNS / 2];
    println!("{what:<44} {median:>8.1} ms {:>10.0} rows/s", UNITS as f64 / median * 1e3);
    median
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1e3
}

fn xlsx(county: &Sample) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0u16..).zip(COLUMNS) {
        sheet.write(0, column, name).unwrap();
    }
    for (row, unit) in (1u32..).zip(&county.units) {
        let UnitRecord { code, name, industry, division, form, contact, phone, .. } = unit.record();
        for (column, field) in (0u16..).zip([code, name, industry, division, form, contact, phone]) {
            sheet.write(row, column, field).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
