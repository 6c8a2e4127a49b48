//! What sharing costs, beside what the disk itself costs: `cargo bench --bench serve [FOLDER]`.
//!
//! One fact from a client over the socket to its durable answer, in turns with a bare 200-byte append with fdatasync; from
//! one client to another that listens; and the most facts a second that 1, 16 and 64 writers reach, beside how often the
//! disk makes bytes durable in the same seconds. Every fact is signed, judged by its sender's rights, and receipted.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a bench measures spans")]

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use wangge::{
    grid::{
        decide::{Setup, decide_setup},
        fact::{Account, Body, Chain, DeviceKey, Draft, Head, PersonRecord, PostHolding},
        org::Post,
    },
    log::conformance::visit,
    run::{Book, Clock, Files, Serving},
    sync::{
        Link, LinkError, Streams,
        message::{Ask, Kind, Tell},
        serve::Limits,
        socket,
    },
};

const TOWN: &str = "330781001";
const VILLAGE: &str = "330781001001";
/// How long each number of writers writes.
const SPAN: Duration = Duration::from_secs(4);

fn main() {
    let place = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let temp = match place {
        Some(place) => tempfile::TempDir::new_in(place).unwrap(),
        None => tempfile::TempDir::new().unwrap(),
    };
    let (serving, socket, grid) = serve(temp.path());
    round_trips(temp.path(), &socket, &grid);
    heard(&socket, &grid);
    for writers in [1, 16, 64] {
        throughput(temp.path(), &socket, &grid, writers);
    }
    serving.stop().unwrap();
}

fn clock() -> Clock {
    Clock::fixed("2026-11-23T09:00:00+08:00").unwrap()
}

/// A served store whose only login leads a township, and a grid of it.
fn serve(folder: &Path) -> (Serving, PathBuf, String) {
    let (store, socket) = (folder.join("store"), folder.join("socket"));
    let pack = Arc::new(Files::of_user().pack("lanxi").unwrap().unwrap());
    let setup = decide_setup(&pack, Setup { from: "2026-10-01".parse().unwrap(), sample: false });
    let mut book = Book::create(&store, pack, &setup, clock()).unwrap();
    let about = |body: Body| Draft { by: None, subject: Some("p1".to_owned()), body, ..visit(300, TOWN, "") };
    let named = PersonRecord { name: "王一".to_owned(), ..PersonRecord::default() };
    let from = "2026-10-01".parse().unwrap();
    let leads = PostHolding { post: Post::Leader, from, to: None, change: false, stand_in: false };
    let login = socket::login(rustix::process::getuid().as_raw());
    let told = [Body::Person(named), Body::Post(leads), Body::Account(Account { login, closed: false })].map(about);
    book.append(&told, clock().now_ms()).unwrap();
    let org = book.state.org();
    let grid = org.grid_of(org.unit_ix(VILLAGE).unwrap(), "2026-11-17".parse().unwrap()).unwrap();
    let grid = org.node(grid).id.clone();
    let limits = Limits { per_user: 200, appends_per_second: 100_000, ..Limits::default() };
    let serving = book.serve(clock(), &socket, limits).unwrap();
    (serving, socket, grid)
}

/// A desk by hand.
struct Client {
    link: Link,
    key: DeviceKey,
    chain: Chain,
    grid: String,
}

impl Client {
    fn new(socket: &Path, n: u8, grid: &str) -> Client {
        let key = DeviceKey::from_secret(&[n; 32]);
        let streams = Streams::of_socket(socket::connect(socket).unwrap()).unwrap();
        let link = Link::open::<LinkError>(streams, Kind::Desk, "bench", |_| Ok(key.clone())).unwrap();
        let chain = Chain::new(key.writer(), Head::from(link.welcome.at));
        Client { link, key, chain, grid: grid.to_owned() }
    }

