//! The definitions, counted over the list of facts: what belongs where, what counts for what, how everything stands.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use wangge::grid::{
    calendar::{Calendar, Period},
    fact::{Body, Fact, FactId, NodeRecord, StoreOpened, Topic},
    org::{Form, Post},
    pack::HOLIDAYS,
    standing::{Counts, DutyState},
};

use super::{
    super::{
        history::{MORE_DUTIES, Written},
        world::{day, tiny_duties},
    },
    row::Row,
};

/// A period as (months long, place in the sequence).
pub type Span = (i32, i32);
/// (duty, node, span, have, on time).
pub type Cell = (usize, String, i32, u32, u32);
/// (duty, place, what started it, state, have, need, due on).
pub type Stand = (usize, i32, Option<FactId>, DutyState, u32, u32, NaiveDate);

pub struct Oracle<'a> {
    pub duties: Vec<Row>,
    pub live: Vec<&'a Fact>,
    pub facts: &'a [Written],
    pub opened: StoreOpened,
    pub nodes: BTreeMap<&'a str, &'a NodeRecord>,
    /// By unit: its division, and where it belonged from which day on.
    pub units: BTreeMap<&'a str, (&'a str, BTreeMap<NaiveDate, Option<&'a str>>)>,
    /// Where a unit was ever said to belong.
    ever: BTreeSet<(&'a str, &'a str)>,
    calendar: Calendar,
}

impl<'a> Oracle<'a> {
    pub fn new(facts: &'a [Written]) -> Oracle<'a> {
        let all = || facts.iter().map(|(_, fact)| fact);
        // A fact is taken back by who names it at its own place.
        let named = |fact: &'a Fact| {
            let of = match &fact.draft.body {
                Body::Withdrawn(withdrawn) => Some(withdrawn.of),
                _ => fact.draft.replaces,
            };
            Some((of?, &fact.draft.at, &fact.draft.subject))
        };
        let own = |fact: &'a Fact| (fact.id, &fact.draft.at, &fact.draft.subject);
        let gone: BTreeSet<_> = all().filter_map(named).collect();
        let mut oracle = Oracle {
            duties: Row::all(&tiny_duties(MORE_DUTIES)),
            live: all().filter(|fact| !gone.contains(&own(fact))).collect(),
            facts,
            opened: StoreOpened { pack: String::new(), from: NaiveDate::MAX, sample: false, key: Vec::new() },
            nodes: BTreeMap::new(),
            units: BTreeMap::new(),
            ever: BTreeSet::new(),
            calendar: Calendar::parse(HOLIDAYS).unwrap(),
        };
        let mut dead = BTreeSet::new();
        for fact in all() {
            let subject = fact.draft.subject.as_deref();
            let no_unit = matches!(fact.draft.body, Body::Node(_) | Body::Person(_) | Body::Post(_) | Body::Exempt(_));
            let no_unit = no_unit || matches!(fact.draft.body, Body::Withdrawn(_) | Body::ProblemClosed(_));
            // A record that was withdrawn before it came never named its unit.
            let came_dead = dead.contains(&own(fact));
            dead.extend(named(fact));
            if let Some(unit) = subject.filter(|_| !no_unit && !came_dead) {
                oracle.units.entry(unit).or_default();
            }
        }
        // The later word counts: by when it was recorded, then by its name.
        let mut said: Vec<&Fact> = all().collect();
        said.sort_by_key(|fact| (fact.recorded_ms, fact.id));
        for fact in said {
            let subject = fact.draft.subject.as_deref();
            let row = subject.and_then(|unit| oracle.units.get_mut(unit));
            match (&fact.draft.body, row) {
                (Body::StoreOpened(opened), _) => oracle.opened = opened.clone(),
                (Body::Node(record), _) => drop(oracle.nodes.insert(subject.unwrap(), record)),
                (Body::Unit(record), Some(row)) => row.0 = &record.division,
                (Body::Placement(placed), Some(row)) => {
                    row.1.insert(placed.from, fact.draft.at.as_deref());
                    oracle.ever.extend(subject.zip(fact.draft.at.as_deref()));
                }
                _ => {}
            }
        }
        oracle
    }

