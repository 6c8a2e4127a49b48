//! Grows a big store for measurements: `cargo run --release --example grow -- DIR UNITS FACTS`.
//!
//! The pack's tree, UNITS generated enterprises, and as many months of work up to today as FACTS facts need: a ledger
//! check for nearly every unit each month, a visit to every other, sessions each quarter. The same arguments on the same
//! day give the same work.
#![allow(clippy::print_stdout, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "it measures itself and ends by itself")]
use std::{path::Path, sync::Arc, time::Instant};

use chrono::{Datelike, Days, Months, NaiveDate};
use wangge::{
    grid::{
        fact::{Attendance, AttendanceMark, Body, Done, Draft, ProblemFound, Session, SessionKind, Topic, Visit},
        org::{NodeIx, Org, UnitIx},
    },
    log::disk::rebuild,
    run::{Book, Clock, Files, sample::found},
};

/// How many facts a unit has in a month, about.
const PER_UNIT: f64 = 1.7;

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
    let (clock, files) = (Clock::system(), Files::of_user());
    let pack = Arc::new(files.pack("lanxi").unwrap().unwrap());
    let today = clock.today(pack.utc_offset);
    let months = (facts as f64 / (units as f64 * PER_UNIT)).ceil() as u32;
    let first = today.with_day(1).unwrap() - Months::new(months.saturating_sub(1));
    let mut book = found(dir, pack, clock, units, first).unwrap();
    let mut chance = Chance(facts);
    let mut month = first;
    while book.state.count() < facts {
        let next = month + Months::new(1);
        // The running month, and what the months before left over, up to yesterday.
        let days = if next > today { (today - month).num_days() as u64 } else { 28 }.max(1);
        let room = (facts - book.state.count()) as usize;
        let mut drafts = work(&book, month, days, &mut chance);
        drafts.truncate(room);
        let noon = drafts.last().unwrap().occurred.and_hms_opt(4, 0, 0).unwrap().and_utc();
        book.append(&drafts, noon.timestamp_millis()).unwrap();
        month = if next > today { month } else { next };
    }
    let (count, nodes) = (book.state.count(), book.state.org().nodes().len());
    book.close().unwrap();
    rebuild(dir, clock.now_ms(), &mut |_, _| {}).unwrap();
    println!(
        "{}: {count} facts over {months} months, {units} units, {nodes} nodes, in {:.1} s",
        dir.display(),
        start.elapsed().as_secs_f64()
    );
}

/// What all grids record in the first `days` days of a month, in the order of days.
fn work(book: &Book, month: NaiveDate, days: u64, chance: &mut Chance) -> Vec<Draft> {
    let org = book.state.org();
    let mut out = Vec::new();
    for (grid, node) in org.nodes().filter(|(_, node)| node.is_grid() && node.members.len() > 1) {
        let by = node.holdings.first().map(|holding| org.person(holding.person).id.clone());
        let mut record = |chance: &mut Chance, unit: Option<UnitIx>, body: Body| {
            out.push(Draft {
                occurred: month + Days::new(chance.below(28) % days),
                by: by.clone(),
                at: Some(node.id.clone()),
                subject: unit.map(|unit| org.unit(unit).id.clone()),
                replaces: None,
                reason: None,
                body,
            });
        };
        let done = |duty: &str| Body::Done(Done { duty: duty.to_owned(), ..Done::default() });
        // One grid in twenty forgets a unit or two.
        let forgets = chance.below(20) == 0;
        for unit in org.members_on(grid, month) {
            if !forgets || chance.below(10) > 0 {
                record(chance, Some(unit), done("ledger-check"));
            }
            if chance.below(2) > 0 {
                let visit = visit(chance, month);
                record(chance, Some(unit), Body::Visit(visit));
            }
            if month.month() == 3 {
                record(chance, Some(unit), done("pledge"));
                record(chance, Some(unit), done("education"));
            }
        }
        if month.month() % 3 == 2 && !forgets {
            for kind in [SessionKind::Training, SessionKind::Activity] {
                record(chance, None, Body::Session(session(org, grid, kind)));
            }
            record(chance, None, done("ledger-guide"));
            record(chance, None, done("analysis"));
        }
    }
    out.sort_by_key(|draft| draft.occurred);
    out
}

fn visit(chance: &mut Chance, month: NaiveDate) -> Visit {
    let topics = if chance.below(2) > 0 { vec![Topic::Call] } else { vec![Topic::Call, Topic::Policy] };
    let note =
        if chance.below(3) > 0 { String::new() } else { "原始记录齐全，台账与报表一致".to_owned() };
    let follow_up = Some(month + Months::new(1));
    let problem =
        (chance.below(200) == 0).then(|| ProblemFound { text: "用电量没有台账".to_owned(), follow_up });
    Visit { topics, note, problem, ..Visit::default() }
}

fn session(org: &Org, grid: NodeIx, kind: SessionKind) -> Session {
    let holdings = &org.node(grid).holdings;
    let person = |ix| Attendance { person: org.person(ix).id.clone(), mark: AttendanceMark::Present };
    let attendance = holdings.iter().map(|holding| person(holding.person)).collect();
    Session { kind, topic: "季报填报要点".to_owned(), minutes: 120, attendance, note: String::new() }
}

/// Numbers by chance, the same every time (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}
