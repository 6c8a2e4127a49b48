//! Looking at a store that may not open, without changing anything, and saying what to do.
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::{
    ballast::{BALLAST, Ballast},
    device,
    error::OpenError,
    files::Files,
    index,
    lock::Lock,
    scan::{Scan, Step},
    segment::{self, HEADER},
    snapshot,
    walk::{self, Heads, Mark},
};
use crate::log::Position;

/// Something that was looked at, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It is in order.
    Fine(String),
    /// It is worth knowing; nothing is lost and work can go on.
    Note(String),
    /// Something has to be done.
    Grave(String),
}

impl Finding {
    /// The sentence.
    pub fn text(&self) -> &str {
        match self {
            Finding::Fine(text) | Finding::Note(text) | Finding::Grave(text) => text,
        }
    }
}

use Finding::{Fine, Grave, Note};

/// Looks at the store in `dir`, whether it opens or not. Changes nothing.
pub fn doctor(dir: &Path) -> Vec<Finding> {
    let folder = segment::folder(dir);
    if !folder.is_dir() {
        return vec![Grave(OpenError::Missing { dir: dir.display().to_string() }.to_string())];
    }
    let mut findings = Vec::new();
    if let Some(holder) = Lock::holder(dir) {
        findings.push(Note(format!(
            "账本正被进程 {}（用户 {}，自 {} 起）使用；以下是此刻看到的情况",
            holder.pid, holder.who, holder.since
        )));
    }
    findings.push(permissions(dir));
    let known = snapshots(dir, &mut findings);
    journal(&folder, known, &mut findings);
    findings.push(match device::read(dir) {
        Some(writer) => Fine(format!("本机设备编号 {writer}")),
        None => Note("本机设备编号丢失或损坏；下次打开时会换一个新的，以前的记录不受影响".to_owned()),
    });
    findings.push(index_state(dir));
    findings.push(space(dir));
    findings
}

fn permissions(dir: &Path) -> Finding {
    match fs::metadata(dir).map(|m| m.permissions().mode() & 0o777) {
        Ok(mode) if mode & 0o077 == 0 => Fine(format!("文件夹权限 {mode:o}，只有本人能看")),
        Ok(mode) => Note(format!("文件夹权限 {mode:o}，其他用户也能看到；请运行 chmod 700 {}", dir.display())),
        Err(e) => Grave(format!("看不到 {}（{e}）；请检查文件夹的权限", dir.display())),
    }
}

/// Reports on the snapshots; returns the last position that a whole one knows.
fn snapshots(dir: &Path, findings: &mut Vec<Finding>) -> Position {
    let mut known = Position(0);
    for path in snapshot::list(&snapshot::folder(dir)) {
        let file = path.strip_prefix(dir).unwrap_or(&path).display();
        match snapshot::read(&path) {
            Some(snapshot) => {
                known = known.max(snapshot.mark.position);
                findings.push(Fine(format!("状态快照 {file} 完好，存到第 {} 条", snapshot.mark.position.0)));
            }
            None => findings.push(Note(format!("状态快照 {file} 已损坏；打开时会改从日志重新计算，不用处理"))),
        }
    }
    known
}

fn journal(folder: &Path, known: Position, findings: &mut Vec<Finding>) {
    let looked = walk::segments(folder).and_then(|last| Ok((last, walk::header(folder, 1, None)?.store)));
    let (last, store) = match looked {
        Ok(found) => found,
        Err(error) => return findings.push(Grave(error.to_string())),
    };
    let mut whole = Position(0);
    let walked = walk::walk(folder, last, store, (Mark::beginning(store), Heads::new()), &mut |_, mark| {
        whole = mark.position;
    });
    match walked {
        Ok(walked) if walked.mark.position < known => {
            findings.push(Grave(OpenError::Short { found: walked.mark.position, known }.to_string()));
        }
        Ok(walked) => {
            findings.push(Fine(format!(
                "日志完好：{} 个文件，{} 条记录，{} 台设备",
                last,
                whole.0,
                walked.heads.len()
            )));
            if let Some(torn) = walked.torn {
                findings.push(Note(format!(
                    "日志末尾有 {} 条没有写完的记录（上次写入时中断）；它们没有显示过已保存，下次打开时会截去并保留原样",
                    torn.records
                )));
            }
        }
        Err(OpenError::Damaged(damage)) => {
            let behind = readable_behind(folder, damage.segment, last, whole);
            findings.push(Grave(format!(
                "{damage}；它前面的 {} 条完好，后面还有 {behind} 条读得出来。请这样做：先退出 wangge，再运行 wangge restore 备份文件，\
                 现有账本会原样移到一边，备份之后的记录会自动接上；没有备份时，先运行 wangge backup 文件 把完好的 {} 条取出来，再用它 restore",
                whole.0, whole.0
            )));
        }
        Err(error) => findings.push(Grave(error.to_string())),
    }
}

/// How many frames can be read behind the damage.
fn readable_behind(folder: &Path, from: u32, last: u32, whole: Position) -> u64 {
    let mut found = 0;
    for number in from..=last {
        let Ok(mut scan) = Scan::open(&segment::path(folder, number), HEADER as u64) else { continue };
        loop {
            while let Ok(Step::Frame(frame, _)) = scan.step() {
                found += u64::from(frame.position > whole);
            }
            if !scan.resync().unwrap_or(false) {
                break;
            }
        }
    }
    found
}

fn index_state(dir: &Path) -> Finding {
    let path = index::folder(dir);
    let names = fs::read_dir(&path).map(|files| files.flatten().map(|f| f.file_name()).collect::<Vec<_>>());
    match names {
        Err(_) => Note("还没有查询索引；第一次查历史时会按日志建好，不用处理".to_owned()),
        Ok(names) if names.iter().any(|name| name.to_string_lossy().ends_with(".generating")) => {
            Note("查询索引上次打开时中断；下次打开时会自动修好，不用处理".to_owned())
        }
        Ok(_) if dir.join("index.aside").is_dir() => {
            Note(format!("查询索引重建过，旧的在 {}；确认历史查询正常后可以删除它", dir.join("index.aside").display()))
        }
        Ok(_) => Fine("查询索引在；它与日志是否一致请用 wangge verify 核对".to_owned()),
    }
}

fn space(dir: &Path) -> Finding {
    let free = rustix::fs::statvfs(dir).map(|s| s.f_bavail * s.f_frsize);
    let held = Ballast::of(dir, &Files::new()).is_held();
    match free {
        Ok(free) if free < 4 * BALLAST => {
            Grave(format!("磁盘只剩 {} MB；请清理出至少 16 MB 空间，否则记录会存不下", free / 1024 / 1024))
        }
        Ok(free) if held => Fine(format!("磁盘剩余 {} MB，另有 4 MB 备用", free / 1024 / 1024)),
        Ok(free) => Note(format!("磁盘剩余 {} MB；4 MB 备用还没有留出，下次打开时会补上", free / 1024 / 1024)),
        Err(e) => Note(format!("看不到磁盘剩余空间（{e}）；请自行检查磁盘是否快满")),
    }
}
