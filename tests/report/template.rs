//! The pack's `[report]`: another county gets its own form without code.
use std::{path::Path, sync::Arc};

use wangge::{
    grid::{
        calendar::{Cadence, Period},
        decide::{Actor, Setup, decide_setup},
        fact::{Chain, Head, WriterId},
        pack::{Pack, PasteOf, SHEETS, SheetKind},
        state::State,
    },
    log::memory::MemoryLog,
    report::{Document, Scope, gather, period_pack},
};

/// An empty county of a pack, and its month, given to who wants to look at it.
fn month<T>(pack: &str, look: impl FnOnce(&Document<'_>) -> T) -> T {
    let pack = Arc::new(Pack::builtin(pack).unwrap().unwrap());
    let (today, mut state) = ("2026-11-23".parse().unwrap(), State::new(pack.clone()));
    let mut chain = Chain::new(WriterId([1; 16]), Head::default());
    for draft in decide_setup(&pack, Setup { from: today, sample: false }) {
        state.apply(&chain.seal(&draft, 1_795_000_000_000).open(0).unwrap());
    }
    let root = state.org().roots()[0];
    let scope = Scope::new(&state, root, Period::parse("2026-11").unwrap(), &Actor::owner(None, today));
    look(&period_pack(&gather(scope, &MemoryLog::default()).unwrap()))
}

#[test]
fn a_county_says_what_its_report_is_called_and_which_sheets_and_columns_it_has() {
    month("sample", has_its_own_form);
}

fn has_its_own_form(document: &Document<'_>) {
    assert_eq!(document.title, "清河县统计工作月报（2026年11月）");
    assert!(document.subtitle.starts_with("制表单位：清河县统计局（清河县）"), "{}", document.subtitle);
    assert_eq!(document.font, "仿宋");
    let titles: Vec<&str> = document.sheets.iter().map(|sheet| sheet.title.as_str()).collect();
    assert_eq!(titles, ["一、总表", "二、走访台账", "三、问题", "四、没有办完的"]);
    let visits = document.sheet("visits").unwrap().table().unwrap();
    let columns: Vec<&str> = visits.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(columns, ["序号", "走访日期", "企业名称", "走访情况", "发现问题", "走访人"]);
    let open = document.sheet("unfinished").unwrap().table().unwrap();
    let rows = open.rows.each(|row| if row.len() == open.columns.len() { Ok(()) } else { Err(row.to_vec()) });
    assert!(rows.unwrap() > 0);
}

#[test]
fn without_a_choice_all_sheets_are_there_those_about_the_entries_themselves_once_a_year() {
    let ids: Vec<&str> = month("lanxi", |document| document.sheets.iter().map(|sheet| sheet.id).collect());
    let all: Vec<&str> = SHEETS.iter().map(|kind| kind.id).collect();
    let (of_every_pack, of_some) = all.split_at(15);
    assert_eq!(ids, of_every_pack);
    assert_eq!(of_some, ["assessment", "burden", "fields"]);
    let chosen = |cadence| wangge::grid::pack::ReportForm::default().chosen(cadence);
    assert_eq!(chosen(Cadence::Year).iter().map(|sheet| sheet.kind.id).collect::<Vec<_>>(), all);
    assert_eq!(chosen(Cadence::Quarter).len(), of_every_pack.len() + 1);
}

#[test]
fn every_sheet_and_column_is_explained_to_authors_of_packs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/packs/sample/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    for SheetKind { id, columns } in SHEETS {
        let row =
            readme.lines().find(|line| line.starts_with(&format!("| `{id}` | "))).unwrap_or_else(|| panic!("{id}"));
        let named: Vec<&str> = row.split('|').nth(3).unwrap_or_default().split('`').skip(1).step_by(2).collect();
        assert_eq!(named, *columns, "{id}");
    }
}

#[test]
fn every_text_for_the_upper_platform_is_explained_with_what_it_can_hold() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/packs/sample/README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    for of in PasteOf::ALL {
        let begin = format!("| `{}` | ", of.key());
        let named = |row: &str| -> Vec<String> {
            row.split('|').nth(3).unwrap_or_default().split('`').skip(1).step_by(2).map(str::to_owned).collect()
        };
        assert!(readme.lines().filter(|line| line.starts_with(&begin)).any(|row| named(row) == of.fills()), "{begin}");
    }
}
