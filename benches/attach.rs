//! What somebody waits for whose desk attaches to a big store that has just begun to be served:
//! `cargo bench --bench attach`.
//!
//! Who leads a grid, its township and the county come one after the other, each five times to a server that has just been
//! started, so that nobody has asked for their part before: from the connection to the state of what they may see. Beside it
//! the second desk of the same person, and the floor: the bytes of the journal, read once. The stores are those of
//! `--bench pty`; what is served is a copy.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a bench measures spans")]

#[path = "pty/stores.rs"]
mod stores;

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use stores::Stores;
use wangge::{
    grid::{
        fact::{Account, Body, DeviceKey, Draft},
        org::{NodeIx, Post},
        state::State,
    },
    log::conformance::visit,
    run::{Book, Clock, Files},
    sync::{
        Link, LinkError, Streams,
        message::Kind,
        serve::Limits,
        socket::{self, login},
    },
};

/// The instant at which the stores were grown and are served.
const NOW: &str = "2026-11-23T09:00:00+08:00";
const TIMES: u8 = 5;

fn main() {
    let stores = Stores::new();
    for facts in [100_000, 1_000_000] {
        let temp = tempfile::TempDir::new().unwrap();
        let dir = temp.path().join("store");
        copy(&stores.of(2_000, facts, Some(NOW)), &dir);
        println!("{facts} facts; floor: the journal's bytes, read once, {:.1} ms", median(|| floor(&dir)));
        let book = open(&dir);
        let who = leaders(&book.state);
        book.close().unwrap();
        for (n, (level, person)) in (0..).zip(who) {
            let mut book = open(&dir);
            give_login(&mut book, &person);
            book.close().unwrap();
            come(&dir, &temp.path().join("socket"), level, n * TIMES);
        }
    }
}

fn clock() -> Clock {
    Clock::fixed(NOW).unwrap()
}

fn open(dir: &Path) -> Book {
    Book::open(dir, &Files::of_user(), clock()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for one in fs::read_dir(from).unwrap().flatten() {
        let (path, to) = (one.path(), to.join(one.file_name()));
        match path.is_dir() {
            true => copy(&path, &to),
            false => drop(fs::copy(path, to).unwrap()),
        }
    }
}

/// Who leads a grid with enterprises, the township above it, and the county.
fn leaders(state: &State) -> [(&'static str, String); 3] {
    let org = state.org();
    let leader = |node: NodeIx| org.node(node).holders_on(Post::Leader, clock().today(state.pack().utc_offset)).next();
    let grids = org.nodes().filter(|(_, node)| node.is_grid() && node.members.len() >= 20).map(|(grid, _)| grid);
    let paths = grids.map(|grid| [grid, org.path_up(grid).nth(1).unwrap(), org.path_up(grid).last().unwrap()]);
    let led = paths.filter_map(|[grid, town, county]| Some([leader(grid)?, leader(town)?, leader(county)?]));
    let [grid, town, county] = led.map(|all| all.map(|person| org.person(person).id.clone())).next().unwrap();
    [("grid", grid), ("township", town), ("county", county)]
}

/// The login of whoever runs this is the person's from now on.
fn give_login(book: &mut Book, person: &str) {
    let login = login(rustix::process::getuid().as_raw());
    let body = Body::Account(Account { login, closed: false });
    let draft = Draft { by: None, at: None, subject: Some(person.to_owned()), body, ..visit(300, "", "") };
    book.append(&[draft], clock().now_ms()).unwrap();
}

/// They come to a server that has just been started, and once more with another desk; each desk has a key of its own.
fn come(dir: &Path, socket: &Path, level: &str, desks: u8) {
    let (mut first, mut again, mut size) = (Vec::new(), Vec::new(), 0);
    for n in desks..desks + TIMES {
        let serving = open(dir).serve(clock(), socket, Limits::default()).unwrap();
        for (times, desk) in [(&mut first, 2 * n), (&mut again, 2 * n + 1)] {
            let start = Instant::now();
            let key = DeviceKey::from_secret(&[desk + 1; 32]);
            let streams = Streams::of_socket(socket::connect(socket).unwrap()).unwrap();
            let mut link = Link::open::<LinkError>(streams, Kind::Desk, "bench", |_| Ok(key)).unwrap();
            let (bytes, _) = link.state().unwrap();
            times.push(start.elapsed());
            size = bytes.len();
        }
        serving.stop().unwrap();
    }
    let [first, again] = [first, again].map(middle);
    println!(
        "{level:>9}: first {first:>7.1} ms, a second desk {again:>6.1} ms, a state of {:.2} MB",
        size as f64 / 1e6
    );
}

/// Reads every byte of the journal.
fn floor(dir: &Path) -> Duration {
    let start = Instant::now();
    let mut files: Vec<PathBuf> = fs::read_dir(dir.join("journal")).unwrap().flatten().map(|one| one.path()).collect();
    files.sort();
    let mut window = vec![0; 64 * 1024];
    for path in files {
        let mut file = fs::File::open(path).unwrap();
        while file.read(&mut window).unwrap() > 0 {}
    }
    start.elapsed()
}

fn median(mut each: impl FnMut() -> Duration) -> f64 {
    middle((0..TIMES).map(|_| each()).collect())
}

/// Milliseconds.
fn middle(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}
