//! An oracle that counts over the list of facts, straight from the definitions, and properties over random histories
//! that hold the kept state against it. `WANGGE_RULES_CASES` sets how many histories are played (150).
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use proptest::{prelude::*, test_runner::Config};
use wangge::grid::{
    fact::{Body, Fact, FactId, NodeRecord, StoreOpened, Topic},
    org::NodeIx,
    pack::{Duty, Evidence, Pack},
    standing::{Counts, DutyState, Overview, standings_at},
    state::State,
};

use super::{
    history::{Written, is_structure, pack, play, steps},
    overview::check,
    world::day,
};

/// A period as (months long, place in the sequence).
type Span = (i32, i32);
/// (duty, node, span, have, on time).
type Row = (usize, String, i32, u32, u32);
/// (duty, place, state, have, need, due on).
type Stand = (usize, i32, DutyState, u32, u32, NaiveDate);

struct Oracle<'a> {
    pack: &'a Pack,
    live: Vec<&'a Fact>,
    opened: StoreOpened,
    nodes: BTreeMap<&'a str, &'a NodeRecord>,
    /// By unit: its division, and where it belonged from which day on.
    units: BTreeMap<&'a str, (&'a str, BTreeMap<NaiveDate, Option<&'a str>>)>,
}

impl<'a> Oracle<'a> {
    fn new(pack: &'a Pack, facts: &'a [Written]) -> Oracle<'a> {
        let facts = || facts.iter().map(|(_, fact)| fact);
        let named = |fact: &Fact| match &fact.draft.body {
            Body::Withdrawn(withdrawn) => Some(withdrawn.of),
            _ => fact.draft.replaces,
        };
        let gone: BTreeSet<FactId> = facts().filter_map(named).collect();
        let mut oracle = Oracle {
            pack,
            live: facts().filter(|fact| !gone.contains(&fact.id)).collect(),
            opened: StoreOpened { pack: String::new(), from: NaiveDate::MAX, sample: false },
            nodes: BTreeMap::new(),
            units: BTreeMap::new(),
        };
        let mut dead: BTreeSet<FactId> = BTreeSet::new();
        for fact in facts() {
            let subject = fact.draft.subject.as_deref();
            let unit = subject.filter(|_| !matches!(fact.draft.body, Body::Node(_) | Body::Person(_) | Body::Post(_)));
            let unit = unit.filter(|_| !matches!(fact.draft.body, Body::Withdrawn(_) | Body::ProblemClosed(_)));
            // A record that was withdrawn before it came never named its unit.
            let came_dead = dead.contains(&fact.id);
            dead.extend(named(fact));
            let row = unit.filter(|_| !came_dead).map(|unit| oracle.units.entry(unit).or_default());
            match (&fact.draft.body, row) {
                (Body::StoreOpened(opened), _) => oracle.opened = opened.clone(),
                (Body::Node(record), _) => drop(oracle.nodes.insert(subject.unwrap(), record)),
                (Body::Unit(record), Some(row)) => row.0 = &record.division,
                (Body::Placement(placed), Some(row)) => drop(row.1.insert(placed.from, fact.draft.at.as_deref())),
                _ => {}
            }
        }
        oracle
    }

    fn grid_on(&self, unit: &str, day: NaiveDate) -> Option<&'a str> {
        self.units[unit].1.range(..=day).next_back().and_then(|(_, grid)| *grid)
    }

    fn members(&self, node: &str, day: NaiveDate) -> u32 {
        self.units.keys().filter(|unit| self.grid_on(unit, day) == Some(node)).count() as u32
    }

    /// (have, on time) of a duty at a node in a period: distinct units, or unit-days of visits and other records.
    fn counted(&self, own: usize, node: &str, span: Span) -> (u32, u32) {
        let duty = &self.pack.duties[own];
        let due = due_on(duty, span);
        let (first, last) = days_of(span);
        let mut seen: BTreeMap<(&str, NaiveDate, Option<FactId>), bool> = BTreeMap::new();
        for fact in &self.live {
            let draft = &fact.draft;
            let in_time = first <= draft.occurred && draft.occurred <= last;
            if draft.at.as_deref() != Some(node) || !in_time || !feeds(duty, &draft.body) {
                continue;
            }
            let subject = draft.subject.as_deref().unwrap_or_default();
            let key = match (duty.kind.name(), &draft.body) {
                ("coverage" | "complete", _) => (subject, NaiveDate::MIN, None),
                (_, Body::Visit(_)) => (subject, draft.occurred, None),
                _ => (subject, draft.occurred, Some(fact.id)),
            };
            *seen.entry(key).or_default() |= written_on(fact) <= due;
        }
        (seen.len() as u32, seen.values().filter(|on_time| **on_time).count() as u32)
    }

    fn need(&self, own: usize, node: &str, span: Span) -> u32 {
        let duty = &self.pack.duties[own];
        let (first, last) = days_of(span);
        let start = first.max(self.opened.from).max(self.nodes[node].from);
        let members = self.members(node, start);
        if self.nodes[node].level == 3 && members == 0 && self.members(node, last) == 0 {
            return 0;
        }
        match duty.kind.name() {
            "complete" => members,
            "coverage" => (0..=members).find(|n| n * 100 >= members * duty.percent.unwrap()).unwrap(),
            _ => duty.count.unwrap(),
        }
    }

    fn state(&self, own: usize, node: &str, span: Span, today: NaiveDate) -> Stand {
        let duty = &self.pack.duties[own];
        let (have, on_time) = self.counted(own, node, span);
        let need = self.need(own, node, span);
        let due = due_on(duty, span);
        let state = match () {
            () if need == 0 => DutyState::NotApplicable,
            () if on_time >= need => DutyState::Met,
            () if have >= need => DutyState::MetLate,
            () if today > due => DutyState::Overdue,
            () if today >= due.checked_sub_days(Days::new(duty.lead_days as u64)).unwrap() => DutyState::DueSoon,
            () if have > 0 => DutyState::InProgress,
            () => DutyState::NotStarted,
        };
        (own, span.1, state, have, need, due)
    }

    /// What a node owes: everything of the running period, everything not due yet, and all that is overdue.
    fn owes(&self, node: &str, today: NaiveDate) -> BTreeSet<Stand> {
        let row = self.nodes[node];
        let from = self.opened.from.max(row.from);
        let mut out = BTreeSet::new();
        for (own, duty) in self.pack.duties.iter().enumerate() {
            if !duty.levels.contains(&row.level) || !duty.forms.contains(&row.form) {
                continue;
            }
            let days = from.iter_days().take_while(|day| *day <= today && row.to.is_none_or(|to| *day < to));
            let spans: BTreeSet<Span> = days.map(|day| span_of(duty, day)).collect();
            for span in spans {
                let stand = self.state(own, node, span, today);
                if span == span_of(duty, today) || stand.5 >= today || stand.2 == DutyState::Overdue {
                    out.insert(stand);
                }
            }
        }
        out
    }

    /// The counts of a node and all below it; `owed` is what each of them owes.
    fn counts(&self, node: &str, owed: &BTreeMap<&str, BTreeSet<Stand>>, today: NaiveDate) -> Counts {
        let mut counts = Counts::default();
        for stand in &owed[node] {
            match stand.2 {
                DutyState::Overdue => counts.overdue += 1,
                DutyState::DueSoon => counts.due_soon += 1,
                DutyState::InProgress | DutyState::NotStarted => counts.open += 1,
                DutyState::Met | DutyState::MetLate => counts.met += 1,
                _ => {}
            }
        }
        let flagged = |unit: &&&str| {
            let area = self.units[**unit].0.get(..9).filter(|area| self.nodes.contains_key(area)).unwrap_or("330");
            self.grid_on(unit, today).is_none() && area == node
        };
        counts.unplaced = self.units.keys().filter(flagged).count() as u32;
        for (child, _) in self.nodes.iter().filter(|(_, child)| child.parent.as_deref() == Some(node)) {
            counts += self.counts(child, owed, today);
        }
        counts
    }

    /// The visits with a problem that nothing closed: no live closing names them or a version that they correct.
    fn open_problems(&self, facts: &[Written]) -> BTreeSet<FactId> {
        let of = |fact: &&&Fact| match &fact.draft.body {
            Body::ProblemClosed(closed) => Some(closed.of),
            _ => None,
        };
        let closed: BTreeSet<FactId> = self.live.iter().filter_map(|fact| of(&fact)).collect();
        let before =
            |id: FactId| facts.iter().find(|(_, fact)| fact.id == id).and_then(|(_, fact)| fact.draft.replaces);
        let is_open = |fact: &&&Fact| {
            let problem = matches!(&fact.draft.body, Body::Visit(visit) if visit.problem.is_some());
            problem && !std::iter::successors(Some(fact.id), |id| before(*id)).any(|id| closed.contains(&id))
        };
        self.live.iter().filter(is_open).map(|fact| fact.id).collect()
    }

    fn last_visit(&self, unit: &str) -> Option<NaiveDate> {
        let ours =
            |fact: &&&Fact| matches!(fact.draft.body, Body::Visit(_)) && fact.draft.subject.as_deref() == Some(unit);
        self.live.iter().filter(ours).map(|fact| fact.draft.occurred).max()
    }

    fn rows(&self) -> BTreeSet<Row> {
        let mut out = BTreeSet::new();
        for fact in &self.live {
            for (own, duty) in self.pack.duties.iter().enumerate().filter(|(_, duty)| feeds(duty, &fact.draft.body)) {
                let node = fact.draft.at.clone().unwrap();
                let span = span_of(duty, fact.draft.occurred);
                let (have, on_time) = self.counted(own, &node, span);
                out.insert((own, node, span.1, have, on_time));
            }
        }
        out
    }
}

