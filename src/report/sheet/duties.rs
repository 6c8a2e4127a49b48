//! Duties by clause: how each stands, summed up by duty, and what is not settled.
use super::Row;
use crate::{
    grid::pack::SheetKind,
    grid::standing::{DutyState, Standing},
    report::{Cell, Listing, Scene, Scope},
    words::word,
};

/// How many instances of one duty stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct Tallied {
    pub met: u32,
    pub met_late: u32,
    pub overdue: u32,
    pub due_soon: u32,
    pub open: u32,
    pub exempt: u32,
}

impl Tallied {
    pub(in crate::report) fn of<'s>(rows: impl IntoIterator<Item = &'s Standing>) -> Tallied {
        let mut out = Tallied::default();
        for row in rows {
            *match row.state {
                DutyState::Met => &mut out.met,
                DutyState::MetLate => &mut out.met_late,
                DutyState::Overdue => &mut out.overdue,
                DutyState::DueSoon => &mut out.due_soon,
                DutyState::InProgress | DutyState::NotStarted => &mut out.open,
                DutyState::Exempt => &mut out.exempt,
                DutyState::NotApplicable => continue,
            } += 1;
        }
        out
    }

    /// How many there are.
    pub(in crate::report) fn asked(&self) -> u32 {
        self.met + self.met_late + self.overdue + self.due_soon + self.open + self.exempt
    }

    /// Those that are met, on time or late.
    pub(in crate::report) fn done(&self) -> u32 {
        self.met + self.met_late
    }

    /// How much of what must be done is done.
    pub(in crate::report) fn rate(&self) -> Cell {
        Cell::Rate(self.done(), self.asked() - self.exempt)
    }
}

/// One row for each duty.
pub(super) fn clauses(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    for rows in scene.standings().chunk_by(|a, b| a.duty == b.duty) {
        let duty = &scene.scope.state.pack().duties[rows[0].duty];
        let tallied = Tallied::of(rows);
        let mut row = vec![Cell::text(&duty.clause), Cell::text(&duty.cite), Cell::text(&duty.name)];
        let Tallied { met, met_late, overdue, due_soon, open, exempt } = tallied;
        row.extend([tallied.asked(), met, met_late, overdue, open + due_soon, exempt].map(Cell::number));
        row.push(tallied.rate());
        emit(row);
    }
}

/// Every instance.
pub(super) fn duties(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    scene.standings().iter().for_each(|standing| emit(row(&scene.scope, standing)));
}

/// What is not settled, the oldest debt first.
pub(super) fn unfinished(scene: &Scene<'_>, emit: &mut dyn FnMut(Row)) {
    let mut open: Vec<&Standing> = scene.standings().iter().filter(|row| !row.state.is_settled()).collect();
    open.sort_by_key(|row| (row.state != DutyState::Overdue, row.due_on, row.duty));
    open.into_iter().for_each(|standing| emit(row(&scene.scope, standing)));
}

/// These duties as a list by itself, in this order.
pub fn duty_listing(scope: &Scope<'_>, standings: &[Standing]) -> Listing {
    let columns = SheetKind::of("duties").map_or(&[][..], |kind| kind.columns);
    Listing::new(word("report.sheet.duties"), scope.root, columns).of(standings.iter().map(|one| row(scope, one)))
}

fn row(scope: &Scope<'_>, standing: &Standing) -> Row {
    let state = scope.state;
    let duty = &state.pack().duties[standing.duty];
    let node = state.org().node(standing.node);
    let post = duty.post_at(node);
    let who = post.map_or(String::new(), |post| scope.holders(node.holders_on(post, scope.last())));
    let about = standing.about.and_then(|id| state.matter_of(id));
    vec![
        Cell::text(&duty.clause),
        Cell::text(&duty.cite),
        Cell::text(&duty.name),
        Cell::text(scope.node_name(standing.node)),
        Cell::text(post.map_or("", |post| state.pack().names.post_at(node, post))),
        Cell::text(who),
        Cell::text(standing.period.to_string()),
        Cell::number(standing.need),
        Cell::number(standing.have),
        Cell::number(if standing.state.is_settled() { 0 } else { standing.missing() }),
        Cell::text(duty.counted()),
        Cell::text(standing.state.label()),
        Cell::Day(standing.due_on),
        if standing.state.is_settled() { Cell::Empty } else { Cell::Number(standing.days_left) },
        about.map_or(Cell::Empty, |matter| scope.prose_cell(&state.told(matter))),
    ]
}
