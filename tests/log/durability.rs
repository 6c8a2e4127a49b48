//! The order of durability, recorded: no acknowledgement before the fdatasync that covers its bytes, and after a power
//! cut at any recorded moment the store opens with everything that was acknowledged.
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use proptest::prelude::*;
use tempfile::TempDir;
use wangge::{
    grid::fact::{Chain, Envelope},
    log::{
        Position, Subtree,
        conformance::{chain, visits},
        disk::{Act, Files, Options, Refusal, Store, Watch},
    },
};

use super::common::NOW;

/// An act, kept.
#[derive(Debug, Clone)]
enum Kept {
    Create(PathBuf),
    Write(PathBuf, u64, Vec<u8>),
    Sync(PathBuf),
    SyncDir(PathBuf),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Truncate(PathBuf, u64),
    Acknowledge(Vec<u64>),
}

/// Keeps every act; may fill the disk up at one of them.
#[derive(Default)]
struct Recorder {
    acts: Mutex<Vec<Kept>>,
    /// From this write to the journal on, one is cut short after so many bytes.
    full: Mutex<Option<(usize, usize)>>,
}

impl Watch for Recorder {
    fn about(&self, act: Act<'_>) -> Result<(), Refusal> {
        let mut kept = match act {
            Act::Create(path) => Kept::Create(path.to_owned()),
            Act::Write { path, offset, bytes } => Kept::Write(path.to_owned(), offset, bytes.to_vec()),
            Act::Sync(path) => Kept::Sync(path.to_owned()),
            Act::SyncDir(path) => Kept::SyncDir(path.to_owned()),
            Act::Rename { from, to } => Kept::Rename(from.to_owned(), to.to_owned()),
            Act::Remove(path) => Kept::Remove(path.to_owned()),
            Act::Truncate { path, len } => Kept::Truncate(path.to_owned(), len),
            Act::Acknowledge(positions) => Kept::Acknowledge(positions.iter().map(|p| p.0).collect()),
        };
        let mut refusal = Ok(());
        if let Kept::Write(path, _, bytes) = &mut kept
            && path.extension() == Some("wgj".as_ref())
            && let Some((left, written)) = self.full.lock().unwrap().as_mut()
        {
            if *left == 0 {
                bytes.truncate(*written);
                let error = std::io::ErrorKind::StorageFull.into();
                refusal = Err(Refusal { error, written: *written });
            }
            *left = left.wrapping_sub(1);
        }
        self.acts.lock().unwrap().push(kept);
        refusal
    }
}

/// A disk as the kernel and the platter see it.
///
/// A file is known by a number, so that a rename carries its content along. Content counts after a sync of the file,
/// names count after a sync of their folder.
#[derive(Default, Clone)]
struct Disk {
    files: Vec<File>,
    names: BTreeMap<PathBuf, usize>,
    durable_names: BTreeMap<PathBuf, usize>,
    /// Changes of names since the last sync of a folder: what was named, and what it now names.
    pending_names: Vec<(PathBuf, Option<usize>)>,
}

#[derive(Default, Clone)]
struct File {
    durable: Vec<u8>,
    /// Writes and truncations since the last sync.
    pending: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write(u64, Vec<u8>),
    Truncate(u64),
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Change::Write(offset, bytes) => {
                let (from, to) = (*offset as usize, *offset as usize + bytes.len());
                content.resize(content.len().max(to), 0);
                content[from..to].copy_from_slice(bytes);
            }
            Change::Truncate(len) => content.resize(*len as usize, 0),
        }
    }
}

impl Disk {
    fn take(&mut self, act: &Kept) {
        match act {
            Kept::Create(path) => {
                self.files.push(File::default());
                self.name(path, Some(self.files.len() - 1));
            }
            Kept::Write(path, offset, bytes) => self.change(path, Change::Write(*offset, bytes.clone())),
            Kept::Truncate(path, len) => self.change(path, Change::Truncate(*len)),
            Kept::Sync(path) => {
                if let Some(&file) = self.names.get(path) {
                    let file = &mut self.files[file];
                    file.pending.drain(..).for_each(|change| change.apply(&mut file.durable));
                }
            }
            Kept::SyncDir(dir) => {
                let (synced, rest): (Vec<_>, _) =
                    self.pending_names.drain(..).partition(|(path, _)| path.parent() == Some(dir));
                self.pending_names = rest;
                synced.into_iter().for_each(|(path, file)| set(&mut self.durable_names, path, file));
            }
            Kept::Rename(from, to) => {
                let file = self.names.get(from).copied();
                self.name(to, file);
                self.name(from, None);
            }
            Kept::Remove(path) => self.name(path, None),
            Kept::Acknowledge(_) => {}
        }
    }

