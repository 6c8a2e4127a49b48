//! The storage room from outside: conformance, what is on disk, faults, crashes, and the order of durability.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "log/common.rs"]
mod common;
#[path = "log/conformance.rs"]
mod conformance;
#[path = "log/crash.rs"]
mod crash;
#[path = "log/damage.rs"]
mod damage;
#[path = "log/durability.rs"]
mod durability;
#[path = "log/faults.rs"]
mod faults;
#[path = "log/index.rs"]
mod index;
#[path = "log/store.rs"]
mod store;
