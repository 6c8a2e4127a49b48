//! A store in ordinary use: what is there after closing and opening, snapshots, reading, the parts on disk.
use std::{fs, os::unix::fs::PermissionsExt};

use wangge::{
    grid::fact::Head,
    log::{
        Log, Position, StoreLog, Subtree,
        conformance::{chain, visits},
        disk::{IndexAt, IndexCheck, OpenError, Options, Store, backup, rebuild, restore, verify},
    },
};

use super::common::{NOW, add, all, envelopes, fresh, open, small, tail};

#[test]
fn what_was_written_is_there_after_opening_again() {
    let (_temp, dir) = fresh();
    let opened = open(&dir);
    assert_eq!((opened.position, opened.snapshot), (Position(0), None));
    let (device, store) = (opened.writer, opened.store);
    let mut writer = chain(1);
    let sent = add(&store, &mut writer, 10);
    store.close().unwrap();
    let opened = open(&dir);
    assert_eq!(opened.writer, device);
    assert_eq!(opened.heads[&writer.writer], writer.head);
    assert_eq!(opened.notices, []);
    let (entries, store) = tail(opened);
    assert_eq!(envelopes(entries), sent);
    add(&store, &mut writer, 1);
    assert_eq!(all(&store).len(), 11);
}

#[test]
fn opening_reads_the_newest_snapshot_and_the_tail_behind_it() {
    let (_temp, dir) = fresh();
    let mut writers = [chain(1), chain(2)];
    let store = Store::open_with(&dir, NOW, &small()).unwrap().store;
    for round in 1..=4_u64 {
        add(&store, &mut writers[0], 20);
        store.checkpoint(format!("state {round}").into_bytes(), Position(20 * round)).unwrap();
    }
    let behind = [add(&store, &mut writers[1], 3), add(&store, &mut writers[0], 2)].concat();
    store.close().unwrap();
    assert_eq!(fs::read_dir(dir.join("snapshot")).unwrap().count(), 2);
    let opened = Store::open_with(&dir, NOW, &small()).unwrap();
    assert_eq!(opened.snapshot, Some((b"state 4".to_vec(), Position(80))));
    assert_eq!(writers.map(|w| (w.writer, w.head)).to_vec(), Vec::from_iter(opened.heads.clone()));
    assert_eq!(opened.everything().map(Result::unwrap).count(), 85);
    let (entries, _store) = tail(opened);
    assert_eq!(entries[0].position, Position(81));
    assert_eq!(envelopes(entries), behind);
}

#[test]
fn a_snapshot_may_stand_behind_the_journal() {
    let (_temp, dir) = fresh();
    let mut writers = [chain(1), chain(2), chain(3)];
    let store = open(&dir).store;
    add(&store, &mut writers[0], 5);
    add(&store, &mut writers[1], 5);
    let behind = [add(&store, &mut writers[1], 2), add(&store, &mut writers[2], 3)].concat();
    store.checkpoint(b"ten".to_vec(), Position(10)).unwrap();
    assert!(store.checkpoint(b"too far".to_vec(), Position(16)).is_err());
    store.close().unwrap();
    let opened = open(&dir);
    assert_eq!(opened.snapshot, Some((b"ten".to_vec(), Position(10))));
    assert_eq!(opened.heads.values().copied().collect::<Vec<_>>(), writers.map(|w| w.head));
    assert_eq!(envelopes(tail(opened).0), behind);
}

#[test]
fn history_is_read_newest_first_in_pages() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    store.append(visits(&mut chain(1), 500), Head::default(), NOW).unwrap();
    let nodes = Subtree::Nodes(["g0".to_owned(), "g2".to_owned()].into());
    for subtree in [Subtree::All, nodes, Subtree::Subject("u3".to_owned()), Subtree::Month { year: 2026, month: 3 }] {
        let mut whole = store.read(subtree.clone(), Position(0), usize::MAX).unwrap();
        whole.reverse();
        let (mut pages, mut before) = (Vec::new(), Position(u64::MAX));
        loop {
            let page = store.read_back(subtree.clone(), before, 33).unwrap();
            let Some(last) = page.last() else { break };
            before = last.position;
            pages.extend(page);
        }
        assert!(!whole.is_empty());
        assert_eq!(pages, whole, "{subtree:?}");
    }
}

#[test]
fn a_fact_is_found_by_its_name() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let sent = add(&store, &mut chain(1), 150);
    for i in [0, 63, 64, 149] {
        let entry = store.find(sent[i].id()).unwrap().unwrap();
        assert_eq!((entry.position, &entry.envelope), (Position(i as u64 + 1), &sent[i]));
    }
    let mut missing = sent[0].id();
    missing.seq = 151;
    assert_eq!(store.find(missing), Ok(None));
    missing.seq = 0;
    assert_eq!(store.find(missing), Ok(None));
}

#[test]
fn everything_on_disk_is_private() {
    let (_temp, dir) = fresh();
    let store = Store::open_with(&dir, NOW, &Options { index: IndexAt::Start, ..small() }).unwrap().store;
    add(&store, &mut chain(1), 40);
    store.checkpoint(vec![1; 100], Position(40)).unwrap();
    store.find(visits(&mut chain(1), 1)[0].id()).unwrap();
    store.close().unwrap();
    let mut folders = vec![dir];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700, "{folder:?}");
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            } else {
                files += 1;
                assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
            }
        }
    }
    assert!(files >= 8);
}

