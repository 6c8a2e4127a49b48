//! Making the index anew from the journal.
use std::{io, path::Path, time::Duration};

use super::{
    error::{OpenError, at},
    files::Files,
    index::{self, IndexFault},
    index_open::{Opening, open_now, within},
    indexing::feed,
    lock::Lock,
    reader::Reader,
    segment,
    walk::{self, Heads, Mark},
};

const PATIENCE: Duration = Duration::from_secs(20);
/// How many frames go into the index at once; some 50 MB of memory for a moment.
const SLICE: usize = 50_000;

/// Makes the index of the store in `dir` anew; the old one is moved to `index.aside`. Returns the number of facts.
///
/// The journal is checked whole on the way. `progress` hears how many of how many facts are in.
pub fn rebuild(dir: &Path, now_ms: i64, progress: &mut dyn FnMut(u64, u64)) -> Result<u64, OpenError> {
    let folder = segment::folder(dir);
    if !folder.is_dir() {
        return Err(OpenError::Missing { dir: dir.display().to_string() });
    }
    let _lock = Lock::take(dir, now_ms, &Files::new())?;
    let last = walk::segments(&folder)?;
    let store = walk::header(&folder, 1, None)?.store;
    let begin = Mark::beginning(store);
    let upto = walk::walk(&folder, last, store, (begin, Heads::new()), &mut |_, _| {})?.mark.position;
    let path = index::folder(dir);
    let failed = |fault: IndexFault| match fault {
        IndexFault::Io(error) | IndexFault::Sled(sled::Error::Io(error)) => at(&path)(error),
        other => at(&path)(io::Error::other(other.to_string())),
    };
    let owned = dir.to_owned();
    let mut index = within(PATIENCE, move || open_now(&owned, store, Opening::Anew(None))).map_err(failed)?;
    while index.mark().position < upto {
        let mark = index.mark();
        feed(&mut index, &mut Reader::new(&folder, mark.end, mark.position, upto), SLICE).map_err(failed)?;
        progress(index.mark().position.0, upto.0);
    }
    within(PATIENCE, move || index.flush()).map_err(failed)?;
    Ok(upto.0)
}
