//! The room for the rows of long sheets, which wait in a file without a name until the spreadsheet is packed. The library
//! that writes them ends the whole program where that file can't grow, so it is asked for before.
use std::{env, io, path::PathBuf};

use rust_xlsxwriter::XlsxError;

/// So many bytes are free at least: more than what is written from one look to the next.
const LEAST: u64 = 16 * 1024 * 1024;
/// So many rows are written from one look to the next.
const ROWS: u32 = 500;

/// The folder of temporary files.
#[derive(Debug)]
pub(super) struct Room {
    dir: PathBuf,
    rows: u32,
    /// How many bytes are to be free.
    pub(super) least: u64,
}

impl Room {
    /// The room in the folder that the system names.
    pub(super) fn new() -> Room {
        Room { dir: env::temp_dir(), rows: 0, least: LEAST }
    }

    /// Looks whether there is room for more, before the first row and again after some hundred.
    ///
    /// # Errors
    /// Where there is too little, with the folder.
    pub(super) fn row(&mut self) -> Result<(), XlsxError> {
        self.rows += 1;
        if self.rows % ROWS == 1 { self.look() } else { Ok(()) }
    }

    fn look(&self) -> Result<(), XlsxError> {
        // Where nobody can say how much is free, writing will show it.
        let free = rustix::fs::statvfs(&self.dir).map_or(u64::MAX, |disk| disk.f_bavail * disk.f_frsize);
        match free < self.least {
            true => Err(XlsxError::TempFileError(self.dir.clone(), io::ErrorKind::StorageFull.into())),
            false => Ok(()),
        }
    }
}
