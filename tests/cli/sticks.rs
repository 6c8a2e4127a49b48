//! A laptop that never has a network: everything goes by files on a stick.
use std::{fs, path::Path, process::Command};

use serde_json::Value;

use super::laptop::{Pair, code_in, json, said};
use crate::pty::Home;

impl Pair {
    /// A command on the laptop, which reaches nobody.
    fn alone(&self, args: &[&str]) -> super::Said {
        alone(&self.laptop, args)
    }

    #[track_caller]
    fn done_alone(&self, args: &[&str]) -> String {
        let said = self.alone(args);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{args:?}");
        said.out
    }

    #[track_caller]
    fn refused_alone(&self, args: &[&str]) -> String {
        let said = self.alone(args);
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{args:?}: {}", said.err);
        said.err.trim_end().to_owned()
    }

    /// The stick: a file in one home is put into the other.
    fn carry(&self, from: &Home, name: &str, to: &Home) {
        fs::copy(from.path().join(name), to.path().join(name)).expect("copied");
    }

    fn facts_on_laptop(&self) -> Vec<Value> {
        json(&self.done_alone(&["log", "--json"]))
    }
}

fn alone(home: &Home, args: &[&str]) -> super::Said {
    let args = [args, &["--store", "store"]].concat();
    said(&mut home.wangge(&args).env("WANGGE_SSH", "/bin/false").command())
}

fn visits(facts: &[Value]) -> usize {
    facts.iter().filter(|fact| fact["kind"] == "visit").count()
}

fn copy(from: &Path, to: &Path) {
    let copied = Command::new("cp").arg("-a").arg(from).arg(to).status().expect("cp runs");
    assert!(copied.success());
}

#[test]
fn a_laptop_without_any_network_works_a_week_by_sticks_in_both_directions() {
    let pair = Pair::with_roster();
    // It has a key before it has a ledger, and asking twice gives the same one.
    let own = pair.done_alone(&["device"]);
    let code = code_in(&own);
    assert!(own.contains("这里还没有账本"), "{own}");
    assert_eq!(code_in(&pair.done_alone(&["device"])), code);
    assert!(pair.refused_alone(&["bundle", "-o", "up.wgb"]).contains("还没有和服务器同步过"));
    pair.done_at_server(&["device", "enroll", &code, "--person", "张三", "--name", "张三的笔记本"]);

    // The first stick founds the ledger.
    let server = pair.office.home();
    let wrote = pair.done_at_server(&["bundle", "--for", "张三的笔记本", "-o", "first.wgb"]);
    assert!(wrote.starts_with("已写好 first.wgb：") && wrote.contains("从头开始"), "{wrote}");
    pair.carry(server, "first.wgb", &pair.laptop);
    assert!(pair.done_alone(&["sync", "first.wgb"]).starts_with("同步好了：上传 0 条"));
    let first = pair.facts_on_laptop();
    assert!(first.iter().any(|fact| fact["kind"] == "unit"), "{} facts", first.len());
    assert_eq!(code_in(&pair.done_alone(&["device"])), code, "the key that was enrolled");

    // A week's work goes up, and what the server says to it and has learnt meanwhile comes down.
    let units: Vec<String> = {
        let own = |fact: &&Value| {
            fact["kind"] == "placement" && fact["at"].as_str().is_some_and(|at| at.starts_with("330781001"))
        };
        first.iter().filter(own).filter_map(|fact| fact["subject"].as_str().map(str::to_owned)).collect()
    };
    for (n, day) in ["-4", "-3", "-2", "-1", "今天"].iter().enumerate() {
        pair.done_alone(&["record", "visit", &units[n], "--on", day, "--as", "张三"]);
    }
    let wrote = json(&pair.done_alone(&["bundle", "-o", "up.wgb", "--json"]));
    assert_eq!((&wrote[0]["facts"], &wrote[0]["device"]), (&5.into(), &Value::Null));
    pair.carry(&pair.laptop, "up.wgb", server);
    let took = pair.done_at_server(&["sync", "up.wgb"]);
    assert!(took.starts_with("同步好了：上传 5 条") && took.contains("wangge bundle --for up.wgb -o"), "{took}");
    assert_eq!(visits(&json(&pair.done_at_server(&["log", "--json"]))), 5);
    pair.done_at_server(&["record", "visit", &units[6]]);
    let wrote = json(&pair.done_at_server(&["bundle", "--for", "up.wgb", "-o", "down.wgb", "--json"]));
    // The server's visit, and the receipt of the five.
    assert_eq!(wrote[0]["facts"], 2, "{wrote:?}");
    assert!(wrote[0]["after"].as_u64() > Some(0));
    pair.carry(server, "down.wgb", &pair.laptop);
    copy(&pair.laptop.path().join("store"), &pair.laptop.path().join("earlier"));
    assert!(pair.done_alone(&["sync", "down.wgb"]).contains("下载 2 条"));
    assert_eq!(visits(&pair.facts_on_laptop()), 6);
    // Each stick once more: nothing is doubled on either side.
    assert!(pair.done_alone(&["sync", "down.wgb"]).starts_with("两边一样"));
    assert!(pair.done_alone(&["sync", "first.wgb"]).starts_with("两边一样"));
    pair.done_at_server(&["sync", "up.wgb"]);
    assert_eq!(visits(&json(&pair.done_at_server(&["log", "--json"]))), 6);

    // A stick that goes on from where an older copy of the ledger does not stand yet.
    pair.done_alone(&["sync", "down.wgb"]);
    pair.done_alone(&["bundle", "-o", "up.wgb"]);
    pair.carry(&pair.laptop, "up.wgb", server);
    pair.done_at_server(&["record", "visit", &units[7]]);
    pair.done_at_server(&["bundle", "--for", "up.wgb", "-o", "later.wgb"]);
    pair.carry(server, "later.wgb", &pair.laptop);
    fs::rename(pair.laptop.path().join("store"), pair.laptop.path().join("newer")).expect("renamed");
    fs::rename(pair.laptop.path().join("earlier"), pair.laptop.path().join("store")).expect("renamed");
    let gap = pair.refused_alone(&["sync", "later.wgb"]);
    assert!(gap.contains("而这里只同步到第") && gap.contains("没有收下"), "{gap}");
    assert_eq!(visits(&pair.facts_on_laptop()), 5, "nothing of it");
    // The whole one helps.
    pair.done_at_server(&["bundle", "--for", "张三的笔记本", "-o", "whole.wgb"]);
    pair.carry(server, "whole.wgb", &pair.laptop);
    pair.done_alone(&["sync", "whole.wgb"]);
    assert_eq!(visits(&pair.facts_on_laptop()), 7);
    let verified = pair.done_alone(&["verify"]);
    assert!(verified.contains("日志完好"), "{verified}");
}

