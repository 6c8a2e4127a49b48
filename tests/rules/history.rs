//! Random histories: what several devices write over some months, in the order in which it was written.
use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use wangge::grid::{
    fact::{
        Acting, Attendance, AttendanceMark, Body, Chain, Done, Draft, Exempt, Fact, FactId, Head, NodeRecord,
        Placement, PostHolding, ProblemClosed, ProblemFound, Record, Session, SessionKind, Topic, UnitRecord, Value,
        Visit, Withdrawn, WriterId,
    },
    org::{Form, Post, Sector},
    pack::Pack,
};

use super::world::{OTHER_TOWN, TOWN, World, code, day, instant, tiny_pack};

/// Duties that exercise what Lanxi's do not: a grace, half-years, a count above one, a township's own.
pub const MORE_DUTIES: &str = include_str!("more.toml");

/// The duties that are done by hand, and one that there is not.
const DUTIES: [&str; 9] =
    ["ledger-guide", "analysis", "ledger-check", "pledge", "guidance", "town", "framework", "plan", "no-such"];
const TOPICS: [Topic; 5] = [Topic::Call, Topic::Ledger, Topic::Law, Topic::Policy, Topic::Guidance];
const GRIDS: [&str; 5] = ["330000001-G01", "330000001-G02", "330000001-N1", "330-F", "330000002-G01"];
pub const FIRST_DAY: &str = "2025-11-05";

/// One step of a history; numbers are taken modulo what there is to choose from.
#[derive(Clone, Debug)]
pub enum Step {
    Days(u8),
    Visit { by: u8, unit: u8, at: u8, back: i8, topics: u8, problem: bool, acting: u8 },
    Session { by: u8, at: u8, back: i8, kind: bool, marks: u8 },
    Done { by: u8, duty: u8, unit: Option<u8>, at: u8, back: i8, ago: u8 },
    Exempt { by: u8, duty: u8, at: u8, ago: u8 },
    Leaves { at: u8, who: u8, back: i8 },
    Ask { by: u8, form: u8, at: u8, unit: Option<u8>, back: i8, due: Option<u8> },
    Reply { by: u8, which: u16, back: i8, closes: bool },
    Hours { by: u8, unit: u8, at: u8, back: i8, hours: u8, ago: u8 },
    Report { by: u8, at: u8, kind: bool, back: i8, ago: u8, acting: u8 },
    Withdraw { by: u8, which: u16 },
    Amend { by: u8, which: u16, unit: u8, back: i8, topics: u8 },
    Close { by: u8, which: u16, back: i8 },
    Place { unit: u8, at: Option<u8>, from: i8 },
    Unit { unit: u8, division: u8 },
    Grid { at: u8, town: bool, closes: bool, into: Option<u8> },
}

/// A fact with the county's day on which it was written.
pub type Written = (NaiveDate, Fact);

