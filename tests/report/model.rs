//! The model and its writers, on a county with three months of work.
use chrono::NaiveDate;
use wangge::{
    grid::{
        calendar::Period,
        decide::Actor,
        fact::{Body, Chain, Draft, Head, Placement, WriterId},
        org::NodeIx,
        pack::{SHEETS, SheetKind},
        state::State,
    },
    log::{Entry, Log, LogError, Position, StoreLog, Subtree, memory::MemoryLog},
    report::{
        Block, Cell, Document, Rows, Scene, Scope, Then, as_of, columns, gather, period_pack, rows, to_csv,
        write::{Charset, Csv, Format, Lines, html, text, write},
    },
    run::{Book, Clock, Files},
};

use super::{copy, county};
use crate::pty::NOW;

/// The county opened from a copy of its own.
pub(super) struct County {
    _dir: tempfile::TempDir,
    state: State,
    log: Facts,
}

/// The log, read once.
pub(super) struct Facts(pub(super) Vec<Entry>);

impl Log for Facts {
    fn append(
        &mut self,
        _: &[wangge::grid::fact::Envelope],
        _: wangge::grid::fact::Head,
        _: i64,
    ) -> Result<Vec<Position>, LogError> {
        Err(LogError::Unavailable("read only".to_owned()))
    }

    fn read(&self, subtree: &Subtree, after: Position, limit: usize) -> Result<Vec<Entry>, LogError> {
        let found = self.0.iter().filter(|entry| entry.position > after && subtree.holds(&entry.envelope));
        Ok(found.take(limit).cloned().collect())
    }

    fn tail(&self, _: &Subtree, _: Position) -> Result<std::sync::mpsc::Receiver<Entry>, LogError> {
        Err(LogError::Unavailable("read only".to_owned()))
    }

    fn relay(&mut self, _: &[Entry]) -> Result<Vec<Entry>, LogError> {
        Err(LogError::Unavailable("read only".to_owned()))
    }

    fn find(&self, id: wangge::grid::fact::FactId) -> Result<Option<Entry>, LogError> {
        Ok(self.0.iter().find(|entry| entry.envelope.id() == id).cloned())
    }

    fn head(&self, writer: wangge::grid::fact::WriterId) -> Result<wangge::grid::fact::Head, LogError> {
        MemoryLog::default().head(writer)
    }
}

pub(super) fn open() -> County {
    let dir = tempfile::tempdir().unwrap();
    copy(&county().join("store"), dir.path());
    let book = Book::open(dir.path(), &Files::of_user(), Clock::fixed(NOW).unwrap()).unwrap();
    let entries = StoreLog(book.store.clone()).read(&Subtree::All, Position(0), 1_000_000).unwrap();
    let state = book.state.clone();
    book.close().unwrap();
    County { _dir: dir, state, log: Facts(entries) }
}

impl County {
    fn node(&self, id: &str) -> NodeIx {
        self.state.org().node_ix(id).unwrap()
    }

    pub(super) fn scene(&self, at: &str, period: &str, actor: &Actor) -> Scene<'_> {
        let scope = Scope::new(&self.state, self.node(at), Period::parse(period).unwrap(), actor);
        gather(scope, &self.log).unwrap()
    }

    /// With a unit of one grid placed in another from a day on.
    fn with_a_unit_moved(mut self, from: &str, to: &str, day: NaiveDate) -> County {
        let org = self.state.org();
        let subject = org.members_on(self.node(from), day).next().map(|unit| org.unit(unit).id.clone());
        let draft = Draft {
            occurred: day,
            by: None,
            at: Some(to.to_owned()),
            subject,
            replaces: None,
            reason: None,
            effort: None,
            body: Body::Placement(Placement { from: day }),
        };
        let envelope = Chain::new(WriterId([9; 16]), Head::default()).seal(&draft, 1_795_000_000_000);
        self.state.apply(&envelope.open(1_795_000_000_000).unwrap());
        let position = Position(self.log.0.last().unwrap().position.0 + 1);
        self.log.0.push(Entry { position, received_ms: 1_795_000_000_000, envelope });
        self
    }

    /// The month's pack, given to who wants to look at it.
    fn month<T>(&self, look: impl FnOnce(&Document<'_>) -> T) -> T {
        look(&period_pack(&self.scene("330781", "2026-11", &owner())))
    }
}

fn owner() -> Actor {
    on("2026-11-23".parse().unwrap())
}

fn on(day: NaiveDate) -> Actor {
    Actor::owner(None, day)
}

fn page(document: &Document<'_>) -> String {
    let mut page = Vec::new();
    html(document, &mut page).unwrap();
    String::from_utf8(page).unwrap()
}

fn all(scene: &Scene<'_>, id: &str) -> Vec<Vec<Cell>> {
    let mut out = Vec::new();
    rows(scene, SheetKind::of(id).unwrap(), &mut 0, &mut |row| out.push(row));
    out
}

