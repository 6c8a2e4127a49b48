//! Answers that are lost: what is sent again is taken in once.
use std::{
    io::{Read, Write},
    os::unix::net::{UnixListener, UnixStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::channel,
    },
    thread,
    time::Instant,
};

use wangge::{
    log::{Notice, Position, Subtree},
    sync::{
        Again, Link, LinkError, Message, Streams,
        message::{Ask, Kind, Span, Tell, VERSION, Welcome},
        serve::Limits,
        socket, store_over,
    },
};

use super::{
    PATIENCE,
    house::{Client, House, key},
};

#[test]
fn an_append_whose_answer_was_lost_is_sent_again_and_not_doubled() {
    let mut house = House::open(Limits::default());
    let mut first = house.enter(1).unwrap();
    let (head, envelopes) = first.visits(3);
    first.ask_to_append(head, &envelopes);
    // Gone before the answer came; whether it was taken in, the others see.
    let mut other = house.enter(2).unwrap();
    wait_until(|| house.count(1) == 3);
    drop(first);
    let mut again = house.enter(1).unwrap();
    let Tell::Appended { places, .. } = again.append(head, &envelopes) else { panic!("refused") };
    assert_eq!(places.iter().map(|run| run.count).sum::<u64>(), 3);
    assert_eq!(house.count(1), 3);
    other.tick();
    // The same over a restart, when the server remembers nothing.
    house.stop();
    house.start_again();
    let mut again = house.enter(1).unwrap();
    let Tell::Appended { places: same, .. } = again.append(head, &envelopes) else { panic!("refused") };
    assert_eq!((same, house.count(1)), (places, 3));
}

/// A way to the server that a test can make deaf: what is asked goes through, what is answered does not.
fn proxy(house: &House) -> (std::path::PathBuf, Arc<AtomicBool>) {
    let path = house.socket.with_file_name("proxy");
    let (listener, server, deaf) =
        (UnixListener::bind(&path).unwrap(), house.socket.clone(), Arc::new(AtomicBool::new(false)));
    let swallow = deaf.clone();
    thread::spawn(move || {
        for client in listener.incoming() {
            let (client, server) = (client.unwrap(), socket::connect(&server).unwrap());
            let (up, down) = (pair(&client), pair(&server));
            thread::spawn(move || copy(up.0, down.0, None));
            let swallow = swallow.clone();
            thread::spawn(move || copy(down.1, up.1, Some(swallow)));
        }
    });
    (path, deaf)
}

fn pair(stream: &UnixStream) -> (UnixStream, UnixStream) {
    (stream.try_clone().unwrap(), stream.try_clone().unwrap())
}

fn copy(mut from: UnixStream, mut to: UnixStream, swallow: Option<Arc<AtomicBool>>) {
    let mut buffer = [0; 4096];
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        let is_deaf = swallow.as_ref().is_some_and(|deaf| deaf.load(Ordering::SeqCst));
        if !is_deaf && to.write_all(&buffer[..n]).is_err() {
            break;
        }
    }
    let _gone = (from.shutdown(std::net::Shutdown::Both), to.shutdown(std::net::Shutdown::Both));
}

