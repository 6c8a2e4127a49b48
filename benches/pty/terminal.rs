//! A pseudoterminal with one program in it: every byte is stamped when it is read, and looked at only afterwards.
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{Read, Write},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

/// A screen that got no byte for this long is complete.
const QUIET: Duration = Duration::from_millis(30);
/// A key that has brought nothing after this long brings nothing.
const BEGUN: Duration = Duration::from_millis(300);
/// A program that sends nothing for this long has nothing to send.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a program sent in answer to one thing.
pub struct Burst {
    /// From the cause to the last byte.
    pub took: Duration,
    /// How many bytes came.
    pub bytes: usize,
}

/// A pseudoterminal with one program in it.
pub struct Terminal {
    line: File,
    child: Child,
    screen: vt100::Parser,
}

impl Terminal {
    /// Starts a program; the burst ends with the last byte of the frame that shows `ready`.
    pub fn start(command: &[OsString], (cols, rows): (u16, u16), ready: &str) -> (Terminal, Burst) {
        let line = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
        grantpt(&line).unwrap();
        unlockpt(&line).unwrap();
        tcsetwinsize(&line, Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
        let name = ptsname(&line, Vec::new()).unwrap();
        let side = File::from(open(name, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap());
        let stdio = || Stdio::from(side.try_clone().unwrap());
        let mut program = Command::new(&command[0]);
        program.args(&command[1..]).env("TERM", "xterm-256color").stdin(stdio()).stdout(stdio()).stderr(stdio());
        let begun = Instant::now();
        let child = program.spawn().unwrap();
        let screen = vt100::Parser::new(rows.try_into().unwrap(), cols.try_into().unwrap(), 0);
        let mut terminal = Terminal { line: File::from(line), child, screen };
        let burst = terminal.hear(begun, |screen| screen.contains(ready));
        (terminal, burst)
    }

    /// Presses a key that may do nothing, as at the end of a list.
    pub fn press_if(&mut self, key: &str) -> Burst {
        let begun = Instant::now();
        self.line.write_all(key.as_bytes()).unwrap();
        let mut burst = Burst { took: Duration::ZERO, bytes: 0 };
        let mut patience = BEGUN;
        while let Some((at, chunk)) = self.read(patience) {
            patience = QUIET;
            burst = Burst { took: at - begun, bytes: burst.bytes + chunk.len() };
            self.screen.process(&chunk);
        }
        burst
    }

    /// Presses a key; the burst ends with the last byte of the frame that shows `text`.
    pub fn press_until(&mut self, key: &str, text: &str) -> Burst {
        let begun = Instant::now();
        self.line.write_all(key.as_bytes()).unwrap();
        self.hear(begun, |screen| screen.contains(text))
    }

    /// Whether this stands on the screen.
    pub fn shows(&self, text: &str) -> bool {
        self.screen.screen().contents().contains(text)
    }

    /// Waits and listens.
    pub fn silence(&mut self, long: Duration) -> usize {
        let end = Instant::now() + long;
        let mut bytes = 0;
        while let Some((_, chunk)) = self.read(end.saturating_duration_since(Instant::now())) {
            bytes += chunk.len();
        }
        bytes
    }

    /// Presses the keys that leave, and waits until the program is gone.
    pub fn leave(mut self, keys: &str) -> Duration {
        let begun = Instant::now();
        self.line.write_all(keys.as_bytes()).unwrap();
        while self.child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < PATIENCE, "it does not leave");
            self.read(Duration::from_millis(1));
        }
        begun.elapsed()
    }

    /// A figure of `/proc/PID/status`.
    pub fn status(&self, name: &str) -> u64 {
        figure(&fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap(), name)
    }

    /// How often the program's threads have given up the processor to wait.
    pub fn wake_ups(&self) -> u64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.child.id())).unwrap();
        let status = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("status")).unwrap());
        status.map(|status| figure(&status, "voluntary_ctxt_switches")).sum()
    }

    /// Reads until the screen is as `complete` says and then silent; stamps are taken before anything is looked at.
    fn hear(&mut self, begun: Instant, complete: impl Fn(&str) -> bool) -> Burst {
        let mut burst = Burst { took: Duration::ZERO, bytes: 0 };
        let mut done = false;
        loop {
            match self.read(if done { QUIET } else { PATIENCE }) {
                Some((at, chunk)) => {
                    burst = Burst { took: at - begun, bytes: burst.bytes + chunk.len() };
                    self.screen.process(&chunk);
                    done = done || complete(&self.screen.screen().contents());
                }
                None => {
                    assert!(done, "waited in vain; on the screen:\n{}", self.screen.screen().contents());
                    return burst;
                }
            }
        }
    }

    fn read(&mut self, patience: Duration) -> Option<(Instant, Vec<u8>)> {
        let timeout = Timespec::try_from(patience).unwrap();
        let ready = poll(&mut [PollFd::new(&self.line, PollFlags::IN)], Some(&timeout)).unwrap();
        let mut chunk = vec![0; 65_536];
        // The line of a program that has ended gives an error.
        let n = if ready == 0 { 0 } else { self.line.read(&mut chunk).unwrap_or(0) };
        chunk.truncate(n);
        let read = (n > 0).then(|| (Instant::now(), chunk));
        if let Some((_, chunk)) = &read {
            self.answer(chunk);
        }
        read
    }

    /// Answers what nearly every terminal does: its status, where its cursor is, what it is. One that draws in one cell
    /// what clients disagree about.
    fn answer(&mut self, chunk: &[u8]) {
        let asks = |query: &[u8]| chunk.windows(query.len()).any(|bytes| bytes == query);
        for (query, answer) in [(&b"\x1b[c"[..], &b"\x1b[2;2R\x1b[2;5R\x1b[?62;22c"[..]), (b"\x1b[5n", b"\x1b[0n")] {
            if asks(query) {
                // A program that is gone needs no answer.
                let _ = self.line.write_all(answer);
            }
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn figure(status: &str, name: &str) -> u64 {
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// How long it takes to append 200 bytes to a file and make them durable.
pub fn bare_append(mut file: &File) -> Duration {
    let begun = Instant::now();
    file.write_all(&[7; 200]).unwrap();
    file.sync_data().unwrap();
    begun.elapsed()
}
