//! Every form decides, seals, folds and shows its effect; what is refused, and in which words.
#![allow(clippy::unwrap_used)]
mod answers;
mod counts;
mod locks;
mod meetings;
mod once;
mod refusals;
mod scores;
mod world;
