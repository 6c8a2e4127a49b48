//! The pack: what is in it, part by part, and that its seal is the same wherever the node is held.
use wangge::grid::{
    handover::{Fund, Item, Part, Seat, sealed_count},
    record::form,
    standing::standings_at,
    state::State,
};

use super::*;

fn seat<'a>(world: &'a World, post: Post, from: &str) -> Seat<'a> {
    let from = world.state.org().person_ix(&person(world, from)).unwrap();
    Seat { state: &world.state, node: world.grid(GRID), post, from, today: world.today }
}

#[test]
fn duties_are_those_that_due_tells_of_the_post() {
    let mut world = with_successor();
    world.visit(1, "2026-11-20");
    for (post, who) in [(Post::Leader, "格长"), (Post::Deputy, "格副"), (Post::Guide, "格导"), (Post::Member, "人员1")]
    {
        let seat = seat(&world, post, who);
        let row = world.state.org().node(seat.node);
        let duties = &world.state.pack().duties;
        let mut due = standings_at(&world.state, seat.node, world.today);
        due.retain(|row_| duties[row_.duty].post_at(row) == Some(post) && !row_.state.is_settled());
        let pack = seat.pack();
        let told: Vec<_> = pack
            .parts()
            .flat_map(|(_, items)| items)
            .flat_map(|item| match item {
                Item::Duty(row) => vec![*row],
                Item::Matter(work) => work.rows.clone(),
                _ => Vec::new(),
            })
            .collect();
        assert_eq!(told.len(), due.len(), "{who}");
        assert!(due.iter().all(|row| told.contains(row)), "{who}");
    }
}

#[test]
fn problems_funds_units_and_access_are_told() {
    let mut world = with_successor();
    world.person = Some(person(&world, "格长"));
    let intent = Intent::Visit {
        units: vec![world.unit(2)],
        on: day("2026-11-20"),
        topics: Vec::new(),
        note: String::new(),
        problem: Some(wangge::grid::fact::ProblemFound {
            text: "台账缺页".to_owned(),
            follow_up: Some(day("2026-12-02")),
        }),
        with: Vec::new(),
        amends: None,
    };
    world.run(&intent);
    world.run(&Intent::Account { person: person(&world, "格长"), login: "gz".to_owned(), closed: false });
    let pack = seat(&world, Post::Leader, "格长").pack();
    let [Item::Matter(problem)] = pack.items(Part::Problems) else { panic!("{:?}", pack.items(Part::Problems)) };
    assert_eq!(problem.due, Some(day("2026-12-02")));
    // Three of the four were never visited; the fourth was, today.
    let never: Vec<_> =
        pack.items(Part::Unvisited).iter().map(|item| matches!(item, Item::Unvisited(_, None))).collect();
    assert_eq!(never, [true; 3]);
    assert_eq!(pack.items(Part::Units).len(), 4);
    assert_eq!(pack.items(Part::Access), [Item::Login("gz".to_owned())]);
    assert!(pack.items(Part::Funds).is_empty(), "no budget and no spending: nothing to hand over");
}

#[test]
fn funds_are_the_year_s_with_what_each_spending_lacks() {
    use std::collections::BTreeMap;
    use wangge::grid::{decide::Filled, fact::Value};
    let mut world = with_successor();
    let text = |text: &str| Value::Text(text.to_owned());
    let run = |world: &mut World, id: &str, values: Vec<(&str, Value)>| {
        let values: BTreeMap<String, Value> = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let filled = Filled {
            form: form(id).unwrap().1.id.to_owned(),
            at: world.grid(GRID),
            unit: None,
            of: None,
            on: world.today,
            values,
            attendance: Vec::new(),
            amends: None,
        };
        world.run(&Intent::Record(Box::new(filled)));
    };
    run(&mut world, "budget", vec![("year", text("2026")), ("amount", Value::Number(500_000))]);
    run(
        &mut world,
        "spending",
        vec![
            ("amount", Value::Number(120_000)),
            ("activity", text("统计之家")),
            ("attended", Value::Number(12)),
            ("voucher", text("PZ-1")),
        ],
    );
    run(&mut world, "spending", vec![("amount", Value::Number(30_050)), ("activity", text("台账会"))]);
    let pack = seat(&world, Post::Leader, "格长").pack();
    let funds: Vec<Fund> =
        pack.items(Part::Funds).iter().map(|item| if let Item::Fund(fund) = item { *fund } else { panic!() }).collect();
    let lacks = Fund::Improper { day: world.today, amount: 30_050, activity: false, attended: true, voucher: true };
    assert_eq!(funds, [Fund::Budget(500_000), Fund::Spent(150_050), Fund::Left(349_950), lacks]);
}

#[test]
fn the_statistician_of_a_unit_hands_over_that_unit_only() {
    let world = with_successor();
    let pack = seat(&world, Post::Member, "人员1").pack();
    assert_eq!(pack.items(Part::Units), [Item::Unit(world.unit(1))]);
    assert!(pack.items(Part::Unvisited).is_empty());
}

#[test]
fn a_replica_that_heard_the_facts_in_another_order_seals_the_same_pack() {
    let mut world = with_successor();
    (1..=3).for_each(|n| drop(world.visit(n, "2026-11-20")));
    let fact = offers(&mut world, "格长", "接任", "2026-11-20", "");
    let mut facts = world.facts.clone();
    // The server's own first fact stays the first.
    facts[1..].reverse();
    let mut state = State::new(world.state.pack().clone());
    facts.iter().for_each(|fact| drop(state.apply(fact)));
    let mut other = world.clone();
    other.state = state;
    let sealed = &world.state.handover(fact.id).unwrap().what.seal;
    let pack = seat(&other, Post::Leader, "格长").pack();
    assert!(pack.is_sealed_by(sealed));
    for (part, items) in pack.parts() {
        assert_eq!(sealed_count(sealed, part) as usize, items.len(), "{part:?}");
    }
    // Another visit, and it is another pack.
    let mut later = world.clone();
    later.visit(4, "2026-11-20");
    assert!(!seat(&later, Post::Leader, "格长").pack().is_sealed_by(sealed));
}
