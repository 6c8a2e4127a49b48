//! A person's own files: what is wrong in them is a sentence with file and line, and the desk starts all the same.
use std::fs;

use super::{done, wangge, with_tree};
use crate::pty::Home;

fn write(home: &Home, name: &str, text: &str) -> String {
    let path = home.path().join("config/wangge").join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, text).expect("a file");
    path.display().to_string()
}

#[test]
fn own_keys_hold_and_a_bad_line_is_told_with_file_and_line_while_the_desk_starts() {
    let home = with_tree();
    let path = write(&home, "keymap.toml", "[global]\n\"m\" = \"help\"\n\"F\" = \"nosuch\"\n\"m\" = \"quit\"\n");
    // Wide enough for the sentences.
    let mut desk = home.wangge(&["--store", "store"]).size(320, 24).start();
    desk.wait_for("帮助");
    for line in [3, 4] {
        desk.wait_for(&format!("{path} 第{line}行"));
    }
    desk.keys("m");
    desk.wait_for("帮助：");
    desk.keys("<Esc> q");
    assert_eq!(desk.wait_exit().code, 0);
}

#[test]
fn a_keymap_that_is_not_there_is_told_and_the_vim_keymap_works() {
    let home = with_tree();
    let mut desk = home.wangge(&["--store", "store", "--keymap", "nosuch.toml"]).size(160, 24).start();
    desk.wait_for("键位文件 nosuch.toml 打不开");
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
    let mut desk = home.wangge(&["--store", "store", "--keymap", "vim"]).start();
    let before = desk.wait_for("云山街道");
    desk.keys("j");
    desk.wait("the cursor to move", |frame| frame.lines() != before.lines());
}

#[test]
fn a_bad_configuration_is_told_with_file_and_line_and_left_out() {
    let home = with_tree();
    let path = write(&home, "config.toml", "ascii = true\nkeymapp = \"vim\"\n");
    let said = wangge(&home, &["due", "--json", "--overdue"]);
    assert_eq!((said.code, said.out.as_str()), (0, ""));
    assert!(
        said.err.starts_with(&format!("{path} 第 2 行不对，先按默认设置：没有「keymapp」这个设置")),
        "{}",
        said.err
    );
    let mut desk = home.wangge(&["--store", "store"]).size(200, 24).start();
    desk.wait_for(&format!("{path} 第 2 行不对"));
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);

    // Where it is right, it holds.
    write(&home, "config.toml", "ascii = true\nkeymap = \"vim\"\nas = \"张三\"\n");
    let post = ["record", "post", "张三", "兰江街道/农业网格", "--post", "leader"];
    assert_eq!(wangge(&home, &post).code, 1, "nobody is called that yet");
    fs::remove_file(home.path().join("config/wangge/config.toml")).expect("removed");
    done(&home, &post);
    write(&home, "config.toml", "ascii = true\nas = \"张三\"\n");
    let mut desk = home.wangge(&["--store", "store"]).start();
    let frame = desk.wait_for("张三 网格长");
    assert!(frame.shows("兰江街道") && !frame.shows("▾") && !frame.shows("☐"), "{frame}");
}

#[test]
fn a_year_without_holidays_is_told_in_the_head_line_and_an_own_file_helps() {
    let home = with_tree();
    let desk =
        || home.wangge(&["--store", "store"]).env("WANGGE_NOW", "2030-03-04T09:00:00+08:00").size(100, 24).start();
    let mut without = desk();
    // Monday the 4th to Friday the 29th: four weeks of weekdays.
    let head = without.wait_for("云山街道").lines()[0].clone();
    assert!(head.contains("2030年3月  余20个工作日(无节假日表)"), "{head}");
    without.keys("q");
    without.wait_exit();
    let known = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/data/holidays/cn.csv")).expect("the holidays");
    let names = known.lines().next().expect("a header");
    let day = known.lines().nth(1).expect("a day").replacen(|c: char| c.is_ascii_digit(), "#", 10);
    // A day off in March 2030, in the form of the others.
    let row = day.replacen("####-##-##", "2030-03-08", 1);
    write(&home, "holidays/cn.csv", &format!("{names}\n{row}\n"));
    let mut with = desk();
    let head = with.wait_for("云山街道").lines()[0].clone();
    assert!(head.contains("余19个工作日") && !head.contains("无节假日表"), "{head}");
}
