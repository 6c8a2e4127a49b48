//! A county's server and a laptop of one of its people, for tests of what goes between them.
use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use serde_json::Value;

use super::Said;
use crate::{office::Office, pty::Home};

/// The program under test.
pub const WANGGE: &str = env!("CARGO_BIN_EXE_wangge");

/// A server with the pack Lanxi, on which 张三 leads 兰江街道, and an empty home for the laptop.
pub struct Pair {
    pub office: Office,
    pub laptop: Home,
}

impl Pair {
    pub fn open() -> Pair {
        Pair::of(Office::founded())
    }

    /// The same, with the enterprises of the sample roster.
    pub fn with_roster() -> Pair {
        let office = Office::founded();
        office.run(&["import", super::ROSTER]);
        Pair::of(office)
    }

    /// Somebody leads a township there, and has a login.
    pub fn of(mut office: Office) -> Pair {
        office.run(&["record", "post", "张三", "兰江街道", "--post", "leader"]);
        office.run(&["account", "give", "zhangsan", "--person", "张三"]);
        office.start();
        Pair { office, laptop: Home::new() }
    }

    /// A command on the server's machine.
    pub fn at_server(&self, args: &[&str]) -> Said {
        let socket = self.office.socket().display().to_string();
        said(&mut self.office.home().wangge(args).env("WANGGE_SOCKET", &socket).command())
    }

    /// What it prints where it does what it is asked.
    #[track_caller]
    pub fn done_at_server(&self, args: &[&str]) -> String {
        let said = self.at_server(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        said.out
    }

    /// A program on the laptop that stands in for `ssh`: these lines of shell.
    pub fn way(&self, name: &str, lines: &str) -> PathBuf {
        let path = self.laptop.path().join(name);
        let head = format!("#!/bin/sh\nexport WANGGE_SOCKET={}\n", self.office.socket().display());
        fs::write(&path, format!("{head}{}\n", lines.replace("WANGGE", WANGGE))).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
        path
    }

    /// A command on the laptop, which gets to the server through that program.
    pub fn on_laptop(&self, way: &str, args: &[&str]) -> Said {
        let way = self.laptop.path().join(way).display().to_string();
        let args = [args, &["--store", "store"]].concat();
        said(&mut self.laptop.wangge(&args).env("WANGGE_SSH", &way).command())
    }

    /// The laptop's code, as its first sync names it, and its enrolment for 张三.
    #[track_caller]
    pub fn enroll(&self) -> String {
        self.way("way", "exec WANGGE attach");
        let turned_away = self.on_laptop("way", &["sync", "server"]);
        assert_eq!((turned_away.code, turned_away.out.as_str()), (1, ""), "{}", turned_away.err);
        let code = code_in(&turned_away.err);
        self.done_at_server(&["device", "enroll", &code, "--person", "张三", "--name", "张三的笔记本"]);
        code
    }
}

/// The code of a device in a sentence.
#[track_caller]
pub fn code_in(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    words.max_by_key(|word| word.len()).filter(|word| word.len() > 68).unwrap_or_else(|| panic!("{text}")).to_owned()
}

pub fn said(command: &mut std::process::Command) -> Said {
    let output = command.output().expect("wangge runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { code: output.status.code().expect("no signal"), out: text(output.stdout), err: text(output.stderr) }
}

/// The objects of lines.
pub fn json(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}
