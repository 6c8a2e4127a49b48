//! `wangge log`: what was recorded.
use std::{collections::BTreeSet, io::Write};

use chrono::{DateTime, SecondsFormat};
use serde_json::{Map, Value, json};

use super::{Failure, Place, find, reader, to::To};
use crate::words::{t, word};
use crate::{
    grid::{
        decide::Actor,
        fact::{Acting, Attendance, Body, Fact, Hash, PackSeal, Value as Field},
        state::State,
    },
    log::{Position, StoreLog, Subtree},
    report::Viewer,
    screen::all_records,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// How many entries are read at a time.
const PAGE: usize = 5_000;

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let org = book.state.org();
    let at = args.at.as_deref().map(|text| find::node(&book.state, text)).transpose()?;
    let subtree = match at {
        None => Subtree::All,
        Some(node) => {
            Subtree::Nodes(org.subtree(node).iter().map(|ix| org.node(*ix).id.clone()).collect::<BTreeSet<_>>())
        }
    };
    let viewer = reader(&book.state, at, &actor);
    if let Some(file) = file {
        let node = find::node_or_root(&book.state, args.at.as_deref())?;
        let name = t!("listing.history", name = org.node(node).name).into_owned();
        file.write(&viewer, &StoreLog(book.store.clone()), &[all_records(name, node, subtree)], out)?;
        return Ok(book.close()?);
    }
    let mut after = Position(0);
    loop {
        let entries = book.store.read(subtree.clone(), after, PAGE)?;
        for entry in &entries {
            match entry.envelope.open(entry.received_ms) {
                Ok(fact) if args.json => json_line(&viewer, &fact, out)?,
                Ok(fact) => text_line(&viewer, &fact, out)?,
                Err(error) => {
                    writeln!(out, "{}", t!("cli.log.unreadable", position = entry.position.0, error = error))?
                }
            }
        }
        match entries.last() {
            Some(last) if entries.len() == PAGE => after = last.position,
            _ => break,
        }
    }
    book.close()?;
    Ok(())
}

/// A time as people of the county read it.
fn local(state: &State, utc_ms: i64) -> String {
    let offset = chrono::FixedOffset::east_opt(state.pack().utc_offset);
    match (DateTime::from_timestamp_millis(utc_ms), offset) {
        (Some(time), Some(offset)) => time.with_timezone(&offset).to_rfc3339_opts(SecondsFormat::Secs, false),
        _ => String::new(),
    }
}

/// The facts that somebody has just written, a line of JSON each, as they may see them.
pub(super) fn written(state: &State, actor: &Actor, facts: &[Fact], out: &mut dyn Write) -> Result<(), Failure> {
    let at = |fact: &Fact| state.org().node_ix(fact.draft.at.as_deref()?);
    facts.iter().try_for_each(|fact| json_line(&reader(state, at(fact), actor), fact, out))
}