    /// One visit, signed, until its answer.
    fn tick(&mut self) {
        let draft = Draft { by: Some("p1".to_owned()), ..visit(320, &self.grid, VILLAGE) };
        let before = self.chain.head;
        let envelopes = self.chain.seal_group(&[draft], clock().now_ms(), &self.key);
        let envelopes = envelopes.iter().map(Into::into).collect();
        self.link.ask(&Ask::Append { of: 7, expected: before.into(), envelopes, more: false }).unwrap();
        loop {
            match self.link.hearing.hear().unwrap() {
                Tell::Appended { .. } => return,
                Tell::Entries { .. } => {}
                tell => panic!("{tell:?}"),
            }
        }
    }
}

fn quantiles(mut times: Vec<Duration>) -> [f64; 3] {
    times.sort_unstable();
    [50, 95, 99].map(|q| times[(times.len() - 1) * q / 100].as_secs_f64() * 1000.0)
}

fn line(name: &str, [p50, p95, p99]: [f64; 3]) {
    println!("{name:<44} p50 {p50:.3}  p95 {p95:.3}  p99 {p99:.3} ms");
}

fn round_trips(folder: &Path, socket: &Path, grid: &str) {
    let mut client = Client::new(socket, 1, grid);
    let mut bare = File::create(folder.join("bare")).unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..2_000 {
        let start = Instant::now();
        bare.write_all(&[7; 200]).unwrap();
        bare.sync_data().unwrap();
        theirs.push(start.elapsed());
        let start = Instant::now();
        client.tick();
        ours.push(start.elapsed());
    }
    line("one fact, sealed, sent, durable, answered", quantiles(ours));
    line("floor: 200 bytes + fdatasync", quantiles(theirs));
}

/// From the key of one to the ear of another.
fn heard(socket: &Path, grid: &str) {
    let mut ear = Client::new(socket, 2, grid);
    ear.link.ask(&Ask::Tail { after: ear.link.welcome.end }).unwrap();
    let mut pen = Client::new(socket, 3, grid);
    let writer = pen.key.writer();
    let mut times = Vec::new();
    for _ in 0..500 {
        let start = Instant::now();
        pen.tick();
        loop {
            let Tell::Entries { entries, .. } = ear.link.hearing.hear().unwrap() else { continue };
            let of = |entry: wangge::sync::message::Carried| {
                wangge::log::Entry::try_from(entry).unwrap().envelope.id().writer
            };
            if entries.into_iter().map(of).any(|of| of == writer) {
                break;
            }
        }
        times.push(start.elapsed());
    }
    line("one fact, from one client to another", quantiles(times));
}

fn throughput(folder: &Path, socket: &Path, grid: &str, writers: u8) {
    let stop = AtomicBool::new(false);
    let before = cpu();
    let start = Instant::now();
    let work = |n: u8| {
        let mut client = Client::new(socket, 10 + n, grid);
        let mut facts = 0;
        while !stop.load(Ordering::Relaxed) {
            client.tick();
            facts += 1;
        }
        facts
    };
    let facts: u64 = thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..writers).map(|n| scope.spawn(move || work(n))).collect();
        while start.elapsed() < SPAN {
            thread::park_timeout(SPAN.saturating_sub(start.elapsed()));
        }
        stop.store(true, Ordering::Relaxed);
        threads.into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    let span = start.elapsed().as_secs_f64();
    let busy = (cpu() - before) / span;
    println!(
        "{writers:>3} writers: {:>7.0} facts a second; {busy:.2} cores busy, clients included; the disk alone: {:.0} fdatasync a second",
        facts as f64 / span,
        disk(folder)
    );
}

/// How often the disk makes 200 bytes durable in a second.
fn disk(folder: &Path) -> f64 {
    let mut bare = File::create(folder.join("bare")).unwrap();
    let (start, mut n) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_secs(1) {
        bare.write_all(&[7; 200]).unwrap();
        bare.sync_data().unwrap();
        n += 1;
    }
    f64::from(n) / start.elapsed().as_secs_f64()
}

/// The seconds that all threads of this process have run.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    ticks as f64 / 100.0
}
