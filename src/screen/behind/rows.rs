//! The rows behind a number.
use chrono::NaiveDate;

use crate::{
    app::{Behind, Desk},
    grid::{
        calendar::Period,
        fact::{FactId, SessionKind},
        glance::{behind, lacks, records, steps, without},
        org::{NodeIx, UnitIx},
        record::FORMS,
        standing::{Standing, standing},
        state::{Mark, What},
    },
    words::word,
};

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Row {
    /// An instance of a duty.
    Instance(Standing),
    /// A record that counts.
    Mark { id: FactId, unit: Option<UnitIx>, at: NodeIx, what: What, day: NaiveDate, entered: NaiveDate },
    /// A record about a matter: what started it, or what was done about it.
    Step { id: FactId, at: NodeIx, day: NaiveDate, first: bool },
    /// A unit without a record that counts.
    Without(UnitIx),
    /// Something that a unit has not handed in.
    Lacks { unit: UnitIx, duty: usize, period: Period, due_on: NaiveDate },
}

impl Row {
    /// By what it is looked for.
    pub(super) fn name(&self, desk: &Desk) -> String {
        let org = desk.state.org();
        match self {
            Row::Instance(of) => format!("{} {}", org.full_name(of.node), desk.pack().duties[of.duty].name),
            Row::Mark { unit: Some(unit), .. } | Row::Without(unit) => org.unit(*unit).record.name.clone(),
            Row::Mark { at, .. } | Row::Step { at, .. } => org.full_name(*at),
            Row::Lacks { duty, .. } => desk.pack().duties[*duty].name.clone(),
        }
    }
}

/// Whether a rule is behind it, which no record closes.
pub(super) fn is_rule(desk: &Desk, of: &Standing) -> bool {
    desk.pack().duties[of.duty].kind.name() == "monitor"
}

/// The same instance as it stands by now.
pub(super) fn again(desk: &Desk, of: Behind) -> Behind {
    match of {
        Behind::Instance(old) if old.about.is_none() => {
            let now = standing(&desk.state, old.duty, old.node, old.period, desk.today());
            Behind::Instance(now.unwrap_or(old))
        }
        of => of,
    }
}

/// The rows behind a number.
pub(super) fn rows(desk: &Desk, of: &Behind) -> Vec<Row> {
    let (state, months) = (&desk.state, desk.glance().months());
    match *of {
        Behind::Number { whose, measure, month } => match months.place(month.first()) {
            Some(month) => behind(state, months, whose, measure, month).into_iter().map(Row::Instance).collect(),
            None => Vec::new(),
        },
        Behind::Instance(of) => instance(desk, &of),
        Behind::Unit { grid, unit, month } => {
            let all = state.unit_marks(unit).iter().filter(|found| month.contains(found.date()));
            let mut out: Vec<Row> = all.map(|found| mark(desk, (Some(unit), found))).collect();
            if let Some(month) = months.place(month.first()) {
                let lacking = lacks(state, months, (grid, unit), month).into_iter();
                out.extend(lacking.map(|(duty, period, due_on)| Row::Lacks { unit, duty, period, due_on }));
            }
            out
        }
    }
}

fn instance(desk: &Desk, of: &Standing) -> Vec<Row> {
    let state = &desk.state;
    if let Some(matter) = of.about.and_then(|id| state.matter_of(id)) {
        let all = steps(state, matter.id).into_iter();
        return all.map(|(id, day)| Row::Step { id, at: matter.at, day, first: id == matter.id }).collect();
    }
    let mut out: Vec<Row> = records(state, of).iter().map(|(unit, found)| mark(desk, (*unit, found))).collect();
    out.extend(without(state, of).into_iter().map(Row::Without));
    out
}

fn mark(desk: &Desk, (unit, of): (Option<UnitIx>, &Mark)) -> Row {
    let (id, at, what) = (desk.state.fact_of(of), of.at, of.what);
    Row::Mark { id, unit, at, what, day: of.date(), entered: of.recorded_on() }
}

/// What a record is called.
pub(super) fn called(desk: &Desk, what: What) -> String {
    match what {
        What::Visit { .. } => word("kind.visit").to_owned(),
        What::Session(SessionKind::Training) => word("kind.training").to_owned(),
        What::Session(SessionKind::Activity) => word("kind.activity").to_owned(),
        What::Record { form, .. } => {
            FORMS.get(usize::from(form)).map_or_else(String::new, |form| form.name().to_owned())
        }
        What::Done { duty } => {
            desk.pack().duties.get(usize::from(duty)).map_or_else(String::new, |duty| duty.name.clone())
        }
    }
}
