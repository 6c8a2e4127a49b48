//! What is assessed (考核, M-11): criteria with their points and evidence, what late work earns, and the stars.
//!
//! Evidence is one of two things: the share of a duty that was met, or text that somebody reviews. There is no word for
//! time online, log-ins or counts of check-ins, so that no pack can ask for them.
use std::collections::BTreeSet;

use super::{
    keys,
    option::{Options, Seen, when},
    row::Row,
    words::FORMS,
};
use crate::grid::{
    calendar::Cadence,
    org::{Form, Node},
};
use crate::words::{t, word};

/// What is assessed, and how (`[assessment]`, `[[criterion]]`, `[[star]]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// How much of its worth what was met late earns, in percent.
    pub late: u32,
    /// The length of the usual period.
    pub cadence: Cadence,
    /// Whether nodes are listed by what they earned; else they stand in the order of the tree.
    pub ranking: bool,
    /// The criteria, in the order of the file.
    pub criteria: Vec<Criterion>,
    /// The stars, the most first.
    pub stars: Vec<Star>,
}

/// A criterion: what it is worth, whose it is, and what shows how far it is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// The id in facts.
    pub id: String,
    /// What people call it, short.
    pub name: String,
    /// The rows of the requirements that it stands on.
    pub clauses: Vec<String>,
    /// The nodes that it is for: level and form.
    pub on: Vec<(u8, Form)>,
    /// What it is worth.
    pub points: u32,
    /// What is asked for, in a sentence.
    pub text: String,
    /// What shows how far it is met; any of these.
    pub evidence: Vec<Proof>,
    /// Whether duties at the nodes below count as well.
    pub below: bool,
    /// Whether the pack set the points, because the policy does not.
    pub assumed: bool,
}

/// What shows how far a criterion is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The share of a duty's instances that were met, by the duty's id.
    Duty(String),
    /// What is written, and reviewed by the node above.
    Text,
}

/// A star rating (星级评定).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Star {
    /// How many.
    pub stars: u32,
    /// At least so much of the full points, in percent.
    pub percent: u32,
    /// The criteria of which each must reach its part, by id.
    pub required: Vec<String>,
    /// At least so much of the points of each of these, in percent.
    pub each: u32,
}

impl Default for Assessment {
    fn default() -> Assessment {
        Assessment { late: 50, cadence: Cadence::Year, ranking: false, criteria: Vec::new(), stars: Vec::new() }
    }
}

impl Assessment {
    /// The criterion with this id.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria.iter().find(|criterion| criterion.id == id)
    }

    /// The criteria of a node, in the order of the file.
    pub fn of<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a Criterion> {
        self.criteria.iter().filter(|criterion| criterion.applies_to(node))
    }
}

impl Criterion {
    /// Whether nodes like this one are assessed by it.
    pub fn applies_to(&self, node: &Node) -> bool {
        self.on.contains(&(node.level, node.form))
    }

    /// The ids of the duties that are its evidence.
    pub fn duties(&self) -> impl Iterator<Item = &str> {
        self.evidence.iter().filter_map(|proof| match proof {
            Proof::Duty(id) => Some(id.as_str()),
            Proof::Text => None,
        })
    }

    /// Its clauses, as they stand in a fact, the same in every language.
    pub fn clause(&self) -> String {
        self.clauses.join(" ")
    }
}

/// What a criterion says that is to be held against the duties.
pub(super) struct Named {
    /// The duties that are its evidence, each with its place.
    pub duties: Vec<(String, usize)>,
    /// The nodes that it is for, each with its place; empty where nothing must be owed there itself.
    pub on: Vec<((u8, Form), usize)>,
}

/// The lengths of periods that are assessed.
pub const LENGTHS: [Cadence; 3] = [Cadence::Quarter, Cadence::HalfYear, Cadence::Year];