#[test]
fn many_threads_append_at_once_and_all_is_there() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let threads: Vec<_> = (1..=8)
        .map(|n| {
            let store = store.clone();
            std::thread::spawn(move || add(&store, &mut chain(n), 25))
        })
        .collect();
    let mut sent: Vec<_> = threads.into_iter().flat_map(|t| t.join().unwrap()).map(|e| e.id()).collect();
    store.close().unwrap();
    let mut found: Vec<_> = envelopes(tail(open(&dir)).0).iter().map(|e| e.id()).collect();
    sent.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, sent);
}

#[test]
fn a_closed_store_answers_every_question() {
    let (_temp, dir) = fresh();
    let mut log = StoreLog(open(&dir).store);
    let other = log.0.clone();
    other.close().unwrap();
    let refusal = log.append(&visits(&mut chain(1), 1), Head::default(), 1).unwrap_err();
    assert_eq!(refusal.to_string(), "账本已经关闭，这一步没有做；请重新打开 wangge 再试");
    assert!(log.read(&Subtree::All, Position(0), 1).is_err());
    assert!(log.0.checkpoint(Vec::new(), Position(1)).is_err());
    assert!(log.tail(&Subtree::All, Position(0)).unwrap().recv().is_err());
}

#[test]
fn a_store_closes_when_nobody_holds_it_any_more() {
    let (_temp, dir) = fresh();
    let opened = open(&dir);
    let (sent, received) = std::sync::mpsc::channel::<()>();
    opened.store.append_async(visits(&mut chain(1), 1), Head::default(), 1, move |_| drop(sent));
    drop(opened);
    assert!(received.recv().is_err());
    // The lock goes last: wait for it as another process would.
    while matches!(Store::open(&dir, NOW), Err(OpenError::Held { .. })) {
        std::thread::yield_now();
    }
}

#[test]
fn a_store_is_made_only_where_nothing_is() {
    let (temp, dir) = fresh();
    assert!(matches!(Store::create(&dir), Err(OpenError::Exists { .. })));
    let other = temp.path().join("other");
    fs::create_dir(&other).unwrap();
    assert!(matches!(Store::open(&other, NOW), Err(OpenError::Missing { .. })));
    Store::create(&other).unwrap();
    assert_eq!(open(&other).position, Position(0));
    let full = temp.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("报表.xlsx"), "x").unwrap();
    assert!(matches!(Store::create(&full), Err(OpenError::Exists { .. })));
}

#[test]
fn a_making_that_was_cut_short_can_be_repeated() {
    let (_temp, dir) = fresh();
    fs::remove_file(dir.join("journal/000001.wgj")).unwrap();
    Store::create(&dir).unwrap();
    assert_eq!(open(&dir).position, Position(0));
}

#[test]
fn verify_finds_a_sound_store_sound_and_its_index_too() {
    let (_temp, dir) = fresh();
    let store = Store::open_with(&dir, NOW, &small()).unwrap().store;
    add(&store, &mut chain(1), 70);
    add(&store, &mut chain(2), 70);
    let in_use = verify(&dir, NOW, None, &mut |_| {}).unwrap();
    assert_eq!((in_use.facts, in_use.index), (140, IndexCheck::InUse));
    store.close().unwrap();
    assert_eq!(verify(&dir, NOW, None, &mut |_| {}).unwrap().index, IndexCheck::Absent);
    let mut heard = Vec::new();
    assert_eq!(rebuild(&dir, NOW, &mut |done, of| heard.push((done, of))), Ok(140));
    assert_eq!(heard.last(), Some(&(140, 140)));
    let verified = verify(&dir, NOW, None, &mut |_| {}).unwrap();
    assert_eq!((verified.facts, verified.writers, verified.problems, verified.torn), (140, 2, vec![], false));
    assert_eq!(verified.index, IndexCheck::Agrees(Position(140)));
    assert!(verified.segments > 5);
}

#[test]
fn a_backup_is_made_while_the_store_is_in_use_and_restores_to_the_same() {
    let (temp, dir) = fresh();
    let store = Store::open_with(&dir, NOW, &small()).unwrap().store;
    let sent = add(&store, &mut chain(1), 100);
    let file = temp.path().join("backup.wgb");
    let made = backup(&dir, &file, &mut |_| {}).unwrap();
    assert_eq!((made.facts, made.bytes, made.damage), (100, fs::metadata(&file).unwrap().len(), None));
    let (before, heads) = (all(&store), store.head(chain(1).writer).unwrap());
    let other = temp.path().join("other");
    let restored = restore(&file, &other, NOW, &mut |_| {}).unwrap();
    assert_eq!((restored.facts, restored.joined, restored.left, restored.aside), (100, 0, 0, None));
    let opened = open(&other);
    assert_ne!(opened.writer, open_device(&dir));
    assert_eq!(opened.heads[&sent[0].id().writer], heads);
    assert_eq!(tail(opened).0, before);
}

fn open_device(dir: &std::path::Path) -> wangge::grid::fact::WriterId {
    wangge::log::disk::read_key(&dir.join("device.key")).unwrap().writer()
}
