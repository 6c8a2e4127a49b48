//! Everything that is tested from outside the crate, as one binary: linking once is faster than linking each.
#![allow(clippy::unwrap_used, missing_docs)]

mod chaos;
mod cli;
mod crash;
mod desk;
mod dist;
mod docs;
mod due;
mod fuzz;
mod layers;
mod load;
mod log;
mod office;
mod pack;
mod pty;
mod replicas;
mod report;
mod roster;
mod rules;
mod serve;
mod sessions;
mod ssh;
mod threats;
mod words;

/// A file in `tests/` that is not a module here would never run.
#[test]
fn every_test_file_is_a_module_of_this_binary() {
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests");
    let modules = include_str!("main.rs");
    let entries = std::fs::read_dir(here).expect("tests/ is readable");
    let forgotten: Vec<String> = entries
        .filter_map(|entry| {
            let path = entry.expect("an entry of tests/").path();
            let name = path.file_stem()?.to_str()?.to_owned();
            let is_module = path.extension().is_some_and(|e| e == "rs") || path.join("mod.rs").exists();
            let is_named = name == "main" || modules.lines().any(|line| line == format!("mod {name};"));
            (is_module && !is_named).then_some(name)
        })
        .collect();
    assert!(forgotten.is_empty(), "add `mod NAME;` to tests/main.rs for: {forgotten:?}");
}
