//! A laptop whose ledger was set back to an earlier day, or copied to a second machine, and whose desk is open when it is
//! synced: the desk's own chain can't change beneath it, and that is said at once, with what to do.
use std::{fs, path::Path};

use super::{
    Said,
    laptop::{Pair, json},
};
use crate::pty::{Launch, Terminal};

const UNIT: &str = "兰溪市康伟水泥制品有限公司";
const OTHER: &str = "兰溪市隆泰食品有限公司";

/// A laptop that has synced, with its ledger as it was before its last visit.
fn set_back() -> Pair {
    let pair = Pair::with_roster();
    pair.enroll();
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
    let (store, old) = (pair.laptop.path().join("store"), pair.laptop.path().join("old"));
    copy(&store, &old);
    assert_eq!(visit(&pair, UNIT).code, 0);
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert!(said.out.starts_with("同步好了：上传 1 条"), "{}{}", said.out, said.err);
    fs::remove_dir_all(&store).expect("removed");
    copy(&old, &store);
    pair
}

fn visit(pair: &Pair, unit: &str) -> Said {
    pair.on_laptop("way", &["record", "visit", unit, "--as", "张三"])
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        match entry.file_type().expect("its kind") {
            kind if kind.is_dir() => copy(&from, &to),
            kind if kind.is_file() => drop(fs::copy(&from, &to).expect("copied")),
            _ => {}
        }
    }
}

fn desk(pair: &Pair) -> Terminal {
    let way = pair.laptop.path().join("way").display().to_string();
    let launch: Launch = pair.laptop.wangge(&["--store", "store", "--as", "张三"]).env("WANGGE_SSH", &way);
    let mut desk = launch.start();
    desk.wait_for("兰江街道");
    desk
}

fn sync_at_desk(desk: &mut Terminal) {
    desk.keys(":");
    desk.wait_for("命令");
    desk.keys("同步 <Enter>");
}

fn quit(mut desk: Terminal) {
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
}

/// The visits at the server.
fn visits(pair: &Pair) -> usize {
    json(&pair.done_at_server(&["log", "--json"])).iter().filter(|fact| fact["kind"] == "visit").count()
}

#[test]
fn a_ledger_that_was_set_back_says_beside_its_desk_that_the_desk_is_to_be_left_and_regains_what_it_lacks_then() {
    let pair = set_back();
    let mut desk = desk(&pair);
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.contains("从较早的备份恢复") && said.err.contains("请先退出案头"), "{}", said.err);
    sync_at_desk(&mut desk);
    desk.wait_for("请先退出案头");
    quit(desk);
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    assert!(said.out.contains("取回") || said.out.contains("1 条"), "{}", said.out);
    // It goes on where its chain ends at the server.
    assert_eq!(visit(&pair, OTHER).code, 0);
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert!(said.out.starts_with("同步好了：上传 1 条"), "{}{}", said.out, said.err);
    assert_eq!(visits(&pair), 2);
    assert_eq!(pair.done_at_server(&["held"]), "没有存疑的记录。\n");
}

#[test]
fn a_ledger_that_was_set_back_and_written_on_says_beside_its_desk_what_becomes_of_it() {
    let pair = set_back();
    let mut desk = desk(&pair);
    // What a desk records is the store's own chain: it parts here from what the server has.
    desk.keys("<Left> <Enter> <Down>*2 <Enter>");
    desk.wait_for("建议走访");
    desk.keys("space*2");
    desk.wait_for("已记");
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
    assert!(said.err.contains("请退出案头，再运行一次"), "{}", said.err);
    sync_at_desk(&mut desk);
    desk.wait_for("退出案头");
    // What was recorded is with the server, and waits for somebody.
    assert_eq!(json(&pair.done_at_server(&["held", "--json"])).len(), 1);
    quit(desk);
    let said = pair.on_laptop("way", &["sync", "server"]);
    assert!(said.out.contains("旧账本原样移到"), "{}{}", said.out, said.err);
    assert_eq!(visits(&pair), 1, "and one inside what is kept");
}
