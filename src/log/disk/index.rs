//! The index in sled: it may lag behind the journal and can always be made anew from it.
use std::{
    collections::HashMap,
    fs::File,
    io,
    path::{Path, PathBuf},
};

use super::{
    frame::Frame,
    postings::{
        APPLIED, PACK, applied, applied_value, has_other_lists, head_key, head_value, name_key, part_key, place,
        place_key, positions, prefixes, push_place, relayed_key,
    },
    segment::Location,
    walk::Mark,
};
use crate::words::{fault, t};
use crate::{
    grid::fact::{FactId, Head},
    log::{Position, places::Places},
};

/// Why the index can't be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IndexFault {
    #[error("{0}")]
    Sled(#[from] sled::Error),
    #[error("{}", fault::of(.0))]
    Io(#[from] io::Error),
    #[error("{}", t!("log.index.panic"))]
    Panic,
    #[error("{}", t!("log.index.slow"))]
    Slow,
    #[error("{}", t!("log.index.mismatch"))]
    Mismatch,
    /// Another build wrote it; nothing is wrong with it.
    #[error("{}", t!("log.index.mismatch"))]
    OtherLists,
    #[error("{}", t!("log.index.ahead"))]
    Ahead(Position),
}

/// The open index.
#[derive(Clone)]
pub(crate) struct Index {
    db: sled::Db,
    path: PathBuf,
    store: [u8; 16],
    mark: Mark,
}

/// The folder of the index.
pub(crate) fn folder(store: &Path) -> PathBuf {
    store.join("index")
}

impl Index {
    /// Opens the index of the store `store` in `path`, or makes an empty one. May panic or hang: see `index_open`.
    pub(crate) fn open(path: &Path, store: [u8; 16]) -> Result<Index, IndexFault> {
        let config = sled::Config::new().path(path).flush_every_ms(None).cache_capacity(8 * 1024 * 1024);
        #[expect(clippy::disallowed_methods, reason = "the one place that opens sled")]
        let db = config.open()?;
        let mark = match db.get(APPLIED)? {
            None if db.is_empty() => Mark::beginning(store),
            None => return Err(IndexFault::Mismatch),
            Some(value) if has_other_lists(&value) => return Err(IndexFault::OtherLists),
            Some(value) => match applied(&value) {
                Some((mark, whose)) if whose == store => mark,
                _ => return Err(IndexFault::Mismatch),
            },
        };
        Ok(Index { db, path: path.to_owned(), store, mark })
    }

    /// The last frame that is in the index.
    pub(crate) fn mark(&self) -> Mark {
        self.mark
    }

    /// Takes in the frames after [`Index::mark`]; `mark` is the last of them. All or nothing, also in a crash.
    pub(crate) fn apply(&mut self, frames: &[(Frame, Location)], mark: Mark) -> Result<(), IndexFault> {
        let mut work =
            Work { db: &self.db, packs: HashMap::new(), lists: HashMap::new(), batch: sled::Batch::default() };
        let mut heads = HashMap::new();
        for (frame, at) in frames {
            let id = frame.envelope.id();
            push_place(work.pack(&place_key(frame.position))?, *at);
            match frame.relayed {
                true => work.batch.insert(relayed_key(id).as_slice(), &frame.position.0.to_le_bytes()),
                false => work.pack(&name_key(id.writer, id.seq))?.extend_from_slice(&frame.position.0.to_le_bytes()),
            }
            for prefix in prefixes(&Places::of(&frame.envelope)) {
                work.list(prefix, frame.position.0)?;
            }
            if !frame.relayed {
                heads.insert(id.writer, &frame.envelope);
            }
        }
        let mut batch = work.finish();
        for (writer, envelope) in heads {
            let head = Head { seq: envelope.id().seq, hash: envelope.hash() };
            batch.insert(head_key(writer).as_slice(), head_value(head).as_slice());
        }
        batch.insert(APPLIED, applied_value(&mark, self.store));
        self.db.apply_batch(batch)?;
        self.mark = mark;
        Ok(())
    }

    /// Makes what is in the index durable. Blocks, and hangs if one of sled's threads has died.
    pub(crate) fn flush(&self) -> Result<(), IndexFault> {
        self.db.flush()?;
        // sled's own flush is sync_file_range: safe against a kill, not against a power cut.
        File::open(self.path.join("db"))?.sync_data()?;
        Ok(super::index_open::make_private(&self.path)?)
    }

    /// Where frames start.
    pub(crate) fn locations(&self) -> Locations<'_> {
        Locations { db: &self.db, pack: None }
    }

    /// The position of a fact.
    pub(crate) fn find(&self, id: FactId) -> Result<Option<Position>, IndexFault> {
        if id.seq == 0 {
            return Ok(None);
        }
        let value = self.db.get(name_key(id.writer, id.seq))?;
        let packed = value.map(|value| positions(&value)).unwrap_or_default();
        if let Some(position) = packed.get(((id.seq - 1) % PACK) as usize) {
            return Ok(Some(Position(*position)));
        }
        let relayed = self.db.get(relayed_key(id))?;
        Ok(relayed.and_then(|value| positions(&value).first().copied()).map(Position))
    }

    /// The head of a writer as the index knows it, as bytes.
    pub(crate) fn head(&self, writer: crate::grid::fact::WriterId) -> Result<Option<sled::IVec>, IndexFault> {
        Ok(self.db.get(head_key(writer))?)
    }

    /// The positions of a list after `after`, ascending; the part that holds the first one comes whole.
    pub(crate) fn after(&self, prefix: &[u8], after: u64) -> impl Iterator<Item = Result<u64, IndexFault>> + use<> {
        let begin = part_key(prefix, 0);
        let end = part_key(prefix, u64::MAX);
        let from = self.db.range(begin.as_slice()..=part_key(prefix, after).as_slice()).next_back();
        let from = match from {
            Some(Ok((key, _))) => key.to_vec(),
            _ => begin,
        };
        unpack(self.db.range(from..=end), false).filter(move |p| !matches!(p, Ok(p) if *p <= after))
    }

    /// The positions of a list before `before`, descending.
    pub(crate) fn before(&self, prefix: &[u8], before: u64) -> impl Iterator<Item = Result<u64, IndexFault>> + use<> {
        let range = self.db.range(part_key(prefix, 0)..part_key(prefix, before));
        unpack(range.rev(), true).filter(move |p| !matches!(p, Ok(p) if *p >= before))
    }

    /// A sum over all that the index holds, for comparing it with the journal; see [`Digest`].
    pub(crate) fn digest(&self) -> Result<Digest, IndexFault> {
        let mut digest = Digest::default();
        for pair in self.db.iter() {
            let (key, value) = pair?;
            let Some((tail, prefix)) = key.split_last_chunk::<8>().map(|(prefix, tail)| (tail, prefix)) else {
                continue;
            };
            let first = u64::from_be_bytes(*tail).wrapping_mul(PACK) + 1;
            match key[0] {
                b'p' => value.as_chunks::<12>().0.iter().zip(first..).for_each(|(at, n)| digest.add(b"p", n, at)),
                b'i' => value.as_chunks::<8>().0.iter().zip(first..).for_each(|(at, n)| digest.add(prefix, n, at)),
                b'r' => digest.add(prefix, first / PACK, &value),
                b'n' | b's' | b'm' | b'f' | b'x' => {
                    positions(&value).into_iter().for_each(|n| digest.add(prefix, n, &[]))
                }
                _ => {}
            }
        }
        Ok(digest)
    }
}

