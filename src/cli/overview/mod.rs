//! `wangge overview`: where it burns, for scripts and for the login.
mod listing;

use std::io::Write;

use clap::{ValueEnum, builder::PossibleValue};

use serde::Serialize;
use serde_json::json;

use super::{Failure, Place, find, reader, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        calendar::Period,
        glance::{Breach, Glance, Measure, Silent, Unsynced, Warning, Why, silent, warnings, worst},
        org::NodeIx,
        standing::Overview,
        state::State,
    },
    log::StoreLog,
    sync::upstream::synced_ms,
    ui::text::{pad_left, pad_right},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.overview_month"))]
    pub month: Option<String>,
    #[arg(long, value_name = word("cli.value.measure"), help = word("cli.help.measure"), hide_possible_values = true,
          requires = "output")]
    pub measure: Option<Measured>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// A measure, by the name that `--json` has for it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measured(Measure);

impl ValueEnum for Measured {
    fn value_variants<'a>() -> &'a [Measured] {
        const ALL: [Measured; 3] = [Measured(Measure::Overdue), Measured(Measure::Coverage), Measured(Measure::OnTime)];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.key()))
    }
}

/// How many of the worst are told.
const WORST: usize = 5;
/// How many warnings are told where people read.
const TOLD: usize = 10;

/// One line of `--json` about a node; the keys are stable.
#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    node: &'a str,
    node_name: String,
    month: String,
    overdue: u32,
    /// How many more than at the end of the month before.
    overdue_moved: Option<i64>,
    due: u32,
    on_time: u32,
    reached: u32,
    quota: u32,
    /// In percent of what had to be reached.
    coverage: Option<u32>,
    /// In percent of what fell due.
    on_time_share: Option<u32>,
    /// How many thresholds are breached at the node and below it today.
    warnings: usize,
}

/// One line of `--json` about a threshold that is breached, a node at which most is overdue, or a grid that is silent.
#[derive(Serialize)]
struct Note<'a> {
    kind: &'static str,
    node: &'a str,
    node_name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    breach: Option<&'static str>,
    value: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    told: String,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let today = actor.today;
    let state = &book.state;
    let at = args.at.as_deref().map(|text| find::node(state, text)).transpose()?;
    let roots: Vec<NodeIx> = at.map_or_else(|| state.org().roots().to_vec(), |node| vec![node]);
    let glance = Glance::new(state, today);
    let month = month(args.month.as_deref(), &glance)?;
    let unsynced = Unsynced::of(state, synced_ms(book.seat.dir()), today);
    let page = Page { state, glance: &glance, overview: &Overview::new(state, today), month, unsynced };
    if let Some(file) = file {
        let measure = args.measure.unwrap_or_default().0;
        let listing = listing::of(&page, find::node_or_root(state, args.at.as_deref())?, &roots, measure);
        file.write(&reader(state, at, &actor), &StoreLog(book.store.clone()), &[listing], out)?;
        return Ok(book.close()?);
    }
    if let Some(Unsynced { day, days }) = page.unsynced.filter(|_| args.json) {
        put(&json!({ "kind": "unsynced", "day": day, "days": days }), out)?;
    }
    for root in roots {
        if args.json { page.json(root, out)? } else { page.text(root, out)? }
    }
    Ok(book.close()?)
}

/// The place of the month that is named, else of the running one.
fn month(text: Option<&str>, glance: &Glance) -> Result<usize, Failure> {
    let all = glance.months().all();
    let Some(text) = text else { return Ok(all.len() - 1) };
    let found = Period::parse(text).and_then(|period| all.iter().position(|month| *month == period));
    found.ok_or_else(|| {
        let (first, last) = (all[0].to_string(), all[all.len() - 1].to_string());
        Failure::said(t!("cli.overview.month", text = text, first = first, last = last).into_owned())
    })
}

struct Page<'a> {
    state: &'a State,
    glance: &'a Glance,
    overview: &'a Overview,
    month: usize,
    unsynced: Option<Unsynced>,
}

