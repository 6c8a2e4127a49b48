//! Who took part, and how: everybody is there unless somebody says otherwise.
use std::borrow::Cow;

use crate::{
    app::{Code, Command, Desk, Key, Pointer},
    grid::{
        fact::{Attendance, AttendanceMark},
        org::{NodeIx, PersonIx, Post},
    },
    screen::find::Finder,
    ui::{
        field::Field,
        list::{Pointed, Window},
    },
    words::t,
};

/// The marks in the order in which a key goes through them, and of their figures.
pub(super) const MARKS: [AttendanceMark; 6] = [
    AttendanceMark::Present,
    AttendanceMark::Late,
    AttendanceMark::LeftEarly,
    AttendanceMark::Substitute,
    AttendanceMark::Excused,
    AttendanceMark::Absent,
];

/// What people call a mark.
pub(super) fn mark_word(mark: AttendanceMark) -> Cow<'static, str> {
    match mark {
        AttendanceMark::Present => t!("entry.present"),
        AttendanceMark::Late => t!("entry.late"),
        AttendanceMark::LeftEarly => t!("entry.left_early"),
        AttendanceMark::Substitute => t!("entry.substitute"),
        AttendanceMark::Excused => t!("entry.excused"),
        AttendanceMark::Absent => t!("entry.absent"),
    }
}

/// A roster.
pub(in crate::screen) struct Roster {
    /// People, and how they took part.
    pub rows: Vec<(PersonIx, AttendanceMark)>,
    /// Their names.
    names: Vec<String>,
    /// The places of those who are found by what is typed.
    pub found: Vec<usize>,
    /// The cursor among those who are found.
    pub window: Window,
    /// What is typed to find somebody.
    pub filter: Field,
    /// Somebody was marked since: what is typed next looks for the next one.
    done: bool,
}

impl Roster {
    /// Everybody who holds a post at the node today, present.
    pub(in crate::screen) fn new(desk: &Desk, node: NodeIx) -> Roster {
        let node = desk.state.org().node(node);
        let mut rows: Vec<(PersonIx, AttendanceMark)> = Vec::new();
        for post in [Post::Leader, Post::Deputy, Post::Guide, Post::Member] {
            for person in node.holders_on(post, desk.today()) {
                if rows.iter().all(|(listed, _)| *listed != person) {
                    rows.push((person, AttendanceMark::Present));
                }
            }
        }
        Roster::of(desk, rows)
    }

    fn of(desk: &Desk, rows: Vec<(PersonIx, AttendanceMark)>) -> Roster {
        let name = |(person, _): &(PersonIx, _)| desk.state.org().person(*person).record.name.clone();
        let names: Vec<String> = rows.iter().map(name).collect();
        let found = (0..rows.len()).collect();
        Roster { rows, names, found, window: Window::default(), filter: Field::default(), done: false }
    }

    /// The roster as an earlier record or a draft has it; people who are not known any more are left out.
    pub(in crate::screen) fn set(&mut self, desk: &Desk, lines: &[(String, AttendanceMark)]) {
        let known = |(id, mark): &(String, AttendanceMark)| Some((desk.state.org().person_ix(id)?, *mark));
        *self = Roster::of(desk, lines.iter().filter_map(known).collect());
    }

    /// The lines by person id.
    pub(in crate::screen) fn lines(&self, desk: &Desk) -> Vec<Attendance> {
        let id = |person: PersonIx| desk.state.org().person(person).id.clone();
        self.rows.iter().map(|(person, mark)| Attendance { person: id(*person), mark: *mark }).collect()
    }

    /// Space gives the next mark, a figure a mark of its own; everything else that is typed looks for a name.
    pub(super) fn key(&mut self, key: Key) -> bool {
        match key.folded().code {
            Code::Char(' ') | Code::Right => self.turn(1),
            Code::Left => self.turn(-1),
            Code::Char(c) if c.is_ascii_digit() => {
                let place = (c as usize).wrapping_sub('1' as usize);
                MARKS.get(place).into_iter().for_each(|mark| self.mark(*mark));
            }
            Code::Home => self.window.at = 0,
            Code::End => self.window.at = self.found.len().saturating_sub(1),
            _ => {
                if std::mem::take(&mut self.done) && key.typed().is_some() {
                    self.filter = Field::default();
                }
                if !self.filter.handle(key) {
                    return false;
                }
                self.find();
            }
        }
        true
    }

