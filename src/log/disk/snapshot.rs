//! Snapshots of the caller's state: what the first frame on the screen is drawn from.
//!
//! ```text
//! magic 8 | version u32 | store 16 | position u64 | hash 32 | start (u32, u64) | end (u32, u64) | writers u32
//! | writers * (id 16, seq u64, hash 32) | payload length u64 | crc u32 over all before | payload crc u32 | payload
//! ```
use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    files::Files,
    frame::array,
    segment::Location,
    walk::{Heads, Mark},
};
use crate::{
    grid::fact::{Hash, Head, WriterId},
    log::Position,
};

const MAGIC: &[u8; 8] = b"wanggeS1";
const VERSION: u32 = 1;
const FIXED: usize = 96;
const WRITER: usize = 56;
const KEPT: usize = 2;

/// A snapshot as read.
pub(crate) struct Snapshot {
    pub(crate) store: [u8; 16],
    pub(crate) mark: Mark,
    pub(crate) heads: Heads,
    /// The caller's bytes.
    pub(crate) payload: Vec<u8>,
}

/// The folder of the snapshots.
pub(crate) fn folder(store: &Path) -> PathBuf {
    store.join("snapshot")
}

/// The snapshots that are there, newest first.
pub(crate) fn list(folder: &Path) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<_> =
        files.flatten().map(|f| f.path()).filter(|p| p.extension() == Some("wgs".as_ref())).collect();
    paths.sort_unstable_by(|a, b| b.cmp(a));
    paths
}

/// The last position that a whole snapshot knows: the journal was durable up to there.
pub(crate) fn known(store: &Path) -> Position {
    let whole = list(&folder(store)).into_iter().filter_map(|path| read(&path));
    whole.map(|snapshot| snapshot.mark.position).max().unwrap_or_default()
}

/// Puts a snapshot in place and removes all but the newest two.
pub(crate) fn write(
    files: &Files,
    folder: &Path,
    store: [u8; 16],
    (mark, heads): (Mark, &Heads),
    payload: &[u8],
) -> io::Result<()> {
    let mut head = Vec::with_capacity(FIXED + heads.len() * WRITER + 16);
    head.extend_from_slice(MAGIC);
    head.extend_from_slice(&VERSION.to_le_bytes());
    head.extend_from_slice(&store);
    head.extend_from_slice(&mark.position.0.to_le_bytes());
    head.extend_from_slice(&mark.hash.0);
    for place in [mark.start, mark.end] {
        head.extend_from_slice(&place.segment.to_le_bytes());
        head.extend_from_slice(&place.offset.to_le_bytes());
    }
    head.extend_from_slice(&(heads.len() as u32).to_le_bytes());
    for (writer, place) in heads {
        head.extend_from_slice(&writer.0);
        head.extend_from_slice(&place.seq.to_le_bytes());
        head.extend_from_slice(&place.hash.0);
    }
    head.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    head.extend_from_slice(&crc32fast::hash(&head).to_le_bytes());
    head.extend_from_slice(&crc32fast::hash(payload).to_le_bytes());
    files.replace(&folder.join(format!("{:020}.wgs", mark.position.0)), &[&head, payload])?;
    for old in list(folder).iter().skip(KEPT) {
        files.remove(old)?;
    }
    Ok(())
}

/// Reads a snapshot; none if it is damaged, cut short or of another version.
pub(crate) fn read(path: &Path) -> Option<Snapshot> {
    use std::io::Read;
    let mut file = fs::File::open(path).ok()?;
    let mut head = vec![0; FIXED];
    file.read_exact(&mut head).ok()?;
    if !head.starts_with(MAGIC) || u32::from_le_bytes(array(&head, 8)) != VERSION {
        return None;
    }
    let writers = u32::from_le_bytes(array(&head, 92)) as usize;
    let length = file.metadata().ok()?.len();
    if (writers * WRITER) as u64 > length {
        return None;
    }
    head.resize(FIXED + writers * WRITER + 16, 0);
    file.read_exact(&mut head[FIXED..]).ok()?;
    let fixed = head.len() - 8;
    if crc32fast::hash(&head[..fixed]) != u32::from_le_bytes(array(&head, fixed)) {
        return None;
    }
    let size = u64::from_le_bytes(array(&head, fixed - 8));
    if size.checked_add(head.len() as u64) != Some(length) {
        return None;
    }
    let mut payload = Vec::with_capacity(usize::try_from(size).ok()?);
    file.read_to_end(&mut payload).ok()?;
    (crc32fast::hash(&payload) == u32::from_le_bytes(array(&head, fixed + 4))).then(|| Snapshot {
        store: array(&head, 12),
        mark: Mark {
            position: Position(u64::from_le_bytes(array(&head, 28))),
            hash: Hash(array(&head, 36)),
            start: location(&head, 68),
            end: location(&head, 80),
        },
        heads: head[FIXED..fixed - 8].as_chunks::<WRITER>().0.iter().map(head_of).collect(),
        payload,
    })
}

fn location(bytes: &[u8], from: usize) -> Location {
    Location { segment: u32::from_le_bytes(array(bytes, from)), offset: u64::from_le_bytes(array(bytes, from + 4)) }
}

fn head_of(bytes: &[u8; WRITER]) -> (WriterId, Head) {
    let head = Head { seq: u64::from_le_bytes(array(bytes, 16)), hash: Hash(array(bytes, 24)) };
    (WriterId(array(bytes, 0)), head)
}
