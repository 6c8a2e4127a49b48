//! The state for who comes: made once for all who come at about the same time.
use std::sync::Arc;

use super::Keeper;

/// So many entries may have come since a state was made for it to be given out again; who gets it hears them as well.
const FRESH: u64 = 2048;

/// The state that was given out last, as bytes, and the position up to which it counts.
#[derive(Default)]
pub(super) struct States(Option<(u64, Arc<Vec<u8>>)>);

impl Keeper {
    pub(super) fn state(&mut self, from: u64, of: u32) {
        let (Some(client), Some(kept)) = (self.clients.get(&from), &self.kept) else { return };
        let old = self.states.0.take().filter(|(at, _)| at + FRESH >= kept.position.0);
        let (position, bytes) = old.unwrap_or_else(|| (kept.position.0, Arc::new(kept.state.to_snapshot())));
        client.outbox.state(of, position, bytes.clone());
        client.gate.answered();
        self.states.0 = Some((position, bytes));
    }
}
