//! A desk and the hands at it.
use chrono::NaiveDate;
use ratatui::{buffer::Buffer, layout::Rect};
use unicode_width::UnicodeWidthStr;
use wangge::{
    app::{Act, App, Desk, Effect, Event, Key, Pointer, Route, key::Code},
    grid::{
        decide::{Actor, Intent},
        org::UnitIx,
        state::State,
    },
    run::Clock,
    screen::{self, Shown, View},
    term::{Keymap, Pending, Pressed},
    ui::Look,
};

use super::{county::COUNTY, press::Press, store::Store};
use crate::pty::NOW;

/// A desk and the hands at it.
pub(super) struct Hands {
    app: App<dyn View>,
    map: Keymap,
    pending: Pending,
    shown: Shown,
    pub size: (u16, u16),
    today: NaiveDate,
    store: Store,
    now_ms: i64,
}

impl Hands {
    pub fn new(home: &str) -> Hands {
        let county = &*COUNTY;
        let state = State::from_snapshot(county.state.clone(), &county.pack).expect("its own snapshot");
        let clock = Clock::fixed(NOW).expect("a moment");
        let today = clock.today(county.pack.utc_offset);
        let mut desk = Desk::new(state.clone(), county.calendar.clone(), Actor::owner(None, today));
        desk.home = state.org().node_ix(home).expect("a node");
        let mut app = App::new(desk, screen::open, &Route::Desk);
        let map = Keymap::builtin("default").expect("it comes with the program");
        app.set_keys(std::rc::Rc::new(map.clone()));
        Hands {
            app,
            map,
            pending: Pending::default(),
            shown: Shown::default(),
            size: (80, 24),
            today,
            store: Store::new(state),
            now_ms: clock.now_ms(),
        }
    }

    pub fn press(&mut self, press: &Press) {
        self.now_ms += 1000;
        let effects = match press {
            Press::Key(key) => self.key(*key),
            Press::Habit(names) => {
                let keys = names.split(' ').map(|name| Press::Key(name.parse().expect("a key")));
                keys.for_each(|key| self.press(&key));
                Vec::new()
            }
            Press::Paste(text) => {
                self.app.pressed(self.now_ms);
                self.app.event(Event::Paste((*text).to_owned()))
            }
            Press::Point(act, x, y) => {
                self.app.pressed(self.now_ms);
                let command = self.shown.command_at(*x, *y).filter(|_| *act == Act::Click);
                let pointer = Pointer { x: *x, y: *y, act: *act };
                self.app.event(command.map_or(Event::Point(pointer), Event::Command))
            }
            Press::Window(cols, rows) => {
                self.size = (*cols, *rows);
                Vec::new()
            }
            Press::FullDisk => {
                self.store.is_full = true;
                Vec::new()
            }
            Press::Other(n) => self.other(*n),
            Press::Midnight => {
                self.today = self.today.succ_opt().expect("a day");
                self.app.desk.turn_to(self.today);
                self.app.event(Event::Changed)
            }
            Press::Stall(presses) => {
                self.store.stall = *presses;
                Vec::new()
            }
            Press::Anew => self.app.renew(self.store.state.clone()),
        };
        self.store.ask(effects);
        self.store.answer(&mut self.app, self.now_ms);
        while self.app.is_behind() {
            let effects = self.app.index().unwrap_or_default();
            self.store.ask(effects);
        }
    }

    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.app.pressed(self.now_ms);
        let (context, typing) = (self.app.context(), self.app.takes_text());
        let pressed = match self.app.asks_keys() {
            true => self.map.ask(context, key),
            false => self.map.press(&mut self.pending, context, typing, key),
        };
        match pressed {
            Pressed::Run(command) => self.app.event(Event::Command(command)),
            Pressed::None if typing => self.app.event(Event::Text(key)),
            _ => Vec::new(),
        }
    }

    /// Somebody else's visit.
    fn other(&mut self, n: usize) -> Vec<Effect> {
        let units = vec![UnitIx(n as u32)];
        let (topics, with) = (Vec::new(), Vec::new());
        let intent =
            Intent::Visit { units, on: self.today, topics, note: String::new(), problem: None, with, amends: None };
        let Ok(decision) = self.app.desk.decide(&intent) else { return Vec::new() };
        let facts = self.store.other(&decision.drafts, self.now_ms);
        self.app.came(&facts)
    }

    /// Whether the desk knows what was recorded, once everything was answered, and nothing else.
    pub fn knows_all(&mut self) -> bool {
        self.store.stall = 0;
        self.store.answer(&mut self.app, self.now_ms);
        self.app.desk.state.digest() == self.store.state.digest()
    }

    /// Draws a frame, which must be whole.
    pub fn look(&mut self) -> String {
        let (cols, rows) = self.size;
        let mut buf = Buffer::empty(Rect::new(0, 0, cols, rows));
        self.shown = screen::draw(&mut self.app, &mut buf, Look::new(true, false), &self.map);
        let mut text = String::new();
        for y in 0..rows {
            let mut x = 0;
            while x < cols {
                let symbol = buf[(x, y)].symbol();
                let width = symbol.width() as u16;
                text.push_str(symbol);
                assert!(
                    !symbol.chars().any(char::is_control) && (1..=2).contains(&width),
                    "{symbol:?} at {x},{y}\n{text}"
                );
                if width == 2 {
                    assert!(
                        x + 1 < cols && buf[(x + 1, y)].symbol().trim().is_empty(),
                        "{symbol} is cut at {x},{y}\n{text}"
                    );
                }
                x += width;
            }
            text.push('\n');
        }
        text
    }

    /// Presses Esc until only the desk is left; where it asks what becomes of what was typed, that is kept as a draft.
    pub fn go_home(&mut self) -> bool {
        let esc = Press::Key(Key::plain(Code::Esc));
        for _ in 0..64 {
            let before = self.app.screens().len();
            if before == 1 {
                return true;
            }
            self.press(&esc);
            self.look();
            if self.app.screens().len() > before {
                self.press(&Press::Key(Key::plain(Code::Enter)));
            }
        }
        false
    }
}
