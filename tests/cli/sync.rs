//! A laptop and its server on the command line: what is said, what goes wrong, how it ends.
#![allow(clippy::disallowed_methods, reason = "how long a broken link is waited for is measured")]
use std::time::{Duration, Instant};

use serde_json::Value;
use wangge::{
    grid::fact::{Body, Draft, Visit},
    log::conformance::visit,
    run::{Book, Clock, Files, Journey, Replica},
    sync::ssh::Asking,
};

use super::laptop::{Pair, code_in, json};
use crate::pty::{Frame, NOW, Terminal};

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
fn a_link_that_is_stuck_is_given_up_in_time_whichever_way_it_is_stuck() {
    let pair = Pair::with_roster();
    pair.enroll();
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    // More than a pipe takes that nobody reads.
    let store = pair.laptop.path().join("store");
    let clock = Clock::fixed(NOW).expect("a moment");
    let mut book = Book::open(&store, &Files::of_user(), clock).expect("the laptop's ledger");
    let drafts: Vec<_> = (0..40).map(with_long_note).collect();
    book.append(&drafts, clock.now_ms()).expect("saved");
    book.close().expect("closed");
    let sync = |way: &str, patience: Duration| {
        let program = vec![pair.laptop.path().join(way).display().to_string()];
        let journey = Journey { program, host: "server".to_owned(), asking: Asking::Never, patience, begins_ms: 0 };
        let replica = Replica::open(&store, clock.now_ms()).expect("it opens");
        let said = replica.sync(&journey, &mut |_| {}).map_err(|error| error.to_string());
        replica.close().expect("it closes");
        said
    };
    let begun = Instant::now();
    // Nothing is said and nothing is read.
    pair.way("dumb", "exec tail --pid=$PPID -f /dev/null");
    let said = sync("dumb", Duration::from_millis(100)).expect_err("nobody is there");
    assert!(said.starts_with("同步中断：对方太久没有回答。"), "{said}");
    // What is told comes down; of what goes up, nothing is read from some byte on.
    pair.way("stuck", "{ dd bs=1 count=1500 status=none; exec tail --pid=$$ -f /dev/null; } | WANGGE attach");
    let said = sync("stuck", Duration::from_secs(2)).expect_err("it is stuck");
    assert!(said.starts_with("同步中断：线路堵住了，传不过去。"), "{said}");
    // What goes up arrives, and of what is told nothing comes down.
    pair.way("mute", "WANGGE attach | { dd bs=1 count=1500 status=none; exec tail --pid=$$ -f /dev/null; }");
    let said = sync("mute", Duration::from_secs(2)).expect_err("it is mute");
    assert!(said.starts_with("同步中断："), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    // And over a link that stands it is made up for.
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    assert_eq!(visits(&pair), 40);
}

/// A visit of somebody who writes much, and nothing twice.
fn with_long_note(n: u8) -> Draft {
    let mut bytes = [0; 8_000];
    blake3::Hasher::new().update(&[n]).finalize_xof().fill(&mut bytes);
    let han = |pair: &[u8]| char::from_u32(0x4e00 + u32::from(u16::from_le_bytes([pair[0], pair[1]])) % 0x5000);
    let note: String = bytes.chunks(2).filter_map(han).collect();
    let visit = visit(325, "330781001", "330781001001");
    Draft { by: None, body: Body::Visit(Visit { note, ..Visit::default() }), ..visit }
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
    // What a command beside the desk records is the same person's work.
    let said = pair.on_laptop("way", &["record", "visit", "兰溪市康伟水泥制品有限公司", "--on", "-1", "--as", "张三"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let said = pair.on_laptop("way", &["sync", "server", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert_eq!(json(&said.out)[0]["held"], Value::Array(Vec::new()), "{}", said.out);
    assert_eq!(visits(&pair), 3);
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
    assert_eq!(visits(&pair), 3);
    let verified = pair.on_laptop("way", &["verify"]);
    assert!(verified.out.contains("日志完好"), "{}{}", verified.out, verified.err);
}

#[test]
fn a_desk_on_a_laptop_syncs_in_the_background_and_says_what_went_and_came() {
    let pair = Pair::with_roster();
    pair.enroll();
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    pair.done_at_server(&["record", "visit", "兰溪市隆泰食品有限公司"]);
    let done = pair.on_laptop("way", &["record", "visit", "兰溪市康伟水泥制品有限公司", "--as", "张三"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let way = pair.laptop.path().join("way").display().to_string();
    let mut desk = pair.laptop.wangge(&["--store", "store", "--as", "张三"]).env("WANGGE_SSH", &way).start();
    desk.wait_for("兰江街道");
    // The host is the one of the last sync.
    let ask = |desk: &mut Terminal| {
        desk.keys(":");
        desk.wait_for("命令");
        desk.keys("同步 <Enter>");
    };
    ask(&mut desk);
    // The visit of the server, and its receipt for the other one.
    desk.wait_for("同步好了：上传 1 条，下载 2 条");
    assert_eq!(visits(&pair), 2);
    ask(&mut desk);
    desk.wait_for("同步好了：两边一样");
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
    // Where a password is asked for, nobody can type it at the desk.
    let lines = "[ \"$1 $2\" = '-o BatchMode=yes' ] || exit 3\n\
                 echo 'zhang@server: Permission denied (publickey,password).' >&2\nexit 255";
    let way = pair.way("locked", lines).display().to_string();
    let mut desk = pair.laptop.wangge(&["--store", "store", "--as", "张三"]).env("WANGGE_SSH", &way).start();
    desk.wait_for("兰江街道");
    ask(&mut desk);
    desk.wait_for("要输密码");
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
    // A ledger that knows no server says how it would.
    let home = super::with_tree();
    let mut desk = home.wangge(&["--store", "store"]).start();
    desk.wait_for("下级");
    ask(&mut desk);
    desk.wait_for("不知道和哪台服务器同步");
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
}

#[test]
fn what_a_sync_refuses_and_how_it_ends() {
    let pair = Pair::open();
    // No program, no answer, no enrolment.
    let said = pair.on_laptop("no-such-program", &["sync", "server"]);
    assert!(said.code == 1 && said.out.is_empty(), "{}", said.err);
    assert!(said.err.contains("运行不起来") && said.err.contains("WANGGE_SSH"), "{}", said.err);
    pair.way("nobody", "exit 255");
    let said = pair.on_laptop("nobody", &["sync", "zhang@server"]);
    assert_eq!(said.code, 1);
    assert!(said.err.starts_with("zhang@server 那边没有应答（退出码 255）"), "{}", said.err);
    pair.way("way", "exec WANGGE attach");
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("这台设备还没有登记") && said.err.contains("wangge device enroll"), "{}", said.err);
    // Wrong usage.
    for args in [&["sync"][..], &["sync", "a", "b"], &["bundle"], &["bundle", "--for", "x"]] {
        let said = pair.on_laptop("way", args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}: {}", said.err);
    }
    // A ledger of one's own is not mixed with a server's.
    let own = super::with_tree();
    let way = pair.laptop.path().join("way").display().to_string();
    let args = ["sync", "server", "--store", "store"];
    let said = super::laptop::said(&mut own.wangge(&args).env("WANGGE_SSH", &way).command());
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("还没有登记"), "a stranger first: {}", said.err);
    let code = code_in(&said.err);
    pair.done_at_server(&["device", "enroll", &code, "--person", "张三", "--name", "另一台"]);
    let said = super::laptop::said(&mut own.wangge(&args).env("WANGGE_SSH", &way).command());
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("是单独建立的，不属于任何服务器"), "{}", said.err);
    // A file that is none.
    std::fs::write(pair.laptop.path().join("note.txt"), "no bundle").expect("a file");
    let said = pair.on_laptop("way", &["sync", "note.txt"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("note.txt 没有收下：这不是 wangge bundle 写的文件"), "{}", said.err);
}

#[test]
fn a_sync_tells_machines_the_same_keys_every_time() {
    let pair = Pair::open();
    pair.enroll();
    let keys = |went: &Value| went.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    let known = ["again", "aside", "bytes_down", "bytes_up", "down", "forked", "held", "regained", "up"];
    for again in [Value::from("first"), Value::Null] {
        let said = pair.on_laptop("way", &["sync", "server", "--json"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""));
        let went = json(&said.out);
        assert_eq!((went.len(), keys(&went[0])), (1, known.map(str::to_owned).to_vec()));
        assert_eq!((&went[0]["again"], &went[0]["forked"]), (&again, &Value::from(false)));
    }
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert_eq!((said.code, said.out.as_str()), (0, "两边一样，没有要传的。\n"));
}

#[test]
fn what_is_held_is_told_on_both_sides_and_decided_by_who_may() {
    let pair = Pair::with_roster();
    pair.enroll();
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    assert_eq!(pair.done_at_server(&["held"]), "没有存疑的记录。\n");
    assert_eq!(pair.done_at_server(&["held", "--json"]), "");
    // A clock that is three days ahead.
    let unit = "兰溪市隆泰食品有限公司";
    for (day, now) in [("2026-11-20", "2026-11-26T09:00:00+08:00"), ("2026-11-19", "2026-11-26T09:01:00+08:00")] {
        let args = ["record", "visit", unit, "--on", day, "--as", "张三", "--store", "store"];
        let said = super::laptop::said(&mut pair.laptop.wangge(&args).env("WANGGE_NOW", now).command());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("有 2 条存疑，还不算数："), "{}", said.out);
    let here = json(&pair.on_laptop("way", &["held", "--json"]).out);
    let there = json(&pair.done_at_server(&["held", "--json"]));
    let ids = |rows: &[Value]| rows.iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!((here.len(), ids(&here)), (2, ids(&there)));
    assert!(there.iter().all(|row| row["why"] == "clock" && row["left_out"] == false), "{there:?}");
    let named: Vec<String> = there.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
    // Without a reason it is wrong usage, of what is not there it is a sentence.
    assert_eq!(pair.at_server(&["held", "--count", &named[0]]).code, 2);
    let said = pair.at_server(&["held", "--count", "nonsense", "--note", "查过"]);
    assert!(said.code == 1 && said.err.starts_with("没有编号是 nonsense 的存疑记录"), "{}", said.err);
    // Whose it is does not decide it.
    let said = pair.on_laptop("way", &["held", "--count", &named[0], "--note", "是我的", "--as", "张三"]);
    assert!(said.code == 1 && !said.err.is_empty(), "{}", said.out);
    assert_eq!(pair.done_at_server(&["held", "--count", &named[0], "--note", "查过"]), "这一条从现在起算数。\n");
    let left = pair.done_at_server(&["held", "--leave-out", &named[1], "--note", "重复"]);
    assert_eq!(left, "这一条定为不算，仍然留着。\n");
    assert_eq!(pair.done_at_server(&["held"]), "没有存疑的记录。\n");
    let all = json(&pair.done_at_server(&["held", "--all", "--json"]));
    assert_eq!((all.len(), &all[0]["id"], &all[0]["left_out"]), (1, &Value::from(named[1].clone()), &true.into()));
    // The laptop hears what was decided.
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    assert_eq!(pair.on_laptop("way", &["held"]).out, "没有存疑的记录。\n");
}

#[test]
fn a_store_that_is_named_while_a_server_has_it_is_used_through_the_server() {
    let mut pair = Pair::open();
    let named = |pair: &Pair, args: &[&str]| {
        let args = [args, &["--store", "store"]].concat();
        super::laptop::said(&mut pair.office.home().wangge(&args).command())
    };
    let said = named(&pair, &["record", "post", "李四", "云山街道", "--post", "leader"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    let log = pair.done_at_server(&["log", "--json"]);
    assert!(log.contains("李四"), "at the server at once");
    let mut desk = pair.office.home().wangge(&["--store", "store"]).start();
    desk.wait_for("下级");
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
    let said = named(&pair, &["sync", "server"]);
    assert!(said.code == 1 && said.err.contains("它就是服务器的，不用同步"), "{}", said.err);
    // A server that was killed leaves nothing in the way.
    pair.office.kill();
    let said = named(&pair, &["log", "--json"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("李四"));
}
