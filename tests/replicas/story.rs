//! Random histories of a server and three laptops.
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use wangge::{
    grid::{
        decide::{Actor, Intent, decide},
        fact::{
            Body, DeviceKey, Done, Draft, Envelope, Fact, FactId, NodeRecord, Placement, PostHolding, ProblemClosed,
            ProblemFound, Revoked, Session, SessionKind, Visit, Withdrawn,
        },
        org::{Form, Post, Sector},
    },
    sync::{
        bundle::Down,
        message::Tell,
        talk::{LinkFault, SyncError},
    },
};

use super::{
    super::rules::world::code,
    laptop::Laptop,
    server::{Server, draft},
};

const FIRST_DAY: &str = "2025-11-05";
const GRIDS: [&str; 4] = ["330000001-G01", "330000001-G02", "330-F", "330000002-G01"];
const SEATS: [&str; 5] = ["330000001", "330000002", GRIDS[0], GRIDS[1], GRIDS[3]];
const HOUR: i64 = 3_600_000;

/// How something is corrected.
#[derive(Clone, Copy, Debug)]
pub enum Correction {
    /// Where it stands, by a fact that names it.
    Beside,
    /// Elsewhere, as the desk does: it is taken back where it stands, and recorded anew.
    Moved,
    /// Elsewhere, by a fact that names it, as a changed program may and an earlier one did.
    Named,
}

/// One step; numbers are taken modulo what there is to choose from.
#[derive(Clone, Debug)]
pub enum Step {
    Days(u8),
    Visit {
        who: u8,
        unit: u8,
        at: u8,
        back: u8,
        forged: bool,
    },
    /// A problem that a visit found is closed: where that stands, or where its unit belongs by now, if that was found where
    /// the unit belonged.
    Close {
        who: u8,
        which: u16,
        there: bool,
    },
    Session {
        who: u8,
        at: u8,
        back: u8,
    },
    Done {
        who: u8,
        at: u8,
        back: u8,
    },
    Withdraw {
        who: u8,
        which: u16,
    },
    Correct {
        who: u8,
        which: u16,
        unit: u8,
        at: u8,
        how: Correction,
    },
    Sync {
        who: u8,
        cut: Option<u8>,
    },
    /// The disk of one laptop goes into another machine.
    Copy {
        from: u8,
        to: u8,
    },
    /// A laptop is set back to an earlier copy of its disk.
    Keep {
        who: u8,
    },
    SetBack {
        who: u8,
    },
    Skew {
        who: u8,
        hours: i8,
    },
    Place {
        unit: u8,
        at: u8,
    },
    /// A grid is recorded anew: closed, or under another township.
    Grid {
        at: u8,
        closes: bool,
        under: u8,
    },
    /// Somebody gets a post, or leaves it.
    Post {
        who: u8,
        at: u8,
        leaves: bool,
    },
    /// Everything that a laptop wrote goes onto a stick, and arrives some time.
    Bundle {
        who: u8,
    },
    Arrive,
    /// The server writes a file for a laptop, from where that stands or from the beginning.
    File {
        who: u8,
        whole: bool,
    },
    /// A laptop takes a file in that was made for it, however long ago.
    Take {
        who: u8,
        which: u8,
    },
    Revoke {
        who: u8,
        /// How many days ago it began; none for this moment.
        back: Option<u8>,
    },
    Settle {
        which: u16,
        counts: bool,
    },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let who = any::<u8>;
    let how = || prop_oneof![Just(Correction::Beside), Just(Correction::Moved), Just(Correction::Named)];
    let step = prop_oneof![
        2 => (1_u8..20).prop_map(Step::Days),
        12 => (who(), any::<u8>(), any::<u8>(), 0_u8..40, prop::bool::weighted(0.05))
            .prop_map(|(who, unit, at, back, forged)| Step::Visit { who, unit, at, back, forged }),
        3 => (who(), any::<u16>(), any::<bool>()).prop_map(|(who, which, there)| Step::Close { who, which, there }),
        3 => (who(), any::<u8>(), 0_u8..40).prop_map(|(who, at, back)| Step::Session { who, at, back }),
        3 => (who(), any::<u8>(), 0_u8..40).prop_map(|(who, at, back)| Step::Done { who, at, back }),
        2 => (who(), any::<u16>()).prop_map(|(who, which)| Step::Withdraw { who, which }),
        3 => (who(), any::<u16>(), any::<u8>(), any::<u8>(), how())
            .prop_map(|(who, which, unit, at, how)| Step::Correct { who, which, unit, at, how }),
        6 => (who(), prop::option::of(0_u8..30)).prop_map(|(who, cut)| Step::Sync { who, cut }),
        1 => (who(), who()).prop_map(|(from, to)| Step::Copy { from, to }),
        1 => who().prop_map(|who| Step::Keep { who }),
        1 => who().prop_map(|who| Step::SetBack { who }),
        1 => (who(), -60_i8..60).prop_map(|(who, hours)| Step::Skew { who, hours }),
        2 => (any::<u8>(), any::<u8>()).prop_map(|(unit, at)| Step::Place { unit, at }),
        1 => (any::<u8>(), prop::bool::weighted(0.3), any::<u8>())
            .prop_map(|(at, closes, under)| Step::Grid { at, closes, under }),
        1 => (who(), any::<u8>(), any::<bool>()).prop_map(|(who, at, leaves)| Step::Post { who, at, leaves }),
        1 => who().prop_map(|who| Step::Bundle { who }),
        1 => Just(Step::Arrive),
        2 => (who(), prop::bool::weighted(0.3)).prop_map(|(who, whole)| Step::File { who, whole }),
        2 => (who(), any::<u8>()).prop_map(|(who, which)| Step::Take { who, which }),
        1 => (who(), prop::option::of(0_u8..20)).prop_map(|(who, back)| Step::Revoke { who, back }),
        2 => (any::<u16>(), any::<bool>()).prop_map(|(which, counts)| Step::Settle { which, counts }),
    ];
    prop::collection::vec(step, 5..60)
}

