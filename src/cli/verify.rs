//! `wangge verify`: every record, one by one.
use std::io::Write;

use super::{Failure, Place};
use crate::log::disk::{IndexCheck, verify};

pub(super) fn run(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    let found = verify(&place.store, place.clock.now_ms(), &mut |_| {})?;
    writeln!(out, "核对了 {} 条记录（{} 个日志文件，{} 台设备）", found.facts, found.segments, found.writers)?;
    if found.torn {
        writeln!(out, "日志末尾有一条没有写完的记录，从未显示为已保存；下次打开时自动截去")?;
    }
    writeln!(
        out,
        "{}",
        match found.index {
            IndexCheck::Agrees(upto) => format!("查询索引与日志一致（到第 {} 条）", upto.0),
            IndexCheck::Differs => "查询索引与日志不一致；请运行 wangge rebuild，记录不会丢失".to_owned(),
            IndexCheck::Absent => "还没有查询索引，用到时会自动建立".to_owned(),
            IndexCheck::InUse => "账本正在使用，没有核对查询索引".to_owned(),
        }
    )?;
    if found.problems.is_empty() {
        writeln!(out, "日志完好")?;
        return Ok(());
    }
    out.flush()?;
    Err(Failure::said(format!("{}\n请运行 wangge doctor 看怎么办", found.problems.join("\n"))))
}
