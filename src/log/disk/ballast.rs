//! A reserve of disk space that is given up when the disk is full, so that closing and reopening still work.
use std::path::{Path, PathBuf};

use rustix::{fs::FallocateFlags, io::Errno};

use super::files::Files;

/// The size of the reserve in bytes.
pub const BALLAST: u64 = 4 * 1024 * 1024;

/// The reserve of one store.
#[derive(Clone)]
pub(crate) struct Ballast {
    path: PathBuf,
    files: Files,
}

impl Ballast {
    pub(crate) fn of(dir: &Path, files: &Files) -> Ballast {
        Ballast { path: dir.join("ballast"), files: files.clone() }
    }

    /// Whether the reserve is there.
    pub(crate) fn is_held(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|m| m.len() == BALLAST)
    }

    /// Puts the reserve aside; fails if the disk has no room for it.
    pub(crate) fn hold(&self) -> std::io::Result<()> {
        if self.is_held() {
            return Ok(());
        }
        let made = self.fill();
        if made.is_err() {
            self.release();
        }
        made
    }

    fn fill(&self) -> std::io::Result<()> {
        let file = self.files.create(&self.path)?;
        match rustix::fs::fallocate(&file, FallocateFlags::empty(), 0, BALLAST) {
            Ok(()) => Ok(()),
            Err(Errno::OPNOTSUPP | Errno::NOSYS | Errno::INVAL) => {
                let zeros = vec![0; 64 * 1024];
                (0..BALLAST / 65_536).try_for_each(|i| self.files.write(&file, &self.path, i * 65_536, &zeros))
            }
            Err(e) => Err(e.into()),
        }
    }

    /// Gives the reserve up.
    pub(crate) fn release(&self) {
        let _gone = self.files.remove(&self.path);
    }
}
