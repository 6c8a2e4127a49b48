//! Stores that sessions begin with, where no command could make them: what laptops brought to a server, as it took it in.
use std::{collections::HashMap, path::Path, sync::Arc};

use chrono::NaiveDate;
use wangge::{
    grid::{
        decide::{Actor, Intent, Regroup, RosterLine, Setup, decide, decide_roster, decide_setup},
        fact::{
            Body, Chain, DeviceKey, Draft, Enrolled, Envelope, Handover, Head, NodeRecord, PackSeal, Visit, Withdrawn,
        },
        org::{Form, NodeIx, Post, Sector},
    },
    log::{Entry, Position},
    run::{Book, Clock, Files},
    sync::{
        batch,
        message::{Ask, Kind, Tell},
        serve::Limits,
        socket,
    },
};

use crate::serve::house::{Client, NOW, key};

const TOWN: &str = "兰江街道";
const TOWN_ID: &str = "330781001";
/// Two grids of the township without enterprises.
const SHOPS: [(&str, &str); 2] = [("330781001-G18", "商贸第1网格"), ("330781001-G19", "商贸第2网格")];
/// Who leads the township, its first three grids, and another township.
const PEOPLE: [(&str, &str); 5] = [
    ("张建国", TOWN),
    ("王秀英", "工业第1网格"),
    ("李明华", "工业第2网格"),
    ("陈志强", "工业第3网格"),
    ("赵红梅", "云山街道"),
];
const UNITS: [(&str, &str); 8] = [
    ("兰溪市宏达纺织有限公司", "工业第1网格"),
    ("浙江瑞丰新材料科技股份有限公司", "工业第1网格"),
    ("兰溪市永盛水泥制品有限公司", "工业第1网格"),
    ("兰溪市金塔印染有限公司", "工业第1网格"),
    ("浙江双马机械有限公司", "工业第2网格"),
    ("兰溪市美欣服饰有限公司", "工业第2网格"),
    ("兰溪市华通塑料厂", "工业第3网格"),
    ("浙江康恩食品有限公司", "工业第3网格"),
];

/// Makes the store of this name in a home, as `store`.
pub fn make(name: &str, home: &Path) -> Result<(), String> {
    match name {
        "county" => drop(County::found(home)),
        "held" => held(home),
        _ => return Err(format!("there is no store `{name}` in stores.rs")),
    }
    Ok(())
}

