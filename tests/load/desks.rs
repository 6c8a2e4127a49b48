//! Attached desks: real programs in real terminals, each under a login of its own, each ticking at an even pace.
use std::{
    fs,
    path::Path,
    sync::{Barrier, Mutex},
    thread,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use wangge::{
    grid::{
        decide::{Actor, Intent, decide},
        org::{Form, Node, NodeIx, Post},
    },
    run::{Book, Clock, sample::found},
};

use super::{
    measure::{Used, quantiles, syncs_per_second, used},
    number, span,
};
use crate::{
    crash::tell,
    office::{Office, pack},
    pty::{Frame, NOW, Terminal},
    ssh::Users,
};

/// How far apart the ticks of one desk are.
const EVERY: Duration = Duration::from_secs(2);
/// How many desks are started at once.
const AT_ONCE: usize = 6;

#[test]
fn attached_desks_tick_and_see_what_they_did() {
    let (count, span) = (number("DESKS", 6), span(6));
    let users = Users::make(count);
    let office = office(&users, count);
    let bare = syncs_per_second(office.home().path(), Duration::from_secs(1));
    let begun = Instant::now();
    let mut desks = start(&office, &users, count);
    let started = begun.elapsed();
    let before = used(office.pid());
    let begun = Instant::now();
    let waits = tick(&mut desks, begun, span);
    let took = begun.elapsed();
    let after = used(office.pid());
    let one: Vec<Used> = desks.iter().map(|desk| used(desk.pid() as u32)).collect();
    let [p50, p99, longest] = quantiles(waits.clone());
    let wanted = count * (span.as_millis() / EVERY.as_millis()) as usize;
    assert!(waits.len() >= wanted * 9 / 10, "{} ticks of {wanted}: the desks fell behind", waits.len());
    let middle = |of: fn(&Used) -> u64| {
        let mut all: Vec<u64> = one.iter().map(of).collect();
        all.sort_unstable();
        all[all.len() / 2]
    };
    tell(&format!(
        "{count} desks (started in {:.1} s), each a key every {} s for {:.0} s: {} ticks, from key to the receipt on the \
         screen p50 {p50:.1} ms, p99 {p99:.1} ms, longest {longest:.1} ms; server {:.1} % of a core, {:.1} MB at most, of its \
         own {:.1} MB; a desk {:.2} % of a core, {:.1} MB at most, of its own {:.1} MB (the disk alone: {bare:.0} fdatasync/s)",
        started.as_secs_f64(),
        EVERY.as_secs(),
        took.as_secs_f64(),
        waits.len(),
        (after.cpu - before.cpu).as_secs_f64() / took.as_secs_f64() * 100.0,
        after.peak_kb as f64 / 1024.0,
        after.own_kb as f64 / 1024.0,
        middle(|used| used.cpu.as_micros() as u64) as f64 / 1e6 / (took + started).as_secs_f64() * 100.0,
        middle(|used| used.peak_kb) as f64 / 1024.0,
        middle(|used| used.own_kb) as f64 / 1024.0,
    ));
}

/// A county with grids for all of them, each the deputy of one, with a login.
fn office(users: &Users, count: usize) -> Office {
    let mut office = Office::empty();
    let clock = Clock::fixed(NOW).expect("a time");
    let from: NaiveDate = "2026-11-01".parse().expect("a day");
    let mut book = found(&office.store(), pack(), clock, count.max(40) * 30, from).expect("a store");
    let is_wanted = |node: &Node| node.is_grid() && node.form == Form::Vertical && node.members.len() >= 15;
    let grids: Vec<NodeIx> =
        book.state.org().nodes().filter(|(_, node)| is_wanted(node)).map(|(ix, _)| ix).take(count).collect();
    assert_eq!(grids.len(), count, "a grid for each");
    let actor = Actor::owner(None, "2026-11-23".parse().expect("a day"));
    for (n, node) in grids.into_iter().enumerate() {
        let name = format!("格长{n}");
        let (post, phone) = (Post::Leader, String::new());
        do_it(&mut book, &actor, &Intent::Appoint { node, post, name: name.clone(), phone, from, until: None });
        let person = book.state.org().people().find(|(_, person)| person.record.name == name).expect("a person");
        let person = person.1.id.clone();
        do_it(&mut book, &actor, &Intent::Account { person, login: users.name(n).to_owned(), closed: false });
    }
    book.close().expect("closed");
    fs::create_dir(office.home().path().join("bin")).expect("a folder");
    fs::copy(env!("CARGO_BIN_EXE_wangge"), office.home().path().join("bin/wangge")).expect("the program");
    office.start();
    let config = format!("socket = {:?}\n", office.socket());
    (0..count).for_each(|n| users.write(n, ".config/wangge/config.toml", &config));
    office
}

fn do_it(book: &mut Book, actor: &Actor, intent: &Intent) {
    let drafts = decide(&book.state, actor, intent).expect("allowed").drafts;
    book.append(&drafts, Clock::fixed(NOW).expect("a time").now_ms()).expect("durable");
}

/// Starts the desks, some at once, and goes to each one's first suggestion.
fn start(office: &Office, users: &Users, count: usize) -> Vec<Terminal> {
    let program = office.home().path().join("bin/wangge");
    let next = Mutex::new(0..count);
    let desks = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(count) {
            scope.spawn(|| {
                loop {
                    let Some(n) = next.lock().expect("numbers").next() else { return };
                    desks.lock().expect("desks").push(sit_down(office, users, n, &program));
                }
            });
        }
    });
    desks.into_inner().expect("desks")
}

fn sit_down(office: &Office, users: &Users, n: usize, program: &Path) -> Terminal {
    let mut desk = users.launch(n, office.home(), program, &[]).start();
    desk.wait_for("帮助");
    for _ in 0..40 {
        if desk.frame().shows("> ☐") {
            return desk;
        }
        desk.keys("<Down>");
    }
    panic!("no suggestion:\n{}", desk.frame());
}

/// Every desk presses a key every [`EVERY`]: a visit, then its undoing, and so on; how long each took until the screen said
/// so.
fn tick(desks: &mut [Terminal], begun: Instant, span: Duration) -> Vec<Duration> {
    let waits = Mutex::new(Vec::new());
    let all = Barrier::new(desks.len());
    let count = desks.len() as u32;
    thread::scope(|scope| {
        for (n, desk) in desks.iter_mut().enumerate() {
            let (waits, all) = (&waits, &all);
            scope.spawn(move || {
                all.wait();
                let mut due = begun + EVERY * n as u32 / count;
                let mut is_visit = true;
                while due < begun + span {
                    // What others do is taken in meanwhile, as a terminal does.
                    let _ = desk.try_wait_until(due, |_| false);
                    let pressed = Instant::now();
                    desk.send(if is_visit { b" " } else { b"u" });
                    let wanted: fn(&Frame) -> bool = if is_visit { is_recorded } else { is_undone };
                    if let Err(frame) = desk.try_wait(wanted) {
                        panic!("never said:\n{frame}");
                    }
                    waits.lock().expect("times").push(pressed.elapsed());
                    is_visit = !is_visit;
                    due += EVERY;
                }
            });
        }
    });
    waits.into_inner().expect("times")
}

fn is_recorded(frame: &Frame) -> bool {
    frame.lines().iter().any(|line| line.starts_with(" 已记 ") && line.ends_with(" 走访"))
}

fn is_undone(frame: &Frame) -> bool {
    frame.shows("已撤销")
}
