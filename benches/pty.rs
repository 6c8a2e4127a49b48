//! What a person at a terminal waits for, beside the smallest ratatui list in the same run: `cargo bench --bench pty`.
//!
//! Starts `examples/floor.rs` and the desk in turns in a pseudoterminal each, presses keys, and reads what comes. The
//! stores of 50,000 and 1,000,000 facts over 2,000 units are made by `examples/grow.rs` in a folder of temporary files
//! (`WANGGE_BENCH_STORES=FOLDER` keeps them for the next time). All times are by the clock on the wall and with the
//! files in the page cache; a frame that got no byte for 30 ms is complete.
#![allow(clippy::unwrap_used, clippy::print_stdout)]
#![allow(clippy::disallowed_methods, reason = "a bench measures with a real clock")]

#[path = "pty/leader.rs"]
mod leader;
#[path = "pty/stores.rs"]
mod stores;
#[path = "pty/terminal.rs"]
mod terminal;

use std::{
    ffi::OsString,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use leader::leader;
use stores::{Stores, example};
use terminal::{Burst, Terminal};

const STARTS: usize = 20;
const WANGGE: &str = env!("CARGO_BIN_EXE_wangge");

/// A program whose start and keys are measured.
struct Player {
    name: &'static str,
    command: Vec<OsString>,
    /// What its first frame ends with at the latest.
    ready: &'static str,
    starts: Vec<Burst>,
    moves: Vec<Burst>,
    /// All the way down a list for three screens.
    walks: Vec<Burst>,
    /// The most memory it had, in KB, and how long it took to leave.
    peak: u64,
    quits: Vec<Duration>,
}

fn main() {
    let floor = example("floor");
    let stores = Stores::new();
    let [small, big] = [50_000, 1_000_000].map(|facts| stores.of(2_000, facts, None));
    version(&small);
    for size in [(80, 24), (120, 40)] {
        let mut players = [
            player("floor, 2,000 rows", vec![floor.clone().into(), "2000".into()], "某"),
            player("desk, 50,000 facts", desk(&small, None), "帮助"),
            player("desk, 1,000,000 facts", desk(&big, None), "帮助"),
        ];
        for _ in 0..STARTS {
            players.iter_mut().for_each(|player| play(player, size));
        }
        starts(&players, size);
        moves(&players);
    }
    keys(&small, "50,000");
    keys(&big, "1,000,000");
    idle(&small);
}

fn player(name: &'static str, command: Vec<OsString>, ready: &'static str) -> Player {
    Player {
        name,
        command,
        ready,
        starts: Vec::new(),
        moves: Vec::new(),
        walks: Vec::new(),
        peak: 0,
        quits: Vec::new(),
    }
}

fn desk(store: &Path, person: Option<&str>) -> Vec<OsString> {
    let mut command: Vec<OsString> = vec![WANGGE.into(), "--store".into(), store.into()];
    command.extend(person.into_iter().flat_map(|person| ["--as".into(), person.into()]));
    command
}

/// Starts it, moves down and up ten rows, leaves.
fn play(player: &mut Player, size: (u16, u16)) {
    let (mut terminal, start) = Terminal::start(&player.command, size, player.ready);
    player.starts.push(start);
    for key in ["j", "k"] {
        player.moves.extend((0..10).map(|_| terminal.press_if(key)).filter(|burst| burst.bytes > 0));
    }
    if player.walks.is_empty() {
        player.walks.extend((0..3 * size.1).map(|_| terminal.press_if("j")));
    }
    player.peak = player.peak.max(terminal.status("VmHWM"));
    player.quits.push(terminal.leave("q"));
}

/// A process that does nothing but begin, and beside it what a login script waits for.
fn version(store: &Path) {
    let brief = ["--store".into(), store.into(), "--as".into(), leader(store).into(), "due".into(), "--brief".into()];
    for (what, args) in [("--version", vec!["--version".into()]), ("due --brief at 50,000 facts", brief.to_vec())] {
        let args: Vec<OsString> = args;
        let times = (0..STARTS * 2).map(|_| {
            let start = Instant::now();
            let output = Command::new(WANGGE).args(&args).output().unwrap();
            let took = start.elapsed();
            assert!(!output.stdout.is_empty(), "wangge {what} says nothing");
            took
        });
        let times: Vec<Duration> = times.collect();
        let [p50, p95] = [50, 95].map(|percent| quantile(times.clone(), percent));
        println!("wangge {what}, process start to end: p50 {p50:.1}  p95 {p95:.1} ms");
    }
}

/// Milliseconds.
fn quantile(mut times: Vec<Duration>, percent: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3
}

fn bytes(bursts: &[Burst]) -> usize {
    let mut bytes: Vec<usize> = bursts.iter().map(|burst| burst.bytes).collect();
    bytes.sort_unstable();
    bytes[bytes.len() / 2]
}

fn took(bursts: &[Burst]) -> Vec<Duration> {
    bursts.iter().map(|burst| burst.took).collect()
}

fn starts(players: &[Player], (cols, rows): (u16, u16)) {
    println!(
        "\n{cols}x{rows:<17} {:>28} {:>8} {:>9} {:>10}",
        "start p50, p95, of the floor", "frame", "memory", "quit"
    );
    let floor = quantile(took(&players[0].starts), 50);
    for Player { name, starts, peak, quits, .. } in players {
        let [p50, p95] = [50, 95].map(|percent| quantile(took(starts), percent));
        println!(
            "{name:<22} {p50:>8.1} ms {p95:>6.1} {:>6.2} x {:>6} B {:>6.1} MB {:>7.1} ms",
            p50 / floor,
            bytes(starts),
            *peak as f64 / 1024.0,
            quantile(quits.clone(), 50)
        );
    }
}

fn moves(players: &[Player]) {
    for Player { name, moves, .. } in players {
        let [p50, p95] = [50, 95].map(|percent| quantile(took(moves), percent));
        println!("{name:<22} one row: p50 {p50:.2}  p95 {p95:.2} ms, {} B", bytes(moves));
    }
    // Rule 19: 300 B a move, 800 B a row scrolled.
    for Player { name, walks, .. } in players {
        let sizes = |burst: &Burst| (burst.bytes > 0).then_some(burst.bytes);
        let (sum, most) = walks.iter().filter_map(sizes).fold((0, 0), |(sum, most), n| (sum + n, n.max(most)));
        let pressed = walks.iter().filter_map(sizes).count().max(1);
        println!(
            "{name:<22} {} rows down: {} B each, moves and scrolls together; at most {most} B",
            walks.len(),
            sum / pressed
        );
    }
}

/// What a 网格长 does most, from key to frame; a tick counts when the frame says that it is on disk.
fn keys(store: &Path, facts: &str) {
    let probe = tempfile::NamedTempFile::new_in(store).unwrap();
    let bare = (0..200).map(|_| terminal::bare_append(probe.as_file()));
    let bare = quantile(bare.collect(), 50);
    let (mut terminal, _) = Terminal::start(&desk(store, Some(&leader(store))), (120, 40), "帮助");
    println!("\nkeys at {facts} facts, 120x40");
    let tell = |what: &str, bursts: Vec<Burst>| {
        let [p50, p95] = [50, 95].map(|percent| quantile(took(&bursts), percent));
        println!("{what:<34} p50 {p50:.2}  p95 {p95:.2} ms, {} B", bytes(&bursts));
        p50
    };
    let press = |terminal: &mut Terminal, keys: &[&str], times: usize| -> Vec<Burst> {
        // A page does nothing where all rows stand on one.
        (0..times).flat_map(|_| keys).map(|key| terminal.press_if(key)).filter(|burst| burst.bytes > 0).collect()
    };
    tell("a page", press(&mut terminal, &["\x1b[6~", "\x1b[5~"], 10));
    tell("a tab", press(&mut terminal, &["2", "3", "4", "5", "6", "1"], 5));
    tell("board, there and back", press(&mut terminal, &["b", "\x03"], 5));
    // Ticks and takes back, so that there is always something to tick.
    let (mut ticks, mut undone, mut forms) = (Vec::new(), Vec::new(), Vec::new());
    // Overdue duties stand before the units.
    terminal.press_until("2", "走访");
    for _ in 0..200 {
        if terminal.shows("空格 记走访") {
            break;
        }
        terminal.press_if("j");
    }
    for _ in 0..20 {
        forms.push(terminal.press_until("e", "F2 保存"));
        terminal.press_if("\x1b");
    }
    tell("a visit form, opened", forms);
    for _ in 0..40 {
        ticks.push(terminal.press_until(" ", "已记"));
        undone.push(terminal.press_until("u", "已撤销"));
    }
    let p50 = tell("a tick, durable and redrawn", ticks);
    tell("an undo, durable and redrawn", undone);
    println!("{:<34} p50 {bare:.2} ms; the tick takes {:.2} ms more", "floor: 200 bytes + fdatasync", p50 - bare);
    terminal.leave("q");
}

/// Seventy seconds in which nobody does anything; the clock may wake it once a minute.
fn idle(store: &Path) {
    let (mut terminal, _) = Terminal::start(&desk(store, None), (80, 24), "帮助");
    terminal.silence(Duration::from_secs(1));
    let before = terminal.wake_ups();
    let bytes = terminal.silence(Duration::from_secs(70));
    println!("\nidle for 70 s: {bytes} B, {} wake-ups", terminal.wake_ups() - before);
    terminal.leave("q");
}
