//! Files of a store that are damaged, missing or not its own.
use std::{fs, os::unix::fs::FileExt, path::Path};

use wangge::log::{
    Notice, Position,
    conformance::chain,
    disk::{Finding, OpenError, Store, backup, doctor, restore, verify},
};

use super::{
    common::{NOW, add, envelopes, fresh, open, refused, small, tail},
    index::indexed,
};

pub fn flip(path: &Path, offset: u64) {
    let file = fs::File::options().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, offset).unwrap();
    file.write_all_at(&[byte[0] ^ 0x40], offset).unwrap();
}

pub fn first_segment(dir: &Path) -> std::path::PathBuf {
    dir.join("journal/000001.wgj")
}

/// The sizes of the frames of the first segment, by the lengths in front of them.
pub fn frames(dir: &Path) -> Vec<std::ops::Range<usize>> {
    let bytes = fs::read(first_segment(dir)).unwrap();
    let mut frames = Vec::new();
    let mut at = 76;
    while at < bytes.len() {
        let len = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize + 8;
        frames.push(at..at + len);
        at += len;
    }
    frames
}

#[test]
fn a_torn_record_at_the_end_is_cut_and_told() {
    for keep in [1, 4, 8, 60, 66, 200] {
        let (_temp, dir) = fresh();
        let store = open(&dir).store;
        let mut writer = chain(1);
        let sent = add(&store, &mut writer, 5);
        store.close().unwrap();
        let last = frames(&dir)[4].clone();
        let torn = last.start + keep.min(last.len() - 1);
        fs::File::options().write(true).open(first_segment(&dir)).unwrap().set_len(torn as u64).unwrap();
        let opened = open(&dir);
        let kept = format!("journal/000001-{}.cut", last.start);
        let notice = Notice::TailCut { records: 1, bytes: (torn - last.start) as u64, kept: kept.clone() };
        assert_eq!(opened.notices, [notice]);
        assert_eq!(fs::metadata(dir.join(kept)).unwrap().len(), (torn - last.start) as u64);
        assert_eq!(opened.position, Position(4));
        let mut writer = wangge::grid::fact::Chain::new(writer.writer, opened.heads[&writer.writer]);
        add(&opened.store, &mut writer, 2);
        opened.store.close().unwrap();
        let opened = open(&dir);
        assert_eq!(opened.notices, []);
        assert_eq!(envelopes(tail(opened).0)[..4], sent[..4]);
    }
}

#[test]
fn a_batch_that_is_not_whole_is_cut_as_one() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let mut writer = chain(1);
    add(&store, &mut writer, 2);
    let head = writer.head;
    let batch = wangge::log::conformance::visits(&mut writer, 4);
    store.append(batch, head, NOW).unwrap();
    store.close().unwrap();
    let frames = frames(&dir);
    fs::File::options().write(true).open(first_segment(&dir)).unwrap().set_len(frames[5].start as u64).unwrap();
    let opened = open(&dir);
    assert_eq!((opened.position, opened.heads[&writer.writer]), (Position(2), head));
    assert!(matches!(opened.notices[..], [Notice::TailCut { records: 3, .. }]), "{:?}", opened.notices);
}

#[test]
fn a_bad_record_in_the_middle_refuses_names_the_place_and_restore_brings_all_back() {
    let (temp, dir) = fresh();
    let store = open(&dir).store;
    let mut writer = chain(1);
    let mut sent = add(&store, &mut writer, 10);
    let file = temp.path().join("backup.wgb");
    backup(&dir, &file, &mut |_| {}).unwrap();
    sent.extend(add(&store, &mut writer, 10));
    store.close().unwrap();
    let bad = frames(&dir)[6].clone();
    flip(&first_segment(&dir), bad.start as u64 + 80);
    let refusal = refused(&dir).to_string();
    assert_eq!(
        refusal,
        format!(
            "journal/000001.wgj 第 {} 字节处的第 7 条记录已损坏（校验和不符），为免丢失记录已停止打开；\
             请运行 wangge doctor 查看原因，再用 wangge restore 从备份恢复",
            bad.start
        )
    );
    let before = fs::read(first_segment(&dir)).unwrap();
    let findings = doctor(&dir);
    let Some(Finding::Grave(text)) = findings.iter().find(|f| matches!(f, Finding::Grave(_))) else { panic!() };
    assert!(text.contains("第 7 条") && text.contains("前面的 6 条完好，后面还有 13 条"), "{text}");
    assert!(text.contains("wangge restore"), "{text}");
    let verified = verify(&dir, NOW, None, &mut |_| {}).unwrap();
    assert!(verified.facts == 6 && verified.problems[0].contains("第 7 条"), "{verified:?}");
    assert_eq!(fs::read(first_segment(&dir)).unwrap(), before);

    let restored = restore(&file, &dir, NOW, &mut |_| {}).unwrap();
    assert_eq!((restored.facts, restored.joined, restored.left), (10, 10, 0));
    let aside = restored.aside.unwrap();
    assert_eq!(fs::read(first_segment(&aside)).unwrap(), before);
    assert!(aside.ends_with("store.old-20261123-091200"), "{aside:?}");
    let opened = open(&dir);
    assert_eq!(opened.notices, []);
    assert_eq!(opened.heads[&writer.writer], writer.head);
    assert_eq!(envelopes(tail(opened).0), sent);
}

