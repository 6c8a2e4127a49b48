//! A duty as it is written in the pack's file, so that the oracle reads its numbers where a person does.
use chrono::{Datelike, NaiveDate};
use wangge::grid::{
    fact::{Acting, Body, NodeRecord, SessionKind},
    org::{Form, Post},
};

use super::definitions::{Span, is_about, seat};

pub struct Row {
    pub id: String,
    pub kind: String,
    pub percent: u32,
    pub count: u32,
    pub least: u32,
    pub workdays: u32,
    pub trigger: String,
    pub answer: String,
    pub rules: Vec<String>,
    pub grace_days: u64,
    pub grace_workdays: u32,
    pub lead_days: u64,
    /// (year where it is done once, month, day).
    pub milestone: Option<(Option<i32>, u32, u32)>,
    months: i32,
    below: bool,
    seats: Vec<(u8, Form, Post)>,
    evidence: Vec<String>,
}

impl Row {
    pub fn all(text: &str) -> Vec<Row> {
        let table: toml::Table = text.parse().unwrap();
        table["duty"].as_array().unwrap().iter().map(|row| Row::new(row.as_table().unwrap())).collect()
    }

    fn new(row: &toml::Table) -> Row {
        let text = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let number = |key: &str| row.get(key).and_then(|v| v.as_integer()).unwrap_or(0) as u32;
        let list = |key: &str| -> Vec<String> {
            let items = row.get(key).and_then(|v| v.as_array()).into_iter().flatten();
            items.map(|item| item.as_str().unwrap().to_owned()).collect()
        };
        let due: Vec<u32> = text("due").split('-').filter_map(|part| part.parse().ok()).collect();
        let milestone = match due[..] {
            [year, month, day] => Some((Some(year as i32), month, day)),
            [month, day] => Some((None, month, day)),
            _ => None,
        };
        Row {
            id: text("id"),
            kind: text("kind"),
            percent: number("percent"),
            count: number("count").max(1),
            least: number("least"),
            workdays: number("workdays"),
            trigger: text("trigger"),
            answer: text("answer"),
            rules: list("rules"),
            grace_days: number("grace_days").into(),
            grace_workdays: number("grace_workdays"),
            lead_days: number("lead_days").into(),
            milestone,
            months: match text("cadence").as_str() {
                "month" => 1,
                "quarter" => 3,
                "half_year" => 6,
                _ => 12,
            },
            below: row.get("below").and_then(|v| v.as_bool()).unwrap_or(false),
            seats: list("on").iter().map(|text| seat(text)).collect(),
            evidence: list("evidence"),
        }
    }

    /// The period that a day belongs to.
    pub fn span_of(&self, day: NaiveDate) -> Span {
        let (length, day) = match self.milestone {
            Some((year, month, date)) => (12, year.map_or(day, |y| NaiveDate::from_ymd_opt(y, month, date).unwrap())),
            None => (self.months, day),
        };
        (length, (day.year() * 12 + day.month() as i32 - 1) / length)
    }

    pub fn is_once(&self) -> bool {
        self.milestone.is_some_and(|(year, ..)| year.is_some())
    }

    pub fn adds_up(&self) -> bool {
        self.below || self.kind == "each"
    }

    pub fn post_at(&self, node: &NodeRecord) -> Option<Post> {
        self.seats.iter().find(|(level, form, _)| (*level, *form) == (node.level, node.form)).map(|(.., post)| *post)
    }

    /// Whether a record counts for the duty.
    pub fn fed_by(&self, body: &Body) -> bool {
        self.evidence.iter().any(|evidence| {
            let (what, own) = evidence.strip_suffix("+own").map_or((evidence.as_str(), false), |what| (what, true));
            let acting: &[Acting] = match body {
                Body::Visit(visit) => &visit.acting,
                Body::Record(record) => &record.acting,
                _ => &[],
            };
            let in_person = |acting: &Acting| {
                self.seats.iter().any(|(level, _, post)| (*level, *post) == (acting.level, acting.post))
            };
            let is_it = match body {
                Body::Visit(visit) => match what.split_once('/') {
                    None => what == "visit",
                    Some(("visit", topic)) => is_about(&visit.topics, topic),
                    Some(_) => false,
                },
                Body::Session(session) => match session.kind {
                    SessionKind::Training => what == "session/training",
                    SessionKind::Activity => what == "session/activity",
                },
                Body::Done(done) => what == "done" && done.duty == self.id,
                Body::Record(record) => match what.split_once('/') {
                    None => what == record.form,
                    Some((form, kind)) => (form, kind) == (record.form.as_str(), record.text("kind")),
                },
                _ => false,
            };
            is_it && (!own || acting.iter().any(in_person))
        })
    }
}
