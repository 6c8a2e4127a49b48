//! THREATS.md, held against the tests: what it names is there, and no section says so much without showing it.
#![allow(clippy::expect_used, clippy::unwrap_used)]
use std::{fs, path::Path};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn threats() -> String {
    fs::read_to_string(Path::new(ROOT).join("THREATS.md")).unwrap()
}

/// The lines of a section that name a test: `- `FILE::NAME``.
fn shown(section: &str) -> Vec<&str> {
    section
        .lines()
        .filter_map(|line| line.strip_prefix("- `")?.strip_suffix('`'))
        .filter(|name| name.contains("::"))
        .collect()
}

/// Whether the file has a test of this name: a function under `#[test]`, a property, or a case of the conformance suite.
fn has(file: &str, name: &str) -> bool {
    let Ok(text) = fs::read_to_string(Path::new(ROOT).join(file)) else { return false };
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let at = lines
        .iter()
        .position(|line| line.starts_with(&format!("fn {name}(")) || line.starts_with(&format!("pub fn {name}(")));
    let Some(at) = at else { return false };
    let attributes: Vec<&str> = lines[..at].iter().rev().take_while(|line| line.starts_with("#[")).copied().collect();
    // Ignored is not run, and shows nothing.
    let is_ignored = attributes.iter().any(|line| line.starts_with("#[ignore"));
    let is_test = attributes.contains(&"#[test]");
    let is_property = text[..text.find(&format!("fn {name}(")).unwrap()].contains("proptest! {");
    let is_case = file == "src/log/conformance.rs";
    !is_ignored && (is_test || is_property || is_case)
}

#[test]
fn every_section_names_tests_and_every_test_that_is_named_exists() {
    let text = threats();
    let mut faults = Vec::new();
    let sections: Vec<&str> = text.split("\n## ").skip(1).collect();
    assert!(sections.len() >= 8, "{} sections", sections.len());
    for section in sections {
        let title = section.lines().next().unwrap();
        let names = shown(section);
        if names.is_empty() {
            faults.push(format!("{title}: names no test"));
        }
        for name in names {
            let (file, test) = name.split_once("::").unwrap();
            if !has(file, test) {
                faults.push(format!("{title}: there is no test {name}"));
            }
        }
        if !section.contains("\nWants: ") {
            faults.push(format!("{title}: who wants what?"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_test_that_is_not_there_would_be_found() {
    let here = "tests/threats/mod.rs";
    assert!(has(here, "a_test_that_is_not_there_would_be_found"));
    assert!(!has(here, "nothing") && !has(here, "threats") && !has("tests/no.rs", "threats"));
    assert!(!has("tests/log/crash.rs", "child_appends_until_killed"), "it is ignored");
    assert_eq!(shown("x\n- `a.rs::b`\n- `c`\n- d `e.rs::f`"), ["a.rs::b"]);
}
