//! A small county on a real server: everybody with a post has a Unix user, a login and a key for SSH.
use std::{
    fs,
    io::{self, Read},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use wangge::{
    grid::{
        decide::{Actor, Intent, decide},
        fact::{Body, Draft, FactId, Session, SessionKind},
        pack::{HOLIDAYS, PackFiles},
    },
    run::{Book, Clock},
    sync::{Streams, Wire},
};

use super::{Sshd, Users};
use crate::{
    office::{Client, Office},
    pty::NOW,
    rules::{
        admit::equipped,
        rights::{CAST, person},
        world::{DIVISIONS, TINY, World, tiny_duties},
    },
};

/// The county, its server, its users and the way to it.
pub struct County {
    /// The county as the rules know it.
    pub world: World,
    /// The server.
    pub office: Office,
    /// The Unix users, in the order of [`CAST`]; one more has no account here.
    pub users: Users,
    /// The way there.
    pub sshd: Sshd,
    /// A session that somebody else held, by the node where it counts.
    pub sessions: Vec<(String, FactId)>,
}

impl County {
    /// Opens it: the server is not started yet.
    pub fn open() -> County {
        let world = equipped();
        let duties = tiny_duties("");
        let files = PackFiles { id: "tiny", pack: TINY, duties: &duties, divisions: DIVISIONS, holidays: HOLIDAYS };
        let office = Office::of(world.state.pack().clone(), &files);
        let users = Users::make(CAST.len() + 1);
        let sessions = found(&world, &office, &users);
        let logins: Vec<&str> = (0..=CAST.len()).map(|n| users.name(n)).collect();
        let sshd = Sshd::start(&logins);
        for n in 0..=CAST.len() {
            users.write(n, ".config/wangge/config.toml", &format!("socket = {:?}\n", office.socket()));
            for (name, text) in [("pack.toml", TINY), ("duties.toml", &duties), ("divisions.csv", DIVISIONS)] {
                users.write(n, &format!(".config/wangge/packs/tiny/{name}"), text);
            }
        }
        fs::rename(office.store(), office.home().path().join("as-founded")).expect("renamed");
        County { world, office, users, sshd, sessions }
    }

    /// Serves the store as it was founded.
    pub fn start(&mut self) {
        let store = self.office.store();
        if store.exists() {
            fs::remove_dir_all(&store).expect("removed");
        }
        let founded = self.office.home().path().join("as-founded");
        let copied = Command::new("cp").arg("-a").arg(&founded).arg(&store).status();
        assert!(copied.expect("cp runs").success());
        self.office.start();
    }

    /// The id of the person of this place in [`CAST`].
    pub fn person(&self, n: usize) -> String {
        person(&self.world, CAST[n].0)
    }

    /// A client that speaks to the server through `ssh LOGIN@server wangge attach`, as this user.
    pub fn client(&self, n: usize) -> Client {
        let mut template = self.sshd.command(self.users.name(n), "wangge attach");
        template.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let template = Mutex::new(template);
        let way = move || {
            let mut child = template.lock().expect("a command").spawn()?;
            let (Some(reading), Some(writing)) = (child.stdout.take(), child.stdin.take()) else {
                return Err(io::ErrorKind::BrokenPipe.into());
            };
            let child = Arc::new(Mutex::new(child));
            Ok(Streams {
                reading: Box::new(Reading(Box::new(reading))),
                writing: Box::new(writing),
                wire: Box::new(Ssh(child)),
            })
        };
        Client::by(Box::new(way), 5_000 + n as u64)
    }
}

/// What comes out of ssh.
struct Reading(Box<dyn Read + Send>);

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer)
    }
}

/// The ssh that carries a connection; it ends with it.
struct Ssh(Arc<Mutex<Child>>);

impl Wire for Ssh {
    fn end(&self) {
        // It may have ended already.
        let _ = self.0.lock().expect("a child").kill();
    }

    fn wait(&self, _: Option<Duration>) {}
}

impl Drop for Ssh {
    fn drop(&mut self) {
        self.end();
        let _ = self.0.lock().expect("a child").wait();
    }
}

/// Writes the county into the store, with everybody's login, and at every node a session that somebody else held.
fn found(world: &World, office: &Office, users: &Users) -> Vec<(String, FactId)> {
    let clock = Clock::fixed(NOW).expect("a time");
    let drafts: Vec<Draft> = world.facts.iter().map(|fact| fact.draft.clone()).collect();
    let mut book = Book::create(&office.store(), world.state.pack().clone(), &drafts, clock).expect("a store");
    let actor = Actor::owner(None, world.today);
    for (n, (name, ..)) in CAST.iter().enumerate() {
        let login = users.name(n).to_owned();
        let intent = Intent::Account { person: person(world, name), login, closed: false };
        let drafts = decide(&book.state, &actor, &intent).expect("a login").drafts;
        book.append(&drafts, clock.now_ms()).expect("durable");
    }
    let other = person(world, "西乡副");
    let held = |at: &str| Draft {
        occurred: world.today,
        by: Some(other.clone()),
        at: Some(at.to_owned()),
        subject: None,
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Session(Session {
            kind: SessionKind::Training,
            topic: "业务".to_owned(),
            minutes: 60,
            attendance: Vec::new(),
            note: String::new(),
        }),
    };
    let nodes: Vec<String> = world.state.org().nodes().map(|(_, node)| node.id.clone()).collect();
    let drafts: Vec<Draft> = nodes.iter().map(|at| held(at)).collect();
    let facts = book.append(&drafts, clock.now_ms()).expect("durable");
    book.close().expect("closed");
    nodes.into_iter().zip(facts.iter().map(|fact| fact.id)).collect()
}
