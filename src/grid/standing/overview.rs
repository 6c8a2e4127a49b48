//! The whole tree's standings on a day, with roll-ups that follow one fact at a time.
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::{AddAssign, SubAssign},
};

use chrono::NaiveDate;

use super::{DutyState, Standing, standings_at};
use crate::grid::{
    org::{NodeIx, Org, UnitIx},
    state::{State, Touched},
};

/// How many instances stand how, at a node or below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Overdue.
    pub overdue: u32,
    /// Due soon.
    pub due_soon: u32,
    /// Not settled and not yet due soon.
    pub open: u32,
    /// Met, on time or late.
    pub met: u32,
    /// Units that belong to no grid (未划入网格, B-7).
    pub unplaced: u32,
    /// Clocks that run: matters that wait for their answer.
    pub clocks: u32,
    /// Units reached in the running periods of `coverage` duties, at each node as many as must be at most, so that one
    /// that did more does not hide one that did less.
    pub reached: u32,
    /// Units that must be reached in them.
    pub quota: u32,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, more: Counts) {
        self.overdue += more.overdue;
        self.due_soon += more.due_soon;
        self.open += more.open;
        self.met += more.met;
        self.unplaced += more.unplaced;
        self.clocks += more.clocks;
        self.reached += more.reached;
        self.quota += more.quota;
    }
}

impl SubAssign for Counts {
    fn sub_assign(&mut self, less: Counts) {
        self.overdue -= less.overdue;
        self.due_soon -= less.due_soon;
        self.open -= less.open;
        self.met -= less.met;
        self.unplaced -= less.unplaced;
        self.clocks -= less.clocks;
        self.reached -= less.reached;
        self.quota -= less.quota;
    }
}

impl Counts {
    fn of(state: &State, (node, standings): (NodeIx, &[Standing]), unplaced: u32, today: NaiveDate) -> Counts {
        let clocks = state.matters_at(node, today).filter(|matter| matter.is_open() && matter.opened <= today).count();
        let mut counts = Counts { unplaced, clocks: clocks as u32, ..Counts::default() };
        for standing in standings {
            if standing.period.contains(today) && state.pack().duties[standing.duty].kind.name() == "coverage" {
                counts.reached += standing.have.min(standing.need);
                counts.quota += standing.need;
            }
            match standing.state {
                DutyState::Overdue => counts.overdue += 1,
                DutyState::DueSoon => counts.due_soon += 1,
                DutyState::InProgress | DutyState::NotStarted => counts.open += 1,
                DutyState::Met | DutyState::MetLate => counts.met += 1,
                DutyState::Exempt | DutyState::NotApplicable => {}
            }
        }
        counts
    }
}

/// So many nodes are worth a thread of their own: below it, starting one costs what it saves.
const SHARE: usize = 64;