#[test]
fn a_damaged_store_without_a_backup_gives_up_what_is_whole() {
    let (temp, dir) = fresh();
    let store = open(&dir).store;
    let sent = add(&store, &mut chain(1), 10);
    store.close().unwrap();
    flip(&first_segment(&dir), frames(&dir)[4].start as u64 + 70);
    let file = temp.path().join("rest.wgb");
    let made = backup(&dir, &file, &mut |_| {}).unwrap();
    assert_eq!((made.facts, made.damage.map(|d| d.position)), (4, Some(Position(5))));
    assert!(matches!(backup(&dir, &file, &mut |_| {}), Err(OpenError::Damaged(_))), "a good file is not replaced");
    let restored = restore(&file, &dir, NOW, &mut |_| {}).unwrap();
    assert_eq!((restored.facts, restored.joined, restored.left), (4, 0, 6));
    assert_eq!(envelopes(tail(open(&dir)).0), sent[..4]);
}

#[test]
fn bytes_that_changed_anywhere_are_never_taken_for_facts() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let sent = add(&store, &mut chain(1), 6);
    store.checkpoint(vec![1], Position(6)).unwrap();
    store.close().unwrap();
    let whole = fs::read(first_segment(&dir)).unwrap();
    let snapshot = dir.join("snapshot/00000000000000000006.wgs");
    let kept = fs::read(&snapshot).unwrap();
    for offset in (0..whole.len()).step_by(5) {
        flip(&first_segment(&dir), offset as u64);
        for with_snapshot in [true, false] {
            match with_snapshot {
                true => fs::write(&snapshot, &kept).unwrap(),
                false => fs::remove_file(&snapshot).unwrap(),
            }
            if let Ok(opened) = Store::open(&dir, NOW) {
                // Only a snapshot (the record behind which it stands is whole) or a cut at the end lets it open.
                let entries: Vec<_> = opened.everything().map_while(Result::ok).map(|e| e.envelope).collect();
                assert!(sent.starts_with(&entries), "byte {offset}");
                assert!(with_snapshot || !opened.notices.is_empty(), "byte {offset}");
                opened.store.close().unwrap();
            }
            for path in fs::read_dir(dir.join("journal")).unwrap().map(|file| file.unwrap().path()) {
                if path.extension() == Some("cut".as_ref()) {
                    fs::remove_file(path).unwrap();
                }
            }
            if !with_snapshot {
                fs::write(first_segment(&dir), &whole).unwrap();
            }
        }
        fs::write(first_segment(&dir), &whole).unwrap();
    }
    fs::write(&snapshot, &kept).unwrap();
    assert_eq!(open(&dir).everything().map(Result::unwrap).count(), 6);
}

#[test]
fn a_journal_that_ends_before_the_snapshot_is_refused() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    add(&store, &mut chain(1), 6);
    store.checkpoint(vec![1], Position(6)).unwrap();
    store.close().unwrap();
    fs::File::options().write(true).open(first_segment(&dir)).unwrap().set_len(frames(&dir)[4].start as u64).unwrap();
    assert_eq!(refused(&dir), OpenError::Short { found: Position(4), known: Position(6) });
    assert!(doctor(&dir).iter().any(|f| matches!(f, Finding::Grave(text) if text.contains("快照记得已保存到第 6 条"))));
}

#[test]
fn a_damaged_snapshot_gives_way_to_the_other_one_and_then_to_the_journal() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let mut writer = chain(1);
    add(&store, &mut writer, 5);
    store.checkpoint(b"five".to_vec(), Position(5)).unwrap();
    add(&store, &mut writer, 5);
    store.checkpoint(b"ten".to_vec(), Position(10)).unwrap();
    store.close().unwrap();
    let newest = dir.join("snapshot/00000000000000000010.wgs");
    let length = fs::metadata(&newest).unwrap().len();
    let good = fs::read(&newest).unwrap();
    for offset in (0..length).step_by(3) {
        flip(&newest, offset);
        let opened = open(&dir);
        assert_eq!(opened.snapshot, Some((b"five".to_vec(), Position(5))), "byte {offset}");
        assert!(matches!(&opened.notices[..], [Notice::SnapshotDamaged { file }] if file.ends_with("10.wgs")));
        let (entries, store) = tail(opened);
        assert_eq!(entries.len(), 5);
        store.close().unwrap();
        fs::write(&newest, &good).unwrap();
    }
    fs::write(&newest, &good[..40]).unwrap();
    fs::write(dir.join("snapshot/00000000000000000005.wgs"), "").unwrap();
    let opened = open(&dir);
    assert_eq!((&opened.snapshot, opened.notices.len()), (&None, 2));
    assert_eq!(tail(opened).0.len(), 10);
}

