//! `wangge paste`: text that is ready for the upper platform.
use std::{
    io::{IsTerminal, Write},
    iter,
};

use clap::Args as ClapArgs;

use super::{Failure, Place, find};
use crate::{
    grid::calendar::{Cadence, Period},
    log::StoreLog,
    report::{Scope, gather, paste_fact, paste_period},
    words::{t, word},
};

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Paste {
    #[arg(value_name = word("cli.value.record"), help = word("cli.help.paste_records"))]
    pub records: Vec<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.paste_at"), conflicts_with = "records")]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.export_period"),
          conflicts_with = "records")]
    pub period: Option<String>,
    #[arg(long, help = word("cli.help.copy"))]
    pub copy: bool,
}

pub(super) fn run(place: &Place, args: &Paste, out: &mut dyn Write) -> Result<(), Failure> {
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let state = &book.state;
    let root = match &args.at {
        Some(text) => find::node(state, text)?,
        None => *state.org().roots().first().ok_or_else(|| Failure::said(word("cli.export.no_tree")))?,
    };
    let running = Period::containing(Cadence::Month, actor.today);
    let named = args
        .period
        .as_deref()
        .map(|text| Period::parse(text).ok_or_else(|| Failure::said(t!("cli.export.period", text = text))));
    let period = named.transpose()?.unwrap_or(running);
    if period.first() > actor.today {
        return Err(Failure::said(t!("cli.export.future", period = period.label())));
    }
    let scope = Scope::new(state, root, period, &actor);
    let text = if args.records.is_empty() {
        paste_period(&gather(scope, &StoreLog(book.store.clone()))?)
    } else {
        let one = |id: &String| {
            let fact = find::fact(&book, id)?;
            paste_fact(&scope, &fact).ok_or_else(|| Failure::said(t!("cli.paste.no_text", record = id)))
        };
        args.records.iter().map(one).collect::<Result<Vec<_>, _>>()?.join("\n")
    };
    writeln!(out, "{text}")?;
    if args.copy {
        copy(&text, out)?;
    }
    Ok(book.close()?)
}

/// Asks the terminal to put the text on its clipboard (OSC 52): some do, some don't, and none says so.
fn copy(text: &str, out: &mut dyn Write) -> Result<(), Failure> {
    if !std::io::stdout().is_terminal() {
        return Err(Failure::said(word("cli.paste.no_terminal")));
    }
    write!(out, "\x1b]52;c;{}\x07", base64(text.as_bytes()))?;
    out.flush()?;
    Ok(())
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let three = |three: &[u8]| {
        let byte = |i: usize| u32::from(three.get(i).copied().unwrap_or_default());
        let all = byte(0) << 16 | byte(1) << 8 | byte(2);
        let letter = |i: usize| char::from(LETTERS[(all >> (18 - 6 * i) & 63) as usize]);
        let whole = three.len() + 1;
        (0..whole).map(letter).chain(iter::repeat_n('=', 4 - whole)).collect::<String>()
    };
    bytes.chunks(3).map(three).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (text, letters) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("走访", "6LWw6K6/"),
        ] {
            assert_eq!(base64(text.as_bytes()), letters, "{text}");
        }
    }
}
