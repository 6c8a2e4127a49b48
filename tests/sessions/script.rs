//! The format of a session file.
//!
//! ```text
//! # Lines that begin with # are for the reader.
//! sizes: 80x24 120x40
//! env: NO_COLOR=1
//! file: data/roster/sample.csv    copied from the repository into the session's home
//! store: held             the home begins with this store (`stores.rs`), as `store`
//!
//! $ demo --units 200      starts `wangge demo --units 200` in a fresh terminal, in the session's one home
//! ~ 逾期                   waits until the screen shows this
//! ! 已记                   the screen does not show this
//! & record visit 宏达 --as 王秀英   somebody else does this with `wangge` in the same home, beside what runs, and has done it
//! > <Down> space          presses keys
//! " 一套表填报要点           types this text
//! = home                  waits until the screen is exactly this; one block per size
//! 80x24
//! | 网格智治  兰溪市 ...
//! 120x40
//! | 网格智治  兰溪市 ...
//! * begin                 what follows is counted, until `* end`: keys, bytes, time (`daily.rs`)
//! . 0                     waits for the end: this exit status, and the terminal as it was before
//! ```
//!
//! A daily job has a header `job: 2 记一家建议的走访`, its number and what it is, and often `keys: 2`, how many keys it
//! may take.
//!
//! The session plays once at each size, each time in an empty home. Blanks at the ends of rows do not count.
use std::{collections::BTreeMap, fmt};

/// Columns and rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Size(pub u16, pub u16);

impl Size {
    /// Reads `80x24`.
    pub fn parse(text: &str) -> Option<Size> {
        let (columns, rows) = text.split_once('x')?;
        Some(Size(columns.parse().ok()?, rows.parse().ok()?))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.0, self.1)
    }
}

/// The frames of one name, by size.
pub type Frames = BTreeMap<Size, Vec<String>>;

/// One step of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// `$`: starts the program with these arguments.
    Start(Vec<String>),
    /// `&`: runs the program beside the one in the terminal, until it has done what these arguments say.
    Beside(Vec<String>),
    /// `>`: presses keys.
    Keys(String),
    /// `"`: types text.
    Text(String),
    /// `~`: waits for a text.
    Shows(String),
    /// `!`: a text is not there.
    Hides(String),
    /// `=`: the screen as a whole.
    Frame(String, Frames),
    /// `*`: counting begins or ends here.
    Count(bool),
    /// `.`: the end, with an exit status.
    End(u32),
}

/// A line of the file: a step, or text that stays as it is.
#[derive(Clone, Debug)]
enum Line {
    Text(String),
    Step { line: usize, text: String, step: Step },
}

/// A session file.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The file's path below the folder of sessions, without its ending.
    pub name: String,
    /// The sizes at which it plays.
    pub sizes: Vec<Size>,
    /// Environment variables beside the standing ones.
    pub env: Vec<(String, String)>,
    /// Files of the repository that lie in the home under their own name, by path.
    pub files: Vec<String>,
    /// The store that lies in the home, by its name in `stores.rs`.
    pub store: Option<String>,
    /// The number of the daily job, and what it is.
    pub job: Option<(u8, String)>,
    /// How many keys the job may take, text aside.
    pub most_keys: Option<usize>,
    lines: Vec<Line>,
}

