//! What the rules cost, each figure with a floor beside it: the least that any program would need for the same.
//!
//! `cargo bench --bench rules`. Medians; a figure that a person waits for is also taken in a fresh process, where
//! nothing is warm.
#![allow(clippy::unwrap_used)]
#![allow(clippy::print_stdout, reason = "a bench speaks to the terminal")]
#![allow(clippy::disallowed_methods, reason = "a bench measures spans")]
use std::{
    collections::HashMap,
    hint::black_box,
    path::Path,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::{Days, NaiveDate};
use wangge::grid::{
    calendar::{Cadence, Period},
    decide::{
        Actor, Regroup,
        admit::{Sender, Verdict, admit},
        regroup::preview,
    },
    fact::{
        Body, Chain, DeviceKey, Draft, Enrolled, Fact, Head, NodeRecord, PersonRecord, Placement, PostHolding,
        ProblemFound, Session, SessionKind, StoreOpened, Topic, UnitRecord, Visit, Withdrawn, WriterId,
    },
    org::{Form, Post, Sector, UnitIx},
    pack::{BUILTIN, Pack, PackFiles},
    plan::{
        partition::{GridRules, partition},
        visit_plan,
    },
    scope::Scope,
    standing::{Overview, standings_at},
    state::State,
};

const COUNTY: &str = "330781";
const TOWNS: usize = 20;
const GRIDS: usize = 6;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    if let Some(at) = args.iter().position(|arg| arg == "--fresh") {
        return fresh(Path::new(&args[at + 1]));
    }
    println!("{:<58}{:>12}{:>12}{:>8}", "", "median", "floor", "ratio");
    packs();
    county();
    devices();
    crowded();
    partitions();
    snapshot(50_000, 2_000);
    snapshot(1_000_000, 2_000);
    province(&pack(), &[1, 10, 30, 90]);
}

/// The duties of Lanxi in a tree that the bench builds itself.
fn pack() -> Arc<Pack> {
    let files = &BUILTIN[0];
    Arc::new(Pack::parse(&PackFiles { divisions: "code,name,parent\n", ..*files }).unwrap())
}

fn packs() {
    let parse = median(200, || Pack::builtin("lanxi"));
    let texts = [BUILTIN[0].pack, BUILTIN[0].duties, BUILTIN[0].divisions];
    let hash = median(200, || texts.map(|text| blake3::hash(text.as_bytes())));
    row("Pack::builtin(\"lanxi\") (floor: blake3 of its text)", parse, hash);
}

fn county() {
    let pack = pack();
    let facts = facts(COUNTY, 2_500, 100_000, 1_000);
    let today = last_day(&facts);
    let (head, tail) = facts.split_at(facts.len() - 20_000);
    let mut state = folded(&pack, head);
    let apply = each(tail, |fact| drop(state.apply(fact)));
    let mut map: HashMap<u32, u32> = HashMap::new();
    let insert = each(tail, |fact| *map.entry(fact.id.seq as u32).or_default() += 1);
    row("apply, one of 100k facts (floor: HashMap entry)", apply, insert);

    let tallies = median(50, || state.tallies().rows().map(|(.., tally)| tally.have).sum::<u32>());
    row(
        "Overview::new, 20/120/2,500/100k (floor: sum of tallies)",
        median(50, || Overview::new(&state, today)),
        tallies,
    );
    let grids: Vec<_> = state.org().nodes().filter(|(_, node)| node.is_grid()).map(|(ix, _)| ix).collect();
    let merge = Regroup::Merge { grids: vec![grids[0]], into: grids[1], from: today };
    let actor = Actor::owner(None, today);
    row(
        "regroup::preview, a merger (floor: State::clone)",
        median(20, || preview(&state, &actor, &merge).unwrap()),
        median(20, || state.clone()),
    );
    let mut next = grids.iter().cycle();
    let standings = median(2_000, || standings_at(&state, *next.next().unwrap(), today));
    let mut next = grids.iter().cycle();
    let month = Period::containing(Cadence::Month, today);
    let one = median(2_000, || state.tally(0, *next.next().unwrap(), month));
    row("standings_at one grid, 33 months (floor: one tally)", standings, one);
    let mut next = grids.iter().cycle();
    row("visit_plan of one grid", median(2_000, || visit_plan(&state, *next.next().unwrap(), today)), one);

    let ticks = ticks(&state, COUNTY, today);
    let mut overview = Overview::new(&state, today);
    let touched: Vec<_> = ticks.iter().map(|fact| state.apply(fact)).collect();
    let mut next = touched.iter().cycle();
    let follow = median(2_000, || overview.follow(&state, next.next().unwrap()));
    row("Overview::follow, one tick (floor: HashMap entry)", follow, insert);
}

