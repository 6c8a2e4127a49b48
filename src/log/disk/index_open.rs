//! Opening the index beside the owner of the store: sled may fail, panic or hang, and none of it may reach a person.
use std::{
    fs, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::index::{self, Index, IndexFault};

/// How an index is to be opened.
pub(crate) enum Opening {
    /// The one that is there.
    Existing,
    /// A new one; the one that was there, if any, is moved aside first. The old one's handle is given up before.
    Anew(Option<Index>),
}

/// How long sled gets to open.
const PATIENCE: Duration = Duration::from_secs(20);

/// Opens the index of `dir` on a thread of its own and hands the outcome to `done`.
pub(crate) fn open(
    dir: PathBuf,
    store: [u8; 16],
    opening: Opening,
    done: impl FnOnce(Result<Index, IndexFault>) + Send + 'static,
) -> io::Result<()> {
    let work = move || done(within(PATIENCE, move || open_now(&dir, store, opening)));
    thread::Builder::new().name("wangge-index".to_owned()).spawn(work).map(drop)
}

/// Does something with sled that may panic or hang; gives it up after `patience`.
pub(crate) fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Result<T, IndexFault> + Send + 'static,
) -> Result<T, IndexFault> {
    let (send, receive) = mpsc::channel();
    thread::Builder::new().name("wangge-sled".to_owned()).spawn(move || {
        let outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(IndexFault::Panic));
        let _late = send.send(outcome);
    })?;
    receive.recv_timeout(patience).unwrap_or(Err(IndexFault::Slow))
}

pub(crate) fn open_now(dir: &Path, store: [u8; 16], opening: Opening) -> Result<Index, IndexFault> {
    let path = index::folder(dir);
    match opening {
        Opening::Anew(old) => {
            drop(old);
            put_aside(dir)?;
        }
        Opening::Existing => remove_unfinished(&path)?,
    }
    make_folder(&path)?;
    let index = match Index::open(&path, store) {
        Err(IndexFault::OtherLists) => {
            fs::remove_dir_all(&path)?;
            make_folder(&path)?;
            Index::open(&path, store)?
        }
        opened => opened?,
    };
    make_private(&path)?;
    Ok(index)
}

fn make_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// sled makes its files as the umask says; they are this user's only.
pub(crate) fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    for entry in fs::read_dir(folder)?.flatten() {
        let mode = if entry.file_type()?.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(entry.path(), fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Moves the index out of the way; the one that was put aside before is removed.
pub(crate) fn put_aside(dir: &Path) -> io::Result<()> {
    let (path, aside) = (index::folder(dir), dir.join("index.aside"));
    if !path.exists() {
        return Ok(());
    }
    if aside.is_dir() {
        fs::remove_dir_all(&aside)?;
    }
    fs::rename(path, aside)
}

/// A kill while sled opens leaves `snap.*.generating`, with which every later open fails; without it nothing is lost.
fn remove_unfinished(path: &Path) -> io::Result<()> {
    let Ok(files) = fs::read_dir(path) else { return Ok(()) };
    for file in files {
        let file = file?.path();
        if file.extension() == Some("generating".as_ref()) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::disk::{
        postings::{APPLIED, applied_value},
        walk::Mark,
    };

    #[test]
    fn an_index_of_a_build_with_other_lists_is_begun_anew_and_nothing_is_put_aside() {
        let (temp, store) = (tempfile::tempdir().unwrap(), [7; 16]);
        let path = index::folder(temp.path());
        let now = applied_value(&Mark::beginning(store), store);
        for earlier in [&now[..80], &[&now[..80], &[9]].concat()] {
            #[expect(clippy::disallowed_methods, reason = "what another build wrote")]
            let db = sled::open(&path).unwrap();
            db.insert(APPLIED, earlier).unwrap();
            db.insert(b"n", b"what this build does not know").unwrap();
            drop(db);
            let index = open_now(temp.path(), store, Opening::Existing).unwrap();
            assert_eq!(index.mark(), Mark::beginning(store));
            drop(index);
            #[expect(clippy::disallowed_methods, reason = "what is there now")]
            let db = sled::open(&path).unwrap();
            assert!(db.is_empty() && !temp.path().join("index.aside").exists());
        }
    }
}
