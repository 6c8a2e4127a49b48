//! `milestone`: done by a fixed date, once (annex 1) or every year (A2-2长-2: the year's plan).
use chrono::{Datelike, NaiveDate};

use super::{Entry, Gathered, Kind, Param, Tally, params::missing};
use crate::grid::{
    calendar::{Cadence, Period},
    standing::{Site, Standing},
};
use crate::words::word;

pub(super) const KIND: Entry = Entry {
    name: "milestone",
    params: &[
        Param { key: "due", means: || word("duty.milestone.due"), required: true },
        Param { key: "count", means: || word("duty.milestone.count"), required: false },
    ],
    fed: true,
    read: |params| {
        let (year, month, day) = params.yearly("due")?.ok_or_else(|| missing("due", "due = \"12-31\""))?;
        Ok(Box::new(Milestone { year, month, day, count: params.whole("count", 1, 10_000)?.unwrap_or(1) }))
    },
};

/// Met when the node has the record; on time when it was entered by the date.
#[derive(Debug)]
struct Milestone {
    /// The one year, for what is done once.
    year: Option<i32>,
    month: u32,
    day: u32,
    count: u32,
}

impl Milestone {
    fn due(&self, year: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, self.month, self.day).unwrap_or(NaiveDate::MAX)
    }
}

impl Kind for Milestone {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn period_of(&self, _: Cadence, day: NaiveDate) -> Period {
        Period::containing(Cadence::Year, self.year.map_or(day, |year| self.due(year)))
    }

    /// What is to be done once may be done at any time: before, it is early; after, it is late.
    fn days_of(&self, period: Period) -> (NaiveDate, NaiveDate) {
        match self.year {
            Some(_) => (NaiveDate::MIN, NaiveDate::MAX),
            None => (period.first(), period.last()),
        }
    }

    fn last_day(&self, period: Period) -> NaiveDate {
        self.due(period.first().year())
    }

    fn contribution(&self, of: &Gathered) -> Tally {
        of.records()
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        match self.year {
            Some(year) => site.once(self.period_of(Cadence::Year, self.due(year)), self.count, out),
            None => site.periodic(|_, _| self.count, out),
        }
    }
}
