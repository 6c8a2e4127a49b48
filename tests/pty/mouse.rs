//! The mouse: off unless switched on (rule 16), and off again on every way out.
use super::{Exit, Home, Mark, Terminal};

fn desk(home: &Home) -> Terminal {
    let mut term = home.wangge(&["demo", "--units", "200"]).start();
    term.wait_for("建议走访");
    term
}

/// The row and the column, from 1, of the first cell of a text on the screen.
fn place(term: &Terminal, text: &str) -> (u16, u16) {
    let (row, column) = term.frame().find(text).unwrap_or_else(|| panic!("{text} is not on\n{}", term.frame()));
    (row + 1, column + 1)
}

/// Presses and lets go of a button at a text.
fn click(term: &mut Terminal, text: &str) {
    let (row, column) = place(term, text);
    term.send(format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m").as_bytes());
}

#[test]
fn rule_16_the_mouse_is_off_until_a_key_switches_it_on_and_off_after_every_end() {
    let home = Home::new();
    let mut term = desk(&home);
    let sent = String::from_utf8_lossy(term.since(Mark::START)).into_owned();
    assert!(!sent.contains("\x1b[?1000h") && !sent.contains("\x1b[?1002h") && !sent.contains("\x1b[?1003h"));
    term.keys("M");
    term.wait_for("按住 Shift 拖动");
    assert!(term.frame().left_switched_on().contains(&"the mouse"));
    term.keys("M");
    term.wait_for("鼠标已关掉");
    assert!(!term.frame().left_switched_on().contains(&"the mouse"));
    term.keys("M q");
    assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
    assert_eq!(term.left_behind(), Vec::<String>::new());

    let mut term = desk(&home);
    term.keys("M");
    term.wait_for("按住 Shift 拖动");
    term.signal(rustix::process::Signal::TERM);
    term.wait_exit();
    assert_eq!(term.left_behind(), Vec::<String>::new());
}

#[test]
fn a_click_selects_a_second_one_opens_the_wheel_scrolls_and_hints_and_tabs_run() {
    let home = Home::new();
    let mut term = desk(&home);
    term.keys("M");
    term.wait_for("按住 Shift 拖动");
    // The tree, which did not have the focus.
    click(&mut term, "▸ 柏社乡");
    term.wait("the head line to name it", |frame| frame.lines()[0].contains("柏社乡"));
    // The same row again unfolds it.
    click(&mut term, "▸ 柏社乡");
    term.wait_for("▾ 柏社乡");
    // A tab.
    click(&mut term, "记录");
    term.wait_for("[记录]");
    // The wheel moves the side that it is over.
    let (row, column) = place(&term, "▾ 柏社乡");
    let head = term.frame().lines()[0].clone();
    term.send(format!("\x1b[<65;{column};{row}M").as_bytes());
    term.wait("another node", |frame| frame.lines()[0] != head);
    // A hint.
    click(&mut term, "帮助");
    term.wait_for("帮助：现在能用的键");
    term.keys("<Esc> q");
    term.wait_exit();
}

#[test]
fn the_last_actions_and_the_calendar_follow_the_mouse_and_a_second_click_takes_nothing_back() {
    let home = Home::new();
    let mut term = desk(&home);
    term.keys("M");
    term.wait_for("按住 Shift 拖动");
    term.keys("U");
    term.wait_for("最近的操作");
    term.wait("some actions", |frame| frame.lines()[8].contains("11-"));
    let marked = |frame: &super::frame::Frame| frame.lines().iter().position(|line| line.starts_with('>'));
    let row = |line: u16| format!("\x1b[<0;20;{line}M\x1b[<0;20;{line}m");
    term.send(row(7).as_bytes());
    term.wait("the sixth line to be chosen", |frame| marked(frame) == Some(6));
    term.send(row(7).as_bytes());
    // The wheel goes on from where the second click has left everything as it was.
    term.send(b"\x1b[<65;20;7M");
    term.wait("the wheel to move the cursor", |frame| marked(frame).is_some_and(|at| at > 6));
    assert!(term.frame().find("已撤销").is_none(), "{}", term.frame());
    // A day, and in a form's small calendar a day that the second click takes.
    term.keys("<Esc> C");
    click(&mut term, "12");
    term.wait_for("11月12日");
    term.keys("<Esc> x <S-Tab> <F4>");
    term.wait_for("选一天");
    click(&mut term, "11 ");
    term.wait_for("11月11日");
    click(&mut term, "11 ");
    term.wait_for("2026-11-11");
    term.keys("<Esc> <Enter> C <End>");
    term.wait_for("应办");
    let line = term.frame().lines().iter().position(|line| line.contains("应办")).unwrap() as u16;
    term.send(row(line + 2).as_bytes());
    term.wait("the day's list to have the focus", |frame| frame.lines()[usize::from(line) + 1].starts_with('>'));
    term.keys("<Esc> <Esc> q");
    assert_eq!(term.wait_exit(), Exit { code: 0, signal: None });
}