/// Reads `[assessment]`, `[[criterion]]` and `[[star]]`.
pub(super) fn assessment(top: &Row<'_>, options: &Options) -> (Assessment, Vec<Named>) {
    let usual = Assessment::default();
    let mut named = Vec::new();
    let mut seen = Seen::default();
    let mut criteria = Vec::new();
    for row in top.rows("criterion", &keys::CRITERION) {
        row.no_others(&[]);
        let (asked, there) = when(&row, options);
        let id = seen.id(&row, asked).unwrap_or_default();
        let (read, names) = criterion(&row, id);
        if there {
            criteria.push(read);
            named.push(names);
        }
    }
    let mut stars = stars(top, &criteria);
    stars.sort_by_key(|star| std::cmp::Reverse(star.stars));
    let Some(row) = top.table("assessment", &keys::ASSESSMENT) else {
        return (Assessment { criteria, stars, ..usual }, named);
    };
    row.no_others(&[]);
    let late = row.whole("late", 0..101).map_or(usual.late, |late| late as u32);
    let cadence = row.word("cadence", &LENGTHS.map(|cadence| (cadence.key(), cadence))).unwrap_or(usual.cadence);
    (Assessment { late, cadence, ranking: row.flag("ranking"), criteria, stars }, named)
}

/// Reads one criterion; what is wrong with it is noted, and something else stands there.
fn criterion(row: &Row<'_>, id: &str) -> (Criterion, Named) {
    let text = |key: &str| row.text(key).unwrap_or_default().to_owned();
    let on = on(row);
    let (evidence, duties) = evidence(row);
    let below = row.flag("below");
    let clauses: Vec<String> = row.texts("clauses").into_iter().map(|(text, _)| text.to_owned()).collect();
    if row.is_empty_list("clauses") {
        row.fault("clauses", word("pack.empty"));
    }
    let points = row.whole("points", 1..1_001).unwrap_or_default() as u32;
    let criterion = Criterion {
        id: id.to_owned(),
        name: text("name"),
        clauses,
        on: on.iter().map(|(seat, _)| *seat).collect(),
        points,
        text: text("text"),
        evidence,
        below,
        assumed: row.flag("assumed"),
    };
    let judged = criterion.evidence.contains(&Proof::Text) || below;
    let named = Named { duties, on: if judged { Vec::new() } else { on } };
    (criterion, named)
}

/// Reads `on`: `3/vertical`.
fn on(row: &Row<'_>) -> Vec<((u8, Form), usize)> {
    let mut out = Vec::new();
    for (text, at) in row.texts("on") {
        let seat = text.split_once('/').and_then(|(level, form)| {
            let level = level.parse().ok().filter(|level| *level <= 3)?;
            Some((level, FORMS.iter().find(|(word, _)| *word == form)?.1))
        });
        match seat {
            Some(seat) => out.push((seat, at)),
            None => row.fault_at(at, "on", t!("pack.assessment.on", text = text).into_owned()),
        }
    }
    if row.is_empty_list("on") {
        row.fault("on", word("pack.empty"));
    }
    out
}

/// Reads `evidence`: `duty:visit`, `text`; and nothing else.
fn evidence(row: &Row<'_>) -> (Vec<Proof>, Vec<(String, usize)>) {
    let (mut out, mut duties) = (Vec::new(), Vec::new());
    for (text, at) in row.texts("evidence") {
        match (text, text.strip_prefix("duty:")) {
            ("text", _) => out.push(Proof::Text),
            (_, Some(id)) => {
                out.push(Proof::Duty(id.to_owned()));
                duties.push((id.to_owned(), at));
            }
            _ => row.fault_at(at, "evidence", t!("pack.assessment.evidence", text = text).into_owned()),
        }
    }
    if row.is_empty_list("evidence") {
        row.fault("evidence", word("pack.assessment.no_evidence"));
    }
    (out, duties)
}

/// Reads `[[star]]`.
fn stars(top: &Row<'_>, criteria: &[Criterion]) -> Vec<Star> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for row in top.rows("star", &keys::STAR) {
        row.no_others(&[]);
        let stars = row.whole("stars", 1..6).unwrap_or_default() as u32;
        if !seen.insert(stars) {
            row.fault("stars", t!("pack.assessment.same_stars", n = stars).into_owned());
        }
        let percent = row.whole("percent", 1..101).unwrap_or_default() as u32;
        let mut required = Vec::new();
        for (id, at) in row.texts("required") {
            if criteria.iter().any(|criterion| criterion.id == id) {
                required.push(id.to_owned());
            } else {
                row.fault_at(at, "required", t!("pack.assessment.no_criterion", id = id).into_owned());
            }
        }
        let each = row.whole("each", 1..101).map_or(percent, |each| each as u32);
        out.push(Star { stars, percent, required, each });
    }
    out
}