/// One of everything that is held, at the server that took it in.
fn held(home: &Path) {
    let mut county = County::found(home);
    let shops = SHOPS.map(|shop| hung(shop, TOWN_ID));
    county.write(&shops);
    let (grid, second, third) = (county.node("工业第1网格"), county.node("工业第2网格"), county.node("工业第3网格"));
    let mut laptops: Vec<Laptop> = PEOPLE.iter().zip(11..).map(|((name, _), n)| county.enroll(name, n)).collect();
    let mut stolen = county.enroll("王秀英", 21);
    // What the laptops do not know of: they were away.
    county.on("2026-11-16");
    county.write(&[hung(SHOPS[1], SHOPS[0].0)]);
    let unit = county.book.state.org().unit_ix(&code(4)).unwrap();
    county.run(&Intent::Place { units: vec![unit], grid: second, from: day("2026-11-16") });
    county.run(&Intent::Regroup(Regroup::Merge { grids: vec![third], into: second, from: day("2026-11-16") }));
    county.on("2026-11-20").appoint("周丽", "工业第2网格", "2026-11-20");
    county.on("2026-11-21");
    county.run(&Intent::Lock { node: grid, through: day("2026-10-31") });
    let from_ms = instant("2026-11-10");
    county.run(&Intent::Revoke { writer: stolen.key.writer(), from_ms, reason: "笔记本被盗".to_owned() });
    // What each of them wrote down.
    let [town, first, left, closed, other] = &mut laptops[..] else { unreachable!("five people") };
    let visits: Vec<Envelope> = [
        (first.visit(1, grid, "2026-11-17"), "2026-11-17"),
        (first.visit(4, grid, "2026-11-18"), "2026-11-18"),
        (first.visit(2, grid, "2026-10-30"), "2026-11-02"),
        (first.visit(3, grid, "2026-11-26"), "2026-11-26"),
        (first.visit(1, grid, "2026-12-05"), "2026-11-20"),
    ]
    .into_iter()
    .map(|(draft, on)| first.seal(draft, on))
    .collect();
    let fine = visits[0].id();
    // A second machine with the same key: the first place of its chain is another one.
    let twice = Chain::new(first.key.writer(), Head::default()).seal_group(
        &[first.visit(3, grid, "2026-11-13")],
        instant("2026-11-13"),
        &first.key,
    );
    let late = vec![left.seal(left.visit(5, second, "2026-11-12"), "2026-11-12")];
    let gone = vec![closed.seal(closed.visit(7, third, "2026-11-19"), "2026-11-19")];
    let mut foreign = other.visit(2, grid, "2026-11-11");
    let strange = other.seal(foreign.clone(), "2026-11-11");
    (foreign.by, foreign.occurred) = (town.person.clone(), day("2026-11-14"));
    let forged = other.seal(foreign, "2026-11-14");
    let thief = vec![stolen.seal(stolen.visit(1, grid, "2026-11-15"), "2026-11-15")];
    let back = Body::Withdrawn(Withdrawn { of: fine, reason: "记错了".to_owned() });
    let elsewhere = vec![town.seal(Draft { body: back, ..town.visit(5, second, "2026-11-20") }, "2026-11-20")];
    // A window of a device that nobody knows.
    let (window, unknown) = (key(31), key(32));
    let vouched = Enrolled::as_window(window.public(), "借来的电脑".to_owned(), &unknown);
    let mine = Draft {
        at: None,
        subject: other.person.clone(),
        body: Body::Enrolled(vouched),
        ..other.visit(1, grid, "2026-11-09")
    };
    let borrowed = Chain::new(window.writer(), Head::default()).seal_group(&[mine], instant("2026-11-09"), &window);
    // The one below the other, which hangs below the first by now.
    let circle = vec![town.seal(town.by(hung(SHOPS[0], SHOPS[1].0), "2026-11-19"), "2026-11-19")];
    // One post, offered to two.
    let offers = [first.offer(grid, left, "2026-11-21"), first.offer(grid, closed, "2026-11-22")];
    let offers = offers.map(|draft| first.seal(draft, "2026-11-22")).to_vec();
    county.serve(&[
        (12, vec![visits, twice, offers]),
        (13, vec![late]),
        (14, vec![gone]),
        (15, vec![vec![strange, forged], borrowed]),
        (21, vec![thief]),
        // Last, since the server must know what it takes back.
        (11, vec![elsewhere, circle]),
    ]);
}

/// A laptop that is somebody's, and what it has written so far.
struct Laptop {
    key: DeviceKey,
    person: Option<String>,
    chain: Chain,
    /// The ids of the nodes.
    nodes: HashMap<NodeIx, String>,
}

impl Laptop {
    fn seal(&mut self, draft: Draft, on: &str) -> Envelope {
        let sealed = self.chain.seal_group(&[draft], instant(on), &self.key);
        sealed.into_iter().next().unwrap()
    }

    /// Its person says so.
    fn by(&self, draft: Draft, on: &str) -> Draft {
        Draft { by: self.person.clone(), occurred: day(on), ..draft }
    }

    /// Its person's post at a grid, offered to somebody else's.
    fn offer(&self, at: NodeIx, to: &Laptop, on: &str) -> Draft {
        let (from, seal) = (self.person.clone().unwrap(), PackSeal::default());
        let what = Handover { post: Post::Leader, from, on: day("2026-12-01"), note: "调任".to_owned(), seal };
        Draft { subject: to.person.clone(), body: Body::Handover(what), ..self.visit(1, at, on) }
    }

    fn visit(&self, unit: u32, at: NodeIx, on: &str) -> Draft {
        Draft {
            occurred: day(on),
            by: self.person.clone(),
            at: Some(self.nodes[&at].clone()),
            subject: Some(code(unit)),
            replaces: None,
            reason: None,
            effort: None,
            body: Body::Visit(Visit::default()),
        }
    }
}

/// A store while it is made, day by day.
struct County {
    home: std::path::PathBuf,
    book: Book,
    today: NaiveDate,
}

impl County {
    fn found(home: &Path) -> County {
        let pack = Arc::new(Files::of_user().pack("lanxi").unwrap().unwrap());
        let drafts = decide_setup(&pack, Setup { from: day("2026-10-01"), sample: false });
        let book = Book::create(&home.join("store"), pack, &drafts, clock()).unwrap();
        let mut county = County { home: home.to_owned(), book, today: day("2026-10-08") };
        let lines: Vec<RosterLine> = UNITS.iter().zip(1..).map(|((name, grid), n)| line(n, name, grid)).collect();
        let roster = decide_roster(&county.book.state, &county.owner(), &lines).unwrap();
        county.write(&roster.drafts);
        for (name, node) in PEOPLE {
            county.appoint(name, node, "2026-10-01");
        }
        county
    }

