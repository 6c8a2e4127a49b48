//! The burden table: its sums are those of the facts, it tells of no one person, and it is the same everywhere.
use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use wangge::{
    grid::{
        calendar::{Cadence, Period},
        decide::{Actor, counts_for},
        fact::{Body, Done, Draft, Effort, Fact, Topic, Visit, Withdrawn},
        org::NodeIx,
        pack::SHEETS,
        state::What,
    },
    report::{Burden, FEW, Kind, Reader, Scope, Work},
};

use super::{done, home, in_home, numbers::rows};
use crate::{
    crash::Dice,
    rules::world::{World, day},
};

/// Where entries are made: two grids of a township, one of an office, a township without any, the county.
const PLACES: [&str; 5] = ["工业第1网格", "农业网格", "建筑业网格", "西乡", "小县"];
/// Where the table is asked for.
const ASKED: [&str; 4] = ["小县", "东乡", "西乡", "建设局"];
/// Each person's keys are counted in digits of their own, so that a sum says whose they are.
const PEOPLE: usize = 4;
const DIGIT: u32 = 4;

/// A world, and entries at random: of up to four people, each of whom types one key in a digit of their own.
fn entries(dice: &mut Dice, n: usize) -> (World, Vec<Fact>) {
    let mut world = World::open("2026-09-01");
    world.on("2026-09-01").enroll("工业第1网格", 1..=10);
    world.on("2026-11-20");
    let mut facts: Vec<Fact> = Vec::new();
    for _ in 0..n {
        let at = world.grid(PLACES[dice.below(PLACES.len())]);
        let who = dice.below(PEOPLE);
        let effort = Effort { keys: 1 << (DIGIT * who as u32), seconds: dice.below(90) as u16 };
        let topics = [vec![], vec![Topic::Ledger], vec![Topic::Law, Topic::Ledger]][dice.below(3)].clone();
        let body = match (dice.below(6), facts.last()) {
            (0, _) => Body::Done(Done { duty: "analysis".to_owned(), ..Done::default() }),
            (1, Some(last)) => Body::Withdrawn(Withdrawn { of: last.id, reason: String::new() }),
            _ => Body::Visit(Visit { topics, ..Visit::default() }),
        };
        let draft = Draft {
            occurred: day(["2026-10-12", "2026-11-03", "2026-11-19"][dice.below(3)]),
            by: Some(format!("p{who}")),
            at: Some(world.state.org().node(at).id.clone()),
            subject: None,
            replaces: facts.last().filter(|_| dice.below(5) == 0).map(|fact| fact.id),
            reason: None,
            // Some came from the command line.
            effort: (dice.below(5) > 0).then_some(effort),
            body,
        };
        facts.push(world.write(&draft));
    }
    (world, facts)
}

fn burden<'w>(world: &'w World, facts: &[Fact], at: &str, period: &str) -> (Scope<'w>, Burden) {
    let (actor, period) = (Actor::owner(None, world.today), Period::parse(period).unwrap());
    let scope = Scope::new(&world.state, world.grid(at), period, &actor);
    let mut burden = Burden::default();
    facts.iter().for_each(|fact| burden.take(&scope, fact));
    (scope, burden)
}

/// How many people a sum of keys is of.
fn people(keys: u64) -> usize {
    (0..PEOPLE).filter(|who| keys >> (DIGIT * *who as u32) & ((1 << DIGIT) - 1) != 0).count()
}

/// The duties that an entry serves.
fn serves(world: &World, at: NodeIx, fact: &Fact) -> Vec<usize> {
    let what = match &fact.draft.body {
        Body::Visit(visit) => What::visit(&visit.topics),
        Body::Done(done) => What::Done { duty: world.duty(&done.duty) as u8 },
        _ => return Vec::new(),
    };
    counts_for(&world.state, at, what, &[])
}

