//! A line between program and terminal as SSH has it over a poor network: narrow, far away, and with deep buffers.
//!
//! What the program writes goes into a buffer, as into sshd's window and TCP's; from there packets leave one after the
//! other. A packet occupies the wire for its bytes and its headers, and arrives the one-way delay after its last bit.
//! Keys and answers go the same way in the other direction. When the buffer is full, nothing is read any more, and the
//! program's next write blocks.
//!
//! `Launch::start_over(Link::SLOW)` puts a terminal behind it that answers queries, `Terminal::tally` says what it cost.
//! `Launch::start_reckoned` only reckons with the line, so that the cost is the same on any machine.
use std::{
    collections::VecDeque,
    io::{self, Write},
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread,
    time::{Duration, Instant},
};

/// The most text in one packet, so that it fits into an Ethernet frame.
const PACKET: usize = 1400;
/// What each packet costs besides its text: IP 20, TCP with time stamps 32, SSH's lengths, padding and tag 38.
const HEADERS: usize = 90;

/// How fast, how far away and how deep a line is; both directions are alike.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// Bits per second in each direction, headers included.
    pub bits_per_second: u64,
    /// From the last bit sent to its arrival.
    pub one_way: Duration,
    /// How many bytes wait for the wire at most.
    pub buffer: usize,
}

impl Link {
    /// 64 kbit/s and a round trip of 150 ms. Routes are mostly alike in both directions, so that each gets half of what
    /// `ping` says. sshd's window is 2 MiB, and TCP's buffer holds as much again before a write blocks.
    pub const SLOW: Link = Link { bits_per_second: 64_000, one_way: Duration::from_millis(75), buffer: 4 << 20 };

    /// How long so many bytes are on the way when nothing else is.
    pub fn way(self, bytes: usize) -> Duration {
        let packets = (0..bytes).step_by(PACKET).map(|from| self.time_of(PACKET.min(bytes - from)));
        packets.sum::<Duration>() + self.one_way
    }

    /// How long a packet with so many bytes of text occupies the wire.
    pub fn time_of(self, text: usize) -> Duration {
        Duration::from_nanos((text + HEADERS) as u64 * 8 * 1_000_000_000 / self.bits_per_second)
    }
}

/// One direction of a line; what is written to it arrives later. Dropping it lets the rest arrive.
pub(super) struct Wire(Arc<Line>);

/// What is on one direction of a line; its other end looks at it as well.
pub(super) struct Line {
    link: Link,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    waiting: VecDeque<u8>,
    /// Packets that have left and not arrived.
    flying: usize,
    last_arrival: Instant,
    closed: bool,
}

impl Wire {
    /// A direction that hands each packet to `arrive`; both go when the wire was dropped and the last packet arrived.
    pub(super) fn new(link: Link, arrive: impl FnMut(&[u8]) + Send + 'static) -> Wire {
        let state = State { waiting: VecDeque::new(), flying: 0, last_arrival: Instant::now(), closed: false };
        let line = Arc::new(Line { link, state: Mutex::new(state), changed: Condvar::new() });
        let carried = Arc::clone(&line);
        thread::spawn(move || carried.carry(arrive));
        Wire(line)
    }

    /// The line, for asking whether it is at rest.
    pub(super) fn line(&self) -> Arc<Line> {
        Arc::clone(&self.0)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut state = self.0.state();
        while state.waiting.len() >= self.0.link.buffer {
            state = self.0.changed.wait(state).expect("the wire works");
        }
        let room = bytes.len().min(self.0.link.buffer - state.waiting.len());
        state.waiting.extend(&bytes[..room]);
        self.0.changed.notify_all();
        Ok(room)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.changed.notify_all();
    }
}

impl Line {
    /// Since when nothing is on it; none while something is.
    pub(super) fn at_rest_since(&self) -> Option<Instant> {
        let state = self.state();
        (state.waiting.is_empty() && state.flying == 0).then_some(state.last_arrival)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the wire works")
    }

