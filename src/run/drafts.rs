//! What was typed, in the store's folder: the forms that are not recorded yet, and what fields held before.
use std::{
    fs, io,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use serde::{Serialize, de::DeserializeOwned};

use crate::app::{Draft, Memory, put_draft};

/// The kept drafts of a store.
pub(super) struct Drafts {
    path: PathBuf,
    drafts: Vec<Draft>,
    /// Whether they are to be written.
    is_due: bool,
}

impl Drafts {
    /// Reads what was kept when the desk was used last; what can't be read is no draft.
    pub(super) fn open(dir: &Path) -> Drafts {
        let path = dir.join("drafts.json");
        let drafts = read(&path).unwrap_or_default();
        Drafts { path, drafts, is_due: false }
    }

    /// The drafts, the oldest first.
    pub(super) fn all(&self) -> &[Draft] {
        &self.drafts
    }

    /// Notes a draft; it goes to disk with [`Drafts::flush`], at a pause in typing.
    pub(super) fn keep(&mut self, draft: Draft) {
        put_draft(&mut self.drafts, draft);
        self.is_due = true;
    }

    /// Writes what waits. A full disk must not stop the desk: the drafts then stay in memory and are tried again.
    pub(super) fn flush(&mut self) {
        if !self.is_due {
            return;
        }
        let written = match self.drafts.is_empty() {
            // It may not be there.
            true => fs::remove_file(&self.path).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            }),
            false => write(&self.path, &self.drafts),
        };
        self.is_due = written.is_err();
    }

    /// Forgets a draft, at once: what is recorded must not be offered again.
    pub(super) fn drop(&mut self, number: u32) {
        let before = self.drafts.len();
        self.drafts.retain(|draft| draft.number != number);
        if self.drafts.len() < before || self.is_due {
            self.is_due = true;
            self.flush();
        }
    }
}

/// What was typed into fields of this store before.
pub(super) struct Typed {
    path: PathBuf,
}

impl Typed {
    pub(super) fn of(dir: &Path) -> Typed {
        Typed { path: dir.join("typed.json") }
    }

    /// Reads it; where there is none, or it can't be read, nothing was typed before.
    pub(super) fn memory(&self) -> Memory {
        read(&self.path).unwrap_or_default()
    }

    /// Writes it; where that fails, a few keys more are pressed next time.
    pub(super) fn keep(&self, memory: &Memory) {
        let _ = write(&self.path, memory);
    }
}

fn read<T: DeserializeOwned>(path: &Path) -> Option<T> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}

/// Writes a file that is there as a whole or not at all, for its owner only.
fn write(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_vec(value)?;
    let fresh = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
    file.write_all(&json)?;
    fs::rename(&fresh, path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn draft(number: u32, topic: &str) -> Draft {
        let values = [("topic".to_owned(), topic.to_owned())].into();
        Draft { number, form: "training".to_owned(), values, ..Draft::default() }
    }

    #[test]
    fn drafts_are_there_again_until_they_are_dropped() {
        let dir = tempfile::tempdir().unwrap();
        let mut drafts = Drafts::open(dir.path());
        drafts.keep(draft(1, "一"));
        drafts.keep(draft(2, "二"));
        drafts.keep(draft(1, "一课"));
        assert!(Drafts::open(dir.path()).all().is_empty(), "nothing before the pause");
        drafts.flush();
        assert_eq!(Drafts::open(dir.path()).all(), [draft(1, "一课"), draft(2, "二")]);
        drafts.drop(1);
        assert_eq!(Drafts::open(dir.path()).all(), [draft(2, "二")]);
        let mode = fs::metadata(dir.path().join("drafts.json")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        drafts.drop(2);
        assert!(!dir.path().join("drafts.json").exists());
    }

    #[test]
    fn a_damaged_file_is_no_draft_and_a_full_disk_is_tried_again() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("drafts.json"), b"[{\"number\":").unwrap();
        let mut drafts = Drafts::open(dir.path());
        assert!(drafts.all().is_empty());
        // A folder in the way of the file stands for a disk that takes nothing.
        fs::create_dir(dir.path().join("drafts.new")).unwrap();
        drafts.keep(draft(1, "一"));
        drafts.flush();
        fs::remove_dir(dir.path().join("drafts.new")).unwrap();
        drafts.flush();
        assert_eq!(Drafts::open(dir.path()).all(), [draft(1, "一")]);
    }

    #[test]
    fn what_was_typed_is_read_back_and_what_is_damaged_was_never_typed() {
        let dir = tempfile::tempdir().unwrap();
        let typed = Typed::of(dir.path());
        let mut memory = Memory::default();
        memory.note("training.topic", "报表填报要点");
        typed.keep(&memory);
        assert_eq!(typed.memory(), memory);
        fs::write(dir.path().join("typed.json"), b"null and void").unwrap();
        assert_eq!(typed.memory(), Memory::default());
    }
}