#[test]
fn a_handle_over_a_link_that_is_cut_after_the_append_gets_its_answer_over_the_next_one() {
    let mut house = House::open(Limits::default());
    let (path, deaf) = proxy(&house);
    let link = |path: &std::path::Path| -> Result<Link, LinkError> {
        Link::open(Streams::of_socket(socket::connect(path)?)?, Kind::Desk, "试", |_| Ok(key(1)))
    };
    let first = link(&path).unwrap();
    let direct = house.socket.clone();
    let store = store_over(first, Box::new(move || Ok(Again::Link(Box::new(link(&direct)?))))).unwrap();
    let (notices, heard) = channel();
    store.on_notice(move |notice| drop(notices.send(notice)));
    let entries = store.tail(Subtree::All, Position(0));
    // Nothing that the server answers comes through any more.
    deaf.store(true, Ordering::SeqCst);
    let mut pen = Client::over(socket::connect(&house.socket).unwrap(), 1).unwrap();
    let (head, envelopes) = pen.visits(2);
    let (send, receive) = channel();
    store.append_async(envelopes.clone(), head, 7, move |result| drop(send.send(result)));
    wait_until(|| house.count(1) == 2);
    // The server goes, and with it the link; another one takes its place.
    house.stop();
    house.start_again();
    let taken = receive.recv_timeout(PATIENCE).unwrap().unwrap();
    assert_eq!(taken.positions.len(), 2);
    assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), Notice::Reconnecting);
    assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), Notice::Reconnected);
    assert_eq!(house.count(1), 2);
    // What came meanwhile is heard, once each.
    let own: Vec<_> = std::iter::from_fn(|| entries.recv_timeout(PATIENCE).ok())
        .filter(|entry| entry.envelope.id().writer == key(1).writer())
        .take(2)
        .map(|entry| entry.position)
        .collect();
    assert_eq!(own, taken.positions);
    let before = store.read(Subtree::All, Position(0), usize::MAX).unwrap();
    let again = store.append(envelopes, head, 7).unwrap();
    assert_eq!(
        (again, store.read(Subtree::All, Position(0), usize::MAX).unwrap().len()),
        (taken.positions, before.len())
    );
}

#[test]
fn what_one_records_the_other_hears_at_once() {
    let house = House::open(Limits::default());
    let mut first = house.enter(1).unwrap();
    let mut second = house.enter(2).unwrap();
    let end = second.link.welcome.end;
    second.link.ask(&wangge::sync::message::Ask::Tail { after: end }).unwrap();
    let mut slowest = std::time::Duration::ZERO;
    for _ in 0..20 {
        let begun = Instant::now();
        first.tick();
        let heard = loop {
            match second.link.hearing.hear().unwrap() {
                Tell::Entries { entries, .. } if entries.iter().any(|e| is_visit(e.envelope.clone())) => {
                    break begun.elapsed();
                }
                _ => {}
            }
        };
        slowest = slowest.max(heard);
    }
    assert!(slowest < PATIENCE, "{slowest:?}");
}

fn is_visit(sealed: wangge::sync::message::Sealed) -> bool {
    let envelope = wangge::grid::fact::Envelope::try_from(sealed).unwrap();
    envelope.id().writer == key(1).writer()
}

#[track_caller]
fn wait_until(condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain");
        thread::yield_now();
    }
}

#[test]
fn reading_goes_on_behind_a_page_of_which_nothing_is_to_be_seen() {
    let (client, mut server) = UnixStream::pair().unwrap();
    let answering = thread::spawn(move || {
        let mut frames = wangge::sync::frame::Frames::default();
        let mut hear = |stream: &mut UnixStream| loop {
            if let Some(frame) = frames.next(wangge::sync::frame::LONGEST).unwrap() {
                return Ask::from_frame(&frame).unwrap();
            }
            let mut buffer = [0; 4096];
            let n = stream.read(&mut buffer).unwrap();
            frames.push(&buffer[..n]);
        };
        let tell = |stream: &mut UnixStream, tell: Tell| stream.write_all(&tell.to_frame().unwrap()).unwrap();
        let program = String::new();
        tell(&mut server, Tell::Challenge { version: VERSION, program, store: [1; 16], nonce: [2; 32] });
        hear(&mut server);
        tell(&mut server, Tell::Welcome(Welcome::default()));
        let mut spans = Vec::new();
        for next in [Some(512), Some(1024), None] {
            let Ask::Read { of, span, .. } = hear(&mut server) else { panic!("no reading") };
            spans.push(span);
            tell(&mut server, Tell::Rows { of, entries: Vec::new(), next });
        }
        spans
    });
    let link = Link::open::<LinkError>(Streams::of_socket(client).unwrap(), Kind::Desk, "试", |_| Ok(key(1))).unwrap();
    let store = store_over(link, Box::new(|| Err(LinkError::Ended))).unwrap();
    assert_eq!(store.read(Subtree::All, Position(3), 10_000).unwrap(), Vec::new());
    assert_eq!(answering.join().unwrap(), [Span::After(3), Span::After(512), Span::After(1024)]);
}
