//! A server in memory: the pure parts of the real one, with a log in memory behind them.
use std::collections::VecDeque;

use chrono::NaiveDate;
use wangge::{
    grid::{
        decide::{Setup, decide_setup},
        fact::{Body, Chain, DeviceKey, Draft, Enrolled, Envelope, Head, PersonRecord, PostHolding, WriterId},
        org::Post,
        scope::Scope,
        state::State,
    },
    log::{Entry, Log, Position, Subtree, memory::MemoryLog},
    sync::{
        batch,
        bundle::Down,
        intake::{House, check, judge},
        message::{Ask, Carried, Part, Span, Tell, Welcome, Why},
        outlet::{fingerprint, page},
        talk::{LinkFault, Wire},
    },
};

use super::super::rules::world::{World, day, instant, line, tiny_pack};

/// The store's id.
pub const STORE: [u8; 16] = [0x5e; 16];

pub struct Server {
    pub log: MemoryLog,
    pub state: State,
    pub today: NaiveDate,
    /// Counts up, so that no two moments are the same.
    pub now_ms: i64,
    /// Whether everybody is given their own scope only.
    pub by_scope: bool,
    chain: Chain,
    key: DeviceKey,
}

pub fn draft(today: NaiveDate, at: Option<&str>, subject: Option<&str>, body: Body) -> Draft {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Draft {
        occurred: today,
        by: None,
        at: owned(at),
        subject: owned(subject),
        replaces: None,
        reason: None,
        effort: None,
        body,
    }
}

impl Server {
    /// A county with two townships, grids with enterprises, and three people in post.
    pub fn found(from: &str) -> Server {
        let pack = tiny_pack("");
        let key = DeviceKey::from_secret(&[0xaa; 32]);
        let chain = Chain::new(key.writer(), Head::default());
        let (today, log) = (day(from), MemoryLog::new());
        let mut server = Server {
            log,
            state: State::new(pack.clone()),
            today,
            now_ms: instant(today, "09:00:00"),
            by_scope: false,
            chain,
            key,
        };
        server.write(&decide_setup(&pack, Setup { from: today, sample: false }));
        let mut world = World::with(pack, from);
        world.enroll("工业第1网格", 1..=4);
        world.import(&[line(5), line(6)]);
        let founded = server.state.count() as usize;
        let rest: Vec<Draft> = world.facts[founded..].iter().map(|fact| fact.draft.clone()).collect();
        server.write(&rest);
        server
    }

    pub fn moment(&mut self) -> i64 {
        self.now_ms += 1_000;
        self.now_ms
    }

    /// Gives somebody a post.
    pub fn appoint(&mut self, person: &str, node: &str, post: Post) {
        let (today, name) = (self.today, format!("人员{person}"));
        let record = PersonRecord { name, unit: None, phone: String::new() };
        let held = PostHolding { post, from: today, to: None, change: false, stand_in: false };
        self.write(&[
            draft(today, Some(node), Some(person), Body::Person(record)),
            draft(today, Some(node), Some(person), Body::Post(held)),
        ]);
    }

    pub fn enroll(&mut self, key: &DeviceKey, person: &str) {
        let enrolled = Enrolled { key: key.public(), name: format!("{person}的笔记本"), window: None };
        self.write(&[draft(self.today, None, Some(person), Body::Enrolled(enrolled))]);
    }

    /// Writes under the server's own name.
    pub fn write(&mut self, drafts: &[Draft]) {
        let (now, before) = (self.moment(), self.chain.head);
        let sealed = self.chain.seal_group(drafts, now, &self.key);
        self.append(&sealed, before, now);
    }

    fn append(&mut self, envelopes: &[Envelope], expected: Head, now: i64) {
        self.log.append(envelopes, expected, now).unwrap();
        let facts = envelopes.iter().filter_map(|envelope| envelope.open(now).ok());
        let again = facts.fold(false, |again, fact| again | self.state.apply(&fact).again);
        if again {
            let entries = self.log.read(&Subtree::All, Position(0), usize::MAX).unwrap();
            self.state = super::fold_from(self.state.afresh(), &entries);
        }
    }

    /// What a device may hold.
    pub fn scope(&self, key: &DeviceKey) -> Scope {
        let person = self.state.device(key.writer()).map_or("", |device| device.person.as_str());
        if self.by_scope { Scope::of(&self.state, person, self.today) } else { Scope::whole(self.today) }
    }

    fn welcome(&self, key: &DeviceKey) -> Welcome {
        let writer = key.writer();
        Welcome {
            writer,
            at: self.log.head(writer).unwrap().into(),
            person: self.state.device(writer).map(|device| device.person.clone()),
            owner: false,
            pack: "tiny".to_owned(),
            end: self.end(),
            scope: fingerprint(&self.state, &self.scope(key)),
            server: self.key.writer(),
        }
    }

    fn end(&self) -> u64 {
        self.log.read(&Subtree::All, Position(0), usize::MAX).unwrap().len() as u64
    }

