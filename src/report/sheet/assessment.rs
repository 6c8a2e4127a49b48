//! Assessment (考核): every criterion of every node of the scope, and what each node's sheet adds up to.
use super::Row;
use crate::{
    grid::{
        assess::{Line, Sheet, sheet},
        calendar::Period,
        fact::{Body, FactId},
        pack::LENGTHS,
    },
    report::{Cell, Scene, Scope},
    words::word,
};

/// The period that is assessed: the scope's own where such periods are, else the usual one in which it ends.
pub(in crate::report) fn period(scope: &Scope<'_>) -> Period {
    match LENGTHS.contains(&scope.period.cadence) {
        true => scope.period,
        false => Period::containing(scope.state.pack().assessment.cadence, scope.last()),
    }
}

/// One row for each criterion, and one for the whole of each node.
pub(super) fn assessment(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    for node in &scope.nodes {
        let sheet = sheet(scope.state, *node, period(scope), scope.today);
        if sheet.lines.is_empty() || !scope.state.org().node(*node).exists_on(scope.last()) {
            continue;
        }
        sheet.lines.iter().for_each(|line| emit(row(scene, &sheet, line)));
        emit(whole(scope, &sheet));
    }
}

fn row(scene: &Scene<'_>, sheet: &Sheet<'_>, line: &Line<'_>) -> Row {
    let (scope, criterion, score) = (&scene.scope, line.criterion, line.score);
    let review = score.and_then(|score| score.review);
    vec![
        Cell::text(scope.node_name(sheet.node)),
        Cell::text(sheet.period.label()),
        Cell::text(criterion.clauses.join(word("word.list"))),
        Cell::text(&criterion.name),
        if line.counts() { Cell::number(criterion.points) } else { Cell::Empty },
        Cell::number(line.share.asked()),
        Cell::number(line.share.met),
        Cell::number(line.share.late),
        number(line.suggested),
        number(score.map(|score| score.own)),
        number(review.and_then(|review| review.points)),
        number(score.and_then(|score| score.confirmed)),
        Cell::text(line.stage().label()),
        Cell::Empty,
        review.map_or(Cell::Empty, |review| comment(scene, review.id)),
    ]
}

/// What a node's sheet adds up to, with its stars.
fn whole(scope: &Scope<'_>, sheet: &Sheet<'_>) -> Row {
    let totals = sheet.totals();
    vec![
        Cell::text(scope.node_name(sheet.node)),
        Cell::text(sheet.period.label()),
        Cell::Empty,
        Cell::text(word("assess.whole")),
        Cell::number(totals.full),
        Cell::Empty,
        Cell::Empty,
        Cell::Empty,
        Cell::number(totals.suggested),
        Cell::number(totals.own),
        Cell::number(totals.reviewed),
        Cell::number(totals.confirmed),
        Cell::text(format!("{}/{}", totals.settled, totals.lines)),
        number(sheet.stars.confirmed),
        Cell::Empty,
    ]
}

fn number(number: Option<u32>) -> Cell {
    number.map_or(Cell::Empty, Cell::number)
}

/// What was written in a review.
fn comment(scene: &Scene<'_>, id: FactId) -> Cell {
    match scene.fact(id).map(|fact| &fact.draft.body) {
        Some(Body::Record(record)) => scene.scope.prose_cell(&record.text("content").replace('\n', " ")),
        _ => Cell::Empty,
    }
}