/// Steps in the proportions of a busy grid.
pub fn steps(length: usize) -> impl Strategy<Value = Vec<Step>> {
    let back = || -2_i8..60;
    let step = prop_oneof![
        3 => (1_u8..35).prop_map(Step::Days),
        12 => (any::<u8>(), any::<u8>(), any::<u8>(), back(), any::<u8>(), any::<bool>(), any::<u8>()).prop_map(
            |(by, unit, at, back, topics, problem, acting)| Step::Visit { by, unit, at, back, topics, problem, acting }
        ),
        3 => (any::<u8>(), any::<u8>(), back(), any::<bool>(), any::<u8>())
            .prop_map(|(by, at, back, kind, marks)| Step::Session { by, at, back, kind, marks }),
        5 => (any::<u8>(), any::<u8>(), any::<Option<u8>>(), any::<u8>(), back(), any::<u8>())
            .prop_map(|(by, duty, unit, at, back, ago)| Step::Done { by, duty, unit, at, back, ago }),
        2 => (any::<u8>(), any::<u8>(), any::<u8>(), any::<u8>())
            .prop_map(|(by, duty, at, ago)| Step::Exempt { by, duty, at, ago }),
        1 => (any::<u8>(), any::<u8>(), back()).prop_map(|(at, who, back)| Step::Leaves { at, who, back }),
        3 => (any::<u8>(), any::<u8>(), any::<u8>(), any::<Option<u8>>(), back(), any::<Option<u8>>())
            .prop_map(|(by, form, at, unit, back, due)| Step::Ask { by, form, at, unit, back, due }),
        2 => (any::<u8>(), any::<u16>(), back(), any::<bool>())
            .prop_map(|(by, which, back, closes)| Step::Reply { by, which, back, closes }),
        3 => (any::<u8>(), any::<u8>(), any::<u8>(), back(), any::<u8>(), any::<u8>())
            .prop_map(|(by, unit, at, back, hours, ago)| Step::Hours { by, unit, at, back, hours, ago }),
        2 => (any::<u8>(), any::<u8>(), any::<bool>(), back(), any::<u8>(), any::<u8>())
            .prop_map(|(by, at, kind, back, ago, acting)| Step::Report { by, at, kind, back, ago, acting }),
        3 => (any::<u8>(), any::<u16>()).prop_map(|(by, which)| Step::Withdraw { by, which }),
        3 => (any::<u8>(), any::<u16>(), any::<u8>(), back(), any::<u8>())
            .prop_map(|(by, which, unit, back, topics)| Step::Amend { by, which, unit, back, topics }),
        2 => (any::<u8>(), any::<u16>(), back()).prop_map(|(by, which, back)| Step::Close { by, which, back }),
        2 => (any::<u8>(), any::<Option<u8>>(), -40_i8..10).prop_map(|(unit, at, from)| Step::Place { unit, at, from }),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(unit, division)| Step::Unit { unit, division }),
        1 => (any::<u8>(), any::<bool>(), any::<bool>(), any::<Option<u8>>())
            .prop_map(|(at, town, closes, into)| Step::Grid { at, town, closes, into }),
    ];
    prop::collection::vec(step, length..=length)
}

/// The pack of the histories.
pub fn pack() -> std::sync::Arc<Pack> {
    tiny_pack(MORE_DUTIES)
}

/// Plays the steps: the store's beginning, then what they write.
pub fn play(steps: &[Step]) -> Vec<Written> {
    let mut world = World::with(pack(), FIRST_DAY);
    world.enroll("工业第1网格", 1..=4);
    world.enroll("工业第2网格", 5..=7);
    let facts = world.facts.into_iter().map(|fact| (day(FIRST_DAY), fact)).collect();
    let mut writer = Writer {
        chains: (2..6).map(|w| Chain::new(WriterId([w; 16]), Head::default())).collect(),
        today: day(FIRST_DAY),
        facts,
    };
    steps.iter().for_each(|step| writer.step(step));
    writer.facts
}

/// Whether the fact is about who and what there is, where a later word about the same thing counts.
pub fn is_structure(fact: &Fact) -> bool {
    !matches!(
        fact.draft.body,
        Body::Visit(_)
            | Body::Session(_)
            | Body::Done(_)
            | Body::Withdrawn(_)
            | Body::ProblemClosed(_)
            | Body::Exempt(_)
            | Body::Record(_)
    )
}

struct Writer {
    chains: Vec<Chain>,
    today: NaiveDate,
    facts: Vec<Written>,
}

