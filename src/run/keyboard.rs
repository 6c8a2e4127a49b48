//! The keymap in force and the file behind it, which is read again when it has changed.
use std::{
    fs,
    path::{Path, PathBuf},
    rc::Rc,
    time::{Duration, Instant, SystemTime},
};

use super::Files;
use crate::{
    term::{Keymap, keymap::Fault},
    words::{fault, t},
};

/// The file is looked at no more often than this, and only when a key is pressed: an idle desk wakes nobody.
const LOOK: Duration = Duration::from_secs(1);

/// The keymap in force, and where a person's own lines lie.
pub struct Keyboard {
    /// The keymap that comes with the program, below the person's own lines.
    base: Keymap,
    map: Rc<Keymap>,
    /// Where the own lines may lie; the first file that is there counts.
    paths: Vec<PathBuf>,
    /// Which file was read, and how it was then.
    seen: Option<Stamp>,
    looked: Option<Instant>,
}

/// A file as it was at a time.
type Stamp = (PathBuf, Option<SystemTime>, u64);

impl Keyboard {
    /// The keymap of that name or file, or the default one with the person's own lines over it; and what is wrong with
    /// these, a sentence each.
    pub fn open(files: &Files, named: Option<&str>) -> (Keyboard, Vec<String>) {
        let builtin = named.and_then(Keymap::builtin);
        let paths = match named.filter(|_| builtin.is_none()) {
            Some(path) => vec![PathBuf::from(path)],
            None => files.all_named("keymap.toml").collect(),
        };
        let is_named = named.is_some() && builtin.is_none();
        // The default keymap comes with the program.
        let base = builtin.or_else(|| Keymap::builtin("default")).unwrap_or_else(|| unreachable!("it is embedded"));
        let mut keyboard = Keyboard { map: Rc::new(base.clone()), base, paths, seen: None, looked: None };
        keyboard.seen = keyboard.stamp();
        let path = match (&keyboard.seen, is_named) {
            // A file that somebody named must be there.
            (None, true) => Some(keyboard.paths[0].clone()),
            (None, false) => None,
            (Some((path, ..)), _) => Some(path.clone()),
        };
        let faults = path.map_or(Vec::new(), |path| keyboard.read(&path, &path.display().to_string()));
        (keyboard, faults)
    }

    /// The keymap in force.
    pub fn map(&self) -> &Rc<Keymap> {
        &self.map
    }

    /// Looks whether the file has changed, at most once a second; what is to be said where it has.
    pub fn look(&mut self, now: Instant) -> Option<String> {
        if self.looked.is_some_and(|at| now.saturating_duration_since(at) < LOOK) {
            return None;
        }
        self.looked = Some(now);
        if self.stamp() == self.seen {
            return None;
        }
        let faults = self.again();
        Some(match faults.len() {
            0 => t!("keymap.changed").into_owned(),
            1 => faults[0].clone(),
            n => t!("keymap.more", first = faults[0], n = n - 1).into_owned(),
        })
    }

    /// The next look is not put off.
    pub fn forget(&mut self) {
        self.looked = None;
    }

    fn again(&mut self) -> Vec<String> {
        self.map = Rc::new(self.base.clone());
        self.seen = self.stamp();
        let Some((path, ..)) = self.seen.clone() else { return Vec::new() };
        // Whoever has just changed it knows where it lies; the line has room for what is wrong.
        let name = path.file_name().map_or(path.as_os_str(), |name| name);
        let name = Path::new(name).display().to_string();
        self.read(&path, &name)
    }

    /// Lays a file's lines over the keymap; a sentence for each that does not count.
    fn read(&mut self, path: &Path, name: &str) -> Vec<String> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let mut map = self.base.clone();
                let faults = map.merge(name, &text);
                self.map = Rc::new(map);
                faults.iter().map(Fault::to_string).collect()
            }
            Err(why) => vec![t!("keymap.cannot_read", file = name, why = fault::of(&why)).into_owned()],
        }
    }

    fn stamp(&self) -> Option<Stamp> {
        self.paths.iter().find_map(|path| {
            let meta = fs::metadata(path).ok()?;
            Some((path.clone(), meta.modified().ok(), meta.len()))
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::{Command, Context, Keys};

    fn undo(keyboard: &Keyboard) -> Vec<String> {
        keyboard.map().labels(Context::Desk, Command::Undo)
    }

    #[test]
    fn a_file_that_changes_holds_from_the_next_look_on_and_bad_lines_leave_the_keys_as_they_were() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("my.toml");
        fs::write(&path, "\"w\" = \"undo\"\n").unwrap();
        let (mut keyboard, faults) = Keyboard::open(&Files::of_user(), path.to_str());
        assert!(faults.is_empty());
        assert_eq!(undo(&keyboard), ["w", "u", "F8"]);
        #[allow(clippy::disallowed_methods)]
        let start = Instant::now();
        assert_eq!(keyboard.look(start), None);
        fs::write(&path, "\"W\" = \"undo\"\n\"u\" = \"udno\"\n\"F8\" \"none\"\n").unwrap();
        assert_eq!(keyboard.look(start + LOOK / 2), None, "not so soon");
        let said = keyboard.look(start + LOOK).unwrap();
        assert!(said.contains("第2行：没有叫 udno 的命令") && said.contains("还有 1 行不对"), "{said}");
        assert_eq!(undo(&keyboard), ["W", "u", "F8"]);
        fs::write(&path, "\"F8\" = \"none\"\n").unwrap();
        keyboard.forget();
        assert_eq!(keyboard.look(start + LOOK).unwrap(), "键位文件改过，新的键位已生效");
        assert_eq!(undo(&keyboard), ["u"]);
        fs::remove_file(&path).unwrap();
        assert!(keyboard.look(start + 2 * LOOK).is_some());
        assert_eq!(undo(&keyboard), ["u", "F8"]);
        assert_eq!(keyboard.look(start + 3 * LOOK), None);
    }

    #[test]
    fn a_named_file_that_is_not_there_is_told_and_the_default_keys_hold() {
        let (keyboard, faults) = Keyboard::open(&Files::of_user(), Some("/no/such/keys.toml"));
        assert!(faults[0].contains("键位文件 /no/such/keys.toml 打不开"), "{faults:?}");
        assert_eq!(undo(&keyboard), ["u", "F8"]);
        let (keyboard, _) = Keyboard::open(&Files::of_user(), Some("excel"));
        assert_eq!(undo(&keyboard)[0], "Ctrl-Z");
    }
}