impl Page<'_> {
    /// The node and those right below it, of which there is anything to tell.
    fn nodes(&self, root: NodeIx) -> Vec<NodeIx> {
        let org = self.state.org();
        let seen_on = self.glance.months().seen_on(self.month);
        let below = org.node(root).children.iter().copied();
        let is_there = |ix: &NodeIx| org.node(*ix).exists_on(seen_on) || self.glance.sum(*ix)[self.month].overdue > 0;
        std::iter::once(root).chain(below.filter(is_there)).collect()
    }

    /// The node and everything below it of which there is anything to tell.
    fn all_nodes(&self, root: NodeIx) -> Vec<NodeIx> {
        let mut all = vec![root];
        let below = self.nodes(root).into_iter().skip(1);
        below.for_each(|node| all.extend(self.all_nodes(node)));
        all
    }

    fn moved(&self, node: NodeIx) -> Option<i64> {
        let before = self.month.checked_sub(1)?;
        let of = |month| self.glance.value(node, Measure::Overdue, month);
        Some(i64::from(of(self.month)?) - i64::from(of(before)?))
    }

    /// Today's thresholds, worst and silent belong to the running month only.
    fn is_now(&self) -> bool {
        self.month + 1 == self.glance.months().all().len()
    }

    fn warnings(&self, node: NodeIx) -> Vec<Warning> {
        if self.is_now() { warnings(self.state, self.glance, node) } else { Vec::new() }
    }

    fn worst(&self, node: NodeIx) -> Vec<Why> {
        if self.is_now() { worst(self.state, self.overview, node, WORST) } else { Vec::new() }
    }

    fn silent(&self, node: NodeIx) -> Vec<Silent> {
        let days = self.state.pack().warn.silent_days;
        if self.is_now() && days > 0 { silent(self.state, node, days, self.overview.today()) } else { Vec::new() }
    }

    fn json(&self, root: NodeIx, out: &mut dyn Write) -> Result<(), Failure> {
        let org = self.state.org();
        for node in self.nodes(root) {
            let tile = self.glance.sum(node)[self.month];
            let line = Line {
                kind: "node",
                node: &org.node(node).id,
                node_name: org.full_name(node),
                month: self.glance.months().all()[self.month].to_string(),
                overdue: tile.overdue,
                overdue_moved: self.moved(node),
                due: tile.due,
                on_time: tile.on_time,
                reached: tile.reached,
                quota: tile.quota,
                coverage: Measure::Coverage.of(&tile),
                on_time_share: Measure::OnTime.of(&tile),
                warnings: self.warnings(node).len(),
            };
            put(&line, out)?;
        }
        let note = |kind, node: NodeIx, value, told| Note {
            kind,
            node: &org.node(node).id,
            node_name: org.full_name(node),
            breach: None,
            value,
            limit: None,
            told,
        };
        for warning in self.warnings(root) {
            let note = note("warning", warning.node, warning.value, warning.told());
            put(&Note { breach: Some(warning.breach.key()), limit: Some(warning.limit), ..note }, out)?;
        }
        for why in self.worst(root) {
            put(&note("worst", why.node, why.overdue, why.told(self.state)), out)?;
        }
        for silent in self.silent(root) {
            put(&note("silent", silent.node, silent.days, silent.told()), out)?;
        }
        Ok(())
    }

    fn text(&self, root: NodeIx, out: &mut dyn Write) -> Result<(), Failure> {
        let org = self.state.org();
        let months = self.glance.months();
        let month = months.all()[self.month].label();
        let (name, day) = (org.full_name(root), months.seen_on(self.month));
        writeln!(out, "{}", t!("cli.overview.head", name = name, month = month, day = day))?;
        if let Some(unsynced) = self.unsynced {
            writeln!(out, "{}", unsynced.told())?;
        }
        self.notes(root, out)?;
        let heads = [
            word("cli.overview.overdue"),
            word("cli.overview.moved"),
            word("cli.overview.coverage"),
            word("cli.overview.on_time"),
        ];
        let heads = heads.map(|head| pad_left(head, 9)).concat();
        let warned = if self.is_now() { pad_left(word("cli.overview.warned"), 9) } else { String::new() };
        writeln!(out, "{}{heads}{warned}", pad_right(word("cli.overview.columns"), 28))?;
        for node in self.nodes(root) {
            let tile = self.glance.sum(node)[self.month];
            // Where nothing is owed there is nothing to read; `--json` has every node.
            if node != root && (tile.overdue, tile.due, tile.quota) == (0, 0, 0) {
                continue;
            }
            let share = |measure: Measure| measure.of(&tile).map_or("-".to_owned(), |n| format!("{n}%"));
            let moved = self.moved(node).map_or("-".to_owned(), |by| format!("{by:+}"));
            let cells = [tile.overdue.to_string(), moved, share(Measure::Coverage), share(Measure::OnTime)];
            let cells = cells.map(|cell| pad_left(&cell, 9)).concat();
            let warned = match self.is_now() {
                true => pad_left(&self.warnings(node).len().to_string(), 9),
                false => String::new(),
            };
            writeln!(out, "{}{cells}{warned}", pad_right(&org.full_name(node), 28))?;
        }
        Ok(())
    }

    /// What is breached, what is worst, who is silent.
    fn notes(&self, root: NodeIx, out: &mut dyn Write) -> Result<(), Failure> {
        if !self.is_now() {
            return Ok(());
        }
        let org = self.state.org();
        let line = |node: NodeIx, told: &str| format!("  {} {told}\n", pad_right(&org.full_name(node), 26));
        let mut said = String::new();
        let warned = self.warnings(root);
        let counts = Breach::counts(&warned);
        match counts.is_empty() {
            true => said += word("cli.overview.no_warning"),
            false => said += &t!("cli.overview.warnings", counts = counts.join(word("word.list"))),
        }
        said.push('\n');
        warned.iter().take(TOLD).for_each(|warning| said += &line(warning.node, &warning.told()));
        if warned.len() > TOLD {
            said += &t!("cli.overview.more", n = warned.len() - TOLD);
            said.push('\n');
        }
        let worst = self.worst(root);
        if !worst.is_empty() {
            said += &t!("cli.overview.worst", n = worst.len());
            said.push('\n');
            worst.iter().for_each(|why| said += &line(why.node, &why.told(self.state)));
        }
        let silent = self.silent(root);
        if !silent.is_empty() {
            said += &t!("cli.overview.silent", days = self.state.pack().warn.silent_days);
            said.push('\n');
            silent.iter().take(TOLD).for_each(|silent| said += &line(silent.node, &silent.told()));
        }
        Ok(out.write_all(said.as_bytes())?)
    }
}

fn put(line: &impl Serialize, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
