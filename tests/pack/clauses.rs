//! Every row of the requirements is in the Lanxi pack: a duty, or a line that says why it is a rule.
use std::collections::BTreeSet;

use super::builtin;

/// The rows of sections 2 to 4 of the requirements; `~` marks those whose number the policy leaves open.
const ROWS: &str = "
B-1 B-2 B-3 B-4 B-5 B-6 B-7 B-8 B-9
A2-1长-1~ A2-1长-2~ A2-1长-3 A2-1长-4~ A2-1长-5
A2-1副-1 A2-1副-2~ A2-1副-3~ A2-1副-4 A2-1副-5~ A2-1副-6 A2-1副-7~
A2-1员-1 A2-1员-2 A2-1员-3~ A2-1员-4~
A2-2长-1 A2-2长-2 A2-2长-3 A2-2长-4
A2-2副-1 A2-2副-2~ A2-2副-3~ A2-2副-4 A2-2副-5a A2-2副-5b A2-2副-5c
A2-2员-1 A2-2员-2 A2-2员-3 A2-2员-4~ A2-2员-5~
A2-3长-1 A2-3长-2 A2-3长-3~ A2-3长-4a A2-3长-4b~ A2-3长-5 A2-3长-6~ A2-3长-7~
A2-3副-1 A2-3副-2~ A2-3副-3 A2-3副-4~ A2-3副-5
A2-3员-1 A2-3员-2~ A2-3员-3 A2-3员-4 A2-3员-5 A2-3员-6~
A1-1a A1-1b A1-1c A1-1d A1-2 A1-3a A1-3b A1-3c A1-4a A1-4b A1-4c A1-4d A1-5
S-1 S-2 S-3 S-4
";

/// The rows of section 5, which may have lines too.
const SYSTEMS: std::ops::RangeInclusive<u32> = 1..=14;

fn rows() -> impl Iterator<Item = (&'static str, bool)> {
    ROWS.split_whitespace().map(|row| (row.trim_end_matches('~'), row.ends_with('~')))
}

#[test]
fn every_row_of_the_requirements_is_a_duty_or_a_rule() {
    let pack = builtin("lanxi");
    let clauses: BTreeSet<&str> = pack.duties.iter().map(|duty| duty.clause.as_str()).collect();
    let rules: BTreeSet<&str> = pack.rules.iter().map(|rule| rule.clause.as_str()).collect();
    let missing: Vec<_> =
        rows().map(|(row, _)| row).filter(|row| !clauses.contains(row) && !rules.contains(row)).collect();
    assert!(missing.is_empty(), "no duty and no rule for {missing:?}");
    // Annexes and stages are done by somebody; only what section 2 says of the organisation can be a rule alone.
    for (row, _) in rows().filter(|(row, _)| !row.starts_with("B-")) {
        assert!(clauses.contains(row), "{row} has no duty");
    }
}

#[test]
fn no_clause_is_made_up() {
    let pack = builtin("lanxi");
    let known: BTreeSet<String> =
        rows().map(|(row, _)| row.to_owned()).chain(SYSTEMS.map(|n| format!("M-{n}"))).collect();
    for clause in pack.duties.iter().map(|duty| &duty.clause).chain(pack.rules.iter().map(|rule| &rule.clause)) {
        assert!(known.contains(clause), "{clause} is no row of the requirements");
    }
}

#[test]
fn what_the_policy_leaves_open_is_marked_as_assumed() {
    let pack = builtin("lanxi");
    for (row, _) in rows().filter(|(_, open)| *open) {
        let of_row: Vec<_> = pack.duties.iter().filter(|duty| duty.clause == row).collect();
        assert!(of_row.iter().any(|duty| duty.assumed), "{row} is not marked");
    }
    // And what the policy does say is not: the number and the period are in its words.
    let says = [
        ("visit", "month", "每月"),
        ("training", "quarter", "每季度"),
        ("home", "quarter", "每季度"),
        ("analysis-meeting", "quarter", "每季度"),
        ("monthly-hearing", "month", "每月"),
        ("quarterly-study", "quarter", "每季度"),
        ("monthly-economy", "month", "每月"),
        ("ledger-check", "month", "每月"),
        ("education", "year", "每年"),
    ];
    for (id, cadence, words) in says {
        let (_, duty) = pack.duty(id).unwrap();
        assert_eq!((duty.assumed, duty.cadence.key()), (false, cadence), "{id}");
        assert!(duty.text.contains(words), "{id}: {}", duty.text);
    }
}

#[test]
fn rules_live_where_the_pack_says() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for pack in ["lanxi", "sample"].map(builtin) {
        for rule in &pack.rules {
            let (file, name) = rule.place.split_once(": ").unwrap_or_else(|| panic!("{}: {}", rule.clause, rule.place));
            let text = std::fs::read_to_string(root.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"));
            assert!(text.contains(name), "{}: there is no {name} in {file}", rule.clause);
        }
    }
}
