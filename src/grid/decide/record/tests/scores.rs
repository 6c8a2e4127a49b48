//! Assessment: what a sheet suggests, the way from the self-score to the result that goes up, and who may take which step.
use super::world::{GRID, OTHER_GRID, World, day, text};
use crate::grid::{
    assess::{Move, Sheet, Stage, answered, awaited, next_of_all, own, parts, reported, returned, sheet},
    calendar::Period,
    decide::{Actor, Filled, Intent, Refusal},
    fact::{Body, Fact, Value},
};

fn quarter() -> Period {
    Period::parse("2026-Q4").unwrap()
}

fn of<'a>(world: &'a World, node: &str) -> Sheet<'a> {
    sheet(&world.state, world.node(node), quarter(), world.actor.today)
}

fn stage(world: &World, criterion: &str) -> Stage {
    of(world, GRID).lines.iter().find(|line| line.criterion.id == criterion).unwrap().stage()
}

/// Records a report of the grid for a month.
fn report(world: &mut World, period: &str) {
    let values =
        [("kind", text("economy")), ("title", text("运行")), ("content", text("平稳")), ("period", text(period))];
    world.record(&world.fill("report", GRID, &values));
}

/// Takes the next step of the whole sheet.
fn all(world: &mut World, node: &str) -> Option<(Move, Vec<Fact>)> {
    let (step, intents) = next_of_all(&world.state, &world.actor, &of(world, node))?;
    Some((step, intents.iter().flat_map(|intent| world.run(intent)).collect()))
}

/// The self-score on words alone.
fn words(world: &World, points: i64) -> Filled {
    let sheet = of(world, GRID);
    let mut filled = own(&world.state, &world.actor, &sheet, &sheet.lines[1]);
    filled.values.insert("points".to_owned(), Value::Number(points));
    filled.values.insert("evidence".to_owned(), text("编了一本手册"));
    filled
}

fn review(world: &mut World, criterion: usize, kind: &str, points: Option<i64>) {
    let id = of(world, GRID).lines[criterion].score.unwrap().id;
    let mut values = vec![("kind", text(kind)), ("content", text("见附件"))];
    values.extend(points.map(|points| ("points", Value::Number(points))));
    world.record(&world.answer("score-review", id, &values));
}

#[test]
fn what_is_suggested_follows_what_was_recorded() {
    let mut world = World::new();
    let line = |world: &World| {
        let sheet = of(world, GRID);
        (sheet.lines[0].share.done(), sheet.lines[0].share.asked(), sheet.lines[0].suggested)
    };
    assert_eq!(line(&world), (0, 1, Some(0)), "October is overdue, November has time");
    report(&mut world, "2026-10");
    assert_eq!(line(&world), (1, 1, Some(10)), "late earns half");
    report(&mut world, "2026-11");
    assert_eq!(line(&world), (2, 2, Some(15)));
    let sheet = of(&world, GRID);
    assert_eq!(sheet.lines[0].told(&world.state), "reports职责 2/2（补录1）");
    assert_eq!(sheet.lines[1].suggested, None, "words have no share");
    // The other grid owes the same and did nothing; the township has no criteria.
    assert_eq!(of(&world, OTHER_GRID).lines[0].suggested, Some(0));
    assert!(of(&world, "东乡").lines.is_empty());
    let parts: Vec<_> = parts(&world.state, world.node("东乡"), quarter(), world.actor.today);
    let names: Vec<_> = parts.iter().map(|part| world.state.org().node(part.sheet.node).name.as_str()).collect();
    assert_eq!(names, ["农业网格", GRID, OTHER_GRID], "in the order of the tree");
}

