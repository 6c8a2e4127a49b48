//! The world around a store: other processes, full disks, folders that can't be written, dying disks.
use std::{
    fs, io,
    path::Path,
    sync::{Arc, Mutex},
};

use wangge::{
    grid::fact::Head,
    log::{
        LogError, Notice, Position, Subtree,
        conformance::{chain, visits},
        disk::{
            Act, BALLAST, Files, Finding, OpenError, Options, Refusal, Store, Watch, doctor, survive_file_size_limit,
        },
    },
};

use super::common::{NOW, add, all, envelopes, fresh, notices_until, open, refused, small, tail};

type Rule = Box<dyn FnMut(&Act<'_>) -> Option<Refusal> + Send>;

/// A disk that refuses what a rule names.
#[derive(Default)]
struct Bad(Mutex<Option<Rule>>);

impl Bad {
    fn refuse(&self, rule: impl FnMut(&Act<'_>) -> Option<Refusal> + Send + 'static) {
        *self.0.lock().unwrap() = Some(Box::new(rule));
    }

    fn heal(&self) {
        *self.0.lock().unwrap() = None;
    }
}

impl Watch for Bad {
    fn about(&self, act: Act<'_>) -> Result<(), Refusal> {
        match self.0.lock().unwrap().as_mut().and_then(|rule| rule(&act)) {
            Some(refusal) => Err(refusal),
            None => Ok(()),
        }
    }
}

fn refusal(kind: io::ErrorKind, written: usize) -> Option<Refusal> {
    Some(Refusal { error: kind.into(), written })
}

fn on_bad_disk(dir: &Path, options: Options) -> (Arc<Bad>, Options) {
    let bad = Arc::new(Bad::default());
    assert!(dir.exists());
    (bad.clone(), Options { files: Files::watched(bad), ..options })
}

#[test]
fn a_second_opening_is_told_who_holds_the_store_and_what_to_do() {
    let (_temp, dir) = fresh();
    let opened = open(&dir);
    let refusal = refused(&dir);
    let OpenError::Held { pid, since, .. } = &refusal else { panic!("{refusal}") };
    assert_eq!((pid.as_str(), since.as_str()), (std::process::id().to_string().as_str(), "2026-11-23 09:12"));
    let text = refusal.to_string();
    assert!(text.contains("正被另一个 wangge 使用") && text.contains("请先在那边退出"), "{text}");
    assert!(doctor(&dir).iter().any(|f| matches!(f, Finding::Note(text) if text.contains("正被进程"))));
    opened.store.close().unwrap();
    open(&dir);
}

#[test]
fn a_full_disk_keeps_nothing_half_written_and_goes_on_when_there_is_room() {
    for written in [0, 1, 40, 150] {
        let (_temp, dir) = fresh();
        let (disk, options) = on_bad_disk(&dir, Options::default());
        let store = Store::open_with(&dir, NOW, &options).unwrap().store;
        let mut writer = chain(1);
        let sent = add(&store, &mut writer, 3);
        let journal = dir.join("journal/000001.wgj");
        let (length, ballast) = (fs::metadata(&journal).unwrap().len(), dir.join("ballast"));
        assert_eq!(fs::metadata(&ballast).unwrap().len(), BALLAST);
        disk.refuse(move |act| match act {
            Act::Write { path, .. } if path.ends_with("000001.wgj") => refusal(io::ErrorKind::StorageFull, written),
            _ => None,
        });
        let before = writer.clone();
        let more = visits(&mut writer, 2);
        for _ in 0..2 {
            let error = store.append(more.clone(), before.head, NOW).unwrap_err();
            assert_eq!(error, LogError::Full { what: journal.display().to_string() });
            assert!(error.to_string().contains("这一条没有保存；请清理出一些空间后再记一次"), "{error}");
            assert_eq!(fs::metadata(&journal).unwrap().len(), length);
            assert!(!ballast.exists(), "the reserve is given up");
        }
        assert_eq!(store.head(writer.writer), Ok(before.head));
        disk.heal();
        assert_eq!(store.append(more.clone(), before.head, NOW), Ok(vec![Position(4), Position(5)]));
        assert!(ballast.exists(), "the reserve is put aside again");
        store.close().unwrap();
        assert_eq!(envelopes(tail(open(&dir)).0), [sent, more].concat());
    }
}

#[test]
fn a_disk_that_is_full_when_a_segment_is_begun_loses_nothing() {
    let (_temp, dir) = fresh();
    let (disk, options) = on_bad_disk(&dir, small());
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    let mut writer = chain(1);
    let mut sent = add(&store, &mut writer, 10);
    disk.refuse(|act| match act {
        Act::Write { path, .. } if path.ends_with("000002.wgj.new") => refusal(io::ErrorKind::StorageFull, 20),
        _ => None,
    });
    let refused = loop {
        let before = writer.clone();
        let next = visits(&mut writer, 1);
        match store.append(next.clone(), before.head, NOW) {
            Ok(_) => sent.extend(next),
            Err(error) => {
                writer = before;
                break error;
            }
        }
    };
    assert!(matches!(refused, LogError::Full { .. }));
    disk.heal();
    sent.extend(add(&store, &mut writer, 20));
    store.close().unwrap();
    assert_eq!(envelopes(tail(open(&dir)).0), sent);
}

#[test]
fn after_a_failed_sync_nothing_is_written_any_more_until_the_store_is_opened_again() {
    let (_temp, dir) = fresh();
    let (disk, options) = on_bad_disk(&dir, Options::default());
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    let mut writer = chain(1);
    let sent = add(&store, &mut writer, 3);
    let mut once = true;
    disk.refuse(move |act| match act {
        Act::Sync(path) if path.ends_with("000001.wgj") && std::mem::take(&mut once) => {
            refusal(io::ErrorKind::Other, 0)
        }
        _ => None,
    });
    let before = writer.clone();
    let more = visits(&mut writer, 1);
    let error = store.append(more.clone(), before.head, NOW).unwrap_err();
    assert!(error.to_string().contains("已停止保存；请退出后重新打开"), "{error}");
    disk.heal();
    assert_eq!(store.append(more.clone(), before.head, NOW), Err(error));
    assert_eq!(all(&store).len(), 3, "reading goes on");
    store.close().unwrap();
    let opened = open(&dir);
    assert_eq!(opened.store.append(more.clone(), before.head, NOW), Ok(vec![Position(4)]));
    assert_eq!(envelopes(all(&opened.store)), [sent, more].concat());
}

#[test]
fn a_disk_that_fails_while_taking_back_stops_the_store() {
    let (_temp, dir) = fresh();
    let (disk, options) = on_bad_disk(&dir, Options::default());
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    let mut writer = chain(1);
    add(&store, &mut writer, 1);
    disk.refuse(|act| match act {
        Act::Write { path, .. } if path.ends_with("000001.wgj") => refusal(io::ErrorKind::StorageFull, 30),
        Act::Truncate { .. } => refusal(io::ErrorKind::Other, 0),
        _ => None,
    });
    let before = writer.clone();
    let more = visits(&mut writer, 1);
    assert!(store.append(more.clone(), before.head, NOW).unwrap_err().to_string().contains("已停止保存"));
    disk.heal();
    assert!(store.append(more.clone(), before.head, NOW).is_err());
    store.close().unwrap();
    let opened = open(&dir);
    assert!(matches!(opened.notices[..], [Notice::TailCut { bytes: 30, .. }]));
    opened.store.append(more, before.head, NOW).unwrap();
}

#[test]
fn a_group_that_fails_gives_every_waiting_append_its_error_and_its_head_back() {
    let (_temp, dir) = fresh();
    let (disk, options) = on_bad_disk(&dir, Options::default());
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    disk.refuse(|act| match act {
        Act::Write { path, .. } if path.ends_with("000001.wgj") => refusal(io::ErrorKind::StorageFull, 0),
        _ => None,
    });
    let (send, receive) = std::sync::mpsc::channel();
    let mut writer = chain(1);
    for _ in 0..50 {
        let expected = writer.head;
        let send = send.clone();
        store.append_async(visits(&mut writer, 1), expected, NOW, move |result| send.send(result).unwrap());
    }
    for result in receive.iter().take(50) {
        assert!(matches!(result, Err(LogError::Full { .. } | LogError::Conflict { .. })), "{result:?}");
    }
    assert_eq!(store.head(writer.writer), Ok(Head::default()));
    assert_eq!(all(&store), []);
}

#[test]
fn a_folder_that_can_not_be_written_is_named() {
    let (_temp, dir) = fresh();
    for kind in [io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::PermissionDenied] {
        let (disk, options) = on_bad_disk(&dir, Options::default());
        disk.refuse(move |act| match act {
            Act::Acknowledge(_) => None,
            _ => refusal(kind, 0),
        });
        let Err(error) = Store::open_with(&dir, NOW, &options) else { panic!("the store opened") };
        assert_eq!(error, OpenError::ReadOnly { path: dir.join("lock").display().to_string() });
        assert!(error.to_string().contains("请检查文件夹的权限"));
        let other = dir.with_extension("other");
        assert!(matches!(Store::create_with(&other, &options.files), Err(OpenError::ReadOnly { .. })));
    }
    // A real one that not even root can write to.
    assert!(matches!(Store::create(Path::new("/sys/wangge")), Err(OpenError::ReadOnly { .. })));
}

#[test]
fn a_snapshot_that_can_not_be_written_is_told_and_the_old_one_stays() {
    let (_temp, dir) = fresh();
    let (disk, options) = on_bad_disk(&dir, Options::default());
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    let mut writer = chain(1);
    add(&store, &mut writer, 2);
    store.checkpoint(b"two".to_vec(), Position(2)).unwrap();
    add(&store, &mut writer, 1);
    disk.refuse(|act| match act {
        Act::Write { path, .. } if path.extension() == Some("new".as_ref()) => refusal(io::ErrorKind::StorageFull, 9),
        _ => None,
    });
    assert!(store.checkpoint(b"three".to_vec(), Position(3)).unwrap_err().to_string().contains("记录没有丢失"));
    notices_until(&store, |notice| matches!(notice, Notice::SnapshotFailed { .. }));
    add(&store, &mut writer, 1);
    store.close().unwrap();
    let opened = open(&dir);
    assert_eq!(opened.snapshot, Some((b"two".to_vec(), Position(2))));
    assert_eq!(fs::read_dir(dir.join("snapshot")).unwrap().count(), 1, "nothing half written is left");
    assert_eq!(tail(opened).0.len(), 2);
}

#[test]
fn no_room_for_the_reserve_is_told() {
    let (_temp, dir) = fresh();
    let (disk, options) = on_bad_disk(&dir, Options::default());
    disk.refuse(|act| match act {
        Act::Create(path) if path.ends_with("ballast") => refusal(io::ErrorKind::StorageFull, 0),
        _ => None,
    });
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    notices_until(&store, |notice| *notice == Notice::NoReserve);
    add(&store, &mut chain(1), 1);
}

#[test]
fn an_index_that_can_not_be_made_leaves_history_readable() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let sent = add(&store, &mut chain(1), 50);
    // A link that leads where no folder can be made; what is made anew goes the same way.
    std::os::unix::fs::symlink("/proc/nowhere", dir.join("index")).unwrap();
    let read = store.read(Subtree::Subject("u1".to_owned()), Position(0), 5).unwrap();
    assert_eq!(read.len(), 5);
    let back = store.read_back(Subtree::Subject("u1".to_owned()), Position(u64::MAX), 3).unwrap();
    assert_eq!(back.iter().map(|e| e.position.0).collect::<Vec<_>>(), [47, 42, 37]);
    assert_eq!(store.find(sent[30].id()).unwrap().unwrap().position, Position(31));
    assert_eq!(store.append(sent[..2].to_vec(), Head::default(), NOW), Ok(vec![Position(1), Position(2)]));
    let notices = notices_until(&store, |notice| matches!(notice, Notice::IndexLost { .. }));
    assert!(notices.last().unwrap().to_string().contains("记录照常保存"));
}

/// The kernel's own refusal: `ulimit -f` sends SIGXFSZ and cuts the write short.
#[test]
fn a_file_size_limit_is_a_full_disk() {
    let mut child = super::crash::child("log::faults::child_under_a_file_size_limit");
    let (temp, dir) = fresh();
    let output = child.env("WANGGE_TEST_DIR", &dir).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(open(&dir).position.0 > 20);
    drop(temp);
}

#[test]
#[ignore = "a child process of the test above"]
fn child_under_a_file_size_limit() {
    let dir = std::path::PathBuf::from(std::env::var_os("WANGGE_TEST_DIR").unwrap());
    survive_file_size_limit().unwrap();
    let store = open(&dir).store;
    let mut writer = chain(1);
    add(&store, &mut writer, 20);
    let limit = rustix::process::Rlimit { current: Some(16_000), maximum: None };
    rustix::process::setrlimit(rustix::process::Resource::Fsize, limit).unwrap();
    let error = loop {
        let before = writer.clone();
        if let Err(error) = store.append(visits(&mut writer, 1), before.head, NOW) {
            writer = before;
            break error;
        }
    };
    assert!(matches!(error, LogError::Full { .. }), "{error}");
    let limit = rustix::process::Rlimit { current: None, maximum: None };
    rustix::process::setrlimit(rustix::process::Resource::Fsize, limit).unwrap();
    add(&store, &mut writer, 5);
    store.close().unwrap();
}
