//! Who may write what where, tried over SSH: every user, every kind of fact, at their own node, above, beside and below.
//!
//! A client that asks no rules sends each fact through `ssh LOGIN@server wangge attach`, as a broken or hostile one would.
//! The table is kept beside this file; `UPDATE_RIGHTS=1 cargo test --test all ssh::rights` writes it anew.
use std::{collections::HashMap, fmt::Write as _, path::Path};

use wangge::{
    grid::{
        decide::admit::{Sender, Verdict, admit},
        fact::{Body, Draft, Fact, FactId, Withdrawn},
    },
    log::Position,
    sync::message::Why,
};

use super::county::County;
use crate::{
    crash::tell,
    rules::rights::{CAST, around, kinds},
};

/// When the server lives: the morning of 2026-11-23 in the county.
const NOW_MS: i64 = 1_795_395_600_000;

#[test]
fn every_user_is_given_what_their_post_gives_and_refused_the_rest_in_words() {
    let mut county = County::open();
    let mut table = String::from(
        "每人用自己的账号，经 SSH 直接向服务器写：● 收下，. 拒绝，空白 没有这样的网格\n「撤销」撤的是别人的记录\n",
    );
    let (mut taken, mut refused) = (0, 0);
    for (n, (_, node, _, what)) in CAST.iter().enumerate() {
        county.start();
        let rows = of_one(&county, n, node, &mut taken, &mut refused);
        county.office.stop();
        writeln!(table, "\n{what}\n  {:　<7}本级 上级 平级 下级", "").unwrap();
        for (word, cells) in rows {
            writeln!(table, "{}", format!("  {word:　<7}{}", cells.concat()).trim_end_matches(' ')).unwrap();
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ssh/rights.txt");
    if std::env::var_os("UPDATE_RIGHTS").is_some() {
        std::fs::write(&file, &table).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), table, "UPDATE_RIGHTS=1 writes it anew");
    assert!(refused > 400 && taken > 150, "{taken} taken, {refused} refused");
    tell(&format!(
        "rights over SSH: {} users, {taken} facts taken in, {refused} refused with the sentence of the rules",
        CAST.len()
    ));
}

/// The rows of one user: what came of each kind of fact at each place. The rules themselves say the same of every fact.
fn of_one(
    county: &County,
    n: usize,
    node: &str,
    taken: &mut usize,
    refused: &mut usize,
) -> Vec<(&'static str, Vec<&'static str>)> {
    let person = county.person(n);
    let mut client = county.client(n);
    let welcome = client.connect().unwrap_or_else(|e| panic!("{}: {e}", CAST[n].0)).welcome.clone();
    assert_eq!((welcome.person.as_deref(), welcome.owner), (Some(person.as_str()), false));
    let state = county.office.folded(Position(u64::MAX));
    let sender = Sender::of(&state, welcome.writer, county.world.today);
    assert_eq!(sender.person.as_deref(), Some(person.as_str()), "the server has enrolled the key");
    let named: HashMap<FactId, Fact> = sessions(county);
    let places = around(node).map(|at| at.map(|at| kinds(&county.world, at)));
    let count = places[0].as_ref().expect("an own node").len();
    let mut rows = Vec::new();
    for row in 0..count {
        let mut cells = Vec::new();
        for kinds in &places {
            let Some(kinds) = kinds else {
                cells.push("     ");
                continue;
            };
            let draft = ready(county, kinds[row].1.clone(), &person, cells.len());
            let fact = Fact {
                id: FactId { writer: welcome.writer, seq: 1 },
                recorded_ms: NOW_MS,
                received_ms: NOW_MS,
                draft: draft.clone(),
            };
            let target = wangge::grid::decide::admit::names(&fact).and_then(|id| named.get(&id));
            let wanted = admit(&state, &sender, &fact, target);
            cells.push(match (client.try_write(&[draft], NOW_MS), wanted) {
                (Ok(()), Verdict::Counts) => {
                    *taken += 1;
                    " ●   "
                }
                (Err((Why::Denied, text)), Verdict::Held(_, said)) => {
                    assert_eq!(text, said, "{} {}", CAST[n].0, kinds[row].0);
                    *refused += 1;
                    " .   "
                }
                (came, wanted) => panic!("{} {}: {came:?}, the rules say {wanted:?}", CAST[n].0, kinds[row].0),
            });
        }
        rows.push((kinds_word(&places, row), cells));
    }
    rows
}

fn kinds_word(places: &[Option<Vec<(&'static str, Draft)>>; 4], row: usize) -> &'static str {
    places[0].as_ref().map_or("", |kinds| kinds[row].0)
}

/// A fact as this person's client would send it: theirs, about somebody else's record where it takes one back.
fn ready(county: &County, mut draft: Draft, person: &str, place: usize) -> Draft {
    draft.by = Some(person.to_owned());
    let at = draft.at.clone();
    match &mut draft.body {
        Body::Withdrawn(Withdrawn { of, .. }) => {
            let found = county.sessions.iter().find(|(node, _)| Some(node) == at.as_ref());
            *of = found.expect("a session at every node").1;
        }
        Body::Settled(settled) => {
            let found = county.sessions.iter().find(|(node, _)| Some(node) == at.as_ref());
            settled.of = found.expect("a session at every node").1;
        }
        // Each a grid of its own, so that none moves another.
        Body::Node(_) => draft.subject = Some(format!("新网格-{place}")),
        // The person keeps the name by which refusals call them.
        Body::Person(record) => {
            let org = county.world.state.org();
            if let Some(ix) = draft.subject.as_deref().and_then(|id| org.person_ix(id)) {
                record.name.clone_from(&org.person(ix).record.name);
            }
        }
        _ => {}
    }
    draft
}

/// The sessions that somebody else held, as facts.
fn sessions(county: &County) -> HashMap<FactId, Fact> {
    let entries = county.office.entries().into_iter().filter_map(|entry| entry.envelope.open(entry.received_ms).ok());
    entries.filter(|fact| matches!(fact.draft.body, Body::Session(_))).map(|fact| (fact.id, fact)).collect()
}
