//! Orders in which the firms of a sector can stand in line, so that those that belong together are neighbours.
use super::roster::Roster;

/// A line in groups that stay whole, in order.
pub(super) type Groups = Vec<Vec<usize>>;

/// Three orders of some firms, given in the order of the roster; groups are of one 大类, or of one grid of today.
///
/// By 大类 and village; by 大类 and today's grid, where grids that share a 大类 follow each other as they do along the
/// whole line; and by today's grid first.
pub(super) fn orders(roster: &Roster, firms: &[usize]) -> [Groups; 3] {
    let trade = |at: usize| roster.firms[at].trade;
    let near = near(roster, firms);
    let rank = ranks(roster, firms);
    let home = |at: usize| near[at - firms[0]].map_or(usize::MAX, |home| rank[home]);
    let sorted = |key: &dyn Fn(usize) -> (usize, usize)| {
        let mut line = firms.to_vec();
        line.sort_by_key(|at| key(*at));
        line
    };
    let by_trade = grouped(firms.to_vec(), trade);
    let by_trade_and_home = grouped(sorted(&|at| (trade(at), home(at))), trade);
    let by_home = grouped(sorted(&|at| (home(at), trade(at))), home);
    [by_trade, by_trade_and_home, by_home]
}

/// The grid of today of each firm; for one without a grid, that of its nearest neighbour in the line.
fn near(roster: &Roster, firms: &[usize]) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = firms.iter().map(|at| roster.firms[*at].home).collect();
    let mut last = out.iter().find_map(|home| *home);
    for home in &mut out {
        *home = home.or(last);
        last = *home;
    }
    out
}

/// The place of each grid of today among the others, by where its firms stand on average.
fn ranks(roster: &Roster, firms: &[usize]) -> Vec<usize> {
    let mut sums = vec![(0usize, 0usize); roster.homes.len()];
    for at in firms {
        if let Some(home) = roster.firms[*at].home {
            sums[home] = (sums[home].0 + at, sums[home].1 + 1);
        }
    }
    let mut order: Vec<usize> = (0..sums.len()).collect();
    // a/b before c/d; a grid without firms stands first.
    order.sort_by(|a, b| (sums[*a].0 * sums[*b].1.max(1)).cmp(&(sums[*b].0 * sums[*a].1.max(1))));
    let mut rank = vec![0; order.len()];
    order.into_iter().enumerate().for_each(|(place, home)| rank[home] = place);
    rank
}

fn grouped(line: Vec<usize>, key: impl Fn(usize) -> usize) -> Groups {
    line.chunk_by(|a, b| key(*a) == key(*b)).map(<[usize]>::to_vec).collect()
}

/// The line as it is, and with each group in turn at the end, where the line meets another sector, if `may` says so.
pub(super) fn turns(groups: &Groups, may: impl Fn(&[usize]) -> bool) -> impl Iterator<Item = Vec<usize>> {
    let turned = (0..groups.len()).filter(move |last| may(&groups[*last])).map(move |last| {
        let others = groups.iter().enumerate().filter(|(i, _)| *i != last).map(|(_, group)| group);
        others.chain([&groups[last]]).flatten().copied().collect()
    });
    [groups.concat()].into_iter().chain(turned)
}
