//! Making and opening a store.
use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
};

use super::{
    ballast::Ballast,
    commit::Stage,
    device,
    error::{OpenError, at},
    files::{Files, read_at},
    indexing::{IndexAt, Indexing},
    journal::{Journal, begin_segment},
    lock::Lock,
    reader::{Reader, Tail},
    segment,
    snapshot::{self, Snapshot},
    walk::{self, Heads, Mark, Torn, Walked},
    writer::{Inbox, Notices, Writer},
};
use crate::words::t;
use crate::{
    grid::fact::{DeviceKey, WriterId},
    log::{Notice, Position, StoreHandle},
};

/// How a store is opened; the default is right outside tests.
#[derive(Clone)]
pub struct Options {
    /// The file operations.
    pub files: Files,
    /// A segment that has reached this many bytes is followed by a new one.
    pub segment_bytes: u64,
    /// When the index is opened.
    pub index: IndexAt,
}

impl Default for Options {
    fn default() -> Options {
        Options { files: Files::new(), segment_bytes: 64 * 1024 * 1024, index: IndexAt::default() }
    }
}

/// A store in a folder.
pub struct Store;

/// A store that has been opened: what the first frame is drawn from, and the way to the thread that owns it.
pub struct Opened {
    /// The state that was saved last, and the position up to which it counts; none makes [`Opened::tail`] the whole
    /// journal.
    pub snapshot: Option<(Vec<u8>, Position)>,
    /// The entries behind the snapshot, oldest first.
    pub tail: Tail,
    /// The position of the last entry.
    pub position: Position,
    /// Where every writer's chain stands.
    pub heads: Heads,
    /// This device's writer id, which follows from its key.
    pub writer: WriterId,
    /// What this device signs with.
    pub key: DeviceKey,
    /// What a person should know; later notices come through [`StoreHandle::on_notice`].
    pub notices: Vec<Notice>,
    /// The way to the store.
    pub store: StoreHandle,
    folder: PathBuf,
    id: [u8; 16],
}

impl Opened {
    /// The store's id: 16 random bytes, made with it.
    pub fn id(&self) -> [u8; 16] {
        self.id
    }

    /// All entries from the first on, for a caller who can't read the snapshot that an earlier version made.
    pub fn everything(&self) -> Tail {
        Tail::new(&self.folder, &Mark::beginning(self.id), self.position)
    }
}

impl Store {
    /// Makes an empty store in `dir`, which must be empty or not there yet.
    pub fn create(dir: &Path) -> Result<(), OpenError> {
        Store::create_with(dir, &Files::new())
    }

    /// [`Store::create`] with file operations of the caller's choice.
    pub fn create_with(dir: &Path, files: &Files) -> Result<(), OpenError> {
        Store::create_under(dir, files, false)
    }

    /// [`Store::create`] for the device whose key [`Store::announce`] has made there.
    pub fn create_announced(dir: &Path) -> Result<(), OpenError> {
        Store::create_under(dir, &Files::new(), true)
    }

    /// The public key of the device whose store is to be made in `dir`, so that it can be enrolled before there is one;
    /// made where there is none.
    pub fn announce(dir: &Path) -> Result<[u8; 32], OpenError> {
        if !is_free(dir).map_err(at(dir))? {
            return Err(OpenError::Exists { dir: dir.display().to_string() });
        }
        let files = Files::new();
        if !dir.is_dir() {
            files.make_dir(dir).map_err(at(dir))?;
        }
        let key = device::read(dir).map_or_else(|| device::make(dir, &files), Ok);
        key.map(|key| key.public()).map_err(at(dir))
    }

