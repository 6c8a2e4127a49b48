//! The jump and the working lists: what is found, where it leads, which units a list is of.
use wangge::{
    app::{
        Command, Desk, Effect,
        lists::{Column, Problem, Visited, WorkingList},
    },
    grid::{
        calendar::Calendar,
        decide::{Actor, Intent, RosterLine},
        fact::ProblemFound,
        org::{NodeIx, Sector},
    },
};

use super::{Seat, at_a_suggestion};
use crate::rules::world::{World, code, day, line};

/// What the screen shows, without the blanks behind wide characters.
fn shown(seat: &mut Seat) -> String {
    seat.screen(120, 40).replace(' ', "")
}

fn jump(seat: &mut Seat, typed: &str) -> String {
    seat.press(Command::Jump);
    seat.type_text(typed);
    shown(seat)
}

#[test]
fn the_jump_goes_to_a_unit_a_person_a_node_and_runs_a_command() {
    let mut seat = Seat::new();
    assert!(jump(&mut seat, "qiye3").contains("企业1人员0"), "{}", shown(&mut seat));
    seat.press(Command::Open);
    let desk = shown(&mut seat);
    assert!(desk.contains("[走访]") && desk.contains(">-企业3"), "{desk}");
    jump(&mut seat, "ry7");
    seat.press(Command::Open);
    let desk = shown(&mut seat);
    assert!(desk.contains("[人员]") && desk.contains(">人员7"), "{desk}");
    jump(&mut seat, "东乡");
    seat.press(Command::Open);
    assert!(shown(&mut seat).contains("[职责]"), "{}", shown(&mut seat));
    assert_eq!(seat.app.desk.state.org().node(NodeIx(0)).name, "小县");
    jump(&mut seat, "时间表");
    seat.press(Command::Open);
    assert!(!shown(&mut seat).contains("跳到"), "{}", shown(&mut seat));
}

#[test]
fn units_are_found_by_their_code_and_people_by_their_telephone() {
    let mut seat = Seat::new();
    assert!(jump(&mut seat, "e0004").contains("企业4"), "{}", shown(&mut seat));
    seat.press(Command::Back);
    let phones = jump(&mut seat, "1380000");
    assert!(phones.contains("人员10"), "{phones}");
}

#[test]
fn what_is_new_or_renamed_since_the_index_was_built_is_found() {
    let mut seat = Seat::new();
    jump(&mut seat, "qiye");
    seat.press(Command::Back);
    let before = seat.world.facts.len();
    let renamed = RosterLine { name: "华鑫纺织".to_owned(), grid: Some("工业第1网格".to_owned()), ..line(3) };
    let added = RosterLine { name: "云山水泥".to_owned(), grid: Some("工业第1网格".to_owned()), ..line(11) };
    seat.world.import(&[renamed, added]);
    let facts = seat.world.facts[before..].to_vec();
    seat.app.desk.fold(&facts);
    assert!(jump(&mut seat, "hxfz").contains("华鑫纺织"), "{}", shown(&mut seat));
    seat.press(Command::Back);
    assert!(jump(&mut seat, "yss").contains("云山水泥"), "{}", shown(&mut seat));
    seat.press(Command::Back);
    assert!(jump(&mut seat, "企业3").contains("没有找到"), "{}", shown(&mut seat));
}

#[test]
fn nobody_jumps_away_from_a_form_that_is_not_saved() {
    let mut seat = at_a_suggestion();
    seat.press(Command::VisitForm);
    seat.press(Command::NextFocus);
    seat.type_text("账目");
    seat.press(Command::Back);
    seat.press(Command::Jump);
    assert!(seat.says().contains("表单还没有保存"), "{}", seat.says());
}

#[test]
fn a_filter_survives_moving_and_recording_and_escape_clears_it() {
    let mut seat = Seat::new();
    seat.press(Command::Tab2);
    seat.press(Command::Filter);
    seat.type_text("qiye1");
    assert!(shown(&mut seat).contains("2/"), "{}", shown(&mut seat));
    seat.press(Command::Open);
    let effects = seat.press(Command::VisitToday);
    let facts = seat.seal(&effects);
    seat.app.saved(Ok(facts));
    seat.press(Command::Down);
    let desk = shown(&mut seat);
    assert!(desk.contains("查找qiye1") && desk.contains("企业10") && !desk.contains("企业2"), "{desk}");
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("企业2"));
}