    fn name(&mut self, path: &Path, file: Option<usize>) {
        set(&mut self.names, path.to_owned(), file);
        self.pending_names.push((path.to_owned(), file));
    }

    fn change(&mut self, path: &Path, change: Change) {
        if let Some(&file) = self.names.get(path) {
            self.files[file].pending.push(change);
        }
    }

    /// What may be found after the power comes back: what was synced, some of the names that were not, and of each
    /// file's unsynced writes a beginning, a part, or sectors of nothing.
    fn after_power_cut(&self, dice: &mut impl FnMut(usize) -> usize) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut names = self.durable_names.clone();
        let kept = dice(self.pending_names.len() + 1);
        self.pending_names[..kept].iter().for_each(|(path, file)| set(&mut names, path.clone(), *file));
        let content = |file: &File, dice: &mut dyn FnMut(usize) -> usize| {
            let mut content = file.durable.clone();
            for change in &file.pending {
                match (change, dice(5)) {
                    (_, 0) => {}
                    (Change::Write(offset, bytes), 1) => {
                        Change::Write(*offset, bytes[..dice(bytes.len() + 1)].to_vec()).apply(&mut content);
                    }
                    (Change::Write(offset, bytes), 2) => {
                        // The file has grown, and some of its sectors were never written.
                        let mut holes = bytes.clone();
                        for sector in holes.chunks_mut(1 + dice(512)) {
                            if dice(2) == 0 {
                                sector.fill(0);
                            }
                        }
                        Change::Write(*offset, holes).apply(&mut content);
                    }
                    (Change::Write(offset, bytes), 3) => {
                        let garbage = bytes.iter().map(|_| dice(256) as u8).collect();
                        Change::Write(*offset, garbage).apply(&mut content);
                    }
                    _ => change.apply(&mut content),
                }
            }
            content
        };
        names.into_iter().map(|(path, file)| (path, content(&self.files[file], dice))).collect()
    }
}

fn set(names: &mut BTreeMap<PathBuf, usize>, path: PathBuf, file: Option<usize>) {
    match file {
        Some(file) => names.insert(path, file),
        None => names.remove(&path),
    };
}

