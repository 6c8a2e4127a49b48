//! A post passes from one person to the next: who may say what, what is refused in words, and that it never stands empty or
//! double by it.
mod cases;
mod pack;
mod random;
mod received;

use wangge::grid::{
    decide::{Actor, Decision, Intent, Refusal, decide},
    fact::{Body, Fact, FactId, HandoverAnswer},
    org::Post,
};

use super::{
    rights::{GRID, county, person},
    world::{World, day},
};

/// Offers the leader's post of the grid; whoever acts is the world's person.
fn offer(world: &World, to: &str, on: &str, note: &str) -> Intent {
    Intent::HandOver {
        node: world.grid(GRID),
        post: Post::Leader,
        from: None,
        to: person(world, to),
        on: day(on),
        note: note.to_owned(),
    }
}

fn answer(of: FactId, kind: HandoverAnswer, note: &str) -> Intent {
    Intent::AnswerHandover { of, kind, note: note.to_owned() }
}

/// What the rules say to somebody's intent, with the rights of their posts and no others.
fn asked(world: &World, who: &str, intent: &Intent) -> Result<Decision, Refusal> {
    decide(&world.state, &Actor::held(&person(world, who), world.today), intent)
}

/// Does what somebody intends, with their rights.
fn does(world: &mut World, who: &str, intent: &Intent) -> Vec<Fact> {
    let decision = asked(world, who, intent).unwrap();
    decision.drafts.iter().map(|draft| world.write(draft)).collect()
}

/// The county with somebody new on the roster who holds nothing.
fn with_successor() -> World {
    let mut world = county();
    world.appoint("西乡", Post::Guide, "接任", "2026-09-01");
    let (node, person) = (world.grid("西乡"), person(&world, "接任"));
    let row = world.state.org().node(node);
    let held = row.holdings.iter().find(|held| world.state.org().person(held.person).id == person).copied().unwrap();
    let ended = wangge::grid::fact::PostHolding {
        post: held.post,
        from: held.from,
        to: Some(day("2026-10-01")),
        change: false,
        stand_in: false,
    };
    let draft = wangge::grid::fact::Draft {
        occurred: world.today,
        by: None,
        at: Some(row.id.clone()),
        subject: Some(person),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Post(ended),
    };
    world.write(&draft);
    world
}

/// Who holds the leader's post of the grid on a day, by name.
fn leaders(world: &World, on: &str) -> Vec<String> {
    let org = world.state.org();
    let node = org.node(world.grid(GRID));
    node.holders_on(Post::Leader, day(on)).map(|who| org.person(who).record.name.clone()).collect()
}

/// Offers the leader's post of the grid with somebody's rights; the one fact of it.
fn offers(world: &mut World, who: &str, to: &str, on: &str, note: &str) -> Fact {
    let intent = offer(world, to, on, note);
    let facts = does(world, who, &intent);
    let [fact] = &facts[..] else { panic!("{facts:?}") };
    fact.clone()
}
