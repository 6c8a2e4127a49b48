//! `wangge pack`: packs checked, listed and shown.
use std::{
    io::Write,
    path::{Path, PathBuf},
};

use super::{Failure, Place, args::template};
use crate::words::{t, word};
use crate::{
    grid::{
        org::{Form, Post},
        pack::{Duty, Fault, Pack, Seat},
    },
    run::{BookError, PACK_FILES},
    ui::text::pad_right,
};

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub what: PackWhat,
}

/// What is done with packs.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum PackWhat {
    #[command(about = word("cli.about.pack_check"), help_template = template())]
    Check {
        #[arg(value_name = word("cli.value.folder_or_file"), help = word("cli.help.pack_path"))]
        path: PathBuf,
    },
    #[command(about = word("cli.about.pack_list"), help_template = template())]
    List,
    #[command(about = word("cli.about.pack_show"), help_template = template())]
    Show {
        #[arg(value_name = word("cli.value.name"), help = word("cli.help.pack_id"))]
        id: Option<String>,
    },
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    match &args.what {
        PackWhat::Check { path } => check(place, path, out),
        PackWhat::List => list(place, out),
        PackWhat::Show { id } => show(place, id.as_deref(), out),
    }
}

/// Says everything that is wrong with the pack in a folder, or what there is in it.
fn check(place: &Place, path: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let folder = folder_of(path)?;
    let text = place.files.pack_in(&folder).map_err(|wrong| Failure::said(wrong.join("\n")))?;
    match Pack::parse(&text.files()) {
        Ok(pack) => {
            writeln!(out, "{}", t!("cli.pack.usable", id = pack.id, name = pack.name, contents = contents(&pack)))?;
            for (post, duties) in posts(&pack) {
                writeln!(
                    out,
                    "{}",
                    t!("cli.pack.duties", post = pad_right(&post, 24), n = format_args!("{:>3}", duties.len()))
                )?;
            }
            Ok(())
        }
        Err(error) => {
            let line = |fault: &Fault| format!("{}\n", folder.join(fault.to_string()).display());
            let lines: String = error.faults.iter().map(line).collect();
            Err(Failure::said(t!("cli.pack.faults", lines = lines, n = error.faults.len()).into_owned()))
        }
    }
}

/// The folder that is meant, by itself or by one of its files.
fn folder_of(path: &Path) -> Result<std::path::PathBuf, Failure> {
    if path.is_dir() {
        return Ok(path.to_owned());
    }
    let is_one = path.file_name().is_some_and(|name| PACK_FILES.iter().any(|file| name == *file));
    if !path.is_file() || !is_one {
        let files = PACK_FILES.join(word("word.list"));
        return Err(Failure::said(t!("cli.pack.no_folder", path = path.display(), files = files).into_owned()));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(folder.unwrap_or(Path::new(".")).to_owned())
}

fn contents(pack: &Pack) -> String {
    let assumed = pack.duties.iter().filter(|duty| duty.assumed).count();
    t!(
        "cli.pack.contents",
        duties = pack.duties.len(),
        assumed = assumed,
        nodes = pack.nodes.len(),
        places = pack.divisions.len(),
        lists = pack.checklists.len(),
        options = pack.options.len(),
        rules = pack.rules.len()
    )
    .into_owned()
}

/// The posts that have duties, by name, each with what it has.
fn posts(pack: &Pack) -> Vec<(String, Vec<&Duty>)> {
    let levels = [(1, Form::Vertical), (0, Form::Office), (2, Form::Vertical), (3, Form::Vertical), (3, Form::Flat)];
    let seats = levels.into_iter().flat_map(|(level, form)| Post::ALL.map(|post| Seat { level, form, post }));
    let of = |seat: Seat| {
        let duties: Vec<&Duty> = pack.duties.iter().filter(|duty| duty.seats.contains(&seat)).collect();
        (pack.names.seat(seat), duties)
    };
    seats.map(of).filter(|(_, duties)| !duties.is_empty()).collect()
}

fn list(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    for (id, own) in place.files.packs() {
        let from = own.map_or_else(|| t!("cli.pack.builtin").into_owned(), |folder| folder.display().to_string());
        let what = match place.files.pack(&id) {
            Some(Ok(pack)) => t!("cli.pack.one", name = pack.name, n = pack.duties.len()).into_owned(),
            Some(Err(error)) => error.to_string(),
            None => t!("cli.pack.incomplete").into_owned(),
        };
        writeln!(out, "{}", t!("cli.pack.row", id = pad_right(&id, 12), what = what, from = from))?;
    }
    Ok(())
}

fn show(place: &Place, id: Option<&str>, out: &mut dyn Write) -> Result<(), Failure> {
    match id {
        Some(id) => {
            let pack =
                place.files.pack(id).ok_or_else(|| BookError::NoPack(id.to_owned()))?.map_err(BookError::from)?;
            describe(&pack, out)
        }
        None => {
            let book = place.open()?;
            describe(book.state.pack(), out)?;
            Ok(book.close()?)
        }
    }
}

/// Everything in a pack that a person asks for: what can be chosen, whose the duties are, and what rules keep.
fn describe(pack: &Pack, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", t!("cli.pack.head", id = pack.id, name = pack.name, contents = contents(pack)))?;
    writeln!(out, "{}", t!("cli.pack.source", source = pack.source))?;
    for option in &pack.options {
        let values = option.values.join(word("word.list"));
        writeln!(
            out,
            "{}",
            t!("cli.pack.option", id = option.id, value = option.value, values = values, note = option.note)
        )?;
    }
    for (post, duties) in posts(pack) {
        writeln!(out, "\n{post}")?;
        for duty in duties {
            let own = if duty.assumed { word("cli.pack.assumed") } else { "" };
            let kind = duty.kind.name();
            let how = match (kind, duty.once()) {
                (_, Some(day)) => t!("cli.pack.by", day = day).into_owned(),
                ("response" | "monitor", None) => t!("cli.pack.always").into_owned(),
                (_, None) => duty.cadence.label().to_owned(),
            };
            let (id, name) = (pad_right(&duty.id, 20), pad_right(&duty.name, 18));
            writeln!(out, "  {id} {name} {} {kind}{own}  [{} {}]", pad_right(&how, 13), duty.clause, duty.cite)?;
        }
    }
    for list in &pack.checklists {
        let items: Vec<_> = list.items.iter().map(|item| item.text.as_str()).collect();
        writeln!(
            out,
            "{}",
            t!(
                "cli.pack.list",
                id = list.id,
                name = list.name,
                clause = list.clause,
                items = items.join(word("word.also"))
            )
        )?;
    }
    if !pack.rules.is_empty() {
        writeln!(out, "{}", t!("cli.pack.rules"))?;
    }
    for rule in &pack.rules {
        writeln!(
            out,
            "{}",
            t!("cli.pack.rule", clause = pad_right(&rule.clause, 5), text = rule.text, place = rule.place)
        )?;
    }
    Ok(())
}