#[test]
fn every_row_has_a_cell_for_every_column_of_its_kind() {
    let county = open();
    let scene = county.scene("330781", "2026", &owner());
    for kind in SHEETS.iter().filter(|kind| !kind.columns.is_empty()) {
        let rows = all(&scene, kind.id);
        assert!(rows.iter().all(|row| row.len() == kind.columns.len()), "{}", kind.id);
        assert!(!rows.is_empty(), "{} has no rows to look at", kind.id);
    }
}

#[test]
fn a_table_by_itself_has_the_rows_that_it_has_in_the_pack() {
    let county = open();
    for at in ["330781", "330781001", "330781001-G01"] {
        for period in ["2026-09", "2026-Q3", "2026"] {
            let scene = county.scene(at, period, &owner());
            let forms = county.state.pack().report.chosen(scene.scope.period.cadence);
            for form in forms.into_iter().filter(|form| !form.kind.columns.is_empty()) {
                let (kind, columns) = (form.kind, columns(&form));
                let plain: Vec<_> = columns.iter().map(|(_, column)| column.clone()).collect();
                let mut whole = Vec::new();
                let mut csv = Csv::new(&mut whole, Charset::Utf8, &plain).unwrap();
                for row in all(&scene, kind.id) {
                    csv.row(&columns.iter().map(|(at, _)| row[*at].clone()).collect::<Vec<_>>()).unwrap();
                }
                csv.finish().unwrap();
                let mut alone = Vec::new();
                to_csv(&scene.scope, &county.log, kind, Charset::Utf8, &mut alone).unwrap();
                let [whole, alone] = [whole, alone].map(|csv| String::from_utf8(csv).unwrap());
                let differs = whole.lines().zip(alone.lines()).find(|(whole, alone)| whole != alone);
                assert!(whole == alone, "{at} {period} {}: {differs:?}", kind.id);
            }
        }
    }
}

#[test]
fn one_grid_is_told_alike_by_itself_and_as_a_part_of_the_county() {
    let county = open();
    let name = county.state.org().full_name(county.node("330781001-G01"));
    for id in ["visits", "sessions", "returns", "duties", "late", "problems"] {
        let at = SheetKind::of(id).unwrap().columns.iter().position(|column| *column == "node").unwrap();
        let is_here = |row: &&Vec<Cell>| row[at] == Cell::text(&name);
        let strip = |row: &Vec<Cell>| row[usize::from(id != "duties")..].to_vec();
        let whole = all(&county.scene("330781", "2026-09", &owner()), id);
        let part = all(&county.scene("330781001-G01", "2026-09", &owner()), id);
        let of_whole: Vec<_> = whole.iter().filter(is_here).map(strip).collect();
        let of_part: Vec<_> = part.iter().map(strip).collect();
        assert_eq!(of_whole, of_part, "{id}");
    }
}

#[test]
fn a_past_month_tells_what_it_owed_settled_or_not() {
    let county = open();
    let scene = county.scene("330781", "2026-10", &owner());
    let (october, visit) = (Period::parse("2026-10").unwrap(), county.state.pack().duty("visit").unwrap().0);
    let of_october: Vec<_> =
        scene.standings().iter().filter(|row| row.duty == visit && row.period == october).collect();
    let grids =
        county.state.org().nodes().filter(|(_, node)| node.is_grid() && node.member_count_on(october.first()) > 0);
    assert_eq!(of_october.len(), grids.count());
    assert!(scene.standings().iter().all(|row| row.period.first() <= october.last()));
}

#[test]
fn one_grid_is_told_of_a_past_month_as_by_a_state_that_knows_everything_else() {
    let county = open().with_a_unit_moved("330781001-G01", "330781001-G02", "2026-10-15".parse().unwrap());
    let plain = |scope: Scope<'_>| {
        let mut plain = Vec::new();
        text(&period_pack(&gather(scope, &county.log).unwrap()), Lines::Unix, &mut plain).unwrap();
        String::from_utf8(plain).unwrap()
    };
    let grids = county.state.org().nodes().filter(|(_, node)| node.is_grid()).map(|(grid, _)| grid);
    let grids: Vec<NodeIx> = grids.collect();
    for period in ["2026-09", "2026-10"].map(|period| Period::parse(period).unwrap()) {
        let all = as_of(&county.state, &county.log, period.last()).unwrap();
        let mut differs = false;
        for grid in &grids {
            let then = Then::at_end(&county.state, &county.log, (*grid, period), owner().today).unwrap();
            let own = then.scope(period, &owner());
            differs |= own.state.count() < all.count();
            let known = Scope::new(&all, *grid, period, &on(period.last()));
            assert!(plain(own) == plain(known), "{period} {grid:?}");
        }
        assert!(differs, "nothing was left out");
    }
}

