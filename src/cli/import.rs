//! `wangge import`: a roster from xlsx or csv.
use std::{fs, io::Write, path::PathBuf};

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Place};
use crate::words::{fault, t, word};
use crate::{
    grid::{
        code::division::Divisions,
        decide::{RosterDecision, RosterLine, decide_roster},
        state::State,
    },
    run::Book,
    sheet::{self, RosterRow},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.file"), help = word("cli.help.import_file"))]
    pub file: PathBuf,
    #[arg(long, help = word("cli.help.dry_run"))]
    pub dry_run: bool,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let book = place.open()?;
    let bar = ProgressBar::no_length();
    bar.set_style(
        ProgressStyle::with_template(word("cli.import.progress"))
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("##."),
    );
    import(place, book, args, &bar, out)
}

/// Takes a roster into a book and closes it; says what was done.
pub(super) fn import(
    place: &Place,
    mut book: Book,
    args: &Args,
    bar: &ProgressBar,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let shown = args.file.display();
    let bytes = fs::read(&args.file).map_err(|error| {
        Failure::said(t!("cli.import.unreadable", file = shown, error = fault::of(&error)).into_owned())
    })?;
    let actor = place.actor(&book)?;
    let read = sheet::read(&bytes, &shown.to_string(), &divisions(&book.state), &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let roster = match read {
        Ok(roster) => roster,
        Err(errors) => return Err(listed(errors.iter().map(ToString::to_string), &shown.to_string())),
    };
    for note in &roster.notes {
        writeln!(out, "{note}")?;
    }
    let lines: Vec<RosterLine> = roster.rows.iter().map(line).collect();
    let decision = decide_roster(&book.state, &actor, &lines)
        .map_err(|errors| listed(errors.iter().map(ToString::to_string), &shown.to_string()))?;
    if args.dry_run {
        tell(&decision, true, out)?;
        writeln!(out, "{}", t!("cli.import.dry"))?;
    } else {
        if !decision.drafts.is_empty() {
            book.append(&decision.drafts, place.clock.now_ms())?;
        }
        tell(&decision, false, out)?;
    }
    out.flush()?;
    book.close()?;
    Ok(())
}

/// The divisions that a unit of this store can lie in: those of its pack.
fn divisions(state: &State) -> Divisions {
    let pack = state.pack();
    let mut text = String::from("code,name,parent\n");
    for division in &pack.divisions {
        text.push_str(&format!("{},{},{}\n", division.code, division.name, division.parent));
    }
    for node in pack.nodes.iter().filter(|node| node.level == 2) {
        text.push_str(&format!("{},{},{}\n", node.id, node.name, node.parent.as_deref().unwrap_or_default()));
    }
    Divisions::parse(&[&text])
}

fn line(row: &RosterRow) -> RosterLine {
    RosterLine {
        place: t!("cli.import.row", sheet = row.place.sheet, row = row.place.row).into_owned(),
        code: row.code.clone(),
        name: row.name.clone(),
        industry: row.industry.clone(),
        division: row.division.clone(),
        form: row.form.clone(),
        contact: row.contact.clone(),
        phone: row.phone.clone(),
        grid: row.grid.clone(),
        sector: row.sector,
    }
}

/// All errors, a line each, and what to do next.
fn listed(errors: impl Iterator<Item = String>, file: &str) -> Failure {
    let errors: Vec<String> = errors.collect();
    let n = errors.len();
    Failure::said(t!("cli.import.errors", errors = errors.join("\n"), file = file, n = n).into_owned())
}

fn tell(decision: &RosterDecision, dry: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let (created, corrected, unchanged) = (decision.created, decision.corrected, decision.unchanged);
    let grids = decision.new_grids.len();
    let names = decision.new_grids.join(word("word.list"));
    let (units, set_up) = match dry {
        true => (
            t!("cli.import.would_units", created = created, corrected = corrected, unchanged = unchanged).into_owned(),
            t!("cli.import.would_grids", n = grids, names = names).into_owned(),
        ),
        false => (
            t!("cli.import.units", created = created, corrected = corrected, unchanged = unchanged).into_owned(),
            t!("cli.import.grids", n = grids, names = names).into_owned(),
        ),
    };
    writeln!(out, "{units}")?;
    if grids > 0 {
        writeln!(out, "{set_up}")?;
    }
    if decision.unplaced > 0 {
        writeln!(out, "{}", t!("cli.import.unplaced", n = decision.unplaced))?;
    }
    Ok(())
}
