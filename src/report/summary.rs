//! The summary: figures, how visiting went over the last periods, lines to sign, and how every part of the tree stands.
use std::collections::BTreeSet;

use super::{Block, Cell, Chart, ChartKind, Column, Rows, Scene, Series, Table, sheet::Tallied};
use crate::{
    grid::{
        calendar::Period,
        decide::is_belated,
        fact::{Body, SessionKind},
        org::{NodeIx, UnitIx},
        standing::{Standing, course},
    },
    words::{said, word},
};

/// Of how many periods the course of visiting is told.
const COURSE: i32 = 6;

const GREEN: u32 = 0x4E_9A6B;
const OLIVE: u32 = 0xA8_B45C;
const BLUE: u32 = 0x8F_B4D9;
const RED: u32 = 0xC9_4F4F;
const NAVY: u32 = 0x2F_5D8A;

/// The parts of the sheet.
pub(super) fn blocks<'s>(scene: &'s Scene<'_>) -> Vec<Block<'s>> {
    let mut out = vec![Block::Figures(figures(scene))];
    let parts = parts(scene);
    let has_parts = parts.rows.held().len() > 1;
    if !has_parts {
        out.push(Block::Table(parts.clone()));
    }
    if let Some(table) = coverage(scene) {
        let (title, of) = (word("report.chart.course").to_owned(), out.len());
        out.push(Block::Table(table));
        let series = vec![Series { column: 3, color: NAVY }];
        out.push(Block::Chart(Chart { title, kind: ChartKind::Line, of, names: 0, series }));
    }
    // Whoever signs signs the front page; the parts, of which there may be many, come behind it.
    out.push(signatures(scene));
    if has_parts {
        let series =
            [(3, GREEN), (4, OLIVE), (5, BLUE), (6, RED)].map(|(column, color)| Series { column, color }).to_vec();
        let (title, of) = (word("report.chart.parts").to_owned(), out.len() + 1);
        out.push(Block::Chart(Chart { title, kind: ChartKind::Bars, of, names: 0, series }));
        out.push(Block::Table(parts));
    }
    out
}

/// The lines to sign.
pub(super) fn signatures<'s>(scene: &'s Scene<'_>) -> Block<'s> {
    let signed = scene.scope.state.pack().report.signatures.clone();
    let usual = || word("report.signatures").split('|').map(str::to_owned).collect();
    Block::Signatures(signed.unwrap_or_else(usual))
}

fn figure(key: &'static str, cell: impl Into<Cell>) -> (&'static str, Cell) {
    (key, cell.into())
}

impl From<usize> for Cell {
    fn from(number: usize) -> Cell {
        Cell::Number(number as i64)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Cell {
        Cell::number(number)
    }
}

/// The figures at the top of a summary, each with its name.
pub fn figures(scene: &Scene<'_>) -> Vec<(String, Cell)> {
    let named = |(key, cell)| (said(&format!("report.figure.{key}")).into_owned(), cell);
    counted(scene).into_iter().map(named).collect()
}

/// [`figures`] by their keys.
pub(super) fn counted(scene: &Scene<'_>) -> Vec<(&'static str, Cell)> {
    let tallied = Tallied::of(scene.standings());
    let (reached, quota) = covered(scene, scene.standings());
    let mut out = vec![
        figure("asked", tallied.asked()),
        figure("met", tallied.met),
        figure("met_late", tallied.met_late),
        figure("overdue", tallied.overdue),
        figure("open", tallied.open + tallied.due_soon),
        figure("exempt", tallied.exempt),
        figure("rate", tallied.rate()),
        figure("coverage", Cell::Rate(reached, quota)),
    ];
    out.extend(happened(scene));
    out
}

/// What was done and found.
fn happened(scene: &Scene<'_>) -> Vec<(&'static str, Cell)> {
    let scope = &scene.scope;
    let visited: BTreeSet<UnitIx> = scene
        .happened()
        .filter(|fact| matches!(fact.draft.body, Body::Visit(_)))
        .filter_map(|fact| scope.unit_of(fact))
        .collect();
    let visits = scene.happened().filter(|fact| matches!(fact.draft.body, Body::Visit(_))).count();
    let held = |kind| {
        let is = move |body: &Body| matches!(body, Body::Session(session) if session.kind == kind);
        scene.happened().filter(|fact| is(&fact.draft.body)).count()
    };
    let in_period = |form| scene.records(form).filter(|(fact, _)| scope.period.contains(fact.draft.occurred));
    let in_time = |record: &crate::grid::fact::Record, day| record.day("due").is_none_or(|due| day <= due);
    let agrees = |record: &crate::grid::fact::Record| ["raw", "ledger", "return"].iter().all(|key| record.flag(key));
    let late = scene.happened().filter(|fact| {
        is_belated(fact.draft.occurred, scope.state.local_day(fact.recorded_ms)) && !super::sheet::is_secret(fact)
    });
    let spent = in_period("spending").filter_map(|(_, record)| record.number("amount")).sum();
    vec![
        figure("visits", visits),
        figure("visited", visited.len()),
        figure("training", held(SessionKind::Training)),
        figure("activities", held(SessionKind::Activity)),
        figure("meetings", in_period("meeting").count()),
        figure("returns", in_period("return").count()),
        figure("timely", in_period("return").filter(|(fact, record)| in_time(record, fact.draft.occurred)).count()),
        figure("ledgers", in_period("ledger").count()),
        figure("differing", in_period("ledger").filter(|(_, record)| !agrees(record)).count()),
        figure("found", scene.problems().filter(|matter| scope.period.contains(matter.opened)).count()),
        figure("unsolved", scene.problems().filter(|matter| matter.is_open()).count()),
        figure("late", late.count()),
        figure("spent", Cell::Money(spent)),
    ]
}

fn is_coverage(scene: &Scene<'_>, duty: usize) -> bool {
    scene.scope.state.pack().duties[duty].kind.name() == "coverage"
}

/// How many units were reached, and how many were to be, in the report's own period: what was missed before it is overdue
/// still, but nothing that can be visited now.
fn covered<'r>(scene: &Scene<'_>, rows: impl IntoIterator<Item = &'r Standing>) -> (u32, u32) {
    let own = scene.scope.period;
    let is_own = |row: &&Standing| row.period.first() <= own.last() && row.period.last() >= own.first();
    let rows = rows.into_iter().filter(|row| is_coverage(scene, row.duty)).filter(is_own);
    rows.fold((0, 0), |sum, row| (sum.0 + row.have.min(row.need), sum.1 + row.need))
}

