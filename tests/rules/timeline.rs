//! The timeline by hand: what is done once, what comes back every year, and where it stands how.
use std::sync::Arc;

use wangge::grid::{
    decide::Intent,
    org::{NodeIx, Post},
    pack::Pack,
    standing::{DutyState, Stop, stop, timeline},
};

use super::world::{World, day, tiny_pack};

const MORE: &str = r#"
[[duty]]
id = "built"
name = "架构建成"
clause = "A1-1b"
cite = "附1 第1项"
text = "各乡镇主要负责人为网格长。"
on = ["2/vertical/leader"]
cadence = "year"
kind = "milestone"
due = "2026-06-30"
evidence = ["done"]
measure = "次"
lead_days = 30

[[duty]]
id = "year-plan"
name = "年度计划"
clause = "A2-2长-2"
cite = "附2 二级 网格长 2"
text = "制定年度统计工作计划。"
on = ["2/vertical/leader", "1/vertical/leader"]
cadence = "year"
kind = "milestone"
due = "03-31"
evidence = ["done"]
measure = "次"
lead_days = 30
"#;

/// The small county's pack with two dated duties of the 2nd level.
pub fn pack() -> Arc<Pack> {
    tiny_pack(MORE)
}

fn finish(world: &mut World, duty: &str, node: &str) {
    let (grid, on) = (world.grid(node), world.today);
    let note = String::new();
    world.run(&Intent::Done { duty: duty.to_owned(), grid, units: Vec::new(), on, period: None, note });
}

/// Every stop: due day, duty, met of asked, and the rest in words.
fn told(world: &World) -> Vec<String> {
    let of = |s: &Stop| {
        let id = &world.state.pack().duties[s.duty].id;
        format!("{} {id} {}/{} {}", s.due_on, s.met(), s.asked(), s.told(world.today))
    };
    timeline(&world.state, world.today).iter().map(of).collect()
}

#[test]
fn in_the_order_of_days_with_what_is_met_of_what_is_asked() {
    let mut world = World::with(pack(), "2026-01-01");
    world.on("2026-06-10");
    // The plan: two townships and the county, all of them late. The architecture: two townships, within the lead.
    assert_eq!(told(&world), ["2026-03-31 year-plan 0/3 逾期 3", "2026-06-30 built 0/2 将到期 2"]);
    finish(&mut world, "year-plan", "东乡");
    finish(&mut world, "built", "西乡");
    assert_eq!(
        told(&world),
        ["2026-03-31 year-plan 1/3 逾期 2，补录完成 1", "2026-06-30 built 1/2 将到期 1，已完成 1"]
    );
    let plan = timeline(&world.state, world.today).remove(0);
    let late: Vec<NodeIx> = plan.overdue().collect();
    assert_eq!(late, [world.grid("小县"), world.grid("西乡")]);
    assert_eq!(plan.worst(), Some(DutyState::Overdue));
    assert_eq!(stop(&world.state, plan.duty, plan.period, world.today), Some(plan));
}

#[test]
fn of_earlier_years_only_what_is_still_overdue_is_left() {
    let mut world = World::with(pack(), "2026-01-01");
    world.on("2026-03-02");
    finish(&mut world, "year-plan", "东乡");
    finish(&mut world, "built", "东乡");
    world.on("2027-01-10");
    assert_eq!(
        told(&world),
        [
            "2026-03-31 year-plan 0/2 逾期 2",
            // What is done once is told of for good, whoever has done it.
            "2026-06-30 built 1/2 逾期 1，已完成 1",
            "2027-03-31 year-plan 0/3 未开始 3",
        ]
    );
    finish(&mut world, "built", "西乡");
    assert_eq!(told(&world)[1], "2026-06-30 built 2/2 已完成 1，补录完成 1");
}

#[test]
fn what_was_due_before_the_store_began_is_nobodys_debt() {
    let mut world = World::with(pack(), "2026-07-01");
    world.on("2026-07-10");
    let before = |n| format!("0/0 不计 {n}（开账以前到期）");
    let told = told(&world);
    assert_eq!(told, [format!("2026-03-31 year-plan {}", before(3)), format!("2026-06-30 built {}", before(2))]);
    let stops = timeline(&world.state, world.today);
    assert!(stops.iter().all(|stop| stop.worst().is_none()));
}

#[test]
fn who_is_exempt_is_not_asked() {
    let mut world = World::with(pack(), "2026-01-01");
    let chief = world.appoint("小县", Post::Leader, "张县长", "2026-01-01");
    world.on("2026-07-10");
    let (node, period) = (world.grid("东乡"), wangge::grid::calendar::Period::parse("2026").unwrap());
    let (duty, reason) = ("built".to_owned(), "新设的乡".to_owned());
    world.run(&Intent::Exempt { duty, node, period, reason, approver: chief });
    assert_eq!(told(&world)[1], "2026-06-30 built 0/1 逾期 1，免除 1");
    assert_eq!(timeline(&world.state, day("2026-07-10"))[1].not_counted(), 0);
}
