//! A grid is hung out of a laptop's scope, or closed, while the laptop is away: it is told so, once.
use std::{collections::BTreeMap, path::Path, time::Duration};

use wangge::{
    grid::{
        decide::{Setup, decide_setup},
        fact::{Body, DeviceKey, Draft, Enrolled, NodeRecord, PersonRecord, PostHolding},
        org::{Form, Post, Sector},
        state::State,
    },
    log::{
        Position, StoreLog, Subtree,
        disk::{Files, Store, own_key},
    },
    run::{Book, Clock},
    sync::{
        laptop::{Done, Laptop, sync},
        message::Kind,
        serve::Limits,
        socket,
        stream::Stream,
        upstream::Upstream,
    },
};

use super::{
    super::{
        office::Client,
        rules::world::{World, day, tiny_pack},
    },
    server::draft,
};

const NOW: &str = "2026-11-23T09:00:00+08:00";
/// The township of the laptop's person, and another one.
const OURS: &str = "330000001";
const OTHERS: &str = "330000002";

/// A store with two townships, in which 甲 leads the first and has a laptop; and the id of a grid there.
fn county(dir: &Path, key: &DeviceKey, clock: Clock) -> (Book, String) {
    let pack = tiny_pack("");
    let from = day("2026-11-01");
    let mut world = World::with(pack.clone(), "2026-11-01");
    let grid = world.enroll("工业第1网格", 1..=4);
    let grid = world.state.org().node(grid).id.clone();
    let founded = decide_setup(&pack, Setup { from, sample: false }).len();
    let mut drafts: Vec<Draft> = decide_setup(&pack, Setup { from, sample: false });
    drafts.extend(world.facts[founded..].iter().map(|fact| fact.draft.clone()));
    let record = PersonRecord { name: "甲".to_owned(), unit: None, phone: String::new() };
    let held = PostHolding { post: Post::Leader, from, to: None, change: false, stand_in: false };
    let enrolled = Enrolled { key: key.public(), name: "笔记本".to_owned(), window: None };
    drafts.extend([
        draft(from, Some(OURS), Some("p1"), Body::Person(record)),
        draft(from, Some(OURS), Some("p1"), Body::Post(held)),
        draft(from, None, Some("p1"), Body::Enrolled(enrolled)),
    ]);
    (Book::create(dir, pack, &drafts, clock).unwrap(), grid)
}

/// Syncs the laptop's store, and says what it amounts to then.
fn synced(dir: &Path, socket: &Path, clock: Clock) -> (Done, State) {
    let opened = Store::open(dir, clock.now_ms()).unwrap();
    let stream = socket::connect(socket).unwrap();
    let mut wire = Stream::over(stream.try_clone().unwrap(), stream, Duration::from_secs(20)).unwrap();
    let (store, welcome) = wire.hello(|_| Ok(opened.key.clone()), Kind::Laptop, "测试").unwrap();
    let mut log = StoreLog(opened.store.clone());
    let mut keep = |note: &Upstream| note.write(dir, &Files::new());
    let own = BTreeMap::from([(opened.writer, Some(opened.key.clone()))]);
    let mut laptop = Laptop { log: &mut log, own, note: Upstream::read(dir), keep: &mut keep, shared: false };
    let done = sync(&mut laptop, &mut wire, (store, &welcome), &mut |_| {}).unwrap();
    wire.bye();
    let mut state = State::new(tiny_pack(""));
    for entry in opened.store.read(Subtree::All, Position(0), usize::MAX).unwrap() {
        state.apply(&entry.envelope.open(entry.received_ms).unwrap());
    }
    opened.store.close().unwrap();
    (done, state)
}

/// The name of what a node hangs below; none where it is not there.
fn above(state: &State, node: &str) -> Option<String> {
    let org = state.org();
    let parent = org.node(org.node_ix(node)?).parent?;
    Some(org.node(parent).id.clone())
}

#[test]
fn a_grid_that_was_hung_out_of_the_scope_or_closed_while_the_laptop_was_away_is_told_once() {
    let temp = tempfile::TempDir::new().unwrap();
    let clock = Clock::fixed(NOW).unwrap();
    let (laptop, server, socket) = (temp.path().join("laptop"), temp.path().join("server"), temp.path().join("socket"));
    Store::create(&laptop).unwrap();
    let (book, grid) = county(&server, &own_key(&laptop).unwrap(), clock);
    let serving = book.serve(clock, &socket, Limits::default()).unwrap();
    let mut office = Client::new(socket.clone(), 1);
    // Each word later than the one before: of two at once nobody could say which counts.
    let mut now_ms = clock.now_ms();
    let mut hang = |parent: &str, name: &str, to: Option<&str>| {
        let record = NodeRecord {
            name: name.to_owned(),
            parent: Some(parent.to_owned()),
            level: 3,
            form: Form::Vertical,
            sector: Some(Sector::Industry),
            from: day("2026-11-01"),
            to: to.map(day),
            into: None,
        };
        now_ms += 1_000;
        office.write(&[draft(day("2026-11-23"), None, Some(&grid), Body::Node(record))], now_ms);
    };
    let sync = || synced(&laptop, &socket, clock);
    assert_eq!(above(&sync().1, &grid).as_deref(), Some(OURS));
    hang(OTHERS, "工业第1网格", None);
    let (done, state) = sync();
    assert_eq!((done.pulled.facts, above(&state, &grid).as_deref()), (1, Some(OTHERS)));
    assert_eq!(sync().0.pulled.facts, 0, "once");
    // It comes back, with all that was said of it.
    hang(OURS, "回来的网格", None);
    let (_, state) = sync();
    assert_eq!(above(&state, &grid).as_deref(), Some(OURS));
    hang(OURS, "回来的网格", Some("2026-11-20"));
    let (done, state) = sync();
    let org = state.org();
    assert_eq!((done.pulled.facts, org.node(org.node_ix(&grid).unwrap()).to), (1, Some(day("2026-11-20"))));
    serving.stop().unwrap();
}
