#![allow(clippy::unwrap_used)]
use proptest::prelude::*;

use super::*;
use crate::{
    grid::fact::{Chain, DeviceKey, Draft, Effort, Envelope, Head},
    log::{
        Position,
        conformance::{chain, visit, visits},
    },
};

fn entry(position: u64, received_ms: i64, envelope: Envelope) -> Entry {
    Entry { position: Position(position), received_ms, envelope }
}

/// What equality of envelopes leaves out.
fn signatures(entries: &[Entry]) -> Vec<Option<[u8; 64]>> {
    entries.iter().map(|entry| entry.envelope.signature().copied()).collect()
}

/// An envelope of any writer, at any place, with any payload.
fn odd(writer: u8, seq: u64, previous: [u8; 32], recorded_ms: i64, payload: &[u8]) -> Envelope {
    let fixed = [&[ENVELOPE][..], &[writer; 16], &seq.to_le_bytes(), &previous, &recorded_ms.to_le_bytes()].concat();
    Envelope::from_bytes([&fixed, payload].concat()).unwrap()
}

/// A visit that was typed at a desk.
fn typed(keys: u16, seconds: u16) -> Envelope {
    chain(1).seal(&Draft { effort: Some(Effort { keys, seconds }), ..visit(1, "g", "u") }, 0)
}

prop_compose! {
    fn any_entry()(
        writer in 0..3_u8,
        seq in prop_oneof![0..4_u64, any::<u64>()],
        previous in prop_oneof![Just([0; 32]), any::<[u8; 32]>()],
        recorded_ms in any::<i64>(),
        payload in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..40),
            (0..9_u32).prop_map(|day| visits(&mut chain(1), day + 1)[day as usize].bytes()[FIXED..].to_vec()),
            any::<(u16, u16)>().prop_map(|(keys, seconds)| typed(keys, seconds).bytes()[FIXED..].to_vec()),
        ],
        signature in proptest::option::of(any::<[u8; 32]>()),
        position in any::<u64>(),
        received_ms in any::<i64>(),
    ) -> Entry {
        let signature = signature.map(|half| std::array::from_fn(|i| half[i % 32]));
        entry(position, received_ms, odd(writer, seq, previous, recorded_ms, &payload).with_signature(signature))
    }
}

proptest! {
    #[test]
    fn any_entries_come_back_as_they_were(entries in proptest::collection::vec(any_entry(), 0..40)) {
        let again = decode(&encode(&entries)).unwrap();
        prop_assert_eq!(&again, &entries);
    }

    #[test]
    fn any_bytes_are_a_batch_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _refused = decode(&bytes);
        for version in 1..=VERSION {
            let _refused = decode(&[&[version, 3, 0, 40], &bytes[..]].concat());
        }
    }
}

#[test]
fn a_changed_or_missing_byte_is_refused_or_still_a_batch_within_bounds() {
    let key = DeviceKey::from_secret(&[4; 32]);
    let mut writer = chain(1);
    let sent = visits(&mut writer, 40).into_iter().map(|envelope| envelope.signed(&key));
    let entries: Vec<_> = sent.enumerate().map(|(i, envelope)| entry(i as u64 + 9, 70, envelope)).collect();
    let bytes = encode(&entries);
    assert_eq!(decode(&bytes).as_ref(), Ok(&entries));
    for at in 0..bytes.len() {
        assert!(decode(&bytes[..at]).is_err(), "cut at {at}");
        for bit in 0..8 {
            let mut broken = bytes.clone();
            broken[at] ^= 1 << bit;
            let unfolded =
                decode(&broken).map(|entries| entries.iter().map(|e| e.envelope.bytes().len()).sum::<usize>());
            assert!(unfolded.is_err() || unfolded.is_ok_and(|bytes| bytes <= MOST_BYTES), "{at}.{bit}");
        }
    }
    assert!(decode(&[&bytes[..], &[0]].concat()).is_err(), "a byte too many");
}

#[test]
fn only_the_last_signature_of_an_unbroken_run_travels() {
    let key = DeviceKey::from_secret(&[4; 32]);
    let signed = |n: u8, count: u32| -> Vec<Envelope> {
        visits(&mut chain(n), count).into_iter().map(|envelope| envelope.signed(&key)).collect()
    };
    let (one, mut two) = (signed(1, 4), signed(2, 5));
    // The last of one is not signed; of two the middle one is missing.
    let last = one[3].clone().with_signature(None);
    two.remove(2);
    let mixed = [&one[0], &two[0], &one[1], &two[1], &one[2], &two[2], &last, &two[3]];
    let entries: Vec<_> = mixed.iter().map(|envelope| entry(1, 1, (*envelope).clone())).collect();
    let again = decode(&encode(&entries)).unwrap();
    let travelled: Vec<bool> = signatures(&again).iter().map(Option::is_some).collect();
    assert_eq!(travelled, [false, false, false, true, true, false, false, true]);
    for (after, before) in signatures(&again).into_iter().zip(signatures(&entries)) {
        assert!(after.is_none() || after == before);
    }
}

#[test]
fn what_is_small_on_the_wire_and_big_unfolded_is_refused() {
    let long = "长".repeat(4_000);
    let mut writer = Chain::new(chain(1).writer, Head::default());
    let entries: Vec<_> = (0..MOST as u64).map(|n| entry(n + 1, 0, writer.seal(&visit(1, &long, "u"), 0))).collect();
    assert!(cut(&entries) < 60, "what fits into a batch is {} entries of 12 kB", cut(&entries));
    let bytes = encode(&entries);
    assert!(bytes.len() < 4_000);
    assert_eq!(decode(&bytes), Err(BatchFault::TooMuch));
    assert!(decode(&encode(&entries[..cut(&entries)])).is_ok());
    // A column that says it is longer than any batch.
    let mut claims = vec![VERSION, 1, 0];
    numbers::put(&mut claims, u64::MAX);
    assert_eq!(decode(&claims), Err(BatchFault::TooMuch));
    assert_eq!(decode(&[VERSION + 1]), Err(BatchFault::Version(VERSION + 1)));
}

#[test]
fn what_earlier_builds_read_is_written_for_them_and_what_they_wrote_is_read() {
    let plain: Vec<_> = (1..).zip(visits(&mut chain(1), 5)).map(|(n, envelope)| entry(n, 7, envelope)).collect();
    let bytes = encode(&plain);
    assert_eq!(bytes[0], 1, "nothing in it is new");
    assert_eq!(decode(&bytes).as_ref(), Ok(&plain));
    let with: Vec<_> = plain.iter().cloned().chain([entry(6, 7, typed(40, 95))]).collect();
    let bytes = encode(&with);
    assert_eq!(bytes[0], 2);
    assert_eq!(decode(&bytes).as_ref(), Ok(&with));
}
