//! A desk that is enrolled, and records in the same moment.
use std::{
    io::Read,
    os::unix::net::UnixStream,
    sync::{
        Arc,
        mpsc::{channel, sync_channel},
    },
    time::Duration,
};

use super::{Common, County, Keeper, key};
use crate::{
    grid::fact::Head,
    sync::{
        Message,
        frame::{Frames, LONGEST},
        message::{Hello, Tell, VERSION},
        serve::{
            connection::Append,
            gate::Gate,
            keeper::{Client, Event},
            outbox::Outbox,
            share::Room,
        },
        socket::{self, Peer},
    },
};

/// The keeper finds, in one group, that the enrolment is durable and that the desk records something: it has been told of
/// the first before it asked the second.
#[test]
fn what_a_desk_records_in_the_moment_in_which_its_enrolment_is_durable_is_taken_in() {
    let county = County::new();
    let (inbox, events) = channel();
    let common =
        Arc::new(Common { served: county.served(), inbox: inbox.clone(), shares: Arc::default(), next: 1.into() });
    let keeper = Keeper::new(common, county.house());
    let (ours, theirs) = UnixStream::pair().unwrap();
    let outbox = Outbox::new(theirs, usize::MAX);
    let hello = Hello { version: VERSION, key: key(2).public(), ..Hello::default() };
    let peer = Peer::of(&ours).unwrap();
    let gate = Arc::new(Gate::new(10, 10));
    let client = Client::new(1, (peer, socket::login(peer.uid)), hello, outbox.clone(), gate);
    let envelopes = county.sealed(&key(2), 310..311);
    let (done, ended) = sync_channel(1);
    let asks = inbox.clone();
    county.slow.behind_next_append(move || {
        // Right behind `Event::Own`, which says that the enrolment is durable.
        let append = Append { of: 5, expected: Head::default(), envelopes, room: Room::new(Arc::default(), 0) };
        asks.send(Event::Append { from: 1, append }).unwrap();
    });
    inbox.send(Event::Joined(Box::new(client))).unwrap();
    let keeping = std::thread::spawn(move || {
        keeper.run(events);
        done.send(()).unwrap();
    });
    let telling = outbox.clone();
    let writing = std::thread::spawn(move || telling.write(Duration::from_secs(5)));
    let told = hear(ours);
    assert!(matches!(told, Tell::Appended { of: 5, .. }), "{told:?}");
    let (stopped, _stops) = channel();
    inbox.send(Event::Stop(stopped)).unwrap();
    ended.recv_timeout(Duration::from_secs(30)).unwrap();
    keeping.join().unwrap();
    writing.join().unwrap();
}

/// The answer to the append.
fn hear(mut stream: UnixStream) -> Tell {
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let (mut frames, mut buffer) = (Frames::default(), [0; 4096]);
    loop {
        while let Some(frame) = frames.next(LONGEST).unwrap() {
            let tell = Tell::from_frame(&frame).unwrap();
            if matches!(tell, Tell::Appended { .. } | Tell::Refused { .. }) {
                return tell;
            }
        }
        let n = stream.read(&mut buffer).unwrap();
        assert!(n > 0, "sent away");
        frames.push(&buffer[..n]);
    }
}
