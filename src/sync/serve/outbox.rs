//! What is told to one client: a bounded queue, and the thread that writes it.
use std::{
    collections::VecDeque,
    io::{self, IoSlice, Write},
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
/// How many frames are written at once, and about how many bytes.
const AT_ONCE: (usize, usize) = (64, 64 * 1024);

/// The bytes of a message, shared by all to whom it is told.
pub(super) type Told = Arc<Vec<u8>>;

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
    /// The thread that writes waits to be woken.
    asleep: bool,
}

impl Queue {
    /// The next frames that are written together; none where something else comes first.
    fn frames(items: &mut VecDeque<Item>) -> Vec<Told> {
        let (mut frames, mut bytes) = (Vec::new(), 0);
        while frames.len() < AT_ONCE.0
            && bytes < AT_ONCE.1
            && let Some(Item::Frame(frame)) = items.front()
        {
            bytes += frame.len();
            frames.push(frame.clone());
            items.pop_front();
        }
        frames
    }
}

enum Item {
    Frame(Told),
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
            Ok(frame) => self.push(frame.len(), Item::Frame(Told::new(frame))),
            // Longer than a frame may be: the client is not to wait for it in vain.
            Err(_) => self.drop_now(),
        }
    }

    /// Gives the client a frame that was made for several.
    pub(super) fn frame(&self, frame: &Told) {
        self.push(frame.len(), Item::Frame(frame.clone()));
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
        let (full, asleep) = (queue.bytes > self.0.most, std::mem::take(&mut queue.asleep));
        drop(queue);
        if full {
            self.drop_now();
        } else if asleep {
            // Whoever is awake looks once more before it sleeps: waking it costs as much as a small write.
            self.0.filled.notify_one();
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
            if self.send_all(items, patience).is_err() {
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
            queue.asleep = true;
            queue = self.0.filled.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Writes what waits, small frames together: a client that is told much is woken once for it.
    fn send_all(&self, mut items: VecDeque<Item>, patience: Duration) -> io::Result<()> {
        loop {
            let frames = Queue::frames(&mut items);
            if !frames.is_empty() {
                let mut slices: Vec<IoSlice<'_>> = frames.iter().map(|frame| IoSlice::new(frame)).collect();
                self.send_by(&mut slices, after(patience))?;
                continue;
            }
            let Some(Item::State { of, position, bytes }) = items.pop_front() else { return Ok(()) };
            for (n, part) in bytes.chunks(PART).enumerate() {
                let more = (n + 1) * PART < bytes.len();
                let frame = Tell::State { of, position, part: part.to_vec(), more }.to_frame();
                let frame = frame.map_err(io::Error::other)?;
                self.send_by(&mut [IoSlice::new(&frame)], after(patience))?;
            }
        }
    }

    fn send_by(&self, mut slices: &mut [IoSlice<'_>], end: Instant) -> io::Result<()> {
        while !slices.is_empty() {
            match (&self.0.stream).write_vectored(slices) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(n) => IoSlice::advance_slices(&mut slices, n),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
            if !slices.is_empty() && after(Duration::ZERO) >= end {
                return Err(io::ErrorKind::TimedOut.into());
            }
        }
        Ok(())
    }
}
