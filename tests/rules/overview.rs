//! Roll-ups: a parent is its own counts and its children's; following a fact equals reckoning anew.
use super::world::{World, day, line};
use wangge::grid::{
    decide::RosterLine,
    fact::{Body, Draft, Fact, NodeRecord, Placement, StoreOpened, UnitRecord},
    org::{Form, NodeIx},
    standing::{Counts, Overview, standings_at},
    state::State,
};

/// Whether the overview is what one reckoned anew would be, and every sum is its own plus its children's.
pub fn check(overview: &Overview, state: &State) {
    let fresh = Overview::new(state, overview.today());
    for (ix, node) in state.org().nodes() {
        assert_eq!(overview.rows(ix), fresh.rows(ix), "rows of {}", node.name);
        assert_eq!(overview.rows(ix), standings_at(state, ix, overview.today()), "standings of {}", node.name);
        assert_eq!(overview.own(ix), fresh.own(ix), "own counts of {}", node.name);
        assert_eq!(overview.sum(ix), fresh.sum(ix), "sum of {}", node.name);
        let mut sum = overview.own(ix);
        node.children.iter().for_each(|child| sum += overview.sum(*child));
        assert_eq!(overview.sum(ix), sum, "sum of {} and its children", node.name);
    }
}

fn follow(world: &mut World, overview: &mut Overview, at: Option<&str>, subject: Option<&str>, body: Body) -> Fact {
    let draft = Draft {
        occurred: world.today,
        by: None,
        at: at.map(str::to_owned),
        subject: subject.map(str::to_owned),
        replaces: None,
        reason: None,
        effort: None,
        body,
    };
    let mut before = world.state.clone();
    let fact = world.write(&draft);
    let touched = before.apply(&fact);
    overview.follow(&world.state, &touched);
    check(overview, &world.state);
    fact
}

#[test]
fn a_township_and_the_county_by_hand() {
    let mut world = World::open("2026-10-01");
    let first = world.enroll("工业第1网格", 1..=10); // visit 3
    let second = world.enroll("工业第2网格", 11..=14); // visit 2
    (1..=3).for_each(|n| drop(world.on("2026-10-20").visit(n, "2026-10-20")));
    world.on("2026-11-24");
    let overview = Overview::new(&world.state, world.today);
    // First grid, 9 duties. Overdue: ledger-check of October (visit of October was met); running: visit and
    // ledger-check of November are due soon or not: 30 - 24 = 6 <= 7 and 6 > 5; the quarter's five have 37 days
    // left, the year's two have 37 > 30.
    assert_eq!(overview.own(first), Counts { overdue: 1, due_soon: 1, open: 8, quota: 3, ..Counts::default() });
    // The second grid has October's visits overdue as well.
    assert_eq!(overview.own(second), Counts { overdue: 2, due_soon: 1, open: 8, quota: 2, ..Counts::default() });
    // The two villages' grid stands as the second one does: nothing was done there.
    let farm = world.state.org().node_ix("330000001-N1").unwrap();
    assert_eq!(overview.own(farm), Counts { quota: 1, ..overview.own(second) });
    let town = world.grid("东乡");
    assert_eq!(overview.own(town), Counts::default());
    assert_eq!(overview.sum(town), Counts { overdue: 5, due_soon: 3, open: 24, quota: 6, ..Counts::default() });
    // The other township has its village grid: 2 overdue, 1 due soon, 8 open. The flat grid is empty.
    let root = world.grid("小县");
    assert_eq!(overview.sum(root), Counts { overdue: 7, due_soon: 4, open: 32, quota: 7, ..Counts::default() });
    check(&overview, &world.state);
    assert_eq!(overview.rows(first)[0].state.key(), "overdue", "the overdue come first");
}

#[test]
fn following_a_tick_changes_its_path_only() {
    let mut world = World::open("2026-10-01");
    let grid = world.enroll("工业第1网格", 1..=1);
    world.on("2026-11-23");
    let mut overview = Overview::new(&world.state, world.today);
    let before: Vec<Counts> = world.state.org().nodes().map(|(ix, _)| overview.sum(ix)).collect();
    let id = world.state.org().node(grid).id.clone();
    follow(&mut world, &mut overview, Some(&id), Some("E0001"), Body::Visit(Default::default()));
    let path: Vec<NodeIx> = world.state.org().path_up(grid).collect();
    assert_eq!(path.len(), 3);
    for (ix, _) in world.state.org().nodes() {
        let was = before[ix.0 as usize];
        let now = overview.sum(ix);
        if path.contains(&ix) {
            assert_eq!((now.met, now.due_soon + now.open), (was.met + 1, was.due_soon + was.open - 1));
        } else {
            assert_eq!(now, was);
        }
    }
}