    pub fn grid_on(&self, unit: &str, day: NaiveDate) -> Option<&'a str> {
        self.units[unit].1.range(..=day).next_back().and_then(|(_, grid)| *grid)
    }

    /// The grid of a unit, where a matter that was started at a node goes along with the unit.
    pub(super) fn followed_to(&self, unit: &str, at: &str, day: NaiveDate) -> Option<&'a str> {
        let is_within = |grid: &str| self.nodes.contains_key(at) && self.subtree(at).contains(&grid);
        self.grid_on(unit, day).filter(|grid| self.ever.contains(&(unit, at)) || *grid == at || is_within(grid))
    }

    pub(super) fn members(&self, node: &str, day: NaiveDate) -> u32 {
        self.units.keys().filter(|unit| self.grid_on(unit, day) == Some(node)).count() as u32
    }

    fn children(&self, node: &str) -> Vec<&'a str> {
        let below = self.nodes.iter().filter(|(_, child)| child.parent.as_deref() == Some(node));
        below.map(|(id, _)| *id).collect()
    }

    pub(super) fn subtree(&self, node: &str) -> Vec<&'a str> {
        let (own, _) = self.nodes.get_key_value(node).unwrap();
        let below = self.children(node).into_iter().flat_map(|child| self.subtree(child));
        std::iter::once(*own).chain(below).collect()
    }

    /// The first day of a node's duties.
    pub(super) fn from(&self, node: &str) -> NaiveDate {
        self.opened.from.max(self.nodes[node].from)
    }

    pub(super) fn exists_on(&self, node: &str, day: NaiveDate) -> bool {
        self.nodes[node].from <= day && self.nodes[node].to.is_none_or(|to| day < to)
    }

    /// The last day on which the node was there, or today.
    fn last(&self, node: &str, today: NaiveDate) -> NaiveDate {
        self.nodes[node].to.map_or(today, |to| to.pred_opt().unwrap().min(today))
    }

    pub(super) fn is_grid(&self, node: &str) -> bool {
        self.nodes[node].level == 3
    }

    /// Who carries on a node's open work on a day.
    pub(super) fn heir(&self, node: &'a str, day: NaiveDate) -> &'a str {
        let mut path = vec![node];
        while let Some(record) = self.nodes.get(path[path.len() - 1]).filter(|n| n.to.is_some_and(|to| to <= day)) {
            match record.into.as_deref() {
                Some(next) if !path.contains(&next) => path.push(next),
                _ => break,
            }
        }
        path[path.len() - 1]
    }

    /// The members that a period is reckoned on; none where nothing is owed.
    fn reckoned(&self, node: &str, (first, last): (NaiveDate, NaiveDate)) -> Option<u32> {
        let from = self.from(node);
        if self.nodes[node].to.is_some_and(|to| to <= last) {
            return None;
        }
        // Founded within the period: units that were elsewhere at its start are counted there.
        let start = first.max(self.opened.from);
        if self.is_grid(node) && self.nodes[node].from > start {
            let members = self.units.keys().filter(|unit| self.grid_on(unit, from) == Some(node));
            let (fresh, others): (Vec<&str>, Vec<&str>) = members.partition(|unit| self.grid_on(unit, start).is_none());
            let empty = others.is_empty() && self.members(node, last.max(from)) == 0;
            let none = fresh.is_empty() && (!others.is_empty() || empty);
            return (!none).then_some(fresh.len() as u32);
        }
        let members = self.members(node, first.max(from));
        (members > 0 || !self.is_grid(node) || self.members(node, last.max(from)) > 0).then_some(members)
    }

    /// (have, on time) of a duty at a node in a period: distinct units, or unit-days of visits and other records.
    pub fn counted(&self, own: usize, node: &str, span: Span) -> (u32, u32) {
        let duty = &self.duties[own];
        let within =
            |at: &str| at == node || (duty.adds_up() && self.nodes.contains_key(at) && self.is_below(at, node));
        let due = self.due(duty, span);
        if duty.least > 0 {
            return self.amounts(own, node, span, due);
        }
        let mut seen: BTreeMap<(&str, &str, NaiveDate, Option<FactId>), bool> = BTreeMap::new();
        for fact in &self.live {
            let draft = &fact.draft;
            let Some(at) = draft.at.as_deref().filter(|at| within(at)) else { continue };
            if !duty.fed_by(&draft.body) || duty.span_of(counts_on(fact)) != span {
                continue;
            }
            let subject = draft.subject.as_deref().unwrap_or_default();
            let key = match (duty.kind.as_str(), &draft.body) {
                ("coverage" | "complete", _) => (at, subject, NaiveDate::MIN, None),
                (_, Body::Visit(_)) => (at, subject, counts_on(fact), None),
                _ => (at, subject, counts_on(fact), Some(fact.id)),
            };
            *seen.entry(key).or_default() |= written_on(fact) <= due;
        }
        (seen.len() as u32, seen.values().filter(|on_time| **on_time).count() as u32)
    }

    /// How many units have enough hours together, and how many had by the due day.
    fn amounts(&self, own: usize, node: &str, span: Span, due: NaiveDate) -> (u32, u32) {
        let duty = &self.duties[own];
        let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
        for fact in self.live.iter().filter(|fact| fact.draft.at.as_deref() == Some(node)) {
            let Body::Record(record) = &fact.draft.body else { continue };
            if duty.fed_by(&fact.draft.body) && duty.span_of(counts_on(fact)) == span {
                let hours = record.number("hours").unwrap_or(0);
                let sum = sums.entry(fact.draft.subject.as_deref().unwrap_or_default()).or_default();
                sum.0 += hours;
                sum.1 += if written_on(fact) <= due { hours } else { 0 };
            }
        }
        let enough = |hours: i64| hours >= i64::from(duty.least);
        let count = |of: fn(&(i64, i64)) -> i64| sums.values().filter(|sum| enough(of(sum))).count() as u32;
        (count(|sum| sum.0), count(|sum| sum.1))
    }

    pub(super) fn is_below(&self, node: &str, above: &str) -> bool {
        self.nodes[node].parent.as_deref().is_some_and(|up| up == above || self.is_below(up, above))
    }

    fn due(&self, duty: &Row, span: Span) -> NaiveDate {
        let last = duty.milestone.map_or(days_of(span).1, |(year, month, day)| {
            NaiveDate::from_ymd_opt(year.unwrap_or(span.1), month, day).unwrap()
        });
        self.grace(duty, last)
    }

    pub(super) fn grace(&self, duty: &Row, from: NaiveDate) -> NaiveDate {
        self.workdays(from.checked_add_days(Days::new(duty.grace_days)).unwrap(), duty.grace_workdays)
    }

    pub(super) fn workdays(&self, from: NaiveDate, n: u32) -> NaiveDate {
        let mut days = from.iter_days().skip(1).filter(|day| self.calendar.is_workday(*day));
        if n == 0 { from } else { days.nth(n as usize - 1).unwrap() }
    }

    /// (have, on time, need) of a period.
    fn measure(&self, own: usize, node: &str, span: Span) -> (u32, u32, u32) {
        let duty = &self.duties[own];
        let days = days_of(span);
        let (have, on_time) = self.counted(own, node, span);
        if duty.kind == "each" {
            let start = days.0.max(self.from(node));
            let asked = |child: &&str| {
                self.is_grid(child)
                    && self.from(child) <= start
                    && self.exists_on(child, start)
                    && self.reckoned(child, days).is_some()
            };
            let grids: Vec<_> = self.children(node).into_iter().filter(asked).collect();
            let enough = |n: u32| n >= duty.count;
            let counts: Vec<_> = grids.iter().map(|grid| self.counted(own, grid, span)).collect();
            let have = counts.iter().filter(|(have, _)| enough(*have)).count() as u32;
            let on_time = counts.iter().filter(|(_, on_time)| enough(*on_time)).count() as u32;
            return (have, on_time, grids.len() as u32);
        }
        let need = match self.reckoned(node, days) {
            None => 0,
            Some(members) => match duty.kind.as_str() {
                "complete" => members,
                "coverage" => (0..=members).find(|n| n * 100 >= members * duty.percent).unwrap(),
                _ => duty.count,
            },
        };
        (have, on_time, need)
    }

    fn is_exempt(&self, own: usize, node: &str, span: Span) -> bool {
        self.live.iter().any(|fact| match &fact.draft.body {
            Body::Exempt(exempt) => {
                let period = Period::parse(&exempt.period).unwrap();
                exempt.duty == self.duties[own].id
                    && fact.draft.at.as_deref() == Some(node)
                    && (period.cadence.months() as i32, period.ordinal()) == span
            }
            _ => false,
        })
    }

    pub(super) fn state(
        &self,
        own: usize,
        node: &str,
        today: NaiveDate,
        span: Span,
        m: (u32, u32, u32),
        due: NaiveDate,
    ) -> Stand {
        let (have, on_time, need) = m;
        let state = match () {
            () if need == 0 => DutyState::NotApplicable,
            () if on_time >= need => DutyState::Met,
            () if have >= need => DutyState::MetLate,
            () if self.is_exempt(own, node, span) => DutyState::Exempt,
            () if today > due => DutyState::Overdue,
            () if today >= due.checked_sub_days(Days::new(self.duties[own].lead_days)).unwrap() => DutyState::DueSoon,
            () if have > 0 => DutyState::InProgress,
            () => DutyState::NotStarted,
        };
        (own, span.1, None, state, have, need, due)
    }

    /// How one duty stands at a node: what runs, what is not due yet, and all that is overdue.
    pub(super) fn stands(&self, own: usize, node: &str, today: NaiveDate) -> Vec<Stand> {
        let duty = &self.duties[own];
        let (from, last) = (self.from(node), self.last(node, today));
        if from > last {
            return Vec::new();
        }
        match duty.kind.as_str() {
            "response" => self.responses(own, node, today),
            "monitor" if last < today => Vec::new(),
            "monitor" if self.is_grid(node) && self.members(node, today) == 0 => Vec::new(),
            "monitor" => vec![self.monitored(own, node, today)],
            "milestone" if duty.is_once() => {
                let span = duty.span_of(today);
                let due = self.due(duty, span);
                let stand = self.state(own, node, today, span, self.measure_once(own, node, span), due);
                let asked = from <= due && self.nodes[node].to.is_none_or(|to| due <= to);
                let kept = days_of(span).1 >= today || stand.3 == DutyState::Overdue;
                if asked && kept { vec![stand] } else { Vec::new() }
            }
            _ => {
                let spans: BTreeSet<Span> = from
                    .iter_days()
                    .take_while(|day| *day <= last)
                    .map(|day| duty.span_of(day))
                    .filter(|span| self.due(duty, *span) >= from)
                    .collect();
                let stand = |span: Span| {
                    self.state(own, node, today, span, self.measure(own, node, span), self.due(duty, span))
                };
                let runs = |stand: &Stand, span: Span| days_of(span).1 >= today || stand.6 >= today;
                let stands = spans.into_iter().map(|span| (stand(span), span));
                let kept = stands.filter(|(stand, span)| runs(stand, *span) || stand.3 == DutyState::Overdue);
                kept.map(|(stand, _)| stand).collect()
            }
        }
    }

    fn measure_once(&self, own: usize, node: &str, span: Span) -> (u32, u32, u32) {
        let (have, on_time) = self.counted(own, node, span);
        (have, on_time, self.duties[own].count)
    }

    /// What a node owes.
    pub fn owes(&self, node: &str, today: NaiveDate) -> BTreeSet<Stand> {
        let row = self.nodes[node];
        let applies = |own: &usize| self.duties[*own].post_at(row).is_some();
        (0..self.duties.len()).filter(applies).flat_map(|own| self.stands(own, node, today)).collect()
    }

    /// Where each unit that belongs to no grid is flagged.
    pub(super) fn loose(&self, today: NaiveDate) -> impl Iterator<Item = &'a str> {
        self.units.iter().filter(move |(unit, _)| self.grid_on(unit, today).is_none()).map(|(_, (division, _))| {
            let area = division.get(..9).and_then(|area| self.nodes.get_key_value(area));
            area.map_or("330", |(id, _)| *id)
        })
    }

    /// The counts of a node and all below it; `owed` is what each of them owes.
    pub fn counts(&self, node: &str, owed: &BTreeMap<&str, BTreeSet<Stand>>, today: NaiveDate) -> Counts {
        let mut counts = Counts::default();
        for stand in &owed[node] {
            match stand.3 {
                DutyState::Overdue => counts.overdue += 1,
                DutyState::DueSoon => counts.due_soon += 1,
                DutyState::InProgress | DutyState::NotStarted => counts.open += 1,
                DutyState::Met | DutyState::MetLate => counts.met += 1,
                _ => {}
            }
            let duty = &self.duties[stand.0];
            if duty.kind == "coverage" && duty.span_of(today).1 == stand.1 {
                counts.reached += stand.4.min(stand.5);
                counts.quota += stand.5;
            }
        }
        let open = self.clocks_at(node, today).filter(|clock| clock.is_open() && clock.opened <= today);
        counts.clocks = open.count() as u32;
        counts.unplaced = self.loose(today).filter(|at| *at == node).count() as u32;
        self.children(node).into_iter().for_each(|child| counts += self.counts(child, owed, today));
        counts
    }

    pub fn last_visit(&self, unit: &str) -> Option<NaiveDate> {
        let ours =
            |fact: &&&Fact| matches!(fact.draft.body, Body::Visit(_)) && fact.draft.subject.as_deref() == Some(unit);
        self.live.iter().filter(ours).map(|fact| fact.draft.occurred).max()
    }

    /// Every tally that is not nothing.
    pub fn cells(&self) -> BTreeSet<Cell> {
        let mut out = BTreeSet::new();
        for fact in &self.live {
            for (own, duty) in self.duties.iter().enumerate().filter(|(_, duty)| duty.fed_by(&fact.draft.body)) {
                let at = fact.draft.at.as_deref().unwrap();
                let span = duty.span_of(counts_on(fact));
                let above = self.nodes.keys().filter(|up| self.nodes.contains_key(at) && self.is_below(at, up));
                let above = above.copied().filter(|_| duty.adds_up());
                for node in std::iter::once(at).chain(above) {
                    let (have, on_time) = self.counted(own, node, span);
                    if have > 0 {
                        out.insert((own, node.to_owned(), span.1, have, on_time));
                    }
                }
            }
        }
        out
    }
}

