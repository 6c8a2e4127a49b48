//! `wangge export`: the period packs, and every table by itself.
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{
    Failure, Place, find,
    to::{File, not_exported, warned},
};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        pack::{SHEETS, SheetKind},
    },
    log::StoreLog,
    report::{
        Document, Scope, Then, figures, gather, period_pack, seal, to_csv,
        write::{Charset, Format, WriteError, save, write},
    },
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.report"), help = word("cli.help.export_what"), value_parser = what())]
    pub what: What,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.export_period"))]
    pub period: Option<String>,
    #[arg(short, long, value_name = word("cli.value.file"), help = word("cli.help.export_file"))]
    pub output: Option<PathBuf>,
    #[arg(long, help = word("cli.help.export_csv"))]
    pub csv: bool,
    #[arg(long, help = word("cli.help.gbk"))]
    pub gbk: bool,
}

/// What is exported.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    /// The pack of a period of this length.
    Pack(Cadence),
    /// One table.
    Table(&'static SheetKind),
}

const PACKS: [Cadence; 3] = [Cadence::Month, Cadence::Quarter, Cadence::Year];

/// The packs, then the tables; the summary is no table.
fn what() -> impl TypedValueParser<Value = What> {
    let names = PACKS.map(Cadence::key).into_iter().chain(tables().map(|kind| kind.id));
    let named = |name: String| {
        let pack = PACKS.into_iter().find(|cadence| cadence.key() == name).map(What::Pack);
        pack.or_else(|| SheetKind::of(&name).map(What::Table)).ok_or(name)
    };
    PossibleValuesParser::new(names).try_map(named)
}

fn tables() -> impl Iterator<Item = &'static SheetKind> {
    SHEETS.iter().filter(|kind| !kind.columns.is_empty())
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let state = &book.state;
    let root = find::node_or_root(state, args.at.as_deref())?;
    let period = period(args, actor.today)?;
    if period.first() > actor.today {
        return Err(Failure::said(t!("cli.export.future", period = period.label())));
    }
    let log = StoreLog(book.store.clone());
    let then = Then::at_end(state, &log, (root, period), actor.today)?;
    let scope = then.scope(period, &actor);
    match args.what {
        What::Pack(_) => pack(scope, &log, (book.seat.dir(), place.clock.now_ms()), args, out)?,
        What::Table(kind) => table(&scope, &log, kind, args, out)?,
    }
    Ok(book.close()?)
}

/// The period that is named, or the running one.
fn period(args: &Args, today: chrono::NaiveDate) -> Result<Period, Failure> {
    let usual = match args.what {
        What::Pack(cadence) => cadence,
        What::Table(_) => Cadence::Month,
    };
    let Some(text) = &args.period else { return Ok(Period::containing(usual, today)) };
    let found = Period::parse(text).ok_or_else(|| Failure::said(t!("cli.export.period", text = text)))?;
    match args.what {
        What::Pack(cadence) if found.cadence != cadence => {
            let example = Period::containing(cadence, today);
            Err(Failure::said(t!("cli.export.cadence", text = text, what = cadence.key(), example = example)))
        }
        _ => Ok(found),
    }
}

fn pack(
    scope: Scope<'_>,
    log: &StoreLog,
    (store, now_ms): (&Path, i64),
    args: &Args,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let path = args.output.as_deref().ok_or_else(|| Failure::said(word("cli.export.no_file")))?;
    let format = Format::of(path).filter(|_| !args.csv && !args.gbk);
    let format = format.ok_or_else(|| Failure::said(word("cli.export.pack_format")))?;
    let today = scope.today;
    let scene = gather(scope, log)?;
    let document = period_pack(&scene).sealed(seal(&scene.scope, store, now_ms));
    let rows = save(path, |file| write(&document, format, today, file)).map_err(failed)?;
    told(&document, &rows, path, out)?;
    for (name, cell) in figures(&scene) {
        writeln!(out, "  {name} {cell}")?;
    }
    Ok(())
}

/// What was written, with the rows of each sheet.
fn told(document: &Document<'_>, rows: &[u64], path: &Path, out: &mut dyn Write) -> io::Result<()> {
    let path = path.display();
    writeln!(out, "{}", t!("cli.export.pack_done", title = document.title, n = document.sheets.len(), path = path))?;
    for (sheet, rows) in document.sheets.iter().zip(rows).filter(|(sheet, _)| sheet.is_table()) {
        writeln!(out, "  {}", t!("cli.export.sheet", sheet = sheet.title, n = rows))?;
    }
    Ok(())
}

fn table(
    scope: &Scope<'_>,
    log: &StoreLog,
    kind: &'static SheetKind,
    args: &Args,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let Some(path) = &args.output else {
        if !args.csv {
            return Err(Failure::said(word("cli.export.no_file_table")));
        }
        // The rows are all that stands on standard output.
        let charset = if args.gbk { Charset::Gbk } else { Charset::Utf8 };
        return warned(to_csv(scope, log, kind, charset, &mut *out).map_err(not_exported)?);
    };
    let file = match args.csv {
        true => File::csv(path, args.gbk),
        false => File::named(path, args.gbk)?,
    };
    file.write_sheet(scope, log, kind, out)
}

fn failed(error: WriteError) -> Failure {
    not_exported(error.into())
}
