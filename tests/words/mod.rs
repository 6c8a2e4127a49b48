//! The words: every key has both languages, with the same values to fill in, and is said somewhere.
#![allow(clippy::expect_used, clippy::unwrap_used)]
mod calls;
mod literals;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use calls::Call;

/// Beginnings of keys that are put together while running, with `words::said`.
const PUT_TOGETHER: [&str; 23] = [
    "day.",
    "word.",
    "command.",
    "key.",
    "keymap.",
    "form.",
    "post.",
    "sector.",
    "measure.",
    "state.",
    "cadence.",
    "running.",
    "period.",
    "topic.",
    "kind.",
    "rights.",
    "handover.",
    "report.column.",
    "report.figure.",
    "report.kind.",
    "report.sheet.",
    "planned.column.",
    "terminal.not_utf8",
];

/// A key's words in both languages, and the file that holds them.
struct Words {
    file: String,
    zh: String,
    en: String,
}

#[test]
fn every_key_has_both_languages_with_the_same_values_to_fill_in() {
    let mut faults = Vec::new();
    for (key, words) in all(&mut faults) {
        let Words { file, zh, en } = &words;
        let mut fault = |what: &str| faults.push(format!("{file}: {key}: {what}"));
        if zh.trim().is_empty() || en.trim().is_empty() {
            fault("a language is empty");
        }
        if places(zh) != places(en) {
            fault("the languages fill in other values");
        }
        if en.chars().any(is_han) && !QUOTES_HAN.contains(&key.as_str()) {
            fault("Chinese in the English words");
        }
        if zh.chars().chain(en.chars()).any(|c| "·“”‘’—…".contains(c)) {
            fault("a glyph that clients draw in one cell or in two (rule 8)");
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Keys whose English words must name something Chinese, such as what to type.
const QUOTES_HAN: [&str; 7] = [
    "ruler.aligned",
    "ruler.crooked",
    "ruler.language",
    "ruler.sample",
    "ruler.title",
    "ruler.word",
    "sheet.no_header_right",
];

#[test]
fn every_key_that_is_said_exists_and_is_given_its_values() {
    let words = all(&mut Vec::new());
    let mut faults = Vec::new();
    for Call { file, key, values } in calls::all() {
        match words.get(&key) {
            None => faults.push(format!("{file}: {key} has no words in data/locales")),
            Some(found) if places(&found.zh) != values => {
                faults.push(format!("{file}: {key} is given {values:?} and needs {:?}", places(&found.zh)));
            }
            Some(_) => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_key_is_said_somewhere() {
    let said: BTreeSet<String> = calls::all().into_iter().map(|call| call.key).collect();
    let unsaid: Vec<String> = all(&mut Vec::new())
        .into_iter()
        .filter(|(key, _)| !said.contains(key) && !PUT_TOGETHER.iter().any(|begin| key.starts_with(begin)))
        .map(|(key, words)| format!("{}: {key}", words.file))
        .collect();
    assert!(unsaid.is_empty(), "nobody says\n{}", unsaid.join("\n"));
}

/// Files whose Chinese is data, stored or read: the same in every language.
const DATA: [(&str, &str); 17] = [
    ("app/fill.rs", "words that people type: yes, all, this month"),
    ("app/find/names.rs", "parts of names"),
    ("app/when.rs", "words that people type: yesterday, Monday"),
    ("cli/manual.rs", "a test that reads the manual"),
    ("cli/phones.rs", "a test that reads what commands print"),
    ("grid/decide/record/several.rs", "where a task came from, as it is stored"),
    ("grid/pack/names.rs", "what a pack calls things where it does not say so"),
    ("grid/plan/partition/name.rs", "names that new grids are stored by"),
    ("grid/sample/", "a made-up county"),
    ("log/conformance.rs", "the contents of made-up facts"),
    ("screen/plan/view.rs", "signs that begin no line"),
    ("sheet/clean.rs", "signs around headings in files"),
    ("sheet/header.rs", "column names in files"),
    ("sheet/write.rs", "column names in files"),
    ("term/keymap/guide.rs", "a page of the repository"),
    ("term/probe.rs", "hanzi that are measured"),
    ("words/mod.rs", "what the language calls itself"),
];

#[test]
fn chinese_stands_in_the_locales_and_not_in_the_sources() {
    let all = literals::all();
    let is_in = |file: &str, begin: &str| file.starts_with(begin);
    let allowed = |file: &str| DATA.iter().any(|(begin, _)| is_in(file, begin));
    let faults: Vec<&str> = all.iter().filter(|one| !allowed(&one.file)).map(|one| one.said.as_str()).collect();
    assert!(faults.is_empty(), "put these into data/locales:\n{}", faults.join("\n"));
    for (begin, _) in DATA {
        assert!(all.iter().any(|one| is_in(&one.file, begin)), "{begin} needs no exception any more");
    }
}

/// What is to be filled into `words`.
fn places(words: &str) -> BTreeSet<String> {
    words.split("%{").skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect()
}

fn is_han(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

/// All keys; what is wrong with a file is told in `faults`.
fn all(faults: &mut Vec<String>) -> BTreeMap<String, Words> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/locales");
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut out = BTreeMap::new();
    for path in files {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let table: toml::Table =
            fs::read_to_string(&path).unwrap().parse().unwrap_or_else(|why| panic!("{file}: {why}"));
        if table.get("_version") != Some(&toml::Value::Integer(2)) {
            faults.push(format!("{file}: begins with `_version = 2`"));
        }
        collect(&file, "", &table, &mut out, faults);
    }
    out
}

fn collect(file: &str, above: &str, table: &toml::Table, out: &mut BTreeMap<String, Words>, faults: &mut Vec<String>) {
    for (name, value) in table.iter().filter(|(name, _)| *name != "_version") {
        let key = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
        let toml::Value::Table(inner) = value else {
            faults.push(format!("{file}: {key} holds no table of languages"));
            continue;
        };
        if inner.values().all(toml::Value::is_table) {
            collect(file, &key, inner, out, faults);
            continue;
        }
        let of = |language: &str| inner.get(language).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        if inner.keys().any(|language| !["zh", "en"].contains(&language.as_str())) {
            faults.push(format!("{file}: {key} has a language that is not zh or en"));
        }
        let words = Words { file: file.to_owned(), zh: of("zh"), en: of("en") };
        if let Some(twice) = out.insert(key.clone(), words) {
            faults.push(format!("{file}: {key} stands in {} as well", twice.file));
        }
    }
}
