//! Reading a stretch of the journal in order, across segments.
use std::path::{Path, PathBuf};

use super::{
    error::{Amiss, Damage, while_using},
    frame::Frame,
    scan::{Scan, Step},
    segment::{self, HEADER, Location},
    walk::Mark,
};
use crate::log::{Entry, LogError, Position};

/// A reader of frames that have been checked before: from a place up to a position.
pub(crate) struct Reader {
    folder: PathBuf,
    segment: u32,
    scan: Option<Scan>,
    next: Location,
    done: Position,
    upto: Position,
}

impl Reader {
    /// Reads from `from`, which is where the frame after `done` starts, up to and with the position `upto`.
    pub(crate) fn new(folder: &Path, from: Location, done: Position, upto: Position) -> Reader {
        Reader { folder: folder.to_owned(), segment: from.segment, scan: None, next: from, done, upto }
    }

    /// Where the next frame starts, unless it is the first one of the next segment.
    pub(crate) fn next_location(&self) -> Location {
        self.next
    }

    /// The next frame and where it starts.
    pub(crate) fn next_frame(&mut self) -> Result<Option<(Frame, Location)>, LogError> {
        while self.done < self.upto {
            // The path is put together where a file is opened, not for every frame.
            let path = || segment::path(&self.folder, self.segment);
            if self.scan.is_none() {
                self.scan = Some(Scan::open(&path(), self.next.offset).map_err(|e| while_using(&path())(e))?);
            }
            let Some(scan) = self.scan.as_mut() else { break };
            let (offset, why) = match scan.step().map_err(|e| while_using(&path())(e))? {
                Step::Frame(frame, range) if frame.position.0 == self.done.0 + 1 => {
                    self.done = frame.position;
                    self.next.offset = range.end;
                    return Ok(Some((*frame, Location { segment: self.segment, offset: range.start })));
                }
                Step::End => {
                    self.segment += 1;
                    self.next = Location { segment: self.segment, offset: HEADER as u64 };
                    self.scan = None;
                    continue;
                }
                Step::Frame(_, range) => (range.start, Amiss::Order),
                Step::Bad(offset, fault) => (offset, Amiss::Frame(fault)),
            };
            let damage = Damage { segment: self.segment, offset, position: Position(self.done.0 + 1), why };
            return Err(LogError::Unreadable(Box::new(damage)));
        }
        Ok(None)
    }

    /// The place of the frame that was returned last, as something to go on from.
    pub(crate) fn mark(&self, start: Location) -> Option<Mark> {
        let end = self.next;
        let hash = self.scan.as_ref()?.hash(&(start.offset..end.offset));
        Some(Mark { position: self.done, hash, start, end })
    }
}

/// The entries of the journal behind a snapshot, oldest first, read as they are asked for.
pub struct Tail {
    reader: Reader,
    left: u64,
}

impl Tail {
    pub(crate) fn new(folder: &Path, from: &Mark, upto: Position) -> Tail {
        let left = upto.0.saturating_sub(from.position.0);
        Tail { reader: Reader::new(folder, from.end, from.position, upto), left }
    }
}

impl Iterator for Tail {
    type Item = Result<Entry, LogError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.reader.next_frame().transpose()?;
        self.left = if next.is_ok() { self.left.saturating_sub(1) } else { 0 };
        if next.is_err() {
            self.reader.upto = Position(0);
        }
        Some(next.map(|(frame, _)| frame.into_entry()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::try_from(self.left).unwrap_or(usize::MAX);
        (0, Some(left))
    }
}
