//! A real server on a real socket, a laptop with a store on a disk, and a link that is cut at any byte, a thousand times.
#![allow(clippy::print_stdout, reason = "the figures are worth reading")]

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    net::Shutdown,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use wangge::{
    grid::{
        decide::{Setup, decide_setup},
        fact::{
            Body, Chain, DeviceKey, Draft, Enrolled, Envelope, PersonRecord, Placement, PostHolding, UnitRecord, Visit,
        },
        org::Post,
    },
    log::{
        Entry, Log, Position, StoreLog, Subtree,
        disk::{Files, Opened, Store},
    },
    run::{Book, Clock},
    sync::{
        laptop::{Done, Laptop, sync},
        message::Kind,
        serve::Limits,
        socket,
        stream::Stream,
        talk::SyncError,
        upstream::Upstream,
    },
};

use super::{
    super::rules::world::{day, tiny_pack},
    server::draft,
};

/// How often the link is cut.
const CUTS: u32 = 1_000;
const NOW: &str = "2026-11-23T09:00:00+08:00";

/// One half of a link that carries so many bytes more, in both directions together.
struct Cut {
    stream: UnixStream,
    left: Arc<AtomicUsize>,
}

impl Cut {
    /// How many of `n` bytes may pass; the rest never does.
    fn pass(&self, n: usize) -> usize {
        let left = self.left.load(Ordering::SeqCst);
        let passed = n.min(left);
        self.left.store(left - passed, Ordering::SeqCst);
        passed
    }

    fn cut(&self) {
        let _gone = self.stream.shutdown(Shutdown::Both);
    }
}

impl Read for Cut {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buf)?;
        let passed = self.pass(n);
        if passed < n {
            self.cut();
        }
        Ok(passed)
    }
}

