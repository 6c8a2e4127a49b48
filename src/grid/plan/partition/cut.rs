//! The best cut of a line into grids, by dynamic programming: exact among all cuts of that line.
use super::cost::{Cost, Scale, Tray};

/// Cuts a line of firms into grids of the least cost; equal ones so that later grids begin as late as they can.
///
/// No grid of `least + most` units or more is tried: taking `least` of its units out as a grid of their own leaves
/// fewer too many, and that comes first.
pub(super) fn cut(scale: Scale<'_>, line: &[usize]) -> (Cost, Vec<Vec<usize>>) {
    let longest = scale.rules.least + scale.rules.most - 1;
    let mut tray = Tray::new(scale);
    let mut best: Vec<(Cost, usize)> = vec![(Cost::default(), 0)];
    for end in 1..=line.len() {
        tray.clear();
        let mut found: Option<(Cost, usize)> = None;
        for start in (end.saturating_sub(longest)..end).rev() {
            tray.add(line[start]);
            if tray.is_forbidden() {
                break;
            }
            let cost = best[start].0 + tray.cost();
            if found.is_none_or(|(least, _)| cost < least) {
                found = Some((cost, start));
            }
        }
        // A grid of one unit is never forbidden, so something is found.
        best.push(found.unwrap_or_default());
    }
    let cost = best[line.len()].0;
    let mut grids = Vec::new();
    let mut end = line.len();
    while end > 0 {
        let start = best[end].1;
        grids.push(line[start..end].to_vec());
        end = start;
    }
    grids.reverse();
    (cost, grids)
}
