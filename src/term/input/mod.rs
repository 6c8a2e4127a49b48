//! The one place where the desk waits: keys, pastes, signals and wake-ups from other threads.
//!
//! It sleeps in `poll` without a time limit unless something is held back or the caller gave a deadline, so that an
//! idle desk costs nothing (rule 18) and a lost link never spins (rule 20).
mod decode;
mod resize;
mod split;

use std::collections::VecDeque;
use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::pipe::{PipeFlags, pipe_with};

use self::decode::{Meaning, decode};
use self::resize::Resizes;
use self::split::{Splitter, Token};
use super::signal::Signals;
use crate::app::{Key, Pointer};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// The mouse did something; only while it is switched on.
    Mouse(Pointer),
    /// Text was pasted; lines end as the client sent them.
    Paste(String),
    /// The terminal answered a status query (`CSI 5 n`): it has shown everything that was sent before.
    Answer,
    /// The terminal said where its cursor is: row and column, from 1.
    Cursor(u16, u16),
    /// The terminal said what it can do (`CSI c`).
    Attributes,
    /// The window changed its size; many changes in a short time are told as few.
    Resized,
    /// Another thread called [`Waker::wake`], once or more.
    Woken,
    /// The process goes on after it was stopped from outside: enter raw mode again and repaint.
    Continued,
    /// SIGTSTP from outside: leave the screen and stop ([`super::Guard::suspend`]).
    Stop,
    /// SIGTERM or SIGINT: save, close and go.
    Terminate,
    /// The terminal is gone (SIGHUP, end of input, EIO): save, close and go. Told once.
    LinkLost,
    /// The caller's deadline has come.
    Deadline,
}

/// Wakes the input loop from another thread.
#[derive(Clone, Debug)]
pub struct Waker(Arc<OwnedFd>);

impl Waker {
    /// Makes the loop return [`Event::Woken`]; several calls may be told as one.
    pub fn wake(&self) {
        // A full pipe wakes as well, and without a reader there is nobody to wake.
        let _ = rustix::io::write(&*self.0, b"w");
    }
}

/// The input loop.
#[derive(Debug)]
pub struct Input {
    tty: Option<OwnedFd>,
    wake_read: OwnedFd,
    wake_write: Arc<OwnedFd>,
    signals: Signals,
    splitter: Splitter,
    resizes: Resizes,
    queue: VecDeque<Event>,
    since: Instant,
}

impl Input {
    /// Reads standard input and installs the handlers of SIGHUP, SIGTERM, SIGINT, SIGWINCH, SIGTSTP and SIGCONT.
    pub fn open() -> io::Result<Input> {
        let mut input = Input::over(rustix::io::dup(rustix::stdio::stdin())?)?;
        input.signals = Signals::install(&input.wake_write)?;
        Ok(input)
    }

    /// Reads another descriptor and leaves signals alone.
    pub fn over(tty: OwnedFd) -> io::Result<Input> {
        let (wake_read, wake_write) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        Ok(Input {
            tty: Some(tty),
            wake_read,
            wake_write: Arc::new(wake_write),
            signals: Signals::default(),
            splitter: Splitter::default(),
            resizes: Resizes::default(),
            queue: VecDeque::new(),
            since: now(),
        })
    }

    /// A handle with which other threads wake the loop.
    pub fn waker(&self) -> Waker {
        Waker(Arc::clone(&self.wake_write))
    }

    /// Waits for the next event, at most until `deadline`.
    pub fn next(&mut self, deadline: Option<Instant>) -> io::Result<Event> {
        loop {
            self.look_at_signals();
            if let Some(event) = self.queue.pop_front() {
                return Ok(event);
            }
            if deadline.is_some_and(|deadline| now() >= deadline) {
                return Ok(Event::Deadline);
            }
            self.wait(deadline)?;
        }
    }

    /// Waits up to `limit` for SIGCONT, as after a stop, which is done with then; other events are kept for later.
    pub(super) fn wait_for_continue(&mut self, limit: Duration) -> io::Result<()> {
        let end = now() + limit;
        while !self.queue.contains(&Event::Continued) && now() < end {
            self.look_at_signals();
            if !self.queue.contains(&Event::Continued) {
                let mut fds = [PollFd::new(&self.wake_read, PollFlags::IN)];
                poll_until(&mut fds, Some(end))?;
                self.drain_wakes();
            }
        }
        self.queue.retain(|event| !matches!(event, Event::Continued | Event::Stop));
        Ok(())
    }

