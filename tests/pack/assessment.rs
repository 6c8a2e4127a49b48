//! Assessment in the packs: what it may stand on, and that it says where its numbers come from.
use std::collections::{BTreeMap, BTreeSet};

use wangge::grid::{
    org::Form,
    pack::{Pack, PackFiles, Proof},
    record::FORMS,
};

use super::{builtin, files};

/// What is said of evidence in the place of the sample's.
fn faults(evidence: &str) -> Vec<String> {
    let base = files("sample");
    let text = base.pack.replace("evidence = [\"text\"]", &format!("evidence = [\"{evidence}\"]"));
    assert!(base.pack.contains("evidence = [\"text\"]"));
    let error = Pack::parse(&PackFiles { pack: &text, ..base }).err();
    error.map_or_else(Vec::new, |error| error.faults.iter().map(ToString::to_string).collect())
}

#[test]
fn a_score_stands_on_shares_of_duties_and_on_reviewed_words_and_on_nothing_else() {
    assert!(faults("text").is_empty());
    assert!(faults("duty:visit").is_empty());
    let records = ["visit", "visit/call", "session/training", "session/activity", "done"].map(str::to_owned);
    let counted = FORMS.iter().map(|form| form.id.to_owned()).chain(records);
    let measured = [
        "online",
        "online:time",
        "time",
        "hours",
        "logins",
        "login",
        "sessions",
        "checkins",
        "check-ins",
        "clicks",
        "keys",
        "photos",
        "visits",
        "count",
        "sum",
        "silence:30",
        "rank",
        "duty",
        "duties:visit",
        "Duty:visit",
        "duty:",
        "duty:logins",
        "text:5",
        "duty:visit*2",
        "",
    ];
    let counts = counted.flat_map(|word| [format!("count:{word}"), format!("number:{word}"), word]);
    for evidence in counts.chain(measured.map(str::to_owned)) {
        let faults = faults(&evidence);
        assert!(
            faults.iter().any(|fault| fault.starts_with("pack.toml:") && fault.contains(" evidence：")),
            "{evidence}: {faults:?}"
        );
    }
    // Whatever is read is one of these two.
    for pack in ["lanxi", "sample"].map(builtin) {
        for proof in pack.assessment.criteria.iter().flat_map(|criterion| &criterion.evidence) {
            match proof {
                Proof::Duty(id) => assert!(pack.duty(id).is_some(), "{id}"),
                Proof::Text => {}
            }
        }
    }
}

#[test]
fn the_policy_sets_no_points_so_that_all_of_lanxi_s_are_assumed_and_nothing_is_ranked() {
    let assessment = builtin("lanxi").assessment;
    assert!(assessment.criteria.iter().all(|criterion| criterion.assumed));
    assert!(!assessment.ranking);
    let mut full: BTreeMap<(u8, String), u32> = BTreeMap::new();
    for criterion in &assessment.criteria {
        for (level, form) in &criterion.on {
            *full.entry((*level, format!("{form:?}"))).or_default() += criterion.points;
        }
    }
    let seat = |level, form: Form| ((level, format!("{form:?}")), 100);
    let seats = [seat(0, Form::Office), seat(2, Form::Vertical), seat(3, Form::Vertical), seat(3, Form::Flat)];
    assert_eq!(full, seats.into_iter().collect(), "a hundred points each");
}

#[test]
fn every_criterion_of_lanxi_cites_a_clause_that_there_is() {
    let pack = builtin("lanxi");
    let of_duties = pack.duties.iter().map(|duty| duty.clause.as_str());
    let known: BTreeSet<&str> = of_duties.chain(pack.rules.iter().map(|rule| rule.clause.as_str())).collect();
    for criterion in &pack.assessment.criteria {
        assert!(!criterion.clauses.is_empty());
        for clause in &criterion.clauses {
            assert!(known.contains(clause.as_str()), "{}: {clause}", criterion.id);
        }
        // And what it counts is owed by those clauses.
        for id in criterion.duties() {
            let clause = &pack.duty(id).unwrap().1.clause;
            assert!(criterion.clauses.contains(clause), "{}: {id} is of {clause}", criterion.id);
        }
    }
}

#[test]
fn a_pack_without_criteria_assesses_nobody() {
    let base = files("sample");
    let text = base.pack.split("# 考核").next().unwrap();
    let pack = Pack::parse(&PackFiles { pack: text, ..base }).unwrap();
    assert!(pack.assessment.criteria.is_empty() && pack.assessment.stars.is_empty() && !pack.assessment.ranking);
}
