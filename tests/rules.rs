//! The rules from outside: hand-worked cases, an independent oracle over random histories, damaged snapshots.
#![allow(clippy::unwrap_used)]
#[path = "rules/cases.rs"]
mod cases;
#[path = "rules/corrections.rs"]
mod corrections;
#[path = "rules/damage.rs"]
mod damage;
#[path = "rules/history.rs"]
mod history;
#[path = "rules/oracle.rs"]
mod oracle;
#[path = "rules/overview.rs"]
mod overview;
#[path = "rules/refusals.rs"]
mod refusals;
#[path = "rules/roster.rs"]
mod roster;
#[path = "rules/world.rs"]
mod world;
