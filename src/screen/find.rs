//! Finding by name in the lists of screens; see [`crate::app::find`].
pub(super) use crate::app::find::Finder;
