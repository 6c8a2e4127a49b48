//! The command line: one file per subcommand.
//!
//! Exit status: 0 done, 1 refused or failed with a sentence on standard error, 2 wrong usage.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this room talks to standard output")]

mod account;
mod args;
mod assess;
mod attach;
mod audit;
mod backup;
mod brief;
mod bundle;
mod burden;
mod completions;
mod demo;
mod desk;
mod device;
mod doctor;
mod due;
mod export;
mod find;
mod grid;
mod handover;
mod held;
mod import;
mod init;
mod keys;
mod list;
mod log;
mod man;
#[cfg(test)]
mod manual;
mod matters;
mod overview;
mod pack;
mod paste;
#[cfg(test)]
mod phones;
mod plan;
mod rebuild;
mod record;
mod restore;
mod serve;
mod sync;
mod timeline;
mod to;
mod usage;
mod verify;
mod welcome;

use std::{
    io::{self, IsTerminal as _, Write},
    path::PathBuf,
    process::ExitCode,
};

use args::{Args, Verb};
use clap::Parser;

use crate::words::{fault, t};
use crate::{
    app::{GlyphSet, Prefs},
    grid::{
        decide::{Actor, Refusal},
        org::NodeIx,
        plan::partition::PlanError,
        state::State,
    },
    log::{
        LogError,
        disk::{OpenError, own_key},
    },
    report::Viewer,
    run::{Book, BookError, Clock, Config, Files, Keyboard, RunError},
    sync::{message::Kind, socket::connect, talk::SyncError},
    term::{Plain, plain},
    words::Language,
};

