//! What can go wrong with a store, each as one sentence for a person: what happened, where, what to do next.
use std::{io, path::Path};

use chrono::{DateTime, FixedOffset};

use crate::log::{LogError, Position};

/// A place in the journal where a durable record can't be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("journal/{segment:06}.wgj 第 {offset} 字节处的第 {} 条记录已损坏（{why}）", position.0)]
pub struct Damage {
    /// The segment's number.
    pub segment: u32,
    /// The byte in the segment.
    pub offset: u64,
    /// The position of the record that can't be read.
    pub position: Position,
    /// What is wrong with it.
    pub why: String,
}

/// Why a store could not be opened, made, saved or restored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// There is no store in the folder.
    #[error("{dir} 里没有账本；请用 wangge init 新建一个，或用 --store 指定账本所在的文件夹")]
    Missing {
        /// The folder.
        dir: String,
    },
    /// There is something in the folder already.
    #[error("{dir} 里已经有文件了；请换一个空文件夹，或用 --store 打开已有的账本")]
    Exists {
        /// The folder.
        dir: String,
    },
    /// Another process has it open.
    #[error(
        "账本 {dir} 正被另一个 wangge 使用（进程 {pid}，用户 {who}，自 {since} 起）；请先在那边退出，或等它结束后再打开"
    )]
    Held {
        /// The folder.
        dir: String,
        /// The other process.
        pid: String,
        /// Since when, as a local time of UTC+8.
        since: String,
        /// Whose process it is.
        who: String,
    },
    /// The folder or a file in it can't be written.
    #[error("{path} 不能写入（只读或没有权限）；请检查文件夹的权限和磁盘是否只读，或用 --store 换一个可写的文件夹")]
    ReadOnly {
        /// The file or folder.
        path: String,
    },
    /// The disk is full.
    #[error("磁盘空间不足，{path} 写不下去；请清理出至少 16 MB 空间后再试")]
    Full {
        /// The file or folder.
        path: String,
    },
    /// A durable record can't be read.
    #[error("{0}，为免丢失记录已停止打开；请运行 wangge doctor 查看原因，再用 wangge restore 从备份恢复")]
    Damaged(Damage),
    /// A segment of the journal is not there.
    #[error(
        "日志缺少文件 journal/{segment:06}.wgj，为免丢失记录已停止打开；请找回该文件，或运行 wangge doctor 后用 wangge restore 从备份恢复"
    )]
    SegmentMissing {
        /// The segment's number.
        segment: u32,
    },
    /// The journal ends before a position that was durable.
    #[error(
        "日志只到第 {} 条，而快照记得已保存到第 {} 条，为免丢失记录已停止打开；请运行 wangge doctor 查看原因，再用 wangge restore 从备份恢复",
        found.0,
        known.0
    )]
    Short {
        /// Where the journal ends.
        found: Position,
        /// What was durable.
        known: Position,
    },
    /// A file that does not belong to this store.
    #[error("{path} 不是这个账本的日志文件；请把它移走，再运行 wangge doctor 检查")]
    Foreign {
        /// The file.
        path: String,
    },
    /// A file of a later version.
    #[error("{path} 是更新版本的 wangge 写的（格式 {version}）；请升级 wangge 后再打开")]
    Newer {
        /// The file.
        path: String,
        /// The version of its format.
        version: u32,
    },
    /// A backup that can't be used.
    #[error("备份文件 {path} 不能用（{why}）；请换一份备份再恢复，现有账本没有改动")]
    BadBackup {
        /// The file.
        path: String,
        /// What is wrong with it.
        why: String,
    },
    /// Any other failure of a file operation.
    #[error("读写 {path} 时出错（{error}）；请检查磁盘后再试，仍不行请运行 wangge doctor")]
    Io {
        /// The file or folder.
        path: String,
        /// What the system says.
        error: String,
    },
}

/// Something that a person should know about a store that works.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Notice {
    /// The last write was interrupted; what was never acknowledged is cut off and kept aside.
    #[error(
        "上次写入时中断，日志末尾有 {records} 条没有写完的记录（{bytes} 字节）已截去，原样留在 {kept}；这些记录当时都没有显示为已保存"
    )]
    TailCut {
        /// How many records were begun.
        records: u64,
        /// How many bytes were cut.
        bytes: u64,
        /// The file that keeps them, within the store.
        kept: String,
    },
    /// A snapshot can't be used; an older one or the whole journal took its place.
    #[error("状态快照 {file} 已损坏，改从日志重新计算，记录没有丢失；不用处理")]
    SnapshotDamaged {
        /// The file, within the store.
        file: String,
    },
    /// The device's own name was missing or damaged and was made anew.
    #[error("本机的设备编号丢失，已换成新的 {device}；以前的记录不受影响，不用处理")]
    DeviceRenamed {
        /// The new one.
        device: String,
    },
    /// The index can't be used and is made anew from the journal.
    #[error("查询索引不能用（{why}），正在按日志重建，旧的移到 index.aside；记录没有丢失，重建完之前历史查询会慢一些")]
    IndexRebuilding {
        /// What was wrong with it.
        why: String,
    },
    /// The index knows more than the journal.
    #[error(
        "查询索引记得第 {} 条，而日志只到第 {} 条：可能有已保存的记录丢失；请立即用 wangge verify 核对，并与备份比较",
        index.0,
        journal.0
    )]
    IndexAhead {
        /// Where the index stands.
        index: Position,
        /// Where the journal ends.
        journal: Position,
    },
    /// The index is complete again.
    #[error("查询索引已建好，共 {} 条记录", upto.0)]
    IndexReady {
        /// The last position in it.
        upto: Position,
    },
    /// The index can't be made; writing goes on.
    #[error(
        "查询索引建不起来（{why}），历史查询会很慢，记录照常保存；请腾出磁盘空间后重新打开，仍不行请运行 wangge rebuild"
    )]
    IndexLost {
        /// What is wrong.
        why: String,
    },
    /// A snapshot could not be written.
    #[error("状态快照没有写成（{why}），下次打开会慢一些，记录没有丢失；请检查磁盘空间")]
    SnapshotFailed {
        /// What is wrong.
        why: String,
    },
    /// The reserve for a full disk can't be put aside.
    #[error("磁盘空间不足，留不出 4 MB 备用；请尽快清理出一些空间")]
    NoReserve,
}

/// Whether an error means that there is no room: a full disk, a quota or a file size limit.
pub(crate) fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// The sentence for a failed file operation while a store is opened.
pub(crate) fn at(path: &Path) -> impl Fn(io::Error) -> OpenError + '_ {
    move |error| {
        let path = path.display().to_string();
        match error.kind() {
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => OpenError::ReadOnly { path },
            _ if is_full(&error) => OpenError::Full { path },
            _ => OpenError::Io { path, error: error.to_string() },
        }
    }
}

/// The sentence for a failed file operation while a store is in use.
pub(crate) fn while_using(path: &Path) -> impl Fn(io::Error) -> LogError + '_ {
    move |error| match is_full(&error) {
        true => LogError::Full { what: path.display().to_string() },
        false => LogError::Unavailable(at(path)(error).to_string()),
    }
}

/// A time as people of the county read it (UTC+8).
pub(crate) fn local_time(ms: i64) -> String {
    let zone = FixedOffset::east_opt(8 * 3600);
    match (DateTime::from_timestamp_millis(ms), zone) {
        (Some(time), Some(zone)) => time.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string(),
        _ => "不明时间".to_owned(),
    }
}