/// What `each` says of every node, in their order. Nodes don't depend on each other, so that the processor's cores share
/// them: this is most of what comes before the first frame.
pub(in crate::grid) fn of_all<T: Send>(org: &Org, each: impl Fn(NodeIx) -> T + Sync) -> Vec<T> {
    let len = org.nodes().len();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let shares = cores.min(len / SHARE).max(1);
    let share = len.div_ceil(shares).max(1);
    let of = |first: usize| -> Vec<T> { (first..len.min(first + share)).map(|ix| each(NodeIx(ix as u32))).collect() };
    let of = &of;
    std::thread::scope(|scope| {
        let others: Vec<_> = (share..len).step_by(share).map(|first| scope.spawn(move || of(first))).collect();
        let mut rows = of(0);
        for other in others {
            // A panic there is one here: the rules don't go on with half a county.
            rows.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        rows
    })
}

/// What every node owes on one day, and the sums up the tree.
#[derive(Clone, Debug)]
pub struct Overview {
    today: NaiveDate,
    rows: Vec<Vec<Standing>>,
    /// Units that belong to no grid, and the node at which each is flagged.
    flags: BTreeMap<UnitIx, NodeIx>,
    unplaced: Vec<u32>,
    own: Vec<Counts>,
    sum: Vec<Counts>,
}

impl Overview {
    /// The whole tree on `today`.
    pub fn new(state: &State, today: NaiveDate) -> Overview {
        let org = state.org();
        let loose = org.unplaced_on(today).into_iter();
        let flags: BTreeMap<_, _> = loose.filter_map(|unit| Some((unit, org.flagged_at(unit)?))).collect();
        let mut unplaced = vec![0; org.nodes().len()];
        flags.values().for_each(|at| unplaced[at.0 as usize] += 1);
        let rows = of_all(org, |ix| standings_at(state, ix, today));
        let of_node =
            |(ix, rows): (usize, &Vec<Standing>)| Counts::of(state, (NodeIx(ix as u32), rows), unplaced[ix], today);
        let own: Vec<_> = rows.iter().enumerate().map(of_node).collect();
        let mut sum = own.clone();
        for root in org.roots() {
            for ix in org.subtree(*root).into_iter().rev() {
                if let Some(parent) = org.node(ix).parent {
                    let below = sum[ix.0 as usize];
                    sum[parent.0 as usize] += below;
                }
            }
        }
        Overview { today, rows, flags, unplaced, own, sum }
    }

    /// Follows what a fact touched; a changed tree is reckoned again as a whole. Answers which nodes were reckoned again,
    /// none where all were.
    pub fn follow(&mut self, state: &State, touched: &Touched) -> Option<Vec<NodeIx>> {
        if touched.tree || state.org().nodes().len() != self.rows.len() {
            *self = Overview::new(state, self.today);
            return None;
        }
        let mut changed: BTreeSet<NodeIx> = touched.nodes.iter().copied().collect();
        for unit in &touched.units {
            changed.extend(self.flag_again(state.org(), *unit).into_iter().flatten());
        }
        // Duties above ask about what is below.
        let above: Vec<NodeIx> = changed.iter().flat_map(|ix| state.org().path_up(*ix)).collect();
        changed.extend(above);
        for ix in &changed {
            self.row_again(state, *ix);
        }
        Some(changed.into_iter().collect())
    }

    /// Reckons anew where a unit is flagged; returns where it was and where it is if that changed.
    fn flag_again(&mut self, org: &Org, unit: UnitIx) -> [Option<NodeIx>; 2] {
        let now = if org.grid_of(unit, self.today).is_some() { None } else { org.flagged_at(unit) };
        let before = match now {
            Some(at) => self.flags.insert(unit, at),
            None => self.flags.remove(&unit),
        };
        if before == now {
            return [None, None];
        }
        before.iter().for_each(|ix| self.unplaced[ix.0 as usize] -= 1);
        now.iter().for_each(|ix| self.unplaced[ix.0 as usize] += 1);
        [before, now]
    }

    /// Reckons one node anew and moves the sums above it.
    fn row_again(&mut self, state: &State, ix: NodeIx) {
        let at = ix.0 as usize;
        self.rows[at] = standings_at(state, ix, self.today);
        let now = Counts::of(state, (ix, &self.rows[at]), self.unplaced[at], self.today);
        let before = std::mem::replace(&mut self.own[at], now);
        for up in state.org().path_up(ix) {
            let sum = &mut self.sum[up.0 as usize];
            *sum += now;
            *sum -= before;
        }
    }

    /// The day it is reckoned for.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// What the node itself owes, overdue first.
    pub fn rows(&self, node: NodeIx) -> &[Standing] {
        self.rows.get(node.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The node's own counts.
    pub fn own(&self, node: NodeIx) -> Counts {
        self.own.get(node.0 as usize).copied().unwrap_or_default()
    }

    /// The counts of the node and everything below it.
    pub fn sum(&self, node: NodeIx) -> Counts {
        self.sum.get(node.0 as usize).copied().unwrap_or_default()
    }
}