#[test]
fn a_sheet_goes_from_the_self_score_to_the_stars_in_one_step_each() {
    let mut world = World::new();
    report(&mut world, "2026-11");
    report(&mut world, "2026-10");
    let (step, facts) = all(&mut world, GRID).unwrap();
    assert_eq!((step, facts.len()), (Move::Own, 1), "what stands on words alone waits for them");
    let Body::Record(record) = &facts[0].draft.body else { panic!() };
    assert_eq!(
        (record.text("criterion"), record.number("points"), record.text("evidence")),
        ("reports", Some(15), "reports职责 2/2（补录1）")
    );
    world.record(&words(&world, 8));
    assert_eq!(of(&world, GRID).totals().own, 23);
    let (step, facts) = all(&mut world, GRID).unwrap();
    assert_eq!((step, facts.len()), (Move::Review, 2));
    let (step, facts) = all(&mut world, GRID).unwrap();
    assert_eq!((step, facts.len()), (Move::Confirm, 3), "the stars with them");
    let sheet = of(&world, GRID);
    let totals = sheet.totals();
    assert_eq!((totals.confirmed, totals.full, totals.percent(), totals.is_settled()), (23, 30, 77, true));
    assert_eq!((sheet.stars.suggested, sheet.stars.confirmed), (Some(3), Some(3)));
    assert_eq!(all(&mut world, GRID).map(|(step, _)| step), None, "nothing is left");
}

#[test]
fn all_of_a_step_is_taken_back_by_taking_its_facts_back() {
    let mut world = World::new();
    report(&mut world, "2026-10");
    let before = world.state.digest();
    let (_, facts) = all(&mut world, GRID).unwrap();
    assert_eq!(stage(&world, "reports"), Stage::Scored);
    for fact in facts {
        world.run(&Intent::Withdraw { target: Box::new(fact), reason: String::new() });
    }
    assert_eq!(stage(&world, "reports"), Stage::Open);
    assert_ne!(world.state.digest(), before, "what was taken back stays in the book");
    assert!(all(&mut world, GRID).is_some(), "and can be scored anew");
}

#[test]
fn what_is_returned_comes_back_and_waits_for_another_review() {
    let mut world = World::new();
    let score = world.record(&words(&world, 9)).remove(0);
    review(&mut world, 1, "returned", None);
    assert_eq!(stage(&world, "words"), Stage::Returned);
    let confirm = |world: &World| {
        let id = of(world, GRID).lines[1].score.unwrap().id;
        world.answer("score-confirm", id, &[("points", Value::Number(5))])
    };
    assert_eq!(world.refused(&confirm(&world)), "「A1-4d」的最后意见是「退回更正」，要等对方更正、再复核");
    let again = Filled { amends: Some(Box::new(score)), ..words(&world, 6) };
    world.record(&again);
    assert_eq!(stage(&world, "words"), Stage::Scored, "the old word was about the old score");
    assert_eq!(world.refused(&confirm(&world)), "「A1-4d」还没有「考核复核」，请先记那一步");
    review(&mut world, 1, "changed", Some(5));
    assert_eq!((stage(&world, "words"), of(&world, GRID).totals().reviewed), (Stage::Reviewed, 5));
    world.record(&confirm(&world));
    assert_eq!((stage(&world, "words"), of(&world, GRID).totals().confirmed), (Stage::Confirmed, 5));
}

#[test]
fn what_is_not_counted_earns_nothing_and_is_settled() {
    let mut world = World::new();
    world.record(&words(&world, 9));
    review(&mut world, 1, "void", None);
    let sheet = of(&world, GRID);
    assert_eq!((sheet.lines[1].stage(), sheet.lines[1].earns()), (Stage::Void, Some(0)));
    assert_eq!((sheet.totals().settled, sheet.totals().confirmed), (1, 0));
}

#[test]
fn a_quarter_is_not_its_year_and_points_have_a_bound() {
    let mut world = World::new();
    world.record(&words(&world, 8));
    assert!(world.refused(&words(&world, 8)).contains("已经记过"));
    let mut year = words(&world, 8);
    year.values.insert("period".to_owned(), text("2026"));
    world.record(&year);
    let of_year = sheet(&world.state, world.node(GRID), Period::parse("2026").unwrap(), world.actor.today);
    assert_eq!(of_year.totals().own, 8);
    let mut much = words(&world, 11);
    much.values.insert("period".to_owned(), text("2026-H2"));
    assert_eq!(world.refused(&much), "「自评分」应在 0 到 10 分之间，现在是 11");
    much.values.insert("criterion".to_owned(), text("logins"));
    assert_eq!(
        world.refused(&much),
        "工业第1网格没有编号为「logins」的考核项，可用的是 reports（汇报）、words（特色）"
    );
}

