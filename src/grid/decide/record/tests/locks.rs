//! A locked day can't be recorded, corrected or taken back, unless an exception names it.
use super::world::{GRID, World, day, text};
use crate::grid::{
    calendar::Period,
    decide::{Filled, Intent, Refusal},
    fact::{Fact, SessionKind, Value},
};

fn visit(world: &World, on: &str, amends: Option<Fact>) -> Intent {
    Intent::Visit {
        units: vec![world.unit(1)],
        on: day(on),
        topics: Vec::new(),
        note: String::new(),
        problem: None,
        with: Vec::new(),
        amends: amends.map(Box::new),
    }
}

fn session(world: &World, node: &str, on: &str) -> Intent {
    Intent::Session {
        grid: world.node(node),
        kind: SessionKind::Training,
        on: day(on),
        topic: "填报".to_owned(),
        minutes: 60,
        attendance: Vec::new(),
        note: String::new(),
        amends: None,
    }
}

fn done(world: &World, on: &str, period: Option<&str>) -> Intent {
    Intent::Done {
        duty: "plan".to_owned(),
        grid: world.node("东乡"),
        units: Vec::new(),
        on: day(on),
        period: period.and_then(Period::parse),
        note: String::new(),
    }
}

fn ledger(world: &World, on: &str, period: &str) -> Intent {
    let flags = ["raw", "ledger", "return"].map(|key| (key, Value::Flag(true)));
    let mut filled = Filled { on: day(on), ..world.about("ledger", 1, &flags) };
    filled.values.insert("period".to_owned(), text(period));
    Intent::Record(Box::new(filled))
}

#[test]
fn locked_days_are_refused_by_every_kind_of_record() {
    let mut world = World::new();
    let visited = world.run(&visit(&world, "2026-10-20", None)).remove(0);
    let node = world.node("东乡");
    world.run(&Intent::Lock { node, through: day("2026-10-31") });
    let words =
        "2026-10-21 已封账（封到 2026-10-31），工业第1网格 不能再补录；确需补录请上级准予：wangge record unlock";
    assert_eq!(world.decide(&visit(&world, "2026-10-21", None)).unwrap_err().to_string(), words);
    let locked = |world: &World, intent: &Intent| matches!(world.decide(intent), Err(Refusal::Locked(..)));
    for intent in [
        session(&world, GRID, "2026-10-21"),
        done(&world, "2026-10-21", None),
        done(&world, "2026-11-02", Some("2026-10")),
        ledger(&world, "2026-10-21", "2026-10"),
        // What is done today for a locked month would change that month.
        ledger(&world, "2026-11-02", "2026-10"),
        visit(&world, "2026-11-02", Some(visited.clone())),
        Intent::Withdraw { target: Box::new(visited.clone()), reason: String::new() },
    ] {
        assert!(locked(&world, &intent), "{intent:?}");
    }
    for intent in [
        visit(&world, "2026-11-01", None),
        session(&world, "小县", "2026-10-21"),
        done(&world, "2026-11-02", None),
        ledger(&world, "2026-11-02", "2026-11"),
    ] {
        assert!(!locked(&world, &intent), "{intent:?}");
    }
    // A named exception lets through what it names, while it runs.
    let approver = world.person("县长");
    let unlock = Intent::Unlock {
        node: world.node(GRID),
        from: day("2026-10-20"),
        through: day("2026-10-25"),
        until: day("2026-11-25"),
        reason: "系统停机".to_owned(),
        approver,
    };
    let unlocked = world.run(&unlock).remove(0);
    assert!(world.decide(&visit(&world, "2026-10-21", None)).is_ok());
    assert!(locked(&world, &visit(&world, "2026-10-26", None)));
    world.run(&Intent::Withdraw { target: Box::new(unlocked), reason: String::new() });
    assert!(locked(&world, &visit(&world, "2026-10-21", None)));
}

#[test]
fn exemptions_locks_and_records_are_taken_back() {
    let mut world = World::new();
    let node = world.node("东乡");
    let lock = world.run(&Intent::Lock { node, through: day("2026-10-31") }).remove(0);
    world.run(&Intent::Withdraw { target: Box::new(lock), reason: "封早了".to_owned() });
    assert!(world.decide(&visit(&world, "2026-10-21", None)).is_ok());
    let exempt = Intent::Exempt {
        duty: "plan".to_owned(),
        node,
        period: Period::parse("2026-10").unwrap(),
        reason: "汛期".to_owned(),
        approver: world.person("县长"),
    };
    let exempt = world.run(&exempt).remove(0);
    assert!(!world.says("plan", "东乡").contains("2026-10"));
    world.run(&Intent::Withdraw { target: Box::new(exempt), reason: String::new() });
    assert!(world.says("plan", "东乡").starts_with("2026-10 overdue"));
    let record = world.run(&ledger(&world, "2026-11-02", "2026-10")).remove(0);
    assert_eq!(world.tally("ledgers", GRID, "2026-10"), (1, 0));
    world.run(&Intent::Withdraw { target: Box::new(record), reason: String::new() });
    assert_eq!(world.tally("ledgers", GRID, "2026-10"), (0, 0));
}

#[test]
fn sessions_and_done_are_recorded_at_every_node_that_exists() {
    let mut world = World::new();
    for node in ["小县", "东乡", GRID] {
        world.run(&session(&world, node, "2026-11-19"));
    }
    assert_eq!(world.tally("training", "东乡", "2026-11"), (2, 2), "its own and its grid's");
    assert_eq!(
        world.decide(&session(&world, "东乡", "2026-09-30")).unwrap_err().to_string(),
        "东乡 在 2026-09-30 还没有建立或已经撤销，请换一个日期"
    );
    world.run(&done(&world, "2026-11-19", None));
    assert_eq!(world.tally("plan", "东乡", "2026-11"), (1, 1));
    let place = Intent::Place { units: vec![world.unit(1)], grid: world.node("东乡"), from: day("2026-11-20") };
    assert_eq!(world.decide(&place), Err(Refusal::NotAGrid("东乡".to_owned(), "三级网格".to_owned())));
}