fn column(id: &'static str, width: u16) -> Column {
    Column { id, title: said(&format!("report.column.{id}")).into_owned(), width }
}

/// The node itself and each part right below it: how its duties stand, with all that lies below.
fn parts<'s>(scene: &'s Scene<'_>) -> Table<'s> {
    let (scope, org) = (&scene.scope, scene.scope.state.org());
    let below: Vec<NodeIx> = org.node(scope.root).children.clone();
    let part_of = |node: NodeIx| org.path_up(node).find(|up| below.contains(up)).unwrap_or(scope.root);
    let of: Vec<NodeIx> = scene.standings().iter().map(|row| part_of(row.node)).collect();
    let columns = vec![
        column("part", 24),
        column("units", 9),
        column("asked", 9),
        column("met", 9),
        column("met_late", 9),
        column("open", 9),
        column("overdue", 9),
        column("rate", 9),
        column("quota", 9),
        column("reached", 9),
    ];
    let rows = std::iter::once(scope.root).chain(below.iter().copied()).filter_map(|part| {
        let rows: Vec<_> =
            scene.standings().iter().zip(&of).filter(|(_, of)| **of == part).map(|(row, _)| row).collect();
        let units: u32 = match part == scope.root {
            true => org.node(part).member_count_on(scope.last()),
            false => org.subtree(part).iter().map(|node| org.node(*node).member_count_on(scope.last())).sum(),
        };
        // What owes nothing and has nobody has nothing to show.
        if rows.is_empty() && units == 0 {
            return None;
        }
        let tallied = Tallied::of(rows.iter().copied());
        let (reached, quota) = covered(scene, rows.iter().copied());
        let name = if part == scope.root && !below.is_empty() {
            word("report.itself").to_owned()
        } else {
            org.node(part).name.clone()
        };
        let numbers =
            [units, tallied.asked(), tallied.met, tallied.met_late, tallied.open + tallied.due_soon, tallied.overdue];
        let mut row = vec![Cell::text(name)];
        row.extend(numbers.map(Cell::number));
        row.extend([tallied.rate(), Cell::number(quota), Cell::number(reached)]);
        Some(row)
    });
    Table { title: word("report.parts").to_owned(), columns, rows: rows.collect(), notes: Vec::new() }
}

/// How the first duty of visiting went over the last periods, all grids together; none where the pack has no such duty.
fn coverage<'s>(scene: &'s Scene<'_>) -> Option<Table<'s>> {
    let scope = &scene.scope;
    let duty = (0..scope.state.pack().duties.len()).find(|duty| is_coverage(scene, *duty))?;
    let last = scope.state.pack().duties[duty].period_of(scope.last());
    let periods: Vec<Period> = (0..COURSE).rev().map(|back| last.shifted(-back)).collect();
    let mut sums = vec![(0_u32, 0_u32); periods.len()];
    for node in &scope.nodes {
        if !scope.state.pack().duties[duty].applies_to(scope.state.org().node(*node)) {
            continue;
        }
        let rows = course(scope.state, duty, *node, periods.iter().copied(), scope.today);
        for (sum, row) in sums.iter_mut().zip(rows) {
            let (need, reached) = row.map_or((0, 0), |row| (row.need, row.have.min(row.need)));
            *sum = (sum.0 + need, sum.1 + reached);
        }
    }
    let rows: Vec<Vec<Cell>> = periods
        .iter()
        .zip(sums)
        .filter(|(_, (quota, _))| *quota > 0)
        .map(|(period, (quota, reached))| {
            vec![Cell::text(period.label()), Cell::number(quota), Cell::number(reached), Cell::Rate(reached, quota)]
        })
        .collect();
    let columns = vec![column("period", 12), column("quota", 9), column("reached", 9), column("rate", 9)];
    let title = word("report.course").to_owned();
    (!rows.is_empty()).then(|| Table { title, columns, rows: Rows::Held(rows), notes: Vec::new() })
}
