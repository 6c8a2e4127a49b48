//! The rules of Chinese text in terminals, each with its number: what the desk sends and takes in a real PTY.
mod draw;
mod field;
mod glyphs;
mod keys;
mod life;
mod pace;
mod probe;
mod repaint;
mod size;
mod stop;
mod tmux;

use super::{Frame, Home, Terminal};

/// Keys that lead through the screens of the demo, one stop after the other; a screen is looked at after each.
const TOUR: &[&str] = &[
    "",
    "<Tab>",
    "/ gy",
    "<Esc>*2",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "1",
    "<Down>*2 [",
    "]*2",
    "t",
    "/ lx",
    "<Esc>",
    "b",
    "v <Down>",
    "<Esc>*2",
    "l",
    "<Enter>",
    "<Esc>",
    "?",
    "<PgDn>",
    "<PgDn>",
    "<Esc>",
    "x",
    "<F2>",
    "<Esc>*2",
    "<Enter>",
    "h <Esc>",
    "2 <End> e",
    "<Down>*2 x <Tab> y <Tab> zz",
    "<F2>",
    "<Esc>",
    "<Enter>",
    "1 space*2",
    "u",
    "u",
];

/// The demo, small, on a terminal of 80x24.
fn demo(home: &Home, args: &[&str]) -> Terminal {
    let args = [&["demo", "--units", "300"], args].concat();
    let mut term = home.wangge(&args).start();
    term.wait_for("建议走访");
    term
}

/// A store of one's own with the enterprises of the sample roster, made in `store`.
fn own_store(home: &Home) {
    let roster = concat!(env!("CARGO_MANIFEST_DIR"), "/data/roster/sample.csv");
    run(home, &["init", "--pack", "lanxi", "--store", "store"]);
    run(home, &["import", roster, "--store", "store"]);
}

/// What a command says; it must succeed.
fn run(home: &Home, args: &[&str]) -> String {
    let output = home.wangge(args).command().output().expect("wangge runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "wangge {} failed: {said}", args.join(" "));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The desk on `store`, in a township's grid.
fn own_desk(home: &Home) -> Terminal {
    let mut term = home.wangge(&["--store", "store"]).start();
    term.wait_for("下级");
    term
}

/// Where the cursor stands in the row of `label`, counted in columns from the label's end.
fn cursor_after(frame: &Frame, label: &str) -> Option<i32> {
    let (row, column) = frame.find(label)?;
    let (at, x) = frame.cursor()?;
    let end = column + unicode_width::UnicodeWidthStr::width(label) as u16;
    (at == row).then_some(i32::from(x) - i32::from(end))
}