/// Very many visits to one unit in one month, and each of them taken back: what one costs must not grow with them.
fn crowded() {
    let facts = facts(COUNTY, 100, 1_000, 100);
    for count in [1_000, 10_000, 100_000] {
        let mut state = folded(&pack(), &facts);
        let mut map: HashMap<u32, u32> = HashMap::new();
        let mut row_of = |what: &str, facts: &[Fact]| {
            let apply = each(facts, |fact| drop(state.apply(fact)));
            let insert = each(facts, |fact| *map.entry(fact.id.seq as u32).or_default() += 1);
            row(&format!("{what}, {count} of one unit in a month (floor: HashMap entry)"), apply, insert);
        };
        let chain = Chain::new(WriterId([5; 16]), Head::default());
        let mut writer = Writer { chain, facts: Vec::new(), day: last_day(&facts), county: COUNTY };
        for n in 0..count {
            writer.day = NaiveDate::from_ymd_opt(2016, 5, n as u32 % 28 + 1).unwrap();
            writer.visit(0, n);
        }
        let visits = std::mem::take(&mut writer.facts);
        row_of("apply a visit", &visits);
        for visit in visits {
            let body = Body::Withdrawn(Withdrawn { of: visit.id, reason: String::new() });
            writer.write(visit.draft.at, visit.draft.subject, body);
        }
        row_of("take one back", &writer.facts);
    }
}

/// What one fact of a device costs whoever takes it in: a visit by who leads the grid, in a county of 100k facts.
fn devices() {
    let facts = facts(COUNTY, 2_500, 100_000, 1_000);
    let today = last_day(&facts);
    let mut state = folded(&pack(), &facts);
    let key = DeviceKey::from_secret(&[9; 32]);
    let mut writer =
        Writer { chain: Chain::new(WriterId([6; 16]), Head::default()), facts: Vec::new(), day: today, county: COUNTY };
    let (leader, grid, town) = (Some("leader".to_owned()), Some(grid_of(COUNTY, 0)), Some(town_id(COUNTY, 0)));
    let from = today - Days::new(100);
    let held = PostHolding { post: Post::Leader, from, to: None, change: false, stand_in: false };
    writer.write(grid.clone(), leader.clone(), Body::Post(held.clone()));
    writer.write(town, Some("above".to_owned()), Body::Post(held));
    writer.write(
        grid,
        leader.clone(),
        Body::Enrolled(Enrolled { key: key.public(), name: "laptop".to_owned(), window: None }),
    );
    writer.facts.iter().for_each(|fact| drop(state.apply(fact)));

    let mut visits = ticks(&state, COUNTY, today);
    visits.iter_mut().for_each(|fact| {
        fact.id.writer = key.writer();
        fact.draft.by.clone_from(&leader);
        (fact.draft.at, fact.draft.subject) = (Some(grid_of(COUNTY, 0)), Some(unit_id(COUNTY, 0)));
    });
    let mut chain = Chain::new(key.writer(), Head::default());
    let envelopes: Vec<_> = visits.iter().map(|fact| chain.seal(&fact.draft, fact.recorded_ms)).collect();
    let signed: Vec<_> = envelopes.iter().map(|envelope| envelope.clone().signed(&key)).collect();
    let hash = each(&envelopes, |envelope| drop(black_box(envelope.hash().0.to_vec())));
    row("sign one envelope (floor: its hash)", each(&envelopes, |e| drop(black_box(e.clone().signed(&key)))), hash);
    let public = key.public();
    row("check one signature (floor: its hash)", each(&signed, |e| assert!(e.is_signed_by(&public))), hash);
    let mut map: HashMap<u32, u32> = HashMap::new();
    let insert = each(&visits, |fact| *map.entry(fact.id.seq as u32).or_default() += 1);
    let sender = Sender::of(&state, key.writer(), today);
    let judge = each(&visits, |fact| assert_eq!(admit(&state, &sender, fact, None), Verdict::Counts));
    row("admit one visit (floor: HashMap entry)", judge, insert);
    for (who, what) in [("leader", "a grid's"), ("above", "a township's")] {
        let scope = Scope::of(&state, who, today);
        let holds = each(&facts[facts.len() - 20_000..], |fact| {
            black_box(scope.holds(&state, fact));
        });
        row(&format!("Scope::holds one fact, {what} (floor: HashMap entry)"), holds, insert);
    }
}