/// What one session does.
#[derive(Debug, Clone)]
enum Step {
    /// Appends of this many envelopes by these writers, sent without waiting in between.
    Burst(Vec<(u8, u32)>),
    Checkpoint,
    /// The next write but so many is cut short after so many bytes.
    Full(usize, usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let burst = prop::collection::vec((1_u8..4, 1_u32..6), 1..6);
    let step = prop_oneof![
        6 => burst.prop_map(Step::Burst),
        1 => Just(Step::Checkpoint),
        1 => (0_usize..3, 0_usize..900).prop_map(|(after, written)| Step::Full(after, written)),
    ];
    prop::collection::vec(step, 1..12)
}

/// Runs a session on a recorded disk; returns the acts and everything that was ever sent, by name and bytes.
fn record(steps: &[Step]) -> (PathBuf, Vec<Kept>, Vec<Envelope>) {
    let temp = TempDir::new().unwrap();
    let dir = temp.path().join("store");
    let recorder = Arc::new(Recorder::default());
    let files = Files::watched(recorder.clone());
    Store::create_with(&dir, &files).unwrap();
    let options = Options { files, segment_bytes: 3_000, ..Options::default() };
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    let mut chains: BTreeMap<u8, Chain> = (1..4).map(|n| (n, chain(n))).collect();
    let mut sent = Vec::new();
    for step in steps {
        match step {
            Step::Burst(appends) => {
                let (tell, told) = std::sync::mpsc::channel();
                for (n, count) in appends {
                    let writer = chains.get_mut(n).unwrap();
                    let expected = writer.head;
                    let envelopes = visits(writer, *count);
                    sent.extend(envelopes.clone());
                    let tell = tell.clone();
                    store.append_async(envelopes, expected, NOW, move |result| tell.send(result.is_ok()).unwrap());
                }
                drop(tell);
                if told.iter().any(|ok| !ok) {
                    for writer in chains.values_mut() {
                        writer.head = store.head(writer.writer).unwrap();
                    }
                }
            }
            Step::Checkpoint => {
                let last = store.read_back(Subtree::All, Position(u64::MAX), 1).unwrap();
                let position = last.first().map_or(Position(0), |entry| entry.position);
                store.checkpoint(position.0.to_le_bytes().to_vec(), position).unwrap();
            }
            Step::Full(after, written) => *recorder.full.lock().unwrap() = Some((*after, *written)),
        }
    }
    store.close().unwrap();
    let acts = recorder.acts.lock().unwrap().clone();
    (dir, acts, sent)
}

/// Which positions a journal's durable content holds, read by the lengths and positions in its frames.
fn durable_positions(disk: &Disk) -> Vec<u64> {
    let mut positions = Vec::new();
    for (path, &file) in &disk.durable_names {
        let bytes = &disk.files[file].durable;
        let mut at = 76;
        while path.extension() == Some("wgj".as_ref()) && at + 16 <= bytes.len() {
            positions.push(u64::from_le_bytes(bytes[at + 8..at + 16].try_into().unwrap()));
            at += 8 + u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        }
    }
    positions
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_acknowledged_before_its_bytes_are_durable(steps in steps()) {
        let (_, acts, _) = record(&steps);
        let mut disk = Disk::default();
        for act in &acts {
            if let Kept::Acknowledge(positions) = act {
                let durable = durable_positions(&disk);
                for position in positions {
                    prop_assert!(durable.contains(position), "{position} is not among {durable:?}");
                }
            }
            disk.take(act);
        }
    }

    #[test]
    fn a_power_cut_at_any_moment_loses_nothing_that_was_acknowledged(
        steps in steps(), cuts in prop::collection::vec((any::<u32>(), any::<u64>()), 6)
    ) {
        let (dir, acts, sent) = record(&steps);
        for (moment, mut seed) in cuts {
            // The store exists once its making is through.
            let made = acts.iter().position(|act| matches!(act, Kept::SyncDir(path) if *path == dir.parent().unwrap())).unwrap();
            let moment = made + 1 + moment as usize % (acts.len() - made);
            let mut disk = Disk::default();
            let mut acknowledged = 0;
            for act in &acts[..moment] {
                disk.take(act);
                if let Kept::Acknowledge(positions) = act {
                    acknowledged = acknowledged.max(positions.iter().copied().max().unwrap_or(0));
                }
            }
            let mut dice = |sides: usize| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 33) as usize % sides
            };
            let image = TempDir::new().unwrap();
            let copy = image.path().join("store");
            for (path, content) in disk.after_power_cut(&mut dice) {
                let target = copy.join(path.strip_prefix(&dir).unwrap());
                if path == dir || ["journal", "snapshot"].iter().any(|folder| path.ends_with(folder)) {
                    fs::create_dir_all(target).unwrap();
                } else {
                    fs::create_dir_all(target.parent().unwrap()).unwrap();
                    fs::write(target, content).unwrap();
                }
            }
            let opened = match Store::open(&copy, NOW) {
                Ok(opened) => opened,
                Err(error) => return Err(TestCaseError::fail(format!("cut at {moment} of {}: {error}", acts.len()))),
            };
            prop_assert!(opened.position.0 >= acknowledged, "{} of {acknowledged}", opened.position.0);
            let mut chains: BTreeMap<_, u64> = BTreeMap::new();
            for entry in opened.everything().map(Result::unwrap) {
                let id = entry.envelope.id();
                let seq = chains.entry(id.writer).or_default();
                *seq += 1;
                prop_assert_eq!(*seq, id.seq);
                prop_assert!(sent.contains(&entry.envelope));
            }
            if let Some((state, position)) = &opened.snapshot {
                prop_assert_eq!(&state[..], &position.0.to_le_bytes());
            }
            let head = opened.heads.get(&chain(9).writer).copied().unwrap_or_default();
            opened.store.append(visits(&mut chain(9), 1), head, NOW).unwrap();
            opened.store.close().unwrap();
        }
    }
}