impl Writer {
    fn step(&mut self, step: &Step) {
        match *step {
            Step::Days(n) => self.today = self.today.checked_add_days(Days::new(n.into())).unwrap(),
            Step::Visit { by, unit, at, back, topics, problem, acting } => {
                let body = Body::Visit(Visit { acting: posts(acting), ..visit(topics, problem) });
                self.write(by, Some(grid(at)), Some(unit_id(unit)), None, back, body);
            }
            Step::Session { by, at, back, kind, marks } => {
                let kind = if kind { SessionKind::Training } else { SessionKind::Activity };
                let at = if marks % 7 == 0 { town(at) } else { grid(at) };
                let attendance = roster(marks);
                let session = Session { kind, topic: "题".to_owned(), minutes: 30, attendance, note: String::new() };
                self.write(by, Some(at), None, None, back, Body::Session(session));
            }
            Step::Done { by, duty, unit, at, back, ago } => {
                let duty = DUTIES[usize::from(duty) % DUTIES.len()];
                let of_town = matches!(duty, "town" | "framework" | "plan");
                let at = if of_town { town(at) } else { grid(at) };
                // Some are for a period that is past.
                let period = self.period(duty, ago).filter(|_| ago > 0 && ago < 4);
                let done = Done { duty: duty.to_owned(), period, ..Done::default() };
                self.write(by, Some(at), unit.map(unit_id), None, back, Body::Done(done));
            }
            Step::Exempt { by, duty, at, ago } => {
                let duty = ["visit", "town", "call-each", "framework", "solve", "watch"][usize::from(duty) % 6];
                let at = if matches!(duty, "visit" | "solve") { grid(at) } else { town(at) };
                if let Some(period) = self.period(duty, ago % 3) {
                    let exempt = Exempt { duty: duty.to_owned(), period, ..Exempt::default() };
                    self.write(by, Some(at), None, None, 0, Body::Exempt(exempt));
                }
            }
            Step::Leaves { at, who, back } => {
                let to = Some(back_from(self.today, back));
                let post = PostHolding { post: Post::Member, from: day(FIRST_DAY), to, change: true, stand_in: false };
                self.structure(Some(grid(at)), format!("P{}", who % 3), Body::Post(post));
            }
            Step::Ask { by, form, at, unit, back, due } => {
                let due = due.map(|days| back_from(self.today, -((days % 20) as i8)));
                let record = asked(form, due);
                self.write(by, Some(grid(at)), unit.map(unit_id), None, back, Body::Record(record));
            }
            Step::Reply { by, which, back, closes } => self.reply(by, which, back, closes),
            Step::Hours { by, unit, at, back, hours, ago } => {
                let year = (self.today.year() - i32::from(ago % 2)).to_string();
                let values = [("year", Value::Text(year)), ("hours", Value::Number((hours % 15).into()))];
                let record = form("education", values);
                self.write(by, Some(grid(at)), Some(unit_id(unit)), None, back, Body::Record(record));
            }
            Step::Report { by, at, kind, back, ago, acting } => {
                let kind = if kind { "economy" } else { "operation" };
                let period = self.period("economy", ago % 3).filter(|_| ago < 200);
                let values = [("kind", Value::Text(kind.to_owned()))];
                let mut record = Record { acting: posts(acting), ..form("report", values) };
                record.values.extend(period.map(|period| ("period".to_owned(), Value::Text(period))));
                self.write(by, Some(grid(at)), None, None, back, Body::Record(record));
            }
            Step::Withdraw { by, which } => self.withdraw(by, which),
            Step::Amend { by, which, unit, back, topics } => self.amend(by, which, unit, back, topics),
            Step::Close { by, which, back } => {
                if let Some(visit) =
                    self.pick(which, |fact| matches!(&fact.draft.body, Body::Visit(v) if v.problem.is_some()))
                {
                    let body = Body::ProblemClosed(ProblemClosed { of: visit.id, note: String::new() });
                    self.write(by, visit.draft.at.clone(), visit.draft.subject.clone(), None, back, body);
                }
            }
            Step::Place { unit, at, from } => {
                let body = Body::Placement(Placement { from: back_from(self.today, -from) });
                self.structure(at.map(grid), unit_id(unit), body);
            }
            Step::Unit { unit, division } => {
                let division =
                    [TOWN, OTHER_TOWN, "330000002001", "999999999", ""][usize::from(division) % 5].to_owned();
                let record =
                    UnitRecord { code: unit_id(unit), name: "某厂".to_owned(), division, ..UnitRecord::default() };
                self.structure(None, unit_id(unit), Body::Unit(record));
            }
            Step::Grid { at, town, closes, into } => {
                let record = NodeRecord {
                    name: format!("网格{at}"),
                    parent: Some([TOWN, OTHER_TOWN][usize::from(town)].to_owned()),
                    level: 3,
                    form: Form::Vertical,
                    sector: Some(Sector::Industry),
                    from: back_from(self.today, 20),
                    to: closes.then_some(self.today),
                    into: into.map(grid),
                };
                self.structure(Some(grid(at)), grid(at), Body::Node(record));
            }
        }
    }

