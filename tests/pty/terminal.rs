//! The terminal that a program under test runs in.
use std::{
    fs::File,
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, SlavePty, native_pty_system};
use rustix::{
    process::{Pid, Signal, kill_process},
    termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr},
};
use vt100::Screen;

use super::{
    Frame,
    keys::{self, Key},
    link::{Line, Link, Tally, Wire},
};

mod reckon;
mod rest;
use reckon::Reckoned;

/// How long a wait may take before the test fails: far beyond what a loaded machine needs.
const PATIENCE: Duration = Duration::from_secs(30);
/// A screen that got no byte for this long after a key has answered it.
const ANSWERED: Duration = Duration::from_millis(30);
/// The pieces of one frame come closer together than this.
const WHOLE: Duration = Duration::from_millis(20);
/// A lone Esc acts within 150 ms; after this long the next key can no longer be taken for a part of it.
const ESCAPE: Duration = Duration::from_millis(200);

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// The exit status; 1 when a signal ended it.
    pub code: u32,
    /// The signal that ended it, by name.
    pub signal: Option<String>,
}

enum Event {
    Bytes(Instant, Vec<u8>),
    Closed,
    Exit(Exit),
}

/// A moment: a place in what the program has sent, and in what was typed.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    bytes: usize,
    arrivals: usize,
    presses: usize,
}

impl Mark {
    /// Before the first byte and the first key.
    pub const START: Mark = Mark { bytes: 0, arrivals: 0, presses: 0 };
}

/// A terminal with one program in it. Dropping it kills the program.
pub struct Terminal {
    /// Nothing after [`Terminal::hang_up`].
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    hung_up: Arc<AtomicBool>,
    /// The program's side, held open so that the line's modes can be read after the program is gone.
    line: Option<(Box<dyn SlavePty + Send>, File)>,
    events: Receiver<Event>,
    parser: vt100::Parser<Queries>,
    raw: Vec<u8>,
    /// When bytes arrived, and how many.
    arrivals: Vec<(Instant, usize)>,
    begun: Instant,
    /// When keys were pressed.
    presses: Vec<Instant>,
    /// Both directions of a slow line, if there is one.
    lines: Vec<Arc<Line>>,
    /// A line that is only reckoned with: its clock, and how many bytes have arrived by it.
    reckoned: Option<Reckoned>,
    /// Whether keys wake it; not so where it reads lines, or tmux reads in its place.
    reads_keys: bool,
    pid: Pid,
    modes_before: String,
    modes_after: Option<String>,
    exit: Option<Exit>,
    closed: bool,
}

impl Terminal {
    pub(super) fn start(command: CommandBuilder, (columns, rows): (u16, u16), link: Option<Link>) -> Terminal {
        let pair = native_pty_system().openpty(pty_size(columns, rows)).expect("a PTY");
        let name = pair.master.tty_name().expect("the PTY's name");
        let no_ctty = rustix::fs::OFlags::NOCTTY.bits() as i32;
        let side = File::options().read(true).write(true).custom_flags(no_ctty).open(name).expect("the PTY's line");
        let modes_before = modes(&side);
        let begun = Instant::now();
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let pid = child.process_id().and_then(|id| Pid::from_raw(id as i32)).expect("a process id");
        let (sender, events) = channel();
        let hung_up = Arc::new(AtomicBool::new(false));
        let output = pair.master.try_clone_reader().expect("the PTY's output");
        let mut writer = pair.master.take_writer().expect("the PTY's input");
        let mut lines = Vec::new();
        let arrivals = Arrivals(sender.clone());
        match link {
            None => listen(output, hung_up.clone(), move |bytes| arrivals.take(bytes)),
            Some(link) => {
                let mut down = Wire::new(link, move |packet| arrivals.take(packet));
                let up = Wire::new(link, move |packet| {
                    // A program that is gone reads nothing.
                    let _ = writer.write_all(packet).and_then(|()| writer.flush());
                });
                lines = vec![down.line(), up.line()];
                writer = Box::new(up);
                listen(output, hung_up.clone(), move |bytes| down.write_all(bytes).expect("the wire works"));
            }
        }
        watch(child, sender);
        let (rows, columns) = (rows.try_into().expect("rows"), columns.try_into().expect("columns"));
        Terminal {
            writer: Some(writer),
            master: Some(pair.master),
            hung_up,
            line: Some((pair.slave, side)),
            events,
            parser: vt100::Parser::new_with_callbacks(rows, columns, 0, Queries::default()),
            raw: Vec::new(),
            arrivals: Vec::new(),
            begun,
            presses: Vec::new(),
            lines,
            reckoned: None,
            reads_keys: true,
            pid,
            modes_before,
            modes_after: None,
            exit: None,
            closed: false,
        }
    }

