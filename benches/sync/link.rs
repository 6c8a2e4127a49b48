//! A sync over a modelled link: so many bits a second in each direction, and so long to the other side.
use std::collections::VecDeque;

use wangge::{
    grid::fact::{Body, Chain, DeviceKey, Draft, Head, Receipt, Received},
    log::{Entry, Position},
    sync::{
        Message, batch,
        message::{Ask, Tell},
        talk::{LinkFault, Wire},
    },
};

const RATE: f64 = 64_000.0 / 8.0;
const ONE_WAY: f64 = 0.075;

/// The link, and a server at its other end that takes in what comes and gives a receipt for each batch.
pub struct Modelled {
    /// Seconds since the beginning, on the laptop's side.
    pub now: f64,
    pub up: usize,
    pub down: usize,
    up_free: f64,
    down_free: f64,
    /// What is on its way down, and when it has come.
    coming: VecDeque<(f64, Tell)>,
    server: Chain,
    key: DeviceKey,
    log: Vec<Entry>,
}

impl Modelled {
    pub fn new() -> Modelled {
        let key = DeviceKey::from_secret(&[9; 32]);
        let server = Chain::new(key.writer(), Head::default());
        let (coming, log) = (VecDeque::new(), Vec::new());
        Modelled { now: 0.0, up: 0, down: 0, up_free: 0.0, down_free: 0.0, coming, server, key, log }
    }

    fn answer(&mut self, ask: &Ask) -> Tell {
        match ask {
            Ask::Push { of, batch } => {
                let entries = batch::decode(batch).unwrap();
                let (first, last) = (entries.first().unwrap(), entries.last().unwrap());
                let (from, to) = (first.envelope.id(), last.envelope.id());
                let (hash, received_ms) = (last.envelope.hash(), last.received_ms);
                let received = Received { writer: to.writer, from: from.seq, to: to.seq, hash, received_ms };
                let body = Body::Receipt(Receipt { of: vec![received] });
                let occurred = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
                let draft = Draft {
                    occurred,
                    by: None,
                    at: None,
                    subject: None,
                    replaces: None,
                    reason: None,
                    effort: None,
                    body,
                };
                let envelope = self.server.seal_group(&[draft], received_ms, &self.key).remove(0);
                let position = Position(self.log.len() as u64 + 1);
                self.log.push(Entry { position, received_ms, envelope });
                let head = Head { seq: to.seq, hash };
                Tell::Pushed { of: *of, received_ms, heads: vec![(to.writer, head.into())], held: vec![], forked: None }
            }
            Ask::Pull { of, after, .. } => {
                let rest = &self.log[*after as usize..];
                let end = self.log.len() as u64;
                Tell::Pulled { of: *of, upto: end, end, scope: [1; 16], batch: batch::encode(rest) }
            }
            other => panic!("{other:?}"),
        }
    }
}

impl Wire for Modelled {
    fn say(&mut self, ask: &Ask) -> Result<(), LinkFault> {
        let bytes = ask.to_frame()?.len();
        self.up += bytes;
        self.up_free = self.up_free.max(self.now) + bytes as f64 / RATE;
        let arrived = self.up_free + ONE_WAY;
        let tell = self.answer(ask);
        let bytes = tell.to_frame()?.len();
        self.down += bytes;
        self.down_free = self.down_free.max(arrived) + bytes as f64 / RATE;
        self.coming.push_back((self.down_free + ONE_WAY, tell));
        Ok(())
    }

    fn hear(&mut self) -> Result<Tell, LinkFault> {
        let (at, tell) = self.coming.pop_front().ok_or(LinkFault::Gone)?;
        self.now = self.now.max(at);
        Ok(tell)
    }
}
