#![allow(clippy::unwrap_used)]
use std::num::NonZeroU16;

use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::LocalModes;

use super::*;

/// Tests here share the one guard of the process.
static ONE: Mutex<()> = Mutex::new(());

const OFF: [bool; 5] = [false; 5];
/// The mouse is off unless somebody switches it on (rule 16).
const ON: [bool; 5] = [true, true, true, true, false];

struct Pty {
    master: OwnedFd,
    slave: OwnedFd,
    screen: vt100::Parser,
}

impl Pty {
    fn new() -> Pty {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let slave = open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        let screen = vt100::Parser::new(NonZeroU16::new(24).unwrap(), NonZeroU16::new(80).unwrap(), 0);
        Pty { master, slave, screen }
    }

    fn enter(&self) -> io::Result<Guard> {
        Guard::enter_on(self.slave.try_clone().unwrap(), self.slave.try_clone().unwrap())
    }

    /// Whether the alternate screen, bracketed paste, a hidden cursor and the mouse are on, and lines are not edited.
    fn held(&mut self) -> [bool; 5] {
        let none = Timespec { tv_sec: 0, tv_nsec: 0 };
        while poll(&mut [PollFd::new(&self.master, PollFlags::IN)], Some(&none)).unwrap() > 0 {
            let mut bytes = [0; 1024];
            let n = rustix::io::read(&self.master, &mut bytes).unwrap();
            self.screen.process(&bytes[..n]);
        }
        let raw = !tcgetattr(&self.slave).unwrap().local_modes.contains(LocalModes::ICANON | LocalModes::ECHO);
        let screen = self.screen.screen();
        let mouse = screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None;
        [screen.alternate_screen(), screen.bracketed_paste(), screen.hide_cursor(), raw, mouse]
    }
}

#[test]
fn what_was_entered_is_left_on_drop_and_on_panic() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let mut pty = Pty::new();
    let before = format!("{:?}", tcgetattr(&pty.slave).unwrap());
    assert_eq!(pty.held(), OFF);
    let guard = pty.enter().unwrap();
    assert_eq!(pty.held(), ON);
    assert!(pty.enter().is_err(), "one at a time");
    assert_eq!(pty.held(), ON);
    thread::spawn(|| panic!("in a thread that does not hold the terminal")).join().unwrap_err();
    assert_eq!(pty.held(), ON);
    guard.listen_to_mouse(true).unwrap();
    assert_eq!(pty.held(), [true; 5]);
    guard.listen_to_mouse(false).unwrap();
    assert_eq!(pty.held(), ON);
    guard.listen_to_mouse(true).unwrap();
    drop(guard);
    assert_eq!(pty.held(), OFF);
    assert_eq!(format!("{:?}", tcgetattr(&pty.slave).unwrap()), before);

    let (input, output) = (pty.slave.try_clone().unwrap(), pty.slave.try_clone().unwrap());
    let panicked = thread::spawn(move || {
        let guard = Guard::enter_on(input, output).unwrap();
        guard.listen_to_mouse(true).unwrap();
        panic!("in the thread that holds it");
    });
    panicked.join().unwrap_err();
    assert_eq!(pty.held(), OFF);
    assert_eq!(format!("{:?}", tcgetattr(&pty.slave).unwrap()), before);
}

#[test]
fn what_is_no_terminal_is_refused() {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let (read, write) = rustix::pipe::pipe().unwrap();
    assert!(Guard::enter_on(read, write).is_err());
}