pub struct Story {
    pub server: Server,
    pub laptops: Vec<Laptop>,
    /// Everything that was recorded on a laptop, whatever became of the laptop, except what nobody has any more.
    pub recorded: Vec<Envelope>,
    kept: Vec<Option<(Laptop, usize)>>,
    sticks: Vec<(DeviceKey, Vec<Vec<u8>>)>,
    files: Vec<(Down, Vec<Vec<u8>>)>,
    /// How many keys there were.
    keys: u8,
}

impl Story {
    /// Plays the steps, and then lets everybody sync until nothing moves.
    pub fn play(steps: &[Step]) -> Story {
        Story::play_with(steps, false)
    }

    /// The same, where everybody is given their own scope only, if it is to be so.
    pub fn play_with(steps: &[Step], by_scope: bool) -> Story {
        let mut server = Server::found(FIRST_DAY);
        server.by_scope = by_scope;
        let mut laptops = Vec::new();
        let seats = [("p1", GRIDS[0], Post::Leader), ("p2", "330000001", Post::Deputy), ("p3", "330", Post::Leader)];
        for (n, (person, node, post)) in seats.into_iter().enumerate() {
            server.appoint(person, node, post);
            let laptop = Laptop::new([n as u8 + 1; 32], person);
            server.enroll(&laptop.key, person);
            laptops.push(laptop);
        }
        let kept = (0..laptops.len()).map(|_| None).collect();
        let mut story =
            Story { server, laptops, recorded: Vec::new(), kept, sticks: Vec::new(), files: Vec::new(), keys: 3 };
        // A store is founded by pulling; nothing can be recorded before.
        (0..story.laptops.len()).for_each(|who| story.sync(who, None));
        steps.iter().for_each(|step| story.step(step));
        story.settle_down();
        story
    }

    pub fn today(&self) -> NaiveDate {
        self.server.today
    }

