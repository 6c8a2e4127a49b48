//! What the corpora hold: one of each.
use wangge::{
    grid::fact::{Chain, DeviceKey, Draft, Effort, Envelope, FactId, Head, WriterId},
    log::{Entry, Position},
    sync::{
        Message, batch, bundle,
        message::{Ask, Carried, HeldLine, Hello, Kind, Mark, Part, Run, Sealed, Span, Tell, VERSION, Welcome, Why},
    },
};

use crate::rules::rights::{county, kinds};

/// The moment at which the seeds were written down.
const NOW: i64 = 1_795_000_000_000;

/// One fact of each kind.
pub fn facts() -> Vec<(String, Vec<u8>)> {
    let named = |envelope: &Envelope| {
        let kind = envelope.open(NOW).expect("a fact").draft.body.kind().to_owned();
        (format!("{:02}-{kind}", envelope.id().seq), envelope.bytes().to_vec())
    };
    let typed = ("24-typed".to_owned(), typed().bytes().to_vec());
    envelopes().iter().map(named).chain([typed]).collect()
}

/// A fact that was typed at a desk.
fn typed() -> Envelope {
    let (_, draft) = kinds(&county(), "工业第1网格").into_iter().next().expect("a kind");
    let effort = Some(Effort { keys: 41, seconds: 300 });
    Chain::new(WriterId([8; 16]), Head::default()).seal(&Draft { effort, ..draft }, NOW)
}

fn envelopes() -> Vec<Envelope> {
    let mut chain = Chain::new(WriterId([7; 16]), Head::default());
    kinds(&county(), "工业第1网格").iter().map(|(_, draft)| chain.seal(draft, NOW)).collect()
}

/// Batches of one entry, of one of each kind, and of signed ones of two writers.
pub fn batches() -> Vec<(String, Vec<u8>)> {
    let entry =
        |(position, envelope): (u64, Envelope)| Entry { position: Position(position), received_ms: NOW, envelope };
    let all: Vec<Entry> = (1..).zip(envelopes()).map(entry).collect();
    let key = DeviceKey::from_secret(&[4; 32]);
    let mut own = Chain::new(key.writer(), Head::default());
    let drafts: Vec<_> = kinds(&county(), "工业第1网格").into_iter().take(4).map(|(_, draft)| draft).collect();
    let signed = own.seal_group(&drafts, NOW, &key);
    let mixed: Vec<Entry> = all.iter().take(3).cloned().chain((100..).zip(signed).map(entry)).collect();
    let named = |name: &str, entries: &[Entry]| (name.to_owned(), batch::encode(entries));
    // One that version 1 has no column for.
    let typed: Vec<Entry> = all.iter().take(3).cloned().chain([entry((200, typed()))]).collect();
    vec![
        named("one", &all[..1]),
        named("all", &all),
        named("mixed", &mixed),
        named("none", &[]),
        named("typed", &typed),
    ]
}

/// Bundles of no batch, of one, and of two, and a batch that may stand in one.
pub fn bundles() -> Vec<(String, Vec<u8>)> {
    let key = DeviceKey::from_secret(&[5; 32]);
    let parts: Vec<Vec<u8>> = batches().into_iter().take(2).map(|(_, bytes)| bytes).collect();
    let of = |parts: &[Vec<u8>]| {
        let entries = parts.iter().map(|part| batch::decode(part).expect("a batch").len() as u64).sum();
        let head = bundle::Head { store: [9; 16], key: key.public(), made_ms: NOW, entries, ..Default::default() };
        let (mut out, mut parts) = (Vec::new(), parts.iter().cloned());
        bundle::write(&mut out, &head, &key, &mut || Ok(parts.next())).expect("memory takes it");
        out
    };
    let named = |name: &str, bytes| (name.to_owned(), bytes);
    vec![
        named("none", of(&[])),
        named("one", of(&parts[..1])),
        named("two", of(&parts)),
        named("part", parts[0].clone()),
    ]
}

/// A message of each sort in its frame, and two in a row.
pub fn frames() -> Vec<(String, Vec<u8>)> {
    let asks: Vec<Vec<u8>> = asks().iter().map(|ask| ask.to_frame().expect("a frame")).collect();
    let tells: Vec<Vec<u8>> = tells().iter().map(|tell| tell.to_frame().expect("a frame")).collect();
    let both = [&asks[1][..], &asks[2]].concat();
    let named = |name: &'static str| move |(n, bytes): (usize, Vec<u8>)| (format!("{name}-{n:02}"), bytes);
    let asks = asks.into_iter().enumerate().map(named("ask"));
    asks.chain(tells.into_iter().enumerate().map(named("tell"))).chain([("two".to_owned(), both)]).collect()
}

const ID: FactId = FactId { writer: WriterId([7; 16]), seq: 3 };
const MARK: Mark = Mark { seq: 3, hash: [5; 32] };

fn asks() -> Vec<Ask> {
    let envelopes: Vec<Sealed> = envelopes().iter().take(3).map(Sealed::from).collect();
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
        Ask::Append { of: 1, expected: MARK, envelopes, more: false },
        Ask::Read { of: 2, part: Part::All, span: Span::After(7), limit: 100 },
        Ask::Read { of: 3, part: Part::Nodes(vec!["g1".to_owned()]), span: Span::Before(u64::MAX), limit: 1 },
        Ask::Read { of: 4, part: Part::Subject("u1".to_owned()), span: Span::After(0), limit: 1 },
        Ask::Read { of: 5, part: Part::Month(2026, 11), span: Span::After(0), limit: 1 },
        Ask::Find { of: 6, id: ID },
        Ask::Head { of: 7, writer: ID.writer },
        Ask::State { of: 8 },
        Ask::Tail { after: 9 },
        Ask::Push { of: 10, batch: vec![1, 2, 3] },
        Ask::Pull { of: 11, after: 5, most: 256, scope: [1; 16] },
        Ask::Bye,
        Ask::Hello(speaks),
        Ask::Speak("en".to_owned()),
    ]
}

fn tells() -> Vec<Tell> {
    let envelope = Sealed::from(&envelopes()[0]);
    let carried = Carried { position: 3, received_ms: -5, envelope };
    let welcome = Welcome { writer: ID.writer, at: MARK, person: Some("p1".to_owned()), ..Welcome::default() };
    let heads = vec![(ID.writer, MARK)];
    let held = vec![HeldLine { of: ID, text: "停用的设备".to_owned() }];
    vec![
        Tell::Challenge { version: VERSION, program: "wangge".to_owned(), store: [1; 16], nonce: [2; 32] },
        Tell::Welcome(welcome),
        Tell::Refused { of: 3, why: Why::Fork(ID), text: "不行".to_owned() },
        Tell::Appended { of: 1, received_ms: 7, places: vec![Run { from: 1, count: 2 }] },
        Tell::Rows { of: 2, entries: vec![carried.clone()], next: Some(4) },
        Tell::Heads { of: 3, heads: heads.clone() },
        Tell::State { of: 4, position: 5, part: vec![0; 100], more: true },
        Tell::Entries { upto: 6, entries: vec![carried] },
        Tell::Pushed { of: 5, received_ms: 8, heads, held, forked: Some(ID) },
        Tell::Pulled { of: 6, upto: 1, end: 2, scope: [1; 16], batch: vec![1] },
        Tell::Notice { text: "满了".to_owned() },
        Tell::Closing,
    ]
}
