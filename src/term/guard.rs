//! The terminal's modes while the desk is on it, and their way back on every exit.
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::{self, ThreadId};
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::queue;
use crossterm::style::Print;
use crossterm::terminal::{DisableLineWrap, EnableLineWrap, EnterAlternateScreen, LeaveAlternateScreen};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::{Signal, getpid, kill_current_process_group, kill_process};
use rustix::termios::{OptionalActions, Termios, tcgetattr, tcgetwinsize, tcsetattr};

use super::input::Input;

/// Bracketed paste, which crossterm offers only together with its own event reader.
const PASTE_ON: Print<&str> = Print("\x1b[?2004h");
const PASTE_OFF: Print<&str> = Print("\x1b[?2004l");
/// Mouse reporting: presses and the wheel, in the form of SGR 1006, which has no limit of columns.
const MOUSE_ON: Print<&str> = Print("\x1b[?1000h\x1b[?1006h");
const MOUSE_OFF: Print<&str> = Print("\x1b[?1006l\x1b[?1000l");
/// Plain text from here on.
const PLAIN: Print<&str> = Print("\x1b[0m");
/// How long leaving waits for a terminal that takes no bytes.
const LEAVE_WAIT: Timespec = Timespec { tv_sec: 0, tv_nsec: 500_000_000 };
/// How long a stop may take to arrive; a process that may not be stopped goes on after it.
const STOP_WAIT: Duration = Duration::from_millis(300);

/// What the panic hook needs to put the terminal back.
struct Held {
    input: OwnedFd,
    output: OwnedFd,
    before: Termios,
    owner: ThreadId,
    /// The mouse is listened to.
    mouse: bool,
}

static HELD: Mutex<Option<Held>> = Mutex::new(None);
static HOOK: Once = Once::new();

/// Holds the terminal in raw mode on the alternate screen; dropping it puts everything back.
///
/// A panic in the thread that entered does so too, before the message is printed. A panic in another thread prints
/// nothing while the terminal is held: it would land in the middle of the screen, and whoever waits for that thread
/// hears of it anyway. One guard at a time; a second one fails.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Enters on standard input and output.
    pub fn enter() -> io::Result<Guard> {
        Guard::enter_on(rustix::io::dup(rustix::stdio::stdin())?, rustix::io::dup(rustix::stdio::stdout())?)
    }

    /// Enters on these descriptors of a terminal.
    pub fn enter_on(input: OwnedFd, output: OwnedFd) -> io::Result<Guard> {
        HOOK.call_once(install_hook);
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        if held.is_some() {
            return Err(io::Error::new(io::ErrorKind::ResourceBusy, "the terminal is held already"));
        }
        let before = tcgetattr(&input)?;
        let entering = Held { input, output, before, owner: thread::current().id(), mouse: false };
        let entered = entering.enter();
        if entered.is_err() {
            entering.leave();
        }
        entered?;
        *held = Some(entering);
        Ok(Guard(()))
    }

    /// Enters again after the process was stopped from outside; repaint afterwards.
    pub fn enter_again(&self) -> io::Result<()> {
        match &*HELD.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(held) => held.enter(),
            None => Ok(()),
        }
    }

    /// Listens to the mouse, or no longer (rule 16). It is off again after every exit, and on again after a stop.
    pub fn listen_to_mouse(&self, on: bool) -> io::Result<()> {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(held) = held.as_mut().filter(|held| held.mouse != on) else { return Ok(()) };
        held.mouse = on;
        let mut bytes = Vec::new();
        queue!(bytes, if on { MOUSE_ON } else { MOUSE_OFF })?;
        write_all(held.output.as_fd(), &bytes)
    }

    /// Gives the terminal back to the shell and stops, as Ctrl-Z does for other programs (rule 22); returns when the
    /// process goes on and has entered again. Ask for the size and repaint afterwards. Where there is no shell to go back
    /// to, the kernel refuses the stop and this returns soon.
    ///
    /// SIGTSTP has a handler (it must not stop a process that holds the screen), and no safe code can give it back its
    /// default. SIGTTOU has kept it: it stops like SIGTSTP, and the kernel refuses it in a group that no shell would
    /// continue, where SIGSTOP would hang for good. The others of the group (`wangge | tee`, sudo) get SIGTSTP.
    pub fn suspend(&self, input: &mut Input) -> io::Result<()> {
        if let Some(held) = &*HELD.lock().unwrap_or_else(PoisonError::into_inner) {
            held.leave();
        }
        kill_current_process_group(Signal::TSTP)?;
        kill_process(getpid(), Signal::TTOU)?;
        input.wait_for_continue(STOP_WAIT)?;
        self.enter_again()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(held) = HELD.lock().unwrap_or_else(PoisonError::into_inner).take() {
            held.leave();
        }
    }
}

impl Held {
    fn enter(&self) -> io::Result<()> {
        let mut raw = self.before.clone();
        raw.make_raw();
        tcsetattr(&self.input, OptionalActions::Now, &raw)?;
        // Nothing wraps at the right edge, where clients differ about wide glyphs. The mouse is off unless
        // somebody switched it on.
        let mut bytes = Vec::new();
        queue!(bytes, EnterAlternateScreen, PASTE_ON, DisableLineWrap, Hide)?;
        if self.mouse {
            queue!(bytes, MOUSE_ON)?;
        }
        write_all(self.output.as_fd(), &bytes)
    }

    fn leave(&self) {
        // A lost terminal fails at all of this, and one that takes no bytes must not hold up the exit.
        let mut fds = [PollFd::new(&self.output, PollFlags::OUT)];
        if poll(&mut fds, Some(&LEAVE_WAIT)).is_ok_and(|ready| ready > 0) {
            let mut bytes = Vec::new();
            if self.mouse {
                let _ = queue!(bytes, MOUSE_OFF);
            }
            let _ = queue!(bytes, PLAIN, EnableLineWrap, PASTE_OFF, Show, LeaveAlternateScreen);
            let _ = write_all(self.output.as_fd(), &bytes);
        }
        let _ = tcsetattr(&self.input, OptionalActions::Now, &self.before);
    }
}

fn install_hook() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let held = match HELD.try_lock() {
            Ok(mut held) => match held.as_ref() {
                Some(other) if other.owner != thread::current().id() => return,
                _ => held.take(),
            },
            Err(_) => None,
        };
        if let Some(held) = held {
            held.leave();
        }
        before(info);
    }));
}

/// Writes a frame to standard output, in one write where the terminal takes it.
pub fn send(bytes: &[u8]) -> io::Result<()> {
    write_all(rustix::stdio::stdout(), bytes)
}

fn write_all(fd: BorrowedFd, mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(fd, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(n) => bytes = &bytes[n..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                poll(&mut [PollFd::new(&fd, PollFlags::OUT)], None)?;
            }
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}

/// Whether tmux, screen or the like stands between us and the terminal: it answers queries in the terminal's place.
pub fn is_multiplexed() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let term = std::env::var("TERM").unwrap_or_default();
    ["TMUX", "STY", "ZELLIJ"].into_iter().any(set) || term.starts_with("tmux") || term.starts_with("screen")
}

/// The window's columns and rows; 80 by 24 where the terminal does not say.
pub fn size() -> (u16, u16) {
    match tcgetwinsize(rustix::stdio::stdout()) {
        Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
        _ => (80, 24),
    }
}

#[cfg(test)]
mod tests;
