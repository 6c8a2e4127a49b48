//! Where packs are found: in the binary, in the configuration folders, or in a folder that somebody names.
use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::Files;
use crate::{
    grid::pack::{BUILTIN, Pack, PackError, PackFiles},
    words::{fault, t},
};

/// The files of a pack's folder.
pub const PACK_FILES: [&str; 3] = ["pack.toml", "duties.toml", "divisions.csv"];

/// The text of a pack's files, read but not yet understood.
#[derive(Clone, Debug)]
pub struct PackText {
    id: String,
    texts: [String; 3],
    holidays: String,
}

impl PackText {
    /// The files as the reader of packs takes them.
    pub fn files(&self) -> PackFiles<'_> {
        let [pack, duties, divisions] = self.texts.each_ref().map(String::as_str);
        PackFiles { id: &self.id, pack, duties, divisions, holidays: &self.holidays }
    }
}

/// The texts of the pack that ships under this id, if there is one, in the order of [`PACK_FILES`].
fn embedded(id: &str) -> [Option<&'static str>; 3] {
    let ships = BUILTIN.iter().find(|files| files.id == id);
    ships.map_or([None; 3], |files| [files.pack, files.duties, files.divisions].map(Some))
}

impl Files {
    /// The pack of this id: files of the configuration folder win over the embedded ones, each by itself.
    pub fn pack(&self, id: &str) -> Option<Result<Pack, PackError>> {
        let ships = embedded(id);
        let text = |i: usize| {
            let own = self.find(&format!("packs/{id}/{}", PACK_FILES[i])).map(|(_, text)| text);
            own.or(ships[i].map(str::to_owned))
        };
        let texts = [text(0)?, text(1)?, text(2)?];
        Some(Pack::parse(&PackText { id: id.to_owned(), texts, holidays: self.holidays() }.files()))
    }

    /// The ids of the packs that there are, those that ship first, each with the configuration folder that has files
    /// of it.
    pub fn packs(&self) -> Vec<(String, Option<PathBuf>)> {
        let mut found: Vec<(String, Option<PathBuf>)> =
            BUILTIN.iter().map(|files| (files.id.to_owned(), None)).collect();
        for folder in &self.folders {
            let entries = fs::read_dir(folder.join("packs")).into_iter().flatten().flatten();
            let mut own: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
            own.sort();
            for path in own {
                let id = name_of(&path);
                match found.iter_mut().find(|(known, _)| *known == id) {
                    Some((_, place)) => *place = place.take().or(Some(path)),
                    None => found.push((id, Some(path))),
                }
            }
        }
        found
    }

    /// The pack in a folder, wherever that is; what the folder lacks of a pack that ships is taken from there.
    ///
    /// # Errors
    /// The files that can't be read, a sentence each.
    pub fn pack_in(&self, folder: &Path) -> Result<PackText, Vec<String>> {
        let id = name_of(&fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned()));
        let read = PACK_FILES.map(|name| read(&folder.join(name)));
        // A folder with none of the files is no pack, whatever its name.
        let any = read.iter().any(|text| !matches!(text, Ok(None)));
        let ships = if any { embedded(&id) } else { [None; 3] };
        let mut texts: [String; 3] = Default::default();
        let mut wrong = Vec::new();
        for (i, text) in read.into_iter().enumerate() {
            match (text, ships[i]) {
                (Ok(Some(text)), _) => texts[i] = text,
                (Ok(None), Some(text)) => text.clone_into(&mut texts[i]),
                (Ok(None), None) => {
                    wrong.push(t!("run.pack.no_file", path = folder.join(PACK_FILES[i]).display()).into_owned())
                }
                (Err(error), _) => {
                    wrong.push(t!("word.at", place = folder.join(PACK_FILES[i]).display(), what = error).into_owned())
                }
            }
        }
        if wrong.is_empty() { Ok(PackText { id, texts, holidays: self.holidays() }) } else { Err(wrong) }
    }
}

/// A file's text; none where there is no such file.
fn read(path: &Path) -> Result<Option<String>, String> {
    let said = |error: io::Error| match error.kind() {
        ErrorKind::InvalidData => t!("run.pack.not_utf8").into_owned(),
        _ => t!("run.pack.unreadable", error = fault::of(&error)).into_owned(),
    };
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(said(error)),
    }
}

fn name_of(folder: &Path) -> String {
    folder.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned()
}
