//! What a laptop notes about its server: a small file beside the journal, `upstream`.
//!
//! ```text
//! store 32 hexadecimal digits
//! after 12345
//! scope 32 hexadecimal digits
//! ```
//! It is written after what it speaks of is durable. If it is lost or can't be read, everything is pulled again and what
//! is here is passed over.
use std::{fs, io, path::Path};

use crate::{
    grid::fact::WriterId,
    log::{Position, disk::Files},
};

/// The file's name.
const NAME: &str = "upstream";

/// The file of the host's name.
const HOST: &str = "upstream-host";

/// The file of the moment up to which others' records are here.
const SYNCED: &str = "upstream-time";

/// The host by which the server was reached last, if it was.
pub fn host(dir: &Path) -> Option<String> {
    let text = fs::read_to_string(dir.join(HOST)).ok()?;
    Some(text.trim().to_owned()).filter(|host| !host.is_empty() && !host.contains(char::is_whitespace))
}

/// Notes the host by which the server was reached.
///
/// # Errors
/// It can't be written.
pub fn note_host(dir: &Path, name: &str) -> io::Result<()> {
    if host(dir).as_deref() == Some(name) {
        return Ok(());
    }
    Files::new().replace(&dir.join(HOST), &[format!("{name}\n").as_bytes()]).map(drop)
}

/// Up to when the store in a folder has what others recorded, UTC milliseconds since 1970; none where it has no server.
pub fn synced_ms(dir: &Path) -> Option<i64> {
    fs::read_to_string(dir.join(SYNCED)).ok()?.trim().parse().ok()
}

/// Notes that the store has what others recorded up to then; what is noted of a later moment stays.
///
/// # Errors
/// It can't be written.
pub fn note_synced(dir: &Path, at_ms: i64) -> io::Result<()> {
    if synced_ms(dir).is_some_and(|known| known >= at_ms) {
        return Ok(());
    }
    Files::new().replace(&dir.join(SYNCED), &[format!("{at_ms}\n").as_bytes()]).map(drop)
}

/// Up to where a store has been pulled, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// The server's store.
    pub store: [u8; 16],
    /// The position there up to which everything is here.
    pub after: Position,
    /// For which scope that is true.
    pub scope: [u8; 16],
}

impl Upstream {
    /// What is noted in the store in `dir`; none if nothing is, or nothing that can be read.
    pub fn read(dir: &Path) -> Option<Upstream> {
        Upstream::parse(&fs::read_to_string(dir.join(NAME)).ok()?)
    }

    /// Notes it, in place of what was noted before.
    pub fn write(&self, dir: &Path, files: &Files) -> io::Result<()> {
        files.replace(&dir.join(NAME), &[self.text().as_bytes()]).map(drop)
    }

    fn text(&self) -> String {
        // A writer's name is 16 bytes as well, and has the way of writing them.
        let (store, scope) = (WriterId(self.store), WriterId(self.scope));
        format!("store {store}\nafter {}\nscope {scope}\n", self.after.0)
    }

    fn parse(text: &str) -> Option<Upstream> {
        let mut lines = text.lines();
        let mut line = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        let store = WriterId::parse(line("store")?)?.0;
        let after = Position(line("after")?.parse().ok()?);
        let scope = WriterId::parse(line("scope")?)?.0;
        lines.next().is_none().then_some(Upstream { store, after, scope })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_older_stick_does_not_make_a_store_older() {
        let dir = tempfile::TempDir::new().unwrap();
        assert_eq!(synced_ms(dir.path()), None);
        for (at_ms, known) in [(5, 5), (9, 9), (7, 9)] {
            note_synced(dir.path(), at_ms).unwrap();
            assert_eq!(synced_ms(dir.path()), Some(known));
        }
        fs::write(dir.path().join(SYNCED), "soon").unwrap();
        assert_eq!(synced_ms(dir.path()), None);
    }

    #[test]
    fn what_is_noted_is_read_back_and_damage_is_no_note() {
        let dir = tempfile::TempDir::new().unwrap();
        assert_eq!(Upstream::read(dir.path()), None);
        let mut note = Upstream { store: [0xab; 16], after: Position(77), scope: [1; 16] };
        for after in [77, u64::MAX] {
            note.after = Position(after);
            note.write(dir.path(), &Files::new()).unwrap();
            assert_eq!(Upstream::read(dir.path()).as_ref(), Some(&note));
        }
        let text = note.text();
        for at in 0..text.len() - 1 {
            assert_ne!(Upstream::parse(&text[..at]).as_ref(), Some(&note), "cut at {at}");
        }
        assert_eq!(Upstream::parse(&format!("{text}more\n")), None);
    }
}
