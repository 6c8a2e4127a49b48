//! The overview: down and back with the cursor kept, every number with its facts, and news in the next frame.
use proptest::{prelude::*, test_runner::Config};
use wangge::{
    grid::{
        glance::{Glance, MONTHS, Measure},
        org::NodeIx,
        standing::{DutyState, Overview},
        state::State,
    },
    report::{Cell, Listed},
};

use super::*;
use crate::rules::history::{pack, play, steps};

/// A desk on 5 December with two grids; of the second nothing was done since October.
fn seat() -> Seat {
    let mut world = World::open("2026-10-01");
    world.enroll("工业第1网格", 1..=10);
    world.enroll("工业第2网格", 11..=14);
    (1..=3).for_each(|n| drop(world.on("2026-10-20").visit(n, "2026-10-20")));
    world.on("2026-12-05");
    let actor = Actor::owner(None, world.today);
    let mut desk = Desk::new(world.state.clone(), Calendar::default(), actor);
    desk.home = world.grid("小县");
    Seat { app: App::new(desk, screen::open, &Route::Overview { node: world.grid("小县") }), world }
}

fn shown(seat: &mut Seat, cols: u16, rows: u16) -> String {
    seat.screen(cols, rows).replace(' ', "")
}

/// The row of a name in the map: the line that begins with it.
fn row(seat: &mut Seat, name: &str) -> String {
    let page = seat.screen(120, 40);
    let squeezed = |line: &str| line.replace(' ', "");
    let line = page.lines().find(|line| squeezed(line).trim_start_matches(['>', '!']).starts_with(name));
    line.unwrap_or_else(|| panic!("{name} in\n{page}")).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn down_to_the_enterprise_and_back_to_where_one_was() {
    let mut seat = seat();
    let county = shown(&mut seat, 80, 24);
    assert!(county.contains("小县合计") && county.contains("东乡") && county.contains("预警"), "{county}");
    let at = |seat: &mut Seat| {
        let page = shown(seat, 80, 24);
        page.lines().find(|line| line.starts_with('>')).unwrap_or_default().to_owned()
    };
    seat.press(Command::Down);
    while !at(&mut seat).contains("东乡") {
        seat.press(Command::Down);
    }
    seat.press(Command::Open);
    assert!(shown(&mut seat, 80, 24).contains("东乡合计"));
    while !at(&mut seat).contains("工业第2网格") {
        seat.press(Command::Down);
    }
    seat.press(Command::Open);
    let grid = shown(&mut seat, 80, 24);
    assert!(grid.contains("欠交项数") && grid.contains("企业14"), "{grid}");
    seat.press(Command::Back);
    assert!(at(&mut seat).contains("工业第2网格"));
    seat.press(Command::Back);
    assert!(at(&mut seat).contains("东乡"));
}

#[test]
fn every_number_opens_as_many_facts_as_it_says() {
    let mut seat = seat();
    let glance = Glance::new(&seat.app.desk.state, seat.world.today);
    let root = seat.world.grid("小县");
    let now = glance.sum(root)[11].overdue;
    assert_eq!(now, Overview::new(&seat.app.desk.state, seat.world.today).sum(root).overdue);
    seat.press(Command::Today);
    seat.press(Command::Open);
    let list = shown(&mut seat, 120, 40);
    assert!(list.contains(&format!("小县今天逾期的{now}件")), "{list}");
    // From an instance to its units without a record, and back.
    seat.press(Command::Open);
    let one = shown(&mut seat, 120, 40);
    assert!(one.contains("没有记录") && one.contains("企业"), "{one}");
    seat.press(Command::Back);
    seat.press(Command::Back);
    // October's end, before this month's.
    seat.press(Command::Left);
    seat.press(Command::Open);
    let then = glance.sum(root)[10].overdue;
    let list = shown(&mut seat, 120, 40);
    assert!(list.contains("2026年11月末逾期的") && list.contains(&format!("{then}件")) && then < now, "{list}");
}

#[test]
fn on_a_laptop_it_says_how_old_what_others_did_is() {
    let mut seat = seat();
    let instant = |day: &str| seat.world.state.instant_of(day.parse().unwrap());
    let (today, before) = (instant("2026-12-05"), instant("2026-12-03"));
    seat.app.desk.synced_ms = Some(today);
    assert!(!shown(&mut seat, 80, 24).contains("没有同步"));
    seat.app.desk.synced_ms = Some(before);
    let page = shown(&mut seat, 80, 24);
    assert!(page.contains("别人的记录只到2026-12-03：这个账本已2天没有同步\n预警"), "{page}");
}

#[test]
fn what_others_record_stands_in_the_next_frame_and_only_today_gets_better() {
    let mut seat = seat();
    let town = seat.world.grid("东乡");
    let before = row(&mut seat, "东乡");
    let told = |seat: &Seat| seat.app.desk.glance().sum(town).map(|tile| tile.overdue);
    let months = told(&seat);
    for n in [11, 12] {
        let fact = seat.world.visit(n, "2026-10-30");
        seat.app.desk.fold(&[fact]);
        seat.app.event(Event::Changed);
    }
    let after = told(&seat);
    assert_eq!((after[11], &after[..11]), (months[11] - 1, &months[..11]), "October's visits of the second grid");
    assert_ne!(row(&mut seat, "东乡"), before);
    let anew = Glance::new(&seat.app.desk.state, seat.world.today);
    assert_eq!(anew.sum(town).map(|tile| tile.overdue), after);
}

#[test]
fn it_is_whole_at_any_size_and_turns_what_it_shows() {
    let mut seat = seat();
    for measure in ["逾期件数", "走访覆盖", "按时率"] {
        for (cols, rows) in [(80, 24), (79, 23), (60, 16), (120, 40), (200, 60), (20, 5)] {
            let page = shown(&mut seat, cols, rows);
            assert!(page.contains(measure) || cols < 60 || page.contains("窗口太小"), "{cols}x{rows}\n{page}");
        }
        seat.press(Command::NextTab);
    }
}

/// Rows of the top screen's list, by the ids of its columns.
fn listed(seat: &mut App<dyn View>) -> Vec<Vec<Cell>> {
    let (desk, screens) = seat.parts();
    let listing = screens.last().and_then(|top| top.listings(desk).into_iter().next()).expect("a list");
    match listing.rows {
        Listed::Here(rows) => rows,
        Listed::Log(..) => panic!("rows at hand"),
    }
}

/// What a list of facts amounts to, as the number that is said to count them: the map's, of a node or of an enterprise.
fn counted(rows: &[Vec<Cell>], measure: Measure, of_unit: bool) -> Option<i64> {
    let number = |row: &[Cell], at: usize| match row[at] {
        Cell::Number(number) => number,
        _ => 0,
    };
    let percent = |part: i64, whole: i64| (whole > 0).then(|| part * 100 / whole);
    let (kind, need, have, state, due) = (1, 6, 7, 8, 9);
    match (measure, of_unit) {
        (Measure::Overdue, true) => {
            Some(rows.iter().filter(|row| row[0] == Cell::Empty && row[due] != Cell::Empty).count() as i64)
        }
        (Measure::Coverage, true) => Some(rows.iter().filter(|row| row[kind] == Cell::text("走访")).count() as i64),
        (Measure::Overdue, false) => Some(rows.len() as i64),
        (Measure::Coverage, false) => percent(
            rows.iter().map(|row| number(row, have).min(number(row, need))).sum(),
            rows.iter().map(|row| number(row, need)).sum(),
        ),
        (Measure::OnTime, _) => {
            let met = rows.iter().filter(|row| row[state] == Cell::text(DutyState::Met.label())).count();
            percent(met as i64, rows.len() as i64)
        }
    }
}

/// Opens every number of a node's map, and holds what the list behind it amounts to against it; says how many there were.
fn open_all(state: &State, today: chrono::NaiveDate, node: NodeIx) -> usize {
    let desk = Desk::new(state.clone(), Calendar::default(), Actor::owner(None, today));
    let mut app: App<dyn View> = App::new(desk, screen::open, &Route::Overview { node });
    let press = |app: &mut App<dyn View>, command| drop(app.event(Event::Command(command)));
    let is_grid = state.org().node(node).is_grid();
    let mut opened = 0;
    for measure in Measure::ALL {
        press(&mut app, Command::Home);
        for (at, row) in listed(&mut app).into_iter().enumerate() {
            press(&mut app, Command::Today);
            for month in (0..MONTHS).rev() {
                press(&mut app, Command::Open);
                let facts = listed(&mut app);
                press(&mut app, Command::Back);
                let of_unit = is_grid && at > 0;
                let wanted = match row[1 + month] {
                    Cell::Number(number) => Some(number),
                    _ => None,
                };
                let found = counted(&facts, measure, of_unit);
                let place = format!("{} {} {measure:?} {month}: {facts:?}", state.org().node(node).name, row[0]);
                match (wanted, measure, of_unit) {
                    // What lies on the day an enterprise is asked for is told with all that it handed in.
                    (_, Measure::OnTime, true) => {}
                    // An enterprise that is elsewhere by then has no number; what it left undone is told all the same.
                    (None, _, true) => {}
                    (None, Measure::Overdue, false) => assert_eq!(found, Some(0), "{place}"),
                    (wanted, ..) => assert_eq!(found, wanted, "{place}"),
                }
                opened += usize::from(wanted.is_some());
                if month > 0 {
                    press(&mut app, Command::Left);
                }
            }
            press(&mut app, Command::Down);
        }
        press(&mut app, Command::NextTab);
    }
    opened
}

proptest! {
    #![proptest_config(Config { cases: 40, failure_persistence: None, ..Config::default() })]

    #[test]
    fn every_number_of_a_random_county_opens_the_facts_that_it_counts(steps in steps(70), seed in any::<usize>()) {
        let facts = play(&steps);
        let mut state = State::new(pack());
        facts.iter().for_each(|(_, fact)| drop(state.apply(fact)));
        let today = facts[facts.len() - 1].0;
        let root = state.org().roots()[0];
        let grids: Vec<NodeIx> = state.org().nodes().filter(|(_, node)| node.is_grid()).map(|(ix, _)| ix).collect();
        let opened = open_all(&state, today, root) + open_all(&state, today, grids[seed % grids.len()]);
        prop_assert!(opened > 0, "only {} numbers", opened);
    }
}