#[test]
fn every_sum_is_that_of_the_facts_behind_it() {
    let mut dice = Dice::from_env();
    for _ in 0..40 {
        let (world, facts) = entries(&mut dice, 60);
        let (scope, burden) = burden(&world, &facts, "小县", "2026-11");
        let mut counted: BTreeMap<(Option<usize>, Kind), [u32; 4]> = BTreeMap::new();
        let here = facts.iter().filter(|fact| fact.draft.occurred >= day("2026-11-01"));
        for fact in here.clone() {
            let at = world.state.org().node_ix(fact.draft.at.as_deref().unwrap()).unwrap();
            let duties = serves(&world, at, fact);
            let rows = if duties.is_empty() { vec![None] } else { duties.iter().copied().map(Some).collect() };
            for duty in rows {
                let sum = counted.entry((duty, Kind::of(&fact.draft.body).unwrap())).or_default();
                sum[0] += 1;
                sum[1] += u32::from(fact.draft.replaces.is_some());
                sum[2] += u32::from(fact.draft.effort.is_some());
                sum[3] += duties.len() as u32;
            }
        }
        let rows = burden.work(&scope);
        let told: BTreeMap<_, _> =
            rows.iter().map(|row| ((row.duty, row.kind), [row.entries, row.again, row.measured, row.serves])).collect();
        assert_eq!(told, counted, "{}", dice.seed());
        assert_eq!(rows.len(), told.len(), "one row for each");
        // Where enough people typed, every key and second is there, and no more.
        let all: u64 = here.filter_map(|fact| fact.draft.effort).map(|effort| u64::from(effort.seconds)).sum();
        let forms = burden.forms(&scope);
        let whole: Vec<&Work> = forms.iter().filter(|row| row.told == row.measured).collect();
        assert!(forms.iter().all(|row| row.told <= row.measured));
        assert!(forms.iter().map(|row| row.seconds).sum::<u64>() <= all, "{}", dice.seed());
        if whole.len() == forms.len() {
            assert_eq!(forms.iter().map(|row| row.seconds).sum::<u64>(), all, "{}", dice.seed());
        }
    }
}

/// A told figure, and what is left where others of the same month and form are taken from it.
fn told(rows: &[Work]) -> BTreeMap<(i32, Option<usize>, Kind), u64> {
    rows.iter().map(|row| ((row.month.ordinal(), row.duty, row.kind), row.all_keys().unwrap_or(0))).collect()
}

/// The facts behind a row.
fn behind(world: &World, facts: &[Fact], (month, duty, kind): (i32, Option<usize>, Kind)) -> BTreeSet<usize> {
    let month = Period::from_ordinal(Cadence::Month, month);
    let is = |fact: &Fact| {
        let at = world.state.org().node_ix(fact.draft.at.as_deref().unwrap()).unwrap();
        let duties = serves(world, at, fact);
        let of_duty = duty.map_or(duties.is_empty(), |duty| duties.contains(&duty));
        month.contains(fact.draft.occurred) && Kind::of(&fact.draft.body) == Some(kind) && of_duty
    };
    (0..facts.len()).filter(|i| is(&facts[*i])).collect()
}

#[test]
fn no_figure_and_no_difference_of_figures_is_of_fewer_people_than_three() {
    let mut dice = Dice::from_env();
    let (mut told_any, mut hid_any) = (false, false);
    for _ in 0..120 {
        let n = 4 + dice.below(26);
        let (world, facts) = entries(&mut dice, n);
        let at = |node: &str| {
            let (scope, burden) = burden(&world, &facts, node, "2026");
            (burden.work(&scope), burden.forms(&scope))
        };
        let asked: Vec<(Vec<Work>, Vec<Work>)> = ASKED.iter().map(|node| at(node)).collect();
        for (work, forms) in &asked {
            for row in work.iter().chain(forms) {
                assert!(row.all_keys().is_none_or(|keys| people(keys) >= FEW), "{}: {row:?}", dice.seed());
                told_any |= row.told > 0;
                hid_any |= row.is_hidden();
            }
        }
        // What the county has more than its parts, and one duty more than another of the same form.
        let (county, parts) = asked.split_first().unwrap();
        let parts: Vec<_> = parts.iter().map(|(work, _)| told(work)).collect();
        let whole = told(&county.0);
        for (key, keys) in &whole {
            let below: u64 = parts.iter().filter_map(|part| part.get(key)).sum();
            let rest = keys.checked_sub(below).expect("the whole holds its parts");
            assert!(rest == 0 || people(rest) >= FEW, "{}: {key:?} {rest:o}", dice.seed());
            let mine = behind(&world, &facts, *key);
            let others = whole.iter().filter(|(other, _)| (other.0, other.2) == (key.0, key.2));
            for (other, less) in others.filter(|(other, _)| behind(&world, &facts, **other).is_subset(&mine)) {
                let rest = keys - less;
                assert!(rest == 0 || people(rest) >= FEW, "{}: {key:?} {other:?} {rest:x}", dice.seed());
            }
        }
        // A grid is a handful of people: nothing of it is told, however many typed there.
        let (scope, burden) = burden(&world, &facts, PLACES[0], "2026");
        assert!(burden.work(&scope).iter().all(|row| row.told == 0));
    }
    assert!(told_any && hid_any, "both come up");
}

