//! The second pack: two levels, 40 % every two months, sessions by half-year. It runs with no change of code.
use std::sync::Arc;

use chrono::NaiveDate;
use wangge::grid::{
    decide::{Actor, Intent, RosterLine, Setup, decide, decide_roster, decide_setup},
    fact::{Chain, Draft, Head, SessionKind, WriterId},
    org::NodeIx,
    standing::standings_at,
    state::State,
};

use super::builtin;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

struct World {
    state: State,
    chain: Chain,
    today: NaiveDate,
}

impl World {
    fn open(from: &str) -> World {
        let pack = Arc::new(builtin("sample"));
        let chain = Chain::new(WriterId([1; 16]), Head::default());
        let mut world = World { state: State::new(pack.clone()), chain, today: day(from) };
        world.write(&decide_setup(&pack, Setup { from: day(from), sample: false }));
        world
    }

    fn write(&mut self, drafts: &[Draft]) {
        let at = self.today.and_hms_opt(2, 0, 0).unwrap().and_utc().timestamp_millis();
        for draft in drafts {
            self.state.apply(&self.chain.seal(draft, at).open(at).unwrap());
        }
    }

    fn actor(&self) -> Actor {
        Actor::owner(None, self.today)
    }

    fn run(&mut self, intent: &Intent) {
        let decision = decide(&self.state, &self.actor(), intent).unwrap();
        self.write(&decision.drafts);
    }

    fn node(&self, name: &str) -> NodeIx {
        self.state.org().node_named(name).unwrap()
    }

    /// How a duty stands at a node today: period, state, have/need, due day.
    fn says(&self, duty: &str, at: &str) -> Vec<String> {
        let rows = standings_at(&self.state, self.node(at), self.today);
        let rows = rows.iter().filter(|row| self.state.pack().duties[row.duty].id == duty);
        rows.map(|row| format!("{} {} {}/{} {}", row.period, row.state.key(), row.have, row.need, row.due_on)).collect()
    }
}

fn line(n: u32, division: &str, grid: Option<&str>) -> RosterLine {
    RosterLine {
        place: format!("第{n}行"),
        code: format!("E{n:04}"),
        name: format!("企业{n}"),
        industry: "1711".to_owned(),
        division: division.to_owned(),
        grid: grid.map(str::to_owned),
        ..RosterLine::default()
    }
}

#[test]
fn the_tree_has_two_levels_and_villages_belong_to_their_area() {
    let world = World::open("2026-11-01");
    let org = world.state.org();
    let area = world.node("东河片区");
    assert_eq!(org.node(area).level, 3);
    assert_eq!(org.node(area).parent, Some(org.roots()[0]));
    let villages: Vec<_> =
        org.members_on(area, day("2026-11-01")).map(|unit| org.unit(unit).record.name.as_str()).collect();
    assert_eq!(villages, ["上河村", "下河村"]);
    assert!(org.nodes().all(|(_, node)| node.name != "农业网格" && node.name != "流动辅导网格"));
}

#[test]
fn a_roster_goes_straight_into_the_areas() {
    let mut world = World::open("2026-11-01");
    let lines = [
        line(1, "990101001", None),
        line(2, "990101001002", Some("城关片区")),
        line(3, "990101002", Some("重点项目网格")),
    ];
    let decision = decide_roster(&world.state, &world.actor(), &lines).unwrap();
    assert_eq!((decision.created, decision.unplaced, decision.new_grids.len()), (3, 0, 0));
    world.write(&decision.drafts);
    let again = decide_roster(&world.state, &world.actor(), &lines).unwrap();
    assert_eq!((again.unchanged, again.drafts.len()), (3, 0));
    let grid = |code: &str| {
        let org = world.state.org();
        let ix = org.grid_of(org.unit_ix(code).unwrap(), world.today).unwrap();
        org.node(ix).name.clone()
    };
    assert_eq!(["E0001", "E0002", "E0003"].map(grid), ["城关片区", "城关片区", "重点项目网格"]);
    let error = decide_roster(&world.state, &world.actor(), &[line(4, "990101001", Some("工业第1网格"))]).unwrap_err();
    assert_eq!(error[0].what, "城关片区 自己就是网格，下面不再建「工业第1网格」；请写「城关片区」或留空");
}

/// 2 villages and 8 enterprises: 40 % of 10 is 4, from November to December.
#[test]
fn forty_per_cent_every_two_months() {
    let mut world = World::open("2026-11-01");
    let lines: Vec<_> = (1..=8).map(|n| line(n, "990101001", None)).collect();
    let decision = decide_roster(&world.state, &world.actor(), &lines).unwrap();
    world.write(&decision.drafts);
    world.today = day("2026-11-20");
    assert_eq!(world.says("visit", "城关片区"), ["2026-B6 not_started 0/4 2026-12-31"]);
    let visit = |world: &mut World, on: &str, codes: &[&str]| {
        world.today = day(on);
        let units = codes.iter().map(|code| world.state.org().unit_ix(code).unwrap()).collect();
        world.run(&Intent::Visit {
            units,
            on: day(on),
            topics: Vec::new(),
            note: String::new(),
            problem: None,
            with: Vec::new(),
            amends: None,
        });
    };
    visit(&mut world, "2026-11-20", &["E0001", "E0002"]);
    visit(&mut world, "2026-12-10", &["E0002", "E0003"]);
    assert_eq!(world.says("visit", "城关片区"), ["2026-B6 in_progress 3/4 2026-12-31"]);
    world.today = day("2026-12-20");
    assert_eq!(world.says("visit", "城关片区"), ["2026-B6 due_soon 3/4 2026-12-31"]);
    world.today = day("2027-01-02");
    let rows = world.says("visit", "城关片区");
    assert_eq!(rows, ["2026-B6 overdue 3/4 2026-12-31", "2027-B1 not_started 0/4 2027-02-28"]);
    // The half-year's training has ten days of grace.
    assert_eq!(world.says("training", "城关片区")[0], "2026-H2 due_soon 0/1 2027-01-10");
    let session = Intent::Session {
        grid: world.node("城关片区"),
        kind: SessionKind::Training,
        on: day("2026-12-30"),
        topic: "年报".to_owned(),
        minutes: 90,
        attendance: Vec::new(),
        note: String::new(),
        amends: None,
    };
    world.run(&session);
    assert_eq!(world.says("training", "城关片区")[0], "2026-H2 met 1/1 2027-01-10");
}

/// One training session closes the area's own; the county's watch over it (`below:training`) follows.
#[test]
fn the_county_watches_its_areas() {
    let mut world = World::open("2026-11-01");
    world.today = day("2026-11-20");
    // 3 grids with villages, none silent for 60 days; 5 villages placed; 2 items of the room; 3 trainings not overdue;
    // 重点项目网格 has nobody in it.
    assert_eq!(world.says("alive", "清河县"), ["2026-11 in_progress 11/13 2026-12-01"]);
    // The room was never in order, so thirty days of grace run from the first day.
    world.today = day("2026-12-02");
    assert_eq!(world.says("alive", "清河县"), ["2026-12 overdue 11/13 2026-12-01"]);
    // 96 days without a record, and no training in the half-year: the 5 villages are what is left.
    world.today = day("2027-02-05");
    let row = &world.says("alive", "清河县")[0];
    assert!(row.starts_with("2027-02 overdue 5/13"), "{row}");
}