/// Where frames start: looked up once for those whose places are packed together.
pub(crate) struct Locations<'a> {
    db: &'a sled::Db,
    pack: Option<([u8; 9], sled::IVec)>,
}

impl Locations<'_> {
    /// The place of a position.
    pub(crate) fn of(&mut self, position: Position) -> Result<Option<Location>, IndexFault> {
        let key = place_key(position);
        if self.pack.as_ref().is_none_or(|(known, _)| *known != key) {
            self.pack = self.db.get(key)?.map(|value| (key, value));
        }
        Ok(self.pack.as_ref().and_then(|(_, value)| place(value, position)))
    }
}

/// An order-free sum of what an index holds; two that differ in one entry differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Digest(u64);

impl Digest {
    fn add(&mut self, prefix: &[u8], number: u64, value: &[u8]) {
        let hash = super::frame::hash(&[prefix, &number.to_le_bytes(), value].concat());
        self.0 = self.0.wrapping_add(u64::from_le_bytes(super::frame::array(&hash.0, 0)));
    }

    /// Adds what the index should hold for one frame.
    pub(crate) fn add_frame(&mut self, frame: &Frame, at: Location) {
        let id = frame.envelope.id();
        let mut place = Vec::with_capacity(12);
        push_place(&mut place, at);
        self.add(b"p", frame.position.0, &place);
        match frame.relayed {
            true => self.add(&relayed_key(id)[..17], id.seq, &frame.position.0.to_le_bytes()),
            false => self.add(&name_key(id.writer, id.seq)[..17], id.seq, &frame.position.0.to_le_bytes()),
        }
        prefixes(&Places::of(&frame.envelope)).iter().for_each(|prefix| self.add(prefix, frame.position.0, &[]));
    }
}

