//! The timeline: what must be done by a day of its own, once (annex 1, the stages) or every year, in the order of days,
//! and how it stands at each node that has it.
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{DutyState, Site, Standing, standing};
use crate::grid::{calendar::Period, org::NodeIx, pack::Duty, state::State};
use crate::words::{t, word};

/// What must be done by one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// The duty's place in the pack.
    pub duty: usize,
    /// Its period: the year of the day.
    pub period: Period,
    /// The day.
    pub due_on: NaiveDate,
    /// The nodes that have the duty, in the order of the tree.
    pub places: Vec<Place>,
}

/// One node that has the duty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The node.
    pub node: NodeIx,
    /// How it stands there; none where the node's duties count from a later day (开账以前到期).
    pub standing: Option<Standing>,
}

/// What must be done by a day of its own, the earliest first, those of one day in the pack's order.
///
/// Of what comes back every year it is this year's, and of earlier years what is still overdue somewhere.
pub fn timeline(state: &State, today: NaiveDate) -> Vec<Stop> {
    let dated = state.pack().duties.iter().enumerate().filter(|(_, duty)| has_a_day(duty));
    let mut stops: Vec<Stop> = dated.flat_map(|(own, _)| stops(state, own, today)).collect();
    stops.sort_by_key(|stop| (stop.due_on, stop.duty));
    stops
}

/// One stop of the timeline, where it is there.
pub fn stop(state: &State, duty: usize, period: Period, today: NaiveDate) -> Option<Stop> {
    stops(state, duty, today).into_iter().find(|stop| stop.period == period)
}

fn has_a_day(duty: &Duty) -> bool {
    duty.once().is_some() || duty.kind.name() == "milestone"
}

fn stops(state: &State, own: usize, today: NaiveDate) -> Vec<Stop> {
    let duty = &state.pack().duties[own];
    let now = duty.period_of(today);
    let mut by_period: BTreeMap<Period, Vec<Place>> = BTreeMap::from([(now, Vec::new())]);
    let mut rows = Vec::new();
    for (node, row) in state.org().nodes().filter(|(_, row)| duty.applies_to(row)) {
        let place = Place { node, standing: standing(state, own, node, now, today) };
        // A node that is gone is told of for as long as something is left where it was.
        if row.exists_on(today) || place.state() == Some(DutyState::Overdue) {
            by_period.entry(now).or_default().push(place);
        }
        let Some(site) = Site::new(state, node, today).filter(|_| duty.once().is_none()) else { continue };
        rows.clear();
        site.of(own).stand_all(&mut rows);
        for left in rows.iter().filter(|left| left.period < now && left.state == DutyState::Overdue) {
            by_period.entry(left.period).or_default().push(Place { node, standing: Some(*left) });
        }
    }
    let calendar = state.pack().calendar();
    let stop = |(period, places)| Stop { duty: own, period, due_on: duty.due_on(period, calendar), places };
    by_period.into_iter().map(stop).collect()
}

impl Place {
    /// How it stands, where it counts.
    pub fn state(&self) -> Option<DutyState> {
        self.standing.map(|standing| standing.state)
    }
}

impl Stop {
    /// At how many nodes it stands so.
    pub fn count(&self, state: DutyState) -> usize {
        self.places.iter().filter(|place| place.state() == Some(state)).count()
    }

    /// At how many nodes it is met, on time or late.
    pub fn met(&self) -> usize {
        self.count(DutyState::Met) + self.count(DutyState::MetLate)
    }

    /// How many nodes must meet it: all but those that do not count it and those that are exempt.
    pub fn asked(&self) -> usize {
        let free = self.count(DutyState::Exempt) + self.count(DutyState::NotApplicable);
        self.places.len() - self.not_counted() - free
    }

    /// At how many nodes it does not count, because their duties count from a later day.
    pub fn not_counted(&self) -> usize {
        self.places.iter().filter(|place| place.standing.is_none()).count()
    }

    /// How it stands where it stands worst; none where it counts nowhere.
    pub fn worst(&self) -> Option<DutyState> {
        self.places.iter().filter_map(Place::state).min()
    }

    /// The nodes where it is overdue.
    pub fn overdue(&self) -> impl Iterator<Item = NodeIx> {
        self.places.iter().filter(|place| place.state() == Some(DutyState::Overdue)).map(|place| place.node)
    }

    /// How many nodes stand how, in words: 逾期 16，已完成 2.
    pub fn told(&self, today: NaiveDate) -> String {
        const ORDER: [DutyState; 8] = [
            DutyState::Overdue,
            DutyState::DueSoon,
            DutyState::InProgress,
            DutyState::NotStarted,
            DutyState::Met,
            DutyState::MetLate,
            DutyState::Exempt,
            DutyState::NotApplicable,
        ];
        let counts = ORDER.iter().map(|state| (state, self.count(*state))).filter(|(_, n)| *n > 0);
        let mut parts: Vec<String> = counts.map(|(state, n)| format!("{} {n}", state.label())).collect();
        match self.not_counted() {
            0 => {}
            // What was due before the store began is nobody's debt here.
            n if self.due_on < today => parts.push(t!("timeline.before", n = n).into_owned()),
            n => parts.push(t!("timeline.not_counted", n = n).into_owned()),
        }
        if parts.is_empty() { t!("timeline.nowhere").into_owned() } else { parts.join(word("word.clause")) }
    }
}
