//! A real server, and real desks on it.
use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::Instant,
};

use rustix::process::{Pid, Signal, kill_process};

use super::*;

/// A process that serves the home's store.
pub struct Server(Child);

impl Server {
    pub fn start(home: &Home) -> Server {
        let mut command: Command = home.wangge(&["serve", "--store", "store", "--socket", "socket"]).command();
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the server starts");
        let server = Server(child);
        let begun = Instant::now();
        while std::os::unix::net::UnixStream::connect(home.path().join("socket")).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the server does not listen");
            std::thread::yield_now();
        }
        server
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.0), signal).expect("it runs");
    }

    /// Ends it; the exit status where it ended by itself.
    pub fn end(mut self, signal: Signal) -> Option<i32> {
        self.signal(signal);
        self.0.wait().expect("it ends").code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _waited = self.0.wait();
    }
}

/// A desk that finds the server by itself.
fn desk(home: &Home) -> Launch {
    home.wangge(&[]).env("WANGGE_SOCKET", &socket(home.path()))
}

fn socket(home: &Path) -> String {
    home.join("socket").display().to_string()
}

#[test]
fn desks_attach_by_themselves_and_see_what_the_others_record() {
    let home = own_store();
    let server = Server::start(&home);
    let mut first = desk_in_grid(&desk(&home));
    let mut second = desk_in_grid(&desk(&home));
    let before = second.frame();
    first.keys("space*2");
    first.wait_for("已记");
    second.wait("the other desk's visit", |frame| suggestions(frame) != suggestions(&before));
    quit(first);
    quit(second);
    assert_eq!(server.end(Signal::TERM), Some(0));
    assert_eq!(count(&home, "visit"), 1);
    let said = run(&home, &["verify", "--store", "store"]);
    assert!(said.contains("日志完好"), "{said}");
}

#[test]
fn a_restart_under_attached_desks_loses_neither_the_draft_nor_what_is_recorded_meanwhile() {
    let home = own_store();
    for signal in [Signal::TERM, Signal::KILL] {
        let server = Server::start(&home);
        let mut term = desk_in_grid(&desk(&home));
        term.keys("x 一套表填报要点");
        term.wait_for("一套表填报要点");
        server.end(signal);
        term.wait_for("正在重连");
        assert!(term.frame().shows("一套表填报要点"));
        // Recorded while nobody is there: it waits, and the disk is not blamed for it.
        term.keys("<F2>");
        term.wait_for("账本那边两秒没有答复");
        let again = Server::start(&home);
        term.wait_for("已记 一套表填报要点");
        quit(term);
        assert_eq!(again.end(Signal::TERM), Some(0));
    }
    assert_eq!(count(&home, "session"), 2);
}

#[test]
fn what_a_killed_server_had_not_answered_is_recorded_once() {
    let home = own_store();
    let mut ticks = 0;
    for _ in 0..3 {
        let server = Server::start(&home);
        let mut term = desk_in_grid(&desk(&home));
        term.keys("space");
        // It hears what is asked and does not answer; then it is gone.
        server.signal(Signal::STOP);
        let before = wait_for_sender(term.pid(), |_| true);
        term.send(b" ");
        wait_for_sender(term.pid(), |naps| naps > before);
        server.end(Signal::KILL);
        let again = Server::start(&home);
        term.wait_for("已记");
        ticks += 1;
        quit(term);
        again.end(Signal::TERM);
        assert_eq!(count(&home, "visit"), ticks);
    }
}

#[test]
fn commands_reach_the_server_and_attach_speaks_its_frames() {
    let home = own_store();
    let _server = Server::start(&home);
    let at_server = |args: &[&str]| {
        let output = home.wangge(args).env("WANGGE_SOCKET", &socket(home.path())).command().output().expect("it runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
        )
    };
    let (code, said) = at_server(&["record", "visit", "330781001001"]);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = at_server(&["log", "--json"]);
    assert!(code == Some(0) && said.contains("\"kind\":\"visit\""), "{said}");
    // Each command knows what the one before has recorded.
    let (code, said) = at_server(&["record", "post", "李村", "330781001", "--post", "leader"]);
    assert_eq!(code, Some(0), "{said}");
    let (code, said) = at_server(&["account", "give", "licun", "--person", "李村"]);
    assert_eq!(code, Some(0), "{said}");
    // Nothing is asked: the challenge comes all the same.
    let (code, said) = at_server(&["attach"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("wangge "), "{said:?}");
}

#[test]
fn what_the_machine_s_owner_signed_without_a_login_can_be_checked() {
    let home = own_store();
    let server = Server::start(&home);
    let run = |args: &[&str]| {
        let output = home.wangge(args).env("WANGGE_SOCKET", &socket(home.path())).command().output().expect("it runs");
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    run(&["record", "post", "李村", "330781001", "--post", "leader"]);
    run(&["account", "give", "licun", "--person", "李村"]);
    run(&["account", "close", "licun"]);
    assert_eq!(server.end(Signal::TERM), Some(0));
    let said = run(&["verify", "--store", "store"]);
    assert!(said.contains("日志完好") && !said.contains("没有登记过公钥"), "{said}");
    assert_eq!(run(&["log", "--store", "store", "--json"]).matches("\"kind\":\"enrolled\"").count(), 1, "once");
}

#[test]
fn an_idle_server_and_an_idle_desk_sleep() {
    let home = own_store();
    let server = Server::start(&home);
    let mut term = desk_in_grid(&desk(&home));
    term.settle(std::time::Duration::from_millis(1500));
    let pids = [server.0.id() as i32, term.pid()];
    let before = pids.map(switches);
    assert!(!term.hears_within(std::time::Duration::from_secs(2)));
    let after = pids.map(switches);
    assert_eq!(after, before, "the server's and the desk's");
    quit(term);
}

/// Waits until the thread of a desk that speaks with the server sleeps, and has gone to sleep as often as is wanted: it
/// does so for lack of commands alone, when it has sent what it was given. Returns how often that was.
#[track_caller]
fn wait_for_sender(pid: i32, wanted: impl Fn(u64) -> bool) -> u64 {
    let begun = Instant::now();
    loop {
        let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("its threads");
        let statuses = tasks.flatten().filter_map(|task| std::fs::read_to_string(task.path().join("status")).ok());
        let status = statuses.into_iter().find(|status| value(status, "Name") == Some("wangge-remote"));
        let status = status.expect("a desk at a server has a thread that speaks with it");
        let naps = value(&status, "voluntary_ctxt_switches").and_then(|naps| naps.parse().ok()).expect("a number");
        if value(&status, "State") == Some("S") && wanted(naps) {
            return naps;
        }
        assert!(begun.elapsed() < PATIENCE, "the desk sent nothing");
        std::thread::yield_now();
    }
}

/// The first word of a line of a thread's status.
fn value<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|value| value.split_whitespace().next())
}

/// How often the threads of a process were put to sleep so far.
fn switches(pid: i32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("its threads");
    let of = |entry: std::fs::DirEntry| {
        let status = std::fs::read_to_string(entry.path().join("status")).unwrap_or_default();
        let lines = status.lines().filter(|line| line.starts_with("voluntary_ctxt_switches"));
        lines.filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).sum::<u64>()
    };
    tasks.flatten().map(of).sum()
}
