//! One duty of a pack.
use chrono::{Days, NaiveDate};

use crate::grid::{
    calendar::{Cadence, Calendar, Period},
    duty::Kind,
    fact::{SessionKind, Topic},
    org::{Form, Node, Post, Sector},
    state::{Mark, What},
};
use crate::words::Language;

/// A row of `duties.toml`: who must do what, how often, by which clause.
#[derive(Debug)]
pub struct Duty {
    /// The id that commands use, for example `visit`.
    pub id: String,
    /// What people call it, short.
    pub name: String,
    /// The row of the requirements, for example `A2-3长-2`.
    pub clause: String,
    /// The clause as people cite it, for example `附2 三级 网格长 2`.
    pub cite: String,
    /// The policy's own words.
    pub text: String,
    /// The posts that it hangs on.
    pub seats: Vec<Seat>,
    /// Grids about these have it not: villages keep no 四大体系.
    pub except: Vec<Sector>,
    /// How often.
    pub cadence: Cadence,
    /// When it is met.
    pub kind: Box<dyn Kind>,
    /// What closes it; any of these. Empty for kinds that records do not feed.
    pub evidence: Vec<Evidence>,
    /// Whether records at the nodes below count as well as those at the node itself.
    pub below: bool,
    /// The unit of counting in Chinese: 家, 次.
    pub measure: String,
    /// How many days before the due day it counts as due soon.
    pub lead_days: i64,
    /// How many days after the period's end it is due.
    pub grace_days: u64,
    /// How many working days after that.
    pub grace_workdays: u32,
    /// Whether the pack set a number that the policy leaves open.
    pub assumed: bool,
}

/// A post at nodes of one level and form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The level of the nodes.
    pub level: u8,
    /// Their form.
    pub form: Form,
    /// The post there.
    pub post: Post,
}

/// A kind of record that closes a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What must be recorded.
    pub record: Recorded,
    /// Whether who holds the duty's post must have done it in person (`+own` in the pack).
    pub own: bool,
}

/// What must be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recorded {
    /// A visit, of any topic or of this one.
    Visit(Option<Topic>),
    /// A session of this kind.
    Session(SessionKind),
    /// A record of the form with this number in [`crate::grid::record::FORMS`], of any kind or of this one.
    Form(u8, Option<u8>),
    /// The duty's own record.
    Done,
}

impl Duty {
    /// What is counted, as it stands behind a number: the pack says it in Chinese only, and other languages go without.
    pub fn counted(&self) -> &str {
        if Language::spoken() == Language::Zh { &self.measure } else { "" }
    }

    /// The post that has the duty at nodes like this one.
    pub fn post_at(&self, node: &Node) -> Option<Post> {
        let is_for = node.sector.is_none_or(|sector| !self.except.contains(&sector));
        let seat = self.seats.iter().find(|seat| is_for && seat.level == node.level && seat.form == node.form);
        seat.map(|seat| seat.post)
    }

    /// Whether nodes like this one have the duty.
    pub fn applies_to(&self, node: &Node) -> bool {
        self.post_at(node).is_some()
    }

    /// Whether a record of this mark's kind feeds the duty, which is number `own` of its pack.
    pub fn fed_by(&self, mark: &Mark, own: usize) -> bool {
        self.evidence.iter().any(|evidence| {
            let is_it = match (evidence.record, mark.what) {
                (Recorded::Visit(None), What::Visit { .. }) => true,
                (Recorded::Visit(Some(topic)), What::Visit { topics }) => topics & What::bit(topic) != 0,
                (Recorded::Session(kind), What::Session(held)) => kind == held,
                (Recorded::Form(form, None), What::Record { form: of, .. }) => form == of,
                (Recorded::Form(form, Some(kind)), What::Record { form: of, kind: what }) => (form, kind) == (of, what),
                (Recorded::Done, What::Done { duty }) => usize::from(duty) == own,
                _ => false,
            };
            is_it && (!evidence.own || self.seats.iter().any(|seat| mark.acts(seat.level, seat.post)))
        })
    }

    /// Whether its own record (`wangge record done`) closes it.
    pub fn by_hand(&self) -> bool {
        self.evidence.iter().any(|evidence| evidence.record == Recorded::Done)
    }

    /// Whether its tallies are kept at every node above a record, too.
    pub fn adds_up(&self) -> bool {
        self.below || self.kind.adds_up()
    }

    /// The one day by which it must be done, for what is done once and not again and again (annex 1).
    pub fn once(&self) -> Option<NaiveDate> {
        let period = self.period_of(NaiveDate::MIN);
        let (first, last) = self.kind.days_of(period);
        // Only what is done once may be done on any day at all.
        (first == NaiveDate::MIN && last == NaiveDate::MAX).then(|| self.kind.last_day(period))
    }

    /// The period for which something done on `day` counts.
    pub fn period_of(&self, day: NaiveDate) -> Period {
        self.kind.period_of(self.cadence, day)
    }

    /// The last day on which the period's work is on time.
    pub fn due_on(&self, period: Period, calendar: &Calendar) -> NaiveDate {
        self.grace(self.kind.last_day(period), calendar)
    }

    /// The last of the days of grace after `day`.
    pub fn grace(&self, day: NaiveDate, calendar: &Calendar) -> NaiveDate {
        let last = day.checked_add_days(Days::new(self.grace_days)).unwrap_or(NaiveDate::MAX);
        if self.grace_workdays == 0 { last } else { calendar.add_workdays(last, self.grace_workdays) }
    }
}
