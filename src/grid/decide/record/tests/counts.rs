//! What records count for, and what monitors read of them.
use super::world::{GRID, OTHER_GRID, World, day, list, text};
use crate::grid::{
    decide::{Filled, Intent},
    fact::Value,
};

fn number(n: i64) -> Value {
    Value::Number(n)
}

#[test]
fn a_report_counts_by_its_kind_for_the_period_that_it_is_for() {
    let mut world = World::new();
    let values = [
        ("kind", text("economy")),
        ("title", text("10月分析")),
        ("content", text("平稳")),
        ("period", text("2026-10")),
        ("to", text("330")),
    ];
    let report = world.fill("report", GRID, &values);
    assert_eq!(world.counts(&report), ["reports"]);
    world.record(&report);
    assert_eq!(world.tally("reports", GRID, "2026-10"), (1, 0), "late");
    assert_eq!(world.tally("reports", GRID, "2026-11"), (0, 0));
    let mut clue = report.clone();
    clue.values.insert("kind".to_owned(), text("clue"));
    assert!(world.counts(&clue).is_empty());
}

#[test]
fn a_return_is_on_time_by_its_own_day_whenever_it_was_entered() {
    let mut world = World::new();
    let values = [("kind", text("output")), ("period", text("2026-10")), ("due", Value::Day(day("2026-11-10")))];
    let handed = Filled { on: day("2026-11-09"), ..world.about("return", 1, &values) };
    assert_eq!(world.counts(&handed), ["returns"]);
    world.record(&handed);
    assert_eq!(world.tally("returns", GRID, "2026-10"), (1, 1));
    world.record(&Filled { on: day("2026-11-11"), ..world.about("return", 2, &values) });
    assert_eq!(world.tally("returns", GRID, "2026-10"), (2, 1), "the second came a day late");
    let mut named = world.about("return", 3, &values);
    named.values.insert("kind".to_owned(), text("other"));
    assert_eq!(world.refused(&named), "请填写「表名」，例如 规上工业临时调查表");
    named.values.insert("table".to_owned(), text("临时表"));
    world.record(&named);
}

#[test]
fn a_ledger_that_differs_is_explained_and_starts_a_clock() {
    let mut world = World::new();
    let yes = |keys: &[&'static str]| {
        let mut values = vec![("period", text("2026-10"))];
        values.extend(keys.iter().map(|key| (*key, Value::Flag(true))));
        values
    };
    let agrees = world.about("ledger", 1, &yes(&["raw", "ledger", "return"]));
    assert_eq!(world.counts(&agrees), ["ledgers"]);
    let facts = world.record(&agrees);
    assert!(world.state.matter_of(facts[0].id).is_none());
    assert_eq!(world.says("differences", GRID), "");

    let mut differs = world.about("ledger", 2, &yes(&["raw", "ledger"]));
    assert_eq!(world.refused(&differs), "请填写「差异说明」，例如 9月产值漏记一笔 12 万元");
    differs.values.insert("explanation".to_owned(), text("漏记一笔"));
    let facts = world.record(&differs);
    assert_eq!(world.tally("ledgers", GRID, "2026-10").0, 2);
    assert_eq!(world.says("differences", GRID), "2026-11 due_soon 0/1");
    let fix = |kind: &str| {
        let values = [("kind", text(kind)), ("content", text("已改"))];
        world.answer("fix", facts[0].id, &values)
    };
    let (corrected, closed) = (fix("corrected"), fix("closed"));
    let fixed = world.record(&corrected);
    assert_eq!(fixed[0].draft.subject.as_deref(), Some("E0002"), "it is about the unit");
    assert!(world.matter(facts[0].id).is_open());
    assert_eq!(world.counts(&closed), ["differences"]);
    world.record(&closed);
    assert_eq!(world.says("differences", GRID), "2026-11 met 1/1");
}

