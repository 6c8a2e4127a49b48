//! What sheets and texts read of entries, asked of them: every field of every form is filled in with something that stands
//! nowhere else, all sheets are made, and where it comes out is held against what the burden table says.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use wangge::{
    grid::{
        calendar::Period,
        decide::Actor,
        fact::{
            Attendance, AttendanceMark, Body, Chain, Draft, Fact, FactId, Head, ProblemFound, Record, Session,
            SessionKind, Topic, Value, Visit, WriterId,
        },
        org::Post,
        pack::{HOLIDAYS, Pack, PackFiles, PasteOf, SHEETS},
        record::{About, FORMS, Field, Form, Input, Required, form},
    },
    log::{Entry, Position},
    report::{Burden, Cell, Kind, Reader, Scene, Scope, gather, paste_fact, rows},
};

use super::model::Facts;
use crate::rules::world::{DIVISIONS, TINY, World, day, tiny_duties};

const GRID: &str = "工业第1网格";
/// Where results are sent from: one of each node and period counts.
const SENDERS: [&str; 3] = ["东乡", "西乡", "建设局"];
/// Who did it too, and who was there, named nowhere else.
const SOMEBODY: &str = "甄小验";
const PRESENT: &str = "贾小到";
/// What is read by counting, so that no name comes out: what reads it, the form, the field.
const COUNTED: [(Reader, &str, &str); 6] = [
    (Reader::Sheet("sessions"), "training", "roster"),
    (Reader::Sheet("sessions"), "activity", "roster"),
    (Reader::Sheet("sessions"), "meeting", "people"),
    (Reader::Paste(PasteOf::Session), "training", "roster"),
    (Reader::Paste(PasteOf::Session), "activity", "roster"),
    (Reader::Paste(PasteOf::Session), "meeting", "people"),
];

/// A text that shows everything it can be filled with, and criteria enough for every score.
fn pack() -> std::sync::Arc<Pack> {
    let mut text = TINY.to_owned();
    for n in 0..40 {
        text += &format!(
            "[[criterion]]\nid = \"c{n}\"\nname = \"项{n}\"\nclauses = [\"M-11\"]\n\
             on = [\"3/vertical\", \"2/vertical\", \"0/office\"]\npoints = 900\ntext = \"写明。\"\nevidence = [\"text\"]\n"
        );
    }
    text += "[report.paste]\n";
    for of in [PasteOf::Visit, PasteOf::Session] {
        let fills: String = of.fills().iter().map(|name| format!("{{{name}}}|")).collect();
        text += &format!("{} = \"{fills}\"\n", of.key());
    }
    let duties = tiny_duties("");
    let files = PackFiles { id: "tiny", pack: &text, duties: &duties, divisions: DIVISIONS, holidays: HOLIDAYS };
    std::sync::Arc::new(Pack::parse(&files).unwrap())
}

/// What a field was filled in with, as it can be found again.
#[derive(Clone, Debug)]
enum Mark {
    /// It stands nowhere else.
    Only(Value),
    /// Others have it as well: it is found only beside something that stands nowhere else.
    Beside(String),
}

impl Mark {
    fn is_in(&self, cell: &Cell) -> bool {
        let text = cell.to_string();
        match self {
            Mark::Only(Value::Text(mark)) | Mark::Beside(mark) => text.contains(mark),
            Mark::Only(Value::List(all)) => all.iter().any(|mark| text.contains(mark)),
            Mark::Only(Value::Number(n)) => *cell == Cell::Money(*n) || text.contains(&n.to_string()),
            Mark::Only(Value::Day(day)) => *cell == Cell::Day(*day) || text.contains(&day.to_string()),
            Mark::Only(Value::Flag(_)) => false,
        }
    }
}

