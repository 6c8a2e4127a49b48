//! The keeper over a log that a test holds up.
mod batch;
mod double;
mod enrolment;
mod news;
mod part;

use std::sync::Arc;

use double::{Double, Slow};

use super::{Common, House, Keeper, Kept, Shared};
use crate::{
    grid::{
        decide::{Setup, decide_setup},
        fact::{Account, Body, Chain, DeviceKey, Draft, Enrolled, Envelope, Head, PersonRecord, PostHolding},
        org::Post,
        pack::Pack,
        state::State,
    },
    log::{Log, Position, StoreHandle, conformance::visit, memory::MemoryLog},
    sync::{
        serve::{Limits, Served},
        socket,
    },
};

/// 2026-11-23T09:00:00+08:00.
const NOW: i64 = 1_795_395_600_000;
const TOWN: &str = "330781001";
const COUNTY: &str = "330781";
const UNIT: &str = "330781001001";

fn key(n: u8) -> DeviceKey {
    DeviceKey::from_secret(&[n; 32])
}

/// A county in memory whose township is led by whoever runs the tests; their laptop has the key 9, and that of somebody at
/// the county the key 8.
struct County {
    slow: Arc<Double>,
    state: State,
    head: Head,
    position: Position,
    dir: tempfile::TempDir,
}

impl County {
    fn new() -> County {
        let pack = Arc::new(Pack::builtin("lanxi").unwrap().unwrap());
        let mut drafts = decide_setup(&pack, Setup { from: "2026-10-01".parse().unwrap(), sample: false });
        for draft in &mut drafts {
            if let Body::StoreOpened(opened) = &mut draft.body {
                opened.key = key(1).public().to_vec();
            }
        }
        drafts.extend(people());
        let mut chain = Chain::new(key(1).writer(), Head::default());
        let envelopes = chain.seal_group(&drafts, NOW, &key(1));
        let (mut log, mut state) = (MemoryLog::new(), State::new(pack));
        log.append(&envelopes, Head::default(), NOW).unwrap();
        envelopes.iter().for_each(|envelope| drop(state.apply(&envelope.open(NOW).unwrap())));
        let position = Position(envelopes.len() as u64);
        County { slow: Double::over(log), state, head: chain.head, position, dir: tempfile::tempdir().unwrap() }
    }

    /// What is served.
    fn served(&self) -> Served {
        Served {
            store: StoreHandle::new(Arc::new(Slow(self.slow.clone()))),
            id: [3; 16],
            pack: "lanxi".to_owned(),
            writer: key(1).writer(),
            now: Arc::new(|| NOW),
            limits: Limits::default(),
        }
    }

    fn house(&self) -> House {
        let kept = Kept { state: self.state.clone(), position: self.position };
        let dir = self.dir.path().to_owned();
        House::Shared(Box::new(Shared { kept, key: key(1), head: self.head, dir }))
    }

    /// The further windows of whoever owns it, as if it were their own store.
    fn own_house(&self) -> House {
        let kept = Kept { state: self.state.clone(), position: self.position };
        House::Own(Box::new(move || Ok(kept)))
    }

    /// A visit in the township by its leader.
    fn visit(&self, day: u32) -> Draft {
        let org = self.state.org();
        let grid = org.grid_of(org.unit_ix(UNIT).unwrap(), "2026-11-17".parse().unwrap()).unwrap();
        Draft { by: Some("p1".to_owned()), ..visit(day, &org.node(grid).id, UNIT) }
    }

    /// The first facts of a device of the township's leader.
    fn sealed(&self, key: &DeviceKey, days: std::ops::Range<u32>) -> Vec<Envelope> {
        let drafts: Vec<Draft> = days.map(|day| self.visit(day)).collect();
        Chain::new(key.writer(), Head::default()).seal_group(&drafts, NOW, key)
    }
}

fn about(person: &str, at: &str, body: Body) -> Draft {
    let (at, subject) = (Some(at.to_owned()), Some(person.to_owned()));
    Draft { by: None, at, subject, body, ..visit(300, "", "") }
}

fn leads(to: Option<&str>) -> Body {
    let (from, to) = ("2026-10-01".parse().unwrap(), to.map(|day| day.parse().unwrap()));
    Body::Post(PostHolding { post: Post::Leader, from, to, change: false, stand_in: false })
}

fn people() -> Vec<Draft> {
    let named = |name: &str| Body::Person(PersonRecord { name: name.to_owned(), ..PersonRecord::default() });
    let laptop = |n: u8| Body::Enrolled(Enrolled { key: key(n).public(), name: "笔记本".to_owned(), window: None });
    let login = socket::login(rustix::process::getuid().as_raw());
    vec![
        about("p1", TOWN, named("王一")),
        about("p1", TOWN, leads(None)),
        about("p1", TOWN, Body::Account(Account { login, closed: false })),
        about("p1", TOWN, laptop(9)),
        about("p3", COUNTY, named("赵三")),
        about("p3", COUNTY, leads(None)),
        about("p3", COUNTY, laptop(8)),
    ]
}
