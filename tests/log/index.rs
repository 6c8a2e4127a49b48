//! The index when it is damaged, missing, behind or ahead.
use std::{fs, path::Path};

use wangge::log::{
    Notice, Position, Subtree,
    conformance::chain,
    disk::{IndexCheck, rebuild, verify},
};

use super::{
    common::{NOW, add, all, fresh, notices_until, open},
    damage::{first_segment, flip, frames},
};

type Damage = fn(&Path);

/// A store of 200 facts with its index, closed.
pub fn indexed() -> (tempfile::TempDir, std::path::PathBuf) {
    let (temp, dir) = fresh();
    let store = open(&dir).store;
    add(&store, &mut chain(1), 200);
    store.close().unwrap();
    rebuild(&dir, NOW, &mut |_, _| {}).unwrap();
    (temp, dir)
}

fn history_is_whole(dir: &Path) -> Vec<Notice> {
    let store = open(dir).store;
    assert_eq!(store.read(Subtree::Subject("u1".to_owned()), Position(0), 1000).unwrap().len(), 40);
    let told = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let ear = told.clone();
    store.on_notice(move |notice| ear.lock().unwrap().push(notice));
    assert_eq!(all(&store).len(), 200);
    store.close().unwrap();
    assert_eq!(verify(dir, NOW, None, &mut |_| {}).unwrap().index, IndexCheck::Agrees(Position(200)));
    std::mem::take(&mut told.lock().unwrap())
}

#[test]
fn a_damaged_index_is_made_anew_and_told() {
    let damages: [(&str, Damage); 5] = [
        ("conf", |index| fs::write(index.join("conf"), "nothing that sled has written").unwrap()),
        ("db", |index| {
            let path = index.join("db");
            let len = fs::metadata(&path).unwrap().len();
            (0..len).step_by(97).for_each(|offset| flip(&path, offset));
        }),
        ("snap", |index| {
            for file in fs::read_dir(index).unwrap().flatten() {
                if file.file_name().to_string_lossy().starts_with("snap.") {
                    fs::write(file.path(), "x").unwrap();
                }
            }
            fs::write(index.join("snap.0000000000000ABC"), "not a snapshot").unwrap();
        }),
        ("a file in place of the folder", |index| {
            fs::remove_dir_all(index).unwrap();
            fs::write(index, "x").unwrap();
        }),
        ("another store's", |index| {
            let (_temp, other) = indexed();
            fs::remove_dir_all(index).unwrap();
            fs::rename(other.join("index"), index).unwrap();
        }),
    ];
    for (what, damage) in damages {
        let (_temp, dir) = indexed();
        damage(&dir.join("index"));
        let notices = history_is_whole(&dir);
        let told = matches!(notices[..], [Notice::IndexRebuilding { .. }, Notice::IndexReady { upto: Position(200) }]);
        // sled may take a damaged db for an empty one; then it is filled like a new one.
        assert!(told || (what == "db" && notices.is_empty()), "{what}: {notices:?}");
        assert_eq!(dir.join("index.aside").exists(), told, "{what}");
    }
}

#[test]
fn an_index_that_is_missing_empty_or_half_opened_is_filled_without_a_word() {
    let ways: [(&str, Damage); 4] = [
        ("missing", |index| fs::remove_dir_all(index).unwrap()),
        ("empty", |index| {
            fs::remove_dir_all(index).unwrap();
            fs::create_dir(index).unwrap();
        }),
        ("opens empty", |index| fs::remove_file(index.join("db")).unwrap()),
        ("half opened", |index| fs::write(index.join("snap.00000000000000FF.generating"), "x").unwrap()),
    ];
    for (what, way) in ways {
        let (_temp, dir) = indexed();
        way(&dir.join("index"));
        let notices = history_is_whole(&dir);
        assert!(notices.is_empty() || what == "opens empty", "{what}: {notices:?}");
    }
}

#[test]
fn an_index_that_lags_catches_up_and_one_that_is_ahead_is_told() {
    let (_temp, dir) = indexed();
    let store = open(&dir).store;
    let head = store.head(chain(1).writer).unwrap();
    add(&store, &mut wangge::grid::fact::Chain::new(chain(1).writer, head), 100);
    assert_eq!(store.read(Subtree::Subject("u1".to_owned()), Position(0), 1000).unwrap().len(), 60);
    store.close().unwrap();
    // Someone cuts acknowledged facts off the journal: the index still knows of them.
    fs::File::options().write(true).open(first_segment(&dir)).unwrap().set_len(frames(&dir)[250].start as u64).unwrap();
    let store = open(&dir).store;
    assert_eq!(store.read(Subtree::Subject("u1".to_owned()), Position(0), 1000).unwrap().len(), 50);
    let notices = notices_until(&store, |notice| matches!(notice, Notice::IndexReady { .. }));
    assert_eq!(notices[0], Notice::IndexAhead { index: Position(300), journal: Position(250) });
}