#[test]
fn what_was_entered_later_for_a_month_stands_in_its_pack() {
    let county = open();
    let scene = county.scene("330781001", "2026-09", &owner());
    // Checked in November for September: it happened later and is for the month.
    let ledgers = all(&scene, "ledgers");
    assert_eq!(ledgers.len(), 1);
    assert!(ledgers[0].contains(&Cell::text("2026-09")) && ledgers[0].contains(&Cell::text("9月产值漏记一笔")));
    let late = all(&scene, "late");
    assert!(late.iter().any(|row| row.contains(&Cell::text("当时出差"))));
    // And what happened in November is told there, the gap of the spending with it.
    let november = county.scene("330781001", "2026-11", &owner());
    assert_eq!(all(&november, "ledgers").len(), 1);
    let funds = all(&november, "funds");
    assert!(funds.iter().any(|row| row.contains(&Cell::Money(128_050)) && row.contains(&Cell::text("缺凭证"))));
    assert!(all(&november, "changes").iter().any(|row| row.contains(&Cell::text("统计员转岗"))));
    assert!(all(&november, "problems").iter().any(|row| row.contains(&Cell::text("9月产值漏记一笔"))));
}

#[test]
fn telephone_numbers_are_whole_for_those_who_administer_only() {
    let county = open();
    let phones = |actor: &Actor| -> Vec<String> {
        let at = SheetKind::of("people").unwrap().columns.iter().position(|column| *column == "phone").unwrap();
        all(&county.scene("330781001", "2026-11", actor), "people").iter().map(|row| row[at].to_string()).collect()
    };
    let whole = phones(&owner());
    let masked = phones(&Actor::held("nobody", owner().today));
    assert!(whole.iter().any(|phone| phone.starts_with("138") && !phone.contains('*')));
    assert_eq!(whole.len(), masked.len());
    for (whole, masked) in whole.iter().zip(&masked).filter(|(whole, _)| !whole.is_empty()) {
        assert!(masked.contains("****") && masked[..3] == whole[..3], "{masked}");
    }
    let notes = |actor: &Actor| {
        let rows = all(&county.scene("330781001", "2026-09", actor), "visits");
        rows.iter().flatten().map(ToString::to_string).find(|text| text.starts_with("电话")).unwrap()
    };
    assert_eq!(notes(&owner()), "电话 13812345678");
    assert_eq!(notes(&Actor::held("nobody", owner().today)), "电话 138****5678");
}

#[test]
fn the_page_needs_nothing_but_itself() {
    let page = open().month(page);
    for part in ["<script", "http:", "https:", "src=", "@import", "url("] {
        assert!(!page.contains(part), "{part}");
    }
    assert_eq!(page.matches("<section").count(), 15);
    assert_eq!(page.matches("<svg").count(), 2);
    assert!(page.contains("<thead>") && page.contains("@page{size:A4 landscape"));
}

#[test]
fn what_people_wrote_is_text_on_the_page() {
    let table = wangge::report::Table {
        rows: Rows::Held(vec![vec![Cell::text("<b>&\"甲\"")]]),
        columns: vec![wangge::report::Column { id: "note", title: "备注".to_owned(), width: 9 }],
        ..Default::default()
    };
    let sheet = wangge::report::Sheet { id: "visits", title: "表".to_owned(), blocks: vec![Block::Table(table)] };
    let document =
        Document { title: "题".to_owned(), subtitle: String::new(), font: "宋体".to_owned(), sheets: vec![sheet] };
    assert!(page(&document).contains("<td>&lt;b&gt;&amp;&quot;甲&quot;</td>"));
}

#[test]
fn plain_text_stands_in_columns_and_leaves_no_row_out() {
    let county = open();
    let (mut plain, mut file) = (Vec::new(), Vec::new());
    let rows = county.month(|document| {
        let rows = text(document, Lines::Unix, &mut plain).unwrap();
        assert_eq!(write(document, Format::Text, owner().today, &mut file).unwrap(), rows);
        rows[document.sheets.iter().position(|sheet| sheet.id == "visits").unwrap()]
    });
    let plain = String::from_utf8(plain).unwrap();
    assert_eq!(rows, all(&county.scene("330781", "2026-11", &owner()), "visits").len() as u64);
    let part = plain.split("== 走访记录 ==").nth(1).unwrap().split("\n==").next().unwrap();
    assert_eq!(part.lines().filter(|line| line.contains("2026-11-")).count() as u64, rows);
    assert!(part.contains(&format!("共 {rows} 行。")));
    assert!(file.starts_with("\u{feff}兰溪市2026年11月".as_bytes()));
    assert_eq!(String::from_utf8(file).unwrap()[3..], plain.replace('\n', "\r\n"));
}

#[test]
fn the_same_day_gives_the_same_bytes() {
    let county = open();
    let once = || {
        let mut bytes = Vec::new();
        county.month(|document| write(document, Format::Xlsx, owner().today, &mut bytes).unwrap());
        bytes
    };
    assert!(once() == once());
}
