//! `wangge serve`: the server of a store that people share; `--check` says what is wrong with a set-up.
mod check;
mod people;

use std::{io::Write, path::PathBuf};

use rustix::pipe::{PipeFlags, pipe_with};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    low_level,
};

use super::{Failure, Place, socket};
use crate::{
    run::Book,
    sync::serve::Limits,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.file"), help = word("cli.help.socket"))]
    pub socket: Option<PathBuf>,
    #[arg(long, help = word("cli.help.serve_check"))]
    pub check: bool,
    #[arg(long, value_name = word("cli.value.count"), help = word("cli.help.per_user"),
          value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub per_user: Option<u32>,
}

/// The store that a server has unless another one is named.
const STORE: &str = "/var/lib/wangge";

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let store = place.args.store.clone().or_else(|| place.config.store.clone()).unwrap_or_else(|| STORE.into());
    let socket = args.socket.clone().unwrap_or_else(|| socket(&place.config));
    if args.check {
        return check::run(place, (&store, &socket), out);
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
