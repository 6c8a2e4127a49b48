use proptest::prelude::*;

use super::*;
use crate::{
    grid::fact::{FactId, Head, WriterId},
    log::{
        Position,
        conformance::{chain, visits},
    },
    sync::frame::{Frames, LONGEST},
    words::Language,
};

fn mark(n: u8) -> Mark {
    Mark { seq: u64::from(n), hash: [n; 32] }
}

fn id(n: u8) -> FactId {
    FactId { writer: WriterId([n; 16]), seq: u64::from(n) }
}

fn asks() -> Vec<Ask> {
    let envelopes: Vec<Sealed> = visits(&mut chain(1), 3).iter().map(Sealed::from).collect();
    let hello = Hello {
        version: VERSION,
        program: "wangge 0.1".to_owned(),
        key: [3; 32],
        proof: vec![4; 64],
        kind: Kind::Laptop,
        name: "办公室的笔记本".to_owned(),
        language: None,
    };
    let speaks = Hello { language: Some("en".to_owned()), ..hello.clone() };
    vec![
        Ask::Hello(hello),
        Ask::Hello(speaks),
        Ask::Speak("en".to_owned()),
        Ask::Append { of: 1, expected: mark(0), envelopes, more: true },
        Ask::Read { of: 2, part: Part::All, span: Span::After(7), limit: 100 },
        Ask::Read { of: 3, part: Part::Nodes(vec!["g1".to_owned()]), span: Span::Before(u64::MAX), limit: 1 },
        Ask::Read { of: 4, part: Part::Subject("u1".to_owned()), span: Span::After(0), limit: 1 },
        Ask::Read { of: 5, part: Part::Month(2026, 11), span: Span::After(0), limit: 1 },
        Ask::Find { of: 6, id: id(2) },
        Ask::Head { of: 7, writer: WriterId([1; 16]) },
        Ask::State { of: 8 },
        Ask::Tail { after: 9 },
        Ask::Push { of: 10, batch: vec![1, 2, 3] },
        Ask::Pull { of: 11, after: 5, most: 256, scope: [1; 16] },
        Ask::Bye,
        Ask::Relay { of: 11, batch: vec![4] },
        Ask::Waiting { of: 12 },
        Ask::Bundle { of: 13, device: WriterId([1; 16]), after: 5, scope: [1; 16] },
    ]
}

fn tells() -> Vec<Tell> {
    let envelope = Sealed::from(&visits(&mut chain(1), 1)[0]);
    let carried = Carried { position: 3, received_ms: -5, envelope };
    let welcome = Welcome {
        writer: WriterId([1; 16]),
        at: mark(3),
        person: Some("p1".to_owned()),
        owner: false,
        pack: "lanxi".to_owned(),
        end: 9,
        scope: [8; 16],
        server: WriterId([2; 16]),
    };
    let whys = [
        Why::Said,
        Why::Conflict(1, 2),
        Why::BrokenChain(id(1)),
        Why::Fork(id(2)),
        Why::Full("journal".to_owned()),
        Why::Denied,
        Why::Stranger,
        Why::TooMuch,
        Why::Protocol,
        Why::Closing,
    ];
    let refused = whys.into_iter().map(|why| Tell::Refused { of: 3, why, text: "不行".to_owned() });
    let others = [
        Tell::Challenge { version: 1, program: "wangge".to_owned(), store: [1; 16], nonce: [2; 32] },
        Tell::Welcome(welcome),
        Tell::Appended { of: 1, received_ms: 7, places: vec![Run { from: 1, count: 2 }] },
        Tell::Rows { of: 2, entries: vec![carried.clone()], next: Some(4) },
        Tell::Heads { of: 3, heads: vec![(WriterId([1; 16]), mark(1))] },
        Tell::State { of: 4, position: 5, part: vec![0; 100], more: true },
        Tell::Entries { upto: 6, entries: vec![carried] },
        Tell::Behind,
        Tell::Anew,
        Tell::Pushed {
            of: 5,
            received_ms: 8,
            heads: vec![(WriterId([1; 16]), mark(1))],
            held: vec![HeldLine { of: id(1), text: "停用的设备".to_owned() }],
            forked: Some(id(2)),
        },
        Tell::Pulled { of: 6, upto: 1, end: 2, scope: [1; 16], batch: vec![1] },
        Tell::Relayed { of: 8, new: vec![(id(1), 5)] },
        Tell::Waiting { of: 7, laptops: vec![Waiting { key: [5; 32], since_ms: 9, ..Waiting::default() }] },
        Tell::Notice { text: "满了".to_owned() },
        Tell::Closing,
    ];
    others.into_iter().chain(refused).collect()
}

