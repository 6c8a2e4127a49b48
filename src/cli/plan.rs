//! `wangge plan`: the grid designer (B-4). It shows a proposal; only with `--apply` is anything written.
use std::io::Write;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Failure, Place, find, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        decide::{Intent, decide},
        org::{Form, NodeIx, Org, Post, Sector},
        plan::partition::{GridRules, Move, PlannedGrid, Proposal, partition},
    },
    log::StoreLog,
    report::{Cell, Listing, Viewer},
    screen::planned_grids,
    ui::text::{pad_left, pad_right},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.town"), help = word("cli.help.town"))]
    pub town: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.from"), allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, help = word("cli.help.apply"))]
    pub apply: bool,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// One line of `--json`; the keys are stable.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Line<'a> {
    Grid {
        id: &'a str,
        name: &'a str,
        new: bool,
        sector: Sector,
        size: usize,
        came: usize,
        left: usize,
        units: Vec<&'a str>,
        why: &'a [String],
    },
    Closed {
        id: &'a str,
        name: &'a str,
    },
    Move {
        unit: &'a str,
        name: &'a str,
        from: Option<&'a str>,
        to: &'a str,
    },
    Objection {
        what: String,
    },
    Summary {
        town: &'a str,
        from: NaiveDate,
        grids: usize,
        created: usize,
        closed: usize,
        moved: usize,
        placed: usize,
        applied: bool,
    },
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let mut book = place.open()?;
    let actor = place.actor(&book)?;
    let town = find::node(&book.state, &args.town)?;
    let from = find::day(args.from.as_deref(), actor.today)?;
    let rules = GridRules::of(book.state.pack(), book.state.org().node(town));
    let proposal = partition(&book.state, town, from, &rules)?;
    let applies = args.apply && !proposal.changes_nothing();
    match file {
        Some(file) => {
            let viewer = Viewer::new(&book.state, town, &actor);
            file.write(&viewer, &StoreLog(book.store.clone()), &listings(book.state.org(), &proposal), out)?;
        }
        None if args.json => rows(book.state.org(), &proposal, out)?,
        None => table(book.state.org(), &proposal, out)?,
    }
    if applies {
        let decision = decide(&book.state, &actor, &Intent::Partition(Box::new(proposal.clone())))?;
        book.append(&decision.drafts, place.clock.now_ms())?;
    }
    // What is told from here on is durable.
    if args.json {
        json(&summary(book.state.org(), &proposal, applies), out)?;
    } else if proposal.changes_nothing() {
        writeln!(out, "{}", t!("cli.plan.same"))?;
    } else if applies {
        let leader = book.state.pack().names.post(3, Form::Vertical, Post::Leader);
        writeln!(
            out,
            "{}",
            t!("cli.plan.done", day = from, summary = proposal.summary(), leaders = without_leader(leader, &proposal))
        )?;
    } else {
        writeln!(out, "{}", t!("cli.plan.dry"))?;
    }
    out.flush()?;
    book.close()?;
    Ok(())
}

/// What to do next about grids that were set up.
fn without_leader(post: &str, proposal: &Proposal) -> String {
    let new = proposal.grids.iter().filter(|grid| grid.keeps.is_none());
    let names: Vec<&str> = new.map(|grid| grid.name.as_str()).collect();
    if names.is_empty() {
        return String::new();
    }
    t!("cli.plan.no_leader", names = names.join(word("word.list")), post = post).into_owned()
}

