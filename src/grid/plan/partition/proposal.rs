//! A proposal: the grids of a 2nd-level node as they could be, and how they differ from today's.
use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;

use super::{GridRules, Objection};
use crate::grid::{
    code::industry,
    org::{NodeIx, Org, Sector, UnitIx},
};
use crate::words::{t, word};

/// The 三级网格 of a 2nd-level node as they could be from a day on (B-4), with reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The 2nd-level node.
    pub town: NodeIx,
    /// The first day of the new grouping; today's grids are those of this day.
    pub from: NaiveDate,
    /// What it was made by.
    pub rules: GridRules,
    /// The grids: the 农业网格 first, then by sector and id. Every unit of the roster is in exactly one.
    pub grids: Vec<PlannedGrid>,
    /// Grids of today that are closed.
    pub dissolved: Vec<NodeIx>,
    /// Units that come into another grid than they are in, or into their first one; by grid, then as in its list.
    pub moves: Vec<Move>,
    /// What could not be held to.
    pub objections: Vec<Objection>,
    /// Flat-surveyed units of the area (建筑业, 房地产, 投资项目, B-5), which stay where they are.
    pub flat: usize,
    /// Units with a division code of the area that belong to a grid of another node, where they stay.
    pub elsewhere: usize,
}

/// A grid of a [`Proposal`].
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedGrid {
    /// The grid of today that it goes on as; none for a new one.
    pub keeps: Option<NodeIx>,
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is about.
    pub sector: Sector,
    /// What the grid that it goes on as is about today.
    pub was: Option<Sector>,
    /// Its units: villages by id, enterprises by industry and village.
    pub units: Vec<UnitIx>,
    /// How many units come in.
    pub came: usize,
    /// How many units of the grid that it goes on as leave.
    pub left: usize,
    /// Why these together, why this many, why across industries: Chinese sentences.
    pub why: Vec<String>,
}

/// A unit that changes its grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Move {
    /// The unit.
    pub unit: UnitIx,
    /// Where it is today; none for a unit without a grid.
    pub from: Option<NodeIx>,
    /// The grid that it comes into, by place in [`Proposal::grids`].
    pub to: usize,
}

/// How many units of a grid are of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The 大类's code; empty for villages.
    pub code: String,
    /// What people call it.
    pub name: String,
    /// How many.
    pub units: usize,
}

impl PlannedGrid {
    /// What its units do, the most frequent first: 大类 by GB/T 4754, villages as one kind.
    pub fn shares(&self, org: &Org) -> Vec<Share> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for unit in &self.units {
            let industry = org.unit(*unit).record.industry.as_str();
            *counts.entry(industry.get(..2).unwrap_or_default()).or_default() += 1;
        }
        let share = |(code, units): (&str, usize)| {
            let name =
                if code.is_empty() { word("plan.change.villages") } else { industry::name(code).unwrap_or(code) };
            Share { code: code.to_owned(), name: name.to_owned(), units }
        };
        let mut out: Vec<Share> = counts.into_iter().map(share).collect();
        out.sort_by_key(|share| Reverse(share.units));
        out
    }

    /// What becomes of it in a few characters: `新建`, `不变`, `移入 3 移出 1`.
    pub fn change(&self) -> String {
        if self.keeps.is_none() {
            return t!("plan.change.new").into_owned();
        }
        let came = (self.came > 0).then(|| t!("plan.change.came", n = self.came).into_owned());
        let left = (self.left > 0).then(|| t!("plan.change.left", n = self.left).into_owned());
        let parts: Vec<String> = came.into_iter().chain(left).collect();
        if parts.is_empty() { t!("plan.change.none").into_owned() } else { parts.join(" ") }
    }
}

impl Proposal {
    /// Units that leave a grid for another.
    pub fn moved(&self) -> usize {
        self.moves.iter().filter(|one| one.from.is_some()).count()
    }

    /// Units that come into their first grid.
    pub fn placed(&self) -> usize {
        self.moves.len() - self.moved()
    }

    /// Grids that are set up.
    pub fn created(&self) -> usize {
        self.grids.iter().filter(|grid| grid.keeps.is_none()).count()
    }

    /// Whether today's grids are the ones proposed.
    pub fn changes_nothing(&self) -> bool {
        let turned = |grid: &PlannedGrid| grid.keeps.is_some() && grid.was != Some(grid.sector);
        self.moves.is_empty() && self.dissolved.is_empty() && self.created() == 0 && !self.grids.iter().any(turned)
    }

    /// Whether the grid's size could not be held to.
    pub fn objects_to(&self, grid: &PlannedGrid) -> bool {
        grid.sector != Sector::Agriculture && self.rules.outside(grid.units.len()) > 0
    }

    /// The move of a unit, where it moves.
    pub fn move_of(&self, unit: UnitIx) -> Option<&Move> {
        self.moves.iter().find(|one| one.unit == unit)
    }

    /// The difference to today in one line: `新建 1 个，撤销 2 个，移动 12 家，新划入 3 家`.
    pub fn summary(&self) -> String {
        if self.changes_nothing() {
            return t!("plan.summary.nothing").into_owned();
        }
        let (created, dissolved, moved, placed) = (self.created(), self.dissolved.len(), self.moved(), self.placed());
        let counts = [
            (created, t!("plan.summary.created", n = created).into_owned()),
            (dissolved, t!("plan.summary.dissolved", n = dissolved).into_owned()),
            (moved, t!("plan.summary.moved", n = moved).into_owned()),
            (placed, t!("plan.summary.placed", n = placed).into_owned()),
        ];
        let told: Vec<String> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(_, told)| told).collect();
        if told.is_empty() { t!("plan.summary.sectors").into_owned() } else { told.join(word("word.clause")) }
    }
}
