//! Walking the journal from a known place to its end, checking every frame on the way.
use std::{collections::BTreeMap, io, path::Path};

use super::{
    error::{Amiss, Damage, OpenError, at},
    files::read_at,
    frame::Frame,
    scan::{Scan, Step},
    segment::{self, HEADER, Header, HeaderFault, Location, genesis},
};
use crate::{
    grid::fact::{Envelope, Hash, Head, WriterId},
    log::Position,
};

/// Where every writer's chain stands.
pub(crate) type Heads = BTreeMap<WriterId, Head>;

/// A frame of the journal, as a place to go on from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) position: Position,
    pub(crate) hash: Hash,
    /// Where the frame starts.
    pub(crate) start: Location,
    /// Where it ends.
    pub(crate) end: Location,
}

impl Mark {
    /// The place before the first frame.
    pub(crate) fn beginning(store: [u8; 16]) -> Mark {
        let start = Location { segment: 1, offset: HEADER as u64 };
        Mark { position: Position(0), hash: genesis(store), start, end: start }
    }
}

/// An end that was never acknowledged: a record or a batch that is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Torn {
    pub(crate) at: Location,
    pub(crate) records: u64,
}

/// What a walk found.
pub(crate) struct Walked {
    pub(crate) mark: Mark,
    pub(crate) heads: Heads,
    pub(crate) torn: Option<Torn>,
}

/// Reads the header of a segment and checks that it belongs to this journal.
pub(crate) fn header(folder: &Path, number: u32, store: Option<[u8; 16]>) -> Result<Header, OpenError> {
    let path = segment::path(folder, number);
    let file = std::fs::File::open(&path).map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => OpenError::SegmentMissing { segment: number },
        _ => at(&path)(e),
    })?;
    let mut bytes = [0; HEADER];
    let filled = read_at(&file, &mut bytes, 0).map_err(at(&path))?;
    let name = path.display().to_string();
    match Header::decode(&bytes[..filled]) {
        Ok(header) if header.number == number && store.is_none_or(|store| store == header.store) => Ok(header),
        Ok(_) | Err(HeaderFault::Foreign) => Err(OpenError::Foreign { path: name }),
        Err(HeaderFault::Newer(version)) => Err(OpenError::Newer { path: name, version }),
        Err(HeaderFault::Damaged) => {
            Err(OpenError::Damaged(Damage { segment: number, offset: 0, position: Position(0), why: Amiss::Header }))
        }
    }
}

/// The segments that are there; a gap is an error.
pub(crate) fn segments(folder: &Path) -> Result<u32, OpenError> {
    let numbers = segment::list(folder).map_err(at(folder))?;
    match numbers.iter().zip(1..).find(|(have, want)| *have != want) {
        Some((_, missing)) => Err(OpenError::SegmentMissing { segment: missing }),
        None if numbers.is_empty() => Err(OpenError::SegmentMissing { segment: 1 }),
        None => Ok(numbers.len() as u32),
    }
}

/// A walk under way.
struct Walk<'a> {
    mark: Mark,
    heads: Heads,
    /// The newest envelope of each chain that is kept whole here; hashed once, at the end.
    newest: BTreeMap<WriterId, Envelope>,
    /// Frames of a batch that is not whole yet.
    batch: Vec<(Frame, Mark)>,
    each: &'a mut dyn FnMut(&Frame, Mark),
}

/// Walks from `from` to the end; `last` is the number of the last segment, `each` sees every frame in order once its
/// batch is whole.
pub(crate) fn walk(
    folder: &Path,
    last: u32,
    store: [u8; 16],
    (from, heads): (Mark, Heads),
    each: &mut dyn FnMut(&Frame, Mark),
) -> Result<Walked, OpenError> {
    let mut walk = Walk { mark: from, heads, newest: BTreeMap::new(), batch: Vec::new(), each };
    let mut torn = None;
    for number in from.end.segment..=last {
        let mut offset = from.end.offset;
        if number > from.end.segment || from.position.0 == 0 {
            let header = header(folder, number, Some(store))?;
            if header.first.0 != walk.mark.position.0 + 1 || header.previous != walk.mark.hash {
                return Err(OpenError::Damaged(walk.damage(number, 0, Amiss::Gap)));
            }
            offset = HEADER as u64;
        }
        torn = walk.segment(folder, number, offset, number == last)?;
    }
    let Walk { mark, mut heads, newest, .. } = walk;
    heads.extend(newest.iter().map(|(writer, e)| (*writer, Head { seq: e.id().seq, hash: e.hash() })));
    Ok(Walked { mark, heads, torn })
}

impl Walk<'_> {
    fn expected(&self) -> Position {
        Position(self.mark.position.0 + self.batch.len() as u64 + 1)
    }

    fn damage(&self, segment: u32, offset: u64, why: Amiss) -> Damage {
        Damage { segment, offset, position: self.expected(), why }
    }

    fn segment(&mut self, folder: &Path, number: u32, offset: u64, last: bool) -> Result<Option<Torn>, OpenError> {
        let path = segment::path(folder, number);
        let mut scan = Scan::open(&path, offset).map_err(at(&path))?;
        let begun = Location { segment: number, offset };
        loop {
            let mut durable = !last;
            let (bad, why) = match scan.step().map_err(at(&path))? {
                Step::Frame(frame, range) if self.follows(&frame) => {
                    let hash = scan.hash(&range);
                    self.take(*frame, hash, number, range);
                    continue;
                }
                Step::Frame(frame, range) => {
                    durable |= frame.synced >= self.expected();
                    (range.start, Amiss::Order)
                }
                Step::Bad(offset, fault) => (offset, Amiss::Frame(fault)),
                Step::End if self.batch.is_empty() => return Ok(None),
                Step::End => (scan.offset(), Amiss::Batch),
            };
            if durable || self.acknowledged(&mut scan).map_err(at(&path))? {
                return Err(OpenError::Damaged(self.damage(number, bad, why)));
            }
            let whole = self.batch.len() as u64;
            let at = if self.mark.end.segment == number { self.mark.end } else { begun };
            let records = whole + u64::from(bad < std::fs::metadata(&path).map_or(bad, |m| m.len()));
            return Ok(Some(Torn { at, records }));
        }
    }

    fn follows(&self, frame: &Frame) -> bool {
        let hash = self.batch.last().map_or(self.mark.hash, |(_, mark)| mark.hash);
        frame.position == self.expected() && frame.previous == hash
    }

    fn take(&mut self, frame: Frame, hash: Hash, segment: u32, range: std::ops::Range<u64>) {
        let mark = Mark {
            position: frame.position,
            hash,
            start: Location { segment, offset: range.start },
            end: Location { segment, offset: range.end },
        };
        let whole = !frame.goes_on;
        self.batch.push((frame, mark));
        if !whole {
            return;
        }
        for (frame, mark) in self.batch.drain(..) {
            (self.each)(&frame, mark);
            self.mark = mark;
            if !frame.relayed {
                self.newest.insert(frame.envelope.id().writer, frame.envelope);
            }
        }
    }

    /// Whether a frame behind the broken place says that it was durable once.
    fn acknowledged(&self, scan: &mut Scan) -> io::Result<bool> {
        let broken = self.expected();
        loop {
            while let Step::Frame(frame, _) = scan.step()? {
                if frame.synced >= broken {
                    return Ok(true);
                }
            }
            if !scan.resync()? {
                return Ok(false);
            }
        }
    }
}
