//! What is wrong with the set-up of a server: its folders, its socket, its clock, and its people.
use std::{
    fs,
    io::Write,
    os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use super::people;
use crate::{
    cli::{Failure, Place, doctor::tell},
    grid::{fact::WriterId, state::State},
    log::disk::{Finding, doctor},
    run::Book,
    words::t,
};

/// So far a clock may be behind what was recorded before it is said, and before nothing is served by it.
const BEHIND: [i64; 2] = [5 * 60_000, 24 * 3_600_000];
/// Where the machine keeps its zone.
const ZONE: &str = "/etc/localtime";

/// Says what is wrong with a set-up; changes nothing. What keeps the server from its work is grave; what keeps somebody
/// else from theirs is noted, and the server starts.
pub(super) fn run(place: &Place, (store, socket): (&Path, &Path), out: &mut dyn Write) -> Result<(), Failure> {
    let mut findings = doctor(store);
    findings.extend(folder_of(store));
    findings.extend(place_of(socket));
    // Without a store that can be read there is nobody to say anything of: that is found already.
    if let Ok(state) = Book::glimpse(store, &place.files) {
        findings.extend(clock(&state, place.clock.now_ms()));
        findings.extend(fs::read(ZONE).ok().and_then(|file| zone(&file, state.pack().utc_offset)));
        findings.extend(people::findings(&state, place.clock.today(state.pack().utc_offset), group_of(store)));
    }
    match tell(&findings, out)? {
        0 => Ok(()),
        n => Err(Failure::said(t!("serve.check.faults", n = n).into_owned())),
    }
}

/// The store's folder is nobody else's.
fn folder_of(store: &Path) -> Option<Finding> {
    let found = fs::metadata(store).ok()?;
    let (own, dir) = (rustix::process::getuid().as_raw(), store.display());
    if found.uid() != own {
        return Some(Finding::Grave(t!("serve.check.owner", dir = dir).into_owned()));
    }
    let open = found.permissions().mode() & 0o077 != 0;
    open.then(|| Finding::Grave(t!("serve.check.open", dir = dir).into_owned()))
}

/// The group of the store's folder, where it is one that people may be in.
fn group_of(store: &Path) -> Option<u32> {
    fs::metadata(store).ok().map(|found| found.gid()).filter(|gid| *gid != 0)
}

/// The folder of the socket is there, can be written, can be entered by everybody and changed by nobody else; and nothing
/// else lies where the socket is to be.
fn place_of(socket: &Path) -> Vec<Finding> {
    let folder = socket.parent().map_or_else(PathBuf::new, Path::to_owned);
    let dir = folder.display();
    let Ok(found) = fs::metadata(&folder) else {
        return vec![Finding::Grave(t!("serve.check.no_folder", dir = dir).into_owned())];
    };
    let mode = found.permissions().mode();
    let is_other = fs::symlink_metadata(socket).is_ok_and(|found| !found.file_type().is_socket());
    let faults = [
        (rustix::fs::access(&folder, rustix::fs::Access::WRITE_OK).is_err(), t!("serve.check.not_writable", dir = dir)),
        (mode & 0o005 != 0o005, t!("serve.check.shut", dir = dir)),
        // In a folder like /tmp nobody takes away what is another's.
        (mode & 0o022 != 0 && mode & 0o1000 == 0, t!("serve.check.swapped", dir = dir)),
        (is_other, t!("serve.check.not_socket", socket = socket.display())),
    ];
    let found: Vec<Finding> =
        faults.into_iter().filter(|(is, _)| *is).map(|(_, said)| Finding::Grave(said.into_owned())).collect();
    match found.is_empty() {
        true => vec![Finding::Fine(t!("serve.check.socket", socket = socket.display()).into_owned())],
        false => found,
    }
}

/// The clock is not behind what the server itself has written: receipts, and with them deadlines, go by it.
fn clock(state: &State, now_ms: i64) -> Option<Finding> {
    let key = <[u8; 32]>::try_from(state.opened()?.key.as_slice()).ok()?;
    let last = state.recorded_until(WriterId::of_key(&key))?;
    let (now, then) = (state.local_day(now_ms), state.local_day(last));
    let said = || t!("serve.check.clock", now = now, last = then).into_owned();
    match BEHIND.map(|most| last.saturating_sub(now_ms) > most) {
        [_, true] => Some(Finding::Grave(said())),
        [true, _] => Some(Finding::Note(said())),
        _ => None,
    }
}

/// A machine in another zone than the county: its days stay the county's, and what it prints itself has other hours.
fn zone(file: &[u8], county: i32) -> Option<Finding> {
    let machine = offset(file)?;
    let hours = |seconds: i32| format!("{:+03}:{:02}", seconds / 3600, seconds.abs() / 60 % 60);
    let said = || t!("serve.check.zone", machine = hours(machine), county = hours(county)).into_owned();
    (machine != county).then(|| Finding::Note(said()))
}

/// How far a zone of this file (TZif) is ahead of UTC outside summer time, in seconds: what its last line says.
fn offset(file: &[u8]) -> Option<i32> {
    let text = file.strip_suffix(b"\n")?;
    let line = std::str::from_utf8(&text[text.iter().rposition(|byte| *byte == b'\n')? + 1..]).ok()?;
    let rest = match line.strip_prefix('<') {
        Some(named) => named.split_once('>')?.1,
        None => line.trim_start_matches(|c: char| c.is_ascii_alphabetic()),
    };
    // Such a line counts westwards.
    let (west, rest) = rest.strip_prefix('-').map_or((1, rest.trim_start_matches('+')), |rest| (-1, rest));
    let mut parts = rest.split(|c: char| !c.is_ascii_digit());
    let hours: i32 = parts.next()?.parse().ok()?;
    let minutes = match rest[hours_len(rest)..].starts_with(':') {
        true => parts.next()?.parse().ok()?,
        false => 0,
    };
    Some(-west * (hours * 3600 + minutes * 60))
}

fn hours_len(rest: &str) -> usize {
    rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_known_by_the_last_line_of_its_file() {
        let of = |line: &str| offset(format!("TZif2\0\0\n{line}\n").as_bytes());
        assert_eq!(of("CST-8"), Some(8 * 3600));
        assert_eq!(of("UTC0"), Some(0));
        assert_eq!(of("<+0545>-5:45"), Some(5 * 3600 + 45 * 60));
        assert_eq!(of("EST5EDT,M3.2.0,M11.1.0"), Some(-5 * 3600));
        assert_eq!((of(""), offset(b"nothing")), (None, None));
        assert_eq!(zone(b"TZif2\nCST-8\n", 8 * 3600), None);
        let Some(Finding::Note(said)) = zone(b"TZif2\nUTC0\n", 8 * 3600) else { panic!("nothing said") };
        assert!(said.contains("+00:00") && said.contains("+08:00"), "{said}");
    }
}
