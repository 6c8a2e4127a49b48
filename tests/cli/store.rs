//! One owner of a store; checking, keeping and bringing it back.
use std::fs;

use super::{done, log, refused, wangge, with_roster, with_tree};

#[test]
fn beside_an_open_desk_commands_work_and_what_needs_the_store_alone_says_who_has_it() {
    let home = with_tree();
    let mut desk = home.wangge(&["--store", "store"]).start();
    desk.wait_for("下级");
    let wanted = format!(
        "账本 store 正被另一个 wangge 使用（进程 {}，用户 wangge-test，自 2026-11-23 09:00 起）；请先在那边退出，或等它结束后再打开",
        desk.pid()
    );
    assert_eq!(refused(&home, &["rebuild"]), wanted);
    done(&home, &["record", "visit", "330781001001"]);
    assert!(done(&home, &["log"]).contains("visit"));
    // A backup and a check need not wait.
    assert!(done(&home, &["backup", "copy.wgb"]).starts_with("已备份 "));
    assert!(done(&home, &["verify"]).contains("账本正在使用，没有核对查询索引"));
    desk.keys("q");
    assert_eq!(desk.wait_exit().code, 0);
    done(&home, &["due"]);
}

#[test]
fn whoever_holds_the_store_and_lets_nobody_in_is_named_with_what_to_do() {
    let home = with_tree();
    // Another program has the lock, as a wangge of an earlier version would.
    let lock = fs::File::options().read(true).write(true).open(home.path().join("store/lock")).expect("the lock");
    lock.lock().expect("free");
    fs::write(home.path().join("store/lock"), "pid 77\nsince 1795396320000\nwho 老王\n").expect("written");
    let wanted = "账本 store 正被另一个 wangge 使用（进程 77，用户 老王，自 2026-11-23 09:12 起）；请先在那边退出，或等它结束后再打开";
    assert_eq!(refused(&home, &["due"]), wanted);
    // A desk as well, before it touches the terminal.
    let mut second = home.wangge(&["--store", "store"]).size(200, 24).start();
    assert_eq!(second.wait_exit().code, 1);
    assert!(second.frame().shows(wanted), "{}", second.frame());
    assert_eq!(second.left_behind(), Vec::<String>::new());
    lock.unlock().expect("given up");
    done(&home, &["due"]);
}

#[test]
fn a_backup_comes_back_with_all_facts_and_what_was_there_is_kept_aside() {
    let home = with_roster();
    done(&home, &["record", "visit", "330781001001"]);
    let kept = log(&home);
    let said = done(&home, &["backup", "copy.wgb"]);
    assert!(said.starts_with(&format!("已备份 {} 条记录到 copy.wgb（", kept.len())), "{said}");
    // The store is lost; the backup makes it anew.
    fs::rename(home.path().join("store"), home.path().join("lost")).expect("renamed");
    assert!(refused(&home, &["due"]).starts_with("store 里没有账本；请用 wangge init 新建一个"));
    assert_eq!(done(&home, &["restore", "copy.wgb"]), format!("已从备份恢复 {} 条记录到 store\n", kept.len()));
    assert_eq!(log(&home), kept);
    assert!(done(&home, &["verify"]).ends_with("日志完好\n"));

    // What is newer than the backup stays when it comes back over a store.
    done(&home, &["record", "visit", "330781001002"]);
    let newer = log(&home);
    let said = done(&home, &["restore", "copy.wgb"]);
    assert!(said.contains("原账本里比备份新的 1 条也接上了") && said.contains("没有删除"), "{said}");
    assert_eq!(log(&home), newer);

    let said = refused(&home, &["restore", "nosuch.wgb"]);
    assert!(said.starts_with("备份文件 nosuch.wgb 不能用") && said.ends_with("现有账本没有改动"), "{said}");
    // What the system says is said in Chinese.
    assert!(said.contains("没有这个文件或文件夹"), "{said}");
    let said = refused(&home, &["import", "nosuch.xlsx"]);
    assert!(said.contains("没有这个文件或文件夹") && !said.contains("os error"), "{said}");
    assert_eq!(log(&home), newer);
}

