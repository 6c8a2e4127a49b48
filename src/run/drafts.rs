//! What was typed and not yet recorded, kept in the store's folder until it is recorded or given up.
use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use crate::app::Draft;

/// The kept draft of a store.
pub(super) struct Drafts {
    path: PathBuf,
    /// What is to be kept and is not on disk yet.
    pending: Option<Draft>,
}

impl Drafts {
    pub(super) fn new(dir: &Path) -> Drafts {
        Drafts { path: dir.join("draft.json"), pending: None }
    }

    /// What was kept when the desk last ended without saving it.
    pub(super) fn kept(&self) -> Option<Draft> {
        serde_json::from_str(&fs::read_to_string(&self.path).ok()?).ok()
    }

    /// Notes a draft; it goes to disk with [`Drafts::flush`], at a pause in typing.
    pub(super) fn keep(&mut self, draft: Draft) {
        self.pending = Some(draft);
    }

    /// Writes what waits. A full disk must not stop the desk: the draft then stays in memory.
    pub(super) fn flush(&mut self) {
        let Some(draft) = self.pending.take() else { return };
        let written = serde_json::to_vec(&draft).map_err(std::io::Error::other).and_then(|json| {
            let fresh = self.path.with_extension("new");
            let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            file.write_all(&json)?;
            fs::rename(&fresh, &self.path)
        });
        if written.is_err() {
            self.pending = Some(draft);
        }
    }

    /// Forgets the draft.
    pub(super) fn drop(&mut self) {
        self.pending = None;
        // It may not be there.
        let _ = fs::remove_file(&self.path);
    }
}
