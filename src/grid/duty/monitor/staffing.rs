//! `staffing`: at least three statisticians on the regular staff, one each for 农业, 工业 and 服务业 (B-3, A2-1长-3).
use super::{Look, Rule, RuleEntry, number};
use crate::grid::{org::NodeIx, record, standing::Site};
use crate::words::word;

pub(super) const RULE: RuleEntry = RuleEntry {
    name: "staffing",
    means: || word("duty.rule.staffing"),
    read: |argument| Ok(Box::new(Staffing { least: i64::from(number(argument, 3, 1, 99)?) })),
};

#[derive(Debug)]
struct Staffing {
    least: i64,
}

impl Rule for Staffing {
    /// Every 2nd-level node at or right below the site is one thing.
    fn look(&self, site: &Site<'_>) -> Look {
        let org = site.state.org();
        if site.row.level == 2 {
            return self.at(site, site.node);
        }
        let children = site.row.children.iter().copied();
        let towns = children.filter(|ix| org.node(*ix).level == 2 && org.node(*ix).exists_on(site.today));
        Look::sum(towns.map(|town| self.at(site, town)))
    }
}

impl Staffing {
    fn at(&self, site: &Site<'_>, town: NodeIx) -> Look {
        let newest = record::form("staffing").and_then(|(form, _)| site.state.newest_at(town, form as u8, 0));
        match newest {
            Some((day, [all, farm, industry, service, ..])) => {
                Look::one(*all >= self.least && [farm, industry, service].iter().all(|n| **n >= 1), Some(day))
            }
            _ => Look::one(false, None),
        }
    }
}
