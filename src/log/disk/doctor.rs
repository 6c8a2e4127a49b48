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
use crate::words::{fault, t};

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
        findings
            .push(Note(t!("log.doctor.held", pid = holder.pid, who = holder.who, since = holder.since).into_owned()));
    }
    findings.push(permissions(dir));
    let known = snapshots(dir, &mut findings);
    journal(&folder, known, &mut findings);
    findings.push(match device::read(dir) {
        Some(key) => Fine(t!("log.doctor.device", device = key.writer()).into_owned()),
        None => Note(t!("log.doctor.no_device").into_owned()),
    });
    findings.push(index_state(dir));
    findings.push(space(dir));
    findings
}

fn permissions(dir: &Path) -> Finding {
    match fs::metadata(dir).map(|m| m.permissions().mode() & 0o777) {
        Ok(mode) if mode & 0o077 == 0 => Fine(t!("log.doctor.private", mode = format_args!("{mode:o}")).into_owned()),
        Ok(mode) => {
            Note(t!("log.doctor.not_private", mode = format_args!("{mode:o}"), dir = dir.display()).into_owned())
        }
        Err(e) => Grave(t!("log.doctor.unseen", dir = dir.display(), error = fault::of(&e)).into_owned()),
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
                findings.push(Fine(
                    t!("log.doctor.snapshot", file = file, position = snapshot.mark.position.0).into_owned(),
                ));
            }
            None => findings.push(Note(t!("log.doctor.bad_snapshot", file = file).into_owned())),
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
            findings.push(Fine(
                t!("log.doctor.journal", files = last, records = whole.0, devices = walked.heads.len()).into_owned(),
            ));
            if let Some(torn) = walked.torn {
                findings.push(Note(t!("log.doctor.torn", n = torn.records).into_owned()));
            }
        }
        Err(OpenError::Damaged(damage)) => {
            let behind = readable_behind(folder, damage.segment, last, whole);
            findings
                .push(Grave(t!("log.doctor.damaged", damage = damage, whole = whole.0, behind = behind).into_owned()));
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
        Err(_) => Note(t!("log.doctor.no_index").into_owned()),
        Ok(names) if names.iter().any(|name| name.to_string_lossy().ends_with(".generating")) => {
            Note(t!("log.doctor.index_interrupted").into_owned())
        }
        Ok(_) if dir.join("index.aside").is_dir() => {
            Note(t!("log.doctor.index_rebuilt", path = dir.join("index.aside").display()).into_owned())
        }
        Ok(_) => Fine(t!("log.doctor.index").into_owned()),
    }
}

fn space(dir: &Path) -> Finding {
    let free = rustix::fs::statvfs(dir).map(|s| s.f_bavail * s.f_frsize);
    let held = Ballast::of(dir, &Files::new()).is_held();
    match free {
        Ok(free) if free < 4 * BALLAST => Grave(t!("log.doctor.full", mb = free / 1024 / 1024).into_owned()),
        Ok(free) if held => Fine(t!("log.doctor.space", mb = free / 1024 / 1024).into_owned()),
        Ok(free) => Note(t!("log.doctor.no_reserve", mb = free / 1024 / 1024).into_owned()),
        Err(e) => Note(t!("log.doctor.space_unseen", error = fault::of(&e.into())).into_owned()),
    }
}
