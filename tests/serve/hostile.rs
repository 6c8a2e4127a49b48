//! Clients that do not keep to the rules: each is sent away, and nobody else notices.
use std::{io::Write, time::Duration, time::Instant};

use wangge::{
    grid::fact::Head,
    sync::{
        Message,
        frame::LONGEST,
        message::{Ask, Hello, Kind, Part, Span, Tell, VERSION, Why},
        serve::Limits,
    },
};

use super::{
    PATIENCE,
    house::{Client, House, hear_all, key, knock},
};

/// Long enough for whoever works, short enough to wait for.
fn short() -> Limits {
    Limits { hello: Duration::from_millis(400), frame: Duration::from_millis(400), ..Limits::default() }
}

/// How long one tick of somebody who keeps to the rules takes.
fn tick(client: &mut Client) -> Duration {
    let begun = Instant::now();
    client.tick();
    begun.elapsed()
}

/// The reason for which the server ended a connection.
fn refused(tells: &[Tell]) -> Option<&Why> {
    tells.iter().find_map(|tell| match tell {
        Tell::Refused { of: 0, why, .. } => Some(why),
        _ => None,
    })
}

#[test]
fn half_a_frame_ends_its_connection_and_keeps_nobody_waiting() {
    let house = House::open(short());
    let mut good = house.enter(1).unwrap();
    let silent = knock(&house.socket);
    let mut half = knock(&house.socket);
    half.write_all(&[200, 0, 0]).unwrap();
    // One who has come in, and stops in the middle of a message.
    let mut late = house.enter(2).unwrap();
    late.link.writing.write_all(&[200, 0, 0, 0, 1, 2]).unwrap();
    for _ in 0..20 {
        assert!(tick(&mut good) < PATIENCE);
    }
    for stream in [&silent, &half] {
        assert_eq!(refused(&hear_all(stream)), Some(&Why::TooMuch));
    }
    let end = loop {
        match late.link.hearing.hear() {
            Ok(tell) if refused(std::slice::from_ref(&tell)).is_some() => break tell,
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(refused(&[end]), Some(&Why::TooMuch));
    good.tick();
}

#[test]
fn somebody_who_never_reads_is_dropped_and_keeps_nobody_waiting() {
    let house = House::open(Limits { waiting: 256 * 1024, write: Duration::from_millis(500), ..Limits::default() });
    let mut good = house.enter(1).unwrap();
    let mut deaf = house.enter(2).unwrap();
    let begun = Instant::now();
    let ask = |of| Ask::Read { of, part: Part::All, span: Span::After(0), limit: 500 }.to_frame().unwrap();
    let mut dropped = false;
    for of in 1.. {
        if deaf.link.writing.write_all(&ask(of)).is_err() {
            dropped = true;
            break;
        }
        if of % 50 == 0 {
            good.tick();
        }
        assert!(begun.elapsed() < PATIENCE, "it is still served");
    }
    assert!(dropped);
    good.tick();
}

#[test]
fn garbage_and_huge_lengths_end_their_connection() {
    let house = House::open(short());
    let mut good = house.enter(1).unwrap();
    let huge = (LONGEST as u32 + 1).to_le_bytes();
    let garbage: Vec<u8> = (0..4000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let hello = Ask::Hello(Hello::default()).to_frame().unwrap();
    let wrong_way = Tell::Closing.to_frame().unwrap();
    let early = Ask::Tail { after: 0 }.to_frame().unwrap();
    let cases: [&[u8]; 7] =
        [&[0xff; 64], &huge, &garbage, &[0, 0, 0, 0, 0], &wrong_way, &early, &[hello.as_slice(), b"more"].concat()];
    for bytes in cases {
        let mut stream = knock(&house.socket);
        // The server may have hung up by the second half.
        let _gone = stream.write_all(bytes);
        let tells = hear_all(&stream);
        assert!(matches!(refused(&tells), Some(Why::Protocol)), "{bytes:?}: {tells:?}");
        good.tick();
    }
    // The same after a greeting that was in order.
    let mut inside = house.enter(2).unwrap();
    inside.link.writing.write_all(&huge).unwrap();
    assert!(matches!(inside.link.hearing.hear(), Ok(Tell::Refused { of: 0, why: Why::Protocol, .. })));
    good.tick();
}

#[test]
fn nobody_holds_more_than_their_share_of_connections() {
    let house = House::open(Limits { per_user: 20, hello: PATIENCE, ..Limits::default() });
    let mut good = house.enter(1).unwrap();
    let many: Vec<_> = (0..200).map(|_| knock(&house.socket)).collect();
    let sent_away = many[19..].iter().filter(|stream| refused(&hear_all(stream)) == Some(&Why::TooMuch)).count();
    assert_eq!(sent_away, 181);
    good.tick();
    drop(many);
    // The places are free again.
    let begun = Instant::now();
    while house.enter(3).is_err() {
        assert!(begun.elapsed() < PATIENCE, "the places were not given back");
        std::thread::yield_now();
    }
}

#[test]
fn nobody_comes_in_with_a_key_that_is_not_theirs() {
    let house = House::open(short());
    let mut stream = knock(&house.socket);
    // The right key, and a proof over a challenge of another time.
    let proof = key(1).sign(b"wangge hello 1 of yesterday").to_vec();
    let hello = Hello { version: VERSION, key: key(1).public(), proof, kind: Kind::Desk, ..Hello::default() };
    stream.write_all(&Ask::Hello(hello).to_frame().unwrap()).unwrap();
    assert_eq!(refused(&hear_all(&stream)), Some(&Why::Stranger));
}

#[test]
fn what_the_device_did_not_sign_is_not_taken_in() {
    let house = House::open(short());
    let (mut own, mut other) = (house.enter(1).unwrap(), house.enter(2).unwrap());
    let (head, signed) = own.visits(2);
    // Another one's chain; a signature that is missing; bytes that were changed after signing.
    assert!(matches!(other.append(head, &signed), Tell::Refused { why: Why::Denied, .. }));
    let bare: Vec<_> = signed.iter().cloned().map(|envelope| envelope.with_signature(None)).collect();
    assert!(matches!(own.append(head, &bare), Tell::Refused { why: Why::Denied, .. }));
    let mut bytes = signed[1].bytes().to_vec();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    let changed = wangge::grid::fact::Envelope::from_bytes(bytes).unwrap();
    let changed = changed.with_signature(signed[1].signature().copied());
    assert!(matches!(own.append(head, &[signed[0].clone(), changed]), Tell::Refused { why: Why::Denied, .. }));
    // A gap, and a chain that does not hang together, are the log's to refuse.
    let skipped = Head { seq: 7, ..head };
    let tell = own.append(skipped, &signed[1..]);
    assert!(matches!(tell, Tell::Refused { why: Why::BrokenChain(_) | Why::Conflict(..), .. }), "{tell:?}");
    assert_eq!((house.count(1), house.count(2)), (0, 0));
    assert!(matches!(own.append(head, &signed), Tell::Appended { .. }));
}

#[test]
fn nobody_keeps_more_waiting_than_their_share_over_all_their_connections() {
    let house = House::open(Limits { untaken: 64 * 1024, ..Limits::default() });
    let mut good = house.enter(1).unwrap();
    // Parts of appends that never end, each more than half of what one may hold.
    let begin = |client: &mut Client| {
        let (head, part) = client.visits(160);
        let envelopes = part.iter().map(Into::into).collect();
        client.link.ask(&Ask::Append { of: 7, expected: head.into(), envelopes, more: true }).unwrap();
    };
    let refused_at = |client: &mut Client| loop {
        match client.link.hearing.hear() {
            Ok(Tell::Refused { of: 0, why, text }) => break (why, text),
            Ok(_) => {}
            Err(error) => panic!("{error}"),
        }
    };
    let mut one = house.enter(2).unwrap();
    begin(&mut one);
    good.tick();
    let mut other = house.enter(3).unwrap();
    begin(&mut other);
    let (why, text) = refused_at(&mut other);
    assert!(why == Why::TooMuch && text.contains("服务器还没来得及写入"), "{text}");
    begin(&mut one);
    assert_eq!(refused_at(&mut one).0, Why::TooMuch);
    // What they held is given back: somebody else has as much room as ever.
    drop((one, other));
    let begun = Instant::now();
    loop {
        let mut late = house.enter(4).unwrap();
        let (head, most) = late.visits(180);
        match late.append(head, &most) {
            Tell::Appended { .. } => break,
            tell => assert!(begun.elapsed() < PATIENCE, "{tell:?}"),
        }
    }
    good.tick();
}
