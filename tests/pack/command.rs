//! `wangge pack` and `wangge timeline`, as people and scripts use them.
use std::fs;

use serde_json::Value;

use super::files;
use crate::pty::Home;

/// Standard output, standard error and status.
fn wangge(home: &Home, args: &[&str]) -> (String, String, i32) {
    let args = [args, &["--store", "store"]].concat();
    let output = home.wangge(&args).command().output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[track_caller]
fn done(home: &Home, args: &[&str]) -> String {
    let (out, err, code) = wangge(home, args);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    out
}

#[track_caller]
fn refused(home: &Home, args: &[&str]) -> String {
    let (out, err, code) = wangge(home, args);
    assert_eq!((code, out.as_str()), (1, ""), "{args:?}");
    err
}

/// A home with a pack in the folder `qinghe`.
fn with_pack(change: impl Fn(&str) -> String) -> Home {
    let home = Home::new();
    let folder = home.path().join("qinghe");
    fs::create_dir(&folder).unwrap();
    let sample = files("sample");
    fs::write(folder.join("pack.toml"), change(&sample.pack.replace("id = \"sample\"", "id = \"qinghe\""))).unwrap();
    fs::write(folder.join("duties.toml"), change(sample.duties)).unwrap();
    fs::write(folder.join("divisions.csv"), change(sample.divisions)).unwrap();
    home
}

#[test]
fn a_sound_pack_is_told_by_its_posts() {
    let home = with_pack(str::to_owned);
    let told = "\
职责包 qinghe「清河县统计网格（样例）」可以用：10 条职责（4 条的次数或期限由本包设定），3 个节点，8 个区划，2 份清单，1 个选项，1 \
条规则
  县 县统计负责人            3 条
  县 县统计副职              2 条
  片区网格 片区长            3 条
  片区网格 联络员            2 条
  扁平网格 片区长            3 条
  扁平网格 联络员            2 条
";
    assert_eq!(done(&home, &["pack", "check", "qinghe"]), told);
    assert_eq!(done(&home, &["pack", "check", "qinghe/duties.toml"]), told);
}

#[test]
fn a_broken_pack_is_told_by_file_and_line() {
    let home = with_pack(|text| {
        text.replace("percent = 40", "percnt = 40")
            .replace("least = 5", "least = 50")
            .replace("东河片区,990101", "东河片区")
    });
    assert_eq!(
        refused(&home, &["pack", "check", "qinghe"]),
        "\
qinghe/pack.toml:8 least：least = 50 大于 most = 40，应不大于它
qinghe/duties.toml:4 percent：缺少 percent，例如 percent = 1
qinghe/duties.toml:14 percnt：[[duty]] 里没有这个键，可写的是 id、name、clause、cite、text、on、except、cadence、kind、evidence、\
below、measure、lead_days、grace_days、grace_workdays、assumed、when、percent
qinghe/divisions.csv:3 行：有 2 栏，应为三栏：代码,名称,上级代码
共 4 处不对，改好后再检查一次
"
    );
}

#[test]
fn what_is_no_pack_is_told() {
    let home = with_pack(str::to_owned);
    let nothing = refused(&home, &["pack", "check", "nowhere"]);
    assert!(nothing.starts_with("nowhere 不是职责包的文件夹"), "{nothing}");
    fs::write(home.path().join("qinghe/notes.txt"), "x").unwrap();
    assert!(refused(&home, &["pack", "check", "qinghe/notes.txt"]).contains("不是职责包的文件夹，也不是其中的文件"));
    fs::remove_file(home.path().join("qinghe/divisions.csv")).unwrap();
    assert_eq!(refused(&home, &["pack", "check", "qinghe"]), "qinghe/divisions.csv：没有这个文件\n");
    fs::write(home.path().join("qinghe/divisions.csv"), [0xb1, 0xe0]).unwrap();
    assert_eq!(
        refused(&home, &["pack", "check", "qinghe"]),
        "qinghe/divisions.csv：不是 UTF-8 的文字，请用 UTF-8 编码保存\n"
    );
}

/// One file in the configuration folder is enough to change a pack that ships.
#[test]
fn an_own_file_wins_and_is_listed() {
    let home = Home::new();
    let folder = home.path().join("config/wangge/packs/sample");
    fs::create_dir_all(&folder).unwrap();
    let own = files("sample").pack.replace("value = \"single\"", "value = \"double\"");
    fs::write(folder.join("pack.toml"), own).unwrap();
    let shown = done(&home, &["pack", "show", "sample"]);
    assert!(shown.contains("选项 visits = double（可写 single、double）"), "{shown}");
    assert!(done(&home, &["pack", "check", folder.to_str().unwrap()]).contains("4 个节点"), "with 流动辅导网格");
    let listed = done(&home, &["pack", "list"]);
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines[0].starts_with("lanxi") && lines[0].ends_with("（自带）"), "{listed}");
    assert!(lines[1].starts_with("sample") && lines[1].contains("config/wangge/packs/sample"), "{listed}");
}

