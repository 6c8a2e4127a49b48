//! Bytes as what comes from the other side of a connection.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| wangge_fuzz::frame(data));