    /// The duty's period so many periods ago.
    fn period(&self, duty: &str, ago: u8) -> Option<String> {
        let pack = pack();
        let (_, duty) = pack.duty(duty)?;
        Some(duty.period_of(self.today).shifted(-i32::from(ago)).to_string())
    }

    fn withdraw(&mut self, by: u8, which: u16) {
        let may = |fact: &Fact| !is_structure(fact) && !matches!(fact.draft.body, Body::Withdrawn(_));
        if let Some(target) = self.pick(which, may) {
            let body = Body::Withdrawn(Withdrawn { of: target.id, reason: String::new() });
            // Some say so elsewhere, which takes nothing back.
            let beside = !which.is_multiple_of(5);
            let at = target.draft.at.filter(|_| beside || which.is_multiple_of(2));
            self.write(by, at, target.draft.subject.filter(|_| beside), None, 0, body);
        }
    }

    /// Answers something that was asked, or takes a step on the way.
    fn reply(&mut self, by: u8, which: u16, back: i8, closes: bool) {
        let Some(of) = self.pick(which, |fact| asks(&fact.draft.body).is_some()) else { return };
        let record = match (asks(&of.draft.body), closes) {
            (Some("question"), _) => form("answer", []),
            (Some("finding"), true) => form("fix", [("kind", Value::Text("closed".to_owned()))]),
            (Some("finding"), false) => form("fix", [("kind", Value::Text("explained".to_owned()))]),
            (_, true) => form("progress", [("kind", Value::Text("done".to_owned()))]),
            (_, false) => form("progress", [("kind", Value::Text("received".to_owned()))]),
        };
        let body = Body::Record(Record { of: Some(of.id), ..record });
        self.write(by, of.draft.at.clone(), of.draft.subject, None, back, body);
    }

    fn amend(&mut self, by: u8, which: u16, unit: u8, back: i8, topics: u8) {
        if which.is_multiple_of(5) {
            let Some(old) = self.pick(which, |fact| asks(&fact.draft.body).is_some()) else { return };
            let due = Some(back_from(self.today, -((topics % 9) as i8))).filter(|_| topics > 60);
            let again = match asks(&old.draft.body) {
                Some("question") => 0,
                Some("finding") => 1,
                _ => 2 + topics % 2 * 3,
            };
            self.write(by, old.draft.at, old.draft.subject, Some(old.id), back, Body::Record(asked(again, due)));
            return;
        }
        let Some(old) = self.pick(which, |fact| matches!(fact.draft.body, Body::Visit(_))) else { return };
        let subject = if which.is_multiple_of(3) { Some(unit_id(unit)) } else { old.draft.subject };
        let body = Body::Visit(visit(topics, which.is_multiple_of(2)));
        self.write(by, old.draft.at, subject, Some(old.id), back, body);
    }

    fn pick(&self, which: u16, may: impl Fn(&Fact) -> bool) -> Option<Fact> {
        let fits: Vec<&Fact> = self.facts.iter().map(|(_, fact)| fact).filter(|fact| may(fact)).collect();
        fits.get(usize::from(which) % fits.len().max(1)).map(|fact| (*fact).clone())
    }

