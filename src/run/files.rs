//! Files of the user and of the system: the configuration, and data that wins over what is embedded.
use std::{fs, path::PathBuf};

use directories::ProjectDirs;
use serde::Deserialize;

use crate::grid::{
    calendar::{Calendar, CalendarError},
    pack::HOLIDAYS,
};

/// `config.toml`: everything in it can be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The store's folder.
    pub store: Option<PathBuf>,
    /// The acting person, by id or name.
    #[serde(rename = "as")]
    pub person: Option<String>,
    /// The keymap's name or file.
    pub keymap: Option<String>,
    /// Whether only ASCII marks are drawn.
    pub ascii: bool,
}

/// Where files are looked for: the user's configuration folder, then the system's.
#[derive(Clone, Debug)]
pub struct Files {
    pub(super) folders: Vec<PathBuf>,
    data: PathBuf,
}

impl Files {
    /// The folders of this user, by the conventions of the system.
    pub fn of_user() -> Files {
        let own = ProjectDirs::from("", "", "wangge");
        let folders = own.iter().map(|dirs| dirs.config_dir().to_owned()).chain([PathBuf::from("/etc/wangge")]);
        let data = own.as_ref().map_or_else(|| PathBuf::from("wangge-data"), |dirs| dirs.data_dir().to_owned());
        Files { folders: folders.collect(), data }
    }

    /// The store that is used unless another is named.
    pub fn default_store(&self) -> PathBuf {
        self.data.join("store")
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

    /// The configuration; a file that can't be read is told in one sentence and left out.
    pub fn config(&self) -> (Config, Option<String>) {
        let Some((path, text)) = self.find("config.toml") else { return (Config::default(), None) };
        match toml::from_str(&text) {
            Ok(config) => (config, None),
            Err(error) => {
                let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
                let what = match error.message().starts_with("unknown field") {
                    true => "没有这个设置，可写的是 store、as、keymap、ascii".to_owned(),
                    false => error.message().to_owned(),
                };
                let what = format!("{} 第 {line} 行不对，先按默认设置：{what}", path.display());
                (Config::default(), Some(what))
            }
        }
    }

    /// The holidays: the office's own file where there is one.
    pub fn calendar(&self) -> Result<Calendar, CalendarError> {
        Calendar::parse(&self.holidays())
    }

    pub(super) fn holidays(&self) -> String {
        self.find("holidays/cn.csv").map_or_else(|| HOLIDAYS.to_owned(), |(_, text)| text)
    }
}
