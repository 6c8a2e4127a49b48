//! A person's own names: short names of units (`aliases.toml`) and working lists (`lists.toml`).
use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
};

use super::Files;
use crate::{
    app::{find::Aliases, lists::Lists},
    words::{fault, t},
};

impl Files {
    /// The short names; what is wrong with their file, a sentence for each line that does not count.
    pub fn aliases(&self) -> (Aliases, Vec<String>) {
        let Some((path, text)) = self.find("aliases.toml") else { return (Aliases::default(), Vec::new()) };
        let (aliases, faults) = Aliases::parse(&text);
        let file = path.display().to_string();
        let faults = faults.iter().map(|fault| t!("lists.bad_alias", file = file, what = fault).into_owned());
        (aliases, faults.collect())
    }
}

/// The file of working lists.
pub struct ListFile {
    /// Where it is written; none where there is no folder for it.
    path: Option<PathBuf>,
    /// What is wrong with it; it is then left as it is.
    fault: Option<String>,
}

impl ListFile {
    /// Reads the working lists; a file that can't be read is told in one sentence and left alone.
    pub fn open(files: &Files) -> (ListFile, Lists, Option<String>) {
        let path = files.all_named("lists.toml").next();
        let Some((found, text)) = files.find("lists.toml") else {
            return (ListFile { path, fault: None }, Lists::default(), None);
        };
        match Lists::parse(&text) {
            Ok(lists) => (ListFile { path, fault: None }, lists, None),
            Err(fault) => {
                let told = t!("lists.bad_file", file = found.display(), what = fault).into_owned();
                (ListFile { path, fault: Some(told.clone()) }, Lists::default(), Some(told))
            }
        }
    }

    /// Writes the lists down: all of them or none.
    ///
    /// # Errors
    /// The sentence that says why they were not written.
    pub fn write(&self, lists: &Lists) -> Result<(), String> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let Some(path) = &self.path else { return Ok(()) };
        let write = |text: String| -> io::Result<()> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let fresh = path.with_extension("new");
            let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            fs::rename(&fresh, path)
        };
        let said = |why: String| t!("lists.not_saved", why = why).into_owned();
        write(lists.to_text().map_err(said)?).map_err(|error| said(fault::of(&error).into_owned()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::app::lists::WorkingList;

    fn files(folder: &Path) -> Files {
        Files { folders: vec![folder.to_owned(), folder.join("of-the-system")], ..Files::of_user() }
    }

    #[test]
    fn lists_are_written_into_the_persons_folder_and_read_again() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("not-there-yet");
        let (file, lists, fault) = ListFile::open(&files(&folder));
        assert_eq!((lists.all.len(), fault), (0, None));
        let lists = lists.with(WorkingList::new("我的"), None);
        file.write(&lists).unwrap();
        assert_eq!(ListFile::open(&files(&folder)).1, lists);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn a_bad_file_is_told_by_line_and_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("lists.toml");
        fs::write(&path, "[[list]]\nname = 1\n").unwrap();
        let (file, lists, fault) = ListFile::open(&files(home.path()));
        assert!(fault.unwrap().contains("第2行"));
        assert!(file.write(&lists).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "[[list]]\nname = 1\n");
        // A folder in place of the file can't be written over either.
        let (file, ..) = ListFile::open(&files(Path::new("/proc/self")));
        assert!(file.write(&lists).unwrap_err().contains("没有存下"));
    }

    #[test]
    fn short_names_are_read_and_faults_told_with_the_file() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("aliases.toml"), "老厂 = 华鑫\n没有\n").unwrap();
        let (aliases, faults) = files(home.path()).aliases();
        assert_eq!(aliases.with("华鑫", &[]), "华鑫 老厂");
        assert!(faults[0].contains("aliases.toml") && faults[0].contains("第2行"), "{faults:?}");
    }
}
