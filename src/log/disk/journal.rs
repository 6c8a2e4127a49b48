//! The journal: append-only segments, durable before anybody is told.
use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
};

use super::{
    error::{OpenError, while_using},
    files::Files,
    frame::Frame,
    reader::Reader,
    scan::Scan,
    segment::{self, HEADER, Header, Location},
    walk::{Mark, header},
};
use crate::{
    grid::fact::Envelope,
    log::{LogError, Position},
};

/// Envelopes that are written all or none, each with the time at which it was taken in.
pub(crate) struct Batch {
    pub(crate) envelopes: Vec<(Envelope, i64)>,
    /// Whether they come from another store, see [`Frame::relayed`].
    pub(crate) relayed: bool,
}

impl Batch {
    /// The next envelopes of one writer's chain, taken in now.
    pub(crate) fn chained(envelopes: Vec<Envelope>, received_ms: i64) -> Batch {
        Batch { envelopes: envelopes.into_iter().map(|envelope| (envelope, received_ms)).collect(), relayed: false }
    }
}

/// Why a write did not happen.
pub(crate) enum WriteFault {
    /// Nothing of it is in the journal, which can be written to again.
    Nothing(PathBuf, io::Error),
    /// It is not known what is in the file: only opening the store again tells.
    Unknown(PathBuf, io::Error),
}

/// The journal of an open store, owned by one thread.
pub(crate) struct Journal {
    files: Files,
    folder: PathBuf,
    store: [u8; 16],
    segment_bytes: u64,
    file: File,
    path: PathBuf,
    /// Where the next frame goes.
    end: Location,
    mark: Mark,
    /// Where a sequential read left off: the next position, and where its frame starts.
    cursor: std::cell::Cell<(Position, Location)>,
}

impl Journal {
    /// Goes on writing after `mark`, into the segment `last`.
    pub(crate) fn resume(
        files: Files,
        folder: PathBuf,
        (store, segment_bytes): ([u8; 16], u64),
        mark: Mark,
        last: u32,
    ) -> io::Result<Journal> {
        let path = segment::path(&folder, last);
        let file = files.open_to_write(&path)?;
        let end = match mark.end.segment == last {
            true => mark.end,
            false => Location { segment: last, offset: HEADER as u64 },
        };
        let cursor = std::cell::Cell::new((Position(mark.position.0 + 1), end));
        Ok(Journal { files, folder, store, segment_bytes, file, path, end, mark, cursor })
    }

    pub(crate) fn mark(&self) -> Mark {
        self.mark
    }

    pub(crate) fn store(&self) -> [u8; 16] {
        self.store
    }

    /// Makes what is in the file durable.
    pub(crate) fn sync(&self) -> io::Result<()> {
        self.files.sync(&self.file, &self.path)
    }

    /// Writes batches and makes them durable with one fdatasync. They get the positions after [`Journal::mark`].
    pub(crate) fn append(&mut self, batches: &[Batch]) -> Result<(), WriteFault> {
        let (bytes, mut mark) = self.encode(batches);
        if self.end.offset + bytes.len() as u64 > self.segment_bytes && self.end.offset > HEADER as u64 {
            self.roll()?;
        }
        if let Err(error) = self.files.write(&self.file, &self.path, self.end.offset, &bytes) {
            return Err(self.take_back(error));
        }
        if let Err(error) = self.sync() {
            // What a failed sync left on the disk is unknown; taking it back is worth trying, trusting it is not.
            let (WriteFault::Nothing(path, error) | WriteFault::Unknown(path, error)) = self.take_back(error);
            return Err(WriteFault::Unknown(path, error));
        }
        let at = |offset: u64| Location { segment: self.end.segment, offset: self.end.offset + offset };
        (mark.start, mark.end) = (at(mark.start.offset), at(mark.end.offset));
        self.mark = mark;
        self.end = mark.end;
        Ok(())
    }

