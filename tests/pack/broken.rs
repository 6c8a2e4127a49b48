//! What is said about broken packs: every place at once, with file, line, key and what would be right. What is said
//! stands in `broken.txt`; `UPDATE_PACKS=1` writes it anew.
use std::{fmt::Write, fs, path::Path};

use wangge::grid::pack::{Pack, PackFiles};

use super::files;

/// A change to a file: in its first place, this text by that.
type Edit = (&'static str, &'static str, &'static str);

const CASES: &[(&str, &[Edit])] = &[
    (
        "键写错了",
        &[
            ("duties", "percent = 40", "percnt = 40"),
            ("pack", "[levels]\n0", "[levels]\n4"),
            ("pack", "note = ", "notes = "),
        ],
    ),
    (
        "数不在范围里",
        &[
            ("duties", "percent = 40", "percent = 140"),
            ("duties", "lead_days = 30", "lead_days = 200"),
            ("duties", "workdays = 15", "workdays = -1"),
            ("duties", "least = 12", "least = 0"),
            ("pack", "level = 3", "level = 4"),
        ],
    ),
    (
        "词不认识",
        &[
            ("duties", "kind = \"coverage\"", "kind = \"covrage\""),
            ("duties", "cadence = \"half_year\"", "cadence = \"weekly\""),
            ("duties", "[\"1/vertical/deputy\"]", "[\"1/vertical/boss\", \"4/vertical/leader\", \"1\"]"),
            ("pack", "sector = \"investment\"", "sector = \"shipping\""),
            ("pack", "form = \"office\"", "form = \"部门\""),
        ],
    ),
    (
        "记录写错了",
        &[
            ("duties", "evidence = [\"visit\"]", "evidence = [\"session/training\", \"meeting\"]"),
            ("duties", "evidence = [\"visit+own\"]", "evidence = [\"done+own\", \"meeting/talk\", \"study+own\"]"),
            ("duties", "evidence = [\"session/training\"]", "evidence = []"),
            (
                "duties",
                "evidence = [\"session/activity\", \"done\"]\nbelow = true",
                "evidence = [\"visit\", \"visit/law\"]",
            ),
        ],
    ),
    (
        "岗位没有这些事",
        &[
            ("duties", "on = [\"3/vertical/leader\", \"3/flat/leader\"]", "on = [\"1/vertical/leader\"]"),
            (
                "duties",
                "on = [\"1/vertical/deputy\"]\ncadence = \"bimonth\"",
                "on = [\"3/vertical/deputy\"]\ncadence = \"bimonth\"",
            ),
        ],
    ),
    (
        "引用的东西不在",
        &[(
            "duties",
            "\"checklist:room\", \"below:training\"",
            "\"checklist:rooms\", \"below:trainings\", \"below:alive\", \"noise\"",
        )],
    ),
    (
        "规则引用的东西不在",
        &[(
            "duties",
            "\"checklist:room\", \"below:training\"",
            "\"checklist:rooms\", \"below:trainings\", \"below:alive\"",
        )],
    ),
    ("起算的记录不对", &[("duties", "trigger = \"problem\"", "trigger = \"problems\"")]),
    ("答复的记录不对", &[("duties", "answer = \"closed\"", "answer = \"filing\"")]),
    (
        "网格树不对",
        &[
            ("pack", "parent = \"990101-tj\"", "parent = \"990101-M\""),
            ("pack", "name = \"县统计局\"\nparent = \"990101\"\nlevel = 0", "name = \"县统计局\"\nlevel = 2"),
            ("pack", "id = \"990101-M\"", "id = \"990101-tj\""),
            ("pack", "name = \"清河县\"\nlevel = 1", "name = \"清河县\"\nlevel = 2"),
        ],
    ),
    (
        "选项不对",
        &[
            ("pack", "value = \"single\"", "value = \"triple\""),
            ("duties", "when = \"visits=single\"", "when = \"visits=both\""),
            ("duties", "when = \"visits=double\"", "when = \"visit=double\""),
            ("pack", "when = \"visits=double\"", "when = \"double\""),
        ],
    ),
    (
        "区划不对",
        &[
            ("divisions", "code,name,parent", "代码,名称,上级"),
            ("divisions", "990101002,东河片区,990101", "990101002,东河片区"),
            ("divisions", "990101003,西山片区,990101", "9901010030,西山片区,990101"),
            ("divisions", "990101001002,城关二居,990101001", "990101001001,城关二居,990101002"),
            ("divisions", "990101001,城关片区,990101", "990101001,城关片区,990102"),
        ],
    ),
    (
        "写法不合 TOML",
        &[
            ("pack", "name = \"清河县\"", "name = 清河县"),
            ("pack", "farm = \"none\"", "farm = \"none"),
            ("duties", "percent = 40", "percent = 40\npercent = 50"),
            ("duties", "[[duty]]\nid = \"training\"", "[[duty\nid = \"training\""),
        ],
    ),
    (
        "日期不对",
        &[
            ("duties", "due = \"2026-12-20\"", "due = 2026-12-20"),
            ("duties", "due = \"03-31\"", "due = \"02-30\""),
            ("pack", "utc_offset = \"+08:00\"", "utc_offset = \"8\""),
        ],
    ),
    (
        "缺了键",
        &[
            ("pack", "source = ", "# source = "),
            ("pack", "clause = \"样例 5\"\n", ""),
            ("pack", "form = \"office\"\n", ""),
            ("duties", "cadence = \"bimonth\"\n", ""),
            ("duties", "count = 1\n", ""),
            ("duties", "measure = \"次\"\n", ""),
            ("duties", "evidence = [\"visit+own\"]\n", ""),
        ],
    ),
    (
        "网格的数目和农业网格",
        &[
            ("pack", "id = \"sample\"", "id = \"qinghe\""),
            ("pack", "least = 5", "least = 50"),
            ("pack", "farm = \"none\"", "farm = \"township\""),
        ],
    ),
    (
        "宽限太长",
        &[
            ("duties", "grace_days = 10", "grace_days = 400"),
            ("duties", "grace_workdays = 3", "grace_workdays = 180\ngrace_days = 100"),
        ],
    ),
    (
        "类型不对",
        &[
            ("duties", "name = \"走访单位\"", "name = 5"),
            ("duties", "below = true", "below = \"true\""),
            ("duties", "evidence = [\"visit\"]", "evidence = \"visit\""),
            ("duties", "on = [\"3/vertical/leader\", \"3/flat/leader\"]", "on = [3]"),
            ("duties", "count = 1", "count = \"一\""),
            ("pack", "[grids]\nleast = 5\nmost = 40\nfarm = \"none\"\narea_level = 3\n", "grids = 3\n"),
            ("pack", "per_unit = true", "per_unit = 1"),
        ],
    ),
    (
        "写了两次",
        &[
            ("duties", "id = \"tour\"", "id = \"training\""),
            ("duties", "when = \"visits=double\"", "when = \"visits=single\""),
            ("pack", "id = \"books\"\nname", "id = \"room\"\nname"),
            ("pack", "id = \"books\"\ntext", "id = \"place\"\ntext"),
            ("duties", "[\"3/vertical/leader\", \"3/flat/leader\"]", "[\"3/vertical/leader\", \"3/vertical/deputy\"]"),
        ],
    ),
    (
        "考核的依据",
        &[
            ("pack", "evidence = [\"duty:visit\", \"duty:problems\"]", "evidence = [\"duty:visits\", \"logins\"]"),
            ("pack", "evidence = [\"text\"]", "evidence = [\"online\", \"checkins\", \"visit\"]"),
        ],
    ),
    (
        "考核写错了",
        &[
            ("pack", "late = 40", "late = 140"),
            ("pack", "cadence = \"half_year\"", "cadence = \"month\""),
            ("pack", "evidence = [\"duty:visit\", \"duty:problems\"]", "evidence = [\"duty:plan\"]"),
            ("pack", "points = 40", "points = 0"),
            ("pack", "clauses = [\"样例 3\"]", "clauses = []"),
            ("pack", "required = [\"visit\"]", "required = [\"visits\"]"),
        ],
    ),
    (
        "不该有的",
        &[
            ("duties", "trigger = \"problem\"", "trigger = \"problem\"\nevidence = [\"visit\"]"),
            ("pack", "[levels]", "[farm_grid]\nname = \"农业网格\"\nsuffix = \"-N1\"\n\n[levels]"),
        ],
    ),
];

/// What is said of the sample pack with some edits.
fn said(edits: &[Edit]) -> String {
    let base = files("sample");
    let mut texts = [base.pack.to_owned(), base.duties.to_owned(), base.divisions.to_owned()];
    for (file, from, to) in edits {
        let at = ["pack", "duties", "divisions"].iter().position(|name| name == file).unwrap();
        assert!(texts[at].contains(from), "{file} has no {from}");
        texts[at] = texts[at].replacen(from, to, 1);
    }
    let files = PackFiles { pack: &texts[0], duties: &texts[1], divisions: &texts[2], ..base };
    match Pack::parse(&files) {
        Ok(_) => "没有发现不对\n".to_owned(),
        Err(error) => error.faults.iter().fold(String::new(), |mut text, fault| {
            writeln!(text, "{fault}").unwrap();
            text
        }),
    }
}

#[test]
fn broken_packs_are_told_where_and_what() {
    let mut all = String::new();
    for (name, edits) in CASES {
        writeln!(all, "== {name}\n{}", said(edits)).unwrap();
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pack/broken.txt");
    if std::env::var_os("UPDATE_PACKS").is_some() {
        fs::write(&path, &all).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap();
    for (now, then) in all.split("== ").zip(golden.split("== ")) {
        assert_eq!(now, then);
    }
    assert_eq!(all, golden);
}

#[test]
fn nothing_at_all_is_told_too() {
    let nothing = PackFiles { pack: "", duties: "", divisions: "", ..files("sample") };
    let error = Pack::parse(&nothing).unwrap_err();
    let keys: Vec<_> = error.faults.iter().map(|fault| format!("{} {}", fault.file, fault.key)).collect();
    let missing = ["id", "name", "source", "utc_offset", "farm_grid", "node"].map(|key| format!("pack.toml {key}"));
    assert_eq!(keys, [&missing[..], &["duties.toml duty".to_owned(), "divisions.csv 表头".to_owned()]].concat());
}

/// One sentence, however much is wrong: it stands where a store is opened.
#[test]
fn as_an_error_it_is_one_sentence() {
    let base = files("sample");
    let wrong = base.duties.replace("percent = 40", "percent = 0").replace("least = 12", "least = 0");
    let error = Pack::parse(&PackFiles { duties: &wrong, ..base }).unwrap_err();
    assert_eq!(error.faults.len(), 2);
    assert_eq!(
        error.to_string(),
        "职责包 sample 不能用：duties.toml 第 14 行 percent：0 不对，应为 1 到 100 之间的整数；另有 1 处不对，用 wangge pack check \
         看全部"
    );
}
