//! What is typed, turned or ticked in one field.
use super::{Day, Items, NOTE_COLS, Roster, choice::Choice};
use crate::{
    app::{Code, Command, Desk, Key},
    grid::{
        calendar::Period,
        org::NodeIx,
        record::{About, Field, Form, Input, Required},
    },
    ui::{field::Field as Line, note::Note},
};

/// A flag that says yes, as it is typed and kept in drafts.
const YES: &str = "yes";

/// What a field holds.
pub(in crate::screen) enum Entry {
    /// A day.
    Day(Day),
    /// A line.
    Line(Line),
    /// A line of a few characters: what is wrong with it stands beside it.
    Short(Line),
    /// Several lines.
    Lines(Note),
    /// One of several.
    Choice(Choice),
    /// Yes or no.
    Flag(bool),
    /// Several of several.
    Items(Items),
    /// Who took part.
    Roster(Roster),
}

impl Entry {
    /// The empty field that a form of [`crate::grid::record`] asks for; a roster holds everybody, present.
    pub(in crate::screen) fn of(desk: &Desk, node: NodeIx, form: &Form, field: &Field) -> Entry {
        use crate::app::when::Way;
        let may_be_empty = field.required == Required::No;
        let choice = |options| Entry::Choice(Choice::new(options, may_be_empty));
        match field.input {
            Input::Lines | Input::Tasks => Entry::Lines(Note::default()),
            Input::Choice(choices) => {
                choice(choices.iter().map(|choice| (choice.id.to_owned(), choice.label().to_owned())).collect())
            }
            Input::ChecklistId => {
                let lists = desk.pack().checklists.iter();
                let here = lists.filter(|list| list.per_unit == (form.about == About::Unit));
                choice(here.map(|list| (list.id.clone(), list.name.clone())).collect())
            }
            Input::CriterionId => {
                let criteria = desk.pack().assessment.of(desk.state.org().node(node));
                choice(criteria.map(|criterion| (criterion.id.clone(), criterion.name.clone())).collect())
            }
            Input::Flag => Entry::Flag(false),
            Input::Checklist => Entry::Items(Items::default()),
            Input::Attendance => Entry::Roster(Roster::new(desk, node)),
            Input::Day => Entry::Day(Day::empty(Way::Back, None)),
            Input::Deadline => Entry::Day(Day::empty(Way::Ahead, Some(super::ON))),
            // Mostly it is the running one.
            Input::Period(lengths) if !may_be_empty => {
                let running = lengths.first().map(|length| Period::containing(*length, desk.today()).to_string());
                Entry::Short(Line::new(&running.unwrap_or_default()))
            }
            Input::Period(_) | Input::Number { .. } | Input::Money => Entry::Short(Line::default()),
            Input::Text | Input::Node | Input::Nodes | Input::Person | Input::People => Entry::Line(Line::default()),
        }
    }

    /// What it holds, as text that [`Entry::set`] takes back; empty where nothing is filled in.
    pub(in crate::screen) fn typed(&self) -> String {
        match self {
            Entry::Day(day) => day.field().value().to_owned(),
            Entry::Line(line) | Entry::Short(line) => line.value().to_owned(),
            Entry::Lines(note) => note.value().to_owned(),
            Entry::Choice(choice) => choice.at.map_or(String::new(), |at| choice.options[at].0.clone()),
            Entry::Flag(flag) => if *flag { YES } else { "" }.to_owned(),
            Entry::Items(items) => items.ticked().collect::<Vec<_>>().join(","),
            Entry::Roster(_) => String::new(),
        }
    }

    /// Fills it in; a roster is filled in with [`Roster::set`].
    pub(in crate::screen) fn set(&mut self, text: &str) {
        match self {
            Entry::Day(day) => day.set(text),
            Entry::Line(line) | Entry::Short(line) => *line = Line::new(text),
            Entry::Lines(note) => *note = Note::new(text),
            Entry::Choice(choice) => choice.at = choice.options.iter().position(|(id, _)| id == text),
            Entry::Flag(flag) => *flag = crate::app::fill::flag(text) == Some(true),
            Entry::Items(items) => {
                let named: Vec<&str> = crate::app::fill::names(text).collect();
                items.rows.iter_mut().for_each(|row| row.2 = named.contains(&row.0.as_str()));
            }
            Entry::Roster(_) => {}
        }
    }

    /// Takes a key; false if it has no use for it.
    pub(super) fn key(&mut self, key: Key) -> bool {
        match self {
            Entry::Day(day) => day.key(key),
            Entry::Line(line) | Entry::Short(line) => line.handle(key),
            Entry::Lines(note) => note.handle(key, NOTE_COLS),
            Entry::Choice(choice) => choice.key(key),
            Entry::Flag(flag) => {
                *flag = match key.folded().code {
                    Code::Char(' ') | Code::Left | Code::Right => !*flag,
                    Code::Char('y' | '1') => true,
                    Code::Char('n' | '0') | Code::Backspace | Code::Delete => false,
                    _ => return false,
                };
                true
            }
            Entry::Items(items) => items.key(key),
            Entry::Roster(roster) => roster.key(key),
        }
    }

    /// Takes pasted text; false where none can be pasted.
    pub(super) fn paste(&mut self, text: &str) -> bool {
        match self {
            Entry::Day(day) => day.paste(text),
            Entry::Line(line) | Entry::Short(line) => line.paste(text),
            Entry::Lines(note) => note.paste(text),
            _ => return false,
        }
        true
    }

    /// Answers a command of its own; false when it has none.
    pub(super) fn own(&mut self, command: Command) -> bool {
        match self {
            Entry::Lines(note) => line_by_line(note, command),
            Entry::Items(items) => items.own(command),
            Entry::Roster(roster) => roster.own(command),
            _ => false,
        }
    }

    /// The cursor leaves it.
    pub(super) fn leave(&mut self) {
        if let Entry::Roster(roster) = self {
            roster.show_all();
        }
    }

    /// Whether what is wrong with it has room beside it.
    pub(super) fn is_narrow(&self) -> bool {
        matches!(self, Entry::Day(_) | Entry::Short(_) | Entry::Flag(_) | Entry::Choice(_))
    }
}

/// Enter begins the next line, until one is left empty; up and down go from row to row.
fn line_by_line(note: &mut Note, command: Command) -> bool {
    let code = match command {
        Command::Open if !note.is_on_empty_line() => Code::Enter,
        Command::Up => Code::Up,
        Command::Down => Code::Down,
        _ => return false,
    };
    note.handle(Key::plain(code), NOTE_COLS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_begins_a_line_until_one_is_left_empty() {
        let mut note = Entry::Lines(Note::default());
        assert!(!note.own(Command::Open), "an empty note is passed over");
        note.paste("一\r\n二");
        assert!(note.own(Command::Open));
        assert_eq!(note.typed(), "一\n二\n");
        assert!(!note.own(Command::Open), "an empty line leads on");
        assert!(note.own(Command::Up) && note.own(Command::Up));
        assert!(!note.own(Command::Up), "from the first row up leads to the field above");
    }

    #[test]
    fn yes_and_no_are_typed_or_turned() {
        let mut flag = Entry::Flag(false);
        for (key, typed) in [("space", YES), ("right", ""), ("y", YES), ("n", ""), ("1", YES), ("backspace", "")] {
            assert!(flag.key(key.parse().expect("a key")));
            assert_eq!(flag.typed(), typed, "{key}");
        }
        assert!(!flag.key(Key::char('x')));
    }
}
