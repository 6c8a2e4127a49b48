//! The numbers that a partition follows (B-4).
use crate::grid::{org::Node, pack::Pack};

/// What a partition must hold to, and what weighs how much where the rules leave a choice (B-4).
///
/// The sizes are the policy's. The weights are assumed: the policy names 行业分布, 行政区域 and 动态调整 without
/// saying what one is worth against the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridRules {
    /// The fewest units of a grid; at least 1.
    pub least: usize,
    /// The most units of a grid; not below `least`.
    pub most: usize,
    /// Whether the node has its one 农业网格.
    pub farm: bool,
    /// What it costs that one more grid has units of a 大类.
    pub split: u32,
    /// What it costs that one more grid has units of a village.
    pub place: u32,
    /// What it costs that a unit is in a grid across industries; such grids are as few as can be in any case.
    pub mixed: u32,
    /// What it costs that a unit leaves its grid; 0 designs as if there were no grids today.
    pub moved: u32,
}

impl Default for GridRules {
    fn default() -> GridRules {
        GridRules { least: 20, most: 30, farm: true, split: 12, place: 1, mixed: 1, moved: 2 }
    }
}

impl GridRules {
    /// The pack's numbers; a 农业网格 where townships have one and the pack lists the node as a township with villages (经济开发区 is none).
    pub fn of(pack: &Pack, node: &Node) -> GridRules {
        let farm = pack.grids.farm && pack.divisions.iter().any(|division| division.code == node.id);
        let (least, most) = (pack.grids.least as usize, pack.grids.most as usize);
        GridRules { least, most, farm, ..GridRules::default() }
    }

    /// How many units a grid of this size has too few or too many.
    pub(super) fn outside(&self, size: usize) -> usize {
        self.least.saturating_sub(size) + size.saturating_sub(self.most)
    }
}
