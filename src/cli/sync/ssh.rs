//! One sync over `ssh HOST wangge attach`.
use std::{
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use indicatif::ProgressBar;

use super::{Failure, Place, draw, keeper, machine, open, own};
use crate::{
    log::StoreLog,
    sync::{
        laptop::{Done, Laptop, sync},
        message::Kind,
        stream::Stream,
        talk::{LinkFault, SyncError},
        upstream::Upstream,
    },
    words::{fault, t},
};

/// How long nothing may come before the link counts as broken; a password is typed within the same time.
const PATIENCE: Duration = Duration::from_secs(120);

/// Connects, syncs and closes the store again.
pub(super) fn once(place: &Place, host: &str, bar: &ProgressBar) -> Result<Done, Failure> {
    let opened = open(place)?;
    let mut ssh = Ssh::start(host)?;
    let (Some(read), Some(write)) = (ssh.child.stdout.take(), ssh.child.stdin.take()) else {
        return Err(Failure::said(t!("cli.sync.no_ssh", program = program().join(" "), error = "")));
    };
    let mut stream = Stream::over(read, write, PATIENCE).map_err(SyncError::from)?;
    let (store, welcome) = match stream.hello(|_| Ok(opened.key.clone()), Kind::Laptop, &machine()) {
        Err(SyncError::Link(LinkFault::Gone)) => return Err(ssh.ended(host)),
        welcome => welcome?,
    };
    let mut log = StoreLog(opened.store.clone());
    let mut keep = keeper(&place.store);
    let (note, own) = (Upstream::read(&place.store), own(&opened));
    let mut laptop = Laptop { log: &mut log, own, note, keep: &mut keep };
    let done = sync(&mut laptop, &mut stream, (store, &welcome), &mut |step| draw(bar, step));
    drop(stream.bye());
    // What was taken in is durable already; closing saves the index.
    let closed = opened.store.close();
    let done = done?;
    closed?;
    Ok(done)
}

/// The program that reaches another machine, and its first arguments: `ssh`, or what `WANGGE_SSH` says.
fn program() -> Vec<String> {
    let named = std::env::var("WANGGE_SSH").unwrap_or_default();
    let words: Vec<String> = named.split_whitespace().map(str::to_owned).collect();
    if words.is_empty() { vec!["ssh".to_owned()] } else { words }
}

/// The program at work; it ends with this.
struct Ssh {
    child: Child,
}

impl Ssh {
    fn start(host: &str) -> Result<Ssh, Failure> {
        let words = program();
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).args([host, "wangge", "attach"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let said = |error: std::io::Error| {
            Failure::said(t!("cli.sync.no_ssh", program = words.join(" "), error = fault::of(&error)).into_owned())
        };
        command.spawn().map(|child| Ssh { child }).map_err(said)
    }

    /// Why nobody has answered: the program ended before a server spoke.
    fn ended(mut self, host: &str) -> Failure {
        let code = self.child.wait().ok().as_ref().and_then(ExitStatus::code);
        let code = code.map_or_else(|| "-".to_owned(), |code| code.to_string());
        Failure::said(t!("cli.sync.no_server", host = host, code = code).into_owned())
    }
}

impl Drop for Ssh {
    fn drop(&mut self) {
        // Its input is closed by now: a healthy one ends by itself, and a stuck one is not waited for.
        if matches!(self.child.try_wait(), Ok(None)) {
            let _gone = self.child.kill();
        }
        let _reaped = self.child.wait();
    }
}