    fn carry(&self, mut arrive: impl FnMut(&[u8])) {
        let mut flying: VecDeque<(Instant, Vec<u8>)> = VecDeque::new();
        let mut free_at = Instant::now();
        loop {
            while let Some((_, packet)) = flying.pop_front_if(|(due, _)| *due <= Instant::now()) {
                arrive(&packet);
                let mut state = self.state();
                state.flying -= 1;
                state.last_arrival = Instant::now();
            }
            let mut state = self.state();
            let now = Instant::now();
            if now >= free_at && !state.waiting.is_empty() {
                let text = state.waiting.len().min(PACKET);
                let packet: Vec<u8> = state.waiting.drain(..text).collect();
                free_at = now + self.link.time_of(text);
                flying.push_back((free_at + self.link.one_way, packet));
                state.flying += 1;
                self.changed.notify_all();
            }
            if state.closed && state.waiting.is_empty() && flying.is_empty() {
                return;
            }
            let arrival = flying.front().map(|(due, _)| *due);
            let departure = (!state.waiting.is_empty()).then_some(free_at);
            match [arrival, departure].into_iter().flatten().min() {
                Some(next) => drop(self.changed.wait_timeout(state, next.saturating_duration_since(now))),
                None => drop(self.changed.wait(state)),
            }
        }
    }
}

/// What was typed, what came of it, and how long that took. All times are those at the terminal, by the wall's clock
/// or, where the line is only reckoned with, by the line's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many keys were pressed; a paste and what an input method commits at once count as one.
    pub keys: usize,
    /// How many bytes arrived at the terminal.
    pub bytes: usize,
    /// From the last key to the last byte; without a key, from the start of the program.
    pub settled: Duration,
    /// The same for every key, added up: what a person has waited for the screen in all.
    pub waited: Duration,
}