/// One fact as one line of JSON.
fn json_line(viewer: &Viewer<'_>, fact: &Fact, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, &json_of(viewer, fact)).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// One fact with stable keys, as the viewer may see it.
pub(super) fn json_of(viewer: &Viewer<'_>, fact: &Fact) -> Value {
    let state = viewer.state;
    viewer.object(json!({
        "fact": fact.id.to_string(),
        "kind": fact.draft.body.kind(),
        "occurred": fact.draft.occurred,
        "recorded": local(state, fact.recorded_ms),
        "received": local(state, fact.received_ms),
        "by": fact.draft.by,
        "at": fact.draft.at,
        "subject": fact.draft.subject,
        "replaces": fact.draft.replaces.map(|id| id.to_string()),
        "reason": fact.draft.reason,
        "withdrawn": state.is_withdrawn(fact),
        "body": body(&fact.draft.body),
    }))
}

/// The content of a fact; kinds that this build does not know say so.
fn body(body: &Body) -> Value {
    match body {
        Body::StoreOpened(b) => json!({ "pack": b.pack, "from": b.from, "sample": b.sample }),
        Body::Node(b) => json!({
            "name": b.name, "parent": b.parent, "level": b.level, "form": b.form, "sector": b.sector,
            "from": b.from, "to": b.to, "into": b.into,
        }),
        Body::Unit(b) => json!({
            "code": b.code, "name": b.name, "industry": b.industry, "division": b.division, "sector": b.sector,
            "form": b.form, "contact": b.contact, "phone": b.phone,
        }),
        Body::Person(b) => json!({ "name": b.name, "unit": b.unit, "phone": b.phone }),
        Body::Placement(b) => json!({ "from": b.from }),
        Body::Post(b) => {
            json!({ "post": b.post, "from": b.from, "to": b.to, "change": b.change, "stand_in": b.stand_in })
        }
        Body::Visit(b) => json!({
            "topics": b.topics, "note": b.note,
            "with": b.with, "acting": acting(&b.acting),
            "problem": b.problem.as_ref().map(|p| json!({ "text": p.text, "follow_up": p.follow_up })),
        }),
        Body::Session(b) => json!({
            "kind": b.kind, "topic": b.topic, "minutes": b.minutes, "note": b.note,
            "attendance": attendance(&b.attendance),
        }),
        Body::Done(b) => json!({ "duty": b.duty, "note": b.note, "period": b.period }),
        Body::Withdrawn(b) => json!({ "of": b.of.to_string(), "reason": b.reason }),
        Body::ProblemClosed(b) => json!({ "of": b.of.to_string(), "note": b.note }),
        Body::Record(b) => json!({
            "form": b.form,
            "values": b.values.iter().map(|(key, value)| (key.clone(), field(value))).collect::<Map<_, _>>(),
            "of": b.of.map(|id| id.to_string()),
            "attendance": attendance(&b.attendance),
            "acting": acting(&b.acting),
        }),
        Body::Exempt(b) => {
            json!({ "duty": b.duty, "period": b.period, "reason": b.reason, "approver": b.approver })
        }
        Body::Lock(b) => json!({ "through": b.through }),
        Body::Unlock(b) => json!({
            "from": b.from, "through": b.through, "until": b.until, "reason": b.reason, "approver": b.approver,
        }),
        Body::Account(b) => json!({ "login": b.login, "closed": b.closed }),
        Body::Enrolled(b) => {
            let key: String = b.key.iter().map(|byte| format!("{byte:02x}")).collect();
            json!({ "device": b.writer().to_string(), "key": key, "name": b.name })
        }
        Body::Revoked(b) => json!({ "device": b.writer.to_string(), "from_ms": b.from_ms, "reason": b.reason }),
        Body::Receipt(b) => json!({ "of": b.of.iter().map(|of| json!({
            "device": of.writer.to_string(), "from": of.from, "to": of.to, "hash": of.hash.to_string(),
            "received_ms": of.received_ms,
        })).collect::<Vec<_>>() }),
        Body::Held(b) => json!({ "of": b.of.to_string(), "why": b.why.key(), "text": b.text }),
        Body::Settled(b) => json!({ "of": b.of.to_string(), "counts": b.counts, "note": b.note }),
        Body::Strayed(b) => json!({ "bytes": b.envelope.len(), "received_ms": b.received_ms }),
        Body::Handover(b) => {
            json!({ "post": b.post, "from": b.from, "on": b.on, "note": b.note, "seal": seal(&b.seal) })
        }
        Body::HandoverStep(b) => json!({
            "of": b.of.to_string(), "kind": b.kind, "note": b.note, "seal": b.seal.as_ref().map(seal),
        }),
        Body::Unknown { kind, cbor } => json!({ "unknown": kind, "bytes": cbor.len() }),
    }
}

fn seal(seal: &PackSeal) -> Value {
    let [pack, state] = [seal.pack, seal.state].map(|hash| Hash(hash).to_string());
    json!({ "counts": seal.counts, "pack": pack, "state": state })
}

fn attendance(lines: &[Attendance]) -> Vec<Value> {
    lines.iter().map(|line| json!({ "person": line.person, "mark": line.mark })).collect()
}

fn acting(posts: &[Acting]) -> Vec<Value> {
    posts.iter().map(|acting| json!({ "level": acting.level, "post": acting.post })).collect()
}

/// The value of a form's field.
fn field(value: &Field) -> Value {
    match value {
        Field::Text(text) => json!(text),
        Field::Number(number) => json!(number),
        Field::Day(day) => json!(day),
        Field::Flag(flag) => json!(flag),
        Field::List(list) => json!(list),
    }
}

/// One fact as one line of text.
pub(super) fn text_line(viewer: &Viewer<'_>, fact: &Fact, out: &mut dyn Write) -> Result<(), Failure> {
    let (state, org) = (viewer.state, viewer.state.org());
    let subject = fact.draft.subject.as_deref().unwrap_or_default();
    let subject = match (org.unit_ix(subject), org.person_ix(subject), org.node_ix(subject)) {
        (Some(unit), ..) => org.unit(unit).record.name.as_str(),
        (_, Some(person), _) => org.person(person).record.name.as_str(),
        (.., Some(node)) => org.node(node).name.as_str(),
        _ => subject,
    };
    let at = fact.draft.at.as_deref().and_then(|id| org.node_ix(id)).map_or("", |ix| org.node(ix).name.as_str());
    let gone = if state.is_withdrawn(fact) { word("cli.log.withdrawn") } else { "" };
    writeln!(
        out,
        "{}",
        t!(
            "cli.log.line",
            day = fact.draft.occurred,
            kind = fact.draft.body.kind(),
            node = at,
            subject = viewer.prose(subject),
            gone = gone,
            entered = local(state, fact.recorded_ms),
            id = fact.id
        )
    )?;
    Ok(())
}
