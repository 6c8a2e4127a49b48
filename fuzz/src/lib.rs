//! What must hold for any bytes at all. The fuzz targets call it, and so do the tests of `tests/fuzz` with the corpora.
#![allow(clippy::unwrap_used, missing_docs, clippy::panic)]
mod holds;

pub use holds::*;
