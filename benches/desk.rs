//! What the desk itself costs between key and bytes, without terminal and disk, and what opening a store costs:
//! `cargo bench --bench desk`.
//!
//! A frame is: the command into the app, all screens drawn anew, the difference painted. The stores of 50,000 and
//! 1,000,000 facts over 2,000 units are made by `examples/grow.rs`, as in `benches/pty.rs`, whose figures include
//! everything; a bare write with fdatasync beside one durable fact is in `benches/log.rs`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::disallowed_methods, reason = "a bench measures with a real clock")]

#[path = "pty/leader.rs"]
mod leader;
#[path = "pty/stores.rs"]
mod stores;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use leader::leader;
use ratatui::{buffer::Buffer, layout::Rect};
use stores::Stores;
use wangge::{
    app::{App, Command, Context, Desk, Effect, Event, Route},
    grid::{
        decide::Actor,
        fact::{Chain, Head, WriterId},
        glance::Glance,
        org::NodeIx,
        standing::Overview,
        state::State,
    },
    run::{Book, Clock, Files},
    screen::{self, Keys, View},
    term::{Keymap, Painter},
    ui::Look,
};

fn main() {
    let stores = Stores::new();
    for facts in [50_000, 1_000_000] {
        let store = stores.of(2_000, facts, None);
        println!("{facts} facts");
        opening(&store);
        keys(&store);
        println!();
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let out = run();
    (begun.elapsed(), out)
}

fn tell(what: &str, mut times: Vec<Duration>, bytes: &str) {
    times.sort_unstable();
    let [p50, p95] = [50, 95].map(|percent| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3);
    println!("  {what:<44} p50 {p50:>7.3}  p95 {p95:>7.3} ms{bytes}");
}

fn open(store: &Path) -> Book {
    Book::open(store, &Files::of_user(), Clock::system()).unwrap()
}

fn opening(store: &Path) {
    let open_and_close = |_| {
        let (took, book) = timed(|| open(store));
        book.close().unwrap();
        took
    };
    tell("opening a book, saved state", (0..20).map(open_and_close).collect(), "");
    let book = open(store);
    let today = Clock::system().today(book.state.pack().utc_offset);
    tell("overview of the county", (0..20).map(|_| timed(|| Overview::new(&book.state, today)).0).collect(), "");
    let (times, mut glances): (Vec<_>, Vec<_>) = (0..20).map(|_| timed(|| Glance::new(&book.state, today))).unzip();
    tell("twelve months of every node (数字智览)", times, "");
    let last = NodeIx(book.state.org().nodes().len() as u32 - 1);
    let path: Vec<NodeIx> = book.state.org().path_up(last).collect();
    let follow = |glance: &mut Glance| timed(|| glance.follow(&book.state, Some(&path))).0;
    tell("the same after one fact", glances.iter_mut().map(follow).collect(), "");
    let (times, sizes): (Vec<_>, Vec<_>) = (0..20).map(|_| timed(|| book.state.to_snapshot().len())).unzip();
    tell("the state as bytes", times, &format!(", {:.1} MB", sizes[0] as f64 / 1e6));
    book.close().unwrap();
}

/// A desk without terminal and store; what is recorded counts as durable at once.
struct Sitting {
    app: App<dyn View>,
    painter: Painter,
    keymap: Keymap,
    chain: Chain,
}

struct KeysOf<'a>(&'a Keymap);

impl Keys for KeysOf<'_> {
    fn labels(&self, context: Context, command: Command) -> Vec<String> {
        self.0.labels(context, command)
    }
}

impl Sitting {
    /// From command to bytes.
    fn press(&mut self, command: Command) -> (Duration, usize) {
        let (took, bytes) = timed(|| {
            let effects = self.app.event(Event::Command(command));
            let mut bytes = self.draw();
            for effect in effects {
                if let Effect::Append(drafts) = effect {
                    let now = Clock::system().now_ms();
                    let facts = drafts.iter().map(|draft| self.chain.seal(draft, now).open(now).unwrap()).collect();
                    self.app.saved(Ok(facts));
                    bytes += self.draw();
                }
            }
            bytes
        });
        (took, bytes)
    }

    fn draw(&mut self) -> usize {
        let mut buf = Buffer::empty(Rect::new(0, 0, 120, 40));
        let cursor = screen::draw(&mut self.app, &mut buf, Look::new(true, false), &KeysOf(&self.keymap)).cursor;
        self.painter.paint(&buf, cursor).len()
    }

    fn tell(&mut self, what: &str, commands: &[Command], times: usize) {
        let pressed = (0..times).flat_map(|_| commands).map(|command| self.press(*command));
        let (times, mut bytes): (Vec<_>, Vec<_>) = pressed.unzip();
        bytes.sort_unstable();
        tell(what, times, &format!(", {} B", bytes[bytes.len() / 2]));
    }
}

fn keys(store: &Path) {
    let person = Some(leader(store));
    let mut book = open(store);
    let pack = book.state.pack().clone();
    let state = std::mem::replace(&mut book.state, State::new(pack.clone()));
    let head = Head::default();
    let actor = Actor::owner(person, Clock::system().today(pack.utc_offset));
    let calendar = Files::of_user().calendar().unwrap();
    let (took, app) = timed(|| App::new(Desk::new(state, calendar, actor), screen::open, &Route::Desk));
    let (parsed, keymap) = timed(|| Keymap::builtin("default").unwrap());
    tell("keymap", vec![parsed], "");
    let mut sitting = Sitting { app, painter: Painter::new(true), keymap, chain: Chain::new(WriterId([7; 16]), head) };
    let (drawn, bytes) = timed(|| sitting.draw());
    tell("first frame, 120x40", vec![took + drawn], &format!(", {bytes} B"));
    sitting.tell("a row", &[Command::Down, Command::Up], 100);
    sitting.tell("a page", &[Command::PageDown, Command::PageUp], 50);
    let tabs: Vec<Command> =
        [Command::Tab2, Command::Tab3, Command::Tab4, Command::Tab5, Command::Tab6, Command::Tab1].to_vec();
    sitting.tell("a tab", &tabs, 20);
    sitting.tell("board, there and back", &[Command::Board, Command::Back], 20);
    sitting.press(Command::Tab2);
    sitting.tell("a tick and its undoing, without the disk", &[Command::VisitToday, Command::Undo], 50);
    // From the county's root.
    for command in [Command::Tab1, Command::PrevFocus, Command::Home] {
        sitting.press(command);
    }
    sitting.tell("数字智览 of the county, first frame", &[Command::Overview], 1);
    sitting.tell("数字智览, there and back", &[Command::Back, Command::Overview], 20);
    book.close().unwrap();
}
