//! The state: given to who comes, made once for all who come at about the same time, and saved.
use std::sync::Arc;

use super::Keeper;

/// So many entries may have come since a state was made for it to be given out again; who gets it hears them as well.
const FRESH: u64 = 2048;
/// After so many entries the state is saved.
const SAVED: u64 = 16_384;

/// The state that was given out last, as bytes, and the position up to which it counts.
#[derive(Default)]
pub(super) struct States {
    whole: Option<(u64, Arc<Vec<u8>>)>,
    saved: u64,
}

impl States {
    /// What was given out is no longer what is so.
    pub(super) fn forget(&mut self) {
        self.whole = None;
    }
}

impl Keeper {
    pub(super) fn state(&mut self, from: u64, of: u32) {
        let (Some(client), Some(kept)) = (self.clients.get(&from), &self.kept) else { return };
        let old = self.states.whole.take().filter(|(at, _)| at + FRESH >= kept.position.0);
        let (position, bytes) = old.unwrap_or_else(|| (kept.position.0, Arc::new(kept.state.to_snapshot())));
        client.outbox.state(of, position, bytes.clone());
        client.gate.answered();
        self.states.whole = Some((position, bytes));
    }

    /// Saves the state, if a great deal has come since the last time.
    pub(super) fn save_in_use(&mut self) {
        let position = self.position();
        // What the first one counts from is what the store was opened with.
        if self.states.saved == 0 {
            self.states.saved = position;
        }
        if position >= self.states.saved + SAVED {
            self.save();
        }
    }

    /// Saves the state of a store that people share; a private one is saved by who has it.
    pub(super) fn save(&mut self) {
        let (Some(kept), Some(_)) = (&self.kept, &self.custody) else { return };
        if kept.position.0 > self.states.saved {
            self.states.saved = kept.position.0;
            self.common.served.store.checkpoint_async(kept.state.to_snapshot(), kept.position, |_| {});
        }
    }
}
