#![allow(clippy::unwrap_used)]
use std::fs;

use super::*;
use crate::run::Files;

/// Stores that are made of nothing.
struct Made {
    store: PathBuf,
    people: Vec<Person>,
    did: Vec<String>,
}

impl Founding for Made {
    fn packs(&self) -> Vec<(String, String)> {
        vec![("lanxi".into(), "兰溪市".into()), ("sample".into(), "清河县".into())]
    }

    fn store(&self) -> &Path {
        &self.store
    }

    fn has_store(&self) -> bool {
        self.did.iter().any(|did| did.starts_with("create"))
    }

    fn create(&mut self, pack: &str) -> Result<(), String> {
        self.did.push(format!("create {pack}"));
        Ok(())
    }

    fn take(&mut self, folder: &Path) -> Result<(), String> {
        if !folder.ends_with("there") {
            return Err("没有账本".into());
        }
        self.store = folder.to_owned();
        Ok(())
    }

    fn import(&mut self, file: &Path) -> Result<Vec<String>, String> {
        if !file.ends_with("名册.csv") {
            return Err("打不开".into());
        }
        self.people = ["张三", "李四"].map(|name| person(name, "网格长 工业第1网格")).to_vec();
        Ok(vec!["已新建 2 家".into()])
    }

    fn people(&self) -> Result<Vec<Person>, String> {
        Ok(self.people.clone())
    }
}

fn person(name: &str, post: &str) -> Person {
    Person { written: name.into(), name: name.into(), post: post.into() }
}

/// Plays keys: where they lead, what was done, and the configuration afterwards.
fn play(keys: &[&str], known: Known, people: &[&str]) -> (Option<Outcome>, Vec<String>, String) {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::in_folders(vec![dir.path().to_owned()], dir.path().join("data"));
    let people = people.iter().map(|name| person(name, "")).collect();
    let mut founding = Made { store: dir.path().join("store"), people, did: Vec::new() };
    let prefs = Preferences::new(files, Prefs::default());
    // The language is the whole process's: these tests speak Chinese only.
    let look = prefs.look(&Prefs::default()).0;
    let steps = vec![Step::first(known)];
    let page = Page::of(steps[0], &founding);
    let now = Prefs::default();
    let mut welcome = Welcome { founding: &mut founding, prefs, now, known, look, steps, page, said: None };
    let mut outcome = None;
    for key in keys {
        assert_eq!(outcome, None, "before {key}");
        match key.parse::<Key>() {
            Ok(key) => outcome = welcome.key(key),
            Err(_) => key.chars().for_each(|c| assert_eq!(welcome.key(Key::char(c)), None)),
        }
        let area = Rect::new(0, 0, 80, 24);
        welcome.draw(&mut Buffer::empty(area));
    }
    let did = std::mem::take(&mut founding.did);
    let config = fs::read_to_string(dir.path().join("config.toml")).unwrap_or_default();
    (outcome, did, config.replace(&std::env::current_dir().unwrap().display().to_string(), "."))
}

const ASKED: Known = Known { glyphs: true, lang: true };

#[test]
fn one_key_a_step_leads_to_a_desk_and_every_answer_is_kept() {
    let (outcome, did, config) = play(&["n", "1", "1", "2", "2"], Known::default(), &[]);
    assert_eq!(outcome, Some(Outcome::Desk), "nobody is there to be chosen");
    assert_eq!(did, ["create sample"]);
    assert_eq!(config, "glyphs = \"ascii\"\nlang = \"zh\"\n");
}

#[test]
fn what_was_answered_before_is_not_asked_and_a_roster_brings_people() {
    let keys = ["1", "enter", "1", "名册.csv", "enter", "李四", "enter"];
    let (outcome, did, config) = play(&keys, ASKED, &[]);
    assert_eq!(outcome, Some(Outcome::Desk));
    assert_eq!((did.as_slice(), config.as_str()), (&["create lanxi".to_owned()][..], "as = \"李四\"\n"));
    // By initials; and nobody is anybody's right.
    assert_eq!(play(&["1", "1", "1", "名册.csv", "enter", "zs", "enter"], ASKED, &[]).2, "as = \"张三\"\n");
    assert_eq!(play(&["1", "1", "1", "名册.csv", "enter", "无人", "enter"], ASKED, &[]).2, "");
}

#[test]
fn a_wrong_path_is_told_and_can_be_mended_and_an_empty_one_means_later() {
    let (outcome, ..) = play(&["1", "1", "1", "没有.csv", "enter"], ASKED, &[]);
    assert_eq!(outcome, None);
    assert_eq!(play(&["1", "1", "1", "enter"], ASKED, &[]).0, Some(Outcome::Desk));
    let path = "backspace";
    let clear = [path; 120];
    let keys: Vec<&str> = ["2"].into_iter().chain(clear).chain(["there", "enter"]).collect();
    let (outcome, _, config) = play(&keys, ASKED, &[]);
    assert_eq!((outcome, config.as_str()), (Some(Outcome::Desk), "store = \"./there\"\n"));
    let keys: Vec<&str> = ["2"].into_iter().chain(clear).chain(["nowhere", "enter"]).collect();
    assert_eq!(play(&keys, ASKED, &[]).0, None);
}

#[test]
fn esc_is_one_step_back_and_leaves_before_the_first_but_makes_no_store_twice() {
    assert_eq!(play(&["esc"], Known::default(), &[]).0, Some(Outcome::Left));
    assert_eq!(play(&["y", "esc", "q"], Known::default(), &[]).0, Some(Outcome::Left));
    assert_eq!(play(&["1", "esc", "3"], ASKED, &[]).0, Some(Outcome::Demo));
    assert_eq!(play(&["1", "1", "1", "esc", "2"], ASKED, &[]).0, Some(Outcome::Desk));
    assert_eq!(play(&["1", "1", "esc"], ASKED, &[]).0, Some(Outcome::Left), "the store is made");
    // Full-width keys, as an input method that was left on sends them.
    assert_eq!(play(&["ｎ", "１", "３"], Known::default(), &[]).0, Some(Outcome::Demo));
}
