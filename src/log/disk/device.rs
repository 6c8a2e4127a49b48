//! The device's own name in a store: 16 random bytes in a small private file.
use std::{fs, io, path::Path};

use super::files::Files;
use crate::grid::fact::WriterId;

/// Reads the name of this device; none if it is missing or not readable as one.
pub(crate) fn read(dir: &Path) -> Option<WriterId> {
    WriterId::parse(fs::read_to_string(dir.join("device")).ok()?.trim())
}

/// Gives the device a new random name.
pub(crate) fn make(dir: &Path, files: &Files) -> io::Result<WriterId> {
    let writer = WriterId(random());
    files.replace(&dir.join("device"), &[format!("{writer}\n").as_bytes()])?;
    Ok(writer)
}

/// 16 random bytes.
pub(crate) fn random() -> [u8; 16] {
    *uuid::Uuid::new_v4().as_bytes()
}
