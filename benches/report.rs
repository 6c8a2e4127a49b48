//! What a report costs, wall time and the most memory it ever had: `cargo bench --bench report`.
//!
//! Each report is written by the program in a process of its own, which is this bench again with the program's arguments,
//! so that the memory is that of the one report. Beside it, in the same run, the floor. Of a spreadsheet: the same cells
//! from a plain file through rust_xlsxwriter, no look and nothing to reckon. Of a page and of plain text: as many bytes
//! made durable. Of the burden table: the journal's bytes, read. Medians of several; the files are in the page cache.
//!
//! The county is made by `examples/grow.rs` as of a fixed day (`WANGGE_BENCH_STORES=FOLDER` keeps it for the next time).
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::disallowed_methods, reason = "a bench measures with a real clock")]

#[path = "report/child.rs"]
mod child;
#[path = "report/floor.rs"]
mod floor;
#[path = "pty/stores.rs"]
mod stores;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use child::{Cost, Role, cost};
use stores::Stores;
use wangge::run::{Book, Clock, Files};

/// The day of the store: some of its months are over, and the year runs.
const NOW: &str = "2026-11-28T10:00:00+08:00";
/// The most a report of a county may take: seconds and MB.
const COUNTY: (f64, f64) = (2.0, 150.0);

fn main() -> ExitCode {
    if let Some(role) = Role::of_this() {
        return child::play(role);
    }
    // Under `cargo test --benches` a small one shows that it runs.
    let (units, facts, times) =
        if std::env::args().any(|arg| arg == "--bench") { (2_500, 100_000, 5) } else { (60, 2_000, 1) };
    let stores = Stores::new();
    let store = stores.of(units, facts, Some(NOW));
    let out = tempfile::TempDir::new().unwrap();
    let bench = Bench { store: &store, out: out.path(), times };
    let grid = county(&store);
    println!("\n{:<44}{:>9}{:>9}{:>12}{:>9}{:>9}   asked", "", "s", "MB", "floor s", "MB", "file MB");
    let month = Some(COUNTY);
    for ending in ["xlsx", "html", "txt"] {
        bench.export(
            &format!("county, a month that is over, {ending}"),
            &["month", "--period", "2026-10"],
            ending,
            month,
        );
    }
    bench.export("county, the running month, xlsx", &["month"], "xlsx", month);
    let grid = |period: &'static str| ["month", "--period", period, "--at", &grid].map(str::to_owned);
    for (name, period, ending) in [
        ("one grid, a month that is over, xlsx", "2026-10", "xlsx"),
        ("one grid, the running month, xlsx", "2026-11", "xlsx"),
        ("one grid, the running month, html", "2026-11", "html"),
    ] {
        let args = grid(period);
        bench.export(name, &args.each_ref().map(String::as_str), ending, Some((0.1, COUNTY.1)));
    }
    for ending in ["xlsx", "html", "txt"] {
        bench.export(&format!("county, the quarter, {ending}"), &["quarter"], ending, Some((f64::NAN, COUNTY.1)));
    }
    for ending in ["xlsx", "html", "txt"] {
        bench.export(&format!("county, the year, {ending}"), &["year"], ending, Some((f64::NAN, COUNTY.1)));
    }
    for table in ["visits", "duties", "evidence", "problems"] {
        for ending in ["xlsx", "csv"] {
            let name = format!("county, {table} of the year by itself, {ending}");
            bench.export(&name, &[table, "--period", "2026"], ending, Some((f64::NAN, COUNTY.1)));
        }
    }
    let burden = bench.program(&["burden", "--json", "--period", "2026"]);
    let journal = bench.run(&Role::Read, &[store.join("journal")]);
    row("county, burden --json of the year", burden, journal, 0, Some((f64::NAN, COUNTY.1)));
    ExitCode::SUCCESS
}

/// Where is measured, and how often.
struct Bench<'a> {
    store: &'a Path,
    out: &'a Path,
    times: usize,
}

impl Bench<'_> {
    /// A report beside its floor.
    fn export(&self, name: &str, what: &[&str], ending: &str, asked: Option<(f64, f64)>) {
        let file = self.out.join(format!("report.{ending}"));
        let mut args = vec!["export"];
        args.extend(what);
        args.extend(["-o", file.to_str().unwrap()]);
        let ours = self.program(&args);
        let floor = match ending {
            "xlsx" => {
                let cells = self.out.join("cells");
                floor::cells_of(&file, &cells);
                self.run(&Role::Sheets, &[cells, self.out.join("floor.xlsx")])
            }
            _ => self.run(&Role::Bytes, &[file.clone(), self.out.join("floor")]),
        };
        row(name, ours, floor, file.metadata().unwrap().len(), asked);
    }

    fn program(&self, args: &[&str]) -> Cost {
        let store = ["--store", self.store.to_str().unwrap()];
        cost(&Role::Program, store.iter().chain(args), NOW, self.times)
    }

    fn run(&self, role: &Role, args: &[PathBuf]) -> Cost {
        cost(role, args, NOW, self.times)
    }
}

fn row(name: &str, ours: Cost, floor: Cost, bytes: u64, asked: Option<(f64, f64)>) {
    let limit = |asked: f64, unit: &str| if asked.is_nan() { String::new() } else { format!(" < {asked} {unit}") };
    let asked = asked.map_or(String::new(), |(seconds, mb)| limit(seconds, "s") + &limit(mb, "MB"));
    println!(
        "{name:<44}{:>9.3}{:>9.1}{:>12.3}{:>9.1}{:>9.1}  {asked}",
        ours.seconds,
        ours.mb,
        floor.seconds,
        floor.mb,
        bytes as f64 / 1e6
    );
}

/// Says what county it is; the name of its largest grid.
fn county(store: &Path) -> String {
    let book = Book::open(store, &Files::of_user(), Clock::fixed(NOW).unwrap()).unwrap();
    let (org, facts) = (book.state.org(), book.state.count());
    let grids = org.nodes().filter(|(_, node)| node.is_grid());
    let (count, largest) = grids.fold((0, None), |(count, most), (_, node)| {
        let is_more = most.is_none_or(|most: &wangge::grid::org::Node| most.members.len() < node.members.len());
        (count + 1, if is_more { Some(node) } else { most })
    });
    let (largest, units) = (largest.unwrap(), org.units().count());
    println!("{facts} facts, {count} grids, {units} units, {} of them in the largest grid", largest.members.len());
    let id = largest.id.clone();
    book.close().unwrap();
    id
}