#[test]
fn a_mutual_review_counts_on_both_sides_and_the_pairs_rotate() {
    let mut world = World::new();
    let other = world.state.org().node(world.node(OTHER_GRID)).id.clone();
    let values = [
        ("kind", text("cross")),
        ("period", text("2026-11")),
        ("partner", text(&other)),
        ("content", text("三项比对")),
        ("findings", number(1)),
    ];
    let review = world.fill("review", GRID, &values);
    let facts = world.record(&review);
    assert_eq!(facts.len(), 2);
    for grid in [GRID, OTHER_GRID] {
        assert_eq!(world.tally("reviews", grid, "2026-11"), (1, 1), "{grid}");
    }
    let words = |filled: &Filled| world.refused(filled);
    assert_eq!(words(&review), "工业第1网格 上一次就是和 工业第2网格 互查的，这次请换一个网格");
    let with = |at: &str, partner: &str| {
        let mut filled = review.clone();
        filled.at = world.node(at);
        filled.values.insert("partner".to_owned(), text(&world.state.org().node(world.node(partner)).id));
        filled
    };
    assert_eq!(words(&with(OTHER_GRID, GRID)), "工业第2网格 上一次就是和 工业第1网格 互查的，这次请换一个网格");
    assert_eq!(words(&with(GRID, GRID)), "互查不能和自己，请在「互查网格」里换一个");
    assert_eq!(words(&with(GRID, "东乡")), "工业第1网格 和 东乡 不同级，不能互查，请换一个同级的网格");
    let mut alone = review.clone();
    alone.values.remove("partner");
    assert_eq!(words(&alone), "请填写「互查网格」，例如 兰江街道/工业第2网格");
    world.record(&with(GRID, "农业网格"));
    assert!(world.try_record(&review).is_ok(), "after another one, it may be this one again");
    // A correction is no new review.
    let amends = Some(Box::new(facts[0].clone()));
    assert_eq!(world.record(&Filled { amends, ..review }).len(), 1);
}

#[test]
fn a_finding_is_fixed_by_its_day_at_a_unit_or_at_the_grid() {
    let mut world = World::new();
    let values =
        [("kind", text("joint")), ("period", text("2026-11")), ("content", text("比对")), ("findings", number(1))];
    let review = world.record(&world.fill("review", GRID, &values));
    let values = [("title", text("相差20%")), ("due", Value::Day(day("2026-11-27")))];
    let finding = Filled { of: Some(review[0].id), ..world.about("finding", 1, &values) };
    let facts = world.record(&finding);
    assert_eq!(world.matter(facts[0].id).unit, Some(world.unit(1)));
    let at_grid = world.record(&world.fill("finding", GRID, &values));
    assert_eq!(world.says("findings", GRID), "2026-11 due_soon 0/1; 2026-11 due_soon 0/1");
    let stranger = Filled { of: Some(at_grid[0].id), ..finding };
    assert_eq!(world.refused(&stranger), "「审核问题」不能挂在这条记录下面，请去掉或换一条");
    let closed = world.answer("fix", facts[0].id, &[("kind", text("closed")), ("content", text("已核实"))]);
    world.record(&closed);
    assert_eq!(world.says("findings", GRID), "2026-11 met 1/1; 2026-11 due_soon 0/1");
}

#[test]
fn staffing_is_read_number_by_number() {
    let mut world = World::new();
    let count = |all, farm, industry, service| {
        [("all", all), ("farm", farm), ("industry", industry), ("service", service)].map(|(key, n)| (key, number(n)))
    };
    assert!(world.says("staffing", "东乡").ends_with(" 0/1"));
    world.record(&world.fill("staffing", "东乡", &count(3, 1, 1, 0)));
    assert!(world.says("staffing", "东乡").ends_with(" 0/1"), "nobody for 服务业");
    world.actor.today = day("2026-11-21");
    let facts = world.record(&world.fill("staffing", "东乡", &count(3, 1, 1, 1)));
    assert_eq!(world.says("staffing", "东乡"), "2026-11 met 1/1");
    world.run(&Intent::Withdraw { target: Box::new(facts[0].clone()), reason: String::new() });
    assert!(world.says("staffing", "东乡").ends_with(" 0/1"));
    let too_many = world.fill("staffing", "东乡", &count(1_000, 1, 1, 1));
    assert_eq!(world.refused(&too_many), "「合计」应在 0 到 999 人之间，现在是 1000");
}

