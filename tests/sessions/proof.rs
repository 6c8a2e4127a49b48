//! The player itself, held against a shell script whose screen is known.
use std::path::Path;

use super::{
    clip,
    player::{Mode, Shown, play},
    script::{Script, Size, Step},
};
use crate::pty::{Home, Launch};

const SESSION: &str = "\
# A shell that greets, asks, and keeps the answer.
sizes: 20x3 30x3
env: GREETING=你好

$ greet.sh
~ 你好
> 兰溪 <Enter>
= answer
20x3
|你好
|兰溪
|记下 兰溪
30x3
|你好
|兰溪
|记下 兰溪

! 再见
> q <Enter>
. 3
$ answer.sh
. 0
= kept
20x3
|兰溪
|
|
30x3
|兰溪
|
|
";

/// The programs of the session: `greet.sh` asks and keeps, `answer.sh` tells what was kept.
fn launch(home: &Home, args: &[&str]) -> Launch {
    let script = match args {
        ["greet.sh"] => "echo \"$GREETING\"; read x; echo \"$x\" >kept; printf '记下 %s' \"$x\"; read y; exit 3",
        _ => "cat kept",
    };
    home.program(Path::new("/bin/sh"), &["-c", script])
}

fn script(text: &str) -> Script {
    Script::parse("greeting", text).expect("a session")
}

fn played(text: &str) -> Result<Shown, String> {
    play(&script(text), Size(20, 3), Mode::Check, launch)
}

#[test]
fn a_session_plays_at_each_of_its_sizes_and_over_a_restart() {
    let script = script(SESSION);
    assert_eq!(script.sizes, [Size(20, 3), Size(30, 3)]);
    for size in &script.sizes {
        let shown = play(&script, *size, Mode::Check, launch).expect("the session plays");
        assert_eq!(shown.len(), 2);
    }
}

#[test]
fn what_differs_is_found_and_named() {
    // What is waited for in vain comes after the program's end, where no wait can help.
    let cases = [
        (SESSION.replace("20x3\n|兰溪\n|\n|\n", "20x3\n|兰江\n|\n|\n"), "greeting.txt:23 at 20x3"),
        (SESSION.replace("20x3\n|兰溪\n|\n|\n", "20x3\n|兰江\n|\n|\n"), "- 兰江\n+ 兰溪"),
        (SESSION.replace("= kept", "~ 龙游\n= kept"), "the screen never showed `龙游`"),
        (SESSION.replace("= kept", "! 兰溪\n= kept"), "`兰溪` stays on the screen"),
        (SESSION.replace(". 3", ". 0"), "wanted status 0"),
        (SESSION.replace("20x3\n|你好\n|兰溪\n|记下 兰溪\n", ""), "`answer` has no frame of this size"),
        (SESSION.replace("$ greet.sh\n", ""), "nothing runs"),
    ];
    for (text, wanted) in cases {
        let said = played(&text).expect_err(wanted);
        assert!(said.contains(wanted), "wanted {wanted}, said {said}");
    }
}

#[test]
fn a_bad_file_is_refused_with_its_line() {
    let error = |text: &str| Script::parse("bad", text).expect_err(text);
    assert!(error("sizes: 80x\n> a\n").starts_with("bad.txt:1: bad header"));
    assert!(error("sizes: 80x24\nfoo\n").starts_with("bad.txt:2: neither a step nor a header"));
    assert!(error("sizes: 80x24\n. x\n").starts_with("bad.txt:2: no exit status"));
    assert!(error("> a\n").contains("needs `sizes:`"));
}

#[test]
fn update_writes_what_is_shown_and_leaves_the_rest_as_it_is() {
    let stale = SESSION.replace("|记下 兰溪", "|记下 兰江").replace("30x3\n|你好", "99x9\n|旧");
    let mut script = script(&stale);
    for size in script.sizes.clone() {
        for (line, rows) in play(&script, size, Mode::Update, launch).expect("the session plays") {
            script.set_frame(line, size, rows);
        }
    }
    script.drop_other_sizes();
    assert_eq!(script.to_string(), SESSION);
    assert!(script.steps().any(|(_, step)| *step == Step::End(3)));
}

#[test]
fn clips_are_filled_from_sessions() {
    let scripts = [script(SESSION)];
    let document = "# 题\n<!-- clip: greeting/answer 20x3 -->\n```text\nold\n```\nafter\n";
    let filled = clip::fill(document, &scripts).expect("the clip");
    let wanted = "# 题\n<!-- clip: greeting/answer 20x3 -->\n```text\n你好\n兰溪\n记下 兰溪\n```\nafter\n";
    assert_eq!(filled, wanted);
    assert_eq!(clip::fill(&filled, &scripts).as_deref(), Ok(wanted));
    let clock = script(&SESSION.replace("20x3\n|你好\n|兰溪\n", "20x3\n|a   好  停钟  b\n|停\n"));
    assert!(clip::fill(document, &[clock]).expect("the clip").contains("```text\na         好  b\n停\n"));
    for missing in ["greeting/answer 80x24", "greeting/home 20x3", "nobody/answer 20x3"] {
        let error = clip::fill(&document.replace("greeting/answer 20x3", missing), &scripts).expect_err(missing);
        assert!(error.contains(missing), "{error}");
    }
}
