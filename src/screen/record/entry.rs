//! One field of the generic form: what is typed, turned or ticked in it.
use crate::{
    app::{Code, Command, Desk, Key},
    grid::{
        calendar::Period,
        fact::AttendanceMark,
        org::{NodeIx, PersonIx, Post},
        record::{About, Field, Form, Input, Required},
    },
    screen::{find::Finder, form::Text},
    ui::{field::Field as Line, list::Window, note::Note},
};

/// How members took part, in the order in which a key goes through them, with their words.
pub(super) const MARKS: [(AttendanceMark, &str); 6] = [
    (AttendanceMark::Present, "到"),
    (AttendanceMark::Late, "迟到"),
    (AttendanceMark::LeftEarly, "早退"),
    (AttendanceMark::Substitute, "代会"),
    (AttendanceMark::Excused, "请假"),
    (AttendanceMark::Absent, "缺席"),
];

/// One field with what it holds.
pub(super) enum Entry {
    Line(Line),
    Lines(Note),
    Choice(Choice),
    Flag(bool),
    Items(Items),
    Roster(Roster),
}

/// One of several; none is chosen at first, so that nothing is recorded by oversight.
pub(super) struct Choice {
    pub options: Vec<(String, String)>,
    pub at: Option<usize>,
    may_be_empty: bool,
    /// What was typed to get there.
    typed: String,
}

/// The items of a checklist, ticked or not.
#[derive(Default)]
pub(super) struct Items {
    /// The checklist.
    of: String,
    /// Ids, words, and whether it is in order.
    pub rows: Vec<(String, String, bool)>,
    pub at: usize,
}

/// Who took part, and how.
pub(super) struct Roster {
    pub rows: Vec<(PersonIx, AttendanceMark)>,
    pub window: Window,
}

impl Entry {
    /// An empty field; a roster holds everybody who holds a post at the node, present.
    pub(super) fn new(desk: &Desk, node: NodeIx, form: &Form, field: &Field) -> Entry {
        let may_be_empty = field.required == Required::No;
        let choice = |options: Vec<(String, String)>| {
            let at = if options.len() == 1 && !may_be_empty { Some(0) } else { None };
            Entry::Choice(Choice { options, at, may_be_empty, typed: String::new() })
        };
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
            Input::Flag => Entry::Flag(false),
            Input::Checklist => Entry::Items(Items::default()),
            Input::Attendance => Entry::Roster(Roster::new(desk, node)),
            // Mostly it is the running one.
            Input::Period(lengths) if !may_be_empty => {
                let running = lengths.first().map(|length| Period::containing(*length, desk.today()).to_string());
                Entry::Line(Line::new(&running.unwrap_or_default()))
            }
            _ => Entry::Line(Line::default()),
        }
    }

    /// What it holds, as text that [`Entry::set`] takes back; empty where nothing is filled in.
    pub(super) fn typed(&self) -> String {
        match self {
            Entry::Line(line) => line.value().to_owned(),
            Entry::Lines(note) => note.value().to_owned(),
            Entry::Choice(choice) => choice.at.map_or(String::new(), |at| choice.options[at].0.clone()),
            Entry::Flag(flag) => if *flag { "是" } else { "" }.to_owned(),
            Entry::Items(items) => {
                items.rows.iter().filter(|row| row.2).map(|row| row.0.as_str()).collect::<Vec<_>>().join("、")
            }
            Entry::Roster(_) => String::new(),
        }
    }

    /// Fills it in.
    pub(super) fn set(&mut self, text: &str) {
        match self {
            Entry::Line(line) => *line = Line::new(text),
            Entry::Lines(note) => *note = Note::new(text),
            Entry::Choice(choice) => choice.at = choice.options.iter().position(|(id, _)| id == text),
            Entry::Flag(flag) => *flag = text == "是",
            Entry::Items(items) => {
                let named: Vec<&str> = crate::app::fill::names(text).collect();
                items.rows.iter_mut().for_each(|row| row.2 = named.contains(&row.0.as_str()));
            }
            Entry::Roster(_) => {}
        }
    }

    /// The text under the cursor.
    pub(super) fn text(&mut self) -> Option<Text<'_>> {
        match self {
            Entry::Line(line) => Some(Text::Line(line)),
            Entry::Lines(note) => Some(Text::Lines(note)),
            _ => None,
        }
    }

    /// Whether keys are typed into it; a choice is found by typing its pinyin.
    pub(super) fn takes_text(&self) -> bool {
        matches!(self, Entry::Line(_) | Entry::Lines(_) | Entry::Choice(_))
    }

    /// Answers a command of its own; false when it has none.
    pub(super) fn own(&mut self, command: Command) -> bool {
        match self {
            Entry::Flag(flag) => match command {
                Command::NextValue | Command::PrevValue | Command::Left | Command::Right => *flag = !*flag,
                _ => return false,
            },
            Entry::Items(items) => return items.own(command),
            Entry::Roster(roster) => return roster.own(command),
            Entry::Choice(_) | Entry::Line(_) | Entry::Lines(_) => return false,
        }
        true
    }

    /// Takes a key that turns a choice; false when it is none, or means nothing to it.
    pub(super) fn turn_by(&mut self, key: Key) -> bool {
        let Entry::Choice(choice) = self else { return false };
        match key.code {
            Code::Right | Code::Char(' ') => choice.turn(1),
            Code::Left | Code::Backspace => choice.turn(-1),
            Code::Delete if choice.may_be_empty => choice.at = None,
            Code::Char(c) if !key.ctrl && !key.alt => choice.find(c),
            _ => return false,
        }
        true
    }
}

