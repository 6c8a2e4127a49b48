//! Random histories: what several devices write over some months, in the order in which it was written.
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use wangge::grid::{
    fact::{
        Body, Chain, Done, Draft, Fact, FactId, Head, NodeRecord, Placement, ProblemClosed, ProblemFound, Session,
        SessionKind, Topic, UnitRecord, Visit, Withdrawn, WriterId,
    },
    org::{Form, Sector},
    pack::Pack,
};

use super::world::{OTHER_TOWN, TOWN, World, code, day, instant, tiny_pack};

/// Duties that exercise what Lanxi's do not: a grace, half-years, a count above one, a township's own.
const MORE_DUTIES: &str = r#"
[[duty]]
id = "law"
name = "法治宣传"
clause = "T-1"
cite = "测试1"
text = "每季度一半企业"
post = "leader"
levels = [3]
forms = ["vertical"]
cadence = "quarter"
kind = "coverage"
percent = 50
evidence = ["visit/law"]
measure = "家"
lead_days = 5
grace_days = 10
[[duty]]
id = "guidance"
name = "辅导"
clause = "T-2"
cite = "测试2"
text = "每半年两次"
post = "leader"
levels = [3]
forms = ["vertical", "flat"]
cadence = "half_year"
kind = "count"
count = 2
evidence = ["visit/guidance", "done"]
measure = "次"
lead_days = 20
[[duty]]
id = "town"
name = "乡镇例会"
clause = "T-3"
cite = "测试3"
text = "每月一次"
post = "leader"
levels = [2]
forms = ["vertical"]
cadence = "month"
kind = "count"
count = 1
evidence = ["done"]
measure = "次"
lead_days = 3
grace_days = 2
"#;

const TOPICS: [Topic; 5] = [Topic::Call, Topic::Ledger, Topic::Law, Topic::Policy, Topic::Guidance];
const GRIDS: [&str; 5] = ["330000001-G01", "330000001-G02", "330000001-N1", "330-F", "330000002-G01"];
const FIRST_DAY: &str = "2025-11-05";

/// One step of a history; numbers are taken modulo what there is to choose from.
#[derive(Clone, Debug)]
pub enum Step {
    Days(u8),
    Visit { by: u8, unit: u8, at: u8, back: i8, topics: u8, problem: bool },
    Session { by: u8, at: u8, back: i8, kind: bool },
    Done { by: u8, duty: u8, unit: Option<u8>, at: u8, back: i8 },
    Withdraw { by: u8, which: u16 },
    Amend { by: u8, which: u16, unit: u8, back: i8, topics: u8 },
    Close { by: u8, which: u16, back: i8 },
    Place { unit: u8, at: Option<u8>, from: i8 },
    Unit { unit: u8, division: u8 },
    Grid { at: u8, town: bool, closes: bool },
}

/// A fact with the county's day on which it was written.
pub type Written = (NaiveDate, Fact);

/// Steps in the proportions of a busy grid.
pub fn steps(length: usize) -> impl Strategy<Value = Vec<Step>> {
    let back = || -2_i8..60;
    let step = prop_oneof![
        3 => (1_u8..35).prop_map(Step::Days),
        12 => (any::<u8>(), any::<u8>(), any::<u8>(), back(), any::<u8>(), any::<bool>())
            .prop_map(|(by, unit, at, back, topics, problem)| Step::Visit { by, unit, at, back, topics, problem }),
        3 => (any::<u8>(), any::<u8>(), back(), any::<bool>())
            .prop_map(|(by, at, back, kind)| Step::Session { by, at, back, kind }),
        4 => (any::<u8>(), any::<u8>(), any::<Option<u8>>(), any::<u8>(), back())
            .prop_map(|(by, duty, unit, at, back)| Step::Done { by, duty, unit, at, back }),
        3 => (any::<u8>(), any::<u16>()).prop_map(|(by, which)| Step::Withdraw { by, which }),
        3 => (any::<u8>(), any::<u16>(), any::<u8>(), back(), any::<u8>())
            .prop_map(|(by, which, unit, back, topics)| Step::Amend { by, which, unit, back, topics }),
        2 => (any::<u8>(), any::<u16>(), back()).prop_map(|(by, which, back)| Step::Close { by, which, back }),
        2 => (any::<u8>(), any::<Option<u8>>(), -40_i8..10).prop_map(|(unit, at, from)| Step::Place { unit, at, from }),
        1 => (any::<u8>(), any::<u8>()).prop_map(|(unit, division)| Step::Unit { unit, division }),
        1 => (any::<u8>(), any::<bool>(), any::<bool>()).prop_map(|(at, town, closes)| Step::Grid { at, town, closes }),
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
        Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::Withdrawn(_) | Body::ProblemClosed(_)
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
            Step::Visit { by, unit, at, back, topics, problem } => {
                let body = Body::Visit(visit(topics, problem));
                self.write(by, Some(grid(at)), Some(unit_id(unit)), None, back, body);
            }
            Step::Session { by, at, back, kind } => {
                let kind = if kind { SessionKind::Training } else { SessionKind::Activity };
                let session =
                    Session { kind, topic: "题".to_owned(), minutes: 30, attendance: vec![], note: String::new() };
                self.write(by, Some(grid(at)), None, None, back, Body::Session(session));
            }
            Step::Done { by, duty, unit, at, back } => {
                let duties = ["ledger-guide", "analysis", "ledger-check", "pledge", "guidance", "town", "no-such"];
                let duty = duties[usize::from(duty) % duties.len()];
                let at = if duty == "town" { [TOWN, OTHER_TOWN][usize::from(at) % 2].to_owned() } else { grid(at) };
                let done = Done { duty: duty.to_owned(), note: String::new() };
                self.write(by, Some(at), unit.map(unit_id), None, back, Body::Done(done));
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
            Step::Grid { at, town, closes } => {
                let record = NodeRecord {
                    name: format!("网格{at}"),
                    parent: Some([TOWN, OTHER_TOWN][usize::from(town)].to_owned()),
                    level: 3,
                    form: Form::Vertical,
                    sector: Some(Sector::Industry),
                    from: back_from(self.today, 20),
                    to: closes.then_some(self.today),
                    into: None,
                };
                self.structure(Some(grid(at)), grid(at), Body::Node(record));
            }
        }
    }

    fn withdraw(&mut self, by: u8, which: u16) {
        let may = |fact: &Fact| !is_structure(fact) && !matches!(fact.draft.body, Body::Withdrawn(_));
        if let Some(target) = self.pick(which, may) {
            let body = Body::Withdrawn(Withdrawn { of: target.id, reason: String::new() });
            // Half of them do not say where to look.
            let hint = which.is_multiple_of(2);
            let at = target.draft.at.filter(|_| hint);
            self.write(by, at, target.draft.subject.filter(|_| hint), None, 0, body);
        }
    }

    fn amend(&mut self, by: u8, which: u16, unit: u8, back: i8, topics: u8) {
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
        let draft = Draft { occurred: back_from(self.today, back), by: None, at, subject, replaces, body };
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
    }
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
