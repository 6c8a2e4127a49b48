//! The command lines in the README and the manual, read by the program's own parser.
#![allow(clippy::unwrap_used)]
use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Parser, error::ErrorKind};

use super::args::Args;

/// A command line, where it stands, and whether it is a whole one or only names a command.
struct Line {
    place: String,
    words: Vec<String>,
    whole: bool,
}

fn documents(folder: &Path, out: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        match path.extension().and_then(|e| e.to_str()) {
            Some("md") => out.push(path),
            None if path.ends_with("docs") || folder.iter().any(|part| part == "docs") => documents(&path, out),
            _ => {}
        }
    }
}

/// The command lines of a document: those in blocks of `sh`, and what is quoted in a line of text.
fn lines(place: &str, text: &str) -> Vec<Line> {
    let (mut out, mut fence) = (Vec::new(), None);
    for (number, line) in (1..).zip(text.lines()) {
        let place = format!("{place}:{number}");
        match (line.trim_start().strip_prefix("```"), fence) {
            (Some(_), Some(_)) => fence = None,
            (Some(kind), None) => fence = Some(kind == "sh"),
            (None, Some(true)) => {
                out.extend(commands(line).map(|words| Line { place: place.clone(), words, whole: true }))
            }
            (None, Some(false)) => {}
            (None, None) => {
                for quoted in line.split('`').skip(1).step_by(2).filter(|quoted| quoted.starts_with("wangge ")) {
                    out.extend(commands(quoted).map(|words| Line { place: place.clone(), words, whole: false }));
                }
            }
        }
    }
    out
}

/// The calls of the program in a line for a shell.
fn commands(line: &str) -> impl Iterator<Item = Vec<String>> {
    let line = line.split(" #").next().unwrap_or_default().replace("cargo run --release -- ", "wangge ");
    let parts: Vec<String> = line.split(&[';', '|', '>', '&'][..]).map(str::to_owned).collect();
    parts.into_iter().filter_map(|part| {
        let words: Vec<String> = part.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect();
        // Settings of the environment may stand before it.
        let at = words.iter().position(|word| !word.contains('='))?;
        (words[at] == "wangge").then(|| words[at..].to_vec())
    })
}

/// What the parser says against a line.
fn fault(line: &Line) -> Option<String> {
    let error = Args::try_parse_from(&line.words).err()?;
    let names = [
        ErrorKind::MissingRequiredArgument,
        ErrorKind::MissingSubcommand,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
    ];
    let is_fine = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion)
        || (!line.whole && names.contains(&error.kind()));
    (!is_fine).then(|| format!("{}: {}\n{error}", line.place, line.words.join(" ")))
}

#[test]
fn every_command_line_in_the_documents_is_one() {
    let mut files = Vec::new();
    documents(Path::new(env!("CARGO_MANIFEST_DIR")), &mut files);
    let lines: Vec<Line> =
        files.iter().flat_map(|path| lines(&path.display().to_string(), &fs::read_to_string(path).unwrap())).collect();
    assert!(lines.len() > 20, "only {} command lines in {} documents", lines.len(), files.len());
    let faults: Vec<String> = lines.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_wrong_command_line_would_be_found() {
    let text = "`wangge record visit` `wangge dew`\n```sh\nX=1 wangge due --at 兰溪市 && true # one\nwangge --no\nwangge record visit\n```\n";
    let faults: Vec<bool> = lines("x.md", text).iter().map(|line| fault(line).is_some()).collect();
    assert_eq!(faults, [false, true, false, true, true]);
}