#[test]
fn a_budget_and_proper_spending_clear_the_flag() {
    let mut world = World::new();
    let budget = world.fill("budget", GRID, &[("year", text("2026")), ("amount", number(2_000_000))]);
    world.record(&budget);
    assert_eq!(world.says("funds", GRID), "2026-11 met 1/1");
    let bare = world.fill("spending", GRID, &[("amount", number(128_050))]);
    let facts = world.record(&bare);
    assert!(world.says("funds", GRID).ends_with(" 1/2"));
    let mut proper = Filled { amends: Some(Box::new(facts[0].clone())), ..bare };
    for (key, value) in [("activity", text("统计之家活动")), ("attended", number(18)), ("voucher", text("35"))] {
        proper.values.insert(key.to_owned(), value);
    }
    world.record(&proper);
    assert_eq!(world.says("funds", GRID), "2026-11 met 2/2");
    let nothing = world.fill("spending", GRID, &[("amount", number(0))]);
    assert!(world.refused(&nothing).starts_with("「金额」应在 1 到 "));
    // A budget of last year, entered this year, is last year's.
    world.actor.today = day("2027-01-05");
    let late = world.fill("budget", OTHER_GRID, &[("year", text("2026")), ("amount", number(1))]);
    world.record(&late);
    assert!(world.says("funds", OTHER_GRID).ends_with(" 0/1"), "{}", world.says("funds", OTHER_GRID));
}

#[test]
fn checklists_are_met_item_by_item_at_the_node_and_per_unit() {
    let mut world = World::new();
    world.record(&world.fill("checklist", GRID, &[("kind", text("home")), ("items", list(&["room"]))]));
    assert!(world.says("house", GRID).ends_with(" 1/2"));
    world.actor.today = day("2026-11-21");
    world.record(&world.fill("checklist", GRID, &[("kind", text("home")), ("items", list(&["room", "sign", "room"]))]));
    assert_eq!(world.says("house", GRID), "2026-11 met 2/2");
    let four = [("kind", text("four")), ("items", list(&["manage", "work"]))];
    world.record(&world.about("unit-checklist", 1, &four));
    assert!(world.says("systems", GRID).ends_with(" 1/3"));
    let unknown = world.fill("checklist", GRID, &[("kind", text("home")), ("items", list(&["roof"]))]);
    assert_eq!(world.refused(&unknown), "「统计之家验收」没有「roof」这一条，请从清单里选");
    let of_units = world.fill("checklist", GRID, &four);
    assert_eq!(world.refused(&of_units), "没有编号为「four」的清单可在这里核对，可选的是 home（统计之家验收）");
}

#[test]
fn hours_of_education_add_up_and_a_promise_is_signed_once_a_year() {
    let mut world = World::new();
    let person = world.person("人员1");
    let course = |name: &str, hours| {
        let values = [("who", text(&person)), ("year", text("2026")), ("course", text(name)), ("hours", number(hours))];
        world.about("education", 1, &values)
    };
    let (law, work) = (course("法治", 16), course("业务", 8));
    world.record(&law);
    assert_eq!(world.tally("education", GRID, "2026-11"), (0, 0));
    world.record(&work);
    assert_eq!(world.tally("education", GRID, "2026-11"), (1, 1));
    let promise = world.about("promise", 1, &[("year", text("2026"))]);
    assert_eq!(world.counts(&promise), ["promises"]);
    world.record(&promise);
    assert_eq!(world.tally("promises", GRID, "2026-11"), (1, 1));
}
