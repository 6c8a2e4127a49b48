//! What a package installs beside the program: the unit, the user, the folders; held against systemd itself and against
//! what the program does.
#![allow(clippy::expect_used, clippy::unwrap_used)]
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const DIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/dist");

fn text(name: &str) -> String {
    fs::read_to_string(Path::new(DIST).join(name)).unwrap()
}

/// The values of a key in the unit, in order.
fn values(key: &str) -> Vec<String> {
    let unit = text("wangge.service");
    let values = unit.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    values.map(str::to_owned).collect()
}

/// Runs one of systemd's programs, which Debian has in its package `systemd`.
fn systemd(program: &str, args: &[&str]) -> Output {
    let output = Command::new(program).args(args).output();
    output.unwrap_or_else(|e| panic!("{program}: {e}; these tests need systemd's programs: apt-get install systemd"))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

/// The unit in a folder of its own, running the program under test.
fn unit() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("wangge.service");
    let program = env!("CARGO_BIN_EXE_wangge");
    fs::write(&path, text("wangge.service").replace("/usr/bin/wangge", program)).unwrap();
    (dir, path)
}

#[test]
fn systemd_takes_the_unit_as_it_is() {
    let (_dir, path) = unit();
    let output = systemd("systemd-analyze", &["verify", "--man=no", path.to_str().unwrap()]);
    let about_us = said(&output);
    let faults: Vec<&str> = about_us.lines().filter(|line| line.contains("wangge")).collect();
    assert!(output.status.success() && faults.is_empty(), "{about_us}");
    // A unit with a fault would be found.
    fs::write(&path, text("wangge.service").replace("Type=exec", "Type=nothing")).unwrap();
    let output = systemd("systemd-analyze", &["verify", "--man=no", path.to_str().unwrap()]);
    assert!(said(&output).contains("nothing"), "{}", said(&output));
}

#[test]
fn the_unit_is_as_shut_as_systemd_can_make_it() {
    let (_dir, path) = unit();
    let output = systemd("systemd-analyze", &["security", "--offline=yes", path.to_str().unwrap()]);
    let told = said(&output);
    let score = told.lines().find_map(|line| line.split_once("Overall exposure level for wangge.service: "));
    let score: f64 =
        score.and_then(|(_, rest)| rest.split(' ').next()?.parse().ok()).unwrap_or_else(|| panic!("{told}"));
    // 0 is shut, 10 is open; a unit without any of this has 9.6.
    assert!(score <= 1.5, "{told}");
}

#[test]
fn the_kernel_says_who_is_at_the_other_end() {
    // In a user namespace of its own the server would take everybody for nobody.
    assert_eq!(values("PrivateUsers"), Vec::<String>::new());
    assert_eq!(values("User"), ["wangge"]);
    assert_eq!(values("RestrictAddressFamilies"), ["AF_UNIX"]);
}

#[test]
fn the_user_and_the_folders_are_made_as_the_unit_wants_them() {
    let root = tempfile::tempdir().unwrap();
    let etc = root.path().join("etc");
    fs::create_dir(&etc).unwrap();
    let place = root.path().join("usr/lib/sysusers.d");
    fs::create_dir_all(&place).unwrap();
    fs::write(place.join("wangge.conf"), text("sysusers.d/wangge.conf")).unwrap();
    let output = systemd("systemd-sysusers", &[&format!("--root={}", root.path().display())]);
    assert!(output.status.success(), "{}", said(&output));
    let passwd = fs::read_to_string(etc.join("passwd")).unwrap();
    let line = passwd.lines().find(|line| line.starts_with("wangge:")).unwrap_or_else(|| panic!("{passwd}"));
    assert!(line.ends_with(":/var/lib/wangge:/usr/sbin/nologin"), "{line}");
    let tmpfiles = text("tmpfiles.d/wangge.conf");
    let folders: Vec<&str> = tmpfiles.lines().filter(|line| line.starts_with("d ")).collect();
    let mode = |key: &str| values(key).remove(0);
    let wanted = [
        format!("d /var/lib/wangge {} wangge wangge -", mode("StateDirectoryMode")),
        format!("d /run/wangge {} wangge wangge -", mode("RuntimeDirectoryMode")),
    ];
    assert_eq!(folders, wanted);
}