impl Script {
    /// Reads a session; the error names the line.
    pub fn parse(name: &str, text: &str) -> Result<Script, String> {
        let mut script = Script { name: name.into(), ..Script::default() };
        let mut lines = text.lines().enumerate().peekable();
        while let Some((at, text)) = lines.next() {
            let wrong = |what: &str| format!("{name}.txt:{}: {what}: `{text}`", at + 1);
            if text.is_empty() || text.starts_with('#') || script.header(text).ok_or_else(|| wrong("bad header"))? {
                script.lines.push(Line::Text(text.into()));
                continue;
            }
            let (sign, rest) = text.split_at_checked(1).unwrap_or((text, ""));
            let rest = rest.trim();
            let mut step = match sign {
                "$" => Step::Start(rest.split_whitespace().map(str::to_owned).collect()),
                "&" => Step::Beside(rest.split_whitespace().map(str::to_owned).collect()),
                ">" => Step::Keys(rest.into()),
                "\"" => Step::Text(rest.into()),
                "*" if rest == "begin" || rest == "end" => Step::Count(rest == "begin"),
                "~" => Step::Shows(rest.into()),
                "!" => Step::Hides(rest.into()),
                "=" => Step::Frame(rest.into(), Frames::new()),
                "." => Step::End(rest.parse().map_err(|_| wrong("no exit status"))?),
                _ => return Err(wrong("neither a step nor a header")),
            };
            if let Step::Frame(_, frames) = &mut step {
                while let Some(size) = lines.peek().and_then(|(_, line)| Size::parse(line)) {
                    lines.next();
                    let rows = frames.entry(size).or_default();
                    while let Some((_, line)) = lines.next_if(|(_, line)| line.starts_with('|')) {
                        rows.push(line[1..].trim_end().to_owned());
                    }
                }
            }
            script.lines.push(Line::Step { line: at + 1, text: text.into(), step });
        }
        if script.sizes.is_empty() || script.steps().next().is_none() {
            return Err(format!("{name}.txt: a session needs `sizes:` and a step"));
        }
        Ok(script)
    }

    /// Takes in a header line; whether it was one, or nothing if it is a bad one.
    fn header(&mut self, text: &str) -> Option<bool> {
        if let Some(sizes) = text.strip_prefix("sizes:") {
            self.sizes = sizes.split_whitespace().map(Size::parse).collect::<Option<_>>()?;
            return Some(true);
        }
        if let Some(env) = text.strip_prefix("env:") {
            let (key, value) = env.trim().split_once('=')?;
            self.env.push((key.into(), value.into()));
            return Some(true);
        }
        if let Some(file) = text.strip_prefix("file:") {
            self.files.push(file.trim().into());
            return Some(true);
        }
        if let Some(store) = text.strip_prefix("store:") {
            self.store = Some(store.trim().into());
            return Some(true);
        }
        if let Some(job) = text.strip_prefix("job:") {
            let (number, title) = job.trim().split_once(' ')?;
            self.job = Some((number.parse().ok()?, title.into()));
            return Some(true);
        }
        if let Some(keys) = text.strip_prefix("keys:") {
            self.most_keys = Some(keys.trim().parse().ok()?);
            return Some(true);
        }
        Some(false)
    }

    /// The steps with the numbers of their lines.
    pub fn steps(&self) -> impl Iterator<Item = (usize, &Step)> {
        self.lines.iter().filter_map(|line| match line {
            Line::Step { line, step, .. } => Some((*line, step)),
            Line::Text(_) => None,
        })
    }

    /// The frames of this name.
    pub fn frames(&self, wanted: &str) -> Option<&Frames> {
        self.steps().find_map(|(_, step)| match step {
            Step::Frame(name, frames) if name == wanted => Some(frames),
            _ => None,
        })
    }

    /// Replaces the frame of the step in this line at this size.
    pub fn set_frame(&mut self, wanted: usize, size: Size, rows: Vec<String>) {
        for line in &mut self.lines {
            if let Line::Step { line, step: Step::Frame(_, frames), .. } = line
                && *line == wanted
            {
                frames.insert(size, rows.clone());
            }
        }
    }

    /// Drops frames of sizes at which the session does not play.
    pub fn drop_other_sizes(&mut self) {
        for line in &mut self.lines {
            if let Line::Step { step: Step::Frame(_, frames), .. } = line {
                frames.retain(|size, _| self.sizes.contains(size));
            }
        }
    }
}

impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.lines {
            match line {
                Line::Text(text) | Line::Step { text, .. } => writeln!(f, "{text}")?,
            }
            if let Line::Step { step: Step::Frame(_, frames), .. } = line {
                for (size, rows) in frames {
                    writeln!(f, "{size}")?;
                    rows.iter().try_for_each(|row| writeln!(f, "|{row}"))?;
                }
            }
        }
        Ok(())
    }
}