    pub fn push(&mut self, of: u32, bytes: &[u8], key: &DeviceKey) -> Tell {
        let refuse = |text: String| Tell::Refused { of, why: Why::Denied, text };
        let entries = match batch::decode(bytes) {
            Ok(entries) => entries,
            Err(fault) => return refuse(fault.to_string()),
        };
        if let Err(refused) = check(&self.state, &[key.public()], &entries) {
            return refuse(refused.to_string());
        }
        let now = self.moment();
        let (mut rest, mut held, mut forked) = (&entries[..], Vec::new(), None);
        while !rest.is_empty() {
            let house = House {
                state: &self.state,
                head: &|writer| self.log.head(writer),
                find: &|id| self.log.find(id),
                read: &|part, after, limit| self.log.read(part, after, limit),
                now_ms: now,
                today: self.today,
            };
            let intake = match judge(&house, rest) {
                Ok(intake) => intake,
                Err(refused) => return refuse(refused.to_string()),
            };
            rest = &rest[intake.judged..];
            if !intake.before.is_empty() {
                self.write(&intake.before);
            }
            for (expected, chain) in &intake.chains {
                self.append(chain, *expected, now);
            }
            if !intake.after.is_empty() {
                self.write(&intake.after);
            }
            held.extend(intake.held);
            forked = forked.or(intake.forked);
        }
        let writers: std::collections::BTreeSet<WriterId> = entries.iter().map(|e| e.envelope.id().writer).collect();
        let heads = writers.into_iter().map(|writer| (writer, self.log.head(writer).unwrap().into())).collect();
        Tell::Pushed { of, received_ms: now, heads, held, forked }
    }

    fn pull(&self, of: u32, after: u64, most: u32, scope: [u8; 16], key: &DeviceKey) -> Tell {
        let scope_now = self.scope(key);
        let now = fingerprint(&self.state, &scope_now);
        let after = Position(if scope == now { after } else { 0 });
        let read = self.log.read(&Subtree::All, after, 64).unwrap();
        let page = page(&self.state, &scope_now, key.writer(), (after, read), most as usize);
        let batch = if page.entries.is_empty() { Vec::new() } else { batch::encode(&page.entries) };
        Tell::Pulled { of, upto: page.upto.0, end: self.end(), scope: now, batch }
    }

    /// The file of a bundle for a laptop that stands there by its note; none for one that was stopped.
    pub fn file(&self, key: &DeviceKey, noted: (u64, [u8; 16])) -> Option<(Down, Vec<Vec<u8>>)> {
        let (device, scope) = (key.writer(), self.scope(key));
        self.state.revoked_from(device).is_none_or(|from| from > self.now_ms).then(|| {
            let now = fingerprint(&self.state, &scope);
            let down = Down::of(device, noted, (Position(self.end()), now));
            let (mut at, mut batches) = (Position(down.after), Vec::new());
            while at.0 < down.upto {
                let read = self.log.read(&Subtree::All, at, 64).unwrap();
                let page = page(&self.state, &scope, device, (at, read), 16);
                at = page.upto;
                batches.push(batch::encode(&page.entries));
            }
            (down, batches)
        })
    }

    fn answer(&mut self, ask: Ask, key: &DeviceKey) -> Option<Tell> {
        let rows = |of: u32, entries: Vec<Entry>| Tell::Rows {
            of,
            entries: entries.iter().map(Carried::from).collect(),
            next: None,
        };
        Some(match ask {
            Ask::Push { of, batch } => self.push(of, &batch, key),
            Ask::Pull { of, after, most, scope } => self.pull(of, after, most, scope, key),
            Ask::Head { of, writer } => {
                Tell::Heads { of, heads: vec![(writer, self.log.head(writer).unwrap().into())] }
            }
            Ask::Find { of, id } => rows(of, self.log.find(id).unwrap().into_iter().collect()),
            Ask::Read { of, part: Part::All, span: Span::After(after), limit } => {
                rows(of, self.log.read(&Subtree::All, Position(after), limit as usize).unwrap())
            }
            _ => return None,
        })
    }

    /// A connection of a device, which is cut after so many messages in either direction.
    pub fn cable<'a>(&'a mut self, key: &'a DeviceKey, cut: Option<u32>) -> (Cable<'a>, Welcome) {
        let welcome = self.welcome(key);
        (Cable { server: self, key, tells: VecDeque::new(), left: cut }, welcome)
    }
}

/// See [`Server::cable`].
pub struct Cable<'a> {
    server: &'a mut Server,
    key: &'a DeviceKey,
    tells: VecDeque<Tell>,
    left: Option<u32>,
}

impl Cable<'_> {
    fn pass(&mut self) -> Result<(), LinkFault> {
        match &mut self.left {
            Some(0) => Err(LinkFault::Gone),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }
}

impl Wire for Cable<'_> {
    fn say(&mut self, ask: &Ask) -> Result<(), LinkFault> {
        self.pass()?;
        let tell = self.server.answer(ask.clone(), self.key);
        self.tells.extend(tell);
        Ok(())
    }

    fn hear(&mut self) -> Result<Tell, LinkFault> {
        self.pass()?;
        self.tells.pop_front().ok_or(LinkFault::Gone)
    }
}