/// One entry: its kind, and what stands in its fields.
type Marks = (Kind, BTreeMap<&'static str, Mark>);

/// A county in which every form was filled in, once for every choice it has and every thing it answers.
struct Probe {
    world: World,
    somebody: String,
    present: String,
    entries: Vec<Marks>,
    n: u32,
}

impl Probe {
    fn new() -> Probe {
        let mut world = World::with(pack(), "2026-01-01");
        world.on("2026-01-02").enroll(GRID, 1..=10);
        let somebody = world.appoint("西乡", Post::Guide, SOMEBODY, "2026-01-02");
        let present = world.appoint("东乡", Post::Guide, PRESENT, "2026-01-02");
        world.on("2026-11-20");
        Probe { world, somebody, present, entries: Vec::new(), n: 0 }
    }

    fn next(&mut self) -> u32 {
        self.n += 1;
        self.n
    }

    fn text(&mut self) -> Value {
        Value::Text(format!("标{:04}记", self.next()))
    }

    fn day(&mut self) -> NaiveDate {
        day("2027-01-01") + Days::new(self.next().into())
    }

    fn roster(&self) -> Vec<Attendance> {
        vec![Attendance { person: self.present.clone(), mark: AttendanceMark::Absent }]
    }

    fn write(&mut self, at: &str, body: Body, marks: BTreeMap<&'static str, Mark>, of_unit: bool) -> FactId {
        let kind = Kind::of(&body).unwrap();
        let org = self.world.state.org();
        let subject = of_unit.then(|| org.unit(self.world.unit(1)).id.clone());
        let draft = Draft {
            occurred: day("2026-11-10"),
            by: None,
            at: Some(org.node(self.world.grid(at)).id.clone()),
            subject,
            replaces: None,
            reason: None,
            effort: None,
            body,
        };
        let fact = self.world.write(&draft);
        self.entries.push((kind, marks));
        fact.id
    }

    fn visit(&mut self) -> FactId {
        let (note, problem, follow_up) = (self.text(), self.text(), self.day());
        let said = |value: &Value| match value {
            Value::Text(text) => text.clone(),
            _ => String::new(),
        };
        let found = ProblemFound { text: said(&problem), follow_up: Some(follow_up) };
        let visit = Visit {
            topics: vec![Topic::Law],
            note: said(&note),
            problem: Some(found),
            with: vec![self.somebody.clone()],
            ..Visit::default()
        };
        let marks = BTreeMap::from([
            ("topics", Mark::Beside("法治宣传".to_owned())),
            ("note", Mark::Only(note)),
            ("problem", Mark::Only(problem)),
            ("follow_up", Mark::Only(Value::Day(follow_up))),
            ("with", Mark::Beside(SOMEBODY.to_owned())),
        ]);
        self.write(GRID, Body::Visit(visit), marks, true)
    }

    fn session(&mut self, kind: SessionKind) {
        let (topic, note) = (format!("标{:04}记", self.next()), format!("标{:04}记", self.next()));
        let minutes = 800_000 + self.next();
        let session = Session { kind, topic: topic.clone(), minutes, attendance: self.roster(), note: note.clone() };
        let marks = BTreeMap::from([
            ("topic", Mark::Only(Value::Text(topic))),
            ("hours", Mark::Only(Value::Number(minutes.into()))),
            ("note", Mark::Only(Value::Text(note))),
            ("roster", Mark::Beside(PRESENT.to_owned())),
        ]);
        self.write(GRID, Body::Session(session), marks, false);
    }

    /// What a field is filled in with; nothing where it can't be told from what others say.
    fn fill(&mut self, field: &Field) -> (Option<Value>, Option<Mark>) {
        let only = |value: Value| (Some(value.clone()), Some(Mark::Only(value)));
        match field.input {
            Input::Text | Input::Lines => only(self.text()),
            Input::Tasks => {
                let said = format!("标{:04}记", self.next());
                (Some(Value::Text(format!("{said} | 东乡"))), Some(Mark::Only(Value::Text(said))))
            }
            Input::Number { .. } | Input::Money => only(Value::Number(i64::from(700_000 + self.next()))),
            Input::Day | Input::Deadline => only(Value::Day(self.day())),
            Input::Period(cadences) => {
                (Some(Value::Text(Period::containing(cadences[0], day("2026-11-10")).to_string())), None)
            }
            Input::Person => (Some(Value::Text(self.somebody.clone())), Some(Mark::Beside(SOMEBODY.to_owned()))),
            Input::People => (Some(Value::List(vec![self.somebody.clone()])), Some(Mark::Beside(SOMEBODY.to_owned()))),
            Input::Node => {
                let id = self.world.state.org().node(self.world.grid("西乡")).id.clone();
                (Some(Value::Text(id)), Some(Mark::Beside("西乡".to_owned())))
            }
            Input::Flag => (Some(Value::Flag(false)), None),
            _ => (None, None),
        }
    }

    /// A record of the form with this choice, about what it answers; with all fields, or with those alone that must be filled in.
    fn record(&mut self, form: &'static Form, kind: Option<&'static str>, of: Option<FactId>, all: bool) -> FactId {
        let mut record = Record { form: form.id.to_owned(), of, ..Record::default() };
        let mut marks = BTreeMap::new();
        let first = form.kinds().first().map(|choice| choice.id);
        let is_asked = |field: &&Field| match field.required {
            Required::No => all,
            Required::When("kind", choice) => kind.or(first) == Some(choice),
            _ => true,
        };
        for field in form.fields.iter().filter(is_asked) {
            let choice = match field.input {
                Input::Choice(choices) if field.key == "kind" => {
                    choices.iter().find(|choice| Some(choice.id) == kind).or(choices.first())
                }
                Input::Choice(choices) => choices.first(),
                _ => None,
            };
            let (mut value, mut mark) = match choice {
                Some(choice) => {
                    let label = choice.label().to_owned();
                    (Some(Value::Text(choice.id.to_owned())), Some(Mark::Beside(label)))
                }
                None => self.fill(field),
            };
            if (form.id, field.key) == ("score", "criterion") {
                let taken = self.entries.iter().filter(|(kind, _)| kind.id() == "score").count();
                (value, mark) = (Some(Value::Text(format!("c{taken}"))), None);
            }
            if field.input == Input::Attendance {
                record.attendance = self.roster();
                mark = Some(Mark::Beside(PRESENT.to_owned()));
            }
            record.values.extend(value.map(|value| (field.key.to_owned(), value)));
            marks.extend(mark.map(|mark| (field.key, mark)));
        }
        let sent = self.entries.iter().filter(|(kind, _)| matches!(kind.id(), "score-report")).count();
        let at = match form.id {
            "score-report" => SENDERS[sent % SENDERS.len()],
            "score-answer" => SENDERS[(sent - 1) % SENDERS.len()],
            _ => GRID,
        };
        self.write(at, Body::Record(record), marks, form.about == About::Unit)
    }

    /// What a form answers, anew for every answer.
    fn begin(&mut self, started_by: &str) -> FactId {
        match form(started_by) {
            Some((_, form)) => self.record(form, None, None, true),
            None => self.visit(),
        }
    }

    /// Everything once.
    fn all(mut self) -> Probe {
        self.visit();
        self.session(SessionKind::Training);
        self.session(SessionKind::Activity);
        for form in FORMS.iter().copied() {
            let kinds: Vec<Option<&'static str>> = match form.kinds() {
                [] => vec![None],
                kinds => kinds.iter().map(|kind| Some(kind.id)).collect(),
            };
            for kind in kinds {
                for all in [true, false] {
                    if form.answers.is_empty() {
                        self.record(form, kind, None, all);
                    }
                    for answers in form.answers {
                        let of = self.begin(answers.form);
                        self.record(form, kind, Some(of), all);
                    }
                }
            }
        }
        self
    }

    fn log(&self) -> Facts {
        let mut chain = Chain::new(WriterId([1; 16]), Head::default());
        let entries = self.world.facts.iter().enumerate().map(|(at, fact)| Entry {
            position: Position(at as u64 + 1),
            received_ms: fact.recorded_ms,
            envelope: chain.seal(&fact.draft, fact.recorded_ms),
        });
        Facts(entries.collect())
    }
}

