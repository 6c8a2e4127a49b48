//! Checking a store whole: every frame, every writer's chain, signature and receipt, every payload, the index, and what
//! snapshots know.
use std::{path::Path, time::Duration};

use super::{
    chains::{ChainCheck, Chains, MonthHead},
    device,
    error::OpenError,
    files::Files,
    index::{self, Digest, Index},
    index_open::{Opening, open_now, within},
    lock::Lock,
    postings::head_value,
    segment, snapshot,
    walk::{self, Heads, Mark},
};
use crate::log::Position;

const PATIENCE: Duration = Duration::from_secs(60);
const MOST_PROBLEMS: usize = 20;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// How many facts are whole.
    pub facts: u64,
    /// How many segments the journal has.
    pub segments: u32,
    /// How many devices wrote.
    pub writers: usize,
    /// How many signatures were looked at.
    pub signatures: u64,
    /// How many stretches of chains the server gave receipts for.
    pub receipts: u64,
    /// How far each device's chain is signed.
    pub chains: Vec<ChainCheck>,
    /// The month's head, where one was asked for.
    pub month: Option<MonthHead>,
    /// What is wrong, a sentence each; at most twenty.
    pub problems: Vec<String>,
    /// Whether a record at the end was never written whole; it is cut off when the store is opened next.
    pub torn: bool,
    /// What the index is worth.
    pub index: IndexCheck,
}

/// How the index compares with the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexCheck {
    /// It holds exactly what it should, up to this position; it may lag behind the journal.
    Agrees(Position),
    /// It does not: `wangge rebuild` makes it anew, nothing is lost.
    Differs,
    /// There is none yet.
    Absent,
    /// Another process uses the store: the index could not be looked at.
    InUse,
}

/// Checks the store in `dir`; `progress` hears the number of facts so far. The journal is only read. `month` asks for the
/// head of the facts that the server took in from the one moment up to, not including, the other (UTC milliseconds).
pub fn verify(
    dir: &Path,
    now_ms: i64,
    month: Option<(i64, i64)>,
    progress: &mut dyn FnMut(u64),
) -> Result<Verified, OpenError> {
    let folder = segment::folder(dir);
    if !folder.is_dir() {
        return Err(OpenError::Missing { dir: dir.display().to_string() });
    }
    // A store on a disk that can't be written is checked too.
    let lock = Lock::take(dir, now_ms, &Files::new());
    let last = walk::segments(&folder)?;
    let store = walk::header(&folder, 1, None)?.store;
    let opened = match lock {
        Ok(_) if index::folder(dir).is_dir() => {
            let owned = dir.to_owned();
            Some(within(PATIENCE, move || open_now(&owned, store, Opening::Existing)))
        }
        _ => None,
    };
    let index = opened.as_ref().and_then(|opened| opened.as_ref().ok());
    let covered = index.map_or(Position(0), |index| index.mark().position);
    let own = device::read(dir).map(|key| key.public());
    let mut check = Check { chains: Chains::new(own, month.is_some()), ..Check::default() };
    let walked = walk::walk(&folder, last, store, (Mark::beginning(store), Heads::new()), &mut |frame, mark| {
        check.frame(frame, mark, covered);
        if mark.position.0.is_multiple_of(1_000) {
            progress(mark.position.0);
        }
    });
    let known = snapshot::known(dir);
    let torn = match walked {
        // What a snapshot knows was durable: its loss is damage, not a write that was cut short.
        Ok(walked) if walked.mark.position < known => {
            check.problems.push(OpenError::Short { found: walked.mark.position, known }.to_string());
            false
        }
        Ok(walked) => walked.torn.is_some(),
        Err(error) => {
            check.problems.push(error.to_string());
            false
        }
    };
    progress(check.facts);
    let verdict = match (&lock, &opened) {
        (Err(_), _) => IndexCheck::InUse,
        (_, None) => IndexCheck::Absent,
        (_, Some(Err(_))) => IndexCheck::Differs,
        (_, Some(Ok(index))) if check.agrees(index) => IndexCheck::Agrees(covered),
        _ => IndexCheck::Differs,
    };
    let Check { facts, mut problems, mut chains, .. } = check;
    let checked = chains.finish();
    problems.append(&mut chains.problems);
    problems.truncate(MOST_PROBLEMS);
    Ok(Verified {
        facts,
        segments: last,
        writers: checked.len(),
        signatures: chains.signatures,
        receipts: chains.receipts,
        month: month.and_then(|span| chains.month(span)),
        chains: checked,
        problems,
        torn,
        index: verdict,
    })
}

/// A check under way.
#[derive(Default)]
struct Check {
    facts: u64,
    chains: Chains,
    problems: Vec<String>,
    digest: Digest,
    /// The last frame that the index should know.
    covered: Option<Mark>,
    heads_covered: Heads,
}

impl Check {
    fn frame(&mut self, frame: &super::frame::Frame, mark: Mark, covered: Position) {
        self.chains.frame(frame, mark.position);
        self.facts += 1;
        if mark.position <= covered {
            self.digest.add_frame(frame, mark.start);
            self.covered = Some(mark);
            if mark.position == covered {
                self.heads_covered = self.chains.heads();
            }
        }
    }

    fn agrees(&self, index: &Index) -> bool {
        let mark = index.mark();
        let stands = mark.position.0 == 0 || self.covered == Some(mark);
        let heads = self.heads_covered.iter().all(|(writer, head)| {
            index.head(*writer).is_ok_and(|value| value.is_some_and(|value| *value == head_value(*head)))
        });
        stands && heads && index.digest().is_ok_and(|digest| digest == self.digest)
    }
}