    /// From now on answers cursor position, status and attribute queries, as a terminal does.
    pub fn answer_queries(&mut self) {
        self.parser.callbacks_mut().answering = true;
    }

    /// Types keys (see [`keys`]) as a person does: each when the screen has answered the one before.
    #[track_caller]
    pub fn keys(&mut self, text: &str) {
        for key in keys::parse(text).unwrap_or_else(|why| panic!("{why}")) {
            let quiet = if key == Key::Escape { ESCAPE } else { ANSWERED };
            if self.reckoned.is_some() {
                self.press_and_reckon(&key, quiet);
            } else {
                let before = self.switches();
                self.press(&key);
                self.taken(before);
                self.settle(quiet);
            }
        }
    }

    /// Holds a key down: so many presses at an even pace, whatever the screen does meanwhile.
    #[track_caller]
    pub fn hold(&mut self, key: &str, times: u32, per_second: u32) {
        let [key] = &keys::parse(key).unwrap_or_else(|why| panic!("{why}"))[..] else {
            panic!("`{key}` is not one key")
        };
        let begun = Instant::now();
        for i in 0..times {
            let due = begun + Duration::from_secs(i.into()) / per_second;
            while Instant::now() < due {
                self.hear(due);
            }
            self.press(key);
        }
    }

    #[track_caller]
    fn press(&mut self, key: &Key) {
        self.presses.push(Instant::now());
        self.send(&self.bytes_of(key));
    }

    /// Sends bytes in one write, waiting for nothing.
    #[track_caller]
    pub fn send(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().expect("the line is not hung up");
        writer.write_all(bytes).and_then(|()| writer.flush()).expect("the PTY takes input");
    }

    fn bytes_of(&self, key: &Key) -> Vec<u8> {
        match key {
            Key::Bytes(bytes) => bytes.clone(),
            Key::Escape => vec![0x1b],
            Key::Cursor(c) if self.parser.screen().application_cursor() => format!("\x1bO{c}").into_bytes(),
            Key::Cursor(c) => format!("\x1b[{c}").into_bytes(),
        }
    }

    /// Waits until a row shows `text`.
    #[track_caller]
    pub fn wait_for(&mut self, text: &str) -> Frame {
        self.wait(&format!("the screen to show `{text}`"), |frame| frame.shows(text))
    }

