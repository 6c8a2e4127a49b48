//! A server that speaks one language, and people who read the other: over the real socket, and what is kept.
use std::path::Path;

use super::{
    ROSTER, Said,
    laptop::{Pair, code_in, said},
};
use crate::{office::Office, pty::Terminal};

/// What is said in each language, the one of the reader first: what a stranger is told, what is held, what a desk hears
/// of a laptop that waits, and what the other language would say.
struct Words {
    stranger: &'static str,
    clock: &'static str,
    waits: &'static str,
    revoked: &'static str,
}

const ZH: Words = Words {
    stranger: "这台设备还没有登记",
    clock: "设备的时钟比服务器快 71 小时",
    waits: "有笔记本等您登记",
    revoked: "停用",
};
const EN: Words = Words {
    stranger: "This device is not enrolled",
    clock: "The device's clock is ahead of the server's by hours: 71",
    waits: "A laptop waits for you",
    revoked: "revoked",
};

/// A server that speaks this language.
fn office(language: &str) -> Pair {
    let mut office = Office::founded();
    office.run(&["import", ROSTER]);
    office.with(&["--lang", language]);
    Pair::of(office)
}

fn at(pair: &Pair, language: &str, args: &[&str]) -> Said {
    pair.at_server(&[args, &["--lang", language]].concat())
}

#[test]
fn everybody_is_answered_in_the_language_that_they_read_whatever_the_server_speaks() {
    for (server, reader, theirs, other) in [("zh", "en", EN, ZH), ("en", "zh", ZH, EN)] {
        let pair = office(server);
        pair.way("way", "exec WANGGE attach");
        // A desk that was opened in the server's language, and then switched.
        let mut desk = desk(&pair, server);
        let laptop = |args: &[&str]| pair.on_laptop("way", &[args, &["--lang", reader]].concat());
        let turned_away = laptop(&["sync", "server"]);
        assert!(turned_away.code == 1 && turned_away.err.contains(theirs.stranger), "{}", turned_away.err);
        desk.wait_for(other.waits);
        switch(&mut desk);
        second_laptop(&pair, "another");
        desk.wait_for(theirs.waits);
        desk.keys("q");
        desk.wait_exit();
        // What is held is worded for whoever reads it, on either side, whenever.
        let code = code_in(&turned_away.err);
        pair.done_at_server(&["device", "enroll", &code, "--person", "张三", "--name", "笔记本"]);
        assert_eq!(laptop(&["sync", "server"]).code, 0);
        let args =
            ["record", "visit", "兰溪市隆泰食品有限公司", "--on", "2026-11-20", "--as", "张三", "--store", "store"];
        let recorded = said(&mut pair.laptop.wangge(&args).env("WANGGE_NOW", "2026-11-26T08:30:00+08:00").command());
        assert_eq!(recorded.code, 0, "{}", recorded.err);
        let synced = laptop(&["sync", "server"]);
        assert!(synced.code == 0 && synced.out.contains(theirs.clock), "{}{}", synced.out, synced.err);
        for (language, words) in [(reader, &theirs), (server, &other)] {
            let held = at(&pair, language, &["held"]);
            assert!(held.out.contains(words.clock), "{language}: {}", held.out);
            let held = pair.on_laptop("way", &["held", "--lang", language]);
            assert!(held.out.contains(words.clock), "{language}: {}", held.out);
        }
        // A refusal of what a subcommand asked.
        pair.done_at_server(&["device", "revoke", "笔记本", "--from", "2026-11-23", "--reason", "丢了"]);
        let refused = at(&pair, reader, &["bundle", "--for", "笔记本", "-o", "no.wgb"]);
        assert!(refused.code == 1 && refused.err.contains(theirs.revoked), "{}", refused.err);
    }
}

fn desk(pair: &Pair, language: &str) -> Terminal {
    let socket = pair.office.socket().display().to_string();
    let mut desk = pair.office.home().wangge(&["--lang", language]).env("WANGGE_SOCKET", &socket).start();
    desk.wait_for("兰江街道");
    desk
}

/// Chooses the other language in the settings; the server hears of it at once.
fn switch(desk: &mut Terminal) {
    desk.keys("S <Down> <Right> <Enter>");
}

/// Another machine, which nobody has enrolled.
fn second_laptop(pair: &Pair, name: &str) {
    let way = pair.laptop.path().join("way").display().to_string();
    let store: &Path = name.as_ref();
    let args = ["sync", "server", "--store", store.to_str().expect("UTF-8")];
    let turned_away = said(&mut pair.laptop.wangge(&args).env("WANGGE_SSH", &way).command());
    assert_eq!(turned_away.code, 1, "{}", turned_away.out);
}
