//! Links that break after any byte, in either direction.
use std::{
    io::{Read, Write},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use wangge::sync::socket;

use super::{agrees, check, rounds};
use crate::{
    crash::{Dice, tell},
    office::{Client, Office, visit_of},
};

const NOW: i64 = 1_789_000_000_000;

/// A socket between clients and the server that lets each connection live for so many bytes, of both directions together.
struct Cutter {
    path: PathBuf,
    /// How many connections were cut.
    cuts: Arc<AtomicUsize>,
}

impl Cutter {
    /// Between whoever connects to `path` and the server at `server`; the dice say after how many of up to `most` bytes a
    /// link is cut.
    fn start(path: &Path, server: &Path, dice: Arc<Mutex<Dice>>, most: usize) -> Cutter {
        let listener = UnixListener::bind(path).expect("a socket");
        let cuts = Arc::new(AtomicUsize::new(0));
        let (server, counted) = (server.to_owned(), cuts.clone());
        thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, socket::connect(&server)) else { return };
                let left = Arc::new(Mutex::new(dice.lock().expect("dice").below(most)));
                for (from, to) in [(&client, &server), (&server, &client)] {
                    let (from, to) = (from.try_clone().expect("a file"), to.try_clone().expect("a file"));
                    let (left, cuts) = (left.clone(), counted.clone());
                    thread::spawn(move || carry(from, to, &left, &cuts));
                }
            }
        });
        Cutter { path: path.to_owned(), cuts }
    }

    fn cuts(&self) -> usize {
        self.cuts.load(Ordering::Relaxed)
    }
}

/// Carries bytes until one side ends or the link has carried all that it lives for.
fn carry(mut from: UnixStream, mut to: UnixStream, left: &Mutex<usize>, cuts: &AtomicUsize) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(n @ 1..) = from.read(&mut buffer) {
        let mut left = left.lock().expect("a number");
        let carried = n.min(*left);
        *left -= carried;
        let is_cut = carried < n;
        drop(left);
        if to.write_all(&buffer[..carried]).is_err() {
            break;
        }
        if is_cut {
            cuts.fetch_add(1, Ordering::Relaxed);
            break;
        }
    }
    // Either may have ended already.
    let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
}

#[test]
fn links_that_are_cut_after_any_byte_lose_and_double_nothing() {
    let rounds = rounds(60);
    let dice = Arc::new(Mutex::new(Dice::from_env()));
    let mut office = Office::open();
    let most = 6_000;
    let cutter = Cutter::start(&office.home().path().join("cut"), &office.socket(), dice.clone(), most);
    let mut clients: Vec<Client> = (0..3).map(|n| Client::new(cutter.path.clone(), 100 + n)).collect();
    let villages = office.villages().to_vec();
    thread::scope(|scope| {
        for (n, client) in clients.iter_mut().enumerate() {
            let (cutter, own) = (&cutter, &villages[n * 20..n * 20 + 20]);
            scope.spawn(move || {
                let mut day = 0;
                while cutter.cuts() < rounds {
                    let group: Vec<_> =
                        own[..1 + day as usize % 9].iter().map(|unit| visit_of(unit, day, None)).collect();
                    client.write(&group, NOW);
                    day += 1;
                }
            });
        }
    });
    agrees(&office, &mut Client::new(office.socket(), 999));
    office.stop();
    let facts = check(&office, &clients);
    let lost: usize = clients.iter().map(|client| client.lost).sum();
    tell(&format!(
        "links cut {} times after up to {most} bytes, {}: {facts} facts acknowledged, 0 missing, 0 doubled; {lost} links of \
         clients that were in",
        cutter.cuts(),
        dice.lock().expect("dice").seed()
    ));
}
