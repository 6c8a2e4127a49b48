//! What is told to one client: a bounded queue, and the thread that writes it.
use std::{
    collections::VecDeque,
    io::{self, Write},
    os::unix::net::UnixStream,
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use super::after;
use crate::sync::{Message, message::Tell};

/// What a waiting state counts for.
const STATE: usize = 64 * 1024;
/// How much of a state goes into one frame.
const PART: usize = 256 * 1024;

/// The way to one client. Telling never waits: a client that does not read is dropped.
#[derive(Clone)]
pub(super) struct Outbox(Arc<Inner>);

struct Inner {
    queue: Mutex<Queue>,
    filled: Condvar,
    /// Closes both directions, which ends the reader as well.
    stream: UnixStream,
    most: usize,
}

#[derive(Default)]
struct Queue {
    items: VecDeque<Item>,
    bytes: usize,
    /// Nothing more is taken; what is there is still written.
    closing: bool,
    /// Nothing is written any more.
    dropped: bool,
}

enum Item {
    Frame(Vec<u8>),
    /// A state, which is shared by all that are given it, and cut into frames only when it is written.
    State {
        of: u32,
        position: u64,
        bytes: Arc<Vec<u8>>,
    },
}

impl Outbox {
    pub(super) fn new(stream: UnixStream, most: usize) -> Outbox {
        Outbox(Arc::new(Inner { queue: Mutex::default(), filled: Condvar::new(), stream, most }))
    }

    /// Tells the client.
    pub(super) fn tell(&self, tell: &Tell) {
        match tell.to_frame() {
            Ok(frame) => self.push(frame.len(), Item::Frame(frame)),
            // Longer than a frame may be: the client is not to wait for it in vain.
            Err(_) => self.drop_now(),
        }
    }

    /// Gives the client a frame that was made for several.
    pub(super) fn frame(&self, frame: &[u8]) {
        self.push(frame.len(), Item::Frame(frame.to_vec()));
    }

    /// Gives the client a state.
    pub(super) fn state(&self, of: u32, position: u64, bytes: Arc<Vec<u8>>) {
        // Its bytes are shared; asking for it again and again is bounded like anything else.
        self.push(STATE, Item::State { of, position, bytes });
    }

    fn push(&self, size: usize, item: Item) {
        let mut queue = self.0.queue.lock().unwrap_or_else(PoisonError::into_inner);
        if queue.closing || queue.dropped {
            return;
        }
        queue.bytes += size;
        queue.items.push_back(item);
        let full = queue.bytes > self.0.most;
        drop(queue);
        match full {
            true => self.drop_now(),
            false => self.0.filled.notify_one(),
        }
    }

    /// Ends the connection when what was told is written.
    pub(super) fn close(&self) {
        self.0.queue.lock().unwrap_or_else(PoisonError::into_inner).closing = true;
        self.0.filled.notify_one();
    }

    /// Ends the connection now.
    pub(super) fn drop_now(&self) {
        let mut queue = self.0.queue.lock().unwrap_or_else(PoisonError::into_inner);
        queue.dropped = true;
        queue.items.clear();
        drop(queue);
        let _gone = self.0.stream.shutdown(std::net::Shutdown::Both);
        self.0.filled.notify_one();
    }

    /// Writes what is told until the connection ends; a message that is not read within `patience` ends it.
    pub(super) fn write(&self, patience: Duration) {
        // A write that is stuck comes back in time to look at the clock.
        let _old = self.0.stream.set_write_timeout(Some(patience));
        while let Some(items) = self.next() {
            if items.into_iter().try_for_each(|item| self.send(item, patience)).is_err() {
                break;
            }
        }
        self.drop_now();
    }

    /// Everything that waits; none when the connection is to end.
    fn next(&self) -> Option<VecDeque<Item>> {
        let mut queue = self.0.queue.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if queue.dropped {
                return None;
            }
            if !queue.items.is_empty() {
                queue.bytes = 0;
                return Some(std::mem::take(&mut queue.items));
            }
            if queue.closing {
                return None;
            }
            queue = self.0.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn send(&self, item: Item, patience: Duration) -> io::Result<()> {
        match item {
            Item::Frame(frame) => self.send_by(&frame, after(patience)),
            Item::State { of, position, bytes } => {
                let parts = bytes.chunks(PART).enumerate();
                for (n, part) in parts {
                    let more = (n + 1) * PART < bytes.len();
                    let frame = Tell::State { of, position, part: part.to_vec(), more }.to_frame();
                    self.send_by(&frame.map_err(io::Error::other)?, after(patience))?;
                }
                Ok(())
            }
        }
    }

    fn send_by(&self, mut bytes: &[u8], end: Instant) -> io::Result<()> {
        while !bytes.is_empty() {
            match (&self.0.stream).write(bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => bytes = &bytes[n..],
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
            if !bytes.is_empty() && after(Duration::ZERO) >= end {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        Ok(())
    }
}
