//! Handovers on the command line: the way of one, and the numbers of its pack.
use serde_json::Value;

use super::{done, refused, with_tree};

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_post_is_offered_confirmed_and_printed_as_it_was() {
    let home = with_tree();
    for (name, post) in [("张三", "leader"), ("李四", "deputy")] {
        done(&home, &["record", "post", name, "兰江街道", "--post", post, "--from", "2026-11-01"]);
    }
    done(&home, &["record", "post", "县长", "兰溪市", "--post", "leader", "--from", "2026-11-01"]);
    let pack = done(&home, &["handover", "网格长", "--at", "兰江街道"]);
    assert!(pack.starts_with("兰江街道网格长交接包\n移交人：张三"), "{pack}");
    assert!(refused(&home, &["handover", "总管", "--at", "兰江街道"]).starts_with("没有「总管」这个岗位"));
    assert!(
        refused(&home, &["handover", "leader", "--at", "兰江街道", "--to", "李四"]).starts_with("还不知道是谁在办")
    );
    let offered = done(&home, &["--as", "张三", "handover", "leader", "--at", "兰江街道", "--to", "李四"]);
    assert!(offered.starts_with("兰江街道 网格长：张三 移交给 李四") && offered.contains("等接交人确认"), "{offered}");
    // What it counts is what is due of the post.
    let listed = json_lines(&done(&home, &["handover", "--json"]));
    let due = json_lines(&done(&home, &["due", "--at", "兰江街道", "--json"]));
    let settled = ["met", "met_late", "exempt", "not_applicable"];
    let open = due.iter().filter(|row| {
        row["node_name"] == "兰江街道"
            && row["post"] == "leader"
            && row.get("about").is_none()
            && !settled.contains(&row["state"].as_str().unwrap())
    });
    assert_eq!(listed[0]["counts"]["duties"], Value::from(open.count()));
    assert_eq!(listed[0]["state"], "offered");
    assert_eq!(
        refused(&home, &["--as", "张三", "handover", "confirm"]),
        "没有等您答复的交接；在办的见 wangge handover"
    );
    let passed = done(&home, &["--as", "李四", "handover", "confirm", "--note", "收到"]);
    assert!(passed.contains("已经确认接交") && passed.contains("报备期限从那天算起"), "{passed}");
    assert_eq!(json_lines(&done(&home, &["handover", "--json"]))[0]["state"], "confirmed");
    // Work goes on; the print is still that of the moment.
    done(&home, &["record", "meeting", "兰江街道", "--kind", "analysis", "--agenda", "三季度主要数据"]);
    let file = home.path().join("交接包.txt");
    let path = file.to_str().unwrap();
    done(&home, &["handover", "leader", "--at", "兰江街道", "--to", "李四", "-o", path]);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("本件与签认的交接包一致。") && text.contains("监交人"), "{text}");
}
