//! Assessment (考核): every criterion of every node of the scope, and what each node's sheet adds up to.
use super::Row;
use crate::{
    grid::{
        assess::{Line, Reported, Sheet, reported, sheet},
        calendar::Period,
        fact::{Body, FactId},
        pack::{LENGTHS, Proof},
    },
    report::{Cell, Scene, Scope},
    words::{t, word},
};

/// The period that is assessed: the scope's own where such periods are, else the usual one in which it ends.
pub(in crate::report) fn period(scope: &Scope<'_>) -> Period {
    match LENGTHS.contains(&scope.period.cadence) {
        true => scope.period,
        false => Period::containing(scope.state.pack().assessment.cadence, scope.last()),
    }
}

/// One row for each criterion, one for the whole of each node, and one for what it sent up.
pub(super) fn assessment(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let scope = &scene.scope;
    for node in &scope.nodes {
        let sheet = sheet(scope.state, *node, period(scope), scope.today);
        if !scope.state.org().node(*node).exists_on(scope.last()) {
            continue;
        }
        if !sheet.lines.is_empty() {
            sheet.lines.iter().for_each(|line| emit(row(scene, &sheet, line)));
            emit(whole(scope, &sheet));
        }
        if let Some(sent) = reported(scope.state, *node, sheet.period) {
            emit(sent_up(scene, &sheet, &sent));
        }
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
        proof(scene, line),
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
        Cell::Empty,
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

/// What a node sent up about the nodes below it, result by result, and what was said to that.
fn sent_up(scene: &Scene<'_>, sheet: &Sheet<'_>, sent: &Reported) -> Row {
    let mut row = vec![Cell::Empty; 16];
    row[0] = Cell::text(scene.scope.node_name(sheet.node));
    row[1] = Cell::text(sheet.period.label());
    row[3] = Cell::text(t!("assess.report.line", n = sent.nodes, percent = sent.percent));
    row[4] = written(scene, sent.id, "results");
    row[13] = Cell::text(sent.stage().label());
    row[15] = sent.answer.map_or(Cell::Empty, |answer| comment(scene, answer.id));
    row
}

/// What shows how far a criterion is met: the duties of its share, and what was written where words are asked for.
fn proof(scene: &Scene<'_>, line: &Line<'_>) -> Cell {
    let said = line.score.filter(|_| line.criterion.evidence.contains(&Proof::Text));
    let written = said.map_or(Cell::Empty, |score| written(scene, score.id, "evidence"));
    match (line.told(scene.scope.state), written) {
        (told, Cell::Empty) => Cell::text(told),
        (told, written) if told.is_empty() => written,
        (told, written) => Cell::text([told, written.to_string()].join(word("word.also"))),
    }
}

fn number(number: Option<u32>) -> Cell {
    number.map_or(Cell::Empty, Cell::number)
}

/// What was written in a review.
fn comment(scene: &Scene<'_>, id: FactId) -> Cell {
    written(scene, id, "content")
}

/// What stands in a field of a record, on one line.
fn written(scene: &Scene<'_>, id: FactId, field: &str) -> Cell {
    match scene.fact(id).map(|fact| &fact.draft.body) {
        Some(Body::Record(record)) => {
            let lines: Vec<&str> = record.text(field).lines().collect();
            scene.scope.prose_cell(&lines.join(word("word.list")))
        }
        _ => Cell::Empty,
    }
}
