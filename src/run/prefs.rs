//! What a person has set, as the loop needs it: the look and the keys; and keeping it.
use std::{env, fs, path::Path};

use toml_edit::Value;

use super::{Files, Keyboard, config::KeepError};
use crate::{
    app::{GlyphSet, Keep, Prefs, Settings, ThemeChoice},
    term::Keymap,
    ui::{
        Glyphs, Look, Theme,
        theme::{self, DEFAULT, Depth, MONO},
    },
    words::{Language, t},
};

/// What a person has set, and what the terminal and the environment allow.
pub struct Preferences {
    files: Files,
    /// Colours are not forbidden (`NO_COLOR`).
    color: bool,
    depth: Depth,
    /// What was set when the desk was opened, or kept since.
    kept: Prefs,
}

impl Preferences {
    /// With the environment's word on colours.
    pub fn new(files: Files, prefs: Prefs) -> Preferences {
        let color = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let full = env::var("COLORTERM").is_ok_and(|value| ["truecolor", "24bit"].contains(&value.as_str()));
        Preferences { files, color, depth: if full { Depth::Full } else { Depth::Sixteen }, kept: prefs }
    }

    /// What was set when the desk was opened, or kept since.
    pub fn kept(&self) -> &Prefs {
        &self.kept
    }

    /// Whether colours are drawn.
    pub fn color(&self) -> bool {
        self.color
    }

    /// What is set, and what there is to choose from.
    pub fn settings(&self) -> Settings {
        let mut keymaps: Vec<String> = Keymap::NAMES.map(str::to_owned).to_vec();
        if !keymaps.contains(&self.kept.keymap) {
            keymaps.push(self.kept.keymap.clone());
        }
        Settings {
            now: self.kept.clone(),
            themes: self.files.themes(),
            keymaps,
            file: self.files.own_config().map_or_else(String::new, |path| short(&path)),
            no_color: !self.color,
        }
    }

    /// The styles and marks of these settings; faults are told, a sentence each, and left out.
    pub fn look(&self, prefs: &Prefs) -> (Look, Vec<String>) {
        let name = if self.color { prefs.theme.as_str() } else { MONO };
        let (theme, faults) = self.files.theme(name, self.depth);
        let ascii = prefs.glyphs == GlyphSet::Ascii;
        (Look { theme, glyphs: if ascii { &Glyphs::ASCII } else { &Glyphs::UNICODE } }, faults)
    }

    /// The keys of these settings; faults are told and left out.
    pub fn keyboard(&self, prefs: &Prefs) -> (Keyboard, Vec<String>) {
        Keyboard::open(&self.files, Some(&prefs.keymap))
    }

    /// Writes into the user's configuration what is to be remembered: of the settings those that are not as they were
    /// when the desk was opened, so that what was asked for this one time stays so. Returns the file.
    pub fn keep(&mut self, what: &Keep) -> Result<String, KeepError> {
        match what {
            Keep::Prefs(now) => {
                let text = |line: &Line| line.1.as_ref().map(Value::to_string);
                let pairs = lines(&self.kept).into_iter().zip(lines(now));
                let mut changed: Vec<Line> =
                    pairs.filter(|(old, new)| text(old) != text(new)).map(|(_, new)| new).collect();
                if changed.iter().any(|line| line.0 == "glyphs") {
                    // The older way to say it.
                    changed.push(("ascii", None));
                }
                let file = self.write(&changed)?;
                self.kept = now.clone();
                Ok(file)
            }
            Keep::Person(name) => self.write(&[("as", Some(name.clone().into()))]),
            Keep::Toured => self.write(&[("toured", Some(true.into()))]),
        }
    }

    /// Writes what was just answered, also where it is as it was: a question is not asked twice.
    pub fn keep_answer(&mut self, now: &Prefs, key: &str) -> Result<String, KeepError> {
        let answered: Vec<Line> = lines(now).into_iter().filter(|line| line.0 == key).collect();
        let file = self.write(&answered)?;
        self.kept = now.clone();
        Ok(file)
    }

    /// Writes the folder of the store that is used from now on.
    pub fn keep_store(&self, folder: &Path) -> Result<String, KeepError> {
        self.write(&[("store", Some(folder.display().to_string().into()))])
    }

    fn write(&self, lines: &[Line]) -> Result<String, KeepError> {
        self.files.keep(lines)?;
        // As the person knows it, not where a link leads.
        Ok(self.files.own_config().map_or_else(String::new, |path| short(&path)))
    }
}

/// A path with `~` for the home folder, as people say it.
fn short(path: &Path) -> String {
    let home = env::var_os("HOME").filter(|home| !home.is_empty());
    match home.and_then(|home| path.strip_prefix(home).ok().map(Path::to_owned)) {
        Some(rest) => Path::new("~").join(rest).display().to_string(),
        None => path.display().to_string(),
    }
}

