//! `wangge audit`: who recorded what, when and from which device; what came late; many visits within minutes; sign-ins.
mod names;
mod signins;
mod source;
mod table;
mod views;

use std::io::Write;

use clap::ValueEnum;

use self::{
    names::Names,
    source::{Facts, Source},
    table::{Table, in_file},
};
use super::{
    Failure, Place, find, reader,
    to::To,
    to::{File, not_exported, warned},
};
use crate::{
    grid::{
        audit::{Asked, Line, MANY, WITHIN_MS, bursts, line, sums},
        calendar::{Cadence, Period},
        fact::Fact,
        org::NodeIx,
        state::State,
    },
    log::LogError,
    report::{Take, Viewer, write::Charset},
    screen::kind_label,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.audit"), help = word("cli.help.audit_what"), hide_possible_values = true)]
    pub what: Option<What>,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.audit_from"))]
    pub from: Option<String>,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.audit_to"))]
    pub to: Option<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.person"), help = word("cli.help.audit_by"))]
    pub by: Option<String>,
    #[arg(long, help = word("cli.help.json"), conflicts_with = "csv")]
    pub json: bool,
    #[arg(long, help = word("cli.help.csv"), conflicts_with = "output")]
    pub csv: bool,
    #[command(flatten)]
    pub table: To,
}

/// One of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    People,
    Records,
    Late,
    Bursts,
    Signins,
}

impl What {
    /// In the order in which they are told; all records only when they are asked for.
    const TOLD: [What; 4] = [What::People, What::Bursts, What::Late, What::Signins];

    fn title(self) -> String {
        match self {
            What::People => t!("audit.title.people").into_owned(),
            What::Records => t!("audit.title.records").into_owned(),
            What::Late => t!("audit.title.late").into_owned(),
            What::Bursts => t!("audit.title.bursts", many = MANY, minutes = WITHIN_MS / 60_000).into_owned(),
            What::Signins => t!("audit.title.signins").into_owned(),
        }
    }
}

/// How one table leaves: to a file, or to standard output for programs.
enum Out<'a> {
    File(File<'a>),
    Csv,
    Json,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let to = match (args.table.file()?, args.json, args.csv) {
        (Some(file), ..) => Some(Out::File(file)),
        (_, true, _) => Some(Out::Json),
        (_, _, true) => Some(Out::Csv),
        _ => None,
    };
    let Source { state, actor, mut facts } = Source::open(place)?;
    let asked = asked_for(place, args, &state)?;
    let viewer = reader(&state, asked.at, &actor);
    let seen = Seen { place, asked: &asked, viewer: &viewer, node: find::node_or_root(&state, args.at.as_deref())? };
    match (to, args.what.unwrap_or(What::Records)) {
        (Some(to), what @ (What::Records | What::Late)) => seen.records(what, to, &mut facts, out)?,
        (Some(to), what) => seen.table(what, &seen.lines(&mut facts)?, to, out)?,
        (None, _) => seen.told(args.what, &seen.lines(&mut facts)?, out)?,
    }
    if facts.unreadable > 0 {
        eprintln!("{}", t!("audit.unreadable", n = facts.unreadable));
    }
    Ok(())
}

/// What is asked for, and by whom.
struct Seen<'a> {
    place: &'a Place,
    asked: &'a Asked,
    viewer: &'a Viewer<'a>,
    node: NodeIx,
}

/// Records, and what people call the kind of each.
#[derive(Default)]
struct Lines {
    lines: Vec<Line>,
    kinds: Vec<String>,
}

