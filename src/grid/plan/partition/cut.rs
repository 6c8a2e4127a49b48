//! The best cut of a line into grids, by dynamic programming: exact among all cuts of that line.
use super::cost::{Cost, Scale, Tray};

/// Cuts one line after the other; what a line has in common with the one before is not cut again.
pub(super) struct Cutter<'a> {
    scale: Scale<'a>,
    tray: Tray<'a>,
    line: Vec<usize>,
    /// For each length of the line's beginning the least cost of its cuts, and where the last grid of that one begins.
    best: Vec<(Cost, usize)>,
}

impl<'a> Cutter<'a> {
    pub(super) fn new(scale: Scale<'a>) -> Cutter<'a> {
        Cutter { scale, tray: Tray::new(scale), line: Vec::new(), best: vec![(Cost::default(), 0)] }
    }

    /// The least cost of all cuts of a line.
    ///
    /// No grid of `least + most` units or more is tried: taking `least` of its units out as a grid of their own leaves
    /// fewer too many, and that comes first.
    pub(super) fn cost(&mut self, line: Vec<usize>) -> Cost {
        let same = self.line.iter().zip(&line).take_while(|(a, b)| a == b).count();
        self.best.truncate(same + 1);
        self.line = line;
        let longest = self.scale.rules.least + self.scale.rules.most - 1;
        for end in self.best.len()..=self.line.len() {
            self.tray.clear();
            let mut found: Option<(Cost, usize)> = None;
            for start in (end.saturating_sub(longest)..end).rev() {
                self.tray.add(self.line[start]);
                if self.tray.is_forbidden() {
                    break;
                }
                let cost = self.best[start].0 + self.tray.cost();
                if found.is_none_or(|(least, _)| cost < least) {
                    found = Some((cost, start));
                }
            }
            // A grid of one unit is never forbidden, so something is found.
            self.best.push(found.unwrap_or_default());
        }
        self.best[self.line.len()].0
    }

    /// The grids of the cheapest cut of the last line; of equal ones that whose grids begin latest, from the end on.
    pub(super) fn grids(&self) -> Vec<Vec<usize>> {
        let mut grids = Vec::new();
        let mut end = self.line.len();
        while end > 0 {
            let start = self.best[end].1;
            grids.push(self.line[start..end].to_vec());
            end = start;
        }
        grids.reverse();
        grids
    }
}

/// The cheapest cut of all these lines; the first of equal ones.
pub(super) fn cut(scale: Scale<'_>, lines: impl Iterator<Item = Vec<usize>>) -> (Cost, Vec<Vec<usize>>) {
    let mut cutter = Cutter::new(scale);
    let mut found: Option<(Cost, Vec<Vec<usize>>)> = None;
    for line in lines {
        let cost = cutter.cost(line);
        if found.as_ref().is_none_or(|(least, _)| cost < *least) {
            found = Some((cost, cutter.grids()));
        }
    }
    found.unwrap_or_default()
}