    fn step(&mut self, step: &Step) {
        match *step {
            Step::Days(n) => {
                self.server.today = self.today().checked_add_days(Days::new(n.into())).unwrap();
                self.server.now_ms += i64::from(n) * 24 * HOUR;
            }
            Step::Visit { who, unit, at, back, forged } => {
                let by = if forged { "p9" } else { &self.laptop(who).person };
                let draft =
                    Draft { by: Some(by.to_owned()), ..self.work(at, Some(unit), back, visited(back % 3 == 0)) };
                self.record(who, &draft);
            }
            Step::Close { who, which, there } => {
                let Some(visit) = self.found(which) else { return };
                let by = Some(self.laptop(who).person.clone());
                let closed = Body::ProblemClosed(ProblemClosed { of: visit.id, note: String::new() });
                let draft = beside(&visit, Draft { by, ..self.work(0, None, 0, closed) });
                let org = self.server.state.org();
                let unit = visit.draft.subject.as_deref().and_then(|id| org.unit_ix(id));
                let found_at = draft.at.as_deref().and_then(|id| org.node_ix(id));
                let follows = unit.filter(|unit| found_at.is_some_and(|at| org.unit(*unit).was_ever_at(at)));
                let grid =
                    follows.and_then(|unit| org.grid_of(unit, self.today())).map(|grid| org.node(grid).id.clone());
                let at = if there { draft.at.clone() } else { grid.or(draft.at.clone()) };
                self.record(who, &Draft { at, ..draft });
            }
            Step::Session { who, at, back } => {
                let (topic, note) = ("题".to_owned(), String::new());
                let session = Session { kind: SessionKind::Training, topic, minutes: 30, attendance: Vec::new(), note };
                self.do_work(who, at, None, back, Body::Session(session));
            }
            Step::Done { who, at, back } => {
                let done = Done { duty: "analysis".to_owned(), ..Done::default() };
                self.do_work(who, at, None, back, Body::Done(done));
            }
            Step::Withdraw { who, which } => {
                let Some(old) = self.some(which) else { return };
                let withdrawn = Withdrawn { of: old.id, reason: "录错".to_owned() };
                let by = Some(self.laptop(who).person.clone());
                let draft = Draft { by, ..self.work(0, None, 0, Body::Withdrawn(withdrawn)) };
                // Some take it back elsewhere, which does not count.
                let draft = if which % 5 == 0 { draft } else { beside(&old, draft) };
                self.record(who, &draft);
            }
            Step::Correct { who, which, unit, at, how } => {
                let Some(old) = self.some(which) else { return };
                let by = Some(self.laptop(who).person.clone());
                let draft = Draft { by, ..self.work(at, Some(unit), 1, visited(which % 2 == 0)) };
                let named = Draft { replaces: Some(old.id), ..draft.clone() };
                match how {
                    Correction::Beside => self.record(who, &beside(&old, named)),
                    Correction::Named => self.record(who, &named),
                    Correction::Moved => {
                        let withdrawn = Withdrawn { of: old.id, reason: "更正".to_owned() };
                        let back = Draft { body: Body::Withdrawn(withdrawn), ..beside(&old, draft.clone()) };
                        self.record_all(who, &[draft, back]);
                    }
                }
            }
            Step::Sync { who, cut } => self.sync(usize::from(who) % self.laptops.len(), cut.map(u32::from)),
            Step::Copy { from, to } => {
                let (from, to) = (usize::from(from) % self.laptops.len(), usize::from(to) % self.laptops.len());
                // What the other machine had recorded is to be at the server before its disk is replaced.
                self.sync(to, None);
                self.laptops[to] = self.laptops[from].copied();
                self.kept[to] = None;
            }
            Step::Keep { who } => {
                let who = usize::from(who) % self.laptops.len();
                self.kept[who] = Some((self.laptops[who].copied(), self.recorded.len()));
            }
            Step::SetBack { who } => self.set_back(usize::from(who) % self.laptops.len()),
            Step::Skew { who, hours } => {
                let n = usize::from(who) % self.laptops.len();
                self.laptops[n].skew_ms = i64::from(hours) * HOUR;
            }
            Step::Place { unit, at } => {
                self.administer(Some(grid(at)), &unit_id(unit), Body::Placement(Placement { from: self.today() }))
            }
            Step::Post { who, at, leaves } => {
                let person = self.laptop(who).person.clone();
                let to = leaves.then(|| self.today());
                let from = FIRST_DAY.parse().unwrap();
                let post = PostHolding { post: Post::Leader, from, to, change: false, stand_in: false };
                let at = SEATS[usize::from(at) % SEATS.len()];
                self.administer(Some(at), &person, Body::Post(post));
            }
            Step::Bundle { who } => {
                let who = usize::from(who) % self.laptops.len();
                let (key, bundle) = (self.laptops[who].key.clone(), self.laptops[who].bundle());
                self.sticks.push((key, bundle));
            }
            Step::Arrive => {
                let Some((key, bundle)) = self.sticks.pop() else { return };
                for batch in bundle {
                    let told = self.server.push(1, &batch, &key);
                    assert!(matches!(told, Tell::Pushed { .. }), "{told:?}");
                }
            }
            Step::File { who, whole } => {
                let laptop = self.laptop(who);
                let noted = if whole { Default::default() } else { laptop.noted() };
                let file = self.server.file(&laptop.key, noted);
                self.files.extend(file);
            }
            Step::Take { who, which } => {
                let laptop = usize::from(who) % self.laptops.len();
                let writer = self.laptops[laptop].key.writer();
                let own: Vec<_> = self.files.iter().filter(|(down, _)| down.device == writer).collect();
                if let Some(file) = own.get(usize::from(which) % own.len().max(1)) {
                    self.laptops[laptop].take(file);
                }
            }
            Step::Grid { at, closes, under } => {
                let to = closes.then(|| self.today());
                let record = NodeRecord {
                    name: "网格".to_owned(),
                    parent: Some(SEATS[usize::from(under) % 2].to_owned()),
                    level: 3,
                    form: Form::Vertical,
                    sector: Some(Sector::Industry),
                    from: FIRST_DAY.parse().unwrap(),
                    to,
                    into: None,
                };
                self.administer(None, grid(at), Body::Node(record));
            }
            Step::Revoke { who, back } => {
                let laptop = self.laptop(who);
                let (writer, person) = (laptop.key.writer(), laptop.person.clone());
                let on = |back: u8| self.today().checked_sub_days(Days::new(back.into())).unwrap();
                let from_ms = back.map_or(self.server.now_ms + 1, |back| self.server.state.instant_of(on(back)));
                self.administer(None, &person, Body::Revoked(Revoked { writer, from_ms, reason: "丢失".to_owned() }));
            }
            Step::Settle { which, counts } => {
                let held: Vec<FactId> = self.server.state.held().map(|held| held.id).collect();
                let Some(of) = held.get(usize::from(which) % held.len().max(1)).copied() else { return };
                let owner = Actor::owner(None, self.today());
                let intent = Intent::Settle { of, counts, note: "查过".to_owned() };
                // What is settled so already stays.
                if let Ok(decision) = decide(&self.server.state, &owner, &intent) {
                    self.server.write(&decision.drafts);
                }
            }
        }
    }

