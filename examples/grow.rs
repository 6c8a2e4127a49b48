//! Grows a big store for measurements: `cargo run --release --example grow -- DIR UNITS FACTS`.
//!
//! The pack's tree, UNITS generated enterprises, and as many months of work as FACTS facts need, up to yesterday: what
//! the demo's grids and the levels above them do on every working day, and visits on top that spread what is missing
//! evenly over the days. What is still owed some months later is exempted, as it would be in a year's review, so that
//! little is overdue. The same arguments on the same day (`WANGGE_NOW` sets it) give the same work.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "it measures itself and ends by itself")]
use std::{path::Path, sync::Arc, time::Instant};

use chrono::{Datelike, Months, NaiveDate};
use wangge::{
    grid::{
        calendar::Calendar,
        decide::{Actor, Intent, decide},
        fact::{Body, Draft, Topic, Visit},
        org::{NodeIx, Post, UnitIx},
        sample::day_of_work,
        standing::{DutyState, standings_at},
        state::State,
    },
    log::disk::rebuild,
    run::{Clock, Files, sample::found},
};

/// How many facts a unit has in a month; the demo's work alone is a little less.
const PER_UNIT: f64 = 4.2;
/// And how many at the beginning: the roster, posts, and checklists.
const AT_FIRST: f64 = 9.0;
/// What has been overdue for longer is exempted.
const REVIEWED: Months = Months::new(3);

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [dir, units, facts] = &args[..] else {
        println!("grow DIR UNITS FACTS");
        std::process::exit(2);
    };
    grow(Path::new(dir), units.parse().unwrap(), facts.parse().unwrap());
}

fn grow(dir: &Path, units: usize, facts: u64) {
    let start = Instant::now();
    let now = std::env::var("WANGGE_NOW").ok().and_then(|text| Clock::fixed(&text));
    let (clock, files) = (now.unwrap_or_else(Clock::system), Files::of_user());
    let pack = Arc::new(files.pack("lanxi").unwrap().unwrap());
    let (today, calendar) = (clock.today(pack.utc_offset), files.calendar().unwrap_or_default());
    let months = ((facts as f64 / units as f64 - AT_FIRST) / PER_UNIT).max(1.0) as u32;
    let first = today.with_day(1).unwrap() - Months::new(months - 1);
    let mut book = found(dir, pack, clock, units, first).unwrap();
    let mut grower = Grower { chance: Chance(facts), calendar, facts, first, today, founded: book.state.count() };
    for day in first.iter_days().take_while(|day| *day < today) {
        let drafts = grower.day(&book.state, day);
        if !drafts.is_empty() {
            let noon = day.and_hms_opt(4, 0, 0).unwrap().and_utc();
            book.append(&drafts, noon.timestamp_millis()).unwrap();
        }
    }
    let (count, nodes) = (book.state.count(), book.state.org().nodes().len());
    let all: Vec<_> = book.state.org().nodes().flat_map(|(node, _)| standings_at(&book.state, node, today)).collect();
    let overdue = all.iter().filter(|row| row.state == DutyState::Overdue).count();
    book.close().unwrap();
    rebuild(dir, clock.now_ms(), &mut |_, _| {}).unwrap();
    println!(
        "{}: {count} facts over {months} months, {units} units, {nodes} nodes, {overdue} of {} duties overdue, in {:.1} s",
        dir.display(),
        all.len(),
        start.elapsed().as_secs_f64()
    );
}

struct Grower {
    chance: Chance,
    calendar: Calendar,
    facts: u64,
    first: NaiveDate,
    today: NaiveDate,
    /// How many facts founded the store.
    founded: u64,
}

impl Grower {
    /// What all record on a day.
    fn day(&mut self, state: &State, day: NaiveDate) -> Vec<Draft> {
        // The grids of the demo's reader keep a gap; here nobody reads.
        let nobody = NodeIx(u32::MAX);
        let mut out = day_of_work(state, &self.calendar, nobody, self.today, day);
        if day.day() == 1 {
            review(state, day, &mut out);
        }
        // As many facts as there are to be by the end of this day.
        let span = (self.today - self.first).num_days().max(1) as u64;
        let passed = (day - self.first).num_days() as u64 + 1;
        let wanted = self.founded + self.facts.saturating_sub(self.founded) * passed / span;
        let missing = wanted.saturating_sub(state.count() + out.len() as u64);
        let grids: Vec<(NodeIx, Vec<UnitIx>)> = state
            .org()
            .nodes()
            .filter(|(_, node)| node.is_grid())
            .map(|(grid, _)| (grid, state.org().members_on(grid, day).collect::<Vec<_>>()))
            .filter(|(_, units)| !units.is_empty())
            .collect();
        for _ in 0..missing {
            let (grid, units) = &grids[self.chance.below(grids.len())];
            let unit = units[self.chance.below(units.len())];
            out.push(self.visit(state, (*grid, unit), day));
        }
        out
    }

    fn visit(&mut self, state: &State, (grid, unit): (NodeIx, UnitIx), day: NaiveDate) -> Draft {
        let (org, node) = (state.org(), state.org().node(grid));
        let topics = if self.chance.below(2) > 0 { vec![Topic::Call] } else { vec![Topic::Call, Topic::Policy] };
        let is_noted = self.chance.below(3) == 0;
        let note = if is_noted { "原始记录齐全，台账与报表一致".to_owned() } else { String::new() };
        Draft {
            occurred: day,
            by: node.holders_on(Post::Leader, day).next().map(|person| org.person(person).id.clone()),
            at: Some(node.id.clone()),
            subject: Some(org.unit(unit).id.clone()),
            replaces: None,
            reason: None,
            effort: None,
            body: Body::Visit(Visit { topics, note, ..Visit::default() }),
        }
    }
}

/// Exempts what has been overdue for long.
fn review(state: &State, day: NaiveDate, out: &mut Vec<Draft>) {
    let org = state.org();
    for row in org.nodes().flat_map(|(node, _)| standings_at(state, node, day)) {
        if row.state != DutyState::Overdue || row.due_on + REVIEWED > day {
            continue;
        }
        let upper = org.path_up(row.node).nth(1).unwrap_or(row.node);
        let Some(chief) = org.node(upper).holders_on(Post::Leader, day).next() else { continue };
        let chief = org.person(chief).id.clone();
        let intent = Intent::Exempt {
            duty: state.pack().duties[row.duty].id.clone(),
            node: row.node,
            period: row.period,
            reason: "季度复核：不再补办".to_owned(),
            approver: chief.clone(),
        };
        if let Ok(decision) = decide(state, &Actor::owner(Some(chief), day), &intent) {
            out.extend(decision.drafts);
        }
    }
}

/// Numbers by chance, the same every time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}
