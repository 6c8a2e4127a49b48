//! `wangge completions`: a shell's completion script.
use std::io::Write;

use clap::CommandFactory;

use super::args::Args;

pub(super) fn run(shell: clap_complete::Shell, mut out: &mut dyn Write) {
    clap_complete::generate(shell, &mut Args::command(), "wangge", &mut out);
}
