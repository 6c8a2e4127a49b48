//! Reading keymap files and laying one over another.
use std::fmt;

use super::line::{Line, read};
use super::{Binding, Keymap};
use crate::{
    app::{Command, Context, Key},
    words::{said, t},
};

const DEFAULT: &str = include_str!("../../../keymaps/default.toml");
const VIM: &str = include_str!("../../../keymaps/vim.toml");
const EXCEL: &str = include_str!("../../../keymaps/excel.toml");

/// A line that does not count, as a sentence with file and line; the rest of the file counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file as the caller named it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&t!("keymap.fault", file = self.file, line = self.line, what = self.what))
    }
}

impl Keymap {
    /// The names of the keymaps that come with the program.
    pub const NAMES: [&'static str; 3] = ["default", "vim", "excel"];

    /// A keymap that comes with the program, by its name.
    pub fn builtin(name: &str) -> Option<Keymap> {
        // That of the table programs is the default one with other keys for some commands.
        let files: &[(&str, &str)] = match name {
            "default" => &[("default", DEFAULT)],
            "vim" => &[("vim", VIM)],
            "excel" => &[("default", DEFAULT), ("excel", EXCEL)],
            _ => return None,
        };
        let mut keymap = Keymap { bindings: Vec::with_capacity(128) };
        for (name, text) in files {
            // The files that come with the program have no faults; a test reads them.
            keymap.merge(name, text);
        }
        Some(keymap)
    }

    /// Lays the lines of a file over this keymap and returns those that do not count.
    ///
    /// A line takes the place of an earlier file's line for the same keys in the same place; a key that an earlier
    /// file uses alone gives way to sequences that begin with it, and the other way round. `none` frees a key.
    pub fn merge(&mut self, file: &str, text: &str) -> Vec<Fault> {
        let source = self.bindings.iter().map(|b| b.place.0 + 1).max().unwrap_or(0);
        let mut faults = Vec::new();
        let mut section = Some(Context::Global);
        for (number, line) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let result = match read(line) {
                Ok(Line::Blank) => Ok(()),
                Ok(Line::Section(name)) => {
                    section = Context::from_id(name);
                    section.map(drop).ok_or_else(|| t!("keymap.no_place", name = name, all = contexts()).into_owned())
                }
                Ok(Line::Bind(keys, command)) => match section {
                    Some(context) => self.bind((source, number), context, &keys, &command),
                    None => Ok(()), // its heading was already complained about
                },
                Err(what) => Err(said(what).into_owned()),
            };
            if let Err(what) = result {
                faults.push(Fault { file: file.to_owned(), line: number, what });
            }
        }
        faults
    }

    fn bind(&mut self, place: (usize, usize), context: Context, keys: &str, command: &str) -> Result<(), String> {
        let mut sequence = Key::sequence(keys).map_err(|e| e.to_string())?;
        sequence.iter_mut().for_each(|key| *key = key.folded());
        let command = match command {
            "none" => None,
            id => Some(Command::from_id(id).ok_or_else(|| t!("keymap.no_command", id = id))?),
        };
        if let Some(command) = command.filter(|c| context != Context::Global && !c.applies(context)) {
            return Err(t!("keymap.useless", id = command.row().id, place = context.label()).into_owned());
        }
        let clash = |other: &[Key]| other.starts_with(&sequence) || sequence.starts_with(other);
        let earlier = self.bindings.iter().filter(|b| b.place.0 == place.0 && b.context == context);
        let again = earlier.filter(|b| clash(&b.keys)).map(|b| (b.keys == sequence, b.place.1)).next();
        match again {
            Some((true, line)) => return Err(t!("keymap.again", keys = keys, line = line).into_owned()),
            Some((false, line)) => return Err(t!("keymap.clash", keys = keys, line = line).into_owned()),
            None => {}
        }
        self.bindings.retain(|b| b.context != context || !clash(&b.keys));
        self.bindings.push(Binding { context, keys: sequence, command, place });
        Ok(())
    }
}

fn contexts() -> String {
    Context::ALL.map(|context| format!("[{}]", context.id())).join(" ")
}