/// A province in one state: counties of 20 townships, 120 grids, 2,500 units and 100k facts below one node.
fn province(pack: &Arc<Pack>, counties: &[usize]) {
    println!("province, in one state:");
    let mut state = State::new(pack.clone());
    let before = resident_kb();
    let (mut made, mut folding, mut today) = (0, Duration::ZERO, NaiveDate::MIN);
    for counties in counties {
        while made < *counties {
            let facts = facts(COUNTIES[made], 2_500, 100_000, 1_000);
            made += 1;
            today = last_day(&facts);
            let begun = Instant::now();
            facts.iter().for_each(|fact| drop(state.apply(fact)));
            folding += begun.elapsed();
        }
        let held = resident_kb().saturating_sub(before) / 1024;
        let fresh = median(5, || Overview::new(&state, today));
        let ticks = ticks(&state, COUNTIES[0], today);
        let touched: Vec<_> = ticks.iter().map(|fact| state.apply(fact)).collect();
        let mut overview = Overview::new(&state, today);
        let mut next = touched.iter().cycle();
        let follow = median(200, || overview.follow(&state, next.next().unwrap()));
        println!(
            "  {counties:>2} counties, {:>9} facts: folded in {folding:>8.2?}, {held:>5} MB, all standings {fresh:>8.2?}, \
             after one more fact {follow:>8.2?}",
            state.count()
        );
    }
}

/// The codes of the province's counties.
static COUNTIES: std::sync::LazyLock<Vec<&'static str>> =
    std::sync::LazyLock::new(|| (0..90).map(|n| &*format!("33{n:02}81").leak()).collect());

/// The grids of one node with 2,000 enterprises of 40 大类 in 30 villages: as they come from a roster, in 80 grids that
/// follow industry only, and with a sector that has too few of its own.
fn partitions() {
    let from: NaiveDate = "2026-01-01".parse().unwrap();
    for (what, grids, services) in [("no grids", 1, 700), ("80 grids", 80, 700), ("80 grids, few services", 80, 12)] {
        let mut writer = Writer {
            chain: Chain::new(WriterId([9; 16]), Head::default()),
            facts: Vec::new(),
            day: from,
            county: COUNTY,
        };
        writer.township(2_000, services, grids, from);
        let state = folded(&pack(), &writer.facts);
        let town = state.org().node_ix(&town_id(COUNTY, 0)).unwrap();
        let rules = GridRules { farm: false, ..GridRules::default() };
        let plan = median(5, || partition(&state, town, from, &rules).unwrap());
        let sort = median(50, || {
            let mut units: Vec<_> = state.org().units().map(|(_, unit)| &unit.record).collect();
            units.sort_by(|a, b| (&a.industry[..2], &a.division).cmp(&(&b.industry[..2], &b.division)));
            units.len()
        });
        let proposal = partition(&state, town, from, &rules).unwrap();
        row(&format!("partition of 2,000, {what} (floor: one sort)"), plan, sort);
        println!("  {} grids; {}", proposal.grids.len(), proposal.summary());
    }
}

