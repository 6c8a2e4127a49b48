//! Sample enterprises for the demo: believable for Lanxi, made up, the same for the same seed.
//!
//! Names, codes and people are drawn by chance; any likeness to a real unit is chance as well. The codes satisfy every
//! check that real ones do; the telephone numbers (1380000xxxx) are plainly made up.
mod fill;
mod play;
mod random;
mod shape;
mod trades;
mod unit;
mod upkeep;
mod words;

use super::{
    code::division::{Division, Divisions},
    fact::UnitRecord,
    org::Sector,
};
use crate::words::Language;
pub use play::day_of_work;
use random::Random;
use shape::GridShape;
use unit::Maker;

/// How many enterprises the demo has unless told otherwise.
pub const DEFAULT_COUNT: usize = 2_000;

/// Generated enterprises, the 三级网格 and flat grids that divide them, and those who look after the grids.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The enterprises; grids name them by their place in this list.
    pub units: Vec<SampleUnit>,
    /// Every unit is a member of exactly one.
    pub grids: Vec<SampleGrid>,
    /// Township and bureau staff who hold posts; grids name them by their place in this list.
    pub officers: Vec<SampleOfficer>,
    /// Those who hold posts above the grids, as many as anybody may need.
    pub chiefs: Vec<SampleOfficer>,
}

/// A generated enterprise.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleUnit {
    /// 统一社会信用代码; both of its check characters are right.
    pub code: String,
    /// 单位详细名称; no two units share one.
    pub name: String,
    /// 行业代码: a 小类 that fits the name.
    pub industry: &'static str,
    /// 行政区划代码: a township's 9 digits or a village's 12.
    pub division: String,
    /// What it is surveyed as; never [`Sector::Mixed`].
    pub sector: Sector,
    /// 报表类别: B 工业, C 建筑业, E 批发零售, S 住宿餐饮, X 房地产, F 服务业.
    pub form: &'static str,
    /// 统计负责人, who is its 网格员.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
}

/// Where a generated grid hangs in the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Home {
    /// A 三级网格 under the township or zone with this code.
    Township(String),
    /// A grid of the flat network of this sector (B-5).
    Flat(Sector),
}

/// A generated grid of 20 to 30 units; fewer only where its home has too few (B-4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleGrid {
    /// Where it hangs.
    pub home: Home,
    /// The end of its id, unique within its home: `g01`.
    pub suffix: String,
    /// The name people read: 工业第1网格.
    pub name: String,
    /// What it is about; [`Sector::Mixed`] where industries are crossed.
    pub sector: Sector,
    /// Its units, by their place in [`Sample::units`], neighbours in industry.
    pub members: Vec<usize>,
    /// 网格长, by place in [`Sample::officers`].
    pub leader: usize,
    /// 副网格长: the contact person of this member unit.
    pub deputy: usize,
    /// 指导员, by place in [`Sample::officers`]; one serves all grids of a home.
    pub guide: usize,
}

/// A generated person who works for no member unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleOfficer {
    /// The name people read.
    pub name: String,
    /// 联系电话.
    pub phone: String,
}

impl SampleUnit {
    /// The unit as a fact records it.
    pub fn record(&self) -> UnitRecord {
        UnitRecord {
            code: self.code.clone(),
            name: self.name.clone(),
            industry: self.industry.to_owned(),
            division: self.division.clone(),
            sector: Some(self.sector),
            form: self.form.to_owned(),
            contact: self.contact.clone(),
            phone: self.phone.clone(),
        }
    }
}

/// Makes `count` enterprises over Lanxi's townships and zones and partitions them into grids; the same for the same
/// `seed` and `count`.
///
/// Streets and zones get more than towns. Small counts fill the largest places only, so that grids are of a believable
/// size. From 200 units on, some are builders and developers, who belong to flat grids.
pub fn generate(seed: u64, count: usize) -> Sample {
    let mut maker = Maker::new(Random::new(seed), seed);
    let mut sample =
        Sample { units: Vec::with_capacity(count), grids: Vec::new(), officers: Vec::new(), chiefs: Vec::new() };
    let divisions = Divisions::lanxi();
    for town in shape::towns(count, maker.random()) {
        let villages: Vec<&Division> = divisions.villages(town.code).collect();
        add_home(&mut sample, &mut maker, Home::Township(town.code.to_owned()), &town.grids, |random| {
            match villages.get(random.below(villages.len() * 2)) {
                Some(village) => village.code.clone(),
                None => town.code.to_owned(),
            }
        });
    }
    for (sector, grids) in shape::flats(count, maker.random()) {
        add_home(&mut sample, &mut maker, Home::Flat(sector), &grids, |random| shape::any_town(random).to_owned());
    }
    sample.chiefs = (0..CHIEFS).map(|_| maker.officer()).collect();
    sample
}

/// More than a county has departments, townships and groups, two for each.
const CHIEFS: usize = 120;

fn add_home(
    sample: &mut Sample,
    maker: &mut Maker,
    home: Home,
    shapes: &[GridShape],
    mut division: impl FnMut(&mut Random) -> String,
) {
    if shapes.is_empty() {
        return;
    }
    let first = sample.grids.len();
    let guide = sample.officers.len();
    sample.officers.push(maker.officer());
    for (drawn, shape) in draw(maker, shapes).into_iter().zip(shapes) {
        let number = 1 + sample.grids[first..].iter().filter(|g| g.sector == shape.sector).count();
        let members: Vec<usize> = (sample.units.len()..).take(drawn.len()).collect();
        for trade in drawn {
            let division = division(maker.random());
            sample.units.push(maker.unit(trade, division));
        }
        let deputy = members[maker.random().below(members.len())];
        let leader = sample.officers.len();
        sample.officers.push(maker.officer());
        sample.grids.push(SampleGrid {
            home: home.clone(),
            suffix: format!("g{:02}", 1 + sample.grids.len() - first),
            name: format!("{}第{number}网格", shape.sector.label_in(Language::Zh)),
            sector: shape.sector,
            members,
            leader,
            deputy,
            guide,
        });
    }
}

/// The trades of each grid's units: those of one sector in a home are drawn together and sorted by industry, so that
/// neighbours share a grid.
fn draw(maker: &mut Maker, shapes: &[GridShape]) -> Vec<Vec<&'static trades::Trade>> {
    let mut out: Vec<Vec<&'static trades::Trade>> = vec![Vec::new(); shapes.len()];
    for sector in [Sector::Industry, Sector::Service, Sector::Construction, Sector::RealEstate, Sector::Mixed] {
        let of_sector = |shape: &&GridShape| shape.sector == sector;
        let count = shapes.iter().filter(of_sector).map(|s| s.size).sum();
        let mut drawn: Vec<_> = (0..count).map(|_| trades::draw(sector, maker.random())).collect();
        drawn.sort_by_key(|t| t.industry);
        let mut rest = drawn.into_iter();
        for (members, shape) in out.iter_mut().zip(shapes).filter(|(_, s)| s.sector == sector) {
            members.extend(rest.by_ref().take(shape.size));
        }
    }
    out
}

#[cfg(test)]
mod tests;