#[test]
fn the_node_scores_itself_and_the_one_above_reviews_and_refusals_say_who_could() {
    let mut world = World::new();
    report(&mut world, "2026-10");
    let who = |world: &World, name: &str| Actor::held(&world.person(name), world.actor.today);
    let (leader, deputy) = (who(&world, "格长"), who(&world, "乡副"));
    let refused = |world: &World, actor: &Actor, filled: Filled| match crate::grid::decide::decide(
        &world.state,
        actor,
        &Intent::Record(Box::new(filled)),
    ) {
        Err(Refusal::Denied(denied)) => denied.to_string(),
        other => panic!("{other:?}"),
    };
    // Nobody scores for somebody else.
    assert!(next_of_all(&world.state, &deputy, &of(&world, GRID)).is_none());
    let said = refused(&world, &deputy, words(&world, 8));
    assert!(said.contains("自评") && said.contains("网格长 格长"), "{said}");
    world.actor = leader.clone();
    assert_eq!(all(&mut world, GRID).unwrap().0, Move::Own);
    // Nobody reviews themselves.
    assert!(next_of_all(&world.state, &leader, &of(&world, GRID)).is_none());
    let id = of(&world, GRID).lines[0].score.unwrap().id;
    let agreed = world.answer("score-review", id, &[("kind", text("agreed")), ("content", text("同意"))]);
    let said = refused(&world, &leader, agreed);
    assert!(said.contains("考核复核") && said.contains("东乡") && said.contains("乡副"), "{said}");
    world.actor = deputy;
    assert_eq!(all(&mut world, GRID).unwrap().0, Move::Review);
    assert_eq!(all(&mut world, GRID).unwrap().0, Move::Confirm);
}

#[test]
fn there_is_no_ranking_unless_the_pack_turns_it_on() {
    let listed = |more: &str| {
        let mut world = World::with(more);
        for month in ["2026-10", "2026-11"] {
            let values = [
                ("kind", text("economy")),
                ("title", text("运行")),
                ("content", text("平稳")),
                ("period", text(month)),
            ];
            world.record(&world.fill("report", OTHER_GRID, &values));
        }
        // The grid that stands last in the tree is wholly confirmed, the others are not.
        let grid = of(&world, OTHER_GRID);
        let mut on_words = own(&world.state, &world.actor, &grid, &grid.lines[1]);
        on_words.values.insert("points".to_owned(), Value::Number(10));
        on_words.values.insert("evidence".to_owned(), text("手册"));
        world.record(&on_words);
        while all(&mut world, OTHER_GRID).is_some() {}
        let parts = parts(&world.state, world.node("东乡"), quarter(), world.actor.today);
        let name = |part: &crate::grid::assess::Part<'_>| world.state.org().node(part.sheet.node).name.clone();
        parts.iter().map(name).collect::<Vec<_>>()
    };
    assert_eq!(listed(""), ["农业网格", GRID, OTHER_GRID]);
    assert_eq!(listed("[assessment]\nranking = false\n"), ["农业网格", GRID, OTHER_GRID]);
    assert_eq!(listed("[assessment]\nranking = true\n"), [OTHER_GRID, "农业网格", GRID]);
}

#[test]
fn the_result_goes_up_as_it_was_confirmed_and_stays_as_it_was_sent() {
    let mut world = World::new();
    report(&mut world, "2026-11");
    let send = world.fill("score-report", "东乡", &[("period", text("2026-Q4")), ("results", text("都是满分"))]);
    assert!(world.refused(&send).starts_with("东乡2026年四季度还没有一个下级网格全部审定"), "{}", world.refused(&send));
    world.record(&words(&world, 8));
    while all(&mut world, GRID).is_some() {}
    let fact = world.record(&send).remove(0);
    let Body::Record(record) = &fact.draft.body else { panic!() };
    assert_eq!(record.text("results"), "农业网格 -\n工业第1网格 18/30 3星\n工业第2网格 -", "not what was typed");
    assert_eq!((record.number("grids"), record.number("rate")), (Some(1), Some(60)));
    let sent = reported(&world.state, world.node("东乡"), quarter()).unwrap();
    assert_eq!((sent.nodes, sent.percent, sent.day), (1, 60, day("2026-11-20")));
    assert!(reported(&world.state, world.node("西乡"), quarter()).is_none());
    assert!(world.refused(&send).contains("已经记过"));
}