/// The fields that come out in rows; a mark that others have too counts beside one that stands nowhere else.
fn found(entries: &[Marks], rows: &[Vec<Cell>]) -> BTreeSet<(Kind, &'static str)> {
    let is_only = |mark: &Mark| matches!(mark, Mark::Only(_));
    let in_row = |row: &[Cell], mark: &Mark| row.iter().any(|cell| mark.is_in(cell));
    let mut out = BTreeSet::new();
    for (kind, marks) in entries {
        let here = rows.iter().filter(|row| marks.values().any(|mark| is_only(mark) && in_row(row, mark)));
        let here: Vec<&Vec<Cell>> = here.collect();
        let keys = marks.iter().filter(|(_, mark)| here.iter().any(|row| in_row(row, mark)));
        out.extend(keys.map(|(key, _)| (*kind, *key)));
    }
    out
}

#[test]
fn what_a_sheet_shows_of_an_entry_is_what_the_burden_table_says() {
    let probe = Probe::new().all();
    let (state, actor) = (&probe.world.state, Actor::owner(None, probe.world.today));
    let root = state.org().roots()[0];
    let scope = || Scope::new(state, root, Period::parse("2026").unwrap(), &actor);
    let scene: Scene<'_> = gather(scope(), &probe.log()).unwrap();
    let mut burden = Burden::default();
    probe.world.facts.iter().for_each(|fact| burden.take(&scene.scope, fact));
    let fields = burden.fields(&scene.scope);
    assert_eq!(fields.iter().map(|row| row.kind).collect::<BTreeSet<_>>().len(), 3 + FORMS.len(), "all are filled in");
    // What can be told from what others say; a form's flags, periods and checklists are not.
    let told: BTreeSet<(Kind, &str)> =
        probe.entries.iter().flat_map(|(kind, marks)| marks.keys().map(|key| (*kind, *key))).collect();
    assert!(told.len() > 70, "{}", told.len());
    let mut wrong = Vec::new();
    let mut hold = |reader: Reader, found: &BTreeSet<(Kind, &str)>| {
        let said =
            |kind, key| fields.iter().any(|row| (row.kind, row.key) == (kind, key) && row.readers.contains(&reader));
        for (kind, key) in &told {
            let counts = COUNTED.contains(&(reader, kind.id(), key));
            let is_so = counts || found.contains(&(*kind, *key));
            let is_said = said(*kind, key);
            if is_said != is_so {
                wrong.push(format!("{reader:?} {} {key}: said {is_said}, is {is_so}", kind.id()));
            }
        }
    };
    for kind in SHEETS.iter().filter(|kind| !matches!(kind.id, "burden" | "fields" | "summary")) {
        let mut made = Vec::new();
        rows(&scene, kind, &mut 0, &mut |row| made.push(row));
        hold(Reader::Sheet(kind.id), &found(&probe.entries, &made));
    }
    for of in [PasteOf::Visit, PasteOf::Session] {
        let is_its = |fact: &&Fact| matches!(fact.draft.body, Body::Visit(_)) == (of == PasteOf::Visit);
        let texts = scene.facts.iter().filter(is_its).filter_map(|fact| paste_fact(&scene.scope, fact));
        let texts: Vec<Vec<Cell>> = texts.map(|text| vec![Cell::text(text)]).collect();
        hold(Reader::Paste(of), &found(&probe.entries, &texts));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
