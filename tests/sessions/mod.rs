//! Sessions: what a person does and sees, as text files (`tests/sessions/*.txt`, format in `script.rs`).
//!
//! `UPDATE_SESSIONS=1 cargo test sessions` writes the frames that the program shows into the files, and the clips
//! into the README; look at the difference before you commit it. `SESSION=levels,timeline` plays only these.
#![allow(clippy::expect_used, clippy::unwrap_used)]
mod clip;
mod player;
mod proof;
mod script;

use std::{fs, path::Path};

use player::{Mode, play};
use script::{Script, Size};

use crate::pty::Home;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sessions");
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

#[test]
fn every_session_plays_as_written_and_the_readme_shows_it() {
    let mode = if std::env::var_os("UPDATE_SESSIONS").is_some() { Mode::Update } else { Mode::Check };
    let mut scripts = read();
    assert!(!scripts.is_empty(), "no session in {FOLDER}");
    let plays: Vec<(usize, Size)> =
        scripts.iter().enumerate().flat_map(|(i, script)| script.sizes.iter().map(move |size| (i, *size))).collect();
    let mut failures = Vec::new();
    // Two at a time: a small machine has two cores, and a person's terminal is not the only program on it either.
    for pair in plays.chunks(2) {
        let shown: Vec<_> = std::thread::scope(|scope| {
            let started: Vec<_> = pair
                .iter()
                .map(|(i, size)| (*i, *size, &scripts[*i]))
                .map(|(i, size, script)| {
                    (i, size, scope.spawn(move || play(script, size, mode, |home: &Home, args| home.wangge(args))))
                })
                .collect();
            started.into_iter().map(|(i, size, play)| (i, size, play.join())).collect()
        });
        for (i, size, shown) in shown {
            match shown {
                Ok(Ok(frames)) => frames.into_iter().for_each(|(line, rows)| scripts[i].set_frame(line, size, rows)),
                Ok(Err(why)) => failures.push(why),
                Err(_) => failures.push(format!("{}.txt at {size}: see the panic above", scripts[i].name)),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    finish(&mut scripts, mode);
}

/// A frame of a session, for tests that show the same screen elsewhere.
pub fn frame(session: &str, frame: &str, (columns, rows): (u16, u16)) -> Vec<String> {
    let scripts = read();
    let script = scripts.iter().find(|script| script.name == session).expect("a session of this name");
    let frames = script.frames(frame).expect("a frame of this name");
    frames.get(&Size(columns, rows)).expect("a frame of this size").clone()
}

/// Writes sessions and README, or holds the README against the sessions.
fn finish(scripts: &mut [Script], mode: Mode) {
    let readme = fs::read_to_string(README).expect("README.md");
    if mode == Mode::Update {
        for script in scripts.iter_mut() {
            script.drop_other_sizes();
            fs::write(Path::new(FOLDER).join(format!("{}.txt", script.name)), script.to_string()).expect("a session");
        }
    }
    if std::env::var_os("SESSION").is_some() {
        return;
    }
    let filled = clip::fill(&readme, scripts).unwrap_or_else(|why| panic!("README.md: {why}"));
    if mode == Mode::Update {
        fs::write(README, &filled).expect("README.md");
    }
    let is_true = mode == Mode::Update || filled == readme;
    assert!(is_true, "README.md shows another screen than the sessions; UPDATE_SESSIONS=1 takes it over");
    assert!(readme.contains("<!-- clip:"), "README.md shows no clip");
}

fn read() -> Vec<Script> {
    let entries = fs::read_dir(FOLDER).expect("tests/sessions");
    let files = entries.map(|entry| entry.expect("an entry of tests/sessions").path());
    let mut scripts: Vec<Script> = files
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .map(|path| {
            let name = path.file_stem().and_then(|s| s.to_str()).expect("an ASCII name");
            Script::parse(name, &fs::read_to_string(&path).expect("a session")).unwrap_or_else(|why| panic!("{why}"))
        })
        .collect();
    scripts.sort_by(|a, b| a.name.cmp(&b.name));
    if let Ok(only) = std::env::var("SESSION") {
        scripts.retain(|script| only.split(',').any(|name| name == script.name));
    }
    scripts
}
