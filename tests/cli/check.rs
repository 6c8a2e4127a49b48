//! `wangge serve --check`: what an administrator gets wrong is said, a sentence each.
use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown},
};

use super::{Said, done, wangge, with_tree};
use crate::pty::Home;

/// A home with a store, and a folder for the socket.
fn home() -> Home {
    let home = with_tree();
    fs::create_dir(home.path().join("door")).unwrap();
    mode(&home, "door", 0o755);
    home
}

fn mode(home: &Home, name: &str, mode: u32) {
    fs::set_permissions(home.path().join(name), fs::Permissions::from_mode(mode)).unwrap();
}

fn check(home: &Home) -> Said {
    wangge(home, &["serve", "--check", "--socket", "door/socket"])
}

/// The lines with this mark.
fn marked(said: &Said, mark: &str) -> Vec<String> {
    said.out.lines().filter_map(|line| line.strip_prefix(&format!("[{mark}] "))).map(str::to_owned).collect()
}

#[test]
fn people_who_could_not_work_are_named_and_the_server_starts_all_the_same() {
    let home = home();
    let said = check(&home);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(said.out.contains("还没有任何登录名对应到人"), "{said:?}");
    // Somebody at a township, whose login is no user of this machine; and somebody whose post was for some days.
    done(&home, &["record", "post", "张三", "兰江街道", "--post", "leader"]);
    done(
        &home,
        &["record", "post", "李四", "云山街道", "--post", "leader", "--from", "2026-11-01", "--until", "2026-11-20"],
    );
    done(&home, &["record", "post", "王五", "330781", "--post", "leader"]);
    done(&home, &["account", "give", "nobody-of-this-name", "--person", "张三"]);
    done(&home, &["account", "give", "daemon", "--person", "李四"]);
    let said = check(&home);
    let notes = marked(&said, "注意");
    let has = |words: &[&str]| notes.iter().any(|note| words.iter().all(|word| note.contains(word)));
    assert_eq!(said.code, 0, "{said:?}");
    assert!(has(&["nobody-of-this-name", "张三", "useradd -m nobody-of-this-name"]), "{notes:?}");
    assert!(has(&["daemon", "李四", "没有任职", "wangge account close daemon"]), "{notes:?}");
    assert!(has(&["没有谁能管理全县"]), "{notes:?}");
    // Mended, nothing is said of people but that they are there.
    done(&home, &["account", "close", "nobody-of-this-name"]);
    done(&home, &["account", "close", "daemon"]);
    done(&home, &["account", "give", "root", "--person", "王五"]);
    let said = check(&home);
    assert!(marked(&said, "好").iter().any(|fine| fine.contains("1 个用户名都有人、有任职")), "{said:?}");
}

#[test]
fn users_of_the_server_s_group_who_have_no_account_are_named_where_that_is_known() {
    let home = home();
    done(&home, &["record", "post", "张三", "330781", "--post", "leader"]);
    done(&home, &["account", "give", "root", "--person", "张三"]);
    // A group of this machine that has members beside those whose own it is.
    let groups = fs::read_to_string("/etc/group").unwrap();
    let fields = groups.lines().map(|line| line.split(':').collect::<Vec<_>>());
    let found = fields.filter(|line| line.len() == 4 && line[2] != "0").find(|line| !line[3].is_empty());
    let Some([name, _, gid, members]) = found.as_deref() else {
        crate::crash::tell("no group of this machine has members: who has no account can't be tried here");
        return;
    };
    if chown(home.path().join("store"), None, Some(gid.parse().unwrap())).is_err() {
        crate::crash::tell("only root gives a folder to any group: who has no account can't be tried here");
        return;
    }
    let notes = marked(&check(&home), "注意");
    for member in members.split(',').filter(|member| *member != "root") {
        let words = [member, name, &format!("wangge account give {member}")];
        assert!(notes.iter().any(|note| words.iter().all(|word| note.contains(word))), "{member}: {notes:?}");
    }
}

#[test]
fn a_socket_that_others_could_change_or_that_is_none_keeps_the_server_from_starting() {
    let home = home();
    for (rights, words) in [(0o777, "换掉"), (0o775, "换掉"), (0o700, "chmod 755")] {
        mode(&home, "door", rights);
        let said = check(&home);
        assert_eq!(said.code, 1, "{rights:o}: {said:?}");
        assert!(marked(&said, "要紧").iter().any(|grave| grave.contains(words)), "{rights:o}: {said:?}");
    }
    mode(&home, "door", 0o755);
    assert_eq!(check(&home).code, 0);
    fs::write(home.path().join("door/socket"), "a file").unwrap();
    let said = check(&home);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(marked(&said, "要紧").iter().any(|grave| grave.contains("door/socket")), "{said:?}");
    fs::remove_file(home.path().join("door/socket")).unwrap();
    mode(&home, "store", 0o755);
    let said = check(&home);
    assert!(said.code == 1 && said.out.contains("chmod 700"), "{said:?}");
}

#[test]
fn a_clock_that_is_behind_what_the_ledger_says_is_found() {
    let home = home();
    let at = |now: &str| {
        let args = ["serve", "--check", "--socket", "door/socket", "--store", "store"];
        let output = home.wangge(&args).env("WANGGE_NOW", now).command().output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = at("2026-11-23T09:00:00+08:00");
    assert!(code == Some(0) && !said.contains("时钟"), "{said}");
    let (code, said) = at("2026-11-23T01:00:00+08:00");
    assert!(code == Some(0) && said.contains("校准时钟"), "{said}");
    let (code, said) = at("1970-01-01T08:00:01+08:00");
    assert!(code == Some(1) && said.contains("1970-01-01") && said.contains("2026-11-23"), "{said}");
}

#[test]
fn a_server_that_has_no_place_for_its_socket_says_where_and_which_command_tells_more() {
    let home = home();
    let said = wangge(&home, &["serve", "--socket", "nowhere/socket"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("nowhere/socket") && said.err.contains("wangge serve --check"), "{said:?}");
    assert!(!said.err.contains("与服务器的连接"), "it is the server: {said:?}");
}
