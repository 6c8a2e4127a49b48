//! Restoring a store from a backup; what an old store in its place holds beyond the backup is joined on.
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use chrono::DateTime;

use super::{
    backup::{END, read_end_mark},
    device,
    error::{OpenError, at},
    files::{Files, read_at},
    frame::{self, Frame},
    journal::begin_segment,
    lock::Lock,
    scan::{Scan, Step},
    segment::{self, HEADER, Header, Location},
    snapshot,
    walk::{self, Mark},
};
use crate::log::Position;
use crate::words::{fault, word};

const SEGMENT: u64 = 64 * 1024 * 1024;
const GATHERED: usize = 1024 * 1024;

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// How many facts came from the backup.
    pub facts: u64,
    /// How many newer ones came from the old store.
    pub joined: u64,
    /// How many newer ones of the old store could not be joined on; they are still in `aside`.
    pub left: u64,
    /// Where the old store is now, if there was one.
    pub aside: Option<PathBuf>,
}

/// Makes the store in `dir` anew from the backup `file`.
///
/// The backup is checked whole before anything changes. An old store in `dir` is moved aside, not deleted, and what
/// it holds beyond the backup is joined on as far as the chain of frames fits. The store gets a new writer id: a
/// device that goes back in time must not name two facts the same. `progress` hears the number of facts so far.
pub fn restore(file: &Path, dir: &Path, now_ms: i64, progress: &mut dyn FnMut(u64)) -> Result<Restored, OpenError> {
    let files = Files::new();
    let old = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if old && !segment::folder(dir).is_dir() {
        return Err(OpenError::Exists { dir: dir.display().to_string() });
    }
    let lock = old.then(|| Lock::take(dir, now_ms, &files)).transpose()?;
    let fresh = beside(dir, "restoring");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(at(&fresh))?;
    }
    let made = fill(&files, file, &fresh, old.then_some(dir), progress);
    let mut restored = match made {
        Ok(restored) => restored,
        Err(error) => {
            let _gone = fs::remove_dir_all(&fresh);
            return Err(error);
        }
    };
    if old {
        let aside = free_name(dir, now_ms);
        files.rename(dir, &aside).map_err(at(dir))?;
        restored.aside = Some(aside);
    }
    files.rename(&fresh, dir).map_err(at(dir))?;
    drop(lock);
    let parent = dir.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    files.sync_dir(parent).map_err(at(parent))?;
    Ok(restored)
}

/// Builds the new store in `fresh`.
fn fill(
    files: &Files,
    file: &Path,
    fresh: &Path,
    old: Option<&Path>,
    progress: &mut dyn FnMut(u64),
) -> Result<Restored, OpenError> {
    let bad = |why: &str| OpenError::BadBackup { path: file.display().to_string(), why: why.to_owned() };
    let source = File::open(file).map_err(|e| bad(&fault::of(&e)))?;
    let mut bytes = [0; HEADER];
    let filled = read_at(&source, &mut bytes, 0).map_err(at(file))?;
    let header = Header::decode(&bytes[..filled]).map_err(|_| bad(word("log.backup.no_backup")))?;
    for folder in [fresh.to_owned(), segment::folder(fresh), snapshot::folder(fresh)] {
        files.make_dir(&folder).map_err(at(&folder))?;
    }
    let mut copy = Copy::begin(files, segment::folder(fresh), header.store).map_err(at(fresh))?;
    let mut scan = Scan::open(file, HEADER as u64).map_err(at(file))?;
    while let Step::Frame(frame, _) = scan.step().map_err(at(file))? {
        if !copy.take(*frame).map_err(at(fresh))? {
            return Err(bad(word("log.backup.order")));
        }
        if copy.mark.position.0.is_multiple_of(1_000) {
            progress(copy.mark.position.0);
        }
    }
    let mut end = [0; END + 1];
    let filled = read_at(&source, &mut end, scan.offset()).map_err(at(file))?;
    if read_end_mark(&end[..filled]) != Some((copy.mark.position, copy.mark.hash)) {
        return Err(bad(word("log.backup.damaged")));
    }
    let facts = copy.mark.position.0;
    let last = old.map(|old| join(old, &mut copy)).transpose()?.unwrap_or(Position(0));
    copy.finish().map_err(at(fresh))?;
    device::make(fresh, files).map_err(at(fresh))?;
    files.sync_dir(fresh).map_err(at(fresh))?;
    let end = copy.mark.position.0;
    progress(end);
    Ok(Restored { facts, joined: end - facts, left: last.0.saturating_sub(end), aside: None })
}