#[test]
fn the_index_is_made_anew_from_the_journal() {
    let home = with_tree();
    let kept = log(&home);
    let count = kept.len();
    assert_eq!(done(&home, &["rebuild"]), format!("索引重建好了，共 {count} 条记录\n"));
    assert!(done(&home, &["verify"]).contains(&format!("查询索引与日志一致（到第 {count} 条）")));
    fs::remove_dir_all(home.path().join("store/index")).expect("an index to lose");
    assert!(done(&home, &["verify"]).contains("还没有查询索引，用到时会自动建立"));
    assert_eq!(done(&home, &["rebuild"]), format!("索引重建好了，共 {count} 条记录\n"));
    assert_eq!(log(&home), kept);
}

#[test]
fn a_damaged_record_is_named_explained_and_mended_from_the_backup() {
    let home = with_tree();
    for village in ["330781001001", "330781001002"] {
        done(&home, &["record", "visit", village]);
    }
    let kept = log(&home);
    done(&home, &["backup", "copy.wgb"]);
    let fine = wangge(&home, &["doctor"]);
    assert_eq!((fine.code, fine.err.as_str()), (0, ""));
    assert!(fine.out.contains("[好] 日志完好") && !fine.out.contains("[要紧]"), "{}", fine.out);

    damage(&home);
    let said = wangge(&home, &["verify"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("journal/000001.wgj 第 ") && said.err.contains("wangge doctor"), "{said:?}");
    let said = wangge(&home, &["doctor"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("[要紧] ") && said.out.contains("wangge restore"), "{said:?}");
    assert_eq!(said.err, "有 1 处要紧的毛病，请照上面的说明办\n");
    assert!(done(&home, &["restore", "copy.wgb"]).starts_with("已从备份恢复 "));
    assert_eq!(log(&home), kept);
}

#[test]
fn damage_in_what_was_written_last_is_no_cut_write_where_a_snapshot_knows_better() {
    // All that `init` writes is one batch, and nothing comes after it.
    let home = with_tree();
    damage(&home);
    let said = wangge(&home, &["verify"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.starts_with("日志只到第 0 条，而快照记得已保存到第 783 条"), "{said:?}");
    assert!(!said.out.contains("日志完好") && !said.out.contains("没有写完"), "{said:?}");
    let said = wangge(&home, &["doctor"]);
    assert!(said.code == 1 && said.out.contains("[要紧] 日志只到第 0 条"), "{said:?}");
}

/// Turns one byte over in the middle of the journal.
fn damage(home: &crate::pty::Home) {
    let segment = home.path().join("store/journal/000001.wgj");
    let mut bytes = fs::read(&segment).expect("the journal");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    fs::write(&segment, &bytes).expect("the journal");
}

#[test]
fn without_a_store_a_script_is_told_what_to_do_and_a_person_is_asked() {
    let home = crate::pty::Home::new();
    assert_eq!(refused(&home, &[]), "store 里还没有账本；请先运行 wangge init --pack lanxi，或看演示 wangge demo");
    let ask = || home.wangge(&["--store", "store"]).start();
    let mut left = ask();
    left.wait_for("边框是否对齐？");
    left.keys("q");
    assert_eq!((left.wait_exit().code, left.left_behind()), (0, Vec::new()));
    assert!(!home.path().join("store").exists());
    let mut demo = ask();
    demo.wait_for("边框是否对齐？");
    demo.keys("y");
    demo.wait_for("语言");
    demo.keys("1");
    demo.wait_for("新建账本");
    demo.keys("3");
    demo.wait_for("示例数据");
    demo.wait_for("导览 1/6");
    demo.keys("q");
    demo.wait_exit();
    assert!(!home.path().join("store").exists());
    // What was answered is not asked again.
    let mut desk = ask();
    desk.wait_for("新建账本");
    assert!(!desk.frame().shows("边框是否对齐？"));
    desk.keys("1");
    desk.wait_for("用哪个职责包");
    desk.keys("1");
    desk.wait_for("企业名册");
    desk.keys("2");
    desk.wait_for("下级");
    desk.keys("q");
    assert_eq!((desk.wait_exit().code, desk.left_behind()), (0, Vec::new()));
    assert!(done(&home, &["verify"]).ends_with("日志完好\n"));
    assert_eq!(
        refused(&home, &["init", "--pack", "lanxi"]),
        "store 里已经有文件了；请换一个空文件夹，或用 --store 打开已有的账本"
    );
    assert!(refused(&home, &["init", "--pack", "nosuch"]).starts_with("没有名为「nosuch」的职责包；"));
}
