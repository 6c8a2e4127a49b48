//! Packs: the whole of Lanxi's, a second one, what is said about broken ones, and a kind that only a test knows.
mod assessment;
mod broken;
mod clauses;
mod command;
mod eighth;
mod fuzz;
mod lanxi;
mod manual;
mod sample;
mod streak;

use wangge::grid::pack::{BUILTIN, Pack, PackFiles};

/// The files of a pack that ships.
fn files(id: &str) -> PackFiles<'static> {
    *BUILTIN.iter().find(|files| files.id == id).unwrap()
}

/// A pack that ships; what is wrong with it is the failure's message.
fn builtin(id: &str) -> Pack {
    parsed(&files(id))
}

/// A pack that must be sound.
#[track_caller]
fn parsed(files: &PackFiles<'_>) -> Pack {
    Pack::parse(files).unwrap_or_else(|error| {
        let lines: Vec<_> = error.faults.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}
