//! A bundle (数据包): entries in a file, for where there is no network.
//!
//! ```text
//! "wangge bundle 1\n" | head, CBOR, length u32 before it | batches, each with its length u32 before it | 0 u32 |
//! signature 64 over everything before it
//! ```
//! A batch is the same as on the wire ([`super::batch`]). The whole is signed by the device that made it: a file with a
//! changed, missing or added byte is found before anything of it is taken in, and so is one of another device that only says
//! it is this one's.
use std::io::{self, Read, Write};

use minicbor::{Decode, Encode};

use super::{
    batch::{self, BatchFault},
    frame::LONGEST,
    upstream::Upstream,
};
use crate::{
    grid::fact::{DeviceKey, WriterId, is_signed_by},
    log::Position,
    words::{fault, t},
};

const MAGIC: &[u8; 16] = b"wangge bundle 1\n";
/// What is signed begins with this.
const PURPOSE: &[u8; 16] = b"wangge bundle 1 ";
/// The longest head.
const HEAD: usize = 4096;

/// What a bundle says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Head {
    /// The server's store: where the entries come from or are to go.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub store: [u8; 16],
    /// The public key of the device that made it.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// When, UTC milliseconds since 1970.
    #[n(2)]
    pub made_ms: i64,
    /// For which device a server made it, and how far that reaches; none in one that goes up.
    #[n(3)]
    pub down: Option<Down>,
    /// How many entries there are.
    #[n(4)]
    pub entries: u64,
    /// Where the laptop stands that made it; none in one that comes down.
    #[n(5)]
    pub up: Option<Up>,
}

/// How much of the server's the laptop has that made a bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Up {
    /// Everything that it may hold up to this position,
    #[n(0)]
    pub after: u64,
    /// for this scope.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub scope: [u8; 16],
}

/// What a server's bundle holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Down {
    /// Whose replica it is for.
    #[n(0)]
    pub device: WriterId,
    /// Everything that the device may hold after this position,
    #[n(1)]
    pub after: u64,
    /// up to this one.
    #[n(2)]
    pub upto: u64,
    /// For this scope.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub scope: [u8; 16],
}

impl Down {
    /// What a file for a device is to hold, which has everything up to a position for a scope by its own note: what comes
    /// after that, where the scope is still that one and the server has got that far; else everything. `now` is where the
    /// server stands, for the device's scope of today.
    pub fn of(device: WriterId, (after, noted): (u64, [u8; 16]), (upto, now): (Position, [u8; 16])) -> Down {
        let after = if noted == now && after <= upto.0 { after } else { 0 };
        Down { device, after, upto: upto.0, scope: now }
    }

    /// Up to where a laptop has everything for the file's scope before it takes it in.
    pub fn have(&self, note: Option<&Upstream>) -> u64 {
        note.filter(|note| note.scope == self.scope).map_or(0, |note| note.after.0)
    }

    /// Up to where it has everything once it has taken the file in; none where what lies between is missing.
    pub fn reaches(&self, note: Option<&Upstream>) -> Option<Position> {
        let have = self.have(note);
        // A whole file says everything; one that goes on from somewhere and is older than what is here says nothing new.
        let upto = if self.after == 0 { self.upto } else { self.upto.max(have) };
        (self.after <= have).then_some(Position(upto))
    }
}

/// Why a file is no bundle that can be taken in.
#[derive(Debug, thiserror::Error)]
pub enum BundleFault {
    /// Reading or writing it failed.
    #[error("{}", fault::of(.0))]
    Io(#[from] io::Error),
    /// Something else.
    #[error("{}", t!("sync.bundle.foreign"))]
    Foreign,
    /// It is not what was made: changed, cut or added to.
    #[error("{}", t!("sync.bundle.changed"))]
    Changed,
    /// It was made well and does not hold what it says.
    #[error("{0}")]
    Batch(#[from] BatchFault),
}

/// Writes a bundle; `next` gives batch after batch, encoded. Returns how many bytes it has.
pub fn write(
    out: &mut dyn Write,
    head: &Head,
    key: &DeviceKey,
    next: &mut dyn FnMut() -> io::Result<Option<Vec<u8>>>,
) -> io::Result<u64> {
    let mut out = Signing { out, hasher: hasher(), bytes: 0 };
    out.write_all(MAGIC)?;
    out.part(&minicbor::to_vec(head).map_err(io::Error::other)?)?;
    while let Some(batch) = next()? {
        out.part(&batch)?;
    }
    out.part(&[])?;
    let signature = key.sign(out.hasher.finalize().as_bytes());
    out.write_all(&signature)?;
    out.out.flush()?;
    Ok(out.bytes)
}

fn hasher() -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    hasher.update(PURPOSE);
    hasher
}

struct Signing<'a> {
    out: &'a mut dyn Write,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Signing<'_> {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
        self.out.write_all(bytes)
    }

    fn part(&mut self, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
        self.write_all(&length.to_le_bytes())?;
        self.write_all(bytes)
    }
}

/// Reads a bundle to its end and says whose it is, if it is whole and signed.
///
/// Every batch is decoded as well: what comes out of here can be taken in by [`Batches`].
pub fn check(file: &mut dyn Read) -> Result<Head, BundleFault> {
    let mut parts = Parts { file, hasher: hasher() };
    let head = parts.head()?;
    let mut entries = 0;
    while let Some(part) = parts.next()? {
        entries += batch::decode(&part).map(|entries| entries.len() as u64).map_err(|_| BundleFault::Changed)?;
    }
    let signed = parts.hasher.finalize();
    let mut signature = [0; 64];
    parts.file.read_exact(&mut signature).map_err(cut)?;
    let is_whole = parts.file.read(&mut [0])? == 0;
    match is_whole && entries == head.entries && is_signed_by(&head.key, signed.as_bytes(), &signature) {
        true => Ok(head),
        false => Err(BundleFault::Changed),
    }
}