fn feeds(duty: &Duty, body: &Body) -> bool {
    duty.evidence.iter().any(|evidence| match (evidence, body) {
        // Every visit is a call as well (M-7).
        (Evidence::Visit(None | Some(Topic::Call)), Body::Visit(_)) => true,
        (Evidence::Visit(Some(topic)), Body::Visit(visit)) => visit.topics.contains(topic),
        (Evidence::Session(kind), Body::Session(session)) => *kind == session.kind,
        (Evidence::Done, Body::Done(done)) => done.duty == duty.id,
        _ => false,
    })
}

fn span_of(duty: &Duty, day: NaiveDate) -> Span {
    let length = duty.cadence.months() as i32;
    (length, (day.year() * 12 + day.month() as i32 - 1) / length)
}

fn days_of((length, place): Span) -> (NaiveDate, NaiveDate) {
    let first = |month: i32| NaiveDate::from_ymd_opt(month / 12, month as u32 % 12 + 1, 1).unwrap();
    (first(length * place), first(length * (place + 1)).pred_opt().unwrap())
}

fn due_on(duty: &Duty, span: Span) -> NaiveDate {
    days_of(span).1.checked_add_days(Days::new(duty.grace_days)).unwrap()
}

/// The county's day on which a fact was written: eight hours east of UTC.
fn written_on(fact: &Fact) -> NaiveDate {
    let days = (fact.recorded_ms + 8 * 3_600_000).div_euclid(86_400_000);
    day("1970-01-01").checked_add_days(Days::new(days as u64)).unwrap()
}