impl Tally {
    /// Reckons from the moments of the presses (before them the moment from which the time runs) and of the arrivals.
    pub(super) fn of(begun: Instant, presses: &[Instant], arrivals: &[(Instant, usize)]) -> Tally {
        let starts: Vec<Instant> = if presses.is_empty() { vec![begun] } else { presses.to_vec() };
        let answered = |i: usize| {
            let until = starts.get(i + 1);
            let own =
                arrivals.iter().map(|(at, _)| *at).filter(|at| *at >= starts[i] && until.is_none_or(|end| at < end));
            own.max().map_or(Duration::ZERO, |last| last - starts[i])
        };
        Tally {
            keys: presses.len(),
            bytes: arrivals.iter().map(|(_, bytes)| bytes).sum(),
            settled: answered(starts.len() - 1),
            waited: (0..starts.len()).map(answered).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::mpsc::channel};

    use super::super::Home;
    use super::*;

    #[test]
    fn bytes_take_the_time_of_the_wire_and_the_way_and_arrive_in_order() {
        let (sender, arrived) = channel();
        let mut wire = Wire::new(Link::SLOW, move |packet| sender.send(packet.to_vec()).expect("heard"));
        let start = Instant::now();
        let text: Vec<u8> = (0..4000).map(|i| (i % 251) as u8).collect();
        wire.write_all(&text).expect("room");
        let line = wire.line();
        assert_eq!(line.at_rest_since(), None);
        drop(wire);
        let got: Vec<Vec<u8>> = arrived.iter().collect();
        let took = start.elapsed();
        assert_eq!(got.iter().map(Vec::len).collect::<Vec<_>>(), [1400, 1400, 1200]);
        assert_eq!(got.concat(), text);
        // 4,270 bytes at 8,000 a second, and 75 ms.
        assert!(took >= Duration::from_millis(608) && took < Duration::from_secs(3), "{took:?}");
        assert!(line.at_rest_since().is_some());
    }

    #[test]
    fn a_full_buffer_takes_no_more() {
        let far = Link { bits_per_second: 800, buffer: 100, ..Link::SLOW };
        let mut wire = Wire::new(far, |_| {});
        // The first packet leaves at once or not; in no case is there room for three times the buffer.
        assert!(wire.write(&[0; 300]).expect("room") == 100);
    }

    #[test]
    fn a_tally_counts_every_press_with_what_came_after_it() {
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        let arrivals = [(at(40), 10), (at(120), 7), (at(190), 3), (at(330), 5)];
        let tally = Tally::of(begun, &[at(100), at(300)], &arrivals[1..]);
        assert_eq!((tally.keys, tally.bytes), (2, 15));
        assert_eq!([tally.settled, tally.waited].map(|d| d.as_millis()), [30, 120]);
        let silent = Tally::of(begun, &[at(100), at(400)], &arrivals);
        assert_eq!([silent.settled, silent.waited].map(|d| d.as_millis()), [0, 230]);
        let start = Tally::of(begun, &[], &arrivals[..1]);
        assert_eq!((start.keys, start.settled.as_millis()), (0, 40));
    }

    #[test]
    fn a_terminal_behind_the_link_hears_late_is_heard_late_and_answers() {
        let home = Home::new();
        let script = r"stty raw -echo; printf 'ready\033[6n'; exec od -An -v -tx1 -w6";
        let mut term = home.program(Path::new("/bin/sh"), &["-c", script]).start_over(Link::SLOW);
        term.wait_for("1b 5b 31 3b 36 52");
        // There, back with the answer, and there again with what it was.
        let started = term.tally(super::super::Mark::START);
        assert_eq!(started.keys, 0);
        assert!(started.settled >= Duration::from_millis(225), "{started:?}");
        let mark = term.mark();
        term.keys("paste:123456");
        let tally = term.tally(mark);
        assert!(tally.keys == 1 && tally.bytes > 0, "{tally:?}");
        assert!(tally.settled >= Duration::from_millis(150) && tally.settled == tally.waited, "{tally:?}");
    }

    #[test]
    fn a_line_that_is_reckoned_with_takes_the_same_time_on_any_machine() {
        let way = |bytes| Link::SLOW.way(bytes);
        assert_eq!([way(1), way(1_400), way(1_401)].map(|way| way.as_micros()), [86_375, 261_250, 272_625]);
        let play = || {
            let home = Home::new();
            let mut term = home.wangge(&["demo", "--units", "300"]).start_reckoned(Link::SLOW);
            let mark = term.mark();
            term.keys("<Tab>*2 <Down>");
            let (moves, mark) = (term.tally(mark), term.mark());
            // Written to disk, and then told.
            term.keys("2 <Down> space*2 u");
            (moves, term.tally(mark), String::from_utf8_lossy(term.since(mark)).into_owned())
        };
        let (moves, work, bytes) = play();
        assert!(moves.keys == 3 && moves.settled > way(3) + way(60), "{moves:?}");
        assert!(moves.waited > moves.settled * 2, "{moves:?}");
        assert!(work.keys == 5 && bytes.contains("已撤销"), "{work:?}: {bytes}");
        assert_eq!((moves, work, bytes), play());
    }

    #[test]
    fn a_key_is_held_at_an_even_pace() {
        let home = Home::new();
        let mut term = home.program(Path::new("/bin/sh"), &["-c", "stty raw; printf ready; exec cat"]).start();
        term.wait_for("ready");
        let (mark, start) = (term.mark(), Instant::now());
        term.hold("x", 10, 30);
        assert!(start.elapsed() >= Duration::from_millis(300), "{:?}", start.elapsed());
        // Echoed by the line and by cat.
        term.wait_for_bytes(mark, &[b'x'; 20]);
        let tally = term.tally(mark);
        assert_eq!((tally.keys, tally.bytes), (10, 20));
    }
}
