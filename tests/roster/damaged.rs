//! Files that are cut, damaged or meant to do harm: always an answer, never a panic.
use proptest::prelude::*;

use super::files::{self, Book, csv, read, refused};

#[test]
fn a_cell_at_the_far_corner_costs_nothing() {
    let mut book = Book::new("名单");
    book.sheet().write(1_048_575, 16_383, "x").unwrap();
    assert_eq!(read(&book.bytes(2, &[]), "x.xlsx").unwrap().rows.len(), 2);
}

#[test]
fn a_truncated_xlsx_is_refused_at_every_length() {
    let whole = Book::new("名单").bytes(5, &[]);
    for cut in (0..whole.len()).step_by(37) {
        assert!(!refused(&whole[..cut], "x.xlsx").is_empty(), "{cut}");
    }
}

#[test]
fn rows_and_columns_beyond_every_limit_are_answered() {
    let good = String::from_utf8(files::sheet_xml()).unwrap();
    assert_eq!(read(&files::raw_xlsx(good.as_bytes()), "x.xlsx").unwrap().rows.len(), 2);
    for (from, to) in [
        ("r=\"A2\"", "r=\"ZZZZZZZZZZ2\""),
        ("r=\"A2\"", "r=\"A99999999999\""),
        ("<row r=\"2\"", "<row r=\"4294967295\""),
    ] {
        assert!(good.contains(from));
        let _ = read(&files::raw_xlsx(good.replace(from, to).as_bytes()), "x.xlsx");
    }
}

#[test]
fn an_archive_that_would_unpack_to_gigabytes_is_refused_unopened() {
    let mut bytes = files::raw_xlsx(&files::sheet_xml());
    let entry = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    bytes[entry + 24..entry + 28].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(refused(&bytes, "x.xlsx")[0].starts_with("压缩包解开后大得不像名单"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_damaged_xlsx_never_panics(flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = Book::new("名单").bytes(3, &[]);
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        let _ = read(&bytes, "x.xlsx");
    }

    #[test]
    fn malformed_xml_never_panics(at in any::<prop::sample::Index>(), len in 0usize..8, odd in prop::sample::select(files::ODD)) {
        let mut sheet = files::sheet_xml();
        let (from, to) = (at.index(sheet.len()), sheet.len());
        sheet.splice(from..(from + len).min(to), odd.bytes());
        let _ = read(&files::raw_xlsx(&sheet), "x.xlsx");
    }

    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, "x.csv");
    }

    #[test]
    fn any_cell_is_answered(cells in prop::collection::vec(".{0,30}", 8)) {
        let fields: [String; 8] = cells.try_into().unwrap();
        if let Err(errors) = read(csv(&[fields]).as_bytes(), "x.csv") {
            for error in errors {
                prop_assert!(error.to_string().contains("；应当") && error.to_string().ends_with('。'));
            }
        }
    }
}
