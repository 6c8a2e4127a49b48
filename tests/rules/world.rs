//! A small county for tests: two townships with a village or two, grids and enterprises as a roster brings them, and
//! days that the test sets. What is recorded goes through `decide`, is sealed into a chain and opened again.
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use wangge::grid::{
    calendar::Period,
    decide::{
        Actor, Decision, Intent, Refusal, RosterDecision, RosterLine, Setup, decide, decide_roster, decide_setup,
    },
    fact::{Chain, Draft, Fact, FactId, Head, SessionKind, Topic, WriterId},
    org::{NodeIx, Post, Sector, UnitIx},
    pack::{HOLIDAYS, Pack, PackFiles},
    standing::{Standing, standing, standings_at},
    state::State,
};

/// The township where grids stand unless a test says otherwise.
pub const TOWN: &str = "330000001";
/// The other township.
pub const OTHER_TOWN: &str = "330000002";

/// The small county's `pack.toml`.
pub const TINY: &str = r#"
id = "tiny"
name = "小县"
utc_offset = "+08:00"
source = "测试"
[farm_grid]
name = "农业网格"
suffix = "-N1"
[[node]]
id = "330"
name = "小县"
level = 1
form = "vertical"
[[node]]
id = "330-B"
name = "建设局"
parent = "330"
level = 0
form = "office"
[[node]]
id = "330-F"
name = "建筑业网格"
parent = "330-B"
level = 3
form = "flat"
sector = "construction"
"#;

/// Its `divisions.csv`.
pub const DIVISIONS: &str = "code,name,parent
330000001,东乡,330
330000002,西乡,330
330000001001,一村,330000001
330000001002,二村,330000001
330000002001,三村,330000002
";

/// The duties of [`tiny_pack`] as they are written.
pub fn tiny_duties(more: &str) -> String {
    format!("{}\n{more}", include_str!("duties.toml"))
}

/// A pack with a tree of two townships and nine of Lanxi's duties, and `more` of them in toml.
pub fn tiny_pack(more: &str) -> Arc<Pack> {
    let duties = tiny_duties(more);
    let files = PackFiles { id: "tiny", pack: TINY, duties: &duties, divisions: DIVISIONS, holidays: HOLIDAYS };
    Arc::new(Pack::parse(&files).unwrap())
}

/// A day from its ISO text.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// UTC milliseconds of a local time of day of the county (+08:00).
pub fn instant(day: NaiveDate, local: &str) -> i64 {
    let time: NaiveTime = local.parse().unwrap();
    day.and_time(time).and_utc().timestamp_millis() - 8 * 3_600_000
}

/// A device with its state; a clone with another writer is a second device.
#[derive(Clone)]
pub struct World {
    /// What the facts so far amount to.
    pub state: State,
    /// The facts in the order in which this device took them in.
    pub facts: Vec<Fact>,
    /// The county's day.
    pub today: NaiveDate,
    /// Who acts, by id.
    pub person: Option<String>,
    /// The local time of day at which things are written down.
    pub clock: &'static str,
    chain: Chain,
}

impl World {
    /// A store whose duties count from `from`.
    pub fn open(from: &str) -> World {
        World::with(tiny_pack(""), from)
    }

    /// A store with this pack.
    pub fn with(pack: Arc<Pack>, from: &str) -> World {
        let chain = Chain::new(WriterId([1; 16]), Head::default());
        let state = State::new(pack.clone());
        let mut world = World { state, facts: Vec::new(), today: day(from), person: None, clock: "10:00:00", chain };
        for draft in decide_setup(&pack, Setup { from: day(from), sample: false }) {
            world.write(&draft);
        }
        world
    }

    /// Goes to another day.
    pub fn on(&mut self, today: &str) -> &mut World {
        self.today = day(today);
        self
    }

    /// Gives a post to a person of this name, as the first or after another; returns their id.
    pub fn appoint(&mut self, node: &str, post: Post, name: &str, from: &str) -> String {
        let (node, from) = (self.grid(node), day(from));
        self.run(&Intent::Appoint { node, post, name: name.to_owned(), phone: String::new(), from, until: None });
        let org = self.state.org();
        let held = org.people().find(|(_, person)| person.record.name == name);
        held.map(|(_, person)| person.id.clone()).unwrap()
    }

    /// The same store on another device, which writes its own chain from here on.
    pub fn device(&self, writer: u8) -> World {
        World { chain: Chain::new(WriterId([writer; 16]), Head::default()), ..self.clone() }
    }

    /// Takes in facts of another device, as a sync brings them.
    pub fn receive(&mut self, facts: &[Fact]) -> &mut World {
        for fact in facts {
            self.take_in(fact.clone());
        }
        self
    }

    /// Seals a draft, opens it again and folds it.
    pub fn write(&mut self, draft: &Draft) -> Fact {
        let recorded = instant(self.today, self.clock);
        let fact = self.chain.seal(draft, recorded).open(recorded).unwrap();
        self.take_in(fact.clone());
        fact
    }

    /// Takes in one fact of another device.
    pub fn take_in(&mut self, fact: Fact) {
        self.state.apply(&fact);
        self.facts.push(fact);
    }

    /// What `decide` says to an intent today.
    pub fn decide(&self, intent: &Intent) -> Result<Decision, Refusal> {
        decide(&self.state, &Actor::owner(self.person.clone(), self.today), intent)
    }

    /// Does what is intended; returns the facts.
    pub fn run(&mut self, intent: &Intent) -> Vec<Fact> {
        let decision = self.decide(intent).unwrap();
        decision.drafts.iter().map(|draft| self.write(draft)).collect()
    }