/// A township whose result for the quarter is sent up.
fn sent() -> (World, Filled) {
    let mut world = World::new();
    report(&mut world, "2026-11");
    world.record(&words(&world, 8));
    while all(&mut world, GRID).is_some() {}
    let send = world.fill("score-report", "东乡", &[("period", text("2026-Q4"))]);
    world.record(&send);
    (world, send)
}

/// The answer to what the township sent.
fn answer(world: &World, kind: &str, said: &str) -> Filled {
    let sent = reported(&world.state, world.node("东乡"), quarter()).unwrap();
    let mut filled = answered(&world.actor, world.node("东乡"), sent.id);
    filled.values.insert("kind".to_owned(), text(kind));
    filled.values.insert("content".to_owned(), text(said));
    filled
}

/// How far the result has come; who is told that it waits, and who that it came back.
fn way(world: &World) -> (&'static str, usize, usize) {
    let (top, town, today) = (world.node("小县"), world.node("东乡"), world.actor.today);
    let waits = awaited(&world.state, top, today);
    assert!(waits.iter().all(|(period, whose)| *period == quarter() && *whose == [town]));
    let key = reported(&world.state, town, quarter()).unwrap().stage().key();
    (key, waits.len(), returned(&world.state, town, today).len())
}

#[test]
fn the_one_above_takes_a_result_or_returns_it_to_be_mended_and_sent_again() {
    let (mut world, send) = sent();
    assert_eq!(way(&world), ("sent", 1, 0));
    let silent = Filled { values: [("kind".to_owned(), text("returned"))].into(), ..answer(&world, "returned", "") };
    assert!(world.refused(&silent).contains("意见"), "{}", world.refused(&silent));
    world.record(&answer(&world, "returned", "工业第2网格还没有审定"));
    assert_eq!(way(&world), ("returned", 0, 1));
    assert!(world.refused(&send).contains("已经记过"), "it is mended, not sent beside the old one");
    let old = world.fact(reported(&world.state, world.node("东乡"), quarter()).unwrap().id);
    let again = Filled { amends: Some(Box::new(old)), ..send.clone() };
    let old = world.record(&again).remove(0);
    assert_eq!(way(&world), ("sent", 1, 0), "the old word was about the old result");
    world.record(&answer(&world, "accepted", ""));
    assert_eq!(way(&world), ("accepted", 0, 0));
    let again = Filled { amends: Some(Box::new(old)), ..send };
    assert!(world.refused(&again).starts_with("东乡2026年四季度的考核结果已经接收"), "{}", world.refused(&again));
    let said = world.refused(&answer(&world, "returned", "晚了"));
    assert!(said.contains("2026-Q4"), "{said}");
}

#[test]
fn whoever_sent_a_result_up_does_not_answer_it() {
    let (mut world, _) = sent();
    let who = |world: &World, name: &str| Actor::held(&world.person(name), world.actor.today);
    let (deputy, top) = (who(&world, "乡副"), who(&world, "县长"));
    world.actor = deputy;
    let said = world.refused(&answer(&world, "accepted", ""));
    assert!(said.contains("考核复核") && said.contains("县长"), "{said}");
    world.actor = top;
    world.record(&answer(&world, "accepted", ""));
    assert_eq!(way(&world).0, "accepted");
}

#[test]
fn an_acceptance_that_is_taken_back_leaves_the_result_waiting() {
    let (mut world, _) = sent();
    let fact = world.record(&answer(&world, "accepted", "")).remove(0);
    world.run(&Intent::Withdraw { target: Box::new(fact), reason: "看错了".to_owned() });
    assert_eq!(way(&world), ("sent", 1, 0));
}