/// Whether a record counts for anything at all.
pub fn counts_at_all(body: &Body) -> bool {
    matches!(body, Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::Record(_))
}

/// The day on which a record counts: its own, or the nearest of the period that it is for.
pub fn counts_on(fact: &Fact) -> NaiveDate {
    let occurred = fact.draft.occurred;
    let period = match &fact.draft.body {
        Body::Done(done) => done.period.as_deref().and_then(Period::parse),
        Body::Record(record) => ["period", "year"].into_iter().find_map(|key| Period::parse(record.text(key))),
        _ => None,
    };
    period.map_or(occurred, |period| occurred.max(period.first()).min(period.last()))
}

pub fn days_of((length, place): Span) -> (NaiveDate, NaiveDate) {
    let first = |month: i32| NaiveDate::from_ymd_opt(month / 12, month as u32 % 12 + 1, 1).unwrap();
    (first(length * place), first(length * (place + 1)).pred_opt().unwrap())
}

/// The county's day on which a fact was written: eight hours east of UTC.
pub fn written_on(fact: &Fact) -> NaiveDate {
    let days = (fact.received_ms + 8 * 3_600_000).div_euclid(86_400_000);
    day("1970-01-01").checked_add_days(Days::new(days as u64)).unwrap()
}

/// Whether a visit is about a topic: every visit is a call as well (M-7).
pub fn is_about(topics: &[Topic], topic: &str) -> bool {
    let asked = match topic {
        "call" => return true,
        "ledger" => Topic::Ledger,
        "law" => Topic::Law,
        "policy" => Topic::Policy,
        "guidance" => Topic::Guidance,
        _ => unreachable!("{topic}"),
    };
    topics.contains(&asked)
}

/// A seat as it is written.
pub fn seat(text: &str) -> (u8, Form, Post) {
    let parts: Vec<&str> = text.split('/').collect();
    let form = match parts[1] {
        "vertical" => Form::Vertical,
        "flat" => Form::Flat,
        _ => Form::Office,
    };
    let post = match parts[2] {
        "leader" => Post::Leader,
        "deputy" => Post::Deputy,
        "member" => Post::Member,
        _ => Post::Guide,
    };
    (parts[0].parse().unwrap(), form, post)
}
