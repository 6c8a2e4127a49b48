//! A client of the server's socket that writes facts and comes back when the link is lost, as desks do.
use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use wangge::{
    grid::fact::{Chain, DeviceKey, Draft, Envelope, FactId, Head},
    log::Position,
    sync::{
        Link, LinkError, Streams,
        message::{Ask, Kind, Mark, Run, Sealed, Tell, Why},
        socket,
    },
};

use super::server::pause;

/// How long a client tries to come back before the test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A fact that the server has said is durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Which.
    pub id: FactId,
    /// Where.
    pub position: Position,
    /// When.
    pub received_ms: i64,
}

/// A client with a key of its own.
pub struct Client {
    socket: PathBuf,
    key: DeviceKey,
    chain: Chain,
    link: Option<Link>,
    last: u32,
    /// What the server has acknowledged, in order.
    pub taken: Vec<Taken>,
    /// How often the link was lost.
    pub lost: usize,
    /// How long each append took from being sealed to its receipt.
    pub waits: Vec<Duration>,
}

impl Client {
    /// A client with the key of this number.
    pub fn new(socket: PathBuf, number: u64) -> Client {
        let mut secret = [0x5a; 32];
        secret[..8].copy_from_slice(&number.to_le_bytes());
        let key = DeviceKey::from_secret(&secret);
        let chain = Chain::new(key.writer(), Head::default());
        Client { socket, key, chain, link: None, last: 0, taken: Vec::new(), lost: 0, waits: Vec::new() }
    }

    /// The device's key.
    pub fn key(&self) -> &DeviceKey {
        &self.key
    }

    /// Connects, once.
    pub fn connect(&mut self) -> Result<&mut Link, LinkError> {
        if self.link.is_none() {
            let streams = Streams::of_socket(socket::connect(&self.socket)?)?;
            let key = self.key.clone();
            self.link = Some(Link::open::<LinkError>(streams, Kind::Command, "test", |_| Ok(key))?);
        }
        Ok(self.link.as_mut().expect("a link"))
    }

    /// Writes these facts as one group and waits for the receipt, however often the link is lost meanwhile.
    pub fn write(&mut self, drafts: &[Draft], now_ms: i64) {
        let before = self.chain.head;
        let envelopes = self.chain.seal_group(drafts, now_ms, &self.key);
        let begun = Instant::now();
        let end = begun + PATIENCE;
        loop {
            match self.offer(before, &envelopes) {
                Ok((received_ms, places)) => {
                    let taken = envelopes.iter().zip(places);
                    self.taken.extend(taken.map(|(e, position)| Taken { id: e.id(), position, received_ms }));
                    self.waits.push(begun.elapsed());
                    return;
                }
                Err(LinkError::Refused(why, text)) if !matches!(why, Why::Closing | Why::TooMuch) => {
                    panic!("refused: {why:?} {text}")
                }
                Err(error) => {
                    assert!(Instant::now() < end, "never came back: {error}");
                    self.lost += usize::from(self.link.take().is_some());
                    pause(Duration::from_millis(3));
                }
            }
        }
    }

    /// Writes these facts as one group, or says why the server took none of them.
    pub fn try_write(&mut self, drafts: &[Draft], now_ms: i64) -> Result<(), (Why, String)> {
        let before = self.chain.head;
        let envelopes = self.chain.seal_group(drafts, now_ms, &self.key);
        match self.offer(before, &envelopes) {
            Ok((received_ms, places)) => {
                let taken = envelopes.iter().zip(places);
                self.taken.extend(taken.map(|(e, position)| Taken { id: e.id(), position, received_ms }));
                Ok(())
            }
            Err(LinkError::Refused(why, text)) => {
                self.chain.head = before;
                Err((why, text))
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// Offers a group once; what the server says.
    pub fn offer(&mut self, expected: Head, envelopes: &[Envelope]) -> Result<(i64, Vec<Position>), LinkError> {
        self.last += 1;
        let of = self.last;
        let link = self.connect()?;
        let envelopes: Vec<Sealed> = envelopes.iter().map(Sealed::from).collect();
        let count = envelopes.len();
        link.ask(&Ask::Append { of, expected: Mark::from(expected), envelopes, more: false })?;
        loop {
            match link.hearing.hear()? {
                Tell::Appended { of: answered, received_ms, places } if answered == of => {
                    return Ok((received_ms, Run::places(&places, count).ok_or(LinkError::Order)?));
                }
                Tell::Refused { of: answered, why, text } if answered == of || answered == 0 => {
                    return Err(LinkError::Refused(why, text));
                }
                Tell::Closing => return Err(LinkError::Ended),
                _ => {}
            }
        }
    }
}