    fn create_under(dir: &Path, files: &Files, announced: bool) -> Result<(), OpenError> {
        if !is_free(dir).map_err(at(dir))? {
            return Err(OpenError::Exists { dir: dir.display().to_string() });
        }
        make_folders(dir, files).map_err(at(dir))?;
        if !announced || device::read(dir).is_none() {
            device::make(dir, files).map_err(at(dir))?;
        }
        let id = device::random().map_err(at(dir))?;
        begin_segment(files, &segment::folder(dir), id, 1, &Mark::beginning(id)).map_err(at(dir))?;
        files.sync_dir(dir).map_err(at(dir))?;
        let parent = dir.parent().filter(|parent| !parent.as_os_str().is_empty());
        parent.map_or(Ok(()), |parent| files.sync_dir(parent)).map_err(at(dir))
    }

    /// Opens the store in `dir` for this process; `now_ms` (UTC milliseconds since 1970) is told to those who come
    /// while it is held.
    pub fn open(dir: &Path, now_ms: i64) -> Result<Opened, OpenError> {
        Store::open_with(dir, now_ms, &Options::default())
    }

    /// [`Store::open`] with options.
    pub fn open_with(dir: &Path, now_ms: i64, options: &Options) -> Result<Opened, OpenError> {
        let folder = segment::folder(dir);
        if !folder.is_dir() {
            return Err(OpenError::Missing { dir: dir.display().to_string() });
        }
        let files = &options.files;
        let lock = Lock::take(dir, now_ms, files)?;
        make_folders(dir, files).map_err(at(dir))?;
        clear_unfinished(dir, files).map_err(at(dir))?;
        let last = walk::segments(&folder)?;
        let id = walk::header(&folder, 1, None)?.store;
        let mut notices = Vec::new();
        let (snapshot, known) = newest_snapshot(dir, id, &mut notices)?;
        let (from, heads, payload) = match snapshot {
            Some(Snapshot { mark, heads, payload, .. }) => (mark, heads, Some((payload, mark.position))),
            None => (Mark::beginning(id), Heads::new(), None),
        };
        let Walked { mark, heads, torn } = walk::walk(&folder, last, id, (from, heads), &mut |_, _| {})?;
        if mark.position < known {
            return Err(OpenError::Short { found: mark.position, known });
        }
        if let Some(torn) = torn {
            notices.push(cut(dir, files, torn)?);
        }
        let journal = Journal::resume(files.clone(), folder.clone(), (id, options.segment_bytes), mark, last);
        let journal = journal.map_err(at(&folder))?;
        if mark.position > from.position {
            // A kill leaves records that were written and never made durable; they count from now on.
            journal.sync().map_err(at(&folder))?;
        }
        let key = match device::read(dir) {
            Some(key) => key,
            None => {
                let key = device::make(dir, files).map_err(at(dir))?;
                let unsigned = dir.join("device");
                match unsigned.exists() {
                    // A store of the time before keys: its device had a name and nothing to sign with.
                    true => files.remove(&unsigned).map_err(at(dir))?,
                    false => notices.push(Notice::DeviceRenamed { device: key.writer().to_string() }),
                }
                key
            }
        };
        let store = spawn(dir, options, journal, heads.clone(), lock).map_err(at(dir))?;
        let tail = Tail::new(&folder, &from, mark.position);
        let (writer, position) = (key.writer(), mark.position);
        Ok(Opened { snapshot: payload, tail, position, heads, writer, key, notices, store, folder, id })
    }
}

fn spawn(dir: &Path, options: &Options, journal: Journal, heads: Heads, lock: Lock) -> io::Result<StoreHandle> {
    let (sender, inbox) = mpsc::channel();
    let sender = Arc::new(Inbox(sender));
    let writer = Writer {
        dir: dir.to_owned(),
        files: options.files.clone(),
        inbox,
        outbox: Arc::downgrade(&sender),
        journal,
        heads,
        stage: Stage::default(),
        ballast: Ballast::of(dir, &options.files),
        indexing: Indexing::new(options.index),
        waiting: Default::default(),
        subscribers: Vec::new(),
        notices: Notices::default(),
        checkpoints: Default::default(),
        closing: None,
        _lock: lock,
    };
    thread::Builder::new().name("wangge-store".to_owned()).spawn(move || writer.run())?;
    Ok(StoreHandle::new(sender))
}

