//! What sharing costs, beside what the disk itself costs: `cargo bench --bench serve [FOLDER]`.
//!
//! One fact from a client over the socket to its durable answer, in turns with a bare 200-byte append with fdatasync; from
//! one client to another that listens; and the most facts a second that 1, 16 and 64 writers reach who all hear each other,
//! beside how often the disk makes bytes durable in the same seconds. Every fact is signed, judged by its sender's rights,
//! receipted, and told to everybody: the run ends when each of them has heard all. The clients live in this process, on the
//! same cores: whose time it was, the server's threads or theirs, is said.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a bench measures spans")]

use std::{
    collections::BTreeMap,
    fs::File,
    io::Write,
    path::{Path, PathBuf},
    sync::{
        Arc, Barrier,
        atomic::{AtomicBool, AtomicU64, Ordering},
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
/// How long each number of writers writes.
const SPAN: Duration = Duration::from_secs(4);

fn main() {
    let place = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let temp = match place {
        Some(place) => tempfile::TempDir::new_in(place).unwrap(),
        None => tempfile::TempDir::new().unwrap(),
    };
    let (serving, socket, places) = serve(temp.path());
    round_trips(temp.path(), &socket, &places);
    heard(&socket, &places);
    for writers in [1, 16, 64] {
        throughput(temp.path(), &socket, &places, writers);
    }
    serving.stop().unwrap();
}

fn clock() -> Clock {
    Clock::fixed("2026-11-23T09:00:00+08:00").unwrap()
}

/// Villages, and the grids where they are visited.
type Places = Vec<(String, String)>;

/// A served store whose only login leads a township, and the places of that.
fn serve(folder: &Path) -> (Serving, PathBuf, Places) {
    let (store, socket) = (folder.join("store"), folder.join("socket"));
    let pack = Arc::new(Files::of_user().pack("lanxi").unwrap().unwrap());
    let setup = decide_setup(&pack, Setup { from: "2026-01-01".parse().unwrap(), sample: false });
    let mut book = Book::create(&store, pack, &setup, clock()).unwrap();
    let about = |body: Body| Draft { by: None, subject: Some("p1".to_owned()), body, ..visit(300, TOWN, "") };
    let named = PersonRecord { name: "王一".to_owned(), ..PersonRecord::default() };
    let from = "2026-01-01".parse().unwrap();
    let leads = PostHolding { post: Post::Leader, from, to: None, change: false, stand_in: false };
    let login = socket::login(rustix::process::getuid().as_raw());
    let told = [Body::Person(named), Body::Post(leads), Body::Account(Account { login, closed: false })].map(about);
    book.append(&told, clock().now_ms()).unwrap();
    let (org, day) = (book.state.org(), "2026-11-17".parse().unwrap());
    let town = org.node_ix(TOWN).unwrap();
    let grids = org.units().filter_map(|(unit, row)| Some((row, org.grid_of(unit, day)?)));
    let within = grids.filter(|(_, grid)| org.is_within(*grid, town));
    let places: Places = within.map(|(row, grid)| (row.id.clone(), org.node(grid).id.clone())).collect();
    let limits = Limits { per_user: 200, appends_per_second: 100_000, ..Limits::default() };
    let serving = book.serve(clock(), &socket, limits).unwrap();
    (serving, socket, places)
}

/// A desk by hand.
struct Client {
    link: Link,
    key: DeviceKey,
    chain: Chain,
    places: Places,
    /// How many facts it has recorded, from where the others begin elsewhere.
    count: usize,
    /// Up to where it has heard everything, and how many facts it has heard.
    heard: (u64, u64),
}

impl Client {
    fn new(socket: &Path, n: u8, places: &Places) -> Client {
        let key = DeviceKey::from_secret(&[n; 32]);
        let streams = Streams::of_socket(socket::connect(socket).unwrap()).unwrap();
        let link = Link::open::<LinkError>(streams, Kind::Desk, "bench", |_| Ok(key.clone())).unwrap();
        let chain = Chain::new(key.writer(), Head::from(link.welcome.at));
        let heard = (link.welcome.end, 0);
        Client { link, key, chain, places: places.clone(), count: usize::from(n) * 7, heard }
    }

    /// One that is told from now on what others record.
    fn listening(socket: &Path, n: u8, places: &Places) -> Client {
        let mut client = Client::new(socket, n, places);
        client.link.ask(&Ask::Tail { after: client.heard.0 }).unwrap();
        client
    }

    /// What it is told, every fact unpacked, up to the next answer.
    fn answer(&mut self) -> Tell {
        loop {
            match self.link.hearing.hear().unwrap() {
                Tell::Entries { upto, entries } => {
                    let facts = entries.into_iter().map(|entry| wangge::log::Entry::try_from(entry).unwrap());
                    self.heard =
                        (upto, self.heard.1 + facts.filter(|entry| entry.position.0 > self.heard.0).count() as u64);
                }
                tell => return tell,
            }
        }
    }

    /// Waits until it has heard everything up to a position.
    fn hear_out(&mut self, end: u64) {
        while self.heard.0 < end {
            self.link.ask(&Ask::Head { of: 8, writer: self.key.writer() }).unwrap();
            assert!(matches!(self.answer(), Tell::Heads { .. }));
        }
    }

    /// One visit, signed, until its answer; its position.
    fn tick(&mut self) -> u64 {
        self.count += 1;
        // Every unit on every day of the year, as far as that reaches.
        let (unit, grid) = &self.places[self.count % self.places.len()];
        let day = (self.count / self.places.len()) as u32 % 320;
        let draft = Draft { by: Some("p1".to_owned()), ..visit(day, grid, unit) };
        let before = self.chain.head;
        let envelopes = self.chain.seal_group(&[draft], clock().now_ms(), &self.key);
        let envelopes = envelopes.iter().map(Into::into).collect();
        self.link.ask(&Ask::Append { of: 7, expected: before.into(), envelopes, more: false }).unwrap();
        match self.answer() {
            Tell::Appended { places, .. } => places[0].from,
            tell => panic!("{tell:?}"),
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

fn round_trips(folder: &Path, socket: &Path, places: &Places) {
    let mut client = Client::new(socket, 1, places);
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
fn heard(socket: &Path, places: &Places) {
    let mut ear = Client::listening(socket, 2, places);
    let mut pen = Client::new(socket, 3, places);
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

fn throughput(folder: &Path, socket: &Path, places: &Places, writers: u8) {
    let mut clients: Vec<Client> = (0..writers).map(|n| Client::listening(socket, 10 + n, places)).collect();
    let (stop, last) = (AtomicBool::new(false), AtomicU64::new(0));
    let all = Barrier::new(writers.into());
    let before = Cpu::so_far();
    let start = Instant::now();
    let work = |client: &mut Client| {
        let (mut facts, mut waits) = (0_u64, Vec::new());
        while !stop.load(Ordering::Relaxed) {
            let asked = Instant::now();
            last.fetch_max(client.tick(), Ordering::Relaxed);
            waits.push(asked.elapsed());
            facts += 1;
        }
        // Every fact is somebody's; each of them is heard by all.
        all.wait();
        client.hear_out(last.load(Ordering::Relaxed));
        (facts, waits)
    };
    let done: Vec<(u64, Vec<Duration>)> = thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = clients.iter_mut().map(|client| scope.spawn(move || work(client))).collect();
        while start.elapsed() < SPAN {
            thread::park_timeout(SPAN.saturating_sub(start.elapsed()));
        }
        stop.store(true, Ordering::Relaxed);
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let span = start.elapsed().as_secs_f64();
    let after = Cpu::so_far();
    let facts: u64 = done.iter().map(|(facts, _)| facts).sum();
    for client in &clients {
        assert!(client.heard.1 >= facts, "heard {} of {facts}", client.heard.1);
    }
    let [p50, _, p99] = quantiles(done.into_iter().flat_map(|(_, waits)| waits).collect());
    println!(
        "{writers:>3} writers, all hear all: {:>6.0} facts a second  p50 {p50:.2}  p99 {p99:.2} ms; a fact costs {}; the disk \
         alone: {:.0} fdatasync a second",
        facts as f64 / span,
        after.each(&before, facts),
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

/// What the threads of this process have run so far, in nanoseconds.
struct Cpu {
    /// The server's, by thread, with what it does there.
    server: BTreeMap<String, (String, u64)>,
    all: u64,
}

impl Cpu {
    fn so_far() -> Cpu {
        let mut server = BTreeMap::new();
        for task in std::fs::read_dir("/proc/self/task").unwrap().flatten() {
            let read = |name: &str| std::fs::read_to_string(task.path().join(name)).unwrap_or_default();
            let (name, run) = (read("comm"), read("schedstat"));
            if let (Some(role), Some(run)) = (name.trim().strip_prefix("wangge-"), run.split_whitespace().next()) {
                let id = task.file_name().to_string_lossy().into_owned();
                server.insert(id, (role.to_owned(), run.parse().unwrap()));
            }
        }
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
        Cpu { server, all: ticks * 10_000_000 }
    }

    /// What one of so many facts has cost since, in microseconds, by the server's threads and all others.
    fn each(&self, before: &Cpu, facts: u64) -> String {
        let mut roles: BTreeMap<&str, u64> = BTreeMap::new();
        for (thread, (role, run)) in &self.server {
            *roles.entry(role).or_default() += run - before.server.get(thread).map_or(0, |(_, run)| *run);
        }
        let each = |nanos: u64| nanos as f64 / 1000.0 / facts as f64;
        let server: u64 = roles.values().sum();
        let clients = each((self.all - before.all).saturating_sub(server));
        let roles: Vec<String> = roles.iter().map(|(role, nanos)| format!("{role} {:.0}", each(*nanos))).collect();
        format!("the server {:.0} µs ({}), the clients {clients:.0} µs", each(server), roles.join(", "))
    }
}