#[test]
fn the_second_pack_runs() {
    let home = Home::new();
    let made = done(&home, &["init", "--pack", "sample", "--from", "2026-11-01"]);
    assert!(made.contains("（6 个节点，其中片区网格 4 个；村社区 5 个）"), "{made}");
    fs::write(
        home.path().join("roster.csv"),
        "统一社会信用代码,单位详细名称,行业代码,行政区划代码\n91330781MA28D0001P,清河纺织有限公司,1711,990101001\n",
    )
    .unwrap();
    let rows = done(&home, &["due", "--json", "--at", "城关片区"]);
    let rows: Vec<Value> = rows.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let visit = rows.iter().find(|row| row["duty"] == "visit").unwrap();
    assert_eq!(
        (visit["period"].as_str(), visit["need"].as_u64(), visit["post"].as_str()),
        (Some("2026-B6"), Some(1), Some("leader"))
    );
    let shown = done(&home, &["pack", "show"]);
    assert!(shown.starts_with("sample「清河县统计网格（样例）」"), "{shown}");
    // What comes back every year, and the one thing that is to be done once.
    let timeline = done(&home, &["timeline"]);
    let lines = [
        "2026-03-31  plan               年度计划         不计 1（开账以前到期）  [样例 1 样例 第1条]",
        "            县 县统计负责人",
        "2026-12-20  founding           片区建成         将到期 1  [样例 1 样例 第1条]",
        "            县 县统计负责人",
    ];
    assert_eq!(timeline.lines().collect::<Vec<_>>(), lines);
    done(&home, &["record", "done", "founding", "清河县"]);
    let lines = done(&home, &["timeline", "--json"]);
    let line: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!((&line["states"], &line["period"]), (&serde_json::json!({ "met": 1 }), &Value::from("2026")));
    // Its own words for posts are understood and shown.
    done(&home, &["record", "post", "王五", "城关片区", "--post", "片区长"]);
    assert!(done(&home, &["due", "--at", "城关片区"]).lines().all(|line| !line.contains("网格长")), "片区长");
}

#[test]
fn the_timeline_of_the_reform() {
    let home = Home::new();
    done(&home, &["init", "--pack", "lanxi", "--from", "2022-05-01"]);
    let lines = done(&home, &["timeline", "--json"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let dues: Vec<String> = lines.iter().map(|line| text(line, "due_on")).collect();
    // To be done once, the last by the end of 2022; what comes back every year goes on from there.
    assert!(dues.is_sorted() && dues[0] == "2022-05-31" && dues[dues.len() - 1] == "2026-12-31");
    let keys: Vec<&str> = lines[0].as_object().unwrap().keys().map(String::as_str).collect();
    // In the order of the alphabet, as the reader of this test keeps them.
    let stable = [
        "cite",
        "clause",
        "days_left",
        "due_on",
        "duty",
        "name",
        "nodes",
        "not_counted",
        "period",
        "states",
        "text",
        "who",
    ];
    assert_eq!(keys, stable);
    let clause = |wanted: &str| lines.iter().find(|line| line["clause"] == wanted).unwrap();
    // 16 townships, 经济开发区 and 高新区 each have the 2nd level to build.
    assert_eq!(
        (clause("A1-1b")["nodes"].as_u64(), clause("A1-1b")["states"]["overdue"].as_u64()),
        (Some(18), Some(18))
    );
    assert_eq!(clause("S-1")["who"], serde_json::json!([{ "level": 1, "form": "vertical", "post": "deputy" }]));
    done(&home, &["record", "done", "architecture-1", "兰溪市", "--on", "2022-06-20"]);
    let shown = done(&home, &["timeline"]);
    let of = |id: &str| shown.lines().find(|line| line.contains(id)).unwrap();
    assert!(of("architecture-1").contains("补录完成 1"), "{}", of("architecture-1"));
    assert!(of("architecture-2").contains("逾期 18"), "{}", of("architecture-2"));

    // A store that began later owes none of it, but for what is due this year.
    let later = Home::new();
    done(&later, &["init", "--pack", "lanxi"]);
    let shown = done(&later, &["timeline"]);
    let (past, ahead): (Vec<&str>, Vec<&str>) = shown.lines().step_by(2).partition(|line| *line < "2026-11-23");
    assert!(past.iter().all(|line| line.contains("（开账以前到期）")), "{shown}");
    assert!(ahead.len() == 6 && ahead.iter().all(|line| line.starts_with("2026-12-31")), "{shown}");
}
