//! `funds`: the year has a budget, and every spending names its activity, its attendance and its voucher (M-8).
use chrono::Datelike;

use super::{Look, Rule, RuleEntry, alone};
use crate::grid::{record, standing::Site};
use crate::words::word;

pub(super) const RULE: RuleEntry = RuleEntry {
    name: "funds",
    means: || word("duty.rule.funds"),
    read: |argument| alone(argument).map(|()| Box::new(Funds) as Box<dyn Rule>),
};

#[derive(Debug)]
struct Funds;

impl Rule for Funds {
    /// The year's budget is one thing, every spending of the year another.
    fn look(&self, site: &Site<'_>) -> Look {
        let of_year = |id: &str| {
            let form = record::form(id).map_or(u8::MAX, |(form, _)| form as u8);
            let year = site.today.year();
            site.state.readings_at(site.node, form, 0).filter(move |(day, _)| day.year() == year && *day <= site.today)
        };
        let budget = of_year("budget").any(|(_, numbers)| numbers.first().is_some_and(|amount| *amount > 0));
        let spent = of_year("spending").map(|(day, numbers)| {
            let proper = numbers.iter().skip(1).all(|number| *number != 0);
            Look::one(proper, if proper { None } else { Some(day) })
        });
        Look::one(budget, None).and(Look::sum(spent))
    }
}
