//! What tired hands press: any keys in any order, the mouse, pastes, windows of any size, while saving fails now and then
//! and others record. Nothing panics, no frame is broken, what was recorded is all there, and Esc leads home.
//! `WANGGE_TIRED=n` says how many sittings.
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use proptest::{prelude::*, sample::select, test_runner::Config};
use ratatui::{buffer::Buffer, layout::Rect};
use unicode_width::UnicodeWidthStr;
use wangge::{
    app::{Act, App, Desk, Effect, Event, Key, Pointer, Query, Record, Route, key::Code},
    grid::{
        calendar::Calendar,
        decide::{Actor, Intent},
        fact::{Chain, Draft, Fact, Head, WriterId},
        org::{NodeIx, UnitIx},
        pack::{HOLIDAYS, Pack},
        state::State,
    },
    log::{Entry, Log, Position, StoreLog, memory::MemoryLog},
    report::{Scope, Weighed, pasted},
    run::{
        Clock,
        sample::{found, work},
    },
    screen::{self, Shown, View},
    term::{Keymap, Pending, Pressed},
    ui::Look,
};

use crate::pty::NOW;

/// What is done to the desk.
#[derive(Clone, Debug)]
enum Press {
    Key(Key),
    /// What comes of habit: keys by name.
    Habit(&'static str),
    Paste(&'static str),
    Point(Act, u16, u16),
    Window(u16, u16),
    /// The next record is not saved.
    FullDisk,
    /// Somebody else visits one of so many enterprises.
    Other(usize),
    Midnight,
}

/// Jobs of every day, in haste: some begin where they mean nothing.
const HABITS: [&str; 24] = [
    "space",
    "space space",
    "s s s space",
    "v down down space",
    "e f2",
    "e tab 1 2 f2",
    "x f2",
    "h f2",
    "r enter f2",
    "r down down enter tab 5 f2",
    "d enter",
    "c 1 2 f2",
    "u",
    "u u",
    "f2",
    "enter f2",
    "esc esc",
    "l enter",
    "] space",
    "[ e f2",
    "R * f2",
    "H enter",
    "g enter",
    "2 space",
];

fn press() -> impl Strategy<Value = Press> {
    let named = select(
        "esc esc enter enter up down down left right tab tab shift-tab pageup pagedown home end space delete backspace"
            .split(' ')
            .map(|name| name.parse().expect("a key"))
            .collect::<Vec<Key>>(),
    );
    let letter = (0x21_u8..0x7f).prop_map(|c| Key::char(char::from(c)));
    let function = (1_u8..13).prop_map(|n| Key::plain(Code::F(n)));
    let wide = select("统计走访一二：？／０ａ“”…👍é\u{301}".chars().map(Key::char).collect::<Vec<Key>>());
    let ctrl = (b'a'..=b'z').prop_map(|c| Key { ctrl: true, ..Key::char(char::from(c)) });
    let paste = select(vec![
        "2026-11-20",
        "10",
        "一行\n两行\t三",
        "\u{1b}[31m红\u{202e}反",
        "长长的一句话，没有完。".repeat(40).leak(),
    ]);
    let act = select(vec![Act::Click, Act::Click, Act::WheelDown, Act::WheelUp]);
    let window =
        select(vec![(80, 24), (80, 24), (60, 16), (79, 23), (120, 40), (131, 50), (61, 17), (20, 5), (300, 90)]);
    prop_oneof![
        36 => named.prop_map(Press::Key),
        20 => select(HABITS.to_vec()).prop_map(Press::Habit),
        24 => letter.prop_map(Press::Key),
        6 => function.prop_map(Press::Key),
        4 => wide.prop_map(Press::Key),
        2 => ctrl.prop_map(Press::Key),
        3 => paste.prop_map(Press::Paste),
        6 => (act, 0_u16..120, 0_u16..40).prop_map(|(act, x, y)| Press::Point(act, x, y)),
        2 => window.prop_map(|(cols, rows)| Press::Window(cols, rows)),
        1 => Just(Press::FullDisk),
        1 => (0_usize..240).prop_map(Press::Other),
        1 => Just(Press::Midnight),
    ]
}

/// A county with three months of work: its state, and its log to read from.
struct County {
    pack: Arc<Pack>,
    calendar: Calendar,
    state: Vec<u8>,
    log: StoreLog,
    _dir: tempfile::TempDir,
}

static COUNTY: LazyLock<County> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a folder");
    let clock = Clock::fixed(NOW).expect("a moment");
    let pack = Arc::new(Pack::builtin("lanxi").expect("built in").expect("sound"));
    let calendar = Calendar::parse(HOLIDAYS).expect("holidays");
    let today = clock.today(pack.utc_offset);
    let from = "2026-09-01".parse().expect("a day");
    let mut book = found(&dir.path().join("store"), pack.clone(), clock, 240, from).expect("a store");
    work(&mut book, &calendar, NodeIx(u32::MAX), today).expect("work");
    let state = book.state.to_snapshot();
    County { pack, calendar, state, log: StoreLog(book.store.clone()), _dir: dir }
});

/// A desk and the hands at it.
struct Hands {
    app: App<dyn View>,
    map: Keymap,
    pending: Pending,
    shown: Shown,
    size: (u16, u16),
    today: NaiveDate,
    own: Chain,
    others: Chain,
    /// What was recorded since the beginning, and what it amounts to where nothing else is known.
    written: MemoryLog,
    oracle: State,
    disk_is_full: bool,
    now_ms: i64,
}

