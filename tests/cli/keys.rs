//! `wangge keys`.
use std::fs;

use super::{done, refused};
use crate::pty::Home;

#[test]
fn the_keys_that_hold_are_listed_by_place_with_the_persons_own_lines() {
    let home = Home::new();
    let list = done(&home, &["keys"]);
    assert!(list.starts_with("案头 [desk]\n"), "{list}");
    let line = |list: &str, id: &str| {
        let found = list.lines().find(|line| line.ends_with(&format!(" {id}")));
        found.unwrap_or_else(|| panic!("{id} is not in\n{list}")).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line(&list, "undo"), "u F8 撤销 undo");
    fs::write(home.path().join("own.toml"), "\"w\" = \"undo\"\n\"space\" = \"none\"\n").expect("a file");
    let own = done(&home, &["keys", "--keymap", "own.toml"]);
    assert_eq!(line(&own, "undo"), "w u F8 撤销 undo");
    assert_eq!(line(&own, "visit.today"), "没有键 记走访 visit.today");
    let vim = done(&home, &["keys", "--keymap", "vim"]);
    assert_eq!(line(&vim, "home"), "g g Home 到头 home");
}

#[test]
fn keys_as_json_have_stable_names() {
    let home = Home::new();
    let list = done(&home, &["keys", "--keymap", "excel", "--json"]);
    let lines: Vec<serde_json::Value> =
        list.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    let undo = lines.iter().find(|line| line["context"] == "desk" && line["command"] == "undo").expect("a line");
    assert_eq!(undo["name"], "撤销");
    assert_eq!(undo["keys"], serde_json::json!(["ctrl-z", "delete", "u"]));
    assert_eq!(undo["labels"], serde_json::json!(["Ctrl-Z", "Del", "u"]));
    let ids: std::collections::BTreeSet<&str> = lines.iter().filter_map(|line| line["command"].as_str()).collect();
    assert_eq!(ids.len(), wangge::app::COMMANDS.len(), "every command is listed");
}

#[test]
fn a_file_is_checked_line_by_line() {
    let home = Home::new();
    let path = home.path().join("keys.toml");
    fs::write(&path, "[desk]\n\"w\" = \"undo\"\n\"W\" = \"none\"\n").expect("a file");
    assert_eq!(done(&home, &["keys", "--check", "keys.toml"]), "keys.toml 没有问题：2 个键\n");
    fs::write(&path, "\"w\" = \"udno\"\n\"x\" = \"undo\"\n[dsek]\n[desk]\n\"hyper-x\" = \"undo\"\n").expect("a file");
    let said = refused(&home, &["keys", "--check", "keys.toml"]);
    let expected = "keys.toml 第1行：没有叫 udno 的命令\n\
                    keys.toml 第3行：没有叫 [dsek] 的地方，只有 ";
    assert!(said.starts_with(expected), "{said}");
    assert!(said.contains("keys.toml 第5行：没有叫 hyper-x 的键\n共 3 行不对，改好后再检查一次"), "{said}");
    let said = refused(&home, &["keys", "--check", "none.toml"]);
    assert!(said.starts_with("键位文件 none.toml 打不开："), "{said}");
}
