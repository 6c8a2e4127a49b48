//! The README of the sample pack, by which others write theirs: it explains everything that the reader takes, and its
//! examples are taken.
use wangge::grid::{
    duty::{KINDS, RULES},
    pack::{PackFiles, SECTIONS},
    record::{About, FORMS},
};

use super::{builtin, files, parsed};

const README: &str = include_str!("../../data/packs/sample/README.md");

#[test]
fn every_key_kind_and_rule_is_explained() {
    let explained = |word: &str| README.contains(&format!("`{word}`")) || README.contains(&format!("`\"{word}\"`"));
    for section in SECTIONS {
        assert!(README.contains(section.table) || section.table == "[posts.3]", "{} is not explained", section.table);
        for param in section.keys {
            let is_table = README.contains(&format!("[{}]", param.key));
            assert!(explained(param.key) || is_table, "{} of {} is not explained", param.key, section.table);
        }
    }
    for entry in KINDS {
        assert!(README.contains(&format!("**{}**", entry.name)), "{} is not explained", entry.name);
        for param in entry.params {
            assert!(explained(param.key), "{} of {} is not explained", param.key, entry.name);
        }
    }
    for form in FORMS {
        assert!(explained(form.id), "the form {} is not explained", form.id);
        // What is about a unit is marked: only that can be asked for unit by unit.
        let marked = README.contains(&format!("`{}` *", form.id));
        assert_eq!(marked, form.about == About::Unit, "{}", form.id);
    }
    for rule in RULES {
        let word = |end: &str| README.contains(&format!("`{}{end}", rule.name));
        assert!(word("`") || word(":"), "{} is not explained", rule.name);
    }
}

#[test]
fn every_kind_has_an_example_in_the_readme_and_in_the_pack() {
    let examples: Vec<&str> = README.split("```toml\n").skip(1).filter_map(|part| part.split("```").next()).collect();
    let pack = builtin("sample");
    for entry in KINDS {
        let kind = format!("kind = \"{}\"", entry.name);
        let example = examples.iter().find(|text| text.contains(&kind)).unwrap_or_else(|| panic!("{kind}"));
        assert!(pack.duties.iter().any(|duty| duty.kind.name() == entry.name), "{kind}");
        // The example is a part of a row; with what every row has, it is one.
        let level = if entry.name == "each" { 1 } else { 3 };
        let row = format!(
            "[[duty]]\nid = \"one\"\nname = \"一\"\nclause = \"1\"\ncite = \"1\"\ntext = \"一\"\non = [\"{level}/vertical/leader\"]\n\
             cadence = \"quarter\"\nmeasure = \"次\"\nlead_days = 1\n{example}"
        );
        let duties = format!("{}\n{row}", files("sample").duties);
        assert!(parsed(&PackFiles { duties: &duties, ..files("sample") }).duty("one").is_some());
    }
}