fn snapshot(count: usize, units: usize) {
    let pack = pack();
    let facts = facts(COUNTY, units, count, if count > 100_000 { 3_650 } else { 1_000 });
    let begun = Instant::now();
    let state = folded(&pack, &facts);
    let fold = begun.elapsed();
    drop(facts);
    let bytes = state.to_snapshot();
    println!("{count} facts over {units} units: folded in {fold:.2?}, snapshot of {} KB", bytes.len() / 1024);
    let copy = median(30, || bytes.clone());
    row(&format!("to_snapshot, {count} (floor: a copy of the bytes)"), median(30, || state.to_snapshot()), copy);
    let mut copies: Vec<_> = (0..31).map(|_| bytes.clone()).collect();
    let read = median(30, || State::from_snapshot(copies.pop().unwrap(), &pack).unwrap());
    row(&format!("from_snapshot, {count} (floor: a copy of the bytes)"), read, copy);
    drop(state);
    let file = std::env::temp_dir().join(format!("wangge-rules-bench-{}", std::process::id()));
    std::fs::write(&file, &bytes).unwrap();
    let mut said: Vec<String> = (0..9)
        .map(|_| {
            let out = Command::new(std::env::current_exe().unwrap()).arg("--fresh").arg(&file).output().unwrap();
            String::from_utf8(out.stdout).unwrap().trim().to_owned()
        })
        .collect();
    std::fs::remove_file(&file).unwrap();
    said.sort();
    println!("  in a fresh process: {}", said[said.len() / 2]);
}

/// Reads a snapshot in a process of its own and says how long it took and how much memory it holds.
fn fresh(file: &Path) {
    let pack = pack();
    let bytes = std::fs::read(file).unwrap();
    let begun = Instant::now();
    let copy = black_box(bytes.clone());
    let floor = begun.elapsed();
    drop(copy);
    let before = resident_kb();
    let begun = Instant::now();
    let state = State::from_snapshot(bytes, &pack).unwrap();
    let read = begun.elapsed();
    let held = resident_kb().saturating_sub(before);
    println!(
        "read in {:>6} us, a copy in {:>6} us, state holds {held} KB ({} facts)",
        read.as_micros(),
        floor.as_micros(),
        state.count()
    );
}

/// The resident memory of this process, where the system tells.
fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}

fn folded(pack: &Arc<Pack>, facts: &[Fact]) -> State {
    let mut state = State::new(pack.clone());
    facts.iter().for_each(|fact| drop(state.apply(fact)));
    state
}

fn last_day(facts: &[Fact]) -> NaiveDate {
    facts.iter().map(|fact| fact.draft.occurred).max().unwrap()
}

/// The facts of a county: its tree, its units with their contacts, and `count` records over `days` days: of a hundred, one found a
/// problem, one is a session and one takes back the one before.
fn facts(county: &'static str, units: usize, count: usize, days: usize) -> Vec<Fact> {
    let first: NaiveDate = "2016-01-01".parse().unwrap();
    let chain = Chain::new(WriterId(writer_of(county)), Head::default());
    let mut writer = Writer { chain, facts: Vec::new(), day: first, county };
    writer.tree(first);
    (0..units).for_each(|n| writer.unit(n, first));
    for n in 0..count.saturating_sub(writer.facts.len()) {
        writer.day = first.checked_add_days(Days::new((n * days / count) as u64)).unwrap();
        // A step that visits units in a scattered but even order.
        let unit = n.wrapping_mul(7_919) % units;
        match n % 100 {
            50 => writer.session(unit),
            75 => writer.withdraw_last(),
            _ => writer.visit(unit, n),
        }
    }
    writer.facts
}

