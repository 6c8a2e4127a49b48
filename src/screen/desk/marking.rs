//! Marks on the rows of the pane, and what a command on many is about.
use std::collections::BTreeSet;

use super::{DeskScreen, PaneRow, row::Thing};
use crate::{
    app::{Action, Command, Context, Desk, Message},
    grid::org::UnitIx,
    screen::Canvas,
    words::t,
};

impl DeskScreen {
    /// The commands that change marks, each of which one undo takes back.
    pub(super) fn mark(&mut self, command: Command) -> Vec<Action> {
        let here = self.things.get(self.window.at).copied().flatten();
        match (command, here) {
            (Command::MarkOne, Some(thing)) => {
                self.marks.toggle(thing);
                self.move_in_pane(1);
                Vec::new()
            }
            (Command::MarkRange, _) if self.marks.end() => Vec::new(),
            (Command::MarkRange, Some(thing)) => {
                self.marks.begin(thing);
                Vec::new()
            }
            (Command::MarkAll, _) => self.mark_all(here),
            (Command::MarkClear, _) => self.drop_marks(),
            _ => vec![Action::Say(Message::note(t!("marks.not_here")))],
        }
    }

    /// Widens the range to so many rows, counted from where it began.
    pub(super) fn take(&mut self, n: usize) -> Vec<Action> {
        let Some(anchor) = self.marks.anchor() else { return Vec::new() };
        let rows = self.things.iter().enumerate().skip_while(|(_, thing)| **thing != Some(anchor));
        let like = rows.filter(|(_, thing)| thing.is_some_and(|thing| anchor.is_like(thing)));
        if let Some((last, _)) = like.take(n).last() {
            self.window.at = last;
            self.marks.stretch(&self.things, last, Thing::is_like);
        }
        Vec::new()
    }

    /// Marks all that the list shows of the kind under the cursor, or of the first kind that it shows. What a unit has
    /// done already is not marked to be done.
    fn mark_all(&mut self, here: Option<Thing>) -> Vec<Action> {
        let Some(first) = here.or_else(|| self.things.iter().flatten().next().copied()) else {
            return vec![Action::Say(Message::note(t!("marks.not_here")))];
        };
        let rows = self.rows.iter().zip(&self.things);
        let open = rows.filter(|(row, _)| !matches!(row, PaneRow::Owed(.., true)));
        let like: Vec<Thing> = open.filter_map(|(_, thing)| *thing).filter(|thing| first.is_like(*thing)).collect();
        self.marks.add(like);
        Vec::new()
    }

    /// Takes all marks away, and says how to get them back.
    pub(super) fn drop_marks(&mut self) -> Vec<Action> {
        let n = self.marks.len();
        self.marks.clear();
        match n {
            0 => Vec::new(),
            n => vec![Action::Say(Message::note(t!("marks.dropped", n = n, undo = Command::Undo.row().name())))],
        }
    }

    /// Takes back the latest change of the marks; none where the latest change is a record.
    pub(super) fn undo_marks(&mut self) -> Option<Vec<Action>> {
        if !self.marks.undo() {
            return None;
        }
        let said = match self.marks.len() {
            0 => t!("marks.back_to_none"),
            n => t!("marks.back_to", n = n),
        };
        Some(vec![Action::Say(Message::note(said))])
    }

    /// The units that a command on many is about: all that are marked, or the one under the cursor.
    pub(super) fn chosen(&self, desk: &Desk) -> Vec<UnitIx> {
        if self.marks.is_empty() {
            return self.row().and_then(PaneRow::unit).into_iter().collect();
        }
        // In the order of the list, so that what is said afterwards reads as it was shown; then what it does not show.
        let shown = self.things.iter().flatten().copied().filter(|thing| self.marks.has(*thing));
        let mut seen = BTreeSet::new();
        let units = shown.chain(self.marks.all()).filter_map(|thing| unit_of(desk, thing));
        units.filter(|unit| seen.insert(*unit)).collect()
    }