fn unpack(
    parts: impl Iterator<Item = sled::Result<(sled::IVec, sled::IVec)>>,
    backwards: bool,
) -> impl Iterator<Item = Result<u64, IndexFault>> {
    parts.flat_map(move |part| match part {
        Ok((_, value)) => {
            let mut packed: Vec<_> = positions(&value).into_iter().map(Ok).collect();
            if backwards {
                packed.reverse();
            }
            packed
        }
        Err(error) => vec![Err(error.into())],
    })
}

/// What one batch changes, read from the index as far as it goes on with what is there.
struct Work<'a> {
    db: &'a sled::Db,
    packs: HashMap<Vec<u8>, Vec<u8>>,
    /// The open part of each list: its first position and its values.
    lists: HashMap<Vec<u8>, (u64, Vec<u8>)>,
    batch: sled::Batch,
}

impl Work<'_> {
    fn pack(&mut self, key: &[u8]) -> Result<&mut Vec<u8>, IndexFault> {
        if !self.packs.contains_key(key) {
            let value = self.db.get(key)?.map(|value| value.to_vec()).unwrap_or_default();
            self.packs.insert(key.to_vec(), value);
        }
        Ok(self.packs.entry(key.to_vec()).or_default())
    }

    fn list(&mut self, prefix: Vec<u8>, position: u64) -> Result<(), IndexFault> {
        if !self.lists.contains_key(&prefix) {
            let last = self.db.range(part_key(&prefix, 0)..=part_key(&prefix, u64::MAX)).next_back().transpose()?;
            let part = match last {
                Some((key, value)) => (u64::from_be_bytes(super::frame::array(&key, key.len() - 8)), value.to_vec()),
                None => (position, Vec::new()),
            };
            self.lists.insert(prefix.clone(), part);
        }
        let (first, values) = self.lists.entry(prefix.clone()).or_insert((position, Vec::new()));
        if values.len() as u64 >= PACK * 8 {
            self.batch.insert(part_key(&prefix, *first), std::mem::take(values));
            *first = position;
        }
        values.extend_from_slice(&position.to_le_bytes());
        Ok(())
    }

    fn finish(mut self) -> sled::Batch {
        for (prefix, (first, values)) in self.lists {
            self.batch.insert(part_key(&prefix, first), values);
        }
        for (key, value) in self.packs {
            self.batch.insert(key, value);
        }
        self.batch
    }
}
