//! Reading the frames of one segment in order, and finding frames behind a broken one.
use std::{fs::File, io, path::Path};

use super::{
    files::read_at,
    frame::{self, Frame, FrameFault, HEAD},
};
use crate::grid::fact::Hash;

const WINDOW: usize = 64 * 1024;
/// So near to the last frame is the next one where more of the same window will be wanted.
const NEAR: u64 = 4 * 1024;
/// Most frames are no longer.
const ONE: usize = 1024;

/// One step of a scan.
pub(crate) enum Step {
    /// A frame, and where it starts and ends.
    Frame(Box<Frame>, std::ops::Range<u64>),
    /// The file ends after a whole frame.
    End,
    /// Bytes at this offset that are no frame.
    Bad(u64, FrameFault),
}

/// A forward reader over one segment.
pub(crate) struct Scan {
    file: File,
    offset: u64,
    /// The end of the file when it was opened: what is being written at its end meanwhile is not looked at.
    limit: u64,
    /// Bytes of the file from `start` on.
    window: Vec<u8>,
    start: u64,
    /// So many are read at a time.
    ahead: usize,
}

impl Scan {
    pub(crate) fn open(path: &Path, offset: u64) -> io::Result<Scan> {
        let file = File::open(path)?;
        let limit = file.metadata()?.len();
        Ok(Scan { file, offset, limit, window: Vec::new(), start: offset, ahead: WINDOW })
    }

    /// Stands on another frame. What is far from the last one is read by itself.
    pub(crate) fn seek(&mut self, offset: u64) {
        let is_near = (self.offset..self.offset + NEAR).contains(&offset);
        self.ahead = if is_near { WINDOW } else { ONE };
        if offset < self.start {
            (self.window, self.start) = (Vec::new(), offset);
        }
        self.offset = offset;
    }

    /// Where the next frame starts.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    pub(crate) fn step(&mut self) -> io::Result<Step> {
        let at = self.offset;
        if self.fill(HEAD)?.is_empty() {
            return Ok(Step::End);
        }
        let size = match frame::size(self.rest()) {
            Ok(size) => size,
            Err(fault) => return Ok(Step::Bad(at, fault)),
        };
        match Frame::decode(self.fill(size)?) {
            Ok((frame, size)) => {
                self.offset += size as u64;
                Ok(Step::Frame(Box::new(frame), at..at + size as u64))
            }
            Err(fault) => Ok(Step::Bad(at, fault)),
        }
    }

    /// The hash of the frame that the last step returned.
    pub(crate) fn hash(&self, range: &std::ops::Range<u64>) -> Hash {
        let from = usize::try_from(range.start - self.start).unwrap_or(0);
        let to = usize::try_from(range.end - self.start).unwrap_or(0);
        frame::hash(&self.window[from..to])
    }

    /// Goes over frames without decoding them until `n` are behind; false if the file ends or breaks before.
    pub(crate) fn skip(&mut self, n: u64) -> io::Result<bool> {
        for _ in 0..n {
            self.fill(HEAD)?;
            let Ok(size) = frame::size(self.rest()) else { return Ok(false) };
            self.offset += size as u64;
        }
        Ok(true)
    }

    /// Looks for the next whole frame at any byte after the current offset and stands on it.
    pub(crate) fn resync(&mut self) -> io::Result<bool> {
        loop {
            self.offset += 1;
            if self.fill(HEAD)?.len() < HEAD {
                return Ok(false);
            }
            if let Ok(size) = frame::size(self.rest())
                && Frame::decode(self.fill(size)?).is_ok()
            {
                return Ok(true);
            }
        }
    }

    fn rest(&self) -> &[u8] {
        let from = usize::try_from(self.offset - self.start).unwrap_or(usize::MAX);
        self.window.get(from..).unwrap_or_default()
    }

    /// The bytes from the offset on: at least `n` unless the file ends before.
    fn fill(&mut self, n: usize) -> io::Result<&[u8]> {
        if self.rest().len() < n {
            let left = usize::try_from(self.limit.saturating_sub(self.offset)).unwrap_or(usize::MAX);
            self.window.resize(self.ahead.max(n).min(left), 0);
            self.start = self.offset;
            let filled = read_at(&self.file, &mut self.window, self.offset)?;
            self.window.truncate(filled);
        }
        Ok(self.rest())
    }
}
