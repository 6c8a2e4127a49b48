//! Clocks that start and are answered: problems, changes, needs, questions, scores.
use super::world::{GRID, World, day, text};
use crate::grid::{
    decide::{Filled, Intent},
    fact::{FactId, ProblemFound, Value},
    org::Post,
};

/// Records an answer today and returns what it counted for.
fn answer(world: &mut World, form: &str, of: FactId, values: &[(&str, Value)]) -> Vec<String> {
    let filled = world.answer(form, of, values);
    let counted = world.counts(&filled);
    world.record(&filled);
    counted
}

#[test]
fn a_problem_is_followed_until_it_is_solved() {
    let mut world = World::new();
    let visit = Intent::Visit {
        units: vec![world.unit(1)],
        on: day("2026-11-18"),
        topics: Vec::new(),
        note: String::new(),
        problem: Some(ProblemFound { text: "缺签字".to_owned(), follow_up: None }),
        with: Vec::new(),
        amends: None,
    };
    let visit = world.run(&visit).remove(0).id;
    assert_eq!(world.says("problems", GRID), "2026-11 due_soon 0/1");
    let step = |kind: &str| [("kind", text(kind)), ("content", text("已联系"))];
    assert!(answer(&mut world, "follow", visit, &step("on")).is_empty());
    assert!(world.matter(visit).is_open());
    assert_eq!(answer(&mut world, "follow", visit, &step("solved")), ["problems"]);
    assert_eq!(world.says("problems", GRID), "2026-11 met 1/1");
    let early = Filled { on: day("2026-11-17"), ..world.answer("follow", visit, &step("on")) };
    assert_eq!(world.refused(&early), "「缺签字」已经办结，不用再记");
}

#[test]
fn a_change_of_staff_is_filed_whoever_told_of_it() {
    let mut world = World::new();
    // The organisation's own records tell of one: another leader.
    let (node, phone, from) = (world.node(GRID), String::new(), world.actor.today);
    world.run(&Intent::Appoint { node, post: Post::Leader, name: "新格长".to_owned(), phone, from, until: None });
    // A form tells of another, about a unit.
    world.record(&world.about("change", 2, &[("title", text("统计员休假"))]));
    assert_eq!(world.says("changes", GRID), "2026-11 due_soon 0/1; 2026-11 due_soon 0/1");
    let ids: Vec<FactId> = world.state.matters().map(|matter| matter.id).collect();
    assert_eq!(ids.len(), 2);
    for id in ids {
        assert_eq!(answer(&mut world, "filing", id, &[("to", text("市统计局"))]), ["changes"]);
    }
    assert_eq!(world.says("changes", GRID), "2026-11 met 1/1; 2026-11 met 1/1");
}

#[test]
fn needs_and_questions_are_answered() {
    let mut world = World::new();
    let need = world.record(&world.fill("need", GRID, &[("title", text("讲能源报表"))])).remove(0).id;
    let question = world.record(&world.about("question", 1, &[("title", text("产值怎么算"))])).remove(0).id;
    assert_eq!((world.says("needs", GRID), world.says("questions", GRID)), {
        let due = "2026-11 due_soon 0/1".to_owned();
        (due.clone(), due)
    });
    assert_eq!(answer(&mut world, "feedback", need, &[("content", text("下季度讲"))]), ["needs"]);
    let words = [("content", text("按加工费")), ("faq", Value::Flag(true))];
    assert_eq!(answer(&mut world, "answer", question, &words), ["questions"]);
    assert!(world.state.matters().all(|matter| !matter.is_open()));
}

#[test]
fn a_score_is_reviewed_before_it_is_confirmed() {
    let mut world = World::new();
    let values = [
        ("clause", text("A2-3长-2")),
        ("period", text("2026")),
        ("points", Value::Number(8)),
        ("evidence", text("走访记录")),
    ];
    let score = world.record(&world.fill("score", GRID, &values)).remove(0).id;
    assert_eq!(world.says("scores", GRID), "2026-11 due_soon 0/1");
    let confirm = [("points", Value::Number(7))];
    assert_eq!(
        world.refused(&world.answer("score-confirm", score, &confirm)),
        "「A2-3长-2」还没有「考核复核」，请先记那一步"
    );
    let review = [("kind", text("changed")), ("points", Value::Number(7)), ("content", text("少一次"))];
    assert!(answer(&mut world, "score-review", score, &review).is_empty());
    assert!(world.matter(score).is_open());
    assert_eq!(answer(&mut world, "score-confirm", score, &confirm), ["scores"]);
    assert!(!world.matter(score).is_open());
}
