//! The rules from outside: hand-worked cases, random histories against an oracle, roll-ups, refusals, rosters.
mod agenda;
mod cases;
mod corrections;
mod custody;
mod damage;
mod history;
mod kinds;
mod oracle;
mod overview;
mod partition;
mod placement;
mod posts;
mod refusals;
mod regroup;
pub mod rights;
mod roster;
pub mod timeline;
pub mod world;
