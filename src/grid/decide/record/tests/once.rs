//! Nothing is recorded twice.
use super::world::{GRID, World, day, text};
use crate::grid::{decide::Filled, fact::Value};

#[test]
fn the_same_return_ledger_promise_budget_or_score_is_refused() {
    let mut world = World::new();
    let due = ("due", Value::Day(day("2026-11-10")));
    let return_of = |kind: &str, period: &str| {
        let mut values = vec![("kind", text(kind)), ("period", text(period)), due.clone()];
        values.extend((kind == "other").then(|| ("table", text("临时表"))));
        world.about("return", 1, &values)
    };
    let (october, november) = (return_of("output", "2026-10"), return_of("output", "2026-11"));
    let (another, other) = (return_of("103", "2026-10"), return_of("other", "2026-10"));
    let facts = world.record(&october);
    assert_eq!(
        world.refused(&october),
        "企业1 2026年10月 工业产销 的「报表报送」已经记过，不必再记；要改请更正原来那一条"
    );
    for fresh in [&november, &another, &other, &other] {
        world.record(fresh);
    }
    let elsewhere = Filled { unit: Some(world.unit(2)), ..october.clone() };
    world.record(&elsewhere);
    let amends = Some(Box::new(facts[0].clone()));
    world.record(&Filled { amends, ..october });

    let agree = [("raw", Value::Flag(true)), ("ledger", Value::Flag(true)), ("return", Value::Flag(true))];
    let mut ledger = world.about("ledger", 1, &agree);
    ledger.values.insert("period".to_owned(), text("2026-10"));
    world.record(&ledger);
    assert!(world.refused(&ledger).starts_with("企业1 2026年10月 的「台账核对」已经记过"));
    let promise = world.about("promise", 1, &[("year", text("2026"))]);
    world.record(&promise);
    assert!(world.refused(&promise).starts_with("企业1 2026年 的「依法统计承诺」已经记过"));
    let budget = world.fill("budget", GRID, &[("year", text("2026")), ("amount", Value::Number(100))]);
    world.record(&budget);
    assert!(world.refused(&budget).starts_with("工业第1网格 2026年 的「经费预算」已经记过"));
}

#[test]
fn two_people_two_courses_and_two_clauses_are_not_the_same() {
    let mut world = World::new();
    let course = |person: &str, name: &str| {
        let values = [
            ("who", text(&world.person(person))),
            ("year", text("2026")),
            ("course", text(name)),
            ("hours", Value::Number(8)),
        ];
        world.about("education", 1, &values)
    };
    let (law, work, deputy) = (course("人员1", "法治"), course("人员1", "业务"), course("乡副", "法治"));
    world.record(&law);
    assert!(world.refused(&law).starts_with("企业1 2026年 的「继续教育」已经记过"));
    world.record(&work);
    world.record(&deputy);
    let score = |clause: &str| {
        let values = [
            ("clause", text(clause)),
            ("period", text("2026")),
            ("points", Value::Number(8)),
            ("evidence", text("记录")),
        ];
        world.fill("score", GRID, &values)
    };
    let (first, second) = (score("A2-3长-2"), score("A2-3长-3"));
    world.record(&first);
    assert!(world.refused(&first).starts_with("工业第1网格 2026年 的「考核自评」已经记过"));
    world.record(&second);
    // Another year asks again.
    world.actor.today = day("2027-02-01");
    let mut next = law.clone();
    next.on = world.actor.today;
    next.values.insert("year".to_owned(), text("2027"));
    world.record(&next);
}
