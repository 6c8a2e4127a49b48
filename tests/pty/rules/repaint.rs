//! Drawing again: all of it on demand, with no question to the terminal (rule 15), and nothing at rest (rule 18).
use std::{fs, num::NonZeroU16, time::Duration};

use super::demo;
use crate::pty::Home;

#[test]
fn rule_15_ctrl_l_draws_everything_and_asks_the_terminal_nothing() {
    let home = Home::new();
    let mut term = demo(&home, &[]);
    for keys in ["", "/ 兰", "<Esc>*2 x 统计"] {
        term.keys(keys);
        let mark = term.mark();
        term.send(b"\x0c");
        // Two of them keep a second apart.
        term.wait_for_repaint(mark);
        let (bytes, frame) = (term.since(mark).to_vec(), term.frame());
        // A screen full of rubbish, as a broken line or a noisy program leaves it.
        let (rows, columns) = (NonZeroU16::new(24).expect("rows"), NonZeroU16::new(80).expect("columns"));
        let mut other = vt100::Parser::new(rows, columns, 0);
        other.process("乱#\x1b[7m".repeat(700).as_bytes());
        other.process(&bytes);
        assert_eq!(crate::pty::Frame::of(other.screen()).lines(), frame.lines(), "after `{keys}`");
        assert_eq!(queries(&bytes), Vec::<String>::new(), "after `{keys}`");
    }
    // The other frames are paced by one query each (rule 24), and the widths are asked for once (rule 9).
    let mut others = queries(term.since(crate::pty::Mark::START));
    assert_eq!(others.drain(..3).collect::<Vec<_>>(), ["[6n", "[6n", "[c"]);
    assert!(!others.is_empty() && others.iter().all(|query| query == "[5n"), "{others:?}");
}

/// The control sequences in `bytes` that a terminal answers: status and cursor (`n`), attributes (`c`), modes (`$p`), the
/// version (`>q`), window reports (`t`), and settings asked with `?` in an operating system command.
fn queries(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let asks = |sequence: &&str| {
        if let Some(rest) = sequence.strip_prefix('[') {
            let end = rest.find(|c: char| ('@'..='~').contains(&c));
            let Some((body, last)) = end.map(|at| (&rest[..at], &rest[at..=at])) else { return true };
            return matches!(last, "n" | "c" | "t") || last == "p" && body.ends_with('$') || last == "q" && body == ">";
        }
        sequence.starts_with([']', 'P', 'Z'])
    };
    text.split('\x1b').skip(1).filter(asks).map(|asked| asked.trim_end_matches('\r').to_owned()).collect()
}

#[test]
fn queries_are_recognised() {
    let asked =
        queries(b"\x1b[2J\x1b[6n\x1b[1;1H\x1b[?25l\x1b[c\x1b[?2026$p\x1b[>q\x1b]11;?\x07\x1b[31mx\x1b[5n\x1b[18t");
    assert_eq!(asked, ["[6n", "[c", "[?2026$p", "[>q", "]11;?\x07", "[5n", "[18t"]);
}

/// As long as a person looks at the screen; rule 18 says 10 s, and what wakes once in 10 s or less is mostly a timer of a
/// second or so.
const SILENCE: Duration = Duration::from_secs(4);

#[test]
fn rule_18_at_rest_the_desk_sends_nothing_and_wakes_nobody() {
    let home = Home::new();
    // The system's clock: one that stands still would hide a timer.
    let mut term = home.wangge(&["demo", "--units", "300"]).without("WANGGE_NOW").start();
    term.wait_for("建议走访");
    // With a draft and a record behind it, nothing is left to do either.
    term.keys("space*2 x 草 <Esc> <Enter>");
    term.settle(Duration::from_secs(1));
    let (mark, woken) = (term.mark(), wakes(term.pid()));
    // This measures silence; nothing is waited for.
    assert!(!term.hears_within(SILENCE), "sent {:?}", String::from_utf8_lossy(term.since(mark)));
    assert_eq!(wakes(term.pid()), woken, "a thread has run although nobody touched anything");
}

/// How often the threads of a process have gone to sleep until now, by thread.
fn wakes(pid: i32) -> Vec<(String, String)> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the process runs");
    let mut out: Vec<(String, String)> = tasks
        .map(|task| {
            let path = task.expect("a thread").path();
            let status = fs::read_to_string(path.join("status")).expect("the thread's status");
            let count = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches")).expect("a count");
            let name = fs::read_to_string(path.join("comm")).expect("the thread's name");
            (format!("{} {}", path.display(), name.trim()), count.to_owned())
        })
        .collect();
    out.sort();
    out
}
