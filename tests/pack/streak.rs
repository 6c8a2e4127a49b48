//! An eighth kind, which only this test knows: records on so many working days in a row.
use wangge::grid::{
    calendar::Calendar,
    duty::{Entry, Kind, Param, Tally},
    standing::{Site, Standing},
    state::Mark,
};

/// Its line in a registry.
pub const STREAK: Entry = Entry {
    name: "streak",
    params: &[Param { key: "days", means: || "连续几个工作日都有记录，2 到 20", required: true }],
    fed: true,
    read: |params| Ok(Box::new(Streak { days: params.whole_required("days", 2, 20)? })),
};

/// Met when the node has a record on each of `days` working days in a row.
#[derive(Debug)]
struct Streak {
    days: u32,
}

/// The longest row of working days that each have a record.
fn longest(calendar: &Calendar, marks: &[&Mark]) -> u32 {
    let mut days: Vec<_> = marks.iter().map(|mark| mark.date()).filter(|day| calendar.is_workday(*day)).collect();
    days.sort_unstable();
    days.dedup();
    let rows = days.chunk_by(|a, b| calendar.workdays_after(*a, *b) == 1);
    rows.map(|row| row.len() as u32).max().unwrap_or(0)
}

impl Kind for Streak {
    fn name(&self) -> &'static str {
        STREAK.name
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        let calendar = site.state.pack().calendar();
        let first = site.duty.period_of(site.from).ordinal();
        for ordinal in first..=site.duty.period_of(site.last).ordinal() {
            let period = wangge::grid::calendar::Period::from_ordinal(site.duty.cadence, ordinal);
            let due = site.duty.due_on(period, calendar);
            let marks = site.state.node_marks(site.node).iter();
            let fed: Vec<&Mark> =
                marks.filter(|mark| period.contains(mark.date()) && site.duty.fed_by(mark, site.own)).collect();
            let in_time: Vec<&Mark> = fed.iter().copied().filter(|mark| mark.recorded_on() <= due).collect();
            let tally = Tally { have: longest(calendar, &fed), on_time: longest(calendar, &in_time) };
            out.push(site.stand(period, tally, self.days, due));
        }
    }
}
