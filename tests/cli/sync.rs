//! A laptop and its server on the command line: what is said, what goes wrong, how it ends.
#![allow(clippy::disallowed_methods, reason = "how long a broken link is waited for is measured")]
use std::time::{Duration, Instant};

use super::laptop::{Pair, code_in, json};

#[test]
fn a_link_whose_upward_half_alone_has_ended_is_given_up_at_once() {
    let pair = Pair::open();
    // Before a server has spoken.
    pair.way("deaf", "exec tail -f /dev/null <&-");
    let begun = Instant::now();
    let said = pair.on_laptop("deaf", &["sync", "server"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.starts_with("同步中断：对方断开了。"), "{}", said.err);
    // In the middle: what comes after some bytes is read by nobody, and the server does not hear of it.
    pair.enroll();
    let cut = "exec 3<&0 </dev/null\n\
               { head -c 500 <&3 3<&-; exec tail --pid=$$ -f /dev/null 3<&-; } | WANGGE attach 3<&- &\n\
               exec 3<&-\nwait";
    pair.way("cut", cut);
    let said = pair.on_laptop("cut", &["sync", "server"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
    // What was on its way is still told: the server may have said why it does not go on.
    assert!(said.err.starts_with("同步中断：对方断开了。") || said.err.contains("只来了一半"), "{}", said.err);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    // And over a link that stands it is made up for.
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
}

#[test]
fn a_laptop_that_nobody_has_enrolled_is_listed_for_those_who_can_until_they_do() {
    let mut pair = Pair::open();
    let before = pair.done_at_server(&["device"]);
    assert!(!before.contains("待登记"), "{before}");
    pair.way("way", "exec WANGGE attach");
    let socket = pair.office.socket().display().to_string();
    let mut desk = pair.office.home().wangge(&[]).env("WANGGE_SOCKET", &socket).start();
    desk.wait_for("下级");
    let code = code_in(&pair.on_laptop("way", &["sync", "server"]).err);
    desk.wait_for("有笔记本等您登记");
    desk.keys("q");
    desk.wait_exit();
    let mut desk = pair.office.home().wangge(&[]).env("WANGGE_SOCKET", &socket).start();
    desk.wait_for("有笔记本等您登记");
    desk.keys("q");
    desk.wait_exit();
    let listed = pair.done_at_server(&["device"]);
    let line = listed.lines().position(|line| line.starts_with("待登记  ")).unwrap_or_else(|| panic!("{listed}"));
    let lines: Vec<&str> = listed.lines().skip(line).collect();
    let login = "（登录名 root，自 2026-11-23 09:00 起）";
    assert!(lines.len() == 2 && lines[0].contains(login), "{listed}");
    assert!(lines[1].starts_with(&format!("  wangge device enroll {code} --person ")), "{listed}");
    let listed = json(&pair.done_at_server(&["device", "--json"]));
    let waits = listed.iter().find(|line| line["code"] == code.as_str()).expect("it waits");
    assert_eq!((&waits["login"], &waits["waits_since"]), (&"root".into(), &"2026-11-23 09:00".into()));
    // It comes again and waits once, also after the server was started anew, and for who opens the store itself.
    pair.on_laptop("way", &["sync", "server"]);
    pair.office.stop();
    assert_eq!(pair.office.run(&["device"]).matches("待登记").count(), 1);
    pair.office.start();
    assert_eq!(pair.done_at_server(&["device"]).matches("待登记").count(), 1);
    pair.done_at_server(&["device", "enroll", &code, "--person", "张三"]);
    assert!(!pair.done_at_server(&["device"]).contains("待登记"));
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
}
