//! The settings (设置): every change holds at once, so that it is seen; Enter keeps it, Esc takes it back.
mod row;
mod view;

use row::Row;

use crate::{
    app::{Action, Command, Context, Desk, Event, Keep, Prefs, Route, Screen},
    screen::refuse::{unless, unless_known},
    ui::list::{Pointed, Window},
    words::t,
};

pub(super) struct SettingsScreen {
    /// What held when the screen was opened.
    before: Prefs,
    window: Window,
}

impl SettingsScreen {
    pub(super) fn new(desk: &Desk) -> SettingsScreen {
        SettingsScreen { before: desk.settings.now.clone(), window: Window::default() }
    }

    fn row(&self) -> Row {
        Row::ALL[self.window.at.min(Row::ALL.len() - 1)]
    }

    /// The next value of the row under the cursor, or the one before.
    fn turn(&self, n: isize, desk: &Desk) -> Vec<Action> {
        self.row().turned(n, &desk.settings).map(Action::Prefer).into_iter().collect()
    }

    /// Enter: leads on where the row does, and otherwise keeps what is set.
    fn open(&self, desk: &Desk) -> Vec<Action> {
        match self.row() {
            Row::Who => vec![Action::Open(Route::Who)],
            Row::Tour => {
                let mut actions = self.keep(desk);
                actions.push(Action::Run(Command::Tour));
                actions
            }
            _ => self.keep(desk),
        }
    }

    fn keep(&self, desk: &Desk) -> Vec<Action> {
        if desk.settings.now == self.before {
            return vec![Action::Close];
        }
        vec![Action::Close, Action::Keep(Keep::Prefs(desk.settings.now.clone()))]
    }
}

impl Screen for SettingsScreen {
    fn context(&self) -> Context {
        Context::Form
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        use Command::*;
        match command {
            Left | PrevValue | Right | NextValue => {
                let has_more = self.row().turned(1, &desk.settings).is_some();
                unless(has_more, || t!("refusal.not_this_field", name = command.row().name()))
            }
            _ => unless_known(command, &[Open, SaveForm, NextFocus, PrevFocus]),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Point(pointer) if self.window.point(pointer, Row::ALL.len()) == Pointed::Again => {
                if self.row().leads() { self.open(desk) } else { self.turn(1, desk) }
            }
            Event::Command(command) => match command {
                Command::Back if desk.settings.now == self.before => vec![Action::Close],
                Command::Back => vec![Action::Prefer(self.before.clone()), Action::Close],
                Command::Left | Command::PrevValue => self.turn(-1, desk),
                Command::Right | Command::NextValue => self.turn(1, desk),
                Command::Open => self.open(desk),
                Command::SaveForm => self.keep(desk),
                Command::NextFocus => self.go_round(1),
                Command::PrevFocus => self.go_round(Row::ALL.len() - 1),
                _ => self.walk(command),
            },
            _ => Vec::new(),
        }
    }
}

impl SettingsScreen {
    fn go_round(&mut self, n: usize) -> Vec<Action> {
        self.window.at = (self.window.at + n) % Row::ALL.len();
        Vec::new()
    }

    fn walk(&mut self, command: Command) -> Vec<Action> {
        self.window.walk(command, Row::ALL.len());
        Vec::new()
    }
}
