use std::sync::{Arc, LazyLock};

use wangge::grid::{
    audit,
    decide::{Setup, decide_setup},
    fact::{Body, Chain, DeviceKey, Draft, Envelope, Fact, Head, WriterId},
    pack::{BUILTIN, Pack},
    state::State,
};
use wangge::sync::{
    Message, batch, bundle,
    frame::{Frame, Frames, LONGEST, encode},
    message::{Ask, Tell},
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
    let about = envelope.about();
    let fact = match envelope.open(1_795_000_000_000) {
        Ok(fact) => fact,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    // What is told of it while it is closed is what it says, open.
    if let Some(about) = about {
        let Draft { at, subject, body, .. } = &fact.draft;
        assert_eq!((about.kind, about.at, about.subject), (body.kind(), at.as_deref(), subject.as_deref()));
        assert_eq!(
            about.form(),
            match body {
                Body::Record(record) => Some(record.form.as_str()),
                _ => None,
            }
        );
    }
    assert_eq!(written_again(&fact.draft), fact.draft);
    told(&fact);
}

/// Bytes as they come from the other side of a connection: the same frames however they are cut, each a message of one
/// side or none; what is one says the same when it is written anew.
pub fn frame(data: &[u8]) {
    let whole = frames(data, data.len().max(1));
    assert_eq!(whole, frames(data, 7));
    for frame in whole.0 {
        if let Ok(ask) = Ask::from_frame(&frame) {
            assert_eq!(again(&ask), ask);
        }
        if let Ok(tell) = Tell::from_frame(&frame) {
            assert_eq!(again(&tell), tell);
        }
    }
}

/// Bytes as a batch of entries, over the wire or in the file of a bundle: refused with a word, or no more than a batch may
/// hold, and packed again they say the same.
pub fn batch(data: &[u8]) {
    let entries = match batch::decode(data) {
        Ok(entries) => entries,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    assert!(entries.len() <= batch::MOST);
    let bytes: usize = entries.iter().map(|entry| entry.envelope.bytes().len()).sum();
    assert!(bytes <= batch::MOST_BYTES, "{bytes} bytes");
    assert_eq!(
        batch::decode(&batch::encode(&entries)).expect("what was read is packed so that it can be read"),
        entries
    );
}

/// Bytes as the file of a bundle: refused with a word, or every batch can be read. And bytes as a part of a bundle that is
/// signed as it should be: taken for what a batch is, and for nothing else.
pub fn bundle(data: &[u8]) {
    match bundle::check(&mut &data[..]) {
        Ok(head) => assert_eq!(entries_in(data), head.entries),
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
    let (key, inside) = (DeviceKey::from_secret(&[5; 32]), batch::decode(data));
    let entries = inside.as_ref().map_or(0, |entries| entries.len() as u64);
    let head = bundle::Head { key: key.public(), entries, ..bundle::Head::default() };
    let (mut file, mut part) = (Vec::new(), (!data.is_empty()).then(|| data.to_vec()));
    bundle::write(&mut file, &head, &key, &mut || Ok(part.take())).expect("memory takes it");
    let is_fine = data.is_empty() || inside.is_ok();
    assert_eq!(bundle::check(&mut &file[..]).is_ok(), is_fine && data.len() <= LONGEST);
}

fn entries_in(mut file: &[u8]) -> u64 {
    let mut batches = bundle::Batches::of(&mut file).expect("it was checked");
    let mut entries = 0;
    while let Some(part) = batches.next_batch().expect("it was checked") {
        entries += batch::decode(&part).expect("it was checked").len() as u64;
    }
    entries
}

/// The frames in these bytes, and whether what follows them can't be one.
fn frames(data: &[u8], step: usize) -> (Vec<Frame>, bool) {
    let (mut frames, mut out) = (Frames::default(), Vec::new());
    for piece in data.chunks(step) {
        frames.push(piece);
        loop {
            match frames.next(LONGEST) {
                Ok(Some(frame)) => out.push(frame),
                Ok(None) => break,
                Err(_) => return (out, true),
            }
        }
    }
    (out, false)
}

fn again<M: Message>(message: &M) -> M {
    let bytes = message.to_frame().expect("what came in a frame fits into one");
    let mut frames = Frames::default();
    frames.push(&bytes);
    let frame = frames.next(LONGEST).expect("a frame").expect("all of it");
    assert_eq!(encode(frame.kind, |out| out.extend_from_slice(&frame.payload)).expect("a frame"), bytes);
    M::from_frame(&frame).expect("what was read is written so that it can be read")
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