fn table(org: &Org, proposal: &Proposal, out: &mut dyn Write) -> Result<(), Failure> {
    let town = &org.node(proposal.town).name;
    let n = proposal.grids.len();
    writeln!(out, "{}", t!("cli.plan.head", town = town, day = proposal.from, n = n, summary = proposal.summary()))?;
    let columns = |name: &str, size: &str, sector: &str, main: &str, change: &str| {
        let [name, size] = [pad_right(name, 18), pad_left(size, 4)];
        format!("  {name} {size}  {} {} {change}", pad_right(sector, 8), pad_right(main, 32))
    };
    writeln!(
        out,
        "{}",
        columns(
            word("cli.plan.grid"),
            word("cli.plan.size"),
            word("cli.plan.sector"),
            word("cli.plan.main"),
            word("cli.plan.change")
        )
    )?;
    for grid in &proposal.grids {
        let size = grid.units.len().to_string();
        writeln!(out, "{}", columns(&grid.name, &size, grid.sector.label(), &main(org, grid), &grid.change()))?;
        grid.why.iter().try_for_each(|said| writeln!(out, "      {said}"))?;
    }
    for ix in &proposal.dissolved {
        writeln!(out, "{}", t!("cli.plan.closed", grid = pad_right(&org.node(*ix).name, 18)))?;
    }
    for objection in &proposal.objections {
        writeln!(out, "! {objection}")?;
    }
    let (flat, elsewhere) = (proposal.flat, proposal.elsewhere);
    if flat > 0 {
        writeln!(out, "{}", t!("cli.plan.flat", n = flat))?;
    }
    if elsewhere > 0 {
        writeln!(out, "{}", t!("cli.plan.elsewhere", n = elsewhere))?;
    }
    if !proposal.moves.is_empty() {
        writeln!(out, "{}", t!("cli.plan.moves", moved = proposal.moved(), placed = proposal.placed()))?;
    }
    for one in &proposal.moves {
        let from = one.from.map_or(word("regroup.unplaced"), |ix| org.node(ix).name.as_str());
        let name = pad_right(&org.unit(one.unit).record.name, 40);
        writeln!(out, "  {name} {} -> {}", pad_right(from, 18), proposal.grids[one.to].name)?;
    }
    Ok(())
}

/// The grids, those that are closed among them, and the units that move, as tables for a file.
fn listings(org: &Org, proposal: &Proposal) -> [Listing; 2] {
    let all: Vec<usize> = (0..proposal.grids.len() + proposal.dissolved.len()).collect();
    let row = |one: &Move| {
        let unit = &org.unit(one.unit).record;
        let from = one.from.map_or(word("regroup.unplaced"), |ix| org.node(ix).name.as_str());
        [&unit.name, &unit.code, from, &proposal.grids[one.to].name].into_iter().map(Cell::text).collect()
    };
    let moves = Listing::new(word("listing.moves"), proposal.town, &["unit", "code", "was", "into"]);
    [planned_grids(org, proposal.town, proposal, &all), moves.of(proposal.moves.iter().map(row))]
}

/// What most units of a grid do.
fn main(org: &Org, grid: &PlannedGrid) -> String {
    grid.shares(org).first().map_or(String::new(), |share| format!("{} {}", share.name, share.units))
}

fn rows(org: &Org, proposal: &Proposal, out: &mut dyn Write) -> Result<(), Failure> {
    let node = |ix: NodeIx| org.node(ix).id.as_str();
    for grid in &proposal.grids {
        let units = grid.units.iter().map(|ix| org.unit(*ix).id.as_str()).collect();
        json(
            &Line::Grid {
                id: &grid.id,
                name: &grid.name,
                new: grid.keeps.is_none(),
                sector: grid.sector,
                size: grid.units.len(),
                came: grid.came,
                left: grid.left,
                units,
                why: &grid.why,
            },
            out,
        )?;
    }
    for ix in &proposal.dissolved {
        json(&Line::Closed { id: node(*ix), name: &org.node(*ix).name }, out)?;
    }
    for one in &proposal.moves {
        let unit = org.unit(one.unit);
        let (from, to) = (one.from.map(node), proposal.grids[one.to].id.as_str());
        json(&Line::Move { unit: &unit.id, name: &unit.record.name, from, to }, out)?;
    }
    for objection in &proposal.objections {
        json(&Line::Objection { what: objection.to_string() }, out)?;
    }
    Ok(())
}

fn summary<'a>(org: &'a Org, proposal: &Proposal, applied: bool) -> Line<'a> {
    Line::Summary {
        town: &org.node(proposal.town).id,
        from: proposal.from,
        grids: proposal.grids.len(),
        created: proposal.created(),
        closed: proposal.dissolved.len(),
        moved: proposal.moved(),
        placed: proposal.placed(),
        applied,
    }
}

fn json(line: &Line<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
