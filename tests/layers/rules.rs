//! Which names a room may use.
use std::collections::BTreeMap;

use super::paths::{Named, Source};

/// The rooms from the bottom up; a room names only itself and those before it.
pub const ORDER: [&str; 13] =
    ["words", "grid", "log", "sync", "sheet", "report", "app", "ui", "screen", "term", "run", "cli", "main"];

/// Names of other crates, each with the rooms that may use it.
const HOMES: [(&[&str], &[&str]); 14] = [
    (&["sled"], &["log"]),
    (&["rust_xlsxwriter"], &["report"]),
    (&["crossterm"], &["term"]),
    (&["ratatui", "crossterm"], &["term"]),
    (&["termina"], &["term"]),
    (&["ratatui"], &["ui", "screen", "term", "run", "cli", "main"]),
    (&["std", "fs"], &["log", "sync", "sheet", "report", "ui", "screen", "term", "run", "cli", "main"]),
    (&["std", "net"], NOT_GRID),
    (&["std", "env"], NOT_GRID),
    (&["std", "process"], NOT_GRID),
    (&["std", "time", "SystemTime"], NOT_GRID),
    (&["std", "time", "UNIX_EPOCH"], NOT_GRID),
    (&["std", "time", "Instant"], NOT_GRID),
    (&["rustix"], NOT_GRID),
];
const NOT_GRID: &[&str] = &["log", "sync", "sheet", "report", "app", "ui", "screen", "term", "run", "cli", "main"];

/// A source file and its module path, for example `["grid", "fact", "body"]`; `["main"]` and `["lib"]` for the roots.
pub struct File {
    /// The path below `src/`, for messages.
    pub name: String,
    /// The module that the file is.
    pub module: Vec<String>,
    /// The names in it.
    pub source: Source,
}

impl File {
    /// A file by its path below `src/`.
    pub fn new(name: &str, source: Source) -> File {
        let mut module: Vec<String> = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if module.last().is_some_and(|last| last == "mod") {
            module.pop();
        }
        File { name: name.to_owned(), module, source }
    }

    fn room(&self) -> &str {
        &self.module[0]
    }
}

/// Everything in `files` that names what it must not, one sentence each.
pub fn violations(files: &[File]) -> Vec<String> {
    let mut macros = BTreeMap::new();
    for file in files {
        macros.extend(file.source.macros.iter().map(|name| (name.as_str(), file.room())));
    }
    // A folder is a screen; a file beside the folders is what they share, with the folder of its own name.
    let is_shared = |name: &str| files.iter().any(|file| file.name == format!("screen/{name}.rs"));
    let folder = |file: &File| {
        file.name.starts_with("screen/") && file.name.matches('/').count() > 1 && !is_shared(&file.module[1])
    };
    let screens: Vec<&str> = files.iter().filter(|f| folder(f)).map(|f| f.module[1].as_str()).collect();
    let mut found = Vec::new();
    for file in files {
        if file.room() != "lib" && rank(file.room()).is_none() {
            found.push(format!(
                "{}: `{}` is no room; give it a place in tests/layers/rules.rs",
                file.name,
                file.room()
            ));
            continue;
        }
        for named in &file.source.paths {
            if let Some(why) = judge(file, named, &macros, &screens) {
                found.push(format!("{}:{}: `{}` {why}", file.name, named.line, named.segments.join("::")));
            }
        }
    }
    found
}

fn judge(file: &File, named: &Named, macros: &BTreeMap<&str, &str>, screens: &[&str]) -> Option<String> {
    let Some(target) = own_path(file, named) else { return foreign(file.room(), named) };
    // The crate's root: `lib.rs` itself, or `use super::*` in it.
    let room = target.first()?;
    let place = rank(file.room()).unwrap_or(ORDER.len());
    let of = rank(room).or_else(|| rank(macros.get(room.as_str())?));
    match of {
        // What `i18n!` makes has to stand at the root, and the words are what it is for.
        None if file.room() == "words" && room.starts_with("_rust_i18n_") => return None,
        None => return Some(format!("names `{room}` of the crate's root, which is no room")),
        Some(of) if of > place => return Some(format!("goes up from `{}`", file.room())),
        Some(_) => {}
    }
    let own = file.module.get(1)?;
    let other = target.get(1)?;
    let sideways = file.room() == "screen" && room == "screen" && own != other && screens.contains(&other.as_str());
    sideways.then(|| format!("is another screen, seen from `{own}`"))
}

/// The path from the crate's root, or nothing for names of other crates and of the module itself.
fn own_path(file: &File, named: &Named) -> Option<Vec<String>> {
    let is_root = matches!(file.room(), "lib" | "main") && file.module.len() == 1;
    let mut at: Vec<String> = if is_root { Vec::new() } else { file.module.clone() };
    at.extend(named.inside.iter().cloned());
    let mut rest = named.segments.as_slice();
    match rest[0].as_str() {
        "crate" | "wangge" => at.clear(),
        "self" => {}
        "super" => {
            at.pop();
        }
        _ => return None,
    }
    rest = &rest[1..];
    while rest.first().is_some_and(|s| s == "super") {
        at.pop();
        rest = &rest[1..];
    }
    at.extend(rest.iter().cloned());
    Some(at)
}

fn foreign(room: &str, named: &Named) -> Option<String> {
    let segments: Vec<&str> = named.segments.iter().map(|s| if s == "core" { "std" } else { s }).collect();
    HOMES.iter().find_map(|(name, homes)| {
        let inside = segments.starts_with(name);
        // `use std::time::*` and `use std::time` open a way to everything below them.
        let whole = segments.strip_suffix(&["*"]).unwrap_or(&segments);
        let around = named.imported && name.starts_with(whole);
        let allowed = homes.contains(&room);
        ((inside || around) && !allowed).then(|| format!("is not for `{room}`, only for {}", homes.join(", ")))
    })
}

fn rank(room: &str) -> Option<usize> {
    ORDER.iter().position(|r| *r == room)
}
