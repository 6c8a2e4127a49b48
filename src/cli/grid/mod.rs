//! `wangge grid`: grids that are founded, split, merged, closed, renamed and hung elsewhere.
mod args;

use std::io::Write;

pub(crate) use args::Args;
use args::{GridVerb, How};
use serde_json::json;

use super::{Failure, Place, find};
use crate::words::{t, word};
use crate::{
    grid::{
        decide::{
            Actor, Regroup,
            regroup::{Line, Preview, preview},
        },
        org::{Form, Sector},
        state::State,
    },
    ui::columns,
};

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let mut book = place.open()?;
    let actor = place.actor(&book)?;
    let (regroup, how) = intent(&book.state, &actor, &args.verb)?;
    let told = preview(&book.state, &actor, &regroup)?;
    if !how.json {
        text(&told, out)?;
    }
    let facts = if how.dry_run { Vec::new() } else { book.append(&told.drafts, place.clock.now_ms())? };
    // What is told from here on is durable.
    if how.json {
        let mut line = serde_json::to_value(&told).map_err(std::io::Error::from)?;
        line["applied"] = json!(!how.dry_run);
        line["facts"] = json!(facts.iter().map(|fact| fact.id.to_string()).collect::<Vec<_>>());
        serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else if how.dry_run {
        writeln!(out, "{}", t!("cli.grid.dry"))?;
    } else {
        writeln!(out, "{}", t!("cli.grid.done", n = facts.len()))?;
    }
    out.flush()?;
    book.close()?;
    Ok(())
}

fn intent<'a>(state: &State, actor: &Actor, verb: &'a GridVerb) -> Result<(Regroup, &'a How), Failure> {
    let node = |text: &str| find::node(state, text);
    let day = |from: &args::From| find::day(from.from.as_deref(), actor.today);
    Ok(match verb {
        GridVerb::New(new) => {
            let form = if new.flat { Form::Flat } else { Form::Vertical };
            let sector = new.sector.as_deref().map(sector).transpose()?;
            let (name, from) = (new.name.clone(), day(&new.from)?);
            (Regroup::Found { parent: node(&new.under)?, name, sector, form, from }, &new.from.how)
        }
        GridVerb::Split(split) => {
            let regroup = Regroup::Split {
                grid: node(&split.grid)?,
                name: split.name.clone(),
                units: find::units(state, &split.units)?,
                from: day(&split.from)?,
                leader: split.leader.clone(),
            };
            (regroup, &split.from.how)
        }
        GridVerb::Merge(merge) => {
            let grids = merge.grids.iter().map(|grid| node(grid)).collect::<Result<_, _>>()?;
            (Regroup::Merge { grids, into: node(&merge.into)?, from: day(&merge.from)? }, &merge.from.how)
        }
        GridVerb::Close(close) => {
            let into = close.into.as_deref().map(node).transpose()?;
            let (grid, unplaced, from) = (node(&close.grid)?, close.unplaced, day(&close.from)?);
            (Regroup::Close { grid, into, unplaced, from }, &close.from.how)
        }
        GridVerb::Rename(rename) => {
            (Regroup::Rename { node: node(&rename.node)?, name: rename.name.clone() }, &rename.how)
        }
        GridVerb::Move(moved) => {
            let (parent, from) = (node(&moved.under)?, day(&moved.from)?);
            (Regroup::Rehang { node: node(&moved.node)?, parent, from }, &moved.from.how)
        }
    })
}

fn sector(text: &str) -> Result<Sector, Failure> {
    Sector::parse(text).ok_or_else(|| {
        let all: Vec<_> = Sector::ALL.iter().map(|sector| sector.label()).collect();
        Failure::said(t!("cli.grid.no_sector", text = text, known = all.join(word("word.list"))).into_owned())
    })
}

/// The preview in lines, tables aligned.
fn text(told: &Preview, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", told.title)?;
    let lines = told.lines();
    for part in lines.chunk_by(|a, b| matches!((a, b), (Line::Row(_), Line::Row(_)))) {
        let rows = part.iter().filter_map(|line| if let Line::Row(cells) = line { Some(cells.clone()) } else { None });
        for row in columns::align(&rows.collect::<Vec<_>>()) {
            writeln!(out, "  {row}")?;
        }
        match part {
            [Line::Head(head)] => writeln!(out, "\n{head}")?,
            [Line::Note(note)] => writeln!(out, "  {note}")?,
            _ => {}
        }
    }
    Ok(())
}
