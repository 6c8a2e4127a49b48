//! Sessions: what a person does and sees, as text files (`tests/sessions/**/*.txt`, format in `script.rs`).
//!
//! `UPDATE_SESSIONS=1 cargo test sessions` writes the frames that the program shows into the files, and the clips
//! into the README and the manual; look at the difference before you commit it. `SESSION=levels,timeline` plays only
//! these, `SESSION=daily` all those in that folder.
#![allow(clippy::expect_used, clippy::unwrap_used)]
mod clip;
mod daily;
mod player;
mod proof;
mod script;
mod stores;

use std::{fs, path::Path};

use player::{Mode, play};
use script::{Script, Size};

use crate::{docs, pty::Home};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sessions");

#[test]
fn every_session_plays_as_written_and_the_documents_show_it() {
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

/// Writes sessions and documents, or holds the documents against the sessions.
fn finish(scripts: &mut [Script], mode: Mode) {
    if mode == Mode::Update {
        for script in scripts.iter_mut() {
            script.drop_other_sizes();
            fs::write(Path::new(FOLDER).join(format!("{}.txt", script.name)), script.to_string()).expect("a session");
        }
    }
    if std::env::var_os("SESSION").is_some() {
        return;
    }
    fill_documents(scripts, mode);
}

/// Fills the clips of the documents, or looks whether they are what the sessions show.
fn fill_documents(scripts: &[Script], mode: Mode) {
    let mut clips = 0;
    for mut page in docs::pages() {
        // The chapter for maintainers says how clips are written.
        if page.path.ends_with("en/maintainers.md") {
            continue;
        }
        clips += page.text.matches("<!-- clip:").count();
        let filled = clip::fill(&page.text, scripts).unwrap_or_else(|why| panic!("{}: {why}", page.path));
        if mode == Mode::Update {
            page.text = filled;
            page.write();
        } else {
            let is_true = filled == page.text;
            assert!(is_true, "{} shows another screen than the sessions; UPDATE_DOCS=1 takes it over", page.path);
        }
    }
    assert!(clips > 10, "the documents show {clips} clips");
}

#[test]
fn the_documents_show_the_frames_that_the_sessions_have() {
    // Where sessions are written, they are written first, and the documents with them.
    if std::env::var_os("UPDATE_SESSIONS").is_none() && std::env::var_os("SESSION").is_none() {
        let mode = if std::env::var_os("UPDATE_DOCS").is_some() { Mode::Update } else { Mode::Check };
        fill_documents(&read(), mode);
    }
}

/// The sessions that are asked for, by name.
fn read() -> Vec<Script> {
    let mut scripts = Vec::new();
    read_below(Path::new(FOLDER), "", &mut scripts);
    scripts.sort_by(|a, b| a.name.cmp(&b.name));
    if let Ok(only) = std::env::var("SESSION") {
        let is_asked = |name: &str| {
            only.split(',')
                .any(|asked| name == asked || name.strip_prefix(asked).is_some_and(|rest| rest.starts_with('/')))
        };
        scripts.retain(|script| is_asked(&script.name));
    }
    scripts
}

fn read_below(folder: &Path, above: &str, out: &mut Vec<Script>) {
    for entry in fs::read_dir(folder).expect("a folder of sessions") {
        let path = entry.expect("an entry of tests/sessions").path();
        let name = format!("{above}{}", path.file_stem().and_then(|s| s.to_str()).expect("an ASCII name"));
        if path.is_dir() {
            read_below(&path, &format!("{name}/"), out);
        } else if path.extension().is_some_and(|e| e == "txt") {
            let text = fs::read_to_string(&path).expect("a session");
            out.push(Script::parse(&name, &text).unwrap_or_else(|why| panic!("{why}")));
        }
    }
}
