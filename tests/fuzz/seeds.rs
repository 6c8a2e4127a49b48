//! What the corpora hold: one of each.
use wangge::grid::fact::{Chain, Envelope, Head, WriterId};

use crate::rules::rights::{county, kinds};

/// The moment at which the seeds were written down.
const NOW: i64 = 1_795_000_000_000;

/// One fact of each kind.
pub fn facts() -> Vec<(String, Vec<u8>)> {
    let mut chain = Chain::new(WriterId([7; 16]), Head::default());
    let facts = kinds(&county(), "工业第1网格").into_iter().map(|(_, draft)| {
        let envelope: Envelope = chain.seal(&draft, NOW);
        (format!("{:02}-{}", envelope.id().seq, draft.body.kind()), envelope.bytes().to_vec())
    });
    facts.collect()
}
