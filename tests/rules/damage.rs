//! Snapshots that were cut short or changed on the way are refused or give wrong answers; they never bring the desk
//! down. (The store's own checksum is what keeps wrong answers out.)
use proptest::{prelude::*, test_runner::Config};
use wangge::grid::{
    plan::visit_plan,
    standing::Overview,
    state::{SnapshotError, State},
};

use super::{
    history::{Step, Written, pack, play, steps},
    world::day,
};

/// Asks a state everything, and goes on with it.
fn use_it(mut state: State, rest: &[Written]) {
    let today = day("2026-02-10");
    let mut overview = Overview::new(&state, today);
    let ask = |state: &State| {
        for (ix, _) in state.org().nodes() {
            visit_plan(state, ix, today);
            state.sessions_at(ix).for_each(drop);
            state.node_marks(ix).iter().for_each(|mark| {
                std::hint::black_box(state.fact_of(mark));
            });
            assert!(state.org().path_up(ix).count() <= state.org().nodes().len());
        }
        for (ix, _) in state.org().units() {
            state.open_problems(ix).for_each(drop);
            state.unit_marks(ix).iter().for_each(|mark| {
                std::hint::black_box(state.fact_of(mark));
            });
        }
        state.recounted().rows().for_each(drop);
    };
    ask(&state);
    for (_, fact) in rest {
        let touched = state.apply(fact);
        overview.follow(&state, &touched);
    }
    ask(&state);
    let again = state.to_snapshot();
    assert!(State::from_snapshot(again, state.pack()).is_ok());
}

fn config() -> Config {
    Config { cases: 48, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn changed_bytes_never_panic(
        steps in steps(60),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        sites in prop::collection::vec(any::<prop::sample::Index>(), 24),
    ) {
        let pack = pack();
        let facts = play(&steps);
        let (before, after) = facts.split_at(facts.len() - 20);
        let mut state = State::new(pack.clone());
        before.iter().for_each(|(_, fact)| drop(state.apply(fact)));
        let bytes = state.to_snapshot();
        let mut together = bytes.clone();
        for (at, byte) in &flips {
            together[at.index(bytes.len())] = *byte;
        }
        let one_bit = sites.iter().enumerate().map(|(n, site)| {
            let mut changed = bytes.clone();
            changed[site.index(bytes.len())] ^= 1 << (n % 8);
            changed
        });
        for changed in one_bit.chain([together]) {
            if let Ok(state) = State::from_snapshot(changed, &pack) {
                use_it(state, after);
            }
        }
    }

    #[test]
    fn cut_or_lengthened_bytes_are_refused(steps in steps(20), cut in any::<prop::sample::Index>(), more in 1_usize..9) {
        let pack = pack();
        let mut state = State::new(pack.clone());
        play(&steps).iter().for_each(|(_, fact)| drop(state.apply(fact)));
        let bytes = state.to_snapshot();
        let at = cut.index(bytes.len());
        prop_assert!(State::from_snapshot(bytes[..at].to_vec(), &pack).is_err(), "cut at {} of {}", at, bytes.len());
        let longer = [&bytes[..], &vec![0; more]].concat();
        prop_assert_eq!(State::from_snapshot(longer, &pack).unwrap_err(), SnapshotError::Damaged);
    }
}

/// The random cases rarely meet the few bytes that are pointers; here each byte of the part that is read at once is
/// made a small number in turn, larger than there are nodes.
#[test]
fn pointers_to_nothing_are_refused_wherever_they_are() {
    let pack = pack();
    let steps = [
        Step::Visit { by: 0, unit: 1, at: 0, back: 0, topics: 1, problem: true, acting: 0 },
        Step::Leaves { at: 0, who: 0, back: 0 },
        Step::Hours { by: 0, unit: 1, at: 0, back: 0, hours: 2, ago: 0 },
        Step::Grid { at: 0, town: false, closes: true, into: Some(1) },
    ];
    let facts = play(&steps);
    let mut state = State::new(pack.clone());
    facts.iter().for_each(|(_, fact)| drop(state.apply(fact)));
    let bytes = state.to_snapshot();
    let size = u32::from_le_bytes(bytes[52..56].try_into().unwrap()) as usize;
    let mut refused = 0;
    for at in 56..56 + size {
        let mut changed = bytes.clone();
        changed[at] = 23;
        match State::from_snapshot(changed, &pack) {
            Ok(state) => use_it(state, &[]),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 20 && refused < size, "{refused} of {size} were refused");
}

#[test]
fn a_snapshot_of_another_layout_or_pack_is_refused() {
    let state = State::new(pack());
    let bytes = state.to_snapshot();
    let mut other = bytes.clone();
    other[0] ^= 0xff;
    assert_eq!(State::from_snapshot(other, state.pack()).unwrap_err(), SnapshotError::Layout);
    let lanxi = std::sync::Arc::new(wangge::grid::pack::Pack::builtin("lanxi").unwrap().unwrap());
    assert_eq!(State::from_snapshot(bytes.clone(), &lanxi).unwrap_err(), SnapshotError::Pack);
    assert_eq!(State::from_snapshot(Vec::new(), &lanxi).unwrap_err(), SnapshotError::Damaged);
    assert_eq!(State::from_snapshot(bytes, state.pack()).unwrap().to_snapshot(), state.to_snapshot());
}