    /// Imports roster lines today.
    pub fn import(&mut self, lines: &[RosterLine]) -> RosterDecision {
        let actor = Actor::owner(None, self.today);
        let decision = decide_roster(&self.state, &actor, lines).unwrap();
        decision.drafts.iter().for_each(|draft| drop(self.write(draft)));
        decision
    }

    /// Puts enterprises with these numbers into a grid of the first township, which is set up if it is not there.
    pub fn enroll(&mut self, grid: &str, numbers: std::ops::RangeInclusive<u32>) -> NodeIx {
        let lines: Vec<_> = numbers.map(|n| RosterLine { grid: Some(grid.to_owned()), ..line(n) }).collect();
        self.import(&lines);
        self.grid(grid)
    }

    /// The node of this name.
    pub fn grid(&self, name: &str) -> NodeIx {
        self.state.org().node_named(name).unwrap()
    }

    /// The enterprise with this number.
    pub fn unit(&self, number: u32) -> UnitIx {
        self.state.org().unit_ix(&code(number)).unwrap()
    }

    /// Records a plain visit.
    pub fn visit(&mut self, number: u32, on: &str) -> Fact {
        let intent = visit(&[self.unit(number)], on);
        self.run(&intent).remove(0)
    }

    /// Records a visit with these topics.
    pub fn visit_about(&mut self, number: u32, on: &str, topics: &[Topic]) -> Fact {
        let mut intent = visit(&[self.unit(number)], on);
        if let Intent::Visit { topics: about, .. } = &mut intent {
            *about = topics.to_vec();
        }
        self.run(&intent).remove(0)
    }

    /// Records a session.
    pub fn session(&mut self, grid: NodeIx, kind: SessionKind, on: &str) -> Fact {
        self.run(&session(grid, kind, on)).remove(0)
    }

    /// Records a duty's own record.
    pub fn done(&mut self, duty: &str, grid: NodeIx, numbers: &[u32], on: &str) -> Vec<Fact> {
        let units = numbers.iter().map(|n| self.unit(*n)).collect();
        self.run(&Intent::Done { duty: duty.to_owned(), grid, units, on: day(on), period: None, note: String::new() })
    }

    /// Withdraws a record.
    pub fn withdraw(&mut self, target: &Fact) -> Fact {
        self.run(&withdraw(target)).remove(0)
    }

    /// Closes the problem of a visit.
    pub fn close(&mut self, visit: FactId, on: &str) -> Fact {
        self.run(&Intent::CloseProblem { visit, on: day(on), note: "已解决".to_owned() }).remove(0)
    }

    /// Moves enterprises to another grid.
    pub fn place(&mut self, numbers: &[u32], grid: NodeIx, from: &str) -> Vec<Fact> {
        let units = numbers.iter().map(|n| self.unit(*n)).collect();
        self.run(&Intent::Place { units, grid, from: day(from) })
    }

    /// The duty's place in the pack.
    pub fn duty(&self, id: &str) -> usize {
        self.state.pack().duty(id).unwrap().0
    }

    /// How a duty stands today.
    pub fn standing(&self, duty: &str, grid: NodeIx, period: &str) -> Standing {
        standing(&self.state, self.duty(duty), grid, Period::parse(period).unwrap(), self.today).unwrap()
    }

    /// How a duty stands today, in short: state, have/need, days left.
    pub fn says(&self, duty: &str, grid: NodeIx, period: &str) -> String {
        let s = self.standing(duty, grid, period);
        format!("{} {}/{} {:+}", s.state.key(), s.have, s.need, s.days_left)
    }

    /// Everything that a grid owes today, in short: duty, period, state.
    pub fn owes(&self, grid: NodeIx) -> Vec<String> {
        let row = |s: &Standing| format!("{} {} {}", self.state.pack().duties[s.duty].id, s.period, s.state.key());
        standings_at(&self.state, grid, self.today).iter().map(row).collect()
    }
}

/// The code of the enterprise with this number.
pub fn code(number: u32) -> String {
    format!("E{number:04}")
}

/// A roster line of the first township that names no grid.
pub fn line(number: u32) -> RosterLine {
    RosterLine {
        place: format!("第{number}行"),
        code: code(number),
        name: format!("企业{number}"),
        industry: "1711".to_owned(),
        division: TOWN.to_owned(),
        form: "B".to_owned(),
        contact: format!("人员{number}"),
        phone: "13800000000".to_owned(),
        grid: None,
        sector: Some(Sector::Industry),
    }
}

/// The intent of a plain visit.
pub fn visit(units: &[UnitIx], on: &str) -> Intent {
    Intent::Visit {
        units: units.to_vec(),
        on: day(on),
        topics: Vec::new(),
        note: String::new(),
        problem: None,
        with: Vec::new(),
        amends: None,
    }
}

/// The intent of a plain visit in place of an earlier one.
pub fn amended(old: &Fact, unit: UnitIx, on: &str) -> Intent {
    Intent::Visit {
        units: vec![unit],
        on: day(on),
        topics: Vec::new(),
        note: "更正".to_owned(),
        problem: None,
        with: Vec::new(),
        amends: Some(Box::new(old.clone())),
    }
}

/// The intent of a session.
pub fn session(grid: NodeIx, kind: SessionKind, on: &str) -> Intent {
    Intent::Session {
        grid,
        kind,
        on: day(on),
        topic: "报表填报".to_owned(),
        minutes: 60,
        attendance: Vec::new(),
        note: String::new(),
        amends: None,
    }
}

/// The intent of a withdrawal.
pub fn withdraw(target: &Fact) -> Intent {
    Intent::Withdraw { target: Box::new(target.clone()), reason: "录错".to_owned() }
}
