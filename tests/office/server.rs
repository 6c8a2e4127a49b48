//! The server, as a process of its own.
use std::{
    collections::BTreeMap,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use rustix::process::{Pid, Signal, kill_process};
use wangge::{
    grid::{
        fact::{Body, Draft, Visit},
        pack::{BUILTIN, Pack, PackFiles},
        state::State,
    },
    log::{Entry, Position, disk::glimpse},
    sync::socket,
};

use crate::pty::Home;

/// How long starting and stopping may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(30);

/// A store and the process that serves it; it is ended with it.
pub struct Office {
    home: Home,
    process: Option<Child>,
    villages: Vec<(String, String)>,
    more: Vec<String>,
    pack: Arc<Pack>,
}

impl Office {
    /// As `wangge init --pack lanxi` makes it, served.
    pub fn open() -> Office {
        let mut office = Office::founded();
        office.start();
        office
    }

    /// The same, and not served yet.
    pub fn founded() -> Office {
        Office::empty().found()
    }

    /// Makes the store in the folder where it is to lie, which may be there already.
    pub fn found(self) -> Office {
        let mut office = self;
        office.run(&["init", "--pack", "lanxi", "--from", "2026-09-01"]);
        office.villages = office.villages_of();
        office
    }

    /// A home for a store that the caller makes, in a folder that everybody may enter.
    pub fn empty() -> Office {
        let office = Office { home: Home::new(), process: None, villages: Vec::new(), more: Vec::new(), pack: pack() };
        std::fs::set_permissions(office.home.path(), std::fs::Permissions::from_mode(0o755)).expect("a folder");
        office
    }

    /// A store of another pack, whose files lie in the server's configuration.
    pub fn of(pack: Arc<Pack>, files: &PackFiles<'_>) -> Office {
        let mut office = Office::empty();
        office.pack = pack;
        let folder = office.home.path().join("config/wangge/packs").join(files.id);
        std::fs::create_dir_all(&folder).expect("a folder");
        for (name, text) in
            [("pack.toml", files.pack), ("duties.toml", files.duties), ("divisions.csv", files.divisions)]
        {
            std::fs::write(folder.join(name), text).expect("a file");
        }
        office
    }

    /// Serves with these arguments as well.
    pub fn with(&mut self, more: &[&str]) -> &mut Office {
        self.more = more.iter().map(|arg| (*arg).to_owned()).collect();
        self
    }

    /// The home of the server.
    pub fn home(&self) -> &Home {
        &self.home
    }

    /// Where the store lies.
    pub fn store(&self) -> PathBuf {
        self.home.path().join("store")
    }

    /// Where the server listens.
    pub fn socket(&self) -> PathBuf {
        self.home.path().join("socket")
    }

    /// Starts the server and waits until it answers.
    pub fn start(&mut self) {
        assert!(self.process.is_none(), "it runs already");
        let args = ["serve", "--store", "store", "--socket", "socket"].into_iter();
        let args: Vec<&str> = args.chain(self.more.iter().map(String::as_str)).collect();
        let launch = self.home.wangge(&args);
        let log = std::fs::File::options().create(true).append(true).open(self.home.path().join("serve.log"));
        let mut process = launch
            .command()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log.expect("a file"))
            .spawn()
            .expect("wangge serve starts");
        let end = Instant::now() + PATIENCE;
        while socket::connect(&self.socket()).is_err() {
            let ended = process.try_wait().expect("a child");
            assert!(ended.is_none() && Instant::now() < end, "the server does not answer ({ended:?}): {}", self.said());
            pause(Duration::from_millis(5));
        }
        self.process = Some(process);
    }

    /// What the server has said on standard error.
    pub fn said(&self) -> String {
        std::fs::read_to_string(self.home.path().join("serve.log")).unwrap_or_default()
    }

    /// The server's process.
    pub fn pid(&self) -> u32 {
        self.process.as_ref().expect("it runs").id()
    }

    /// Ends the server as a power cut does.
    pub fn kill(&mut self) {
        let mut process = self.process.take().expect("it runs");
        process.kill().expect("killed");
        process.wait().expect("ended");
    }

    /// Asks the server to stop, and waits until it has.
    pub fn stop(&mut self) {
        let mut process = self.process.take().expect("it runs");
        let pid = Pid::from_raw(process.id() as i32).expect("a process");
        kill_process(pid, Signal::TERM).expect("it runs");
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = process.try_wait().expect("a child") {
                break status;
            }
            assert!(Instant::now() < end, "the server does not stop: {}", self.said());
            pause(Duration::from_millis(5));
        };
        assert!(status.success(), "{status:?}: {}", self.said());
    }

    /// Runs a command on the store itself, while the server does not.
    pub fn run(&self, args: &[&str]) -> String {
        let args = [args, &["--store", "store"]].concat();
        let output = self.home.wangge(&args).command().output().expect("wangge runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "wangge {} failed: {said}", args.join(" "));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    /// All entries, read beside the server.
    pub fn entries(&self) -> Vec<Entry> {
        entries(&self.store())
    }

    /// The state that the store's facts up to a place amount to, folded from the first one on.
    pub fn folded(&self, upto: Position) -> State {
        let mut state = State::new(self.pack.clone());
        for entry in self.entries().into_iter().take_while(|entry| entry.position <= upto) {
            if let Ok(fact) = entry.envelope.open(entry.received_ms) {
                state.apply(&fact);
            }
        }
        state
    }

    /// The villages of the county: their codes and their grids'.
    pub fn villages(&self) -> &[(String, String)] {
        &self.villages
    }

    fn villages_of(&self) -> Vec<(String, String)> {
        let facts = self.entries().into_iter().filter_map(|entry| entry.envelope.open(0).ok());
        let placed = facts.filter(|fact| matches!(fact.draft.body, Body::Placement(_)));
        let found: BTreeMap<String, String> = placed.filter_map(|f| Some((f.draft.subject?, f.draft.at?))).collect();
        assert!(found.len() >= 300, "{} villages", found.len());
        found.into_iter().collect()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            // It may have ended of itself.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// The entries of a store, whoever has it open.
pub fn entries(store: &Path) -> Vec<Entry> {
    let seen = glimpse(store).expect("a store");
    seen.everything.map(|entry| entry.expect("an entry")).collect()
}

/// The pack of the store.
pub fn pack() -> Arc<Pack> {
    Arc::new(Pack::parse(&BUILTIN[0]).expect("the pack Lanxi"))
}

/// A visit to a village on the `n`th day of September 2026 and after.
pub fn visit_of(village: &(String, String), n: u32, by: Option<&str>) -> Draft {
    let first: NaiveDate = "2026-09-01".parse().expect("a day");
    Draft {
        occurred: first + chrono::Days::new(n.into()),
        by: by.map(str::to_owned),
        at: Some(village.1.clone()),
        subject: Some(village.0.clone()),
        replaces: None,
        reason: None,
        effort: None,
        body: Body::Visit(Visit { note: format!("第{n}次"), ..Visit::default() }),
    }
}

/// Lets some time pass on a condition's way.
pub fn pause(span: Duration) {
    let spec = rustix::event::Timespec { tv_sec: span.as_secs() as i64, tv_nsec: span.subsec_nanos().into() };
    rustix::event::poll(&mut [], Some(&spec)).expect("poll");
}
