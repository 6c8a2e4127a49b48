//! `config.toml`: reading it from the user's and the system's folder, and changing single lines of the user's.
use std::{
    fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Deserializer, de::Error as _};
use toml_edit::{DocumentMut, Item, Value};

use super::Files;
use crate::{
    app::GlyphSet,
    ui::text::Ambiguous,
    words::{Language, fault, t, word},
};

/// `config.toml`: everything in it can be left out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The store's folder.
    pub store: Option<PathBuf>,
    /// The socket of the server that people share; it is used where no store is named.
    pub socket: Option<PathBuf>,
    /// The host with the server of this laptop's store, as `ssh` reaches it; where nothing is said, the one of the last sync.
    pub host: Option<String>,
    /// The acting person, by id or name.
    #[serde(rename = "as")]
    pub person: Option<String>,
    /// The language of the interface: `zh` or `en`.
    #[serde(deserialize_with = "language")]
    pub lang: Option<Language>,
    /// The theme's name.
    pub theme: Option<String>,
    /// The keymap's name or file.
    pub keymap: Option<String>,
    /// Which marks are drawn: `auto`, `unicode` or `ascii`.
    pub glyphs: Option<GlyphSet>,
    /// Whether only ASCII marks are drawn; `glyphs` says more and wins.
    pub ascii: Option<bool>,
    /// How wide the terminal draws ambiguous characters; the terminal is asked where nothing is said.
    pub width: Option<Ambiguous>,
    /// Whether the mouse is listened to.
    pub mouse: Option<bool>,
    /// Whether the tour was seen or skipped.
    pub toured: Option<bool>,
}

fn language<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Language>, D::Error> {
    let name = String::deserialize(from)?;
    let known = Language::ALL.map(|language| format!("`{}`", language.id())).join(", ");
    let unknown = || D::Error::custom(format!("unknown variant `{name}`, expected one of {known}"));
    Language::ALL.into_iter().find(|language| language.id() == name).map(Some).ok_or_else(unknown)
}

impl Config {
    /// What `self` says, and otherwise what `below` says.
    fn over(self, below: Config) -> Config {
        Config {
            store: self.store.or(below.store),
            socket: self.socket.or(below.socket),
            host: self.host.or(below.host),
            person: self.person.or(below.person),
            lang: self.lang.or(below.lang),
            theme: self.theme.or(below.theme),
            keymap: self.keymap.or(below.keymap),
            glyphs: self.glyphs.or(below.glyphs),
            ascii: self.ascii.or(below.ascii),
            width: self.width.or(below.width),
            mouse: self.mouse.or(below.mouse),
            toured: self.toured.or(below.toured),
        }
    }

    /// The marks that are drawn.
    pub fn glyph_set(&self) -> GlyphSet {
        let by_ascii = if self.ascii == Some(true) { GlyphSet::Ascii } else { GlyphSet::Auto };
        self.glyphs.unwrap_or(by_ascii)
    }

    /// Reads a file's text; what is wrong with it is a line, from 1, and a sentence.
    fn parse(text: &str) -> Result<Config, (usize, String)> {
        toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
            (line, in_words(error.message()))
        })
    }
}

/// What the reader says, in words for a person. It names what is possible between backticks, after what is there.
fn in_words(message: &str) -> String {
    let mut named = message.split('`').skip(1).step_by(2).map(str::to_owned);
    let is = |what: &str| message.starts_with(what);
    if is("unknown field") || is("unknown variant") {
        let what = named.next().unwrap_or_default();
        let known = named.collect::<Vec<_>>().join(", ");
        return match is("unknown field") {
            true => t!("config.no_such_key", key = what, known = known).into_owned(),
            false => t!("config.no_such_value", value = what, known = known).into_owned(),
        };
    }
    message.to_owned()
}

/// Why settings could not be kept: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// There is no folder for the user's own files.
    #[error("{}", t!("config.no_folder"))]
    NoFolder,
    /// The file that is there is no TOML: the file and the line.
    #[error("{}", t!("config.broken", file = .0.display(), line = .1))]
    Broken(PathBuf, usize),
    /// It could not be written.
    #[error("{}", t!("config.not_written", file = .0.display(), why = fault::of(.1)))]
    Io(PathBuf, io::Error),
}

impl Files {
    /// The configuration, the user's over the system's; a file that can't be read is told in one sentence and left out.
    pub fn config(&self) -> (Config, Option<String>) {
        let mut config = Config::default();
        let mut wrong = Vec::new();
        for folder in &self.folders {
            let path = folder.join("config.toml");
            let Ok(text) = fs::read_to_string(&path) else { continue };
            match Config::parse(&text) {
                Ok(next) => config = config.over(next),
                Err((line, what)) => {
                    wrong.push(t!("config.wrong", file = path.display(), line = line, what = what).into_owned());
                }
            }
        }
        (config, (!wrong.is_empty()).then(|| wrong.join(word("word.also"))))
    }

    /// The user's own configuration file, whether it is there or not.
    pub fn own_config(&self) -> Option<PathBuf> {
        self.folders.first().map(|folder| folder.join("config.toml"))
    }