/// One visit of each of a hundred units.
fn ticks(state: &State, county: &'static str, day: NaiveDate) -> Vec<Fact> {
    let mut writer = Writer { chain: Chain::new(WriterId([8; 16]), Head::default()), facts: Vec::new(), day, county };
    (0..100).for_each(|n| writer.visit(n * 13 % 2_000, n));
    black_box(state.org().unit(UnitIx(0)));
    writer.facts
}

struct Writer {
    chain: Chain,
    facts: Vec<Fact>,
    day: NaiveDate,
    county: &'static str,
}

impl Writer {
    fn tree(&mut self, from: NaiveDate) {
        let opened = StoreOpened { pack: "lanxi".to_owned(), from, sample: true, key: Vec::new() };
        let county = self.county.to_owned();
        self.write(Some(county.clone()), None, Body::StoreOpened(opened));
        // Level 9 has no duties: the province.
        self.node("33".to_owned(), None, 9, from);
        self.node(county.clone(), Some("33".to_owned()), 1, from);
        for town in 0..TOWNS {
            let id = town_id(&county, town);
            self.node(id.clone(), Some(county.clone()), 2, from);
            (0..GRIDS).for_each(|grid| self.node(grid_id(&county, town, grid), Some(id.clone()), 3, from));
        }
    }

    fn node(&mut self, id: String, parent: Option<String>, level: u8, from: NaiveDate) {
        let name = format!("第{id}号网格");
        let sector = Some(Sector::Industry);
        let record = NodeRecord { name, parent, level, form: Form::Vertical, sector, from, to: None, into: None };
        self.write(Some(id.clone()), Some(id), Body::Node(record));
    }

    fn unit(&mut self, n: usize, from: NaiveDate) {
        let id = unit_id(self.county, n);
        let grid = Some(grid_of(self.county, n));
        let record = UnitRecord {
            code: id.clone(),
            name: format!("兰溪市第{n}号新材料科技有限公司"),
            industry: "1711".to_owned(),
            division: town_id(self.county, n % TOWNS),
            sector: Some(Sector::Industry),
            form: "B".to_owned(),
            contact: "王小明".to_owned(),
            phone: "13800000000".to_owned(),
        };
        self.write(grid.clone(), Some(id.clone()), Body::Unit(record));
        self.write(grid.clone(), Some(id.clone()), Body::Placement(Placement { from }));
        let person = format!("{id}#王小明");
        let record = PersonRecord { name: "王小明".to_owned(), unit: Some(id), phone: "13800000000".to_owned() };
        self.write(grid.clone(), Some(person.clone()), Body::Person(record));
        self.write(
            grid,
            Some(person),
            Body::Post(PostHolding { post: Post::Member, from, to: None, change: false, stand_in: false }),
        );
    }

    fn township(&mut self, units: usize, services: usize, grids: usize, from: NaiveDate) {
        self.tree(from);
        (GRIDS..grids).for_each(|grid| self.node(grid_id(COUNTY, 0, grid), Some(town_id(COUNTY, 0)), 3, from));
        for n in 0..units {
            let id = unit_id(COUNTY, n);
            let is_service = n < services;
            let industry = if is_service { 5110 + n * 37 % 20 * 100 } else { 1310 + n * 41 % 30 * 100 };
            let record = UnitRecord {
                code: id.clone(),
                name: format!("兰溪市第{n}号企业"),
                industry: industry.to_string(),
                division: format!("{}{:03}", town_id(COUNTY, 0), n * 7 % 30),
                sector: Some(if is_service { Sector::Service } else { Sector::Industry }),
                ..UnitRecord::default()
            };
            self.write(None, Some(id.clone()), Body::Unit(record));
            let grid = if is_service { n * 37 % 20 } else { 20 + n * 41 % 30 };
            if grids > 1 {
                let at = Some(grid_id(COUNTY, 0, (grid + n % 2 * 30) % grids));
                self.write(at, Some(id), Body::Placement(Placement { from }));
            }
        }
    }

