//! Random handovers, for today and for days to come: a post that was held is held by exactly one person on every day, and
//! the order in which the facts come makes no difference.
use chrono::Days;
use proptest::prelude::*;
use wangge::grid::state::State;

use super::*;

const PEOPLE: [&str; 4] = ["甲", "乙", "丙", "丁"];

/// One step; numbers are taken modulo what there is to choose from.
#[derive(Clone, Debug)]
enum Step {
    Days(u8),
    Offer { by: u8, to: u8, ahead: u8, note: bool },
    Answer { by: u8, of: u8, kind: u8 },
    Appoint { who: u8, ahead: u8 },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let any8 = any::<u8>;
    let step = prop_oneof![
        2 => (1_u8..9).prop_map(Step::Days),
        4 => (any8(), any8(), 0_u8..12, any::<bool>())
            .prop_map(|(by, to, ahead, note)| Step::Offer { by, to, ahead, note }),
        5 => (any8(), any8(), any8()).prop_map(|(by, of, kind)| Step::Answer { by, of, kind }),
        1 => (any8(), 0_u8..6).prop_map(|(who, ahead)| Step::Appoint { who, ahead }),
    ];
    prop::collection::vec(step, 1..40)
}

fn start() -> World {
    let mut world = World::open("2026-09-01");
    world.enroll(GRID, 1..=2);
    world.appoint(GRID, Post::Leader, PEOPLE[0], "2026-09-01");
    for name in &PEOPLE[1..] {
        world.appoint("西乡", Post::Guide, name, "2026-09-01");
    }
    world.appoint("东乡", Post::Leader, "乡长", "2026-09-01");
    world.on("2026-11-02");
    world
}

/// Does a step with the rights of whoever does it; says how many facts came of it.
fn play(world: &mut World, step: &Step) -> usize {
    let cast = [PEOPLE[0], PEOPLE[1], PEOPLE[2], PEOPLE[3], "乡长"];
    let at = |n: u8, of: usize| usize::from(n) % of;
    let ahead = |world: &World, days: u8| (world.today + Days::new(u64::from(days))).to_string();
    let (who, intent) = match step {
        Step::Days(days) => {
            world.today = world.today + Days::new(u64::from(*days));
            return 0;
        }
        Step::Offer { by, to, ahead: days, note } => {
            let note = if *note { "调离" } else { "" };
            (cast[at(*by, 5)], offer(world, PEOPLE[at(*to, 4)], &ahead(world, *days), note))
        }
        Step::Answer { by, of, kind } => {
            let ids: Vec<FactId> = world.state.handovers().map(|offer| offer.id).collect();
            if ids.is_empty() {
                return 0;
            }
            let kinds = [HandoverAnswer::Confirmed, HandoverAnswer::Declined, HandoverAnswer::TakenBack];
            // Most say yes, so that posts do pass.
            let kind = kinds[at(*kind, 9).saturating_sub(6)];
            (cast[at(*by, 5)], answer(ids[at(*of, ids.len())], kind, "x"))
        }
        Step::Appoint { who, ahead: days } => {
            let intent = Intent::Appoint {
                node: world.grid(GRID),
                post: Post::Leader,
                name: PEOPLE[at(*who, 4)].to_owned(),
                phone: String::new(),
                from: day(&ahead(world, *days)),
                until: None,
            };
            // An appointment that crosses one for a later day is another rule's business.
            let is_last = leaders_from(world, day(&ahead(world, *days)));
            return match (is_last, world.decide(&intent)) {
                (true, Ok(decision)) => decision.drafts.iter().map(|draft| world.write(draft)).count(),
                _ => 0,
            };
        }
    };
    match asked(world, who, &intent) {
        Ok(decision) => decision.drafts.iter().map(|draft| world.write(draft)).count(),
        Err(_) => 0,
    }
}

/// Whether nobody begins or ends after a day.
fn leaders_from(world: &World, on: chrono::NaiveDate) -> bool {
    let row = world.state.org().node(world.grid(GRID));
    let mut held = row.holdings.iter().filter(|held| held.post == Post::Leader);
    held.all(|held| held.from <= on && held.to.is_none_or(|to| to <= on))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, ..ProptestConfig::default() })]

    #[test]
    fn a_post_never_stands_empty_or_double(steps in steps(), turns in any::<u64>()) {
        let mut world = start();
        let before = world.facts.len();
        for step in &steps {
            play(&mut world, step);
        }
        for days in 0..150 {
            let on = (day("2026-10-20") + Days::new(days)).to_string();
            let held = leaders(&world, &on);
            prop_assert_eq!(held.len(), 1, "{} {:?}", on, held);
        }
        // The facts of the handovers in another order.
        let mut facts = world.facts.clone();
        let mut turns = turns;
        let (_, late) = facts.split_at_mut(before);
        for at in (1..late.len()).rev() {
            turns = turns.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            late.swap(at, (turns >> 33) as usize % (at + 1));
        }
        let mut other = State::new(world.state.pack().clone());
        facts.iter().for_each(|fact| drop(other.apply(fact)));
        prop_assert_eq!(other.digest(), world.state.digest());
        let read = State::from_snapshot(world.state.to_snapshot(), world.state.pack()).unwrap();
        prop_assert_eq!(read.digest(), world.state.digest());
    }
}
