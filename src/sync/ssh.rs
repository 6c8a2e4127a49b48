//! The way to a server on another machine: `ssh HOST wangge attach`, or what stands in for `ssh`, as a [`Stream`].
use std::{
    io::{self, Read, Write},
    os::fd::{AsFd, OwnedFd},
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    pipe::{PIPE_BUF, PipeFlags, pipe_with},
    process::{Pid, PidfdFlags, pidfd_open},
};

use super::{
    stream::Stream,
    talk::{LinkFault, SyncError},
};
use crate::words::{Language, fault};

/// How long nothing may come, or nothing be taken of what is sent, before the link counts as broken; a password is typed
/// within the same time.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// How long a link whose one half has ended may take to bring what is on its way in the other, or a program that has said
/// everything to end.
const PARTING: Duration = Duration::from_secs(2);
/// How much is kept of what the program complains about.
const COMPLAINT: usize = 4096;

/// Who is there to be asked for a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Somebody at the terminal.
    AtTerminal,
    /// Nobody: where one is needed, the link fails.
    Never,
}

/// The program at work; it ends with this.
pub struct Ssh {
    child: Child,
    host: String,
    /// What it complained about, where that does not go to the terminal, and word that there will be no more.
    complaint: Option<(Arc<Mutex<String>>, Receiver<()>)>,
    /// Ends the reading when it is dropped.
    _open: OwnedFd,
}

impl Ssh {
    /// Starts `program` (words; `ssh` where there are none) so that it reaches `host`, and speaks with what runs there; a
    /// link over which nothing goes for `patience`, up or down, is at its end.
    ///
    /// # Errors
    /// There is no such program, or the system gives no more files or threads.
    pub fn start(
        program: &[String],
        host: &str,
        (asking, patience): (Asking, Duration),
    ) -> Result<(Ssh, Stream<Writing>), SyncError> {
        let mut command = match program.split_first() {
            Some((name, rest)) => {
                let mut command = Command::new(name);
                command.args(rest);
                command
            }
            None => {
                let mut command = Command::new("ssh");
                // A network that is gone without a word is noticed within a minute.
                command.args(["-o", "ServerAliveInterval=15"]);
                command
            }
        };
        if asking == Asking::Never {
            command.args(["-o", "BatchMode=yes"]).stderr(Stdio::piped());
        }
        // What the other side itself has to say is said in the language of who reads it here.
        let attach = [host, "wangge", "attach", "--lang", Language::spoken().id()];
        command.args(attach).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| {
            let program = if program.is_empty() { "ssh".to_owned() } else { program.join(" ") };
            SyncError::NoProgram { program, error: fault::of(&error).to_string() }
        })?;
        let (open, closes) = pipe_with(PipeFlags::CLOEXEC).map_err(io::Error::from)?;
        let complaint = child.stderr.take().map(listen);
        let (out, up) = (child.stdout.take(), child.stdin.take());
        // From here on it ends with what is returned, or with the error.
        let ssh = Ssh { child, host: host.to_owned(), complaint, _open: closes };
        let (Some(out), Some(up)) = (out, up) else { return Err(LinkFault::Gone.into()) };
        let reading = Reading { out, up: up.as_fd().try_clone_to_owned()?, open, cut: false };
        Ok((ssh, Stream::over(reading, Writing { up, patience }, patience)?))
    }

    /// Why nobody has answered: what the program complained about, or how it ended.
    pub fn ended(mut self) -> SyncError {
        if let Ok(ends) = pidfd_open(Pid::from_child(&self.child), PidfdFlags::empty()) {
            let _late = poll(&mut [PollFd::new(&ends, PollFlags::IN)], Some(&span(PARTING)));
        }
        let status = self.child.try_wait().ok().flatten();
        // One that lives on, or was ended by a signal, has nothing to say.
        let Some(code) = status.and_then(|status| status.code()) else { return LinkFault::Gone.into() };
        let complaint = self.complaint.take().map_or_else(String::new, |(kept, over)| {
            // Somebody else may hold it open: what has come until then is told.
            let _late = over.recv_timeout(PARTING);
            kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
        });
        SyncError::NoServer { host: self.host.clone(), code, complaint }
    }
}

impl Drop for Ssh {
    fn drop(&mut self) {
        // Its input is closed by now: a healthy one ends by itself, and a stuck one is not waited for.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _gone = self.child.kill();
        }
        let _reaped = self.child.wait();
    }
}

/// What goes up. A program that takes nothing of it for too long is not waited for any longer.
pub struct Writing {
    up: ChildStdin,
    patience: Duration,
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match poll(&mut [PollFd::new(&self.up, PollFlags::OUT)], Some(&span(self.patience))) {
                Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
                Ok(_) => break,
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        // A pipe that has room takes so many bytes without making anybody wait.
        self.up.write(&bytes[..bytes.len().min(PIPE_BUF)])
    }

    fn flush(&mut self) -> io::Result<()> {
        self.up.flush()
    }
}

/// What comes down. A link whose upward half alone has ended is no link any more: what is on its way still comes, and then
/// it is at its end.
struct Reading {
    out: ChildStdout,
    /// The upward half, to see when nobody reads it any more.
    up: OwnedFd,
    /// Hangs up when the program is not used any more.
    open: OwnedFd,
    cut: bool,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let mut fds = [
                PollFd::new(&self.out, PollFlags::IN),
                PollFd::new(&self.open, PollFlags::empty()),
                PollFd::new(&self.up, PollFlags::empty()),
            ];
            let (watched, limit) = if self.cut { (2, Some(span(PARTING))) } else { (3, None) };
            match poll(&mut fds[..watched], limit.as_ref()) {
                Ok(0) => return Ok(0),
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let happened = fds.map(|fd| !fd.revents().is_empty());
            match happened {
                [true, ..] => return self.out.read(buffer),
                [_, true, _] => return Ok(0),
                _ => self.cut = true,
            }
        }
    }
}

fn span(time: Duration) -> Timespec {
    Timespec { tv_sec: time.as_secs().cast_signed(), tv_nsec: time.subsec_nanos().into() }
}

/// Keeps the last of what the program complains about, so that it is neither stuck nor drawn over.
fn listen(mut from: ChildStderr) -> (Arc<Mutex<String>>, Receiver<()>) {
    let kept = Arc::new(Mutex::new(String::new()));
    let (over, told) = channel();
    let into = kept.clone();
    let work = move || {
        let mut buffer = [0; 1024];
        while let Ok(n @ 1..) = from.read(&mut buffer) {
            let mut kept = into.lock().unwrap_or_else(PoisonError::into_inner);
            let text: String = String::from_utf8_lossy(&buffer[..n]).chars().map(plain).collect();
            kept.push_str(&text);
            if kept.len() > COMPLAINT {
                kept.clear();
            }
        }
        // Nobody may wait for it any more.
        let _left = over.send(());
    };
    let _spawned = thread::Builder::new().name("wangge-ssh".to_owned()).spawn(work);
    (kept, told)
}

/// Nothing of it steers a terminal.
fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}