    /// What is marked of one kind.
    pub(super) fn chosen_things(&self, is_it: impl Fn(Thing) -> bool) -> Vec<Thing> {
        self.marks.all().filter(|thing| is_it(*thing)).collect()
    }

    /// How many of these the list does not show.
    pub(super) fn unseen(&self, things: &[Thing]) -> usize {
        let shown: BTreeSet<Thing> = self.things.iter().flatten().copied().collect();
        things.iter().filter(|thing| !shown.contains(thing)).count()
    }

    /// Notes what a command is about to be done with; it is not marked any more once that is recorded.
    pub(super) fn send(&mut self, things: Vec<Thing>, desk: &Desk) {
        self.marks.send(things);
        self.sent_at = Some(desk.recorded);
    }

    /// Something above the desk was closed, or the state changed: whether what was sent was recorded shows in the state.
    pub(super) fn settle_marks(&mut self, desk: &Desk) {
        let Some(before) = self.sent_at.filter(|_| !desk.saving) else { return };
        self.sent_at = None;
        if desk.recorded > before { self.marks.saved() } else { self.marks.refused() }
    }

    /// The pane shows another node: what is marked stays with the node where it was marked. Says so.
    pub(super) fn keep_marks(&mut self, desk: &Desk) -> Vec<Action> {
        let node = self.node();
        if node == self.marked_at {
            return Vec::new();
        }
        let marks = std::mem::take(&mut self.marks);
        let n = marks.len();
        let left = std::mem::replace(&mut self.marked_at, node);
        if n > 0 {
            self.kept.insert(left, marks);
        }
        self.marks = self.kept.remove(&node).unwrap_or_default();
        self.marks.end();
        match n {
            0 => Vec::new(),
            n => {
                let name = &desk.state.org().node(left).name;
                vec![Action::Say(Message::note(t!("marks.kept", name = name, n = n)))]
            }
        }
    }

    /// What is done with what is marked by the key that ticks.
    pub(super) fn natural(&self) -> Command {
        let is_all = |is_it: fn(Thing) -> bool| self.marks.all().all(is_it);
        match self.row() {
            _ if is_all(|thing| matches!(thing, Thing::Owed(..))) => Command::Done,
            _ if is_all(|thing| matches!(thing, Thing::Problem(_))) => Command::CloseProblem,
            Some(PaneRow::Unplaced(_)) => Command::AssignUnit,
            _ => Command::VisitToday,
        }
    }

    /// How many are marked, how many of them the list hides, and what the keys would do with them.
    pub(super) fn marked(&self, canvas: &Canvas<'_>) -> Option<String> {
        if self.marks.is_empty() {
            return None;
        }
        let n = self.marks.len();
        let mut said = if self.marks.all().all(|thing| !matches!(thing, Thing::Problem(_))) {
            t!("marks.units", n = n).into_owned()
        } else {
            t!("marks.others", n = n).into_owned()
        };
        let hidden = self.marks.hidden(&self.things);
        if hidden > 0 {
            said.push_str(&t!("marks.hidden", n = hidden));
        }
        let key = |command| canvas.keys.label(Context::Desk, command);
        if let Some(key) = key(Command::MarkRange).filter(|_| self.marks.is_open()) {
            said.push_str(&t!("marks.open_desk", key = key));
            return Some(said);
        }
        if let Some(key) = key(Command::VisitToday) {
            said.push_str(&t!("marks.then", key = key, does = self.natural().row().name()));
        }
        if let Some(key) = key(Command::Undo).filter(|_| self.marks.can_undo()) {
            said.push_str(&t!("marks.undo", key = key));
        }
        Some(said)
    }
}

/// The unit that a mark is about.
fn unit_of(desk: &Desk, thing: Thing) -> Option<UnitIx> {
    match thing {
        Thing::Unit(unit) | Thing::Owed(_, unit) => Some(unit),
        Thing::Problem(id) => desk.state.matter_of(id).and_then(|matter| matter.unit),
    }
}