    fn laptop(&self, who: u8) -> &Laptop {
        &self.laptops[usize::from(who) % self.laptops.len()]
    }

    fn administer(&mut self, at: Option<&str>, subject: &str, body: Body) {
        let draft = draft(self.today(), at, Some(subject), body);
        self.server.write(&[draft]);
    }

    fn work(&self, at: u8, unit: Option<u8>, back: u8, body: Body) -> Draft {
        let on = self.today().checked_sub_days(Days::new(back.into())).unwrap();
        draft(on, Some(grid(at)), unit.map(unit_id).as_deref(), body)
    }

    fn do_work(&mut self, who: u8, at: u8, unit: Option<u8>, back: u8, body: Body) {
        let by = Some(self.laptop(who).person.clone());
        let draft = Draft { by, ..self.work(at, unit, back, body) };
        self.record(who, &draft);
    }

    fn record(&mut self, who: u8, draft: &Draft) {
        self.record_all(who, std::slice::from_ref(draft));
    }

    fn record_all(&mut self, who: u8, drafts: &[Draft]) {
        let now = self.server.moment();
        let n = usize::from(who) % self.laptops.len();
        let envelopes = self.laptops[n].record_all(drafts, now);
        self.recorded.extend(envelopes);
    }

    /// Something that was recorded; of two facts with one name, either.
    fn some(&self, which: u16) -> Option<Fact> {
        self.recorded.get(usize::from(which) % self.recorded.len().max(1))?.open(0).ok()
    }

