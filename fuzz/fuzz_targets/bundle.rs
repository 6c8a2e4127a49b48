//! Bytes as the file of a bundle, and as a part of one.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wangge_fuzz::bundle(data));
