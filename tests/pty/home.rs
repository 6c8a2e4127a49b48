//! Where a program under test lives, and how it starts.
use std::path::{Path, PathBuf};

use portable_pty::CommandBuilder;

use super::{Link, Terminal};

/// The moment at which every program under test lives, unless it is told otherwise: a Monday morning in Lanxi.
pub const NOW: &str = "2026-11-23T09:00:00+08:00";

/// An empty home in a folder of its own, removed with it; several launches may share it, one after the other.
pub struct Home {
    dir: tempfile::TempDir,
}

impl Home {
    /// An empty home.
    pub fn new() -> Home {
        let home = Home { dir: tempfile::tempdir().expect("a temporary folder") };
        for (_, name) in FOLDERS {
            std::fs::create_dir_all(home.path().join(name)).expect("a folder of the home");
        }
        home
    }

    /// The folder; programs start in it, so that `--store store` is `HOME/store`.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// How to start `wangge` here, in a terminal that answers queries, as nearly all do.
    pub fn wangge(&self, args: &[&str]) -> Launch {
        Launch { answers: true, ..self.program(Path::new(env!("CARGO_BIN_EXE_wangge")), args) }
    }

    /// How to start another program here, in a terminal that answers no queries.
    pub fn program(&self, program: &Path, args: &[&str]) -> Launch {
        let mut env: Vec<(String, String)> =
            FOLDERS.iter().map(|(key, name)| ((*key).into(), self.path().join(name).display().to_string())).collect();
        let fixed = [
            ("HOME", self.path().display().to_string()),
            ("PATH", "/usr/local/bin:/usr/bin:/bin".into()),
            ("TERM", "xterm-256color".into()),
            ("LANG", "C.UTF-8".into()),
            ("USER", "wangge-test".into()),
            ("SHELL", "/bin/sh".into()),
            // A zone that no county has: nothing may read the day from it.
            ("TZ", "<+1345>-13:45".into()),
            ("WANGGE_NOW", NOW.into()),
        ];
        env.extend(fixed.map(|(key, value)| (key.to_owned(), value)));
        Launch {
            program: program.to_owned(),
            args: args.iter().map(|a| (*a).to_owned()).collect(),
            cwd: self.path().to_owned(),
            env,
            size: (80, 24),
            answers: false,
        }
    }
}

/// The folders of a home and the variables that name them.
const FOLDERS: [(&str, &str); 6] = [
    ("XDG_DATA_HOME", "data"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_STATE_HOME", "state"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_RUNTIME_DIR", "run"),
    ("TMPDIR", "tmp"),
];

/// How to start a program: nothing of the surrounding environment reaches it.
#[derive(Clone)]
pub struct Launch {
    program: PathBuf,
    args: Vec<String>,
    cwd: PathBuf,
    env: Vec<(String, String)>,
    size: (u16, u16),
    answers: bool,
}

impl Launch {
    /// On a terminal of so many columns and rows; 80x24 if not said.
    pub fn size(mut self, columns: u16, rows: u16) -> Launch {
        self.size = (columns, rows);
        self
    }

    /// With this environment variable, which wins over the standing ones.
    pub fn env(mut self, key: &str, value: &str) -> Launch {
        self.env.push((key.into(), value.into()));
        self
    }

    /// Without this environment variable.
    pub fn without(mut self, key: &str) -> Launch {
        self.env.retain(|(k, _)| k != key);
        self
    }

    /// In a terminal that answers queries.
    pub fn answering(mut self) -> Launch {
        self.answers = true;
        self
    }

    /// In a terminal that answers no queries.
    pub fn silent(mut self) -> Launch {
        self.answers = false;
        self
    }

    /// Starts it.
    pub fn start(&self) -> Terminal {
        self.start_in(None)
    }

    /// Starts it in a terminal that answers queries, behind a slow line.
    pub fn start_over(&self, link: Link) -> Terminal {
        let mut terminal = self.start_in(Some(link));
        terminal.answer_queries();
        terminal
    }

    /// Starts it in a terminal that answers queries, with a slow line that is only reckoned with; it is at rest.
    pub fn start_reckoned(&self, link: Link) -> Terminal {
        let mut terminal = self.start_in(None);
        terminal.reckon(link);
        terminal
    }

    fn start_in(&self, link: Option<Link>) -> Terminal {
        let mut terminal = Terminal::start(self.builder(), self.size, link);
        if self.answers {
            terminal.answer_queries();
        }
        terminal
    }

    fn builder(&self) -> CommandBuilder {
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        command.env_clear();
        for (key, value) in &self.env {
            command.env(key, value);
        }
        command.cwd(&self.cwd);
        command
    }

    /// The same start without a terminal, for commands whose output is read by machines.
    pub fn command(&self) -> std::process::Command {
        let mut command = std::process::Command::new(&self.program);
        command.args(&self.args).env_clear().envs(self.env.iter().cloned()).current_dir(&self.cwd);
        command
    }
}