/// What went wrong, as the one sentence that a person reads.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// A sentence.
    #[error("{0}")]
    Said(String),
    /// The book.
    #[error("{0}")]
    Book(#[from] BookError),
    /// The store.
    #[error("{0}")]
    Open(#[from] OpenError),
    /// The log.
    #[error("{0}")]
    Log(#[from] LogError),
    /// The rules.
    #[error("{0}")]
    Refused(#[from] Refusal),
    /// The grid designer.
    #[error("{0}")]
    Plan(#[from] PlanError),
    /// A sync.
    #[error("{0}")]
    Sync(#[from] SyncError),
    /// The desk.
    #[error("{0}")]
    Run(#[from] RunError),
    /// Standard output or a file.
    #[error("{}", t!("cli.io", error = fault::of(.0)))]
    Io(#[from] io::Error),
}

impl Failure {
    fn said(what: impl Into<String>) -> Failure {
        Failure::Said(what.into())
    }
}

/// What every subcommand needs: where things are, and what the time is.
#[derive(Clone)]
pub(crate) struct Place {
    args: args::Global,
    files: Files,
    config: Config,
    clock: Clock,
    store: PathBuf,
    /// The socket of the server, where no store is named and a server listens.
    server: Option<PathBuf>,
    /// What is wrong with the configuration, in one sentence.
    warning: Option<String>,
}

impl Place {
    fn new(args: args::Global) -> Result<Place, Failure> {
        let files = Files::of_user();
        let (config, warning) = files.config();
        if let (None, Some(language)) = (&args.lang, config.lang) {
            language.speak();
        }
        let clock = clock()?;
        let named = args.store.clone().or_else(|| config.store.clone());
        let server = Some(socket(&config)).filter(|socket| named.is_none() && socket.exists());
        let store = named.unwrap_or_else(|| files.default_store());
        Ok(Place { args, files, config, clock, store, server, warning })
    }

    /// What is set: by the options of this call, or in the configuration.
    fn prefs(&self) -> Prefs {
        let (args, config) = (&self.args, &self.config);
        let named = |option: &Option<String>, kept: &Option<String>, or: String| {
            option.clone().or_else(|| kept.clone()).unwrap_or(or)
        };
        let default = Prefs::default();
        Prefs {
            theme: named(&args.theme, &config.theme, default.theme),
            keymap: named(&args.keymap, &config.keymap, default.keymap),
            lang: Language::spoken(),
            glyphs: if args.ascii { GlyphSet::Ascii } else { config.glyph_set() },
            mouse: config.mouse.unwrap_or(default.mouse),
        }
    }

    /// The socket of the server that is to be asked: where no store is named, or a server has the one that is.
    fn at_server(&self) -> Option<PathBuf> {
        let has_it = || Book::served_at(&self.store).filter(|socket| connect(socket).is_ok());
        self.server.clone().or_else(has_it)
    }

    /// The store that is named, else the server that people share, else the user's own.
    fn reach(&self, kind: Kind) -> Result<Book, Failure> {
        Ok(match self.at_server() {
            Some(socket) => Book::attach(&socket, &self.files, kind)?,
            None => Book::reach(&self.store, &self.files, self.clock, kind)?,
        })
    }

    fn open(&self) -> Result<Book, Failure> {
        let book = self.reach(Kind::Command)?;
        for notice in &book.notices {
            eprintln!("{notice}");
        }
        Ok(book)
    }

    /// The keys that hold, and what is wrong with the person's own lines, a sentence each.
    fn keyboard(&self) -> (Keyboard, Vec<String>) {
        let named = self.args.keymap.as_ref().or(self.config.keymap.as_ref());
        Keyboard::open(&self.files, named.map(String::as_str))
    }

    /// Who gives and takes access: whoever `--as` or the configuration names; else, at the server's own store, its owner,
    /// who could write into its files anyway.
    fn keeper(&self, book: &Book) -> Result<Actor, Failure> {
        let actor = self.actor(book)?;
        let at_server = book.state.is_server(book.key().writer());
        Ok(Actor { owner: actor.owner || actor.person.is_none() && at_server, ..actor })
    }

    /// Who reads a store that is looked at beside whoever has it open: whose device this is, or else by `--as` or the
    /// configuration.
    fn onlooker(&self, state: &State) -> Result<Actor, Failure> {
        let whose = own_key(&self.store).and_then(|key| Some(state.device(key.writer())?.person.as_str()));
        let person = self.person(state, whose, |_| true)?;
        Ok(Actor::at(state, person, self.clock.today(state.pack().utc_offset)))
    }

    /// Who acts today: whose device it is, or else by `--as` or the configuration.
    fn actor(&self, book: &Book) -> Result<Actor, Failure> {
        let today = self.clock.today(book.state.pack().utc_offset);
        let person = self.person(&book.state, book.whose(), |person| book.seat.lets(person))?;
        Ok(book.seat.actor(&book.state, person, today))
    }

    /// Whose device it is, or else whoever `--as` or the configuration names, where the store lets somebody act as them.
    fn person(
        &self,
        state: &State,
        whose: Option<&str>,
        lets: impl Fn(&str) -> bool,
    ) -> Result<Option<String>, Failure> {
        let named = self.args.person.as_ref().or(self.config.person.as_ref());
        let person = named.map(|name| find::person(state, name)).transpose()?;
        let lets = |person: &str| whose.map_or_else(|| lets(person), |whose| whose == person);
        if let Some(other) = person.as_ref().filter(|person| !lets(person)) {
            // What the configuration of an own store says does not hold on a server that knows who is there.
            if self.args.person.is_some() {
                let name = state.org().person_ix(other).map(|ix| state.org().person(ix).record.name.clone());
                return Err(Failure::said(t!("cli.not_you", name = name.unwrap_or_default()).into_owned()));
            }
        }
        Ok(whose.map(str::to_owned).or(person))
    }
}

/// Who reads what lies at a node and below it; where none is named, everything.
fn reader<'s>(state: &'s State, at: Option<NodeIx>, actor: &Actor) -> Viewer<'s> {
    match at {
        Some(node) => Viewer::new(state, node, actor),
        None => Viewer::of_all(state, state.org().roots(), actor),
    }
}

/// Where the server that people share listens, unless the configuration or `WANGGE_SOCKET` says otherwise.
const SOCKET: &str = "/run/wangge/socket";

/// Where the server listens, if there is one.
fn socket(config: &Config) -> PathBuf {
    let named = std::env::var_os("WANGGE_SOCKET").map(PathBuf::from).or_else(|| config.socket.clone());
    named.unwrap_or_else(|| PathBuf::from(SOCKET))
}

/// The system's clock, unless `WANGGE_NOW` makes it stand still (tests).
fn clock() -> Result<Clock, Failure> {
    match std::env::var("WANGGE_NOW") {
        Ok(text) => Clock::fixed(&text).ok_or_else(|| Failure::said(t!("cli.now", text = text).into_owned())),
        Err(_) => Ok(Clock::system()),
    }
}

/// The language that `--lang` names: looked for before the arguments are read, since help and complaints about them
/// are in that language too.
fn named_language(arguments: impl Iterator<Item = std::ffi::OsString>) -> Option<Language> {
    let words: Vec<String> = arguments.filter_map(|word| word.into_string().ok()).collect();
    let value = words.iter().enumerate().find_map(|(i, word)| match word.strip_prefix("--lang") {
        Some("") => words.get(i + 1).map(String::as_str),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    value.and_then(Language::from_id)
}

/// Reads the arguments, does what they ask, and says how it went.
pub fn main() -> ExitCode {
    // A file size limit must become a failed write with a sentence, not the end of the process.
    let _ = crate::log::disk::survive_file_size_limit();
    let named = named_language(std::env::args_os());
    named.unwrap_or_else(|| Language::of_locale(|name| std::env::var(name).ok())).speak();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage::tell(&error),
    };
    match run(args) {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads our output has gone: not an error of ours.
        Err(Failure::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(failure) => {
            // Names in it may come from other people's devices.
            eprintln!("{}", plain(&failure.to_string()));
            ExitCode::FAILURE
        }
    }
}

fn run(args: Args) -> Result<(), Failure> {
    let Args { global, verb } = args;
    let (out, to_people) = (io::BufWriter::new(io::stdout().lock()), io::stdout().is_terminal());
    let mut out: Box<dyn Write> = if to_people { Box::new(Plain::new(out)) } else { Box::new(out) };
    let out = &mut *out;
    match verb {
        Some(Verb::Completions { shell }) => completions::run(shell, out),
        Some(Verb::Man) => man::run(out)?,
        Some(Verb::Due(args)) if args.brief => brief::run(global, out),
        verb => {
            let place = Place::new(global)?;
            if let Some(warning) = &place.warning {
                eprintln!("{warning}");
            }
            dispatch(verb, &place, out)?;
        }
    }
    out.flush()?;
    Ok(())
}

fn dispatch(verb: Option<Verb>, place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    match verb {
        None => desk::run(place),
        Some(Verb::Setup) => welcome::run(place),
        Some(Verb::Demo(args)) => demo::run(place, &args),
        Some(Verb::Init(args)) => init::run(place, &args, out),
        Some(Verb::Import(args)) => import::run(place, &args, out),
        Some(Verb::Record(args)) => record::run(place, &args, out),
        Some(Verb::Matters(args)) => matters::run(place, &args, out),
        Some(Verb::Grid(args)) => grid::run(place, &args, out),
        Some(Verb::List(args)) => list::run(place, &args, out),
        Some(Verb::Due(args)) => due::run(place, &args, out),
        Some(Verb::Assess(args)) => assess::run(place, &args, out),
        Some(Verb::Export(args)) => export::run(place, &args, out),
        Some(Verb::Burden(args)) => burden::run(place, &args, out),
        Some(Verb::Paste(args)) => paste::run(place, &args, out),
        Some(Verb::Plan(args)) => plan::run(place, &args, out),
        Some(Verb::Overview(args)) => overview::run(place, &args, out),
        Some(Verb::Timeline(args)) => timeline::run(place, &args, out),
        Some(Verb::Pack(args)) => pack::run(place, &args, out),
        Some(Verb::Log(args)) => log::run(place, &args, out),
        Some(Verb::Sync(args)) => sync::run(place, &args, out),
        Some(Verb::Bundle(args)) => bundle::run(place, &args, out),
        Some(Verb::Handover(args)) => handover::run(place, &args, out),
        Some(Verb::Held(args)) => held::run(place, &args, out),
        Some(Verb::Audit(args)) => audit::run(place, &args, out),
        Some(Verb::Keys(args)) => keys::run(place, &args, out),
        Some(Verb::Verify(args)) => verify::run(place, &args, out),
        Some(Verb::Account(args)) => account::run(place, &args, out),
        Some(Verb::Device(args)) => device::run(place, &args, out),
        Some(Verb::Serve(args)) => serve::run(place, &args, out),
        Some(Verb::Attach) => attach::run(place, out),
        Some(Verb::Doctor) => doctor::run(place, out),
        Some(Verb::Backup(args)) => backup::run(place, &args, out),
        Some(Verb::Restore(args)) => restore::run(place, &args, out),
        Some(Verb::Rebuild) => rebuild::run(place, out),
        // These need no place and were done before.
        Some(Verb::Completions { .. } | Verb::Man) => Ok(()),
    }
}