impl Seen<'_> {
    fn names(&self) -> Names<'_> {
        Names(self.viewer.state)
    }

    fn lines(&self, facts: &mut Facts) -> Result<Lines, Failure> {
        let mut all = Lines::default();
        while let Some(fact) = facts.next()? {
            if let Some(line) = line(self.viewer.state, self.asked, &fact) {
                all.lines.push(line);
                all.kinds.push(kind_label(&fact.draft.body).to_owned());
            }
        }
        Ok(all)
    }

    /// Records go out as they are read, however many there are.
    fn records(&self, what: What, to: Out<'_>, facts: &mut Facts, out: &mut dyn Write) -> Result<(), Failure> {
        let (names, table) = (self.names(), views::records());
        let row = |fact: &Fact| {
            let line = line(self.viewer.state, self.asked, fact)?;
            (what == What::Records || line.late).then(|| views::record(&names, &line, kind_label(&fact.draft.body)))
        };
        if matches!(to, Out::Json) {
            while let Some(fact) = facts.next()? {
                row(&fact).into_iter().try_for_each(|row| table.json_line(self.viewer, &row, out))?;
            }
            return Ok(());
        }
        let each = |emit: Take<'_>| {
            while let Some(fact) = facts.next()? {
                row(&fact).into_iter().for_each(|row| emit(in_file(&row)));
            }
            Ok(0)
        };
        self.leave(what, &table, to, each, out)
    }

    /// The rows of a table as csv or to a file.
    fn leave(
        &self,
        what: What,
        table: &Table,
        to: Out<'_>,
        each: impl FnOnce(Take<'_>) -> Result<u64, LogError>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let listing = table.listing(what.title(), self.node);
        match to {
            Out::File(file) => file.write_rows(self.viewer, &listing, each, out),
            _ => {
                let written = listing.rows_to_csv(self.viewer, Charset::Utf8, &mut *out, each);
                written.map_err(not_exported).and_then(warned)
            }
        }
    }

    /// One table as a whole.
    fn table(&self, what: What, lines: &Lines, to: Out<'_>, out: &mut dyn Write) -> Result<(), Failure> {
        let table = self.of(what, lines)?;
        if matches!(to, Out::Json) {
            return Ok(table.json(self.viewer, out)?);
        }
        let each = |emit: Take<'_>| {
            table.rows.iter().for_each(|row| emit(in_file(row)));
            Ok(0)
        };
        self.leave(what, &table, to, each, out)
    }

    /// One table in columns, or all but the single records.
    fn told(&self, what: Option<What>, lines: &Lines, out: &mut dyn Write) -> Result<(), Failure> {
        if let Some(what) = what {
            return self.section(what, lines, out);
        }
        writeln!(out, "{}", t!("audit.head", from = self.asked.from, to = self.asked.to, n = lines.lines.len()))?;
        // Sign-ins are the server's to tell, from its own folder.
        let told = What::TOLD.into_iter().filter(|what| *what != What::Signins || self.place.server.is_none());
        told.into_iter().try_for_each(|what| self.section(what, lines, out))
    }

    fn section(&self, what: What, lines: &Lines, out: &mut dyn Write) -> Result<(), Failure> {
        let table = self.of(what, lines)?;
        writeln!(out, "\n{}", what.title())?;
        if table.rows.is_empty() {
            writeln!(out, "  {}", word("audit.nothing"))?;
        }
        Ok(table.text(self.viewer, out)?)
    }

    fn of(&self, what: What, lines: &Lines) -> Result<Table, Failure> {
        let names = self.names();
        let records = |late: bool| {
            let rows = lines.lines.iter().zip(&lines.kinds).filter(|(line, _)| !late || line.late);
            Table { rows: rows.map(|(line, kind)| views::record(&names, line, kind)).collect(), ..views::records() }
        };
        Ok(match what {
            What::People => views::people(&names, &sums(&lines.lines)),
            What::Records => records(false),
            What::Late => records(true),
            What::Bursts => views::bursts(&names, &bursts(&lines.lines)),
            What::Signins => signins::read(self.place, self.asked, &names)?,
        })
    }
}

fn asked_for(place: &Place, args: &Args, state: &State) -> Result<Asked, Failure> {
    let today = place.clock.today(state.pack().utc_offset);
    let from = match &args.from {
        Some(_) => find::day(args.from.as_deref(), today)?,
        None => Period::containing(Cadence::Month, today).first(),
    };
    Ok(Asked {
        from,
        to: find::day(args.to.as_deref(), today)?,
        at: args.at.as_deref().map(|text| find::node(state, text)).transpose()?,
        by: args.by.as_deref().map(|text| find::person(state, text)).transpose()?,
    })
}
