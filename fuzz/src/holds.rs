use std::sync::{Arc, LazyLock};

use wangge::grid::{
    audit,
    decide::{Setup, decide_setup},
    fact::{Chain, Draft, Envelope, Fact, Head, WriterId},
    pack::{BUILTIN, Pack},
    state::State,
};

/// A small county to which facts are told.
static COUNTY: LazyLock<State> = LazyLock::new(|| {
    let sample = BUILTIN.iter().find(|files| files.id == "sample").expect("a small pack");
    let pack = Arc::new(Pack::parse(sample).expect("a pack"));
    let mut state = State::new(pack.clone());
    let mut chain = Chain::new(WriterId([9; 16]), Head::default());
    let from = "2026-01-01".parse().expect("a day");
    for draft in decide_setup(&pack, Setup { from, sample: false }) {
        let fact = chain.seal(&draft, 1_790_000_000_000).open(1_790_000_000_000).expect("a fact");
        state.apply(&fact);
    }
    state
});

/// Bytes as a fact: refused with a word, or read; what was read says the same again when it is written anew, and the
/// state takes it in, whatever it says, alone and twice, and is saved and read back.
pub fn fact(data: &[u8]) {
    let Ok(envelope) = Envelope::from_bytes(data.to_vec()) else { return };
    assert_eq!(envelope.bytes(), data);
    let fact = match envelope.open(1_795_000_000_000) {
        Ok(fact) => fact,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    assert_eq!(written_again(&fact.draft), fact.draft);
    told(&fact);
}

fn written_again(draft: &Draft) -> Draft {
    let mut chain = Chain::new(WriterId([1; 16]), Head::default());
    chain.seal(draft, 7).open(7).expect("what was read is written so that it can be read").draft
}

fn told(fact: &Fact) {
    let mut state = COUNTY.clone();
    state.apply(fact);
    let once = state.count();
    state.apply(fact);
    assert!(state.count() >= once);
    let read = State::from_snapshot(state.to_snapshot(), state.pack()).expect("what was saved is read");
    assert_eq!(read.to_snapshot(), state.to_snapshot());
    let days = audit::Asked { from: chrono::NaiveDate::MIN, to: chrono::NaiveDate::MAX, at: None, by: None };
    let _ = audit::line(&state, &days, fact).map(|line| audit::bursts(&[line]));
}
