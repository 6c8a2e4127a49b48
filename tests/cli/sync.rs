//! A laptop and its server on the command line: what is said, what goes wrong, how it ends.
#![allow(clippy::disallowed_methods, reason = "how long a broken link is waited for is measured")]
use std::time::{Duration, Instant};

use super::laptop::{Pair, code_in, json};
use crate::pty::Frame;

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

/// The visits among the facts of the server.
fn visits(pair: &Pair) -> usize {
    json(&pair.done_at_server(&["log", "--json"])).iter().filter(|fact| fact["kind"] == "visit").count()
}

#[test]
fn a_sync_beside_an_open_desk_goes_through_it_and_the_desk_shows_at_once_what_came_down() {
    let pair = Pair::with_roster();
    pair.enroll();
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    let mut desk = pair.laptop.wangge(&["--store", "store", "--as", "张三"]).start();
    desk.wait_for("兰江街道");
    desk.keys("<Left> <Enter> <Down>*2 <Enter>");
    desk.wait_for("建议走访");
    let never = |frame: &Frame| frame.lines().iter().filter(|line| line.contains("从未走访")).count();
    assert_eq!(never(&desk.frame()), 2, "{}", desk.frame());
    // Recorded at the server: it comes down into the desk.
    pair.done_at_server(&["record", "visit", "兰溪市隆泰食品有限公司"]);
    let said = pair.on_laptop("way", &["sync", "server", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let went = &json(&said.out)[0];
    assert_eq!((&went["up"], &went["down"]), (&0.into(), &1.into()), "{went}");
    desk.wait("what came down", |frame| never(frame) == 1);
    // Recorded at the desk: it goes up while the desk is open, and the desk's chain goes on.
    desk.keys("space*2");
    desk.wait_for("已记");
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.starts_with("同步好了：上传 1 条"), "{}", said.out);
    assert_eq!(visits(&pair), 2);
    // By a stick as well: the desk need not be left.
    pair.done_at_server(&["bundle", "--for", "张三的笔记本", "-o", "whole.wgb"]);
    std::fs::copy(pair.office.home().path().join("whole.wgb"), pair.laptop.path().join("whole.wgb")).expect("copied");
    let said = pair.on_laptop("way", &["sync", "whole.wgb"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let said = pair.on_laptop("way", &["bundle", "-o", "up.wgb"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    assert_eq!(visits(&pair), 2);
    let verified = pair.on_laptop("way", &["verify"]);
    assert!(verified.out.contains("日志完好"), "{}{}", verified.out, verified.err);
}