impl Hands {
    fn new(home: &str) -> Hands {
        let county = &*COUNTY;
        let state = State::from_snapshot(county.state.clone(), &county.pack).expect("its own snapshot");
        let clock = Clock::fixed(NOW).expect("a moment");
        let today = clock.today(county.pack.utc_offset);
        let mut desk = Desk::new(state.clone(), county.calendar.clone(), Actor::owner(None, today));
        desk.home = state.org().node_ix(home).expect("a node");
        let mut app = App::new(desk, screen::open, &Route::Desk);
        let map = Keymap::builtin("default").expect("it comes with the program");
        app.set_keys(std::rc::Rc::new(map.clone()));
        let chain = |n| Chain::new(WriterId([n; 16]), Head::default());
        Hands {
            app,
            map,
            pending: Pending::default(),
            shown: Shown::default(),
            size: (80, 24),
            today,
            own: chain(8),
            others: chain(9),
            written: MemoryLog::new(),
            oracle: state,
            disk_is_full: false,
            now_ms: clock.now_ms(),
        }
    }

    fn press(&mut self, press: &Press) {
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
                self.disk_is_full = true;
                Vec::new()
            }
            Press::Other(n) => self.other(*n),
            Press::Midnight => {
                self.today = self.today.succ_opt().expect("a day");
                self.app.desk.turn_to(self.today);
                self.app.event(Event::Changed)
            }
        };
        self.carry_out(effects);
        while self.app.is_behind() {
            let effects = self.app.index().unwrap_or_default();
            self.carry_out(effects);
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

    /// What the loop does with effects, but for files, settings and the way out.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let more = match effect {
                Effect::Append(_) if std::mem::take(&mut self.disk_is_full) => {
                    self.app.saved(Err("没有存下：磁盘满了".to_owned()))
                }
                Effect::Append(drafts) => {
                    let facts = write(&mut self.own, &mut self.written, &mut self.oracle, &drafts, self.now_ms);
                    self.app.saved(Ok(facts))
                }
                Effect::Read(query) => {
                    let rows = self.rows(&query);
                    self.app.rows(rows)
                }
                Effect::Find(id) => {
                    let found = self.written.find(id).expect("memory").or_else(|| COUNTY.log.find(id).expect("a log"));
                    self.app.rows(found.iter().map(|entry| record(entry, 0)).collect())
                }
                Effect::Weigh(node, period) => {
                    let scope = Scope::new(&self.app.desk.state, node, period, &self.app.desk.actor);
                    let weighed = Weighed::of(&scope, &COUNTY.log).expect("a log");
                    self.app.weighed(weighed)
                }
                Effect::Copy(told) => {
                    let text = pasted((&self.app.desk.state, &self.app.desk.actor), &COUNTY.log, &told);
                    self.app.show(&Route::Copied { text: text.unwrap_or_default(), multiplexed: false })
                }
                _ => Vec::new(),
            };
            self.carry_out(more);
        }
    }

    /// The newest entries before a position: those of this desk, then the county's.
    fn rows(&self, query: &Query) -> Vec<Record> {
        let subtree = screen::subtree(&self.app.desk.state, query.about);
        let before = query.before.unwrap_or(u64::MAX);
        let mut own = self.written.read(&subtree, Position(0), usize::MAX).expect("memory");
        own.retain(|entry| entry.position.0 + SINCE < before);
        let mut rows: Vec<Record> = own.iter().rev().take(query.limit).map(|entry| record(entry, SINCE)).collect();
        let county = COUNTY.log.0.read_back(subtree, Position(before), query.limit - rows.len()).expect("a log");
        rows.extend(county.iter().map(|entry| record(entry, 0)));
        rows
    }

    /// Somebody else's visit.
    fn other(&mut self, n: usize) -> Vec<Effect> {
        let units = vec![UnitIx(n as u32)];
        let (topics, with) = (Vec::new(), Vec::new());
        let intent =
            Intent::Visit { units, on: self.today, topics, note: String::new(), problem: None, with, amends: None };
        let Ok(decision) = self.app.desk.decide(&intent) else { return Vec::new() };
        let facts = write(&mut self.others, &mut self.written, &mut self.oracle, &decision.drafts, self.now_ms);
        self.app.came(&facts)
    }

    /// Draws a frame, which must be whole.
    fn look(&mut self) -> String {
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
    fn go_home(&mut self) -> bool {
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

/// Positions of this desk's own entries stand behind the county's.
const SINCE: u64 = 1 << 40;

fn record(entry: &Entry, since: u64) -> Record {
    let fact = entry.envelope.open(entry.received_ms).expect("this build's own");
    Record { position: entry.position.0 + since, fact }
}

fn write(chain: &mut Chain, log: &mut MemoryLog, oracle: &mut State, drafts: &[Draft], now_ms: i64) -> Vec<Fact> {
    let head = chain.head;
    let envelopes: Vec<_> = drafts.iter().map(|draft| chain.seal(draft, now_ms)).collect();
    log.append(&envelopes, head, now_ms).expect("memory");
    let facts: Vec<Fact> = envelopes.iter().map(|envelope| envelope.open(now_ms).expect("just sealed")).collect();
    facts.iter().for_each(|fact| drop(oracle.apply(fact)));
    facts
}

fn config() -> Config {
    let cases = std::env::var("WANGGE_TIRED").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    Config { cases, max_shrink_iters: 4000, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_pressed_nothing_breaks_nothing_is_lost_and_esc_leads_home(
        home in select(vec!["330781001-G01", "330781001-G01", "330781001", "330781"]),
        presses in prop::collection::vec(press(), 1..400)
    ) {
        let mut hands = Hands::new(home);
        hands.look();
        for press in &presses {
            hands.press(press);
            hands.look();
        }
        prop_assert_eq!(hands.app.desk.state.digest(), hands.oracle.digest(), "what was recorded");
        hands.size = (80, 24);
        prop_assert!(hands.go_home(), "no way home from\n{}", hands.look());
    }
}
