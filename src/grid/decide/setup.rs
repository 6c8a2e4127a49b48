//! Opening a store: the pack's tree, townships, villages and 农业网格 as facts.
use chrono::NaiveDate;

use crate::grid::{
    fact::{Body, Draft, NodeRecord, Placement, StoreOpened, UnitRecord},
    org::{Form, Sector},
    pack::{Division, Pack},
};

/// How a store is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Duties count from this day.
    pub from: NaiveDate,
    /// Whether it will hold generated sample data.
    pub sample: bool,
}

/// The first facts of a store: its opening, the pack's tree, its townships, and where villages belong: the one 农业网格
/// of their township (B-4), or the place itself in packs whose 9-digit places are grids.
pub fn decide_setup(pack: &Pack, setup: Setup) -> Vec<Draft> {
    let draft = |at: Option<String>, subject: Option<String>, body: Body| Draft {
        occurred: setup.from,
        by: None,
        at,
        subject,
        replaces: None,
        reason: None,
        effort: None,
        body,
    };
    let node = |id: &str, name: &str, parent: Option<&str>, level, form, sector| {
        let record = NodeRecord {
            name: name.to_owned(),
            parent: parent.map(str::to_owned),
            level,
            form,
            sector,
            from: setup.from,
            to: None,
            into: None,
        };
        draft(Some(id.to_owned()), Some(id.to_owned()), Body::Node(record))
    };
    // The device that seals it adds its key.
    let opened = StoreOpened { pack: pack.id.clone(), from: setup.from, sample: setup.sample, key: Vec::new() };
    let root = pack.nodes[0].id.as_str();
    let mut out = vec![draft(Some(root.to_owned()), None, Body::StoreOpened(opened))];
    let (first, rest) = pack.nodes.split_at(1);
    let of_pack =
        |n: &crate::grid::pack::PackNode| node(&n.id, &n.name, n.parent.as_deref(), n.level, n.form, n.sector);
    out.extend(first.iter().map(of_pack));
    for town in pack.divisions.iter().filter(|d| d.code.len() == 9) {
        let level = pack.grids.area_level;
        out.push(node(&town.code, &town.name, Some(root), level, Form::Vertical, None));
        let grid = match (level, pack.grids.farm) {
            (3, _) => town.code.clone(),
            (_, true) => format!("{}{}", town.code, pack.farm_grid.suffix),
            (_, false) => continue,
        };
        if level != 3 {
            let farm = Some(Sector::Agriculture);
            out.push(node(&grid, &pack.farm_grid.name, Some(&town.code), 3, Form::Vertical, farm));
        }
        for village in pack.divisions.iter().filter(|d| d.code.len() == 12 && d.parent == town.code) {
            out.push(draft(Some(grid.clone()), Some(village.code.clone()), Body::Unit(of_village(village))));
            let placed = Body::Placement(Placement { from: setup.from });
            out.push(draft(Some(grid.clone()), Some(village.code.clone()), placed));
        }
    }
    out.extend(rest.iter().map(of_pack));
    out
}

fn of_village(village: &Division) -> UnitRecord {
    UnitRecord {
        code: village.code.clone(),
        name: village.name.clone(),
        division: village.code.clone(),
        sector: Some(Sector::Agriculture),
        ..UnitRecord::default()
    }
}
