//! The overview: down and back with the cursor kept, every number with its facts, and news in the next frame.
use super::*;
use wangge::grid::{glance::Glance, standing::Overview};

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
