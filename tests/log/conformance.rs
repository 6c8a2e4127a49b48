//! Every backend against the one suite.
use wangge::log::{
    Log, StoreLog,
    disk::{IndexAt, Options, Store},
    memory::MemoryLog,
};

use super::common::{NOW, fresh, small};

pub fn with_memory(case: fn(&mut dyn Log)) {
    case(&mut MemoryLog::new());
}

fn on(options: &Options, case: fn(&mut dyn Log)) {
    let (_temp, dir) = fresh();
    let mut log = StoreLog(Store::open_with(&dir, NOW, options).unwrap().store);
    case(&mut log);
    log.0.close().unwrap();
}

pub fn with_disk(case: fn(&mut dyn Log)) {
    on(&Options::default(), case);
}

pub fn with_small_segments_and_the_index_at_once(case: fn(&mut dyn Log)) {
    on(&Options { index: IndexAt::Start, ..small() }, case);
}

wangge::conformance!(memory, crate::log::conformance::with_memory);
wangge::conformance!(disk, crate::log::conformance::with_disk);
wangge::conformance!(disk_in_small_segments, crate::log::conformance::with_small_segments_and_the_index_at_once);
