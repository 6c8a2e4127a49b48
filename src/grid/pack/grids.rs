//! How large grids are, and what is set up for every township (B-4).
use super::{keys, names::FARM_GRID, row::Row};
use crate::words::{t, word};

/// How large 三级网格 are, and what townships have (`[grids]`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grids {
    /// A 三级网格 has at least so many units.
    pub least: u32,
    /// And at most so many.
    pub most: u32,
    /// Whether every township has its one 农业网格, [`super::Pack::farm_grid`].
    pub farm: bool,
    /// What the 9-digit places of `divisions.csv` are: 2 for townships that have grids below them, 3 for places that
    /// are grids themselves.
    pub area_level: u8,
}

/// The 农业网格 that every township has exactly one of (B-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FarmGrid {
    /// Its name.
    pub name: String,
    /// What is appended to the township's id to make its id.
    pub suffix: String,
}

/// Reads `[grids]` and `[farm_grid]`.
pub(super) fn grids(top: &Row<'_>) -> (Grids, FarmGrid) {
    let mut grids = Grids { least: 20, most: 30, farm: true, area_level: 2 };
    let table = top.table("grids", &keys::GRIDS);
    let is_read = table.is_some() || !top.has("grids");
    if let Some(row) = table {
        row.no_others(&[]);
        let size = |key| row.whole(key, 1..1001).map(|n| n as u32);
        grids.least = size("least").unwrap_or(grids.least);
        grids.most = size("most").unwrap_or(grids.most);
        if grids.least > grids.most {
            row.fault("least", t!("pack.grids.sizes", least = grids.least, most = grids.most).into_owned());
        }
        grids.farm = row.word("farm", &[("township", true), ("none", false)]).unwrap_or(true);
        grids.area_level = row.whole("area_level", 2..4).unwrap_or(2) as u8;
        if grids.farm && grids.area_level == 3 {
            row.fault("farm", word("pack.grids.no_farm"));
        }
    }
    let farm = top.table("farm_grid", &keys::FARM_GRID);
    let mut named = FarmGrid { name: FARM_GRID.to_owned(), suffix: "-N1".to_owned() };
    if let Some(row) = farm {
        row.no_others(&[]);
        let texts = [(row.text("name"), &mut named.name), (row.text("suffix"), &mut named.suffix)];
        texts.into_iter().for_each(|(text, word)| text.unwrap_or_default().clone_into(word));
    }
    match (grids.farm, top.has("farm_grid")) {
        _ if !is_read => {}
        (true, false) => top.fault("farm_grid", word("pack.grids.no_farm_grid")),
        (false, true) => top.fault("farm_grid", word("pack.grids.farm_grid")),
        _ => {}
    }
    (grids, named)
}
