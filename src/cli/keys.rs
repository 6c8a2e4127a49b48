//! `wangge keys`: the keys that hold, place by place; or what is wrong with a keymap file.
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{Failure, Place};
use crate::{
    app::{COMMANDS, CommandRow, Context, Key, Keys},
    term::Keymap,
    ui::text::pad_right,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.file"), help = word("cli.help.check_keys"))]
    pub check: Option<PathBuf>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}

/// One command in one place, as `--json` prints it; the names are stable.
#[derive(Serialize)]
struct Line<'a> {
    context: &'a str,
    command: &'a str,
    name: &'a str,
    /// As a keymap file writes them.
    keys: Vec<String>,
    /// As people call them.
    labels: Vec<String>,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    if let Some(path) = &args.check {
        return check(place, path, out);
    }
    let (keyboard, faults) = place.keyboard();
    for fault in faults {
        eprintln!("{fault}");
    }
    for context in Context::ALL {
        let rows = COMMANDS.iter().filter(|row| row.contexts.contains(&context));
        match args.json {
            true => json(keyboard.map(), context, rows, out)?,
            false => table(keyboard.map(), context, rows, out)?,
        }
    }
    Ok(())
}

fn json<'r>(
    keymap: &Keymap,
    context: Context,
    rows: impl Iterator<Item = &'r CommandRow>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    for row in rows {
        let written = |keys: &[Key]| keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
        let line = Line {
            context: context.id(),
            command: row.id,
            name: &row.name(),
            keys: keymap.keys(context, row.command).into_iter().map(written).collect(),
            labels: keymap.labels(context, row.command),
        };
        let line = serde_json::to_string(&line).map_err(|error| Failure::said(error.to_string()))?;
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn table<'r>(
    keymap: &Keymap,
    context: Context,
    rows: impl Iterator<Item = &'r CommandRow>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    writeln!(out, "{} [{}]", context.label(), context.id())?;
    for row in rows {
        let keys = match keymap.labels(context, row.command) {
            labels if labels.is_empty() => t!("keymap.unbound").into_owned(),
            labels => labels.join("  "),
        };
        writeln!(out, "  {} {} {}", pad_right(&keys, 24), pad_right(&row.name(), 12), row.id)?;
    }
    writeln!(out)?;
    Ok(())
}

/// Says every line of a keymap file that does not count.
fn check(place: &Place, path: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let file = path.display().to_string();
    let text = fs::read_to_string(path)
        .map_err(|why| Failure::said(t!("keymap.cannot_open", file = file, why = why).into_owned()))?;
    let named = place.args.keymap.as_deref().unwrap_or("default");
    let Some(mut keymap) = Keymap::builtin(named) else {
        return Err(Failure::said(t!("keymap.no_keymap", name = named, all = Keymap::NAMES.join(", ")).into_owned()));
    };
    let faults = keymap.merge(&file, &text);
    if faults.is_empty() {
        writeln!(out, "{}", t!("keymap.fine", file = file, n = keymap.of_last_file()))?;
        return Ok(());
    }
    let mut lines: Vec<String> = faults
        .iter()
        .map(|fault| t!("keymap.wrong", file = fault.file, line = fault.line, what = fault.what).into_owned())
        .collect();
    lines.push(t!("keymap.count", n = faults.len()).into_owned());
    Err(Failure::said(lines.join("\n")))
}