fn id(state: &State, node: NodeIx) -> String {
    state.org().node(node).id.clone()
}

fn rows(state: &State) -> BTreeSet<Row> {
    let row = |(duty, node, place, tally): (usize, NodeIx, i32, wangge::grid::duty::Tally)| {
        (duty, id(state, node), place, tally.have, tally.on_time)
    };
    state.tallies().rows().map(row).collect()
}

fn standings(state: &State, node: NodeIx, today: NaiveDate) -> BTreeSet<Stand> {
    let stand = |s: &wangge::grid::standing::Standing| {
        assert_eq!((s.node, s.days_left), (node, (s.due_on - today).num_days()));
        (s.duty, s.period.ordinal(), s.state, s.have, s.need, s.due_on)
    };
    let list = standings_at(state, node, today);
    let order: Vec<_> = list.iter().map(|s| (s.state != DutyState::Overdue, s.due_on)).collect();
    assert!(order.is_sorted(), "overdue first, then by the due day");
    let set: BTreeSet<Stand> = list.iter().map(stand).collect();
    assert_eq!(set.len(), list.len(), "an instance stands once");
    set
}

/// Holds everything that the state answers against the oracle.
fn compare(state: &State, pack: &Pack, facts: &[Written], today: NaiveDate) {
    let oracle = Oracle::new(pack, facts);
    assert_eq!(rows(state), oracle.rows());
    let overview = Overview::new(state, today);
    let owed: BTreeMap<&str, _> = oracle.nodes.keys().map(|node| (*node, oracle.owes(node, today))).collect();
    for (ix, node) in state.org().nodes().filter(|(_, node)| oracle.nodes.contains_key(node.id.as_str())) {
        assert_eq!(standings(state, ix, today), owed[node.id.as_str()], "{} on {today}", node.id);
        assert_eq!(overview.sum(ix), oracle.counts(&node.id, &owed, today), "{} on {today}", node.id);
    }
    for (ix, unit) in state.org().units() {
        assert_eq!(state.last_visit(ix), oracle.last_visit(&unit.id), "{}", unit.id);
        let grid = state.org().grid_of(ix, today).map(|grid| id(state, grid));
        assert_eq!(grid.as_deref(), oracle.grid_on(&unit.id, today), "{}", unit.id);
    }
    let open = state.problems().iter().filter(|problem| problem.closed.is_none());
    assert_eq!(open.map(|problem| problem.visit).collect::<BTreeSet<_>>(), oracle.open_problems(facts));
}

fn folded(pack: &std::sync::Arc<Pack>, facts: &[Written]) -> State {
    let mut state = State::new(pack.clone());
    facts.iter().for_each(|(_, fact)| drop(state.apply(fact)));
    state
}