/// Whether a store can be made in `dir`: nothing is there, or only what a making that was cut short has left.
fn is_free(dir: &Path) -> io::Result<bool> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(true),
        Err(e) => return Err(e),
    };
    for entry in entries {
        let name = entry?.file_name();
        let ours = ["journal", "snapshot", "device.key", "device.key.new"].iter().any(|ours| name == *ours);
        if !ours {
            return Ok(false);
        }
    }
    let segments = segment::list(&segment::folder(dir)).unwrap_or_default();
    Ok(segments.is_empty() && snapshot::list(&snapshot::folder(dir)).is_empty())
}

fn make_folders(dir: &Path, files: &Files) -> io::Result<()> {
    for folder in [dir.to_owned(), segment::folder(dir), snapshot::folder(dir)] {
        if !folder.is_dir() {
            files.make_dir(&folder)?;
        }
    }
    Ok(())
}

/// Removes files that were being written when a process ended, and had not taken their place.
fn clear_unfinished(dir: &Path, files: &Files) -> io::Result<()> {
    for folder in [dir.to_owned(), segment::folder(dir), snapshot::folder(dir)] {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension() == Some("new".as_ref()) {
                files.remove(&path)?;
            }
        }
    }
    Ok(())
}

/// The newest snapshot that is whole and fits the journal, and the last position that any whole one knows.
pub(super) fn newest_snapshot(
    dir: &Path,
    id: [u8; 16],
    notices: &mut Vec<Notice>,
) -> Result<(Option<Snapshot>, Position), OpenError> {
    let mut known = Position(0);
    for path in snapshot::list(&snapshot::folder(dir)) {
        let file = path.strip_prefix(dir).unwrap_or(&path).display().to_string();
        match snapshot::read(&path).filter(|snapshot| snapshot.store == id) {
            Some(snapshot) => {
                known = known.max(snapshot.mark.position);
                if fits(&segment::folder(dir), id, &snapshot.mark)? {
                    return Ok((Some(snapshot), known));
                }
            }
            None => notices.push(Notice::SnapshotDamaged { file }),
        }
    }
    Ok((None, known))
}

/// Whether the journal holds the frame that a snapshot ends with.
fn fits(folder: &Path, id: [u8; 16], mark: &Mark) -> Result<bool, OpenError> {
    walk::header(folder, mark.start.segment, Some(id))?;
    let mut reader = Reader::new(folder, mark.start, Position(mark.position.0.saturating_sub(1)), mark.position);
    Ok(matches!(reader.next_frame(), Ok(Some((_, start))) if reader.mark(start) == Some(*mark)))
}

/// Cuts a torn end off and keeps its bytes aside.
fn cut(dir: &Path, files: &Files, torn: Torn) -> Result<Notice, OpenError> {
    let folder = segment::folder(dir);
    let path = segment::path(&folder, torn.at.segment);
    let file = files.open_to_write(&path).map_err(at(&path))?;
    let bytes = file.metadata().map_err(at(&path))?.len().saturating_sub(torn.at.offset);
    let mut rest = vec![0; usize::try_from(bytes).unwrap_or(usize::MAX)];
    read_at(&file, &mut rest, torn.at.offset).map_err(at(&path))?;
    let name = format!("{:06}-{}.cut", torn.at.segment, torn.at.offset);
    let kept = match files.replace(&folder.join(&name), &[&rest]) {
        Ok(_) => format!("journal/{name}"),
        Err(_) => t!("log.not_kept").into_owned(),
    };
    files.truncate(&file, &path, torn.at.offset).and_then(|()| files.sync(&file, &path)).map_err(at(&path))?;
    Ok(Notice::TailCut { records: torn.records, bytes, kept })
}
