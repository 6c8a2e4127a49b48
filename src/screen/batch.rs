//! Recording for many at once: straight away for a few, after a question for a great many or for some that are not shown.
use crate::{
    app::{Action, Batch, Route},
    grid::{decide::Intent, org::UnitIx},
};

/// From so many units on the count and the grids are shown, and Enter is wanted.
pub(super) const MANY: usize = 20;

/// Records for these units, of which the list does not show `hidden`; asks first where they are many, or some of them
/// can't be seen.
pub(super) fn record(intents: Vec<Intent>, units: Vec<UnitIx>, hidden: usize) -> Vec<Action> {
    if units.len() >= MANY || hidden > 0 {
        return vec![Action::Open(Route::Many(Batch { intents, units, hidden }))];
    }
    vec![Action::RecordMany(intents)]
}