    /// Writes these keys into the user's own configuration (none takes a key out); every other line, the comments and
    /// the order stay as they are. All of it or nothing is written. Returns the file.
    pub fn keep(&self, settings: &[(&str, Option<Value>)]) -> Result<PathBuf, KeepError> {
        let path = self.own_config().ok_or(KeepError::NoFolder)?;
        // A link, as people keep whose settings lie elsewhere, stays one.
        let path = fs::canonicalize(&path).unwrap_or(path);
        let io = |error| KeepError::Io(path.clone(), error);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(io(error)),
        };
        let next = changed(&text, settings).map_err(|line| KeepError::Broken(path.clone(), line))?;
        if next != text {
            replace(&path, &next).map_err(io)?;
        }
        Ok(path)
    }
}

/// The text with these keys set; where it is no TOML, the line.
fn changed(text: &str, settings: &[(&str, Option<Value>)]) -> Result<String, usize> {
    let line = |error: toml_edit::TomlError| {
        error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1)
    };
    let mut document: DocumentMut = text.parse().map_err(line)?;
    for (key, value) in settings {
        match (value, document.get_mut(key).and_then(Item::as_value_mut)) {
            (None, _) => drop(document.remove(key)),
            (Some(value), Some(old)) => {
                // The comment behind the old value stays.
                let decor = old.decor().clone();
                *old = value.clone();
                *old.decor_mut() = decor;
            }
            (Some(value), None) => drop(document.insert(key, Item::Value(value.clone()))),
        }
    }
    Ok(document.to_string())
}

/// Puts a file in the place of another, whole.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let fresh = path.with_extension("toml.new");
    let mut file = fs::File::create(&fresh)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()?;
    fs::rename(&fresh, path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn files(dir: &Path) -> Files {
        Files::in_folders(vec![dir.join("own"), dir.join("system")], dir.join("data"))
    }

    fn put(path: PathBuf, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn the_users_lines_win_over_the_systems_and_the_rest_of_the_systems_holds() {
        let dir = tempfile::tempdir().unwrap();
        put(dir.path().join("system/config.toml"), "store = \"/srv/wangge\"\ntheme = \"dark\"\nascii = true\n");
        put(dir.path().join("own/config.toml"), "theme = \"light\"\nlang = \"en\"\nglyphs = \"unicode\"\n");
        let (config, wrong) = files(dir.path()).config();
        assert_eq!(wrong, None);
        assert_eq!(config.store, Some(PathBuf::from("/srv/wangge")));
        assert_eq!((config.theme.as_deref(), config.lang), (Some("light"), Some(Language::En)));
        assert_eq!(config.glyph_set(), GlyphSet::Unicode);
    }

    #[test]
    fn what_is_wrong_is_told_by_line_with_all_that_is_possible() {
        let of = |text: &str| Config::parse(text).unwrap_err();
        let (line, what) = of("ascii = true\nkeymapp = \"vim\"\n");
        assert_eq!(line, 2);
        // Every field of the configuration is listed, whatever is added to it.
        for key in ["store", "as", "lang", "theme", "keymap", "glyphs", "ascii", "width", "mouse", "toured"] {
            assert!(what.contains(key), "{key} is not in {what}");
        }
        assert!(what.starts_with("没有「keymapp」这个设置"), "{what}");
        assert_eq!(of("lang = \"fr\"\n").1, "不能是「fr」，可写的是 zh, en");
        assert_eq!(of("\nglyphs = \"box\"\n"), (2, "不能是「box」，可写的是 auto, unicode, ascii".to_owned()));
        assert_eq!(of("mouse = true\nlang = 5\n").0, 2);
    }

    #[test]
    fn keeping_changes_its_lines_and_nothing_else() {
        let text = "# 我的设置\nkeymap = \"vim\"   # 习惯了\nzzz = 1\n\n# 颜色\ntheme = \"dark\"\n";
        let next = changed(text, &[("theme", Some("mono".into())), ("keymap", Some("default".into()))]).unwrap();
        assert_eq!(next, text.replace("\"dark\"", "\"mono\"").replace("\"vim\"", "\"default\""));
        let more = changed(text, &[("mouse", Some(true.into())), ("theme", None)]).unwrap();
        assert!(more.starts_with("# 我的设置\nkeymap = \"vim\"   # 习惯了\nzzz = 1\n"), "{more}");
        assert!(more.contains("mouse = true") && !more.contains("dark"), "{more}");
        assert_eq!(changed("a = 1\nb = \n", &[("mouse", Some(true.into()))]), Err(2));
        assert_eq!(changed("", &[("lang", Some("en".into()))]).unwrap(), "lang = \"en\"\n");
    }

    #[test]
    fn a_file_is_made_where_there_is_none_and_a_link_and_its_rights_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        let files = files(dir.path());
        let made = files.keep(&[("lang", Some("en".into()))]).unwrap();
        assert_eq!(fs::read_to_string(&made).unwrap(), "lang = \"en\"\n");
        let away = dir.path().join("away.toml");
        fs::rename(&made, &away).unwrap();
        fs::set_permissions(&away, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&away, dir.path().join("own/config.toml")).unwrap();
        files.keep(&[("lang", Some("zh".into()))]).unwrap();
        assert!(fs::symlink_metadata(dir.path().join("own/config.toml")).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&away).unwrap(), "lang = \"zh\"\n");
        assert_eq!(fs::metadata(&away).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(files.config().0.lang, Some(Language::Zh));
    }

    #[test]
    fn a_broken_file_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("own/config.toml");
        put(path.clone(), "theme = \n");
        assert!(matches!(files(dir.path()).keep(&[("mouse", Some(true.into()))]), Err(KeepError::Broken(_, 1))));
        assert_eq!(fs::read_to_string(path).unwrap(), "theme = \n");
    }
}