    /// The bytes of the batches, and the mark of the last frame with places relative to the first.
    fn encode(&self, batches: &[Batch]) -> (Vec<u8>, Mark) {
        let mut bytes = Vec::with_capacity(512);
        let mut mark = self.mark;
        for batch in batches {
            for (i, (envelope, received_ms)) in batch.envelopes.iter().enumerate() {
                let frame = Frame {
                    position: Position(mark.position.0 + 1),
                    synced: self.mark.position,
                    received_ms: *received_ms,
                    goes_on: i + 1 < batch.envelopes.len(),
                    relayed: batch.relayed,
                    previous: mark.hash,
                    envelope: envelope.clone(),
                };
                let start = Location { segment: 0, offset: bytes.len() as u64 };
                let hash = frame.encode(&mut bytes);
                let end = Location { segment: 0, offset: bytes.len() as u64 };
                mark = Mark { position: frame.position, hash, start, end };
            }
        }
        (bytes, mark)
    }

    fn roll(&mut self) -> Result<(), WriteFault> {
        let number = self.end.segment + 1;
        match begin_segment(&self.files, &self.folder, self.store, number, &self.mark) {
            Ok(file) => {
                self.path = segment::path(&self.folder, number);
                self.file = file;
                self.end = Location { segment: number, offset: HEADER as u64 };
                Ok(())
            }
            Err(error) => {
                let path = segment::path(&self.folder, number);
                match path.exists() {
                    // The rename went through and the folder's sync did not.
                    true => Err(WriteFault::Unknown(path, error)),
                    false => Err(WriteFault::Nothing(path, error)),
                }
            }
        }
    }

    /// Cuts the file back to the last good frame after a failed write.
    fn take_back(&self, error: io::Error) -> WriteFault {
        let cut = self.files.truncate(&self.file, &self.path, self.end.offset).and_then(|()| self.sync());
        match cut {
            Ok(()) => WriteFault::Nothing(self.path.clone(), error),
            Err(_) => WriteFault::Unknown(self.path.clone(), error),
        }
    }

    /// A reader of the frames after `after`; it remembers nothing, see [`Journal::leave_off`].
    pub(crate) fn read_after(&self, after: Position) -> Result<Reader, LogError> {
        let upto = self.mark.position;
        let from = if after >= upto { self.end } else { self.locate(Position(after.0 + 1))? };
        Ok(Reader::new(&self.folder, from, after, upto))
    }

    /// Remembers where a reader stopped, so that the next page starts there at once.
    pub(crate) fn leave_off(&self, after: Position, next: Location) {
        self.cursor.set((Position(after.0 + 1), next));
    }

    /// Where the frame of a position starts: from the nearest known place on, going over lengths only.
    pub(crate) fn locate(&self, position: Position) -> Result<Location, LogError> {
        let (known, place) = self.cursor.get();
        if known == position {
            return Ok(place);
        }
        let gone = |e: OpenError| LogError::File(Box::new(e));
        let mut number = self.end.segment;
        let mut first = header(&self.folder, number, Some(self.store)).map_err(gone)?.first;
        while first > position && number > 1 {
            number -= 1;
            first = header(&self.folder, number, Some(self.store)).map_err(gone)?.first;
        }
        let (first, from) = match place.segment == number && known < position && known > first {
            true => (known, place.offset),
            false => (first, HEADER as u64),
        };
        let path = segment::path(&self.folder, number);
        let mut scan = Scan::open(&path, from).map_err(while_using(&path))?;
        scan.skip(position.0.saturating_sub(first.0)).map_err(while_using(&path))?;
        Ok(Location { segment: number, offset: scan.offset() })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Puts an empty segment in place that goes on after `mark`.
pub(crate) fn begin_segment(
    files: &Files,
    folder: &Path,
    store: [u8; 16],
    number: u32,
    mark: &Mark,
) -> io::Result<File> {
    let header = Header { store, number, first: Position(mark.position.0 + 1), previous: mark.hash };
    files.replace(&segment::path(folder, number), &[&header.encode()])
}
