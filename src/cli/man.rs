//! `wangge man`: the manual page, with the keys of the desk.
use std::io::{self, Write};

use clap::CommandFactory;

use super::args::Args;
use crate::{
    app::{COMMANDS, Context, Keys, NoKeys},
    term::Keymap,
    words::t,
};

pub(super) fn run(mut out: &mut dyn Write) -> io::Result<()> {
    clap_mangen::Man::new(Args::command()).render(&mut out)?;
    let default = Keymap::builtin("default");
    let keys: &dyn Keys = default.as_ref().map_or(&NoKeys, |keymap| keymap);
    writeln!(out, ".SH {}\n{}", escaped(&t!("keymap.man")), escaped(&t!("keymap.about")))?;
    for context in Context::ALL {
        writeln!(out, ".SS {} [{}]", escaped(&context.label()), context.id())?;
        // What means something in several places stands at the first.
        let first = |contexts: &[Context]| Context::ALL.into_iter().find(|place| contexts.contains(place));
        for row in COMMANDS.iter().filter(|row| first(row.contexts) == Some(context)) {
            let labels: Vec<String> = keys.labels(context, row.command).iter().map(|label| bold(label)).collect();
            writeln!(out, ".TP\n{} {}", labels.join(", "), escaped(&row.name()))?;
            writeln!(out, "{} ({})", escaped(&row.help()), escaped(row.id))?;
        }
    }
    Ok(())
}

fn bold(text: &str) -> String {
    format!("\\fB{}\\fR", escaped(text))
}

/// Text that roff takes for nothing else.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\'', "\\(aq");
    if text.starts_with('.') { format!("\\&{text}") } else { text }
}
