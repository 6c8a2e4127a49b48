//! Bytes as a batch of entries.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wangge_fuzz::batch(data));
