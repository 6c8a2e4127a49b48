//! Text that is ready for the upper platform.
use serde_json::Value;

use super::{done, home, refused};
use crate::pty::Home;

fn said(home: &Home, args: &[&str]) -> String {
    String::from_utf8(done(home, args)).unwrap()
}

#[test]
fn a_visit_a_session_and_a_month_are_worded_by_the_pack() {
    let home = home();
    let facts: Vec<Value> =
        said(&home, &["log", "--json"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let id =
        |is: &dyn Fn(&Value) -> bool| facts.iter().rfind(|fact| is(fact)).unwrap()["fact"].as_str().unwrap().to_owned();
    let visit = id(&|fact| fact["kind"] == "visit" && fact["body"]["note"] == "电话 13812345678");
    let text = said(&home, &["paste", &visit]);
    assert!(text.starts_with("2026年9月15日，走访") && text.ends_with("开展走访调研。电话 13812345678。\n"), "{text}");
    let problem = id(&|fact| fact["kind"] == "visit" && !fact["body"]["problem"].is_null());
    assert!(said(&home, &["paste", &problem]).contains("。发现问题："));
    let session = id(&|fact| {
        fact["kind"] == "session"
            && fact["body"]["kind"] == "training"
            && fact["body"]["attendance"] != serde_json::json!([])
    });
    let both = said(&home, &["paste", &session, &visit]);
    assert_eq!(both.lines().count(), 2);
    assert!(both.contains("开展培训：") && both.contains("分钟") && both.contains("到会率"), "{both}");
    let month = said(&home, &["paste", "--at", "330781001", "--period", "2026-11"]);
    assert!(month.starts_with("2026年11月，兰江街道应办职责") && month.ends_with("笔。\n"), "{month}");
    // The same figures as in the report.
    let told = said(&home, &["export", "month", "--at", "330781001", "--period", "2026-11", "-o", "m.txt"]);
    let figure = |name: &str| {
        let line = told.lines().find(|line| line.trim_start().starts_with(&format!("{name} "))).unwrap();
        line.trim().rsplit(' ').next().unwrap().to_owned()
    };
    assert!(month.contains(&format!("逾期{}项", figure("逾期"))), "{month} {told}");
    assert!(month.contains(&format!("走访企业{}家、{}家次", figure("走访家数"), figure("走访家次"))));
}

#[test]
fn what_has_no_text_and_where_there_is_no_clipboard_is_said() {
    let home = home();
    let log = said(&home, &["log", "--json"]);
    let first: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    let id = first["fact"].as_str().unwrap();
    assert_eq!(refused(&home, &["paste", id]), format!("{id} 不是走访、培训、活动或会议，没有可粘贴的文字"));
    assert_eq!(refused(&home, &["paste", "--copy"]), "--copy 要在终端里用：输出到文件或管道时没有剪贴板");
}

#[test]
fn a_terminal_is_asked_to_copy_it() {
    let home = home();
    let mut term = home.wangge(&["paste", "--copy", "--at", "330781001", "--store", "store"]).start();
    let before = term.mark();
    term.wait_for_bytes(before, b"\x1b]52;c;MjAyNuW5tDEx5pyI77yM5YWw5rGf6KGX6YGT");
    term.wait_exit();
}

#[test]
fn one_key_words_the_month_or_the_record_asks_the_terminal_to_copy_it_and_shows_it() {
    let home = home();
    let mut term = home.wangge(&["--store", "store"]).size(120, 40).start();
    term.wait_for("帮助");
    let before = term.mark();
    term.keys("P");
    // What is shown begins the line, so that the mouse can select it.
    let screen = term.wait_for("2026年11月，兰溪市应办职责").lines().join("\n");
    term.wait_for_bytes(before, b"\x1b]52;c;MjAyNuW5tDEx5pyI77yM5YWw5rqq5biC");
    assert!(screen.contains("这里不知道") && screen.contains("鼠标选上面的字"), "{screen}");
    assert!(!screen.contains("已复制") && !screen.contains("tmux"), "{screen}");
    term.keys("<Esc>");
    term.wait_for("帮助");
    // The record under the cursor: who was visited, on which day.
    term.keys("U");
    term.wait_for("09-15 走访");
    term.keys("<Down>");
    let before = term.mark();
    term.keys("P");
    term.wait_for("2026年9月15日，走访");
    term.wait_for_bytes(before, b"\x1b]52;c;MjAyNuW5tDnmnIgxNeaXpe+8jOi1sOiu");
    term.keys("<Esc> q");
}