#[test]
fn what_reads_a_field_is_known_and_every_field_is_one_of_a_form() {
    let county = super::model::open();
    let scene = county.scene("330781", "2026", &Actor::owner(None, day("2026-11-23")));
    let fields = scene.burden.fields(&scene.scope);
    let used: BTreeSet<Kind> = fields.iter().map(|row| row.kind).collect();
    assert!(used.len() > 8, "{used:?}");
    for row in &fields {
        assert!(row.kind.fields().contains(&row.key) && row.filled <= row.asked && !row.label.is_empty(), "{row:?}");
        for reader in &row.readers {
            match reader {
                Reader::Sheet(id) => assert!(SHEETS.iter().any(|kind| kind.id == *id), "{row:?}"),
                Reader::Duty(duty) => assert!(*duty < scene.scope.state.pack().duties.len(), "{row:?}"),
                Reader::Rules | Reader::Paste(_) => {}
            }
        }
    }
    // What is asked for only where something else is so is not said to be of no use.
    assert!(fields.iter().all(|row| !(row.must && row.verdict.could_go())), "{fields:?}");
    let note = fields.iter().find(|row| (row.kind, row.key) == (Kind::Visit, "note")).unwrap();
    assert!(note.readers.contains(&Reader::Sheet("visits")), "{note:?}");
    // The county was made up without a desk: entries there are many, and what they cost is not known.
    let (measured, all) = scene.burden.measured();
    assert!(measured == 0 && all > 500, "{measured} of {all}");
}

#[test]
fn the_command_the_table_and_the_pack_of_the_year_say_the_same() {
    let home = home();
    let said = String::from_utf8(done(&home, &["burden", "--period", "2026", "--json"])).unwrap();
    let said: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let of = |table: &str| said.iter().filter(|row| row["table"] == table).cloned().collect::<Vec<Value>>();
    let (work, fields) = (of("work"), of("field"));
    assert!(work.len() > 10 && fields.len() > 20, "{} {}", work.len(), fields.len());
    done(&home, &["export", "burden", "--period", "2026", "-o", "负担.xlsx"]);
    done(&home, &["export", "fields", "--period", "2026", "-o", "字段.csv"]);
    let pack = String::from_utf8(done(&home, &["export", "year", "--period", "2026", "-o", "年报.xlsx"])).unwrap();
    assert!(pack.contains("18 张表"), "{pack}");
    let number = |value: &Value| value.as_u64().map_or(String::new(), |n| n.to_string());
    let wanted: Vec<[String; 4]> =
        work.iter().map(|row| ["entries", "again", "told", "serves"].map(|key| number(&row[key]))).collect();
    for file in ["负担.xlsx", "年报.xlsx"] {
        let sheets = super::numbers::sheets(&home, file);
        let found: Vec<[String; 4]> = rows(&sheets["负担表"])
            .iter()
            .map(|row| ["录入条数", "更正条数", "计入合计条数", "计入次数"].map(|title| row[title].clone()))
            .collect();
        assert_eq!(found, wanted, "{file}");
    }
    let csv = std::fs::read_to_string(in_home(&home, "字段.csv")).unwrap();
    assert_eq!(csv.lines().count(), fields.len() + 1);
    // No line names a person, and no line of the log says what one fact cost.
    let people: Vec<Value> = String::from_utf8(done(&home, &["log", "--json"]))
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .inspect(|fact| assert!(fact.get("effort").is_none() && fact.get("keys").is_none()))
        .filter(|fact| fact["kind"] == "person")
        .collect();
    let told = format!("{said:?}");
    assert!(people.iter().all(|person| !told.contains(person["body"]["name"].as_str().unwrap())));
}
