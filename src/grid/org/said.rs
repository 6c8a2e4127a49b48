//! When something was said about a thing, so that the later word counts on every replica, in whatever order they come.
use crate::grid::{
    fact::Fact,
    shelf::{Fields, put_varint},
};

/// The moment and the author of a word; of two about the same thing the greater one counts.
///
/// Words of one moment go by the device, and those of one device by their place in its chain. Sixteen bytes are enough
/// where a whole name takes thirty-two: two devices whose names begin alike must also speak in the same millisecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::grid) struct Said {
    recorded_ms: i64,
    writer: u32,
    seq: u32,
}

impl Said {
    /// Before every word.
    pub(in crate::grid) const NEVER: Said = Said { recorded_ms: 0, writer: 0, seq: 0 };

    /// The word that a fact is.
    pub(in crate::grid) fn by(fact: &Fact) -> Said {
        let [a, b, c, d, ..] = fact.id.writer.0;
        let recorded_ms = fact.recorded_ms.clamp(1, (1 << 48) - 1);
        Said { recorded_ms, writer: u32::from_be_bytes([a, b, c, d]), seq: fact.id.seq as u32 }
    }

    pub(super) fn pack(self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.recorded_ms.to_le_bytes()[..6]);
        out.extend_from_slice(&self.writer.to_le_bytes());
        put_varint(out, self.seq);
    }

    pub(super) fn unpack(from: &mut Fields<'_>) -> Said {
        let [a, b, c, d, e, f] = from.array();
        let recorded_ms = i64::from_le_bytes([a, b, c, d, e, f, 0, 0]);
        Said { recorded_ms, writer: u32::from_le_bytes(from.array()), seq: from.varint() }
    }
}
