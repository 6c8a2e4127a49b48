//! The evidence of a criterion: the instances of its duties, each with the records that count for it.
use chrono::NaiveDate;

use super::{Assessment, rows::Item};
use crate::{
    app::{Action, Desk, Spot},
    grid::{
        fact::FactId,
        org::{NodeIx, UnitIx},
        record::{FORMS, matter_name},
        standing::Standing,
        state::{Mark, State, Step},
    },
    ui::list::Window,
};

/// The evidence of one criterion.
pub(super) struct Facts {
    /// Its place among the pack's criteria.
    pub criterion: usize,
    pub rows: Vec<FactRow>,
    pub window: Window,
}

/// A row of the evidence.
pub(super) enum FactRow {
    /// An instance of a duty.
    Owed(Standing),
    /// A record that counts for the instance above.
    Mark { mark: Mark, id: FactId, unit: Option<UnitIx> },
    /// What started the clock of the instance above.
    Matter(FactId),
    /// What was said about the criterion itself: self-score, reviews, confirmation.
    Said { day: NaiveDate, form: &'static str, what: &'static str, id: FactId },
}

impl Facts {
    pub(super) fn of(desk: &Desk, item: &Item) -> Facts {
        let mut rows = Vec::new();
        for standing in &item.owed {
            rows.push(FactRow::Owed(*standing));
            match standing.about {
                Some(id) => rows.push(FactRow::Matter(id)),
                None => rows.extend(marks(&desk.state, standing)),
            }
        }
        rows.extend(item.score.into_iter().flat_map(|score| said(&desk.state, score.id)));
        Facts { criterion: item.criterion, rows, window: Window::default() }
    }
}

/// What was said about a criterion: the self-score, and each word of the node above to it as it stands.
fn said(state: &State, score: FactId) -> Vec<FactRow> {
    let Some(matter) = state.matter_of(score) else { return Vec::new() };
    let own = FactRow::Said { day: matter.opened, form: matter_name(matter.kind), what: "", id: score };
    let steps = matter.steps.iter().filter(|step| state.is_about_latest(matter, step));
    let step = |step: &Step| {
        let form = FORMS.get(usize::from(step.form?))?;
        let what = form.kinds().get(usize::from(step.kind)).map_or("", |kind| kind.label());
        Some(FactRow::Said { day: step.day, form: form.name(), what, id: step.by })
    };
    [own].into_iter().chain(steps.filter_map(step)).collect()
}

/// The records that count for an instance, in the order of days.
fn marks(state: &State, standing: &Standing) -> Vec<FactRow> {
    let (org, duty) = (state.org(), &state.pack().duties[standing.duty]);
    let nodes: Vec<NodeIx> = if duty.adds_up() { org.subtree(standing.node) } else { vec![standing.node] };
    let (first, last) = duty.kind.days_of(standing.period);
    let counts = |mark: &&Mark| {
        nodes.contains(&mark.at) && (first..=last).contains(&mark.date()) && duty.fed_by(mark, standing.duty)
    };
    let row = |mark: &Mark, unit| FactRow::Mark { mark: *mark, id: state.fact_of(mark), unit };
    let mut units: Vec<UnitIx> =
        nodes.iter().flat_map(|node| org.node(*node).members.iter().map(|member| member.unit)).collect();
    units.sort_unstable();
    units.dedup();
    let of_nodes = nodes.iter().flat_map(|node| state.node_marks(*node)).filter(counts).map(|mark| row(mark, None));
    let of_units = units.iter().flat_map(|unit| {
        state
            .unit_marks(*unit)
            .iter()
            .filter(|mark| counts(mark))
            .map(|mark| row(mark, Some(*unit)))
            .collect::<Vec<_>>()
    });
    let mut out: Vec<FactRow> = of_nodes.chain(of_units).collect();
    out.sort_by_key(|row| match row {
        FactRow::Mark { mark, id, .. } => (mark.day, Some(*id)),
        _ => (0, None),
    });
    out
}

impl Assessment {
    /// Goes to the duty of the chosen instance, or opens the chosen record.
    pub(super) fn open_fact(&mut self) -> Vec<Action> {
        let Some(row) = self.facts.as_ref().and_then(|facts| facts.rows.get(facts.window.at)) else {
            return Vec::new();
        };
        match row {
            FactRow::Owed(standing) => {
                vec![Action::GoTo { node: standing.node, spot: Spot::Duty(standing.duty) }]
            }
            FactRow::Mark { id, .. } | FactRow::Matter(id) | FactRow::Said { id, .. } => {
                self.wanted = Some(*id);
                vec![Action::Find(*id)]
            }
        }
    }
}
