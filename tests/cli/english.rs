//! The same commands for people who read English: help, sentences, and what must not change with the language.
use serde_json::Value;

use super::{done, misused, refused, with_roster, with_tree};
use crate::pty::Home;

fn is_han(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

/// The help of a command, and after it those of its subcommands.
fn helps(home: &Home, language: &str, path: &[&str], out: &mut Vec<(String, String)>) {
    let help = done(home, &[path, &["--help", "--lang", language]].concat());
    let heading = if language == "zh" { "命令:" } else { "Commands:" };
    let listed = help.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| line.starts_with("  "));
    let names = listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    for name in names.filter(|name| *name != "help") {
        helps(home, language, &[path, &[name]].concat(), out);
    }
    out.push((path.join(" "), help));
}

#[test]
fn help_is_whole_in_both_languages() {
    let home = Home::new();
    let told = ["zh", "en"].map(|language| {
        let mut out = Vec::new();
        helps(&home, language, &[], &mut out);
        out
    });
    assert_eq!(told[0].len(), told[1].len());
    assert!(told[0].len() > 60, "{} commands", told[0].len());
    for ((path, zh), (_, en)) in told[0].iter().zip(&told[1]) {
        assert!(!en.contains(is_han), "wangge {path}:\n{en}");
        let first = |help: &str| help.lines().next().unwrap_or_default().to_owned();
        assert!(first(zh).contains(is_han) && !first(en).trim().is_empty(), "wangge {path} says nothing of itself");
        for (help, language) in [(zh, "zh"), (en, "en")] {
            // An option or argument and what it is for stand in one line, or the words in the next one.
            let lines: Vec<&str> = help.lines().collect();
            for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with(['-', '<', '[']))
            {
                let said = line.trim().split_once("  ").map(|(_, said)| said).or(lines.get(i + 1).copied());
                let said = said.unwrap_or_default();
                assert!(!said.trim().is_empty(), "wangge {path}: {line}");
                assert!(language == "en" || said.contains(is_han), "wangge {path}: {line}");
            }
        }
    }
}

#[test]
fn what_goes_wrong_is_told_in_english() {
    let home = with_tree();
    assert_eq!(
        misused(&home, &["duee", "--lang", "en"]),
        "there is no command \"duee\", did you mean due?; see wangge --help"
    );
    assert_eq!(
        refused(&home, &["record", "visit", "nobody", "--lang", "en"]),
        "The ledger knows no enterprise called \"nobody\"; use the credit code or the whole name"
    );
    let grid = "兰江街道";
    assert_eq!(
        refused(&home, &["record", "training", grid, "--topic", "x", "--on", "2026-12-01", "--lang", "en"]),
        "2026-12-01 has not come yet; record today or an earlier day"
    );
    let command = home.wangge(&["verify", "--store", "nowhere"]).env("LANG", "en_GB.UTF-8").command().output().unwrap();
    let said = String::from_utf8(command.stderr).unwrap();
    assert!(said.starts_with("There is no ledger in nowhere; make one with wangge init"), "{said}");
}

#[test]
fn scripts_read_the_same_in_every_language() {
    let home = with_roster();
    for args in [&["due", "--json"][..], &["log", "--json"], &["timeline", "--json"], &["matters", "--json"]] {
        let [zh, en] = ["zh", "en"].map(|language| done(&home, &[args, &["--lang", language]].concat()));
        assert_eq!(zh, en, "{args:?}");
    }
}

/// What is written down is the same, whoever's desk it was: ids, and Chinese where the words are ours.
#[test]
fn a_fact_does_not_depend_on_the_language() {
    let written = ["zh", "en"].map(|language| {
        let home = with_tree();
        let town = "兰江街道";
        let kind = if language == "zh" { "经济形势分析会" } else { "Economic analysis" };
        let resolution = format!("核实用电量 | {town} | 2026-11-30");
        let meeting =
            ["record", "meeting", town, "--kind", kind, "--agenda", "三季度主要数据", "--resolution", &resolution];
        done(&home, &[&meeting[..], &["--lang", language]].concat());
        let town_id = "330781001";
        let new = ["grid", "new", "工业第9网格", "--under", town, "--sector", "industry"];
        done(&home, &[&new[..], &["--lang", language]].concat());
        let facts = done(&home, &["log", "--json", "--at", town_id]);
        let of_us = facts.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
        // Ids and the times at which they were made are a store's own.
        of_us.map(|fact| serde_json::to_string(&fact["body"]).expect("JSON")).collect::<Vec<_>>().join("\n")
    });
    assert!(written[0].contains("analysis") && written[0].contains("经济形势分析会：三季度主要数据"), "{}", written[0]);
    let plain = |text: &str| {
        // A task names the meeting's record by its id.
        let at = text.find("\"of\":").map_or(text.len(), |at| at);
        text[..at].to_owned()
    };
    assert_eq!(plain(&written[0]), plain(&written[1]));
}
