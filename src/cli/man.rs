//! `wangge man`: the manual page.
use std::io::{self, Write};

use clap::CommandFactory;

use super::args::Args;
use crate::app::COMMANDS;

pub(super) fn run(mut out: &mut dyn Write) -> io::Result<()> {
    let command = Args::command();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    writeln!(out, ".SH 案头的命令")?;
    for row in COMMANDS {
        writeln!(out, ".TP\n\\fB{}\\fR {}\n{}", row.id.replace('-', "\\-"), row.name(), row.help())?;
    }
    Ok(())
}
