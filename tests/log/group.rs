//! Group commit: whoever comes while the disk syncs shares the next sync.
use std::sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering},
    mpsc::{Receiver, Sender, channel},
};

use wangge::log::{
    conformance::{chain, visits},
    disk::{Act, Files, Options, Refusal, Store, Watch},
};

use super::common::{NOW, all, fresh};

/// A disk that tells of every sync of the journal; the first takes until it is let go.
struct Slow {
    syncs: AtomicUsize,
    begun: Sender<()>,
    go: Mutex<Receiver<()>>,
}

impl Watch for Slow {
    fn about(&self, act: Act<'_>) -> Result<(), Refusal> {
        let is_journal = matches!(act, Act::Sync(path) if path.extension() == Some("wgj".as_ref()));
        if is_journal && self.syncs.fetch_add(1, Ordering::SeqCst) == 0 {
            self.begun.send(()).unwrap();
            self.go.lock().unwrap().recv().unwrap();
        }
        Ok(())
    }
}

#[test]
fn whoever_comes_while_the_disk_syncs_shares_the_next_sync() {
    let (_temp, dir) = fresh();
    Store::open_with(&dir, NOW, &Options::default()).unwrap().store.close().unwrap();
    let ((begun, has_begun), (go, is_let_go)) = (channel(), channel());
    let disk = std::sync::Arc::new(Slow { syncs: AtomicUsize::new(0), begun, go: Mutex::new(is_let_go) });
    let options = Options { files: Files::watched(disk.clone()), ..Options::default() };
    let store = Store::open_with(&dir, NOW, &options).unwrap().store;
    let (send, receive) = channel();
    let write = |n: u8| {
        let (mut writer, send) = (chain(n), send.clone());
        let expected = writer.head;
        store.append_async(visits(&mut writer, 1), expected, NOW, move |result| send.send(result).unwrap());
    };
    write(1);
    has_begun.recv().unwrap();
    (2..=64).for_each(write);
    go.send(()).unwrap();
    for result in receive.iter().take(64) {
        result.unwrap();
    }
    assert_eq!(disk.syncs.load(Ordering::SeqCst), 2, "one for the first, and one for the 63 that waited");
    assert_eq!(all(&store).len(), 64);
}
