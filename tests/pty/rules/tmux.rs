//! The rules inside a real tmux (rule 23): the same frames, the same fields, the same cursor.
use std::path::Path;

use unicode_width::UnicodeWidthStr;

use super::{
    cursor_after,
    draw::{DISPUTED, popup_at, show_disputed},
    glyphs::unsafe_glyphs,
};
use crate::{
    pty::{Frame, Home, Terminal},
    sessions,
};

/// A tmux of its own, with its own configuration, and somebody who looks at it.
struct Tmux<'a> {
    home: &'a Home,
    term: Terminal,
}

impl<'a> Tmux<'a> {
    /// Starts `wangge` with these arguments in a window of 80x24, without tmux's own last line.
    fn start(home: &'a Home, args: &str) -> Tmux<'a> {
        let conf = home.path().join("tmux.conf");
        std::fs::write(&conf, "set -g status off\nset -g default-terminal tmux-256color\n").expect("a configuration");
        let command = format!("exec {} {args}", env!("CARGO_BIN_EXE_wangge"));
        let (conf, socket) = (conf.display().to_string(), socket(home));
        let start = ["-u", "-S", &socket, "-f", &conf, "new-session", "-s", "desk", &command];
        Tmux { home, term: home.program(Path::new("/usr/bin/tmux"), &start).start() }
    }

    fn tell(&self, args: &[&str]) -> String {
        let socket = socket(self.home);
        let args = [&["-u", "-S", &socket], args].concat();
        let output = self.home.program(Path::new("/usr/bin/tmux"), &args).command().output().expect("tmux runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// What tmux itself thinks stands in the window.
    fn pane(&self) -> Vec<String> {
        let mut rows: Vec<String> =
            self.tell(&["capture-pane", "-p"]).lines().map(|row| row.trim_end().to_owned()).collect();
        rows.resize(24, String::new());
        rows
    }

    /// Waits until the person sees exactly `wanted`, and tmux agrees.
    #[track_caller]
    fn shows(&mut self, name: &str, wanted: &[String]) {
        self.term.wait(&format!("the frame `{name}` of the session, inside tmux"), |frame| frame.lines() == wanted);
        assert_eq!(self.pane(), wanted, "{name}");
    }
}

impl Tmux<'_> {
    /// Waits until the person sees what is `wanted`, and tmux holds the same.
    #[track_caller]
    fn agrees(&mut self, what: &str, mut wanted: impl FnMut(&Frame) -> bool) -> Frame {
        for _ in 0..50 {
            let frame = self.term.wait(what, &mut wanted);
            if self.pane() == frame.lines() {
                return frame;
            }
            self.term.settle(std::time::Duration::from_millis(100));
        }
        panic!("tmux holds something else than {what}:\n{}", self.pane().join("\n"));
    }
}

/// Where this home's tmux listens: no other one does there.
fn socket(home: &Home) -> String {
    home.path().join("run/tmux").display().to_string()
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        self.tell(&["kill-server"]);
    }
}

#[test]
fn rule_23_the_first_day_looks_the_same_inside_tmux() {
    let home = Home::new();
    let mut tmux = Tmux::start(&home, "demo");
    let frame = |session: &str, name: &str| sessions::frame(session, name, (80, 24));
    tmux.shows("home", &frame("first-day", "home"));
    tmux.tell(&["send-keys", "-t", "desk", "Space"]);
    tmux.shows("suggestions", &frame("first-day", "suggestions"));
    // A form over Chinese text keeps both of its borders (rule 11).
    tmux.tell(&["send-keys", "-t", "desk", "e"]);
    tmux.shows("visit-form", &frame("forms", "visit-form"));
    tmux.tell(&["send-keys", "-t", "desk", "Escape"]);
    tmux.shows("suggestions", &frame("first-day", "suggestions"));
    tmux.tell(&["send-keys", "-t", "desk", "Space"]);
    tmux.shows("ticked", &frame("first-day", "ticked"));
    tmux.tell(&["send-keys", "-t", "desk", "q"]);
    assert_eq!(tmux.term.wait_exit().code, 0);
}

#[test]
fn rule_23_fields_and_the_cursor_work_inside_tmux() {
    let home = Home::new();
    let mut tmux = Tmux::start(&home, "demo --units 300 --ascii");
    let term = &mut tmux.term;
    term.wait_for("建议走访");
    term.wait("no cursor", |frame| frame.cursor().is_none());
    let at = |frame: &Frame| cursor_after(frame, "查找 ");
    for erase in ["<BS>", "<C-h>"] {
        term.keys("/ 查兰");
        term.wait("the cursor behind 查兰", |frame| at(frame) == Some(4));
        term.keys(erase);
        term.wait("the cursor behind 查", |frame| at(frame) == Some(2) && !frame.shows("查兰"));
        term.keys("<Esc>");
        term.wait("no cursor", |frame| frame.cursor().is_none());
    }
    // tmux passes a bracketed paste on.
    term.keys("x");
    term.wait_for("记培训");
    term.send("\x1b[200~第一行\n第二行\x1b[201~".as_bytes());
    term.wait_for("第一行 第二行");
}

#[test]
fn rule_23_marks_disputed_text_popups_and_cut_names_hold_inside_tmux() {
    let home = Home::new();
    let mut tmux = Tmux::start(&home, "demo --units 300");
    tmux.term.wait_for("建议走访");
    // Rule 8.
    let wrong = unsafe_glyphs(&mut tmux.term);
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Rule 12: no row is longer than the window, and what tmux holds is what the person sees.
    tmux.term.keys("<Esc>*2 2 <Home>");
    for columns in [81, 82, 83, 80] {
        tmux.term.resize(columns, 24);
        let frame = tmux.agrees("the list at the new width", |frame| {
            let edge = frame.lines()[0].width();
            frame.columns() == columns && edge == usize::from(columns) && frame.lines()[23].contains("帮助")
        });
        assert!(frame.lines().iter().all(|row| row.width() <= usize::from(columns)), "{frame}");
        assert!(frame.shows(".."), "nothing was cut:\n{frame}");
    }
    // Rules 10 and 11: the popup's borders stand, also behind disputed glyphs, at odd and at even columns.
    let frame = show_disputed(&mut tmux.term);
    assert!(frame.shows(DISPUTED), "{frame}");
    let mut edges = std::collections::BTreeSet::new();
    for columns in [81, 82, 83, 80] {
        tmux.term.resize(columns, 24);
        let (left, right) = popup_at(&mut tmux.term, columns);
        edges.extend([("left", left % 2), ("right", right % 2)]);
        tmux.agrees("the popup", |frame| frame.columns() == columns);
    }
    assert_eq!(edges.len(), 4, "only {edges:?} were seen");
}

#[test]
fn rule_23_a_held_key_inside_tmux_gathers_although_tmux_answers_at_once() {
    let home = Home::new();
    let mut tmux = Tmux::start(&home, "demo --units 300");
    tmux.term.wait_for("建议走访");
    tmux.term.keys("<Tab> <Home>");
    tmux.term.settle(std::time::Duration::from_millis(300));
    let mark = tmux.term.mark();
    tmux.term.hold("j", 20, 100);
    tmux.term.settle(std::time::Duration::from_millis(300));
    let tally = tmux.term.tally(mark);
    let shown = tmux.agrees("the tree", |_| true).lines();
    // Twenty moves in 0.2 s are a handful of frames; the pane is that of the node where the keys came to rest.
    assert!(tally.bytes < 20 * 300, "{tally:?}");
    tmux.term.keys("<F9>");
    tmux.term.settle(std::time::Duration::from_millis(1_200));
    assert_eq!(tmux.term.frame().lines(), shown);
}
