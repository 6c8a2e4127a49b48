//! `wangge restore`: the store anew from a backup.
use std::io::Write;

use super::{Failure, Place, args};
use crate::log::disk::restore;

pub(super) fn run(place: &Place, args: &args::Restore, out: &mut dyn Write) -> Result<(), Failure> {
    let done = restore(&args.file, &place.store, place.clock.now_ms(), &mut |_| {})?;
    writeln!(out, "已从备份恢复 {} 条记录到 {}", done.facts, place.store.display())?;
    if done.joined > 0 {
        writeln!(out, "原账本里比备份新的 {} 条也接上了", done.joined)?;
    }
    if let Some(aside) = &done.aside {
        writeln!(out, "原来的账本移到了 {}，没有删除", aside.display())?;
    }
    if done.left > 0 {
        writeln!(out, "其中有 {} 条比备份新而接不上的记录，还在那里面", done.left)?;
    }
    Ok(())
}
