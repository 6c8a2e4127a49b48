//! A person's own keys while the desk is open.
use std::fs;

use super::Home;

#[test]
fn a_keymap_that_changes_holds_from_the_next_key_on_and_bad_lines_are_told() {
    let home = Home::new();
    let folder = home.path().join("config/wangge");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("keymap.toml");
    let mut term = home.wangge(&["demo", "--units", "200"]).start();
    term.wait_for("建议走访");
    fs::write(&path, "\"w\" = \"timeline\"\n").expect("a file");
    // The key that reads anew puts nothing off.
    term.keys("<F5>");
    term.wait_for("新的键位已生效");
    term.keys("w");
    term.wait_for("还有 38 天");
    term.keys("<Esc>");
    term.wait_for("建议走访");
    fs::write(&path, "\"w\" = \"timelin\"\n\"W\" = \"timeline\"\n").expect("a file");
    term.keys("<F5>");
    term.wait_for("第1行：没有叫 timelin 的命令");
    term.keys("W");
    term.wait_for("还有 38 天");
    term.keys("<Esc> q");
    term.wait_exit();
}