    /// Waits until the screen is as `wanted` says, and at rest; `what` ends the sentence "waited in vain for ..".
    #[track_caller]
    pub fn wait(&mut self, what: &str, mut wanted: impl FnMut(&Frame) -> bool) -> Frame {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Err(frame) = self.try_wait_until(end, &mut wanted) {
                panic!("waited in vain for {what} ({}); on the screen:\n{frame}", self.condition());
            }
            // The kernel hands a frame over in pieces: what is looked at is the whole of it.
            self.settle(WHOLE);
            let frame = self.frame();
            if wanted(&frame) {
                return frame;
            }
        }
    }

    /// Waits until the screen is as `wanted` says, or gives what stands there when patience or the program ends.
    pub fn try_wait(&mut self, wanted: impl FnMut(&Frame) -> bool) -> Result<Frame, Frame> {
        self.try_wait_until(Instant::now() + PATIENCE, wanted)
    }

    /// Waits until the screen is as `wanted` says, or gives what stands there at `end` or when the program ends.
    pub fn try_wait_until(&mut self, end: Instant, mut wanted: impl FnMut(&Frame) -> bool) -> Result<Frame, Frame> {
        loop {
            let frame = self.frame();
            if wanted(&frame) {
                return Ok(frame);
            }
            if self.closed || !self.hear(end) {
                return Err(frame);
            }
        }
    }

    /// Waits until the program has sent nothing for `quiet`, and a slow line has carried nothing either.
    #[track_caller]
    pub fn settle(&mut self, quiet: Duration) {
        let end = Instant::now() + PATIENCE;
        while !self.closed && (self.hear(Instant::now() + quiet) || !self.lines_rest_for(quiet)) {
            assert!(Instant::now() < end, "the screen never came to rest; on it:\n{}", self.frame());
        }
    }

    /// Waits until the program has sent `what` since `mark`, and all that comes with it.
    #[track_caller]
    pub fn wait_for_bytes(&mut self, mark: Mark, what: &[u8]) {
        let end = Instant::now() + PATIENCE;
        while !self.since(mark).windows(what.len()).any(|bytes| bytes == what) {
            let name = String::from_utf8_lossy(what).into_owned();
            assert!(
                !self.closed && self.hear(end),
                "the program never sent {name:?}; on the screen:\n{}",
                self.frame()
            );
        }
        self.settle(WHOLE);
    }

    /// Waits until the whole screen has been drawn again since `mark`.
    #[track_caller]
    pub fn wait_for_repaint(&mut self, mark: Mark) {
        self.wait_for_bytes(mark, b"\x1b[2J");
    }

    fn lines_rest_for(&self, quiet: Duration) -> bool {
        self.lines.iter().all(|line| line.at_rest_since().is_some_and(|since| since.elapsed() >= quiet))
    }

    /// Whether the program sends anything, or ends, within `span`: for measuring silence.
    pub fn hears_within(&mut self, span: Duration) -> bool {
        self.hear(Instant::now() + span)
    }

    /// The program's process id.
    pub fn pid(&self) -> i32 {
        self.pid.as_raw_nonzero().get()
    }

    /// Waits for the program to end and takes in the last of what it sent.
    #[track_caller]
    pub fn wait_exit(&mut self) -> Exit {
        let end = Instant::now() + PATIENCE;
        while !(self.exit.is_some() && self.closed) {
            assert!(self.hear(end), "the program did not end; on the screen:\n{}", self.frame());
        }
        self.exit.clone().expect("an exit status")
    }

    /// What a program that has ended has left behind in the terminal; empty if all is as it was.
    pub fn left_behind(&self) -> Vec<String> {
        let after = self.modes_after.as_ref().expect("the program has ended");
        let mut left: Vec<String> = self.frame().left_switched_on().into_iter().map(str::to_owned).collect();
        if *after != self.modes_before {
            left.push(format!("line modes {after} instead of {}", self.modes_before));
        }
        left
    }

    /// What stands on the screen now.
    pub fn frame(&self) -> Frame {
        Frame::of(self.parser.screen())
    }

    /// This place in the stream of bytes.
    pub fn mark(&self) -> Mark {
        Mark { bytes: self.raw.len(), arrivals: self.arrivals.len(), presses: self.presses.len() }
    }

    /// What was typed and what came of it since `mark`. Let the screen settle first.
    pub fn tally(&self, mark: Mark) -> Tally {
        Tally::of(self.begun, &self.presses[mark.presses..], &self.arrivals[mark.arrivals..])
    }

    /// The bytes that the program has sent since `mark`.
    pub fn since(&self, mark: Mark) -> &[u8] {
        &self.raw[mark.bytes..]
    }

    /// Changes the size; the program gets SIGWINCH.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.master
            .as_ref()
            .expect("the line is not hung up")
            .resize(pty_size(columns, rows))
            .expect("the PTY takes a size");
        self.parser.set_size(rows.try_into().expect("rows"), columns.try_into().expect("columns"));
    }

    /// Sends a signal, if the program still runs.
    pub fn signal(&mut self, signal: Signal) {
        if self.exit.is_none() {
            // It may end of itself between the question and the signal.
            let _ = kill_process(self.pid, signal);
        }
    }

    /// Drops the line as a lost SSH connection does; the program gets SIGHUP, and nobody hears it any more.
    pub fn hang_up(&mut self) {
        let (slave, mut side) = self.line.take().expect("the program still runs");
        // portable-pty types a newline and the EOF character when a writer is dropped, unless there is none.
        let mut silent = tcgetattr(&side).expect("line modes");
        silent.special_codes[SpecialCodeIndex::VEOF] = 0;
        tcsetattr(&side, OptionalActions::Now, &silent).expect("line modes");
        self.writer = None;
        // The listener is in read(2) and holds the line; a byte wakes it, and it goes.
        self.hung_up.store(true, Ordering::SeqCst);
        side.write_all(b"\0").expect("the PTY's line takes a byte");
        let end = Instant::now() + PATIENCE;
        while !self.closed {
            assert!(self.hear(end), "the listener did not go");
        }
        drop((slave, side));
        self.master = None;
    }

    fn take_replies(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.parser.callbacks_mut().replies)
    }

    fn condition(&self) -> String {
        match &self.exit {
            None => "the program runs".into(),
            Some(Exit { code, signal: None }) => format!("the program ended with status {code}"),
            Some(Exit { signal: Some(signal), .. }) => format!("the program was ended by {signal}"),
        }
    }

    /// Takes in one event; whether there was one before `end`.
    fn hear(&mut self, end: Instant) -> bool {
        match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
            Ok(Event::Bytes(at, bytes)) => {
                self.parser.process(&bytes);
                self.raw.extend_from_slice(&bytes);
                if self.reckoned.is_none() {
                    self.arrivals.push((at, bytes.len()));
                    let replies = self.take_replies();
                    if !replies.is_empty() {
                        self.send(&replies);
                    }
                }
                true
            }
            Ok(Event::Exit(exit)) => {
                self.modes_after = self.line.take().map(|(_slave, side)| modes(&side));
                self.exit = Some(exit);
                true
            }
            Ok(Event::Closed) => {
                self.closed = true;
                true
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => false,
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.signal(Signal::KILL);
    }
}

