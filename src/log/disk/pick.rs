//! Fetching frames of the journal from places that are known, one after the other.
use std::path::Path;

use super::{
    error::{Amiss, Damage, while_using},
    frame::{Frame, FrameFault},
    scan::{Scan, Step},
    segment::{self, Location},
};
use crate::log::{LogError, Position};

/// A reader that keeps its file open from one frame to the next.
pub(crate) struct Pick<'a> {
    folder: &'a Path,
    open: Option<(u32, Scan)>,
}

impl<'a> Pick<'a> {
    /// Of the journal in this folder.
    pub(crate) fn new(folder: &'a Path) -> Pick<'a> {
        Pick { folder, open: None }
    }

    /// The frame at a place.
    pub(crate) fn frame(&mut self, at: Location) -> Result<Frame, LogError> {
        // The path is put together where a file is opened, not for every frame.
        let path = || segment::path(self.folder, at.segment);
        let scan = match &mut self.open {
            Some((segment, scan)) if *segment == at.segment => scan,
            open => {
                let scan = Scan::open(&path(), 0).map_err(|e| while_using(&path())(e))?;
                &mut open.insert((at.segment, scan)).1
            }
        };
        scan.seek(at.offset);
        let why = match scan.step().map_err(|e| while_using(&path())(e))? {
            Step::Frame(frame, _) => return Ok(*frame),
            Step::Bad(_, fault) => Amiss::Frame(fault),
            Step::End => Amiss::Frame(FrameFault::Short),
        };
        let damage = Damage { segment: at.segment, offset: at.offset, position: Position(0), why };
        Err(LogError::Unreadable(Box::new(damage)))
    }
}
