//! What is to be done: duties, matters, returns, sessions.
use std::collections::BTreeMap;

use super::{Item, Part, Seat, Work};
use crate::grid::{
    calendar::{Cadence, Period},
    fact::{FactId, SessionKind},
    org::UnitIx,
    record::{form, started_by},
    standing::{Standing, standings_at},
    state::{Mark, Matter, MatterKind, What},
};

/// What the post owes and has not settled: as `wangge due` tells it.
pub(super) fn open_rows(seat: Seat<'_>) -> Vec<Standing> {
    let row = seat.state.org().node(seat.node);
    let mut rows = standings_at(seat.state, seat.node, seat.today);
    let is_own = |row_: &Standing| seat.state.pack().duties[row_.duty].post_at(row) == Some(seat.post);
    rows.retain(|row| !row.state.is_settled() && is_own(row));
    rows
}

/// Duties; what waits for an answer stands with its matter.
pub(super) fn duties(seat: Seat<'_>) -> Vec<Item> {
    open_rows(seat).into_iter().filter(|row| row.about.is_none()).map(Item::Duty).collect()
}

/// Open matters of a part, the most urgent first.
pub(super) fn matters(seat: Seat<'_>, part: Part) -> Vec<Item> {
    let mut about: BTreeMap<FactId, Vec<Standing>> = BTreeMap::new();
    for row in open_rows(seat) {
        about.entry(row.about.unwrap_or_default()).or_default().push(row);
    }
    let theirs = seat.unit();
    let mut out: Vec<(&Matter, Work)> = seat
        .state
        .matters_at(seat.node, seat.today)
        .filter(|matter| matter.opened <= seat.today && part_of(matter) == part)
        .filter(|matter| theirs.is_none() || matter.unit == theirs || about.contains_key(&matter.id))
        .filter_map(|matter| {
            let rows = about.get(&matter.id).cloned().unwrap_or_default();
            waits(seat, matter, &rows).then(|| {
                let due = rows.iter().map(|row| row.due_on).min().or(matter.due);
                (matter, Work { matter: matter.id, due, rows })
            })
        })
        .collect();
    out.sort_by_key(|(matter, work)| (work.due.is_none(), work.due, matter.opened, matter.id));
    out.into_iter().map(|(_, work)| Item::Matter(work)).collect()
}

/// In which part a matter stands.
fn part_of(matter: &Matter) -> Part {
    match matter.kind {
        MatterKind::Problem => Part::Problems,
        kind if matches!(started_by(kind), "finding" | "ledger") => Part::Findings,
        _ => Part::Clocks,
    }
}

/// Whether the matter waits for the post: by a duty of its own, as the post that is named, or as anybody's at the node.
fn waits(seat: Seat<'_>, matter: &Matter, rows: &[Standing]) -> bool {
    !rows.is_empty() || matter.is_open() && matter.post.is_none_or(|post| post == seat.post)
}

/// Returns that are due, with the units of a grid that have not handed in.
pub(super) fn returns(seat: Seat<'_>) -> Vec<Item> {
    let Some((number, _)) = form("return") else { return Vec::new() };
    let fed = fed(seat, |kind| What::Record { form: number as u8, kind }, 0);
    let missing = |row: &Standing| -> Vec<UnitIx> {
        let duty = &seat.state.pack().duties[row.duty];
        let has = |unit: &UnitIx| {
            let mut marks = seat.state.unit_marks(*unit).iter();
            marks.any(|mark| duty.fed_by(mark, row.duty) && row.period.contains(mark.date()))
        };
        let members = seat.state.org().members_on(seat.node, row.period.first().max(seat.state.duties_from(seat.node)));
        let mut missing: Vec<UnitIx> = members.filter(|unit| !has(unit)).collect();
        // The same order on every replica.
        missing.sort_by(|a, b| seat.state.org().unit(*a).id.cmp(&seat.state.org().unit(*b).id));
        missing
    };
    fed.into_iter().map(|row| Item::Returns(row, missing(&row))).collect()
}

/// Open rows of the post whose duty such a record feeds.
fn fed(seat: Seat<'_>, what: impl Fn(u8) -> What, kind: u8) -> Vec<Standing> {
    let mark = Mark::of(what(kind), &[]);
    let mut rows = open_rows(seat);
    rows.retain(|row| seat.state.pack().duties[row.duty].fed_by(&mark, row.duty));
    rows
}

/// Sessions of the running quarter: what is owed, then what was held.
pub(super) fn sessions(seat: Seat<'_>) -> Vec<Item> {
    let quarter = Period::containing(Cadence::Quarter, seat.today);
    let mut owed = fed(seat, |_| What::Session(SessionKind::Training), 0);
    owed.extend(fed(seat, |_| What::Session(SessionKind::Activity), 0));
    owed.sort_by_key(|row| (row.due_on, row.duty, row.period));
    owed.dedup();
    let mut held: Vec<_> = seat.state.sessions_at(seat.node).filter(|line| quarter.contains(line.day)).collect();
    held.sort_by_key(|line| (line.day, line.id));
    let held = held.into_iter().map(|line| Item::Held {
        id: line.id,
        kind: line.kind,
        day: line.day,
        topic: line.topic.clone(),
        present: line.present,
        invited: line.invited,
    });
    owed.into_iter().map(Item::Owed).chain(held).collect()
}