    fn structure(&mut self, at: Option<String>, subject: String, body: Body) {
        self.write(0, at, Some(subject), None, 0, body);
    }

    fn write(
        &mut self,
        by: u8,
        at: Option<String>,
        subject: Option<String>,
        replaces: Option<FactId>,
        back: i8,
        body: Body,
    ) {
        let draft = Draft {
            occurred: back_from(self.today, back),
            by: None,
            at,
            subject,
            replaces,
            reason: None,
            effort: None,
            body,
        };
        // Every hour of the day, so that the county's day and the day in UTC differ now and then.
        let clock = format!("{:02}:30:00", self.facts.len() % 24);
        let chain = usize::from(by) % self.chains.len();
        let recorded = instant(self.today, &clock);
        let fact = self.chains[chain].seal(&draft, recorded).open(recorded).unwrap();
        self.facts.push((self.today, fact));
    }
}

fn visit(topics: u8, problem: bool) -> Visit {
    Visit {
        topics: TOPICS.into_iter().enumerate().filter(|(i, _)| topics >> i & 1 == 1).map(|(_, topic)| topic).collect(),
        note: String::new(),
        problem: problem.then(|| ProblemFound { text: "问题".to_owned(), follow_up: None }),
        ..Visit::default()
    }
}

/// A record of a form.
fn form<const N: usize>(id: &str, values: [(&str, Value); N]) -> Record {
    let values = values.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    Record { form: id.to_owned(), values, ..Record::default() }
}

/// A question, a finding with its own deadline, or a task for one of two posts.
fn asked(n: u8, due: Option<NaiveDate>) -> Record {
    let post = if (n / 3).is_multiple_of(2) { "leader" } else { "deputy" };
    let mut record = match n % 3 {
        0 => return form("question", []),
        1 => form("finding", []),
        _ => form("task", [("post", Value::Text(post.to_owned()))]),
    };
    record.values.extend(due.map(|due| ("due".to_owned(), Value::Day(due))));
    record
}

/// The form of what a record asks, where it asks something.
pub fn asks(body: &Body) -> Option<&'static str> {
    match body {
        Body::Record(record) => ["question", "finding", "task"].into_iter().find(|form| record.form == *form),
        _ => None,
    }
}

/// In which posts somebody acted.
fn posts(n: u8) -> Vec<Acting> {
    let acting = |level, post| Acting { level, post };
    match n % 5 {
        0 => vec![acting(2, Post::Deputy)],
        1 => vec![acting(3, Post::Leader), acting(2, Post::Deputy)],
        2 => vec![acting(2, Post::Member), acting(1, Post::Member)],
        _ => vec![],
    }
}

/// A roster of one to four.
fn roster(n: u8) -> Vec<Attendance> {
    let marks = [AttendanceMark::Present, AttendanceMark::Late, AttendanceMark::Excused, AttendanceMark::Absent];
    let line = |i: u8| {
        // Mostly present.
        let mark = if (n >> i) & 3 == 0 { marks[usize::from(n.wrapping_add(i) % 4)] } else { AttendanceMark::Present };
        Attendance { person: format!("P{i}"), mark }
    };
    (0..1 + n % 4).map(line).collect()
}

fn town(n: u8) -> String {
    [TOWN, OTHER_TOWN][usize::from(n) % 2].to_owned()
}

fn grid(n: u8) -> String {
    GRIDS[usize::from(n) % GRIDS.len()].to_owned()
}

/// One of nine enterprises, two of which the store has not heard of at first, or a village.
fn unit_id(n: u8) -> String {
    match n % 10 {
        9 => "330000001001".to_owned(),
        n => code(u32::from(n) + 1),
    }
}

fn back_from(today: NaiveDate, back: i8) -> NaiveDate {
    today.checked_add_signed(chrono::TimeDelta::days(-i64::from(back))).unwrap()
}