impl Choice {
    fn turn(&mut self, n: isize) {
        self.typed.clear();
        // An empty choice stands before the first.
        let empty = isize::from(self.may_be_empty);
        let len = self.options.len() as isize + empty;
        if len == 0 {
            return;
        }
        let at = match self.at {
            Some(at) => at as isize + empty + n,
            None if n > 0 => empty.min(1) - empty + empty,
            None => -1,
        };
        self.at = usize::try_from(at.rem_euclid(len) - empty).ok();
    }

    /// Goes to the first whose words are found by what was typed so far.
    fn find(&mut self, c: char) {
        let longer = format!("{}{c}", self.typed);
        for typed in [longer, c.to_string()] {
            let found = Finder::new(&typed).filter(self.options.iter().map(|(_, label)| label.as_str()));
            if let Some(first) = found.first() {
                (self.at, self.typed) = (Some(*first), typed);
                return;
            }
        }
    }
}

impl Items {
    /// Lists the items of this checklist, where it is another one than before.
    pub(super) fn list(&mut self, desk: &Desk, of: &str) {
        if self.of != of {
            let list = desk.pack().checklist(of).map(|(_, list)| list);
            let items = list.into_iter().flat_map(|list| &list.items);
            self.rows = items.map(|item| (item.id.clone(), item.text.clone(), false)).collect();
            self.of = of.to_owned();
            self.at = 0;
        }
    }

    fn own(&mut self, command: Command) -> bool {
        match command {
            Command::Down if self.at + 1 < self.rows.len() => self.at += 1,
            Command::Up if self.at > 0 => self.at -= 1,
            Command::NextValue | Command::PrevValue | Command::Left | Command::Right => {
                if let Some(row) = self.rows.get_mut(self.at) {
                    row.2 = !row.2;
                }
            }
            _ => return false,
        }
        true
    }
}

impl Roster {
    fn new(desk: &Desk, node: NodeIx) -> Roster {
        let node = desk.state.org().node(node);
        let mut rows: Vec<(PersonIx, AttendanceMark)> = Vec::new();
        for post in [Post::Leader, Post::Deputy, Post::Guide, Post::Member] {
            for person in node.holders_on(post, desk.today()) {
                if rows.iter().all(|(listed, _)| *listed != person) {
                    rows.push((person, AttendanceMark::Present));
                }
            }
        }
        Roster { rows, window: Window::default() }
    }

    fn own(&mut self, command: Command) -> bool {
        let len = self.rows.len();
        match command {
            Command::Down if self.window.at + 1 < len => self.window.step(1, len),
            Command::Up if self.window.at > 0 => self.window.step(-1, len),
            Command::PageDown => self.window.step(10, len),
            Command::PageUp => self.window.step(-10, len),
            Command::Right | Command::NextValue => self.turn(1),
            Command::Left | Command::PrevValue => self.turn(-1),
            _ => return false,
        }
        true
    }

    fn turn(&mut self, n: isize) {
        if let Some((_, mark)) = self.rows.get_mut(self.window.at) {
            let at = MARKS.iter().position(|(m, _)| m == mark).unwrap_or(0) as isize;
            *mark = MARKS[(at + n).rem_euclid(MARKS.len() as isize) as usize].0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(may_be_empty: bool) -> Choice {
        let options = ["联席会议", "经济形势分析会", "统计会议"].map(|word| (word.to_owned(), word.to_owned()));
        Choice { options: options.to_vec(), at: None, may_be_empty, typed: String::new() }
    }

    #[test]
    fn a_choice_goes_round_and_may_be_empty_where_it_need_not_be_made() {
        let mut must = choice(false);
        let turned: Vec<_> = [1, 1, 1, 1, -1, -1]
            .map(|n| {
                must.turn(n);
                must.at
            })
            .to_vec();
        assert_eq!(turned, [Some(0), Some(1), Some(2), Some(0), Some(2), Some(1)]);
        let mut may = choice(true);
        let turned: Vec<_> = [1, 1, 1, 1, 1, -1, -1]
            .map(|n| {
                may.turn(n);
                may.at
            })
            .to_vec();
        assert_eq!(turned, [Some(0), Some(1), Some(2), None, Some(0), None, Some(2)]);
        let mut back = choice(false);
        back.turn(-1);
        assert_eq!(back.at, Some(2));
    }

    #[test]
    fn a_choice_is_found_by_typing() {
        let mut one = choice(false);
        one.find('t');
        assert_eq!(one.at, Some(2));
        "jj".chars().for_each(|c| one.find(c));
        assert_eq!(one.at, Some(1));
        one.find('q');
        assert_eq!(one.at, Some(1), "what nothing is found by changes nothing");
    }
}