#[test]
fn a_stick_that_was_changed_or_is_for_another_device_is_refused_whole() {
    let pair = Pair::open();
    let server = pair.office.home();
    let code = code_in(&pair.done_alone(&["device"]));
    pair.done_at_server(&["device", "enroll", &code, "--person", "张三", "--name", "张三的笔记本"]);
    pair.done_at_server(&["bundle", "--for", "张三的笔记本", "-o", "first.wgb"]);
    let whole = fs::read(server.path().join("first.wgb")).expect("a file");
    for at in [20, whole.len() / 2, whole.len() - 70, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[at] ^= 0x40;
        fs::write(pair.laptop.path().join("first.wgb"), &changed).expect("a file");
        let why = pair.refused_alone(&["sync", "first.wgb"]);
        assert!(why.contains("没有收下：文件在路上被改动过，或者不完整"), "byte {at}: {why}");
    }
    assert!(!pair.laptop.path().join("store/journal").exists(), "nothing of them was taken in");
    // Another laptop of the same person is another device.
    let other = Home::new();
    assert_ne!(code_in(&alone(&other, &["device"]).out), code);
    fs::write(other.path().join("first.wgb"), &whole).expect("a file");
    let why = alone(&other, &["sync", "first.wgb"]);
    assert_eq!(why.code, 1);
    assert!(why.err.contains("是给另一台设备"), "{}", why.err);
    // What a server wrote is not handed to a server, and no file is made for who is unknown or revoked.
    let said = pair.at_server(&["bundle", "--for", "first.wgb", "-o", "second.wgb"]);
    assert!(said.code == 1 && said.err.contains("这是服务器写给笔记本的"), "{}", said.err);
    let said = pair.at_server(&["bundle", "--for", "没有的", "-o", "second.wgb"]);
    assert!(said.code == 1 && said.err.starts_with("没有登记过叫「没有的」"), "{}", said.err);
    pair.done_at_server(&["device", "revoke", "张三的笔记本", "--from", "-1", "--reason", "被盗"]);
    let said = pair.at_server(&["bundle", "--for", "张三的笔记本", "-o", "second.wgb"]);
    assert!(said.code == 1 && said.err.contains("已停用，不给它数据"), "{}", said.err);
    assert!(!server.path().join("second.wgb").exists() && !server.path().join("second.wgb.new").exists());
    let why = pair.refused_alone(&["bundle", "--for", "张三的笔记本", "-o", "second.wgb"]);
    assert!(why.contains("没有运行 wangge serve"), "{why}");
}
