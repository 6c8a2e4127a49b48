//! A laptop of a server: it knows whose it is, and what its further windows record counts at the server too.
use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

use super::{served::Server, *};

/// A program that reaches the server of this home, as `ssh` would.
fn way(server: &Home) -> PathBuf {
    let attach = server.wangge(&["attach"]).env("WANGGE_SOCKET", &socket(server));
    let command = attach.command();
    let set = |(key, value): (&std::ffi::OsStr, Option<&std::ffi::OsStr>)| {
        Some(format!("export {}='{}'\n", key.display(), value?.display()))
    };
    let env: String = command.get_envs().filter_map(set).collect();
    let path = server.path().join("way");
    let script = format!("#!/bin/sh\n{env}exec {} attach\n", command.get_program().display());
    fs::write(&path, script).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
    path
}

fn socket(server: &Home) -> String {
    server.path().join("socket").display().to_string()
}

/// What a command says on either stream, and its exit status.
fn tried(launch: &Launch) -> (Option<i32>, String) {
    let output = launch.command().output().expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(text).expect("UTF-8"))
}

#[test]
fn a_laptop_knows_whose_it_is_and_its_further_windows_count_at_the_server() {
    let office = own_store();
    let at_office = |args: &[&str]| {
        let (code, said) = tried(&office.wangge(args).env("WANGGE_SOCKET", &socket(&office)));
        assert_eq!(code, Some(0), "{said}");
        said
    };
    let server = Server::start(&office);
    at_office(&["record", "post", "李村", "330781001", "--post", "leader"]);
    at_office(&["record", "post", "赵城", "330781001", "--post", "deputy"]);
    let (laptop, ssh) = (Home::new(), way(&office).display().to_string());
    let at_laptop = |args: &[&str]| tried(&laptop.wangge(args).env("WANGGE_SSH", &ssh));
    let sync = || {
        let (code, said) = at_laptop(&["sync", "office", "--store", "store"]);
        assert_eq!(code, Some(0), "{said}");
        said
    };
    let (_, said) = at_laptop(&["sync", "office", "--store", "store"]);
    let words = said.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
    let code = words.max_by_key(|word| word.len()).filter(|word| word.len() > 68).unwrap_or_else(|| panic!("{said}"));
    at_office(&["device", "enroll", code, "--person", "李村"]);
    sync();

    // Nobody says who they are: the laptop is 李村's, and nobody else's.
    let mut desk = laptop.wangge(&["--store", "store"]).size(120, 40).start();
    desk.wait_for("李村");
    let (code, said) = at_laptop(&["record", "visit", "330781001001", "--store", "store", "--as", "赵城"]);
    assert!(code == Some(1) && said.contains("只能以自己的身份"), "{said}");
    // Beside the open desk, under a key of its own.
    let (code, said) = at_laptop(&["record", "visit", "330781001001", "--store", "store"]);
    assert_eq!(code, Some(0), "{said}");
    quit(desk);
    sync();
    assert_eq!(at_office(&["log", "--json"]).matches("\"kind\":\"visit\"").count(), 1);
    assert!(at_office(&["held"]).contains("没有存疑"));
    assert!(at_laptop(&["held", "--store", "store"]).1.contains("没有存疑"));
    // The laptop is stolen: its windows go with it.
    let devices = at_office(&["device", "--json"]);
    let own = devices
        .lines()
        .find(|line| line.contains(&code_of(&at_laptop(&["device", "--json", "--store", "store"]).1)))
        .expect("it is listed");
    let id = own.split("\"device\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
    at_office(&["device", "revoke", &id, "--from", "2026-11-01", "--reason", "被盗"]);
    let held = at_office(&["held", "--json"]);
    assert_eq!(held.matches("\"kind\":\"visit\"").count(), 1, "{held}");
    assert_eq!(server.end(Signal::TERM), Some(0));
}

/// The code of the device whose line says that it is this one.
fn code_of(said: &str) -> String {
    let own = said.lines().find(|line| line.contains("\"own\":true")).expect("it says which it is");
    own.split("\"code\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a code").to_owned()
}