    /// A visit that found a problem.
    fn found(&self, which: u16) -> Option<Fact> {
        let found = |fact: &Fact| matches!(&fact.draft.body, Body::Visit(visit) if visit.problem.is_some());
        let mut all = self.recorded.iter().filter_map(|envelope| envelope.open(0).ok()).filter(found);
        let n = all.clone().count();
        all.nth(usize::from(which) % n.max(1))
    }

    /// A laptop's disk is replaced by an earlier copy of it. What it recorded since and did not sync is gone with the disk.
    fn set_back(&mut self, who: usize) {
        let Some((copy, _)) = self.kept[who].take() else { return };
        let old = std::mem::replace(&mut self.laptops[who], copy);
        let here = |envelope: &Envelope, laptop: &Laptop| {
            use wangge::log::Log;
            laptop.log.find(envelope.id()).unwrap().is_some_and(|entry| entry.envelope == *envelope)
        };
        let (laptops, server) = (&self.laptops, &self.server);
        self.recorded.retain(|envelope| {
            let lost = here(envelope, &old) && !laptops.iter().any(|laptop| here(envelope, laptop));
            let at_server =
                || super::all(&server.log).iter().any(|e| super::with_inside(&e.envelope).contains(envelope));
            !lost || at_server()
        });
    }

    /// Syncs; a forked laptop begins anew with a key of its own, as the command does.
    fn sync(&mut self, who: usize, cut: Option<u32>) {
        let done = match self.laptops[who].sync(&mut self.server, cut) {
            Err(SyncError::Link(LinkFault::Gone)) => return,
            done => done.unwrap_or_else(|error| panic!("{error}")),
        };
        if done.forked.is_empty() {
            return;
        }
        self.keys += 1;
        let mut secret = [self.keys; 32];
        secret[31] = 0xf0;
        let person = self.laptops[who].person.clone();
        self.laptops[who] = Laptop::new(secret, &person);
        self.kept[who] = None;
        let key: DeviceKey = self.laptops[who].key.clone();
        self.server.enroll(&key, &person);
        self.sync(who, None);
    }

    /// Everybody syncs until nobody brings anything new.
    fn settle_down(&mut self) {
        for _ in 0..8 {
            let before = super::all(&self.server.log).len();
            (0..self.laptops.len()).for_each(|who| self.sync(who, None));
            if super::all(&self.server.log).len() == before {
                (0..self.laptops.len()).for_each(|who| self.sync(who, None));
                return;
            }
        }
        panic!("it does not come to rest");
    }
}

/// A visit, with a problem or without.
fn visited(found: bool) -> Body {
    let problem = found.then(|| ProblemFound { text: "台账不全".to_owned(), follow_up: None });
    Body::Visit(Visit { problem, ..Visit::default() })
}

/// The draft at the place of what it takes back.
fn beside(old: &Fact, draft: Draft) -> Draft {
    Draft { at: old.draft.at.clone(), subject: old.draft.subject.clone(), ..draft }
}

fn grid(at: u8) -> &'static str {
    GRIDS[usize::from(at) % GRIDS.len()]
}

fn unit_id(unit: u8) -> String {
    code(u32::from(unit) % 6 + 1)
}
