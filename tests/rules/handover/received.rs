//! What laptops send of handovers: the same rules where it comes in, whoever was first.
use wangge::grid::{
    decide::{
        admit::{Sender, Verdict, admit, held},
        rights,
    },
    fact::{Chain, DeviceKey, Draft, Head, HeldWhy},
};

use super::*;
use crate::rules::world::instant;

/// The county with laptops for these people.
fn equipped() -> World {
    let mut world = with_successor();
    for name in ["格长", "接任", "格副", "乡长"] {
        let (person, key) = (person(&world, name), key_of(&world, name).public());
        world.run(&Intent::Enroll { person, key, name: format!("{name}的笔记本") });
    }
    world
}

fn key_of(world: &World, name: &str) -> DeviceKey {
    let mut secret = [0; 32];
    secret.iter_mut().zip(person(world, name).bytes()).for_each(|(to, from)| *to = from);
    DeviceKey::from_secret(&secret)
}

/// What somebody's laptop wrote down, taken in by the server one by one: what does not count is held first.
fn comes(server: &mut World, name: &str, drafts: &[Draft]) -> Vec<Option<HeldWhy>> {
    let mut chain = Chain::new(key_of(server, name).writer(), Head::default());
    let at = instant(server.today, "12:00:00");
    let mut out = Vec::new();
    for draft in drafts {
        let fact = chain.seal(draft, at).open(at).unwrap();
        let sender = Sender::of(&server.state, fact.id.writer, server.today);
        let verdict = admit(&server.state, &sender, &fact, None);
        out.push(match &verdict {
            Verdict::Counts => None,
            Verdict::Held(why, text) => {
                assert!(!text.is_empty());
                server.write(&held(&fact, *why, [text.clone(), text.clone()], server.today));
                Some(*why)
            }
        });
        server.take_in(fact);
    }
    out
}

#[test]
fn a_confirmation_counts_with_its_posts_and_opens_no_door_later() {
    let mut server = equipped();
    let fact = offers(&mut server, "格长", "接任", "2026-11-20", "");
    let yes = asked(&server, "接任", &answer(fact.id, HandoverAnswer::Confirmed, "")).unwrap().drafts;
    let posts: Vec<Draft> = yes[1..].to_vec();
    // The posts without the confirmation before them pass as well: they come in one group.
    assert!(
        posts.iter().all(|draft| rights::may(
            &server.state,
            &Actor::held(&person(&server, "接任"), server.today),
            draft
        )
        .is_ok())
    );
    // Nobody else writes them.
    for who in ["格长", "格副"] {
        let actor = Actor::held(&person(&server, who), server.today);
        assert!(posts.iter().all(|draft| rights::may(&server.state, &actor, draft).is_err()), "{who}");
    }
    assert_eq!(comes(&mut server, "接任", &yes), [None, None, None]);
    assert_eq!(leaders(&server, "2026-11-20"), ["接任"]);
    // The county gives the post to another; the old offer gives it back to nobody.
    server.on("2026-11-24").appoint(GRID, Post::Leader, "空降", "2026-11-24");
    let actor = Actor::held(&person(&server, "接任"), server.today);
    assert!(posts.iter().all(|draft| rights::may(&server.state, &actor, draft).is_err()));
    let again: Vec<Draft> = posts.iter().map(|draft| Draft { occurred: server.today, ..draft.clone() }).collect();
    assert!(again.iter().all(|draft| rights::may(&server.state, &actor, draft).is_err()));
    assert_eq!(leaders(&server, "2026-11-24"), ["空降"]);
}

#[test]
fn of_two_who_were_offered_the_same_the_first_to_confirm_has_it() {
    let mut server = equipped();
    let first = offers(&mut server, "格长", "接任", "2026-11-20", "");
    // Made on another laptop that did not know of the first one.
    let apart = asked(&equipped(), "乡长", &offer(&equipped(), "格副", "2026-11-20", "调离")).unwrap().drafts;
    assert_eq!(comes(&mut server, "乡长", &apart), [Some(HeldWhy::Closed)]);
    let yes = asked(&server, "接任", &answer(first.id, HandoverAnswer::Confirmed, "")).unwrap().drafts;
    let back = asked(&server, "格长", &answer(first.id, HandoverAnswer::TakenBack, "反悔")).unwrap().drafts;
    assert_eq!(comes(&mut server, "接任", &yes), [None, None, None]);
    assert_eq!(comes(&mut server, "格长", &back), [Some(HeldWhy::Closed)], "it was confirmed before");
    assert_eq!(leaders(&server, "2026-11-20"), ["接任"]);
}

#[test]
fn what_was_taken_back_before_the_yes_came_passes_nothing() {
    let mut server = equipped();
    let fact = offers(&mut server, "格长", "接任", "2026-11-20", "");
    let yes = asked(&server, "接任", &answer(fact.id, HandoverAnswer::Confirmed, "")).unwrap().drafts;
    does(&mut server, "格长", &answer(fact.id, HandoverAnswer::TakenBack, "写错了"));
    let verdicts = comes(&mut server, "接任", &yes);
    assert!(verdicts.iter().all(Option::is_some), "{verdicts:?}");
    assert_eq!(leaders(&server, "2026-11-21"), ["格长"]);
}

#[test]
fn the_successor_sees_the_node_while_it_is_offered_and_writes_nothing() {
    use wangge::grid::scope::Scope;
    let mut world = equipped();
    let (me, node) = (person(&world, "接任"), world.grid(GRID));
    let sees = |world: &World| Scope::of(&world.state, &me, world.today).is_inside(&world.state, node);
    assert!(!sees(&world));
    let fact = offers(&mut world, "格长", "接任", "2026-12-01", "");
    assert!(sees(&world));
    assert!(!Scope::of(&world.state, &me, world.today).is_inside(&world.state, world.grid("工业第2网格")));
    assert!(asked(&world, "接任", &crate::rules::world::visit(&[world.unit(1)], "2026-11-20")).is_err());
    let mut declined = world.clone();
    does(&mut declined, "接任", &answer(fact.id, HandoverAnswer::Declined, "另有任用"));
    assert!(!sees(&declined));
    // Confirmed for a day to come: it is seen until then, and after that by the post.
    does(&mut world, "接任", &answer(fact.id, HandoverAnswer::Confirmed, ""));
    assert!(sees(&world));
    assert!(asked(&world, "接任", &crate::rules::world::visit(&[world.unit(1)], "2026-11-20")).is_err());
    world.on("2026-12-01");
    assert!(sees(&world));
    assert!(asked(&world, "接任", &crate::rules::world::visit(&[world.unit(1)], "2026-12-01")).is_ok());
}
