//! How many units each place has and how they fall into grids: sizes only, no names.
use super::random::Random;
use crate::grid::{
    code::division::{LANXI_DEVELOPMENT_ZONE, LANXI_HIGH_TECH_ZONE},
    org::Sector,
};

/// A place's grids.
pub(super) struct TownShape {
    /// The place's code.
    pub code: &'static str,
    /// Its grids.
    pub grids: Vec<GridShape>,
}

/// A grid without its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GridShape {
    /// What it is about.
    pub sector: Sector,
    /// How many units it has.
    pub size: usize,
}

/// The sizes that the policy asks for (B-4).
pub(super) const SMALLEST: usize = 20;
/// See [`SMALLEST`].
pub(super) const LARGEST: usize = 30;

/// A place, its share of all units in thousandths, and the share of industry among its units in per cent.
struct Town(&'static str, usize, usize);

/// Largest first. Shares are made up after what each place is known for.
const TOWNS: [Town; 18] = [
    Town(LANXI_DEVELOPMENT_ZONE, 150, 75),
    Town("330781001", 130, 25), // 兰江街道: the old town, trade
    Town("330781002", 120, 25), // 云山街道: the new town, trade
    Town("330781004", 90, 70),  // 永昌街道: cotton
    Town("330781006", 80, 75),  // 女埠街道: chemicals, metals
    Town("330781007", 80, 65),  // 上华街道
    Town("330781005", 60, 70),  // 赤溪街道
    Town(LANXI_HIGH_TECH_ZONE, 60, 80),
    Town("330781102", 55, 55), // 游埠镇
    Town("330781109", 40, 60), // 马涧镇: fruit, machines
    Town("330781104", 35, 40), // 诸葛镇: visitors
    Town("330781108", 30, 55), // 香溪镇
    Town("330781200", 30, 70), // 灵洞乡: cement
    Town("330781111", 20, 60), // 梅江镇
    Town("330781106", 20, 55), // 黄店镇
    Town("330781112", 15, 60), // 横溪镇
    Town("330781203", 12, 50), // 水亭畲族乡
    Town("330781209", 8, 55),  // 柏社乡
];

/// Builders and developers among `count` units; few units have none.
fn flat_counts(count: usize) -> [(Sector, usize); 2] {
    let (builders, developers) = if count < 200 { (0, 0) } else { (count / 40, count / 50) };
    [(Sector::Construction, builders), (Sector::RealEstate, developers)]
}

/// The flat grids of builders and developers.
pub(super) fn flats(count: usize, random: &mut Random) -> Vec<(Sector, Vec<GridShape>)> {
    let shape = |(sector, units): (Sector, usize)| {
        let sizes = sizes(units, random);
        (sector, sizes.into_iter().map(|size| GridShape { sector, size }).collect())
    };
    flat_counts(count).map(shape).into()
}

/// The grids of every place, for `count` units of all kinds.
pub(super) fn towns(count: usize, random: &mut Random) -> Vec<TownShape> {
    let flat: usize = flat_counts(count).iter().map(|(_, n)| n).sum();
    let shares = share_out(count - flat);
    TOWNS
        .iter()
        .zip(shares)
        .map(|(Town(code, _, industry), units)| {
            let sizes = sizes(units, random);
            let sectors = sectors(sizes.len(), *industry);
            let grids = sizes.into_iter().zip(sectors).map(|(size, sector)| GridShape { sector, size }).collect();
            TownShape { code, grids }
        })
        .collect()
}

/// Some place, by its share.
pub(super) fn any_town(random: &mut Random) -> &'static str {
    random.weighted(&TOWNS, |t| t.1).0
}

/// Units per place, so that each can be cut into grids of 20 to 30 as far as the count allows.
fn share_out(units: usize) -> Vec<usize> {
    let used = (units / 40).clamp(1, TOWNS.len());
    let whole: usize = TOWNS[..used].iter().map(|t| t.1).sum();
    let mut out: Vec<usize> = TOWNS.iter().map(|t| units * t.1 / whole).collect();
    out[used..].fill(0);
    for n in &mut out[1..] {
        // 31 to 39 units fit neither one grid nor two.
        if (LARGEST + 1..2 * SMALLEST).contains(n) {
            *n = LARGEST;
        }
    }
    out[0] = units - out[1..].iter().sum::<usize>();
    out
}

/// Sizes of grids for `units` units, each from 20 to 30 where that is possible.
fn sizes(units: usize, random: &mut Random) -> Vec<usize> {
    if units == 0 {
        return Vec::new();
    }
    let (fewest, most) = (units.div_ceil(LARGEST), (units / SMALLEST).max(1));
    let grids = ((units + 12) / 25).min(most).max(fewest);
    let mut out: Vec<usize> = (0..grids).map(|i| units / grids + usize::from(i < units % grids)).collect();
    // Life is uneven: neighbours pass a few units on.
    for pair in out.chunks_exact_mut(2) {
        let room = LARGEST.saturating_sub(pair[0]).min(pair[1].saturating_sub(SMALLEST)).min(3);
        let passed = random.below(room + 1);
        pair[0] += passed;
        pair[1] -= passed;
    }
    out
}

/// What the grids of a place are about: one crosses industries, two leave the lesser kind to a crossing one, more are
/// shared out by the per cent of industry.
fn sectors(grids: usize, industry: usize) -> Vec<Sector> {
    let main = if industry >= 50 { Sector::Industry } else { Sector::Service };
    match grids {
        0 => Vec::new(),
        1 => vec![Sector::Mixed],
        2 => vec![main, Sector::Mixed],
        _ => {
            let of_industry = ((grids * industry + 50) / 100).clamp(1, grids - 1);
            let sector = |i| if i < of_industry { Sector::Industry } else { Sector::Service };
            (0..grids).map(sector).collect()
        }
    }
}
