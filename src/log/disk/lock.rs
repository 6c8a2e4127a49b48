//! One process owns a store: a lock file that says who holds it.
use std::{
    fs::{File, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
};

use super::{
    error::{OpenError, at, local_time},
    files::Files,
};
use crate::words::{t, word};

/// The held lock; it is released when this is dropped or the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing alone does not do it while a child process that is just being started still has a copy.
        let _released = self.file.unlock();
    }
}

/// What a lock file says about its holder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Holder {
    pub(crate) pid: String,
    pub(crate) since: String,
    pub(crate) who: String,
}

impl Lock {
    /// Takes the lock of the store in `dir`, or says who has it.
    pub(crate) fn take(dir: &Path, now_ms: i64, files: &Files) -> Result<Lock, OpenError> {
        let path = dir.join("lock");
        let mut file = files.open_or_create(&path).map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let Holder { pid, since, who } = holder(&mut file);
                return Err(OpenError::Held { dir: dir.display().to_string(), pid, since, who });
            }
            Err(TryLockError::Error(e)) => return Err(at(&path)(e)),
        }
        // Who holds it is for people: a disk that is full or slow must not keep them out.
        let _told = describe(&mut file, now_ms);
        Ok(Lock { file })
    }

    /// Who has the store of `dir` open now, if anybody.
    pub(crate) fn holder(dir: &Path) -> Option<Holder> {
        let mut file = File::open(dir.join("lock")).ok()?;
        match file.try_lock_shared() {
            Err(TryLockError::WouldBlock) => Some(holder(&mut file)),
            _ => None,
        }
    }
}

fn describe(file: &mut File, now_ms: i64) -> std::io::Result<()> {
    let who = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    let who = who.unwrap_or_else(|_| format!("uid {}", rustix::process::getuid().as_raw()));
    let text = format!("pid {}\nsince {now_ms}\nwho {who}\n", std::process::id());
    // In one write, and cut only where something longer stood before.
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    match file.metadata()?.len() > text.len() as u64 {
        true => file.set_len(text.len() as u64),
        false => Ok(()),
    }
}

fn holder(file: &mut File) -> Holder {
    let mut text = String::new();
    let _read = file.rewind().and_then(|()| file.read_to_string(&mut text));
    let field = |name: &str| {
        text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap_or(word("log.unknown"))
    };
    Holder {
        pid: field("pid ").to_owned(),
        since: field("since ").parse().map_or_else(|_| t!("log.unknown_time").into_owned(), local_time),
        who: field("who ").to_owned(),
    }
}
