//! The rules from outside: hand-worked cases, random histories against an oracle, roll-ups, refusals, rosters.
mod cases;
mod corrections;
mod damage;
mod history;
mod oracle;
mod overview;
mod posts;
mod refusals;
mod regroup;
mod roster;
pub mod world;
