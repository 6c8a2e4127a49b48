//! `wangge list`, and a person's own names.
use std::fs;

use serde_json::Value;

use super::{done, refused, with_roster};
use crate::pty::Home;

fn write(home: &Home, name: &str, text: &str) {
    let folder = home.path().join("config/wangge");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), text).expect("a file");
}

#[test]
fn the_lists_that_there_are_and_the_units_of_one() {
    let home = with_roster();
    write(
        &home,
        "lists.toml",
        "[[list]]\nname = \"棉纺\"\ntext = \"zz\"\nindustry = \"17\"\ncolumns = [\"code\", \"last-visit\"]\n",
    );
    let lists = done(&home, &["list"]);
    assert!(lists.starts_with("棉纺") && lists.contains("查找「zz」  行业「17」"), "{lists}");
    assert!(lists.contains("从未走访") && lists.contains("有逾期未办"), "{lists}");
    let rows = done(&home, &["list", "棉纺", "--json"]);
    assert!(!rows.is_empty());
    for row in rows.lines() {
        let row: Value = serde_json::from_str(row).expect("JSON");
        assert_eq!(row["id"], row["code"]);
        assert_eq!(row["last-visit"], Value::Null);
    }
    let all = done(&home, &["list", "从未走访", "--json"]).lines().count();
    let town = done(&home, &["list", "从未走访", "--json", "--at", "香溪镇"]).lines().count();
    assert!(0 < town && town < all, "{town} of {all}");
    let csv = done(&home, &["list", "棉纺", "--csv"]);
    assert!(csv.starts_with("\u{feff}单位,代码,上次走访\r\n"), "{csv}");
    assert_eq!(csv.lines().count(), rows.lines().count() + 1);
}

#[test]
fn short_names_find_what_they_stand_for() {
    let home = with_roster();
    write(&home, "aliases.toml", "老米厂 = 91330781MA20023B5C # 改制前的叫法\n");
    write(&home, "lists.toml", "[[list]]\nname = \"米\"\ntext = \"lmchang\"\ncolumns = []\n");
    assert_eq!(done(&home, &["list", "米"]), "兰溪市高源米业有限责任公司\n");
}

#[test]
fn an_unknown_list_and_a_bad_file_are_sentences() {
    let home = with_roster();
    assert_eq!(refused(&home, &["list", "没有"]), "没有叫「没有」的名单；不写名称就列出有哪些名单");
    write(&home, "lists.toml", "[[list]]\nname = \"a\"\nvisit = \"never\"\n");
    let said = refused(&home, &["list"]);
    assert!(said.contains("lists.toml 第3行不对") && said.contains("文件没有动"), "{said}");
}