/// A key of the configuration with its value; none takes it out.
type Line = (&'static str, Option<Value>);

/// What these settings are in the configuration.
fn lines(prefs: &Prefs) -> [Line; 5] {
    [
        ("theme", Some(prefs.theme.as_str().into())),
        ("lang", Some(prefs.lang.id().into())),
        ("keymap", Some(prefs.keymap.as_str().into())),
        ("glyphs", Some(prefs.glyphs.id().into())),
        ("mouse", Some(prefs.mouse.into())),
    ]
}

impl Files {
    /// The theme of this name: a file of the configuration folder lies over the one that comes with the program. Faults
    /// are told, a sentence each, and left out; a name that is no theme's gives the default one.
    pub fn theme(&self, name: &str, depth: Depth) -> (Theme, Vec<String>) {
        let ships = theme::builtin(name, depth);
        let below = ships.or_else(|| theme::builtin(DEFAULT, depth)).unwrap_or_else(|| Theme::new(true));
        match self.find(&format!("themes/{name}.toml")) {
            Some((path, text)) => {
                let (theme, faults) = theme::read(&path.display().to_string(), &text, below, depth);
                (theme, faults.iter().map(ToString::to_string).collect())
            }
            None if ships.is_some() => (below, Vec::new()),
            None => {
                let known = self.themes().into_iter().map(|theme| theme.id).collect::<Vec<_>>().join(", ");
                (below, vec![t!("theme.none_such", name = name, known = known).into_owned()])
            }
        }
    }

    /// The themes that there are: those that come with the program, then those of the configuration folders by name.
    pub fn themes(&self) -> Vec<ThemeChoice> {
        let mut own: Vec<String> = self.folders.iter().flat_map(|folder| names_in(&folder.join("themes"))).collect();
        own.sort();
        own.dedup();
        let ships: Vec<(&str, &str)> = theme::names().collect();
        own.retain(|name| !ships.iter().any(|(known, _)| known == name));
        let mut out = Vec::new();
        for (name, text) in ships.into_iter().chain(own.iter().map(|name| (name.as_str(), ""))) {
            let file = self.find(&format!("themes/{name}.toml")).map(|(_, text)| text);
            let (own, ships) = (theme::label(file.as_deref().unwrap_or_default()), theme::label(text));
            let names = Language::ALL.map(|lang| own.of(lang).or(ships.of(lang)).map(str::to_owned));
            out.push(ThemeChoice { id: name.to_owned(), names });
        }
        out
    }
}

/// The names of the TOML files in a folder.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let toml = entries.filter(|path| path.extension().is_some_and(|end| end == "toml"));
    toml.filter_map(|path| path.file_stem()?.to_str().map(str::to_owned)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ui::Role;

    #[test]
    fn an_own_theme_wins_over_the_one_of_its_name_and_others_join_the_choice() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("own/themes");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("dark.toml"), "name = \"我的深色\"\n[roles]\nkey = \"bold white\"\n").unwrap();
        fs::write(folder.join("school.toml"), "[roles]\nkee = \"bold\"\n").unwrap();
        let files = Files::in_folders(vec![dir.path().join("own")], dir.path().join("data"));
        let (theme, faults) = files.theme("dark", Depth::Sixteen);
        assert_eq!(faults, Vec::<String>::new());
        assert_eq!(theme.style(Role::Key).fg, Some(ratatui::style::Color::White));
        let ships = theme::builtin("dark", Depth::Sixteen).unwrap();
        assert_eq!(theme.style(Role::Overdue), ships.style(Role::Overdue));
        let themes = files.themes();
        assert_eq!(themes.iter().find(|theme| theme.id == "dark").unwrap().label(), "我的深色");
        assert_eq!(themes.last().unwrap().label(), "school");
        let (_, faults) = files.theme("school", Depth::Sixteen);
        assert!(faults[0].contains("school.toml 第 2 行"), "{faults:?}");
        let (theme, faults) = files.theme("nosuch", Depth::Sixteen);
        assert_eq!(Some(theme), theme::builtin(DEFAULT, Depth::Sixteen));
        assert!(faults[0].starts_with("没有叫 nosuch 的主题") && faults[0].contains("school"), "{faults:?}");
    }

    #[test]
    fn only_what_was_changed_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::in_folders(vec![dir.path().to_owned()], dir.path().join("data"));
        // Asked for this one time, on the command line.
        let once = Prefs { glyphs: GlyphSet::Ascii, ..Prefs::default() };
        let mut prefs = Preferences::new(files, once.clone());
        let file = prefs.keep(&Keep::Prefs(Prefs { mouse: true, ..once.clone() })).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "mouse = true\n");
        prefs.keep(&Keep::Prefs(Prefs { theme: "mono".into(), mouse: true, ..once })).unwrap();
        prefs.keep(&Keep::Person("张三".to_owned())).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "mouse = true\ntheme = \"mono\"\nas = \"张三\"\n");
    }
}