    fn now(&self) -> u64 {
        self.since.elapsed().as_millis() as u64
    }

    fn look_at_signals(&mut self) {
        let seen = self.signals.take();
        if seen.hangup {
            self.lose();
        }
        if seen.resized {
            self.resizes.note(self.now());
        }
        for (came, event) in
            [(seen.continued, Event::Continued), (seen.stop, Event::Stop), (seen.terminate, Event::Terminate)]
        {
            if came && !self.queue.contains(&event) {
                self.queue.push_back(event);
            }
        }
        if self.resizes.due(self.now()) {
            self.queue.push_back(Event::Resized);
        }
    }

    /// Sleeps until there is something to read, a wake-up, or time for something.
    fn wait(&mut self, deadline: Option<Instant>) -> io::Result<()> {
        let own = [self.splitter.deadline(), self.resizes.deadline()].into_iter().flatten().min();
        let own = own.map(|ms| self.since + Duration::from_millis(ms));
        let until = [own, deadline].into_iter().flatten().min();
        let mut fds = vec![PollFd::new(&self.wake_read, PollFlags::IN)];
        fds.extend(self.tty.iter().map(|tty| PollFd::new(tty, PollFlags::IN)));
        poll_until(&mut fds, until)?;
        let ready = |i: usize| fds.get(i).is_some_and(|fd| !fd.revents().is_empty());
        let (woken, readable) = (ready(0), ready(1));
        if woken {
            self.drain_wakes();
        }
        if readable {
            self.read();
        } else if let Some(token) = self.splitter.expire(self.now()) {
            self.take(token);
        }
        Ok(())
    }

    fn read(&mut self) {
        let Some(tty) = &self.tty else { return };
        let mut bytes = [0; 4096];
        match rustix::io::read(tty, &mut bytes) {
            Ok(0) => self.lose(),
            Ok(n) => {
                for token in self.splitter.feed(&bytes[..n], self.now()) {
                    self.take(token);
                }
            }
            Err(Errno::INTR | Errno::AGAIN) => {}
            Err(_) => self.lose(),
        }
    }

    fn take(&mut self, token: Token) {
        let event = match token {
            Token::Paste(text) => Event::Paste(text),
            Token::Key(bytes) => match decode(&bytes) {
                Meaning::Key(key) => Event::Key(key),
                Meaning::Mouse(pointer) => Event::Mouse(pointer),
                Meaning::Answer => Event::Answer,
                Meaning::Cursor(row, column) => Event::Cursor(row, column),
                Meaning::Attributes => Event::Attributes,
                Meaning::Nothing => return,
            },
        };
        self.queue.push_back(event);
    }

    /// The terminal is gone: it is never looked at again, since a dead one is always readable.
    fn lose(&mut self) {
        if self.tty.take().is_some() {
            self.queue.push_back(Event::LinkLost);
        }
    }

    fn drain_wakes(&mut self) {
        let mut bytes = [0; 256];
        let mut woken = false;
        while let Ok(n @ 1..) = rustix::io::read(&self.wake_read, &mut bytes) {
            // Signals write an X.
            woken |= bytes[..n].contains(&b'w');
        }
        if woken && !self.queue.contains(&Event::Woken) {
            self.queue.push_back(Event::Woken);
        }
    }
}

/// The loop's clock: it measures how long a key or a resize has waited, never what time it is.
#[expect(clippy::disallowed_methods, reason = "the terminal measures spans")]
fn now() -> Instant {
    Instant::now()
}

/// `poll`, ending at `until` at the latest; a signal ends it too.
fn poll_until(fds: &mut [PollFd], until: Option<Instant>) -> io::Result<()> {
    let left = until.map(|until| until.saturating_duration_since(now()));
    // One more than asked for, so that it is time when it returns.
    let left = left.map(|left| left + Duration::from_micros(100));
    let limit = left.map(|left| Timespec { tv_sec: left.as_secs() as i64, tv_nsec: left.subsec_nanos().into() });
    match poll(fds, limit.as_ref()) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(e) => Err(e.into()),
    }
}

#[cfg(test)]
mod tests;
