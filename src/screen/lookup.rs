//! Finding commands: by name, pinyin, initials, English id, key, or a word of their help.
use std::ops::Range;

use crate::{
    app::{Entry, Here, find::Finder},
    ui::command::{Mark, Row},
};

/// What of a command was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing was looked for.
    All,
    /// The key of that place.
    Key(usize),
    /// These parts of its name.
    Name(Vec<Range<usize>>),
    /// These parts of its id.
    Id(Vec<Range<usize>>),
    /// These parts of its help.
    Help(Vec<Range<usize>>),
}

/// A command that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Its place among the entries.
    pub entry: usize,
    /// Where it was found.
    pub part: Part,
}

/// The commands that are found: a key that is meant to the letter first, then by name, id, key and help; of what is
/// found alike, those that can run come first and those of other places last. An empty query finds all.
pub(super) fn find(here: &Here, query: &str) -> Vec<Hit> {
    let query = query.trim();
    let finder = Finder::new(query);
    let looked = |text: &str| finder.finds(text).then(|| finder.spans(text));
    let judge = |(at, entry): (usize, &Entry)| {
        let (rank, part) = match query {
            "" => (0, Part::All),
            _ => part(entry, query, &looked)?,
        };
        let runs = match &entry.refusal {
            None => 0,
            Some(_) if entry.command.applies(here.context) => 1,
            Some(_) => 2,
        };
        Some((rank, runs, Hit { entry: at, part }))
    };
    let mut hits: Vec<(u8, u8, Hit)> = here.entries.iter().enumerate().filter_map(judge).collect();
    hits.sort_by_key(|(rank, runs, _)| (*rank, *runs));
    hits.into_iter().map(|(.., hit)| hit).collect()
}

/// How well a command is found, 0 being best, and by what.
fn part(entry: &Entry, query: &str, looked: &dyn Fn(&str) -> Option<Vec<Range<usize>>>) -> Option<(u8, Part)> {
    let row = entry.command.row();
    let letters = |label: &str| label.replace(' ', "");
    // `g` and `G` are two keys; `f2` is meant for F2.
    let is_key = |label: &String| letters(label) == query;
    let alike = |label: &String| query.len() > 1 && letters(label).eq_ignore_ascii_case(query);
    if let Some(at) = entry.keys.iter().position(is_key).or_else(|| entry.keys.iter().position(alike)) {
        return Some((0, Part::Key(at)));
    }
    if let Some(spans) = looked(&row.name()) {
        let begins = spans.first().is_some_and(|span| span.start == 0);
        return Some((if begins { 1 } else { 2 }, Part::Name(spans)));
    }
    if let Some(spans) = looked(row.id) {
        return Some((3, Part::Id(spans)));
    }
    let in_key = |label: &String| query.chars().count() > 1 && label.len() > 1 && looked(label).is_some();
    if let Some(at) = entry.keys.iter().position(in_key) {
        return Some((4, Part::Key(at)));
    }
    Some((5, Part::Help(looked(&row.help())?)))
}

/// How a command looks that was found: what it does, or why it can't run.
pub(super) fn row<'e>(entry: &'e Entry, part: &Part) -> Row<'e> {
    let row = entry.command.row();
    let help = row.help();
    let (told, mark) = match (part, &entry.refusal) {
        (Part::Key(at), _) => (help, Mark::Key(*at)),
        (Part::Name(spans), _) => (help, Mark::Name(spans.clone())),
        // The id is shown where it is what was found.
        (Part::Id(spans), None) => (format!("{}  {help}", row.id).into(), Mark::Told(spans.clone())),
        (Part::Help(spans), None) => (help, Mark::Told(spans.clone())),
        _ => (help, Mark::Nothing),
    };
    let told = entry.refusal.clone().map_or(told, Into::into);
    Row { name: row.name(), keys: &entry.keys, told, refused: entry.refusal.is_some(), mark }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::{Command, Context, Here, Keys};

    struct Some4;

    impl Keys for Some4 {
        fn labels(&self, _: Context, command: Command) -> Vec<String> {
            let keys: &[&str] = match command {
                Command::Undo => &["u", "F8"],
                Command::VisitToday => &["空格"],
                Command::Home => &["g g", "Home"],
                Command::End => &["G"],
                Command::Repaint => &["Ctrl-L"],
                _ => &[],
            };
            keys.iter().map(|key| (*key).to_owned()).collect()
        }
    }

    fn found(query: &str) -> Vec<(Command, Part)> {
        let refuses = |command| (command == Command::VisitForm).then(|| "先选一家企业".to_owned());
        let here = Here::new(Context::Desk, &Some4, refuses);
        find(&here, query).into_iter().map(|hit| (here.entries[hit.entry].command, hit.part)).collect()
    }

    fn spans(one: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(one).collect()
    }

    fn first(query: &str) -> (Command, Part) {
        found(query).first().cloned().unwrap()
    }

    #[test]
    fn commands_are_found_by_every_name_they_have() {
        assert_eq!(first("走访"), (Command::Board, Part::Name(spans(0..6))), "what begins with it comes first");
        assert!(found("走访").contains(&(Command::VisitToday, Part::Name(spans(3..9)))));
        for query in ["jzf", "jizoufang", "JZF", "记zf"] {
            assert_eq!(first(query), (Command::VisitToday, Part::Name(spans(0..9))), "{query}");
        }
        assert_eq!(first("chex"), (Command::Undo, Part::Name(spans(0..6))), "the pinyin is not yet typed to its end");
        assert_eq!(first("unit.as"), (Command::AssignUnit, Part::Id(spans(0..7))));
        assert!(found("没有这样的").is_empty());
        assert_eq!(found("").len(), crate::app::COMMANDS.len());
    }

    #[test]
    fn a_key_finds_what_it_does_before_anything_else() {
        assert_eq!(first("u"), (Command::Undo, Part::Key(0)));
        assert_eq!(first("f8"), (Command::Undo, Part::Key(1)));
        assert_eq!(first("G"), (Command::End, Part::Key(0)));
        assert_eq!(first("gg"), (Command::Home, Part::Key(0)));
        assert_eq!(first("Ctrl-L"), (Command::Repaint, Part::Key(0)));
        assert_eq!(first("空格"), (Command::VisitToday, Part::Key(0)));
    }

    #[test]
    fn what_can_run_comes_first_among_what_is_found_alike() {
        let all: Vec<Command> = found("zf").into_iter().map(|(command, _)| command).collect();
        let place = |command| all.iter().position(|found| *found == command).unwrap();
        assert!(place(Command::VisitToday) < place(Command::VisitForm));
    }
}