#[test]
fn a_missing_segment_is_named() {
    for missing in [1, 2, 4] {
        let (_temp, dir) = fresh();
        let store = Store::open_with(&dir, NOW, &small()).unwrap().store;
        add(&store, &mut chain(1), 60);
        store.checkpoint(vec![1], Position(60)).unwrap();
        store.close().unwrap();
        let names = fs::read_dir(dir.join("journal")).unwrap().count() as u32;
        // The last one is missed by the snapshot, which stands in it.
        let missing = if missing == 4 { names } else { missing };
        fs::remove_file(dir.join(format!("journal/{missing:06}.wgj"))).unwrap();
        assert_eq!(refused(&dir), OpenError::SegmentMissing { segment: missing });
        let text = OpenError::SegmentMissing { segment: missing }.to_string();
        assert!(text.contains("wangge doctor") && text.contains("wangge restore"));
    }
}

#[test]
fn a_foreign_file_is_named() {
    let (_temp, dir) = fresh();
    let store = Store::open_with(&dir, NOW, &small()).unwrap().store;
    add(&store, &mut chain(1), 30);
    store.close().unwrap();
    let (_other_temp, other) = fresh();
    let last = fs::read_dir(dir.join("journal")).unwrap().count();
    for content in [
        b"PK\x03\x04 a spreadsheet that someone renamed and put here, quite a long one it is ....".to_vec(),
        fs::read(first_segment(&other)).unwrap(),
    ] {
        let path = dir.join(format!("journal/{:06}.wgj", last + 1));
        fs::write(&path, content).unwrap();
        assert_eq!(refused(&dir), OpenError::Foreign { path: path.display().to_string() });
        fs::remove_file(&path).unwrap();
    }
    fs::write(dir.join("journal/说明.txt"), "x").unwrap();
    assert_eq!(open(&dir).position, Position(30));
}

#[test]
fn a_store_of_a_later_version_is_left_alone() {
    let (_temp, dir) = fresh();
    let path = first_segment(&dir);
    let mut bytes = fs::read(&path).unwrap();
    bytes[8] = 9;
    let crc = crc32fast::hash(&bytes[..72]);
    bytes[72..76].copy_from_slice(&crc.to_le_bytes());
    fs::write(&path, bytes).unwrap();
    assert_eq!(refused(&dir), OpenError::Newer { path: path.display().to_string(), version: 9 });
}

#[test]
fn a_lost_device_name_is_made_anew() {
    let (_temp, dir) = fresh();
    let before = open(&dir).writer;
    for content in ["", "zz"] {
        fs::write(dir.join("device.key"), content).unwrap();
        while let Err(OpenError::Held { .. }) = Store::open(&dir, NOW).map(|opened| {
            assert_ne!(opened.writer, before);
            assert!(matches!(&opened.notices[..], [Notice::DeviceRenamed { .. }]));
            opened.store.close().unwrap();
        }) {}
    }
}

#[test]
fn a_backup_that_is_damaged_or_cut_changes_nothing() {
    let (temp, dir) = indexed();
    let file = temp.path().join("backup.wgb");
    backup(&dir, &file, &mut |_| {}).unwrap();
    let good = fs::read(&file).unwrap();
    let cuts = [0, 50, 76, 500, good.len() - 1, good.len() - 52];
    let spoilt = cuts.iter().map(|&n| good[..n].to_vec()).chain((0..good.len()).step_by(997).map(|n| {
        let mut bytes = good.clone();
        bytes[n] ^= 1;
        bytes
    }));
    for bytes in spoilt {
        fs::write(&file, &bytes).unwrap();
        assert!(matches!(restore(&file, &dir, NOW, &mut |_| {}), Err(OpenError::BadBackup { .. })));
    }
    fs::write(&file, [&good[..], b"x"].concat()).unwrap();
    assert!(matches!(restore(&file, &dir, NOW, &mut |_| {}), Err(OpenError::BadBackup { .. })));
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 2, "nothing is left lying about");
    assert_eq!(open(&dir).position, Position(200));
}

#[test]
fn doctor_finds_a_sound_store_sound_and_changes_nothing() {
    let (_temp, dir) = indexed();
    let store = open(&dir).store;
    store.checkpoint(vec![1], Position(200)).unwrap();
    store.close().unwrap();
    let tree = || -> Vec<_> {
        let files = ["", "journal", "snapshot", "index"].into_iter().flat_map(|f| fs::read_dir(dir.join(f)).unwrap());
        let mut files: Vec<_> =
            files.flatten().map(|f| (f.path(), f.metadata().unwrap().modified().unwrap())).collect();
        files.sort();
        files
    };
    let before = tree();
    let findings = doctor(&dir);
    assert_eq!(tree(), before);
    let texts: Vec<_> = findings.iter().map(Finding::text).collect();
    assert!(findings.iter().all(|f| !matches!(f, Finding::Grave(text) if !text.contains("磁盘只剩"))), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("日志完好：1 个文件，200 条记录，1 台设备")), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("完好，存到第 200 条")), "{texts:?}");
    let nowhere = doctor(&dir.join("journal"));
    assert!(matches!(&nowhere[..], [Finding::Grave(text)] if text.contains("wangge init")), "{nowhere:?}");
}
