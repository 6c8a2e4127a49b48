#![allow(clippy::disallowed_methods, reason = "deadlines of tests")]
#![allow(clippy::unwrap_used)]
use std::thread;

use rustix::io::write;
use rustix::pipe::pipe;

use super::*;

fn piped() -> (OwnedFd, Input) {
    let (read, write) = pipe().unwrap();
    (write, Input::over(read).unwrap())
}

fn key(name: &str) -> Event {
    Event::Key(name.parse().unwrap())
}

/// Long enough for any machine; only reached when a test fails.
fn far() -> Option<Instant> {
    Some(Instant::now() + Duration::from_secs(20))
}

#[test]
fn keys_pastes_and_answers_arrive_in_order() {
    let (tty, mut input) = piped();
    write(&tty, "q\x1b[A\x1b[200~一\r二\x1b[201~\x1b[0n兰\x08".as_bytes()).unwrap();
    let got: Vec<Event> = (0..6).map(|_| input.next(far()).unwrap()).collect();
    let paste = Event::Paste("一\r二".to_owned());
    assert_eq!(got, [key("q"), key("up"), paste, Event::Answer, key("兰"), key("backspace")]);
}

#[test]
fn a_lone_esc_acts_within_150_ms() {
    let (tty, mut input) = piped();
    write(&tty, b"\x1b").unwrap();
    let start = Instant::now();
    assert_eq!(input.next(far()).unwrap(), key("esc"));
    assert!(start.elapsed() < Duration::from_millis(150), "{:?}", start.elapsed());
}

#[test]
fn another_thread_wakes_the_loop_and_many_wakes_are_one() {
    let (_tty, mut input) = piped();
    let waker = input.waker();
    thread::spawn(move || (0..10_000).for_each(|_| waker.wake())).join().unwrap();
    assert_eq!(input.next(far()).unwrap(), Event::Woken);
    assert_eq!(input.next(Some(Instant::now())).unwrap(), Event::Deadline);
}

#[test]
fn a_lost_link_is_told_once_and_then_the_loop_sleeps() {
    let (tty, mut input) = piped();
    write(&tty, b"q").unwrap();
    drop(tty);
    assert_eq!(input.next(far()).unwrap(), key("q"));
    assert_eq!(input.next(far()).unwrap(), Event::LinkLost);
    let start = Instant::now();
    let until = start + Duration::from_millis(30);
    assert_eq!(input.next(Some(until)).unwrap(), Event::Deadline);
    assert!(Instant::now() >= until);
    input.waker().wake();
    assert_eq!(input.next(far()).unwrap(), Event::Woken);
}

#[test]
fn signals_become_events_and_a_file_size_limit_kills_nobody() {
    let (tty, mut input) = piped();
    input.signals = Signals::install(&input.wake_write).unwrap();
    crate::log::disk::survive_file_size_limit().unwrap();
    for signal in [rustix::process::Signal::WINCH, rustix::process::Signal::XFSZ, rustix::process::Signal::CONT] {
        rustix::process::kill_process(rustix::process::getpid(), signal).unwrap();
    }
    assert_eq!(input.next(far()).unwrap(), Event::Continued);
    assert_eq!(input.next(far()).unwrap(), Event::Resized);
    for (signal, event) in
        [(rustix::process::Signal::TERM, Event::Terminate), (rustix::process::Signal::HUP, Event::LinkLost)]
    {
        rustix::process::kill_process(rustix::process::getpid(), signal).unwrap();
        assert_eq!(input.next(far()).unwrap(), event);
    }
    write(&tty, b"q").unwrap_err();
    assert_eq!(input.next(Some(Instant::now())).unwrap(), Event::Deadline);
}