/// What a state answers, with names in place of indices, so that states that met things in another order compare.
fn answers(state: &State, today: NaiveDate) -> Vec<String> {
    let overview = Overview::new(state, today);
    let mut out: Vec<String> = rows(state).iter().map(|row| format!("{row:?}")).collect();
    out.extend(
        state
            .org()
            .nodes()
            .map(|(ix, node)| format!("{} {:?} {:?}", node.id, overview.sum(ix), standings(state, ix, today))),
    );
    out.extend(state.org().units().map(|(ix, unit)| {
        let open: BTreeSet<_> = state.open_problems(ix).map(|problem| problem.visit).collect();
        let days: Vec<_> = state.visits(ix).map(|mark| (mark.date(), mark.recorded_on())).collect();
        format!("{} {:?} {:?} {open:?} {}", unit.id, unit.record, state.last_visit(ix), days.len())
    }));
    let session = |s: &wangge::grid::state::SessionLine| format!("{} {} {}", s.id, id(state, s.at), s.day);
    out.extend(state.org().nodes().flat_map(|(ix, _)| state.sessions_at(ix)).map(session));
    out.sort();
    out
}

fn config() -> Config {
    let cases = std::env::var("WANGGE_RULES_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(150);
    Config { cases, failure_persistence: None, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn kept_tallies_standings_and_sums_are_what_the_definitions_say(steps in steps(80)) {
        let pack = pack();
        let facts = play(&steps);
        let mut state = State::new(pack.clone());
        let mut overview = Overview::new(&state, facts[0].0);
        for (n, (today, fact)) in facts.iter().enumerate() {
            let touched = state.apply(fact);
            if overview.today() == *today {
                overview.follow(&state, &touched);
            } else {
                overview = Overview::new(&state, *today);
            }
            check(&overview, &state);
            prop_assert_eq!(state.tallies(), &state.recounted());
            if n % 16 == 0 || n + 1 == facts.len() {
                compare(&state, &pack, &facts[..=n], *today);
            }
        }
        // And long after.
        compare(&state, &pack, &facts, facts[facts.len() - 1].0.checked_add_days(Days::new(200)).unwrap());
    }

    #[test]
    fn the_order_in_which_facts_come_makes_no_difference(
        steps in steps(80),
        places in prop::collection::vec(any::<u32>(), 400),
    ) {
        let pack = pack();
        let facts = play(&steps);
        let today = facts[facts.len() - 1].0;
        // Who and what there is keeps its own order; everything else comes at any place, also before all of it.
        let mut of_structure: Vec<u32> =
            facts.iter().zip(&places).filter(|((_, fact), _)| is_structure(fact)).map(|(_, place)| *place).collect();
        of_structure.sort_unstable_by(|a, b| b.cmp(a));
        let mut keyed: Vec<(u32, Written)> = facts.iter().zip(&places).map(|(written, place)| {
            let place = if is_structure(&written.1) { of_structure.pop().unwrap() } else { *place };
            (place, written.clone())
        }).collect();
        keyed.sort_by_key(|(place, _)| *place);
        let shuffled: Vec<Written> = keyed.into_iter().map(|(_, written)| written).collect();
        let other = folded(&pack, &shuffled);
        prop_assert_eq!(other.tallies(), &other.recounted());
        compare(&other, &pack, &shuffled, today);
        let first = folded(&pack, &facts);
        // A unit or node that only a withdrawn record named is there in the one order and not in the other.
        let named = |state: &State| -> BTreeSet<String> { state.org().units().map(|(_, unit)| unit.id.clone()).collect() };
        if named(&first) == named(&other) {
            prop_assert_eq!(answers(&first, today), answers(&other, today));
        }
    }

    #[test]
    fn a_snapshot_is_the_state_and_goes_on_like_it(steps in steps(80), at in 0_usize..120) {
        let pack = pack();
        let facts = play(&steps);
        let at = at.min(facts.len());
        let mut state = folded(&pack, &facts[..at]);
        let bytes = state.to_snapshot();
        let mut again = State::from_snapshot(bytes.clone(), &pack).unwrap();
        prop_assert_eq!(&again.to_snapshot(), &bytes);
        for (today, fact) in &facts[at..] {
            prop_assert_eq!(state.apply(fact), again.apply(fact));
            prop_assert_eq!(Overview::new(&state, *today).sum(NodeIx(0)), Overview::new(&again, *today).sum(NodeIx(0)));
        }
        prop_assert_eq!(again.tallies(), &again.recounted());
        prop_assert_eq!(again.to_snapshot(), state.to_snapshot());
    }
}
