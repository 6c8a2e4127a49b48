//! A server in this process, and clients that are written by hand.
use std::{
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    sync::Arc,
};

use tempfile::TempDir;
use wangge::{
    grid::{
        decide::{Setup, decide_setup},
        fact::{Chain, DeviceKey, Draft, Envelope, Head},
    },
    log::conformance::visit,
    run::{Book, Clock, Files, Serving},
    sync::{
        Link, LinkError, Message, Streams,
        frame::{Frames, LONGEST},
        message::{Ask, Kind, Tell},
        serve::Limits,
        socket,
    },
};

/// A Monday morning in Lanxi.
pub const NOW: &str = "2026-11-23T09:00:00+08:00";

/// A served store in a folder of its own.
pub struct House {
    pub socket: PathBuf,
    pub store: PathBuf,
    serving: Option<Serving>,
    _temp: TempDir,
}

impl House {
    pub fn open(limits: Limits) -> House {
        House::with(limits, &[])
    }

    /// A store in which these facts are told before it is served.
    pub fn with(limits: Limits, told: &[Draft]) -> House {
        let temp = TempDir::new().unwrap();
        let (store, socket) = (temp.path().join("store"), temp.path().join("socket"));
        let pack = Arc::new(Files::of_user().pack("lanxi").unwrap().unwrap());
        let drafts = decide_setup(&pack, Setup { from: "2026-10-01".parse().unwrap(), sample: false });
        let mut book = Book::create(&store, pack, &drafts, clock()).unwrap();
        book.append(told, clock().now_ms()).unwrap();
        let serving = Some(book.serve(clock(), &socket, limits).unwrap());
        House { socket, store, serving, _temp: temp }
    }

    /// Stops the server as SIGTERM does.
    pub fn stop(&mut self) {
        self.serving.take().unwrap().stop().unwrap();
    }

    /// Serves the store again.
    pub fn start_again(&mut self) {
        let book = Book::open(&self.store, &Files::of_user(), clock()).unwrap();
        self.serving = Some(book.serve(clock(), &self.socket, Limits::default()).unwrap());
    }

    /// A client of this device.
    pub fn enter(&self, n: u8) -> Result<Client, LinkError> {
        self.enter_as(n, Kind::Desk)
    }

    /// A client of this device, of any sort.
    pub fn enter_as(&self, n: u8, kind: Kind) -> Result<Client, LinkError> {
        Client::of_kind(socket::connect(&self.socket)?, n, kind)
    }

    /// How many facts the store holds that this device wrote.
    pub fn count(&self, n: u8) -> usize {
        let Ok(mut client) = self.enter(200) else { return 0 };
        let writer = key(n).writer();
        client.all().iter().filter(|envelope| envelope.id().writer == writer).count()
    }
}

pub fn clock() -> Clock {
    Clock::fixed(NOW).unwrap()
}

pub fn key(n: u8) -> DeviceKey {
    DeviceKey::from_secret(&[n; 32])
}

/// One client that has come in.
pub struct Client {
    pub link: Link,
    key: DeviceKey,
    chain: Chain,
    of: u32,
}

impl Client {
    pub fn over(stream: UnixStream, n: u8) -> Result<Client, LinkError> {
        Client::of_kind(stream, n, Kind::Desk)
    }

    pub fn of_kind(stream: UnixStream, n: u8, kind: Kind) -> Result<Client, LinkError> {
        let key = key(n);
        let link = Link::open::<LinkError>(Streams::of_socket(stream)?, kind, "试", |_| Ok(key.clone()))?;
        let chain = Chain::new(key.writer(), Head::from(link.welcome.at));
        Ok(Client { link, key, chain, of: 10 })
    }

    /// Drafts as the next envelopes of this device, signed.
    pub fn seal(&mut self, drafts: &[Draft]) -> (Head, Vec<Envelope>) {
        self.seal_at(drafts, clock().now_ms())
    }