    pub(super) fn own(&mut self, command: Command) -> bool {
        let len = self.found.len();
        match command {
            Command::Down if self.window.at + 1 < len => self.window.step(1, len),
            Command::Up if self.window.at > 0 => self.window.step(-1, len),
            Command::PageDown => self.window.step(10, len),
            Command::PageUp => self.window.step(-10, len),
            Command::Back if !self.filter.value().is_empty() => {
                self.show_all();
            }
            _ => return false,
        }
        true
    }

    /// Looks for nobody in particular; whom the cursor is on it stays on.
    pub(super) fn show_all(&mut self) {
        self.filter = Field::default();
        self.find();
    }

    /// Answers the mouse; a second click on somebody gives the next mark.
    pub(super) fn point(&mut self, pointer: Pointer) {
        if self.window.point(pointer, self.found.len()) == Pointed::Again {
            self.turn(1);
        }
    }

    /// How many have each mark that somebody has.
    pub(super) fn counts(&self) -> Vec<(AttendanceMark, usize)> {
        let count = |mark: AttendanceMark| (mark, self.rows.iter().filter(|(_, m)| *m == mark).count());
        MARKS.into_iter().map(count).filter(|(_, n)| *n > 0).collect()
    }

    /// Narrows the list to those who are found; whom the cursor is on it stays on, where all are shown again.
    fn find(&mut self) {
        let here = self.found.get(self.window.at).copied();
        self.found = Finder::new(self.filter.value()).filter(self.names.iter().map(String::as_str));
        let all = self.found.len() == self.rows.len();
        (self.window.at, self.window.top) = (here.filter(|_| all).unwrap_or(0), 0);
    }

    fn turn(&mut self, n: isize) {
        let Some((_, mark)) = self.found.get(self.window.at).and_then(|i| self.rows.get(*i)) else { return };
        let at = MARKS.iter().position(|m| m == mark).unwrap_or(0) as isize;
        self.mark(MARKS[(at + n).rem_euclid(MARKS.len() as isize) as usize]);
    }

    fn mark(&mut self, mark: AttendanceMark) {
        if let Some(row) = self.found.get(self.window.at).and_then(|i| self.rows.get_mut(*i)) {
            row.1 = mark;
            self.done = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster(names: &[&str]) -> Roster {
        Roster {
            rows: (0..names.len()).map(|i| (PersonIx(i as u32), AttendanceMark::Present)).collect(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            found: (0..names.len()).collect(),
            window: Window::default(),
            filter: Field::default(),
            done: false,
        }
    }

    fn press(roster: &mut Roster, names: &str) {
        for name in names.split_whitespace() {
            roster.key(name.parse().expect("a key"));
        }
    }

    #[test]
    fn a_person_is_found_by_initials_and_marked_by_one_key() {
        let mut roster = roster(&["廖佳梅", "张三", "李四", "章思"]);
        press(&mut roster, "z s space");
        assert_eq!(roster.rows[1].1, AttendanceMark::Late);
        assert_eq!(roster.found, [1, 3]);
        assert_eq!(roster.counts(), [(AttendanceMark::Present, 3), (AttendanceMark::Late, 1)]);
        // What is typed next looks for the next one.
        press(&mut roster, "l s 5");
        assert_eq!((roster.found.as_slice(), roster.rows[2].1), (&[2][..], AttendanceMark::Excused));
        press(&mut roster, "left left");
        assert_eq!(roster.rows[2].1, AttendanceMark::LeftEarly);
        assert!(roster.own(Command::Back));
        assert_eq!((roster.found.len(), roster.window.at), (4, 2), "who was found keeps the cursor");
        assert!(!roster.own(Command::Back));
    }

    #[test]
    fn who_is_not_found_can_not_be_marked_and_backspace_goes_back() {
        let mut roster = roster(&["廖佳梅", "张三"]);
        press(&mut roster, "q q space 2");
        assert!(roster.found.is_empty());
        assert_eq!(roster.counts(), [(AttendanceMark::Present, 2)]);
        press(&mut roster, "backspace backspace");
        assert_eq!(roster.found, [0, 1]);
    }
}
