//! The server's disk is full: a small file system of its own, which fills up under the writers' hands and is made larger.
use std::{path::PathBuf, process::Command};

use wangge::sync::message::Why;

use super::{agrees, check};
use crate::{
    crash::tell,
    office::{Client, Office, visit_of},
};

const NOW: i64 = 1_789_000_000_000;

/// A file system in memory; it goes with it.
struct Disk(PathBuf);

impl Disk {
    fn of(path: PathBuf, megabytes: u32) -> Disk {
        assert!(
            rustix::process::geteuid().is_root(),
            "this test mounts a small file system and needs root; leave it out with --skip chaos::full"
        );
        std::fs::create_dir(&path).expect("a folder");
        let disk = Disk(path);
        disk.mount(&format!("size={megabytes}m,mode=0700"));
        disk
    }

    fn grow(&self, megabytes: u32) {
        self.mount(&format!("remount,size={megabytes}m"));
    }

    fn mount(&self, options: &str) {
        let path = self.0.to_str().expect("UTF-8");
        let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "wangge-test", path]).output();
        let mounted = mounted.expect("mount runs");
        assert!(mounted.status.success(), "{}", String::from_utf8_lossy(&mounted.stderr));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // Whoever still has a file open there does not keep it in the tree.
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_refuses_in_words_loses_nothing_and_goes_on_when_there_is_room() {
    let office = Office::empty();
    let disk = Disk::of(office.store(), 16);
    let mut office = office.found();
    office.start();
    let mut clients: Vec<Client> = (0..4).map(|n| Client::new(office.socket(), 300 + n)).collect();
    let villages = office.villages().to_vec();
    let (mut refusals, mut day, mut words) = (0, 0, String::new());
    // Everybody writes in turn until everybody has been refused, and some times more.
    while refusals < 40 {
        for (n, client) in clients.iter_mut().enumerate() {
            let group: Vec<_> = villages[n * 60..n * 60 + 60].iter().map(|unit| visit_of(unit, day, None)).collect();
            match client.try_write(&group, NOW) {
                Ok(()) => {}
                Err((Why::Full(_), text)) => {
                    refusals += 1;
                    words = text;
                }
                Err(other) => panic!("{other:?}"),
            }
        }
        day += 1;
        assert!(day < 5_000, "the disk never filled up");
    }
    assert!(words.contains("磁盘空间不足"), "{words}");
    let before: usize = clients.iter().map(|client| client.taken.len()).sum();
    // What was acknowledged can be read, and the server still knows what it knew.
    agrees(&office, &mut Client::new(office.socket(), 399));
    disk.grow(64);
    for (n, client) in clients.iter_mut().enumerate() {
        client.try_write(&[visit_of(&villages[n], day + 1, None)], NOW).expect("there is room again");
    }
    agrees(&office, &mut clients[0]);
    office.stop();
    let facts = check(&office, &clients);
    assert!(facts == before + 4 && before > 1_000, "{before}");
    tell(&format!(
        "disk full on the server: {before} facts acknowledged before, {refusals} groups refused, then on: 0 missing"
    ));
    // The folder that it lies in goes last.
    drop(disk);
    drop(office);
}
