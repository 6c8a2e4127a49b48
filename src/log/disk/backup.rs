//! Backing a store up into one file: a segment's header, all frames, and an end mark.
use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use super::{
    error::{Damage, OpenError, at},
    files::Files,
    frame::array,
    segment::{self, Header},
    walk::{self, Heads, Mark},
};
use crate::{grid::fact::Hash, log::Position};

const MAGIC: &[u8; 8] = b"wanggeE1";
/// The size of the end mark.
pub(crate) const END: usize = 52;
const GATHERED: usize = 1024 * 1024;

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// How many facts.
    pub facts: u64,
    /// How many bytes the file has.
    pub bytes: u64,
    /// Where the store is damaged, if it is: the backup then holds what stands before.
    pub damage: Option<Damage>,
}

/// The end mark of a backup that ends with `mark`.
pub(crate) fn end_mark(mark: &Mark) -> [u8; END] {
    let mut out = [0; END];
    out[..8].copy_from_slice(MAGIC);
    out[8..16].copy_from_slice(&mark.position.0.to_le_bytes());
    out[16..48].copy_from_slice(&mark.hash.0);
    let crc = crc32fast::hash(&out[..48]);
    out[48..].copy_from_slice(&crc.to_le_bytes());
    out
}

/// Reads an end mark.
pub(crate) fn read_end_mark(bytes: &[u8]) -> Option<(Position, Hash)> {
    let whole = bytes.len() == END && bytes.starts_with(MAGIC);
    (whole && crc32fast::hash(&bytes[..48]) == u32::from_le_bytes(array(bytes, 48)))
        .then(|| (Position(u64::from_le_bytes(array(bytes, 8))), Hash(array(bytes, 16))))
}

/// Writes all facts of the store in `dir` into `file`, also while another process uses the store.
///
/// The file takes its place only when it is complete. A damaged store is backed up as far as it is whole, and never
/// replaces a file that is there. `progress` hears the number of facts so far.
pub fn backup(dir: &Path, file: &Path, progress: &mut dyn FnMut(u64)) -> Result<Backup, OpenError> {
    let folder = segment::folder(dir);
    if !folder.is_dir() {
        return Err(OpenError::Missing { dir: dir.display().to_string() });
    }
    let last = walk::segments(&folder)?;
    let store = walk::header(&folder, 1, None)?.store;
    let mut out = Output::create(file).map_err(at(file))?;
    let header = Header { store, number: 1, first: Position(1), previous: segment::genesis(store) };
    out.gather(&header.encode());
    let mut mark = Mark::beginning(store);
    let walked = walk::walk(&folder, last, store, (mark, Heads::new()), &mut |frame, at| {
        frame.encode(&mut out.gathered);
        out.drain(GATHERED);
        mark = at;
        if at.position.0.is_multiple_of(1_000) {
            progress(at.position.0);
        }
    });
    let damage = match walked {
        Ok(_) => None,
        Err(OpenError::Damaged(damage)) if !file.exists() => Some(damage),
        Err(error) => {
            out.give_up();
            return Err(error);
        }
    };
    out.gather(&end_mark(&mark));
    let bytes = out.finish(file).map_err(at(file))?;
    progress(mark.position.0);
    Ok(Backup { facts: mark.position.0, bytes, damage })
}

/// A file under way.
struct Output {
    files: Files,
    file: File,
    fresh: PathBuf,
    gathered: Vec<u8>,
    written: u64,
    failed: Option<io::Error>,
}

impl Output {
    fn create(target: &Path) -> io::Result<Output> {
        let mut fresh = target.as_os_str().to_owned();
        fresh.push(".new");
        let (fresh, files) = (PathBuf::from(fresh), Files::new());
        Ok(Output { file: files.create(&fresh)?, files, fresh, gathered: Vec::new(), written: 0, failed: None })
    }

    fn gather(&mut self, bytes: &[u8]) {
        self.gathered.extend_from_slice(bytes);
    }

    /// Writes what is gathered if it is more than `most`; the first failure is kept for the end.
    fn drain(&mut self, most: usize) {
        if self.gathered.len() > most && self.failed.is_none() {
            self.failed = self.files.write(&self.file, &self.fresh, self.written, &self.gathered).err();
            self.written += self.gathered.len() as u64;
            self.gathered.clear();
        }
    }

    fn finish(mut self, target: &Path) -> io::Result<u64> {
        self.drain(0);
        let done = match self.failed.take() {
            Some(error) => Err(error),
            None => self.files.sync(&self.file, &self.fresh),
        };
        if let Err(error) = done.and_then(|()| self.files.rename(&self.fresh, target)) {
            self.give_up();
            return Err(error);
        }
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        self.files.sync_dir(parent)?;
        Ok(self.written)
    }

    fn give_up(&self) {
        let _gone = self.files.remove(&self.fresh);
    }
}