impl Write for Cut {
    fn write(&mut self, buf: &[u8]) -> io::Result<usize> {
        let passed = self.pass(buf.len());
        self.stream.write_all(&buf[..passed])?;
        if passed < buf.len() {
            self.cut();
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok(passed)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// A laptop whose store is open.
struct Seat {
    dir: PathBuf,
    opened: Opened,
    chain: Chain,
    recorded: Vec<Envelope>,
}

impl Seat {
    fn record(&mut self, n: u64) {
        let visit = Body::Visit(Visit { note: format!("第 {n} 次走访，核对台账"), ..Visit::default() });
        let visit =
            Draft { by: Some("p1".to_owned()), ..draft(day("2026-11-20"), Some("330000001"), Some("u"), visit) };
        let (before, key) = (self.chain.head, self.opened.key.clone());
        let sealed = self.chain.seal_group(&[visit], 1_795_396_320_000 + n as i64 * 977, &key);
        self.opened.store.append(sealed.clone(), before, 1_795_396_320_000).unwrap();
        self.recorded.extend(sealed);
    }

    fn sync(&self, socket: &Path, bytes: usize) -> Result<Done, SyncError> {
        let stream = socket::connect(socket)?;
        let left = Arc::new(AtomicUsize::new(bytes));
        let half = || io::Result::Ok(Cut { stream: stream.try_clone()?, left: left.clone() });
        let mut wire = Stream::over(half()?, half()?, Duration::from_secs(20))?;
        let (store, welcome) = wire.hello(|_| Ok(self.opened.key.clone()), Kind::Laptop, "测试")?;
        let mut log = StoreLog(self.opened.store.clone());
        let mut keep = |note: &Upstream| note.write(&self.dir, &Files::new());
        let own = BTreeMap::from([(self.opened.writer, Some(self.opened.key.clone()))]);
        let mut laptop = Laptop { log: &mut log, own, note: Upstream::read(&self.dir), keep: &mut keep, shared: false };
        let done = sync(&mut laptop, &mut wire, (store, &welcome), &mut |_| {});
        wire.bye();
        done
    }
}

/// A county with one person, whose laptop has this key.
fn county(dir: &Path, key: &DeviceKey, clock: Clock) -> Book {
    let pack = tiny_pack("");
    let today = day("2026-11-01");
    let mut drafts = decide_setup(&pack, Setup { from: today, sample: false });
    let record = PersonRecord { name: "甲".to_owned(), unit: None, phone: String::new() };
    let held = PostHolding { post: Post::Leader, from: today, to: None, change: false, stand_in: false };
    let enrolled = Enrolled { key: key.public(), name: "笔记本".to_owned(), window: None };
    drafts.extend([
        draft(today, Some("330"), Some("p1"), Body::Person(record)),
        draft(today, Some("330"), Some("p1"), Body::Post(held)),
        draft(today, None, Some("p1"), Body::Enrolled(enrolled)),
        draft(today, Some("330000001"), Some("u"), Body::Unit(UnitRecord::default())),
        draft(today, Some("330000001"), Some("u"), Body::Placement(Placement { from: today })),
    ]);
    Book::create(dir, pack, &drafts, clock).unwrap()
}

fn everything(store: &wangge::log::StoreHandle) -> Vec<Entry> {
    store.read(Subtree::All, Position(0), usize::MAX).unwrap()
}

#[test]
fn a_link_that_is_cut_at_any_byte_a_thousand_times_loses_and_doubles_nothing() {
    let temp = tempfile::TempDir::new().unwrap();
    let clock = Clock::fixed(NOW).unwrap();
    let (laptop, server, socket) = (temp.path().join("laptop"), temp.path().join("server"), temp.path().join("socket"));
    Store::create(&laptop).unwrap();
    let opened = Store::open(&laptop, clock.now_ms()).unwrap();
    let book = county(&server, &opened.key, clock);
    let limits = Limits { per_user: 2_000, connections: 2_000, ..Limits::default() };
    let serving = book.serve(clock, &socket, limits).unwrap();
    let chain = Chain::new(opened.writer, Default::default());
    let mut seat = Seat { dir: laptop, opened, chain, recorded: Vec::new() };
    let mut dice = Dice(0x5eed_cafe);
    let (mut cut, mut whole) = (0, 0);
    while cut < CUTS {
        // A store is founded by pulling; nothing is recorded before.
        if whole > 0 {
            (0..dice.below(3)).for_each(|n| seat.record(u64::from(cut) * 3 + n));
        }
        match seat.sync(&socket, dice.below(if whole == 0 { 6_000 } else { 2_600 }) as usize) {
            Ok(_) => whole += 1,
            Err(SyncError::Link(_) | SyncError::Note(_)) => cut += 1,
            Err(error) => panic!("{error}"),
        }
        assert!(whole < 4 * CUTS, "the link is hardly ever cut");
    }
    let done = seat.sync(&socket, usize::MAX).unwrap();
    assert_eq!((done.pushed.held, done.forked), (Vec::new(), Vec::new()));
    let quiet = seat.sync(&socket, usize::MAX).unwrap();
    assert_eq!((quiet.pushed.facts, quiet.pulled.facts), (0, 0), "nothing is left to copy");
    serving.stop().unwrap();
    println!("{cut} links were cut, {whole} were not, {} facts were recorded", seat.recorded.len());
    assert!(seat.recorded.len() > 300);

    let there = Store::open(&server, clock.now_ms()).unwrap().store;
    let (at_server, here) = (everything(&there), everything(&seat.opened.store));
    for envelope in &seat.recorded {
        let found = |entries: &[Entry]| entries.iter().filter(|entry| entry.envelope == *envelope).count();
        assert_eq!((found(&at_server), found(&here)), (1, 1), "{}", envelope.id());
    }
    let names = |entries: &[Entry]| -> Vec<Vec<u8>> {
        let mut names: Vec<_> = entries.iter().map(|entry| entry.envelope.bytes().to_vec()).collect();
        names.sort();
        names
    };
    assert!(names(&at_server) == names(&here), "both have the same");
    assert_eq!(StoreLog(there.clone()).head(seat.opened.writer).unwrap(), seat.chain.head);
    there.close().unwrap();
    seat.opened.store.close().unwrap();
}