/// Six units: 1 never visited, 2 long ago, 3 last month, 4 this month with a problem whose review is over, 5 this month
/// with a problem to be reviewed, 6 this month and in another township without a grid.
fn county() -> Desk {
    let mut world = World::open("2026-07-01");
    world.on("2026-07-01").enroll("工业第1网格", 1..=5);
    world.import(&[RosterLine {
        division: "330000002".to_owned(),
        industry: "5212".to_owned(),
        sector: Some(Sector::Service),
        ..line(6)
    }]);
    world.visit(2, "2026-07-01");
    world.on("2026-10-20").visit(3, "2026-10-20");
    world.on("2026-11-05");
    for (number, follow_up) in [(4, "2026-11-10"), (5, "2026-12-10")] {
        let problem = Some(ProblemFound { text: "缺台账".to_owned(), follow_up: Some(day(follow_up)) });
        let mut visit = crate::rules::world::visit(&[world.unit(number)], "2026-11-05");
        if let Intent::Visit { problem: found, .. } = &mut visit {
            *found = problem;
        }
        world.run(&visit);
    }
    let actor = Actor::owner(None, day("2026-11-20"));
    Desk::new(world.state.clone(), Calendar::default(), actor)
}

/// The numbers of the units of a list.
fn of(desk: &Desk, node: &str, list: &WorkingList) -> Vec<u32> {
    let org = desk.state.org();
    let at = org.node_named(node).expect("a node");
    // The villages are units as well.
    let number = |unit| (1..=6).find(|n| org.unit(unit).id == code(*n));
    list.units(desk, at).into_iter().filter_map(number).collect()
}

#[test]
fn a_list_is_of_the_units_that_fit_every_condition() {
    let desk = county();
    let all = WorkingList::new("全部");
    let list = |change: &dyn Fn(&mut WorkingList)| {
        let mut list = all.clone();
        change(&mut list);
        of(&desk, "小县", &list)
    };
    assert_eq!(list(&|_| ()), [1, 6, 2, 3, 4, 5], "never visited first, then by the last visit");
    assert_eq!(list(&|l| l.visited = Visited::Never), [1, 6]);
    assert_eq!(list(&|l| l.visited = Visited::NotThisMonth), [1, 6, 2, 3]);
    assert_eq!(list(&|l| l.visited = Visited::NotForLong), [1, 6, 2]);
    assert_eq!(list(&|l| l.visited = Visited::ThisMonth), [4, 5]);
    assert_eq!(list(&|l| l.problem = Problem::Open), [4, 5]);
    assert_eq!(list(&|l| l.problem = Problem::Overdue), [4]);
    assert_eq!(list(&|l| l.sector = Some(Sector::Service)), [6]);
    assert_eq!(list(&|l| l.industry = "17".to_owned()), [1, 2, 3, 4, 5]);
    assert_eq!(list(&|l| l.industry = "lings".to_owned()), [6], "the industry's name, by pinyin");
    assert_eq!(list(&|l| l.town = "西x".to_owned()), [6]);
    assert_eq!(list(&|l| l.text = "ry4".to_owned()), [4]);
    assert_eq!(list(&|l| (l.text = "qiye".to_owned(), l.visited = Visited::ThisMonth).1), [4, 5]);
    let owing = list(&|l| l.overdue = true);
    assert_eq!(owing, [1, 2, 3, 4, 5], "each owes what every unit of its grid does each month");
    assert_eq!(of(&desk, "工业第1网格", &WorkingList { visited: Visited::Never, ..all.clone() }), [1]);
    assert_eq!(of(&desk, "西乡", &all), [6], "without a grid, in its area");
}

#[test]
fn what_is_looked_for_is_saved_as_a_list_and_shown() {
    let mut seat = Seat::new();
    seat.press(Command::Tab2);
    seat.press(Command::Filter);
    seat.type_text("qiye1");
    seat.press(Command::Open);
    seat.press(Command::Lists);
    seat.press(Command::NewList);
    assert!(shown(&mut seat).contains("查找qiye1"), "{}", shown(&mut seat));
    seat.press(Command::SaveForm);
    assert!(seat.says().contains("请写名单的名称"));
    seat.type_text("一字头");
    let effects = seat.press(Command::SaveForm);
    let Some(Effect::KeepLists(lists)) = effects.first() else { panic!("{effects:?}") };
    assert_eq!(lists.all.len(), 1);
    assert_eq!((lists.all[0].name.as_str(), lists.all[0].text.as_str()), ("一字头", "qiye1"));
    assert_eq!(lists.all[0].columns, Column::USUAL);
    let desk = shown(&mut seat);
    assert!(desk.contains("名单：一字头2家") && desk.contains("企业10") && !desk.contains("企业2"), "{desk}");
    // It is one's own: it can be deleted, after a question.
    seat.press(Command::Lists);
    assert!(seat.press(Command::DropList).is_empty());
    let effects = seat.press(Command::DropList);
    assert!(matches!(&effects[..], [Effect::KeepLists(lists)] if lists.all.is_empty()), "{effects:?}");
    assert!(seat.press(Command::DropList).is_empty() && seat.says().contains("现成的名单"), "{}", seat.says());
}

#[test]
fn a_list_form_is_not_given_up_by_one_escape() {
    let mut seat = Seat::new();
    seat.press(Command::Lists);
    seat.press(Command::NewList);
    seat.type_text("名");
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("还没有保存"));
    seat.press(Command::Back);
    assert!(shown(&mut seat).contains("新名单"));
}
