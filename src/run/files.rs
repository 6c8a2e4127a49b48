//! Files of the user and of the system: data that wins over what is embedded.
use std::{fs, path::PathBuf};

use directories::{ProjectDirs, UserDirs};

use crate::grid::{
    calendar::{Calendar, CalendarError},
    pack::HOLIDAYS,
};

/// Where files are looked for: the user's configuration folder, then the system's.
#[derive(Clone, Debug)]
pub struct Files {
    pub(super) folders: Vec<PathBuf>,
    pub(super) data: PathBuf,
}

impl Files {
    /// The folders of this user, by the conventions of the system.
    pub fn of_user() -> Files {
        let own = ProjectDirs::from("", "", "wangge");
        let folders = own.iter().map(|dirs| dirs.config_dir().to_owned()).chain([PathBuf::from("/etc/wangge")]);
        let data = own.as_ref().map_or_else(|| PathBuf::from("wangge-data"), |dirs| dirs.data_dir().to_owned());
        Files { folders: folders.collect(), data }
    }

    /// These folders, the first of them the user's own.
    #[cfg(test)]
    pub(crate) fn in_folders(folders: Vec<PathBuf>, data: PathBuf) -> Files {
        Files { folders, data }
    }

    /// The store that is used unless another is named.
    pub fn default_store(&self) -> PathBuf {
        self.data.join("store")
    }

    /// Where reports are written: the user's folder of documents, or the current one where they have none.
    pub fn reports(&self) -> PathBuf {
        let documents = UserDirs::new().and_then(|dirs| dirs.document_dir().map(ToOwned::to_owned));
        documents.filter(|folder| folder.is_dir()).unwrap_or_else(|| std::env::current_dir().unwrap_or_default())
    }

    /// Where a file of this name may lie, in the order in which they win.
    pub fn all_named(&self, name: &str) -> impl Iterator<Item = PathBuf> {
        self.folders.iter().map(move |folder| folder.join(name))
    }

    /// The first file of this name, with its path.
    pub fn find(&self, name: &str) -> Option<(PathBuf, String)> {
        self.folders.iter().map(|folder| folder.join(name)).find_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            Some((path, text))
        })
    }

    /// The holidays: the office's own file where there is one.
    pub fn calendar(&self) -> Result<Calendar, CalendarError> {
        Calendar::parse(&self.holidays())
    }

    pub(super) fn holidays(&self) -> String {
        self.find("holidays/cn.csv").map_or_else(|| HOLIDAYS.to_owned(), |(_, text)| text)
    }
}