/// The batches of a bundle that was checked, read a second time.
pub struct Batches<'a>(Parts<'a>);

impl<'a> Batches<'a> {
    /// From the beginning of the file.
    pub fn of(file: &'a mut dyn Read) -> Result<Batches<'a>, BundleFault> {
        let mut parts = Parts { file, hasher: hasher() };
        parts.head()?;
        Ok(Batches(parts))
    }

    /// The next batch as it stands in the file; none at the end.
    pub fn next_batch(&mut self) -> Result<Option<Vec<u8>>, BundleFault> {
        self.0.next()
    }
}

/// The parts of a bundle as they are read.
struct Parts<'a> {
    file: &'a mut dyn Read,
    hasher: blake3::Hasher,
}

impl Parts<'_> {
    fn head(&mut self) -> Result<Head, BundleFault> {
        let mut magic = [0; MAGIC.len()];
        let foreign = |error: io::Error| match error.kind() {
            io::ErrorKind::UnexpectedEof => BundleFault::Foreign,
            _ => BundleFault::Io(error),
        };
        self.file.read_exact(&mut magic).map_err(foreign)?;
        if magic != *MAGIC {
            return Err(BundleFault::Foreign);
        }
        self.hasher.update(&magic);
        let head = self.part(HEAD)?;
        minicbor::decode(&head).map_err(|_| BundleFault::Changed)
    }

    fn next(&mut self) -> Result<Option<Vec<u8>>, BundleFault> {
        let part = self.part(LONGEST)?;
        Ok((!part.is_empty()).then_some(part))
    }

    fn part(&mut self, most: usize) -> Result<Vec<u8>, BundleFault> {
        let mut length = [0; 4];
        self.file.read_exact(&mut length).map_err(cut)?;
        self.hasher.update(&length);
        let length = u32::from_le_bytes(length) as usize;
        if length > most {
            return Err(BundleFault::Changed);
        }
        let mut part = Vec::new();
        // Room is taken as bytes come, not as they are promised.
        (&mut *self.file).take(length as u64).read_to_end(&mut part)?;
        if part.len() < length {
            return Err(BundleFault::Changed);
        }
        self.hasher.update(&part);
        Ok(part)
    }
}

fn cut(error: io::Error) -> BundleFault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => BundleFault::Changed,
        _ => BundleFault::Io(error),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::log::{
        Entry, Position,
        conformance::{chain, visits},
    };

    fn entries(n: u32) -> Vec<Entry> {
        let row = |(i, envelope): (usize, _)| Entry { position: Position(i as u64 + 1), received_ms: 7, envelope };
        visits(&mut chain(1), n).into_iter().enumerate().map(row).collect()
    }

    fn bundle(key: &DeviceKey, head: &Head, batches: &[Vec<Entry>]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut batches = batches.iter().map(|entries| batch::encode(entries));
        let bytes = write(&mut out, head, key, &mut || Ok(batches.next())).unwrap();
        assert_eq!(bytes, out.len() as u64);
        out
    }

    #[test]
    fn a_bundle_is_read_as_it_was_written_and_any_changed_byte_is_found() {
        let key = DeviceKey::from_secret(&[5; 32]);
        let all = entries(30);
        let down = Some(Down { device: WriterId([2; 16]), after: 3, upto: 33, scope: [4; 16] });
        let head = Head { store: [9; 16], key: key.public(), made_ms: 77, down, entries: 30, up: None };
        let bytes = bundle(&key, &head, &[all[..20].to_vec(), all[20..].to_vec()]);
        assert_eq!(check(&mut &bytes[..]).unwrap(), head);
        let mut read_back = Vec::new();
        let mut file = &bytes[..];
        let mut batches = Batches::of(&mut file).unwrap();
        while let Some(part) = batches.next_batch().unwrap() {
            read_back.extend(batch::decode(&part).unwrap());
        }
        assert_eq!(read_back, all);
        for at in 0..bytes.len() {
            for bit in [0, 3, 7] {
                let mut broken = bytes.clone();
                broken[at] ^= 1 << bit;
                assert!(check(&mut &broken[..]).is_err(), "byte {at}, bit {bit}");
            }
            assert!(check(&mut &bytes[..at]).is_err(), "cut at {at}");
        }
        assert!(check(&mut &[&bytes[..], &[0]].concat()[..]).is_err(), "a byte too many");
    }

    #[test]
    fn a_bundle_signed_by_somebody_else_or_with_another_count_is_found() {
        let key = DeviceKey::from_secret(&[5; 32]);
        let head = Head { key: key.public(), entries: 3, ..Head::default() };
        let stranger = DeviceKey::from_secret(&[6; 32]);
        assert!(matches!(check(&mut &bundle(&stranger, &head, &[entries(3)])[..]), Err(BundleFault::Changed)));
        let more = Head { entries: 4, ..head.clone() };
        assert!(matches!(check(&mut &bundle(&key, &more, &[entries(3)])[..]), Err(BundleFault::Changed)));
        assert!(check(&mut &bundle(&key, &head, &[entries(3)])[..]).is_ok());
        assert!(matches!(check(&mut &b"PK"[..]), Err(BundleFault::Foreign)));
        let mut promised = MAGIC.to_vec();
        promised.extend_from_slice(&u32::MAX.to_le_bytes());
        assert!(matches!(check(&mut &promised[..]), Err(BundleFault::Changed)));
    }
}
