//! The storage room from outside: conformance, what is on disk, faults, crashes, and the order of durability.
mod common;
mod conformance;
mod crash;
mod damage;
mod durability;
mod faults;
mod group;
mod index;
mod signed;
mod store;

pub use crash::child;
