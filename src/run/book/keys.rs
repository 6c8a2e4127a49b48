//! Keys of desks that use a store through another process: one for each that is open at once, so that two never share a
//! chain.
use std::{
    fs::{self, File, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt},
    path::{Path, PathBuf},
};

use crate::{
    grid::fact::DeviceKey,
    log::disk::{self, make_key, read_key},
};

/// More windows than anybody has.
const MOST: u32 = 99;

/// A key that no other process uses as long as this lives.
pub(super) struct DeskKey {
    pub(super) key: DeviceKey,
    /// Which of the keys of this user and store it is, from 1.
    pub(super) number: u32,
    /// Holds the lock.
    _file: File,
}

impl DeskKey {
    /// Takes the first key of this name that nobody uses; makes one where all are in use. `DIR/NAME-1.key` is the first.
    pub(super) fn take(dir: &Path, name: &str) -> io::Result<DeskKey> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        for number in 1..=MOST {
            let path = dir.join(format!("{name}-{number}.key"));
            if let Some(file) = lock(&path)? {
                let key = match read_key(&path) {
                    Some(key) => key,
                    None => return Err(io::ErrorKind::InvalidData.into()),
                };
                return Ok(DeskKey { key, number, _file: file });
            }
        }
        Err(io::ErrorKind::QuotaExceeded.into())
    }
}

/// Locks the key file, which is made where it is not there; none where another process has it.
fn lock(path: &PathBuf) -> io::Result<Option<File>> {
    loop {
        if !path.exists() {
            make_key(path, &disk::Files::new())?;
        }
        let file = File::open(path)?;
        match file.try_lock() {
            // Two that make a key at once make two files of one name: the one that is left counts.
            Ok(())
                if fs::metadata(path).is_ok_and(|there| Some(there.ino()) == file.metadata().ok().map(|m| m.ino())) =>
            {
                return Ok(Some(file));
            }
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn two_at_once_have_two_keys_and_whoever_comes_later_has_the_first_again() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("keys");
        let first = DeskKey::take(&folder, "a").unwrap();
        let second = DeskKey::take(&folder, "a").unwrap();
        assert_eq!((first.number, second.number), (1, 2));
        assert_ne!(first.key.public(), second.key.public());
        assert_eq!(DeskKey::take(&folder, "b").unwrap().number, 1);
        let public = first.key.public();
        drop(first);
        let again = DeskKey::take(&folder, "a").unwrap();
        assert_eq!((again.number, again.key.public()), (1, public));
    }
}