    fn visit(&mut self, unit: usize, n: usize) {
        let topics = if n.is_multiple_of(4) { vec![Topic::Ledger] } else { Vec::new() };
        let found = || ProblemFound { text: "台账与报表不一致，请核对".to_owned(), follow_up: None };
        let problem = n.is_multiple_of(100).then(found);
        self.write(
            Some(grid_of(self.county, unit)),
            Some(unit_id(self.county, unit)),
            Body::Visit(Visit { topics, note: String::new(), problem, ..Visit::default() }),
        );
    }

    fn session(&mut self, unit: usize) {
        let topic = "统计业务培训".to_owned();
        let kind = SessionKind::Training;
        let session = Session { kind, topic, minutes: 60, attendance: Vec::new(), note: String::new() };
        self.write(Some(grid_of(self.county, unit)), None, Body::Session(session));
    }

    fn withdraw_last(&mut self) {
        let Some(last) = self.facts.last().cloned() else { return };
        let body = Body::Withdrawn(Withdrawn { of: last.id, reason: String::new() });
        self.write(last.draft.at, last.draft.subject, body);
    }

    fn write(&mut self, at: Option<String>, subject: Option<String>, body: Body) {
        let recorded = self.day.and_hms_opt(2, 0, 0).unwrap().and_utc().timestamp_millis();
        let draft =
            Draft { occurred: self.day, by: None, at, subject, replaces: None, reason: None, effort: None, body };
        // Only the place in the chain matters here, not its hashes.
        self.chain.head.seq += 1;
        let id = wangge::grid::fact::FactId { writer: self.chain.writer, seq: self.chain.head.seq };
        self.facts.push(Fact { id, recorded_ms: recorded, received_ms: recorded, draft });
    }
}

/// A writer for each county.
fn writer_of(county: &str) -> [u8; 16] {
    let mut id = [7; 16];
    id[..6].copy_from_slice(county.as_bytes());
    id
}

fn town_id(county: &str, n: usize) -> String {
    format!("{county}{n:03}")
}

fn grid_id(county: &str, town: usize, grid: usize) -> String {
    format!("{}-G{grid:02}", town_id(county, town))
}

fn grid_of(county: &str, unit: usize) -> String {
    grid_id(county, unit % TOWNS, unit / TOWNS % GRIDS)
}

fn unit_id(county: &str, n: usize) -> String {
    format!("91{county}MA2{n:07}")
}

fn median<T>(times: usize, mut run: impl FnMut() -> T) -> Duration {
    black_box(run());
    let mut spans: Vec<Duration> = (0..times)
        .map(|_| {
            let begun = Instant::now();
            let out = black_box(run());
            let span = begun.elapsed();
            drop(out);
            span
        })
        .collect();
    spans.sort_unstable();
    spans[times / 2]
}

/// The median over runs of a hundred, per item.
fn each<T>(items: &[T], mut run: impl FnMut(&T)) -> Duration {
    let mut spans: Vec<Duration> = items
        .chunks_exact(100)
        .map(|chunk| {
            let begun = Instant::now();
            chunk.iter().for_each(&mut run);
            begun.elapsed() / 100
        })
        .collect();
    spans.sort_unstable();
    spans[spans.len() / 2]
}

fn row(what: &str, span: Duration, floor: Duration) {
    let ratio = span.as_secs_f64() / floor.as_secs_f64().max(1e-9);
    let width = 58 - what.chars().filter(|c| !c.is_ascii()).count();
    println!("{what:<width$}{:>12}{:>12}{ratio:>8.1}", format!("{span:.2?}"), format!("{floor:.2?}"));
}