/// Joins on what the old store holds beyond the copy; returns the last position that is readable there.
fn join(old: &Path, copy: &mut Copy) -> Result<Position, OpenError> {
    let folder = segment::folder(old);
    let mut last = Position(0);
    for number in segment::list(&folder).map_err(at(&folder))? {
        let path = segment::path(&folder, number);
        match walk::header(&folder, number, Some(copy.store)) {
            Ok(_) | Err(OpenError::Damaged(_)) => {}
            // Another store's journal can't be joined on.
            Err(_) => continue,
        }
        let mut scan = Scan::open(&path, HEADER as u64).map_err(at(&path))?;
        loop {
            while let Step::Frame(frame, _) = scan.step().map_err(at(&path))? {
                last = last.max(frame.position);
                copy.take(*frame).map_err(at(&copy.folder))?;
            }
            if !scan.resync().map_err(at(&path))? {
                break;
            }
        }
    }
    Ok(last)
}

/// Frames on their way into a new journal, byte for byte.
struct Copy<'a> {
    files: &'a Files,
    folder: PathBuf,
    store: [u8; 16],
    mark: Mark,
    file: File,
    /// A batch that is not whole yet, and where it would end.
    batch: Vec<u8>,
    reached: Mark,
    gathered: Vec<u8>,
    end: Location,
}

impl<'a> Copy<'a> {
    fn begin(files: &'a Files, folder: PathBuf, store: [u8; 16]) -> io::Result<Copy<'a>> {
        let mark = Mark::beginning(store);
        let file = begin_segment(files, &folder, store, 1, &mark)?;
        let (batch, gathered) = (Vec::new(), Vec::new());
        Ok(Copy { files, folder, store, mark, file, batch, reached: mark, gathered, end: mark.end })
    }

    /// Takes a frame if it follows the last one; says whether it did.
    fn take(&mut self, frame: Frame) -> io::Result<bool> {
        if frame.position.0 != self.reached.position.0 + 1 || frame.previous != self.reached.hash {
            return Ok(false);
        }
        let start = self.batch.len();
        frame.encode(&mut self.batch);
        self.reached.position = frame.position;
        self.reached.hash = frame::hash(&self.batch[start..]);
        if !frame.goes_on {
            self.mark = self.reached;
            self.gathered.append(&mut self.batch);
            if self.gathered.len() > GATHERED {
                self.write()?;
            }
        }
        Ok(true)
    }

    fn write(&mut self) -> io::Result<()> {
        let path = segment::path(&self.folder, self.end.segment);
        self.files.write(&self.file, &path, self.end.offset, &self.gathered)?;
        self.end.offset += self.gathered.len() as u64;
        self.gathered.clear();
        if self.end.offset > SEGMENT {
            self.files.sync(&self.file, &path)?;
            self.end = Location { segment: self.end.segment + 1, offset: HEADER as u64 };
            self.file = begin_segment(self.files, &self.folder, self.store, self.end.segment, &self.mark)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.write()?;
        self.files.sync(&self.file, &segment::path(&self.folder, self.end.segment))
    }
}

/// A name beside a folder: `DIR.what`.
fn beside(dir: &Path, what: &str) -> PathBuf {
    let mut name = dir.components().as_path().as_os_str().to_owned();
    name.push(".");
    name.push(what);
    PathBuf::from(name)
}

/// A name for the old store that is not taken yet.
fn free_name(dir: &Path, now_ms: i64) -> PathBuf {
    let time = DateTime::from_timestamp_millis(now_ms + 8 * 3_600_000).unwrap_or_default();
    let name = format!("old-{}", time.format("%Y%m%d-%H%M%S"));
    let plain = beside(dir, &name);
    let mut names = std::iter::once(plain.clone()).chain((2..).map(|n| beside(dir, &format!("{name}-{n}"))));
    names.find(|name| !name.exists()).unwrap_or(plain)
}

/// Moves a store that nobody uses beside where it was, so that a new one can be made there; returns where it is now.
///
/// # Errors
/// The folder can't be renamed.
pub fn set_aside(dir: &Path, now_ms: i64) -> io::Result<PathBuf> {
    let (files, name) = (Files::new(), free_name(dir, now_ms));
    files.rename(dir, &name)?;
    let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
    parent.map_or(Ok(()), |parent| files.sync_dir(parent))?;
    Ok(name)
}