    fn on(&mut self, today: &str) -> &mut County {
        self.today = day(today);
        self
    }

    fn owner(&self) -> Actor {
        Actor::owner(None, self.today)
    }

    fn write(&mut self, drafts: &[Draft]) {
        let at = self.today.and_hms_opt(1, 0, 0).unwrap().and_utc().timestamp_millis();
        self.book.append(drafts, at).unwrap();
    }

    fn run(&mut self, intent: &Intent) {
        let decision = decide(&self.book.state, &self.owner(), intent).unwrap();
        self.write(&decision.drafts);
    }

    fn node(&self, name: &str) -> NodeIx {
        self.book.state.org().node_named(name).unwrap()
    }

    fn appoint(&mut self, name: &str, node: &str, from: &str) {
        let (node, name, phone) = (self.node(node), name.to_owned(), String::new());
        self.run(&Intent::Appoint { node, post: Post::Leader, name, phone, from: day(from), until: None });
    }

    fn person(&self, name: &str) -> String {
        let mut people = self.book.state.org().people();
        people.find(|(_, person)| person.record.name == name).map(|(_, person)| person.id.clone()).unwrap()
    }

    fn enroll(&mut self, name: &str, n: u8) -> Laptop {
        let (person, key) = (self.person(name), key(n));
        let called = if n > 20 { format!("{name}的旧笔记本") } else { format!("{name}的笔记本") };
        self.run(&Intent::Enroll { person: person.clone(), key: key.public(), name: called });
        let nodes = self.book.state.org().nodes().map(|(ix, node)| (ix, node.id.clone())).collect();
        let chain = Chain::new(key.writer(), Head::default());
        Laptop { key, person: Some(person), chain, nodes }
    }

    /// Serves the store, and takes in what the laptops bring, each chain as a batch of its own.
    fn serve(self, brought: &[(u8, Vec<Vec<Envelope>>)]) {
        let socket = self.home.join("run/county");
        let serving = self.book.serve(clock(), &socket, Limits::default()).unwrap();
        for (n, chains) in brought {
            let mut client = Client::of_kind(socket::connect(&socket).unwrap(), *n, Kind::Laptop).unwrap();
            for (chain, of) in chains.iter().zip(1..) {
                let entries: Vec<Entry> = chain.iter().map(entry).collect();
                client.link.ask(&Ask::Push { of, batch: batch::encode(&entries) }).unwrap();
                let told = client.link.hearing.hear().unwrap();
                assert!(matches!(&told, Tell::Pushed { .. }), "{n}: {told:?}");
            }
        }
        serving.stop().unwrap();
    }
}

/// A grid, as it hangs below a node.
fn hung((id, name): (&str, &str), parent: &str) -> Draft {
    let (name, parent, from) = (name.to_owned(), Some(parent.to_owned()), day("2026-10-01"));
    let (form, sector) = (Form::Vertical, Some(Sector::Service));
    let record = NodeRecord { name, parent, level: 3, form, sector, from, to: None, into: None };
    Draft {
        occurred: from,
        by: None,
        at: Some(id.to_owned()),
        subject: Some(id.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Node(record),
    }
}

fn entry(envelope: &Envelope) -> Entry {
    Entry { position: Position(0), received_ms: 0, envelope: envelope.clone() }
}

fn line(n: u32, name: &str, grid: &str) -> RosterLine {
    RosterLine {
        place: format!("第{n}行"),
        code: code(n),
        name: name.to_owned(),
        industry: "1711".to_owned(),
        division: "330781001".to_owned(),
        form: "B".to_owned(),
        contact: "联系人".to_owned(),
        phone: "13800000000".to_owned(),
        grid: Some(grid.to_owned()),
        sector: Some(Sector::Industry),
    }
}

fn code(n: u32) -> String {
    format!("91330781MA2000000{n}")
}

fn clock() -> Clock {
    Clock::fixed(NOW).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Ten in the morning of a day in Lanxi.
fn instant(on: &str) -> i64 {
    day(on).and_hms_opt(2, 0, 0).unwrap().and_utc().timestamp_millis()
}
