//! Many desks at once: how long they wait, what they cost, and how much the server takes in.
#![allow(clippy::expect_used, clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "what is measured is time")]
mod measure;