#[test]
fn following_flags_units_wherever_they_are_flagged() {
    let mut world = World::open("2026-10-01");
    world.enroll("工业第1网格", 1..=1);
    let mut overview = Overview::new(&world.state, world.today);
    let unit = |division: &str| {
        Body::Unit(UnitRecord {
            code: "X".to_owned(),
            name: "某厂".to_owned(),
            division: division.to_owned(),
            ..UnitRecord::default()
        })
    };
    let flags = |world: &World, overview: &Overview| {
        ["东乡", "西乡", "小县"].map(|name| overview.own(world.grid(name)).unplaced)
    };
    follow(&mut world, &mut overview, None, Some("X"), unit("330000001"));
    assert_eq!(flags(&world, &overview), [1, 0, 0]);
    follow(&mut world, &mut overview, None, Some("X"), unit("330000002001"));
    assert_eq!(flags(&world, &overview), [0, 1, 0], "its division was corrected");
    follow(&mut world, &mut overview, None, Some("X"), unit("999999999"));
    assert_eq!(flags(&world, &overview), [0, 0, 1], "nobody's area: at the root");
    let grid = Some("330000001-G01");
    follow(&mut world, &mut overview, grid, Some("X"), Body::Placement(Placement { from: day("2026-10-05") }));
    assert_eq!(flags(&world, &overview), [0, 0, 1], "from the 5th on, and this is the 1st");
    follow(&mut world, &mut overview, grid, Some("X"), Body::Placement(Placement { from: day("2026-10-01") }));
    assert_eq!(flags(&world, &overview), [0, 0, 0]);
    follow(&mut world, &mut overview, None, Some("X"), Body::Placement(Placement { from: day("2026-10-01") }));
    assert_eq!(flags(&world, &overview), [0, 0, 1]);
    // A visit that comes before its unit's own record.
    follow(&mut world, &mut overview, grid, Some("Y"), Body::Visit(Default::default()));
    assert_eq!(flags(&world, &overview), [0, 0, 2]);
}

#[test]
fn following_the_facts_that_change_everything() {
    let mut world = World::open("2026-10-01");
    world.enroll("工业第1网格", 1..=3);
    world.import(&[RosterLine { sector: None, ..line(4) }]);
    world.on("2026-11-23");
    let mut overview = Overview::new(&world.state, world.today);
    let opened = |from| {
        Body::StoreOpened(StoreOpened { pack: "tiny".to_owned(), from: day(from), sample: false, key: Vec::new() })
    };
    follow(&mut world, &mut overview, Some("330"), None, opened("2026-08-01"));
    follow(&mut world, &mut overview, Some("330"), None, opened("2026-11-01"));
    // A grid that is not known yet, then known, then hung elsewhere.
    follow(&mut world, &mut overview, Some("330000001-G09"), Some("E0001"), Body::Visit(Default::default()));
    let node = |parent: Option<&str>, name: &str, level| {
        Body::Node(NodeRecord {
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
            level,
            form: Form::Vertical,
            sector: None,
            from: day("2026-10-01"),
            to: None,
            into: None,
        })
    };
    let id = Some("330000001-G09");
    follow(&mut world, &mut overview, id, id, node(Some("330000001"), "新网格", 3));
    follow(&mut world, &mut overview, id, id, node(Some("330000002"), "新网格", 3));
    follow(&mut world, &mut overview, Some("330000001-G10"), Some("E0001"), Body::Visit(Default::default()));
    // The root is renamed; units that nobody's area holds stay flagged at it, not at the grid that hangs loose.
    follow(&mut world, &mut overview, None, Some("Z"), Body::Unit(UnitRecord::default()));
    follow(&mut world, &mut overview, Some("330"), Some("330"), node(None, "大县", 1));
    assert_eq!(overview.own(world.grid("大县")).unplaced, 1);
    // A circle is refused: the county can't hang below its own township.
    follow(&mut world, &mut overview, Some("330"), Some("330"), node(Some("330000001"), "大县", 1));
    assert_eq!(world.state.org().roots()[0], world.grid("大县"));
}
