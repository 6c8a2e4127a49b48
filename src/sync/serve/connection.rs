//! One connection: who is there, and what is asked, read with deadlines and checked before the keeper hears of it.
use std::{
    io::{self, Read},
    os::unix::net::UnixStream,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use rustix::rand::{GetRandomFlags, getrandom};

use super::{
    Common, STACK, after,
    gate::Gate,
    keeper::{Client, Event},
    limits::HELLO,
    outbox::Outbox,
    share::{Place, Room},
};
use crate::{
    grid::fact::{Envelope, Head, WriterId, is_signed_by},
    sync::{
        Message,
        frame::{FrameFault, Frames, LONGEST},
        message::{Ask, Hello, Sealed, Tell, VERSION, Why, to_prove},
        socket::{self, Peer},
    },
    words::{Language, t},
};

/// What an envelope takes besides its bytes.
const EACH: usize = 128;
/// How much is read at once.
const READ: usize = 16 * 1024;

/// Serves a connection on threads of its own.
pub(super) fn start(common: Arc<Common>, stream: UnixStream, peer: Peer) -> io::Result<()> {
    let reading = stream.try_clone()?;
    let limits = &common.served.limits;
    let outbox = Outbox::new(stream, limits.waiting);
    let gate = Arc::new(Gate::new(limits.unanswered, limits.appends_per_second));
    let place = Place::take(common.shares.clone(), peer.uid);
    let (write, telling) = (limits.write, outbox.clone());
    let named = || thread::Builder::new().stack_size(STACK);
    named().name("wangge-tell".to_owned()).spawn(move || telling.write(write))?;
    let connection = Connection {
        number: common.number(),
        reading,
        buffer: vec![0; READ].into_boxed_slice(),
        patience: None,
        frames: Frames::default(),
        begun: None,
        append: None,
        outbox: outbox.clone(),
        gate,
        peer,
        common,
    };
    let spawned = named().name("wangge-hear".to_owned()).spawn(move || {
        connection.attend();
        drop(place);
    });
    if spawned.is_err() {
        outbox.drop_now();
    }
    spawned.map(drop)
}

/// Why a connection ends.
enum Gone {
    /// The other side has left.
    Left,
    /// It did not keep to what was agreed.
    Wrong(Why, String),
}

impl From<FrameFault> for Gone {
    fn from(fault: FrameFault) -> Gone {
        Gone::Wrong(Why::Protocol, fault.to_string())
    }
}

struct Connection {
    number: u64,
    reading: UnixStream,
    /// What was read last.
    buffer: Box<[u8]>,
    /// How long reading waits at present.
    patience: Option<Duration>,
    frames: Frames,
    /// Until when the frame that has begun must be here.
    begun: Option<Instant>,
    /// The append that goes on with the next message.
    append: Option<Append>,
    outbox: Outbox,
    gate: Arc<Gate>,
    peer: Peer,
    common: Arc<Common>,
}

/// What a client sends to be written: all of it or nothing.
pub(super) struct Append {
    pub(super) of: u32,
    pub(super) expected: Head,
    pub(super) envelopes: Vec<Envelope>,
    /// Where it waits to be taken in.
    pub(super) room: Room,
}

impl Connection {
    fn attend(mut self) {
        let gone = self.converse();
        if let Err(Gone::Wrong(why, text)) = gone {
            self.outbox.tell(&Tell::Refused { of: 0, why, text });
        }
        self.gate.shut();
        // Whoever hears that the connection has ended is gone for the keeper.
        let _stopped = self.common.inbox.send(Event::Left(self.number));
        self.outbox.close();
    }

    fn converse(&mut self) -> Result<(), Gone> {
        let hello = self.greet()?;
        let key = hello.key;
        let login = socket::login(self.peer.uid);
        let client = Client::new(self.number, (self.peer, login), hello, self.outbox.clone(), self.gate.clone());
        self.hand_on(Event::Joined(Box::new(client)))?;
        loop {
            match self.next(LONGEST)? {
                Ask::Hello(_) => return Err(self.wrong()),
                Ask::Bye => return Ok(()),
                Ask::Speak(named) => {
                    Language::from_id(&named).unwrap_or_else(Language::spoken).speak_here();
                    self.hand_question_on(Ask::Speak(named))?;
                }
                Ask::Append { of, expected, envelopes, more } => {
                    self.gather(of, expected.into(), envelopes)?;
                    if !more && let Some(append) = self.append.take() {
                        self.hand_append_on(append, &key)?;
                    }
                }
                ask => self.hand_question_on(ask)?,
            }
        }
    }

    /// Asks who is there, and holds the answer against the key.
    fn greet(&mut self) -> Result<Hello, Gone> {
        let common = self.common.clone();
        let served = &common.served;
        let nonce = nonce().map_err(|error| Gone::Wrong(Why::Said, error.to_string()))?;
        let program = concat!("wangge ", env!("CARGO_PKG_VERSION")).to_owned();
        self.outbox.tell(&Tell::Challenge { version: VERSION, program, store: served.id, nonce });
        self.begun = Some(after(served.limits.hello));
        let Ask::Hello(hello) = self.next(HELLO)? else { return Err(self.wrong()) };
        // This thread speaks with nobody else.
        hello.language().speak_here();
        if hello.version != VERSION {
            let text = t!("sync.refused.version", theirs = hello.program, ours = env!("CARGO_PKG_VERSION"));
            return Err(Gone::Wrong(Why::Protocol, text.into_owned()));
        }
        let proof = <[u8; 64]>::try_from(hello.proof.as_slice());
        let is_proof = proof.is_ok_and(|proof| is_signed_by(&hello.key, &to_prove(&served.id, &nonce), &proof));
        match is_proof {
            true => Ok(hello),
            false => Err(Gone::Wrong(Why::Stranger, t!("sync.refused.proof").into_owned())),
        }
    }

    fn wrong(&self) -> Gone {
        Gone::Wrong(Why::Protocol, t!("sync.refused.order").into_owned())
    }

    /// The next message.
    fn next(&mut self, longest: usize) -> Result<Ask, Gone> {
        loop {
            if let Some(frame) = self.frames.next(longest)? {
                self.begun = None;
                return Ok(Ask::from_frame(&frame)?);
            }
            if self.begun.is_none() && self.frames.is_begun() {
                self.begun = Some(after(self.common.served.limits.frame));
            }
            let n = self.read()?;
            self.frames.push(&self.buffer[..n]);
        }
    }

    /// Reads what is there; waits without a limit only between messages.
    fn read(&mut self) -> Result<usize, Gone> {
        let left = self.begun.map(|end| end.saturating_duration_since(after(Duration::ZERO)));
        let late = || Gone::Wrong(Why::TooMuch, t!("sync.refused.late").into_owned());
        if left.is_some_and(|left| left.is_zero()) {
            return Err(late());
        }
        // Most messages come whole: what is asked of the system is asked for others only.
        if left != self.patience && self.reading.set_read_timeout(left).is_err() {
            return Err(Gone::Left);
        }
        self.patience = left;
        match self.reading.read(&mut self.buffer) {
            Ok(0) => Err(Gone::Left),
            Ok(n) => Ok(n),
            Err(error) => match error.kind() {
                io::ErrorKind::Interrupted => Ok(0),
                io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Err(late()),
                _ => Err(Gone::Left),
            },
        }
    }

    /// Puts a message's envelopes to those of the same append before.
    fn gather(&mut self, of: u32, expected: Head, envelopes: Vec<Sealed>) -> Result<(), Gone> {
        let begun = self.append.take().filter(|append| append.of == of);
        let mut append = match begun {
            Some(append) => append,
            None => Append { of, expected, envelopes: Vec::new(), room: self.room(0)? },
        };
        self.widen(&mut append.room, envelopes.iter().map(|sealed| sealed.bytes.len() + EACH).sum())?;
        for sealed in envelopes {
            let envelope = Envelope::try_from(sealed).map_err(|e| Gone::Wrong(Why::Protocol, e.to_string()))?;
            append.envelopes.push(envelope);
        }
        if append.room.bytes() > self.common.served.limits.append {
            return Err(Gone::Wrong(Why::TooMuch, t!("sync.refused.append").into_owned()));
        }
        self.append = Some(append);
        Ok(())
    }

    /// Hands an append on if the device signed the whole of it.
    fn hand_append_on(&mut self, append: Append, key: &[u8; 32]) -> Result<(), Gone> {
        let (of, envelopes) = (append.of, &append.envelopes);
        let writer = WriterId::of_key(key);
        let is_own = envelopes.iter().all(|envelope| envelope.id().writer == writer);
        // The chain that the signature covers is held against the store's by the log.
        if !is_own || envelopes.last().is_none_or(|last| !last.is_signed_by(key)) {
            let text = t!("sync.refused.unsigned").into_owned();
            self.outbox.tell(&Tell::Refused { of, why: Why::Denied, text });
            return Ok(());
        }
        match self.gate.pass(1) {
            true => self.hand_on(Event::Append { from: self.number, append }),
            false => Err(Gone::Left),
        }
    }

    fn hand_question_on(&self, ask: Ask) -> Result<(), Gone> {
        if !self.gate.pass(cost(&ask)) {
            return Err(Gone::Left);
        }
        let room = self.room(brought(&ask))?;
        self.hand_on(Event::Asked(self.number, ask, room))
    }

    /// Room for so many bytes that came.
    fn room(&self, bytes: usize) -> Result<Room, Gone> {
        let mut room = Room::new(self.common.shares.clone(), self.peer.uid);
        self.widen(&mut room, bytes).map(|()| room)
    }

    fn widen(&self, room: &mut Room, bytes: usize) -> Result<(), Gone> {
        match room.grow(bytes, self.common.served.limits.untaken) {
            true => Ok(()),
            false => Err(Gone::Wrong(Why::TooMuch, t!("sync.refused.untaken").into_owned())),
        }
    }

    fn hand_on(&self, event: Event) -> Result<(), Gone> {
        self.common.inbox.send(event).map_err(|_| Gone::Left)
    }
}

/// What a question costs, in appends: a page of entries keeps the disk's thread as long as some of them do.
fn cost(ask: &Ask) -> u32 {
    match ask {
        Ask::State { .. } | Ask::Bundle { .. } => 50,
        Ask::Read { .. } | Ask::Push { .. } | Ask::Pull { .. } | Ask::Relay { .. } => 10,
        Ask::Find { .. } | Ask::Head { .. } | Ask::Tail { .. } | Ask::Waiting { .. } | Ask::Speak(_) => 1,
        Ask::Hello(_) | Ask::Append { .. } | Ask::Bye => 0,
    }
}

/// How many bytes a question brings that wait until they are taken in.
fn brought(ask: &Ask) -> usize {
    match ask {
        Ask::Push { batch, .. } | Ask::Relay { batch, .. } => batch.len(),
        _ => 0,
    }
}

/// Bytes that nobody can have seen before.
fn nonce() -> io::Result<[u8; 32]> {
    let mut nonce = [0; 32];
    let mut filled = 0;
    while filled < nonce.len() {
        filled += getrandom(&mut nonce[filled..], GetRandomFlags::empty())?;
    }
    Ok(nonce)
}