fn through_a_frame<M: Message>(message: &M) -> Result<M, FrameFault> {
    let mut frames = Frames::default();
    frames.push(&message.to_frame()?);
    let frame = frames.next(LONGEST)?.ok_or(FrameFault::Length(0))?;
    M::from_frame(&frame)
}

#[test]
fn every_message_is_read_as_it_was_written() {
    for ask in asks() {
        assert_eq!(through_a_frame(&ask), Ok(ask));
    }
    for tell in tells() {
        assert_eq!(through_a_frame(&tell), Ok(tell));
    }
}

#[test]
fn an_earlier_build_s_hello_says_no_language_and_passes_over_one_that_is_said() {
    let [Ask::Hello(before), Ask::Hello(now)] = &asks()[..2] else { panic!("two of them") };
    assert_eq!((before.language(), now.language()), (Language::Zh, Language::En));
    // The last key of a map of six, and of seven.
    let bytes = |hello: &Hello| minicbor::to_vec(hello).unwrap_or_default();
    assert_eq!((bytes(before)[0], bytes(now)[0]), (0xa6, 0xa7));
    assert_eq!(bytes(before)[1..], bytes(now)[1..bytes(before).len()]);
    let unknown = Hello { language: Some("xx".to_owned()), ..now.clone() };
    assert_eq!(unknown.language(), Language::Zh, "what is spoken here");
}

#[test]
fn what_one_side_says_is_nothing_that_the_other_says() {
    for ask in asks() {
        let frame = Frame { kind: Tell::KIND, payload: minicbor::to_vec(&ask).unwrap_or_default() };
        assert_eq!(Ask::from_frame(&frame), Err(FrameFault::Kind(Tell::KIND)));
    }
    let unknown = Frame { kind: Ask::KIND, payload: minicbor::to_vec((99_u32, [0_u8; 0])).unwrap_or_default() };
    assert!(matches!(Ask::from_frame(&unknown), Err(FrameFault::Payload(_))));
}

#[test]
fn places_are_told_shortly_and_made_up_ones_are_not_believed() {
    let places: Vec<Position> = [1, 2, 4, 5, 6, 9].map(Position).to_vec();
    let runs = runs(&places);
    assert_eq!(runs.len(), 3);
    assert_eq!(Run::places(&runs, 6), Some(places));
    assert_eq!(Run::places(&runs, 5), None);
    let huge = [Run { from: 0, count: u64::MAX }, Run { from: 0, count: 7 }];
    assert_eq!(Run::places(&huge, 6), None);
    assert_eq!(Run::places(&[Run { from: u64::MAX, count: 1 }], 1), None);
}

#[test]
fn a_head_is_the_same_on_the_way_there_and_back() {
    let head = chain(1).head;
    assert_eq!(Head::from(Mark::from(head)), head);
}

proptest! {
    /// Bytes of anybody's choice are a message or a fault, never a panic; and of no more memory than they pay for.
    #[test]
    fn any_bytes_are_a_message_or_a_fault(payload in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Ask::from_frame(&Frame { kind: Ask::KIND, payload: payload.clone() });
        let _ = Tell::from_frame(&Frame { kind: Tell::KIND, payload });
    }

    /// The same for messages in which a byte was changed, cut off or doubled.
    #[test]
    fn damaged_messages_are_a_message_or_a_fault(which in 0_usize..40, at in 0_usize..600, byte in any::<u8>(), cut in any::<bool>()) {
        let payloads: Vec<Vec<u8>> = asks().iter().map(|a| minicbor::to_vec(a).unwrap_or_default())
            .chain(tells().iter().map(|t| minicbor::to_vec(t).unwrap_or_default())).collect();
        let mut payload = payloads[which % payloads.len()].clone();
        let at = at % payload.len();
        if cut { payload.truncate(at) } else { payload[at] = byte }
        let _ = Ask::from_frame(&Frame { kind: Ask::KIND, payload: payload.clone() });
        let _ = Tell::from_frame(&Frame { kind: Tell::KIND, payload });
    }
}
