//! `monitor`: rules over the state hold (B-3, B-7); there is nothing to tick, the flag clears when the facts change.
//!
//! One file per rule, one line each in [`RULES`].
mod attendance;
mod below;
mod checklist;
mod funds;
mod placed;
mod silence;
mod staffing;

use std::fmt::Debug;

use chrono::NaiveDate;

use super::{Entry, Kind, Objection, Param, Reference, Tally, params::missing};
use crate::grid::{
    calendar::{Cadence, Period},
    standing::{Site, Standing},
};
use crate::words::{t, word};

pub(super) const KIND: Entry = Entry {
    name: "monitor",
    params: &[Param { key: "rules", means: || word("duty.monitor.rules"), required: true }],
    fed: false,
    read: |params| {
        let texts = params.list("rules")?;
        if texts.is_empty() {
            return Err(missing("rules", "rules = [\"staffing\"]"));
        }
        let rules = texts.into_iter().map(rule).collect::<Result<_, _>>()?;
        Ok(Box::new(Monitor { rules }))
    },
};

/// The rules that this build knows.
pub static RULES: &[RuleEntry] =
    &[staffing::RULE, funds::RULE, placed::RULE, silence::RULE, checklist::RULE, attendance::RULE, below::RULE];

/// Reads a rule's argument, or says in words what is wrong with it.
type ReadRule = fn(Option<&str>) -> Result<Box<dyn Rule>, String>;

/// A rule's line in the registry.
#[derive(Clone, Copy, Debug)]
pub struct RuleEntry {
    /// The name in the pack: `staffing`, or `silence:30` where it takes an argument.
    pub name: &'static str,
    /// What it means, for the author of a pack.
    pub means: fn() -> &'static str,
    read: ReadRule,
}

/// A rule over the state.
trait Rule: Debug + Send + Sync {
    /// What else of the pack it names.
    fn refers(&self) -> Option<Reference> {
        None
    }

    /// How many of the things that it looks at are in order, of how many, and since when they are not.
    fn look(&self, site: &Site<'_>) -> Look;
}

/// What a rule found.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    have: u32,
    need: u32,
    /// Where something is not in order: the last day on which it was, as far as that is known, or on which it was last
    /// recorded; the first of all days where neither is. None where all is in order.
    since: Option<NaiveDate>,
}

impl Look {
    /// One thing that is in order or not, where it is looked at at all.
    fn one(ok: bool, since: Option<NaiveDate>) -> Look {
        Look::of(u32::from(ok), 1, since)
    }

    /// So many in order, of so many.
    fn of(have: u32, need: u32, since: Option<NaiveDate>) -> Look {
        Look { have, need, since: (have < need).then_some(since.unwrap_or(NaiveDate::MIN)) }
    }

    fn and(self, more: Look) -> Look {
        Look {
            have: self.have + more.have,
            need: self.need + more.need,
            since: match (self.since, more.since) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    fn sum(looks: impl Iterator<Item = Look>) -> Look {
        looks.fold(Look::default(), Look::and)
    }
}

/// Met while all rules hold. Where they do not, it is due after the row's days of grace, counted from the day since
/// which they do not, or from the first day of the node's duties.
#[derive(Debug)]
struct Monitor {
    rules: Vec<Box<dyn Rule>>,
}

impl Kind for Monitor {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn refers(&self) -> Vec<Reference> {
        self.rules.iter().filter_map(|rule| rule.refers()).collect()
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        let is_empty = site.row.is_grid() && site.row.member_count_on(site.today) == 0;
        if site.last < site.today || is_empty {
            // A node that is gone, and a grid that nobody is in, is not watched.
            return;
        }
        let Look { have, need, since } = Look::sum(self.rules.iter().map(|rule| rule.look(site)));
        let period = Period::containing(Cadence::Month, site.today);
        let since = since.unwrap_or(site.from).max(site.from);
        let due = site.duty.grace(since, site.state.pack().calendar());
        out.push(site.stand(period, Tally { have, on_time: have }, need, due));
    }
}

fn rule(text: &str) -> Result<Box<dyn Rule>, Objection> {
    let (name, argument) = match text.split_once(':') {
        Some((name, argument)) => (name, Some(argument)),
        None => (text, None),
    };
    let wrong = |what| Objection { key: "rules", what };
    let Some(entry) = RULES.iter().find(|entry| entry.name == name) else {
        let known: Vec<_> = RULES.iter().map(|entry| entry.name).collect();
        return Err(wrong(t!("duty.monitor.no_rule", text = text, known = known.join(word("word.list"))).into_owned()));
    };
    (entry.read)(argument).map_err(|what| wrong(t!("duty.monitor.wrong_rule", text = text, what = what).into_owned()))
}

/// The argument as a whole number between two others; `usual` where there is none.
fn number(argument: Option<&str>, usual: u32, least: u32, most: u32) -> Result<u32, String> {
    let Some(text) = argument else { return Ok(usual) };
    let number = text.parse().ok().filter(|number| (least..=most).contains(number));
    number.ok_or_else(|| t!("duty.monitor.number", least = least, most = most).into_owned())
}

/// Refuses an argument.
fn alone(argument: Option<&str>) -> Result<(), String> {
    if argument.is_some() { Err(t!("duty.monitor.alone").into_owned()) } else { Ok(()) }
}