/// What arrives at the terminal; dropped when nothing can arrive any more.
struct Arrivals(Sender<Event>);

impl Arrivals {
    fn take(&self, bytes: &[u8]) {
        // Nobody may look at the terminal any more.
        let _ = self.0.send(Event::Bytes(Instant::now(), bytes.to_vec()));
    }
}

impl Drop for Arrivals {
    fn drop(&mut self) {
        let _ = self.0.send(Event::Closed);
    }
}

/// Passes on what comes out of the line until it is closed or hung up.
fn listen(mut output: Box<dyn Read + Send>, hung_up: Arc<AtomicBool>, mut pass: impl FnMut(&[u8]) + Send + 'static) {
    thread::spawn(move || {
        let mut buffer = [0; 8192];
        while let Ok(n @ 1..) = output.read(&mut buffer) {
            if hung_up.load(Ordering::SeqCst) {
                break;
            }
            pass(&buffer[..n]);
        }
        drop(output);
        drop(pass);
    });
}

/// Says when and how the program ended.
fn watch(mut child: Box<dyn Child + Send + Sync>, sender: Sender<Event>) {
    thread::spawn(move || {
        let status = child.wait().expect("the program is our child");
        let exit = Exit { code: status.exit_code(), signal: status.signal().map(str::to_owned) };
        let _ = sender.send(Event::Exit(exit));
    });
}

fn pty_size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// The line's modes in a form that can be compared and read.
fn modes(side: &File) -> String {
    let modes = tcgetattr(side).expect("the line's modes");
    let codes = [SpecialCodeIndex::VMIN, SpecialCodeIndex::VTIME, SpecialCodeIndex::VINTR, SpecialCodeIndex::VEOF]
        .map(|code| modes.special_codes[code]);
    let (input, output, local) = (modes.input_modes, modes.output_modes, modes.local_modes);
    format!("{input:?} {output:?} {local:?} {codes:?}")
}

/// What the program asked the terminal, answered if the test wants that.
#[derive(Default)]
struct Queries {
    answering: bool,
    replies: Vec<u8>,
}

impl vt100::Callbacks for Queries {
    fn unhandled_csi(&mut self, screen: &mut Screen, i1: Option<u8>, _: Option<u8>, params: &[&[u16]], c: char) {
        if !self.answering {
            return;
        }
        match (i1, params.first().and_then(|p| p.first()).copied().unwrap_or(0), c) {
            (None, 6, 'n') => {
                let (row, column) = screen.cursor_position();
                self.replies.extend_from_slice(format!("\x1b[{};{}R", row + 1, column + 1).as_bytes());
            }
            (None, 5, 'n') => self.replies.extend_from_slice(b"\x1b[0n"),
            (None, 0, 'c') => self.replies.extend_from_slice(b"\x1b[?62;22c"),
            _ => {}
        }
    }
}
