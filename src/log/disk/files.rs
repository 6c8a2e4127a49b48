//! Every change to a file of the store goes through here, so that a test can watch, refuse and cut it short.
use std::{
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::log::Position;

/// Something that is about to happen to the store's files, or to those who wait for it.
#[derive(Debug, Clone, Copy)]
pub enum Act<'a> {
    /// An empty file comes into being.
    Create(&'a Path),
    /// Bytes are written into a file.
    Write {
        /// The file.
        path: &'a Path,
        /// Where in the file.
        offset: u64,
        /// What.
        bytes: &'a [u8],
    },
    /// A file's content is made durable.
    Sync(&'a Path),
    /// A folder's entries are made durable.
    SyncDir(&'a Path),
    /// A file or folder gets another name.
    Rename {
        /// The old name.
        from: &'a Path,
        /// The new name.
        to: &'a Path,
    },
    /// A file is removed.
    Remove(&'a Path),
    /// A file is cut to a length.
    Truncate {
        /// The file.
        path: &'a Path,
        /// Its new length.
        len: u64,
    },
    /// Somebody is told that these entries are durable.
    Acknowledge(&'a [Position]),
}

/// Why an act must not happen.
#[derive(Debug)]
pub struct Refusal {
    /// What the caller sees.
    pub error: io::Error,
    /// How many bytes of a write reach the file all the same (a disk that fills up half-way).
    pub written: usize,
}

/// Someone who is asked before every act; what is not refused then happens.
pub trait Watch: Send + Sync {
    /// Lets the act happen, or refuses it.
    fn about(&self, act: Act<'_>) -> Result<(), Refusal>;
}

/// The file operations of a store; folders are private (0700), files too (0600).
#[derive(Clone, Default)]
pub struct Files {
    watch: Option<Arc<dyn Watch>>,
}

impl Files {
    /// Plain file operations.
    pub fn new() -> Files {
        Files::default()
    }

    /// File operations that ask `watch` first.
    pub fn watched(watch: Arc<dyn Watch>) -> Files {
        Files { watch: Some(watch) }
    }

    fn ask(&self, act: Act<'_>) -> Result<(), Refusal> {
        self.watch.as_ref().map_or(Ok(()), |watch| watch.about(act))
    }

    fn check(&self, act: Act<'_>) -> io::Result<()> {
        self.ask(act).map_err(|refusal| refusal.error)
    }

    pub(super) fn acknowledge(&self, positions: &[Position]) {
        // Telling is not a file operation: it can be watched, not refused.
        let _told = self.ask(Act::Acknowledge(positions));
    }

    pub(super) fn make_dir(&self, path: &Path) -> io::Result<()> {
        self.check(Act::Create(path))?;
        fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
    }

    pub(super) fn create(&self, path: &Path) -> io::Result<File> {
        self.check(Act::Create(path))?;
        OpenOptions::new().read(true).write(true).create(true).truncate(true).mode(0o600).open(path)
    }

    pub(super) fn open_or_create(&self, path: &Path) -> io::Result<File> {
        self.check(Act::Create(path))?;
        OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
    }

    pub(super) fn open_to_write(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().read(true).write(true).open(path)
    }

    pub(super) fn write(&self, file: &File, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        match self.ask(Act::Write { path, offset, bytes }) {
            Ok(()) => file.write_all_at(bytes, offset),
            Err(refusal) => {
                file.write_all_at(&bytes[..refusal.written.min(bytes.len())], offset)?;
                Err(refusal.error)
            }
        }
    }

    pub(super) fn sync(&self, file: &File, path: &Path) -> io::Result<()> {
        self.check(Act::Sync(path))?;
        file.sync_data()
    }

    pub(super) fn sync_dir(&self, path: &Path) -> io::Result<()> {
        self.check(Act::SyncDir(path))?;
        File::open(path)?.sync_all()
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.check(Act::Rename { from, to })?;
        fs::rename(from, to)
    }

    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.check(Act::Remove(path))?;
        fs::remove_file(path)
    }

    pub(super) fn truncate(&self, file: &File, path: &Path, len: u64) -> io::Result<()> {
        self.check(Act::Truncate { path, len })?;
        file.set_len(len)
    }

    /// Puts a whole file in place: readers see all of it or what was there before, also after a power cut.
    pub(crate) fn replace(&self, path: &Path, parts: &[&[u8]]) -> io::Result<File> {
        let fresh = fresh_name(path);
        let file = self.create(&fresh)?;
        let mut offset = 0;
        for part in parts {
            self.write(&file, &fresh, offset, part)?;
            offset += part.len() as u64;
        }
        self.sync(&file, &fresh)?;
        self.rename(&fresh, path)?;
        if let Some(dir) = path.parent() {
            self.sync_dir(dir)?;
        }
        Ok(file)
    }
}

/// The name under which a file is written before it takes its place.
fn fresh_name(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

/// Fills `buffer` from `offset` as far as the file reaches; returns how many bytes there were.
pub(super) fn read_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read_at(&mut buffer[filled..], offset + filled as u64) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}
