//! The visit form: when, about what, a note, a problem found with a day to look again, who came along.
use chrono::NaiveDate;

use super::{
    form::{Day, Entry, Fault, Form, Items, Sheet, Slot, Slots, Source},
    records::topic_label,
};
use crate::{
    app::{Desk, Draft, fill::Reader, when::Way},
    grid::{
        decide::Intent,
        fact::{Body, Fact, ProblemFound, Topic, Value},
        org::{NodeIx, UnitIx},
        record::{Field, Input, Required},
    },
    ui::{field::Field as Line, note::Note},
    words::t,
};

/// The topics, with their names in drafts.
const TOPICS: [(Topic, &str); 5] = [
    (Topic::Call, "call"),
    (Topic::Ledger, "ledger"),
    (Topic::Law, "law"),
    (Topic::Policy, "policy"),
    (Topic::Guidance, "guidance"),
];

/// Who came along.
static WITH: Field = Field { form: "study", key: "with", input: Input::People, required: Required::No };

/// The visit form, for these units.
pub(super) struct Visit {
    units: Vec<UnitIx>,
}

/// The form for a visit to these units, or for the correction of one.
pub(super) fn open(desk: &Desk, units: &[UnitIx], amends: Option<&Fact>) -> Form<Visit> {
    let form = Form::new(desk, Visit { units: units.to_vec() }, slots(), "topics");
    let Some((old, Body::Visit(visit))) = amends.map(|old| (old, &old.draft.body)) else { return form };
    let name = |(topic, name): &(Topic, &'static str)| {
        let plain = *topic == Topic::Call && visit.topics.is_empty();
        (plain || visit.topics.contains(topic)).then_some(*name)
    };
    let topics: Vec<&str> = TOPICS.iter().filter_map(name).collect();
    let problem = visit.problem.as_ref();
    let follow_up = problem.and_then(|problem| problem.follow_up);
    let values = [
        ("topics", topics.join(",")),
        ("note", visit.note.clone()),
        ("problem", problem.map(|problem| problem.text.clone()).unwrap_or_default()),
        ("follow_up", follow_up.map(|day| day.to_string()).unwrap_or_default()),
        ("with", reader(desk, desk.today()).show(&WITH, &Value::List(visit.with.clone()))),
    ];
    form.correcting(desk, old, &values, &[])
}

/// The form with what was typed before.
pub(super) fn resume(desk: &Desk, draft: &Draft) -> Form<Visit> {
    let units = draft.units.iter().filter_map(|id| desk.state.org().unit_ix(id)).collect();
    Form::new(desk, Visit { units }, slots(), "topics").resumed(desk, draft)
}

fn slots() -> Vec<Slot> {
    let topics = TOPICS.map(|(topic, name)| (name.to_owned(), topic_label(topic).to_string(), topic == Topic::Call));
    let before = |key: &str| Source::Typed(format!("visit.{key}"), Vec::new());
    vec![
        Slot::new("topics", t!("visit.topics"), Entry::Items(Items::flat(topics.to_vec()))),
        Slot::new("note", t!("visit.note"), Entry::Lines(Note::default())).offers(before("note")),
        Slot::new("problem", t!("visit.problem"), Entry::Line(Line::default()))
            .help(t!("visit.problem_help"))
            .offers(before("problem")),
        Slot::new("follow_up", t!("visit.follow_up"), Entry::Day(Day::empty(Way::Ahead, None)))
            .help(t!("visit.follow_up_help")),
        Slot::new("with", t!("visit.with"), Entry::Line(Line::default()))
            .help(t!("visit.with_help"))
            .offers(Source::Names(Input::People)),
    ]
}

fn reader(desk: &Desk, on: NaiveDate) -> Reader<'_> {
    Reader { state: &desk.state, today: desk.today(), on }
}

impl Visit {
    fn who(&self, desk: &Desk) -> String {
        let org = desk.state.org();
        match self.units[..] {
            [unit] => org.unit(unit).record.name.clone(),
            [first, ..] => t!("visit.several", first = org.unit(first).record.name, n = self.units.len()).into_owned(),
            [] => String::new(),
        }
    }
}

impl Sheet for Visit {
    fn id(&self) -> &str {
        "visit"
    }

    fn title(&self, desk: &Desk, corrects: bool) -> String {
        let what = if corrects { t!("visit.correct") } else { t!("visit.write") };
        format!("{what}  {}", self.who(desk))
    }

    fn node(&self, desk: &Desk) -> NodeIx {
        let grid = self.units.first().and_then(|unit| desk.state.org().grid_of(*unit, desk.today()));
        grid.unwrap_or(desk.home)
    }

    fn gist(&self) -> &str {
        "problem"
    }

    fn draft(&self, desk: &Desk) -> Draft {
        let id = |unit: &UnitIx| desk.state.org().unit(*unit).id.clone();
        Draft { units: self.units.iter().map(id).collect(), ..Draft::default() }
    }

    fn read(&self, desk: &Desk, slots: &Slots, on: NaiveDate, amends: Option<&Fact>) -> (Option<Intent>, Vec<Fault>) {
        let mut faults = Vec::new();
        let text = slots.typed("problem");
        let follow_up = slots.day("follow_up", desk.today());
        match follow_up {
            Some(_) if text.is_empty() => faults.push(Fault::wrong("follow_up", t!("visit.no_problem"))),
            Some(day) if day < on => faults.push(Fault::wrong("follow_up", t!("visit.before_visit"))),
            _ => {}
        }
        let with = match reader(desk, on).read(&WITH, &slots.typed("with"), "") {
            Ok(Some(Value::List(ids))) => ids,
            Ok(_) => Vec::new(),
            Err(what) => {
                faults.push(Fault::wrong("with", what));
                Vec::new()
            }
        };
        let ticked = slots.typed("topics");
        let is_ticked = |name: &str| crate::app::fill::names(&ticked).any(|ticked| ticked == name);
        let intent = Intent::Visit {
            units: self.units.clone(),
            on,
            topics: TOPICS.iter().filter(|(_, name)| is_ticked(name)).map(|(topic, _)| *topic).collect(),
            note: slots.typed("note"),
            problem: (!text.is_empty()).then_some(ProblemFound { text, follow_up }),
            with,
            amends: amends.cloned().map(Box::new),
        };
        (Some(intent), faults)
    }
}