    /// The same, written down at another moment.
    pub fn seal_at(&mut self, drafts: &[Draft], now_ms: i64) -> (Head, Vec<Envelope>) {
        let before = self.chain.head;
        (before, self.chain.seal_group(drafts, now_ms, &self.key))
    }

    /// What was sealed was refused.
    pub fn unseal(&mut self, head: Head) {
        self.chain.head = head;
    }

    /// The next visits of this device, signed.
    pub fn visits(&mut self, count: u32) -> (Head, Vec<Envelope>) {
        let drafts: Vec<_> = (0..count).map(|i| visit(300 + i % 20, "330781001", "330781001001")).collect();
        self.seal(&drafts)
    }

    pub fn ask_to_append(&mut self, expected: Head, envelopes: &[Envelope]) -> u32 {
        self.of += 1;
        let envelopes = envelopes.iter().map(Into::into).collect();
        self.link.ask(&Ask::Append { of: self.of, expected: expected.into(), envelopes, more: false }).unwrap();
        self.of
    }

    /// Appends and waits for the answer.
    pub fn append(&mut self, expected: Head, envelopes: &[Envelope]) -> Tell {
        let of = self.ask_to_append(expected, envelopes);
        loop {
            match self.link.hearing.hear().unwrap() {
                tell @ (Tell::Appended { .. } | Tell::Refused { .. }) => {
                    assert!(matches!(&tell, Tell::Appended { of: at, .. } | Tell::Refused { of: at, .. } if *at == of));
                    return tell;
                }
                Tell::Entries { .. } => {}
                tell => panic!("{tell:?}"),
            }
        }
    }

    /// Records one visit; the server must take it.
    #[track_caller]
    pub fn tick(&mut self) {
        let (head, envelopes) = self.visits(1);
        let tell = self.append(head, &envelopes);
        assert!(matches!(tell, Tell::Appended { .. }), "{tell:?}");
    }

    /// The state of what the client may see, also where it is told of something else meanwhile.
    pub fn state(&mut self) -> Vec<u8> {
        self.link.ask(&Ask::State { of: 2 }).unwrap();
        let mut bytes = Vec::new();
        loop {
            match self.link.hearing.hear().unwrap() {
                Tell::State { part, more, .. } => {
                    bytes.extend(part);
                    if !more {
                        return bytes;
                    }
                }
                Tell::Entries { .. } => {}
                tell => panic!("{tell:?}"),
            }
        }
    }

    /// All facts that the client may see.
    pub fn all(&mut self) -> Vec<Envelope> {
        use wangge::sync::message::{Part, Span};
        let mut out = Vec::new();
        let mut after = 0;
        loop {
            self.of += 1;
            let (of, span) = (self.of, Span::After(after));
            self.link.ask(&Ask::Read { of, part: Part::All, span, limit: 500 }).unwrap();
            let Tell::Rows { entries, next, .. } = self.link.hearing.hear().unwrap() else { panic!("no rows") };
            out.extend(entries.into_iter().map(|carried| Envelope::try_from(carried.envelope).unwrap()));
            match next {
                Some(next) => after = next,
                None => return out,
            }
        }
    }
}

/// What a server says to somebody who never says who they are, until it ends the connection.
pub fn hear_all(mut stream: &UnixStream) -> Vec<Tell> {
    use std::io::Read;
    let mut bytes = Vec::new();
    // A connection that is reset has said what it had to say.
    let _ended = stream.read_to_end(&mut bytes);
    let mut frames = Frames::default();
    frames.push(&bytes);
    std::iter::from_fn(|| frames.next(LONGEST).unwrap().map(|frame| Tell::from_frame(&frame).unwrap())).collect()
}

pub fn knock(socket: &Path) -> UnixStream {
    let stream = socket::connect(socket).unwrap();
    stream.set_read_timeout(Some(super::PATIENCE)).unwrap();
    stream
}
