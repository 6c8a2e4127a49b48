//! `wangge serve`: the server of a store that people share; `--check` says what is wrong with a set-up.
use std::{
    fs,
    io::Write,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use rustix::pipe::{PipeFlags, pipe_with};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    low_level,
};

use super::{Failure, Place, args, socket};
use crate::{
    log::disk::{Finding, doctor},
    run::Book,
    sync::serve::Limits,
    words::t,
};

/// The store that a server has unless another one is named.
const STORE: &str = "/var/lib/wangge";

pub(super) fn run(place: &Place, args: &args::Serve, out: &mut dyn Write) -> Result<(), Failure> {
    let store = place.args.store.clone().or_else(|| place.config.store.clone()).unwrap_or_else(|| STORE.into());
    let socket = args.socket.clone().unwrap_or_else(|| socket(&place.config));
    if args.check {
        return check(&store, &socket, out);
    }
    let book = Book::open(&store, &place.files, place.clock)?;
    for notice in &book.notices {
        eprintln!("{notice}");
    }
    if book.state.logins().next().is_none() {
        eprintln!("{}", t!("serve.no_logins"));
    }
    let limits =
        Limits { per_user: args.per_user.map_or(Limits::default().per_user, |n| n as usize), ..Limits::default() };
    let stop = Stop::install()?;
    let serving = book.serve(place.clock, &socket, limits)?;
    writeln!(out, "{}", t!("serve.ready", store = store.display(), socket = socket.display()))?;
    out.flush()?;
    stop.wait();
    serving.stop()?;
    Ok(())
}

/// Told by SIGTERM or SIGINT.
struct Stop(rustix::fd::OwnedFd);

impl Stop {
    fn install() -> Result<Stop, Failure> {
        let (read, write) = pipe_with(PipeFlags::CLOEXEC).map_err(std::io::Error::from)?;
        for signal in [SIGTERM, SIGINT] {
            low_level::pipe::register(signal, write.try_clone()?)?;
        }
        // A server outlives the terminal that it was started from.
        signal_hook::flag::register(SIGHUP, std::sync::Arc::default())?;
        Ok(Stop(read))
    }

    fn wait(&self) {
        let mut byte = [0];
        while rustix::io::read(&self.0, &mut byte) == Err(rustix::io::Errno::INTR) {}
    }
}

/// Says what is wrong with a set-up; changes nothing.
fn check(store: &Path, socket: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let mut findings = doctor(store);
    findings.extend(folder_of(store));
    findings.push(place_of(socket));
    match super::doctor::tell(&findings, out)? {
        0 => Ok(()),
        n => Err(Failure::said(t!("serve.check.faults", n = n).into_owned())),
    }
}

/// The store's folder is nobody else's.
fn folder_of(store: &Path) -> Option<Finding> {
    let found = fs::metadata(store).ok()?;
    let (own, dir) = (rustix::process::getuid().as_raw(), store.display());
    if found.uid() != own {
        return Some(Finding::Grave(t!("serve.check.owner", dir = dir).into_owned()));
    }
    let open = found.permissions().mode() & 0o077 != 0;
    open.then(|| Finding::Grave(t!("serve.check.open", dir = dir).into_owned()))
}

/// The folder of the socket is there, can be written, and can be entered by everybody.
fn place_of(socket: &Path) -> Finding {
    let folder = socket.parent().map_or_else(PathBuf::new, Path::to_owned);
    let dir = folder.display();
    let Ok(found) = fs::metadata(&folder) else {
        return Finding::Grave(t!("serve.check.no_folder", dir = dir).into_owned());
    };
    if rustix::fs::access(&folder, rustix::fs::Access::WRITE_OK).is_err() {
        return Finding::Grave(t!("serve.check.not_writable", dir = dir).into_owned());
    }
    match found.permissions().mode() & 0o005 == 0o005 {
        true => Finding::Fine(t!("serve.check.socket", socket = socket.display()).into_owned()),
        false => Finding::Grave(t!("serve.check.shut", dir = dir).into_owned()),
    }
}
