//! The burden table (负担表): what entries cost by duty and form, and which fields are filled in and read. It is about the
//! work that is asked for, never about who does it.
mod view;

use std::cmp::Reverse;

use crate::{
    app::{About, Action, Command, Context, Desk, Event, Route, Screen},
    grid::{calendar::Period, org::NodeIx},
    report::{FieldRow, Listing, Weighed, Work, burden_listings},
    screen::refuse::{unless_known, unless_row},
    ui::list::{Pointed, Window},
};

/// Which of the two tables is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Work,
    Fields,
}

pub(super) struct BurdenScreen {
    node: NodeIx,
    tab: Tab,
    /// What was summed up; none while it is being read.
    weighed: Option<Weighed>,
    /// The cursor in each table.
    work: Window,
    fields: Window,
    /// Of which month, and how many facts there were, when it was asked for.
    seen: Option<(Period, u64)>,
}

impl BurdenScreen {
    /// The table of a node; that of a grid is its township's, since nothing is told of a grid.
    pub(super) fn new(desk: &Desk, node: NodeIx) -> BurdenScreen {
        let org = desk.state.org();
        let node = org.path_up(node).find(|up| !org.node(*up).is_grid()).unwrap_or(node);
        let (work, fields) = (Window::default(), Window::default());
        BurdenScreen { node, tab: Tab::Work, weighed: None, work, fields, seen: None }
    }

    /// Asks for the shown month, unless what is there is of it.
    fn ask(&mut self, desk: &Desk) -> Vec<Action> {
        let now = (desk.month, desk.state.count());
        if self.seen == Some(now) {
            return Vec::new();
        }
        if self.seen.is_none_or(|(month, _)| month != desk.month) {
            self.weighed = None;
        }
        self.seen = Some(now);
        vec![Action::Weigh(self.node, desk.month)]
    }

    /// Takes in what was summed up: what costs most comes first, and of fields those that could be dropped.
    fn take(&mut self, mut weighed: Weighed) {
        if self.seen.is_none_or(|(month, _)| month != weighed.period) {
            // Somebody has gone on to another month meanwhile.
            return;
        }
        weighed.work.sort_by_key(|row| (Reverse(row.seconds), Reverse(row.keys), Reverse(row.entries)));
        weighed.fields.sort_by_key(|row| !row.verdict.could_go());
        self.work.step(0, weighed.work.len());
        self.fields.step(0, weighed.fields.len());
        self.weighed = Some(weighed);
    }

    fn rows(&self) -> (&[Work], &[FieldRow]) {
        self.weighed.as_ref().map_or((&[], &[]), |weighed| (&weighed.work, &weighed.fields))
    }

    fn len(&self) -> usize {
        let (work, fields) = self.rows();
        if self.tab == Tab::Work { work.len() } else { fields.len() }
    }

    fn window(&mut self) -> &mut Window {
        if self.tab == Tab::Work { &mut self.work } else { &mut self.fields }
    }

    fn turn(&mut self) {
        self.tab = if self.tab == Tab::Work { Tab::Fields } else { Tab::Work };
    }

    /// What is behind a row: the fields of the form, or the records where it has none.
    fn open(&mut self) -> Vec<Action> {
        let (work, fields) = self.rows();
        let kind = work.get(self.work.at).filter(|_| self.tab == Tab::Work).map(|row| row.kind);
        match kind.and_then(|kind| fields.iter().position(|row| row.kind == kind)) {
            Some(first) => {
                self.tab = Tab::Fields;
                self.fields.at = first;
                Vec::new()
            }
            None => vec![Action::Open(Route::History(About::Node(self.node)))],
        }
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        let len = self.len();
        if self.window().walk(command, len) {
            return Vec::new();
        }
        match command {
            Command::NextFocus | Command::PrevFocus => self.turn(),
            Command::PrevMonth => return vec![Action::ShowMonth(desk.month.shifted(-1).first())],
            Command::NextMonth => return vec![Action::ShowMonth(desk.month.shifted(1).first())],
            Command::Today => return vec![Action::ShowMonth(desk.today())],
            Command::Open | Command::Right => return self.open(),
            Command::Left | Command::Back => return vec![Action::Close],
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for BurdenScreen {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open | Command::Right => unless_row(self.len() > 0),
            _ => unless_known(
                command,
                &[
                    Command::NextFocus,
                    Command::PrevFocus,
                    Command::PrevMonth,
                    Command::NextMonth,
                    Command::Today,
                    Command::Left,
                    Command::Export,
                ],
            ),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        let (work, fields) = self.rows();
        let mut both = burden_listings(desk.pack(), self.node, work, fields).to_vec();
        if self.tab == Tab::Fields {
            both.reverse();
        }
        both
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Changed | Event::Saved => return self.ask(desk),
            Event::Weighed(weighed) => self.take(*weighed),
            Event::Point(pointer) => {
                let len = self.len();
                if self.window().point(pointer, len) == Pointed::Again {
                    return self.open();
                }
            }
            Event::Command(command) => return self.command(command, desk),
            _ => {}
        }
        Vec::new()
    }
}
