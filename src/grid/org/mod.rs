//! The organisation: nodes of the tree, units, people, posts, and who belongs where from when to when.
mod terms;

pub use terms::{Form, Post, Sector};
