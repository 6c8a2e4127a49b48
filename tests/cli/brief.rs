//! `due --brief`: for login scripts, which it never fails and never holds up.
use std::{fs, time::Instant};

use super::{Said, done, wangge, with_roster, with_tree};
use crate::pty::Home;

/// Two months after the roster came.
const LATER: &str = "2027-01-20T09:00:00+08:00";

fn brief(home: &Home, more: &[&str]) -> Said {
    wangge(home, &[&["due", "--brief"], more].concat())
}

/// The lines of a call that succeeds, without a word on standard error.
#[track_caller]
fn lines(home: &Home, more: &[&str]) -> Vec<String> {
    let said = brief(home, more);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    said.out.lines().map(str::to_owned).collect()
}

#[test]
fn a_persons_own_duties_come_in_three_lines_of_80_columns() {
    let home = with_roster();
    done(&home, &["record", "post", "张三", "兰江街道/农业网格", "--post", "leader"]);
    let own = lines(&home, &["--as", "张三"]);
    assert!((1..=3).contains(&own.len()), "{own:?}");
    assert!(
        own.iter().all(|line| line.starts_with("网格  ") && unicode_width::UnicodeWidthStr::width(line.as_str()) < 80)
    );
    assert!(own.iter().any(|line| line.contains("统计业务培训") || line.contains("走访企业")), "{own:?}");
    // Whoever holds no post sees where it burns.
    let all = lines(&home, &[]);
    assert!((1..=3).contains(&all.len()) && all != own, "{all:?}");
    // A name that is nobody's is no reason to fail a login.
    assert_eq!(lines(&home, &["--as", "没有这个人"]), all);
    assert!(lines(&home, &["--lang", "en"])[0].starts_with("wangge  "));
}

#[test]
fn what_breaches_a_threshold_is_told_at_the_login_of_whom_it_concerns() {
    let home = with_roster();
    done(&home, &["record", "post", "张三", "兰江街道", "--post", "deputy"]);
    let warning = |more: &[&str]| lines(&home, more).into_iter().find(|line| line.starts_with("网格  预警："));
    assert_eq!(warning(&["--as", "张三"]), None, "nothing was asked for long enough");
    // Two months later nobody has recorded anything.
    let later = |who: &str| {
        let said = home
            .wangge(&["due", "--brief", "--as", who, "--store", "store"])
            .env("WANGGE_NOW", LATER)
            .command()
            .output();
        String::from_utf8(said.unwrap().stdout).unwrap()
    };
    let town = later("张三");
    assert!(town.lines().count() <= 3 && town.contains("网格  预警：") && town.contains("处"), "{town}");
    let said = home
        .wangge(&["overview", "--at", "兰江街道", "--json", "--store", "store"])
        .env("WANGGE_NOW", LATER)
        .command()
        .output();
    let said = String::from_utf8(said.unwrap().stdout).unwrap();
    let silent = said.lines().filter(|line| line.contains("\"warning\"") && line.contains("silent_days")).count();
    assert!(silent > 0 && town.contains(&format!("{silent}处")), "{town}\n{said}");
}

#[test]
fn it_reads_beside_an_open_desk_and_sees_what_was_just_recorded() {
    let home = with_roster();
    done(&home, &["record", "post", "张三", "兰江街道/农业网格", "--post", "leader"]);
    let before = lines(&home, &["--as", "张三"]);
    let files = |home: &Home| {
        let mut all: Vec<_> = fs::read_dir(home.path().join("store")).unwrap().map(|e| e.unwrap().path()).collect();
        all.sort();
        all
    };
    let mut desk = home.wangge(&["--store", "store", "--as", "张三"]).start();
    desk.wait_for("张三 网格长");
    let held = files(&home);
    assert_eq!(lines(&home, &["--as", "张三"]), before);
    assert_eq!(files(&home), held, "nothing was written");
    // A training session, recorded on the desk that stays open.
    desk.keys("x text:要点 <F2>");
    desk.wait_for("已记 要点");
    // What was typed is noted for the next form.
    let held = files(&home);
    let after = lines(&home, &["--as", "张三"]);
    assert_ne!(after, before, "the session counts");
    assert_eq!(files(&home), held, "nothing was written");
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
    assert_eq!(lines(&home, &["--as", "张三"]), after);
}

#[test]
fn no_store_and_a_damaged_one_and_bad_files_fail_no_login() {
    let home = Home::new();
    assert_eq!(lines(&home, &[]), Vec::<String>::new());
    let home = with_tree();
    let folder = home.path().join("config/wangge");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "nonsense = [\n").unwrap();
    assert!(!lines(&home, &[]).is_empty());
    assert_eq!(
        home.wangge(&["due", "--brief"]).env("WANGGE_NOW", "gestern").command().output().unwrap().status.code(),
        Some(0)
    );
    fs::write(folder.join("config.toml"), "").unwrap();
    done(&home, &["record", "post", "张三", "兰江街道/农业网格", "--post", "leader"]);
    let journal = home.path().join("store/journal/000001.wgj");
    let bytes = fs::read(&journal).unwrap();
    let mut broken = bytes.clone();
    broken[bytes.len() / 2] ^= 0xff;
    fs::write(&journal, broken).unwrap();
    // What is behind a snapshot need not be read; without one everything is.
    fs::remove_dir_all(home.path().join("store/snapshot")).unwrap();
    assert_eq!(lines(&home, &[]), ["网格  账本读不出来，请运行 wangge doctor 看原因"]);
    // A record that is being written is no damage.
    fs::write(&journal, &bytes[..bytes.len() - 5]).unwrap();
    assert!(lines(&home, &[])[0].starts_with("网格  "));
    assert_ne!(lines(&home, &[])[0], "网格  账本读不出来，请运行 wangge doctor 看原因");
}

#[test]
#[allow(clippy::disallowed_methods, reason = "a real process is waited for with a real clock")]
fn a_store_that_does_not_answer_holds_nobody_up() {
    let home = with_tree();
    let journal = home.path().join("store/journal/000001.wgj");
    fs::remove_file(&journal).unwrap();
    // Reading a pipe that nobody writes into waits for good.
    rustix::fs::mknodat(
        rustix::fs::CWD,
        &journal,
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    )
    .unwrap();
    let start = Instant::now();
    assert_eq!(lines(&home, &[]), Vec::<String>::new());
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

#[test]
fn a_terminal_is_not_needed_and_neither_is_a_reader() {
    let home = with_roster();
    let script =
        format!("TERM= {} due --brief --store store | true; echo ${{PIPESTATUS[0]}}", env!("CARGO_BIN_EXE_wangge"));
    let output = home.program(std::path::Path::new("/bin/bash"), &["-c", &script]).command().output().unwrap();
    assert_eq!((output.stdout, output.stderr), (b"0\n".to_vec(), Vec::new()));
}
