//! Quoted keys: `<kbd title="撤销">u</kbd>` says that `u` is a key of the command 撤销, and the default keymap knows it.
use wangge::{
    app::{COMMANDS, Context, Key},
    term::Keymap,
    words::Language,
};

use super::{Page, pages};

/// A key as it is quoted, and the command that it is said to be for.
struct Quoted<'a> {
    key: &'a str,
    title: Option<&'a str>,
}

fn quoted(text: &str) -> Vec<Quoted<'_>> {
    let mut out = Vec::new();
    for part in text.split("<kbd").skip(1) {
        let Some((head, rest)) = part.split_once('>') else { continue };
        let Some((key, _)) = rest.split_once("</kbd>") else { continue };
        let title = head.trim().strip_prefix("title=\"").and_then(|title| title.strip_suffix('"'));
        out.push(Quoted { key, title });
    }
    out
}

/// The key that people call so.
fn read(name: &str) -> Option<Vec<Key>> {
    let written = match name {
        "空格" => "space".to_owned(),
        "回车" => "enter".to_owned(),
        "退格" => "backspace".to_owned(),
        "↑" => "up".to_owned(),
        "↓" => "down".to_owned(),
        "←" => "left".to_owned(),
        "→" => "right".to_owned(),
        "PgUp" => "pageup".to_owned(),
        "PgDn" => "pagedown".to_owned(),
        name if name.chars().count() == 1 => name.to_owned(),
        name => name.to_lowercase(),
    };
    let mut keys = Key::sequence(&written).ok()?;
    keys.iter_mut().for_each(|key| *key = key.folded());
    Some(keys)
}

/// The Chinese names of the commands that the default keymap has for a key, in all places.
fn commands_of(keymap: &Keymap, keys: &[Key]) -> Vec<String> {
    let mut out = Vec::new();
    for row in COMMANDS {
        let has = |context: &Context| keymap.keys(*context, row.command).contains(&keys);
        if Context::ALL.iter().any(has) {
            out.push(row.words_in(Language::Zh).0.into_owned());
        }
    }
    out
}

/// What is wrong with the keys that a page quotes.
fn faults(page: &Page, keymap: &Keymap) -> Vec<String> {
    let mut out = Vec::new();
    for Quoted { key, title } in quoted(&page.text) {
        let commands = read(key).map(|keys| commands_of(keymap, &keys)).unwrap_or_default();
        let is_right = match title {
            Some(title) => commands.iter().any(|name| name == title),
            None => !commands.is_empty(),
        };
        if !is_right {
            out.push(format!("{}: {key} is said to be {title:?}; it is {commands:?}", page.path));
        }
    }
    out
}

#[test]
fn every_quoted_key_does_what_is_said_of_it() {
    let keymap = Keymap::builtin("default").unwrap();
    let manual: Vec<Page> = pages().into_iter().filter(|page| page.path != "docs/src/en/maintainers.md").collect();
    let faults: Vec<String> = manual.iter().flat_map(|page| faults(page, &keymap)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(manual.iter().any(|page| quoted(&page.text).len() > 10), "no keys are quoted");
}

#[test]
fn a_wrong_key_would_be_found() {
    let keymap = Keymap::builtin("default").unwrap();
    let page = |text: &str| Page { path: "x.md".into(), text: text.into() };
    let wrong = |text: &str| faults(&page(text), &keymap).len();
    assert_eq!(wrong("<kbd title=\"撤销\">u</kbd> <kbd>Ctrl-L</kbd> <kbd title=\"记走访\">空格</kbd>"), 0);
    assert_eq!(wrong("<kbd title=\"撤销\">x</kbd> <kbd>Ctrl-K</kbd> <kbd>nokey</kbd>"), 3);
}

#[test]
fn the_page_of_keys_is_the_one_beside_the_keymaps() {
    let page = Page::at("keymaps/README.md");
    let (_, tables) = page.text.split_once("\n## ").unwrap();
    super::put("docs/src/keys.md", "keys", &format!("## {tables}"), |written, wanted| written == wanted);
}
