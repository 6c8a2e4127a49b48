//! The table of contents agrees with the files.
use std::collections::BTreeSet;

use super::{Page, pages};

#[test]
fn every_page_is_in_the_table_of_contents_once_under_its_own_title() {
    let summary = Page::at("docs/src/SUMMARY.md");
    let listed: Vec<String> =
        summary.links().iter().map(|link| link.file.as_ref().unwrap().to_str().unwrap().to_owned()).collect();
    let once: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(once.len(), listed.len(), "a page is listed twice");
    let written: BTreeSet<String> =
        pages().into_iter().map(|page| page.path).filter(|path| path.starts_with("docs/src/")).collect();
    let wanted: BTreeSet<String> = listed.iter().cloned().chain(["docs/src/SUMMARY.md".to_owned()]).collect();
    assert_eq!(written, wanted, "SUMMARY.md and the files of docs/src differ");
    for page in pages().iter().filter(|page| page.is_manual()) {
        let title = page.title().unwrap_or_else(|| panic!("{} begins with no title", page.path));
        let entry = summary.text.lines().find(|line| line.ends_with(&format!("({})", &page.path["docs/src/".len()..])));
        let Some(entry) = entry else { continue };
        let called = entry.split(['[', ']']).nth(1).unwrap();
        let is_same = called == title || page.path.ends_with("maintainers.md");
        assert!(is_same, "{} is called 「{called}」 in SUMMARY.md and 「{title}」 itself", page.path);
    }
}

#[test]
fn the_chapter_for_maintainers_is_the_one_english_page_and_says_what_the_others_hold() {
    let english: Vec<Page> = pages().into_iter().filter(|page| page.path.starts_with("docs/src/en/")).collect();
    let [chapter] = &english[..] else { panic!("a half translated manual: {} pages", english.len()) };
    let rows = chapter.text.lines().filter(|line| line.starts_with("| [")).collect::<Vec<_>>();
    for page in Page::at("docs/src/SUMMARY.md").links().iter().filter_map(|link| link.file.clone()) {
        let name = page.to_str().unwrap()["docs/src/".len()..].to_owned();
        // The clients have one page each, and are told of together.
        let name = if name.starts_with("trouble/") { "trouble/index.md" } else { &name };
        let is_told = rows.iter().any(|row| row.contains(&format!("(../{name})")));
        assert!(
            is_told || name == "README.md" || name.starts_with("en/"),
            "{} does not say what {name} holds",
            chapter.path
        );
    }
}

#[test]
fn the_books_settings_are_those_that_mdbook_knows() {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/book.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    assert_eq!(table.keys().map(String::as_str).collect::<Vec<_>>(), ["book", "build", "output"]);
    assert_eq!(table["book"]["src"].as_str(), Some("src"));
    assert_eq!(table["book"]["language"].as_str(), Some("zh-CN"));
}

#[test]
fn the_manual_uses_no_words_that_clients_draw_wide_or_narrow_and_no_foreign_quotes() {
    for page in pages().iter().filter(|page| page.is_manual()) {
        let bad = page.text.lines().enumerate().find(|(_, line)| line.contains(['·', '“', '”', '…']));
        assert!(bad.is_none(), "{}:{}", page.path, bad.unwrap().0 + 1);
    }
}
