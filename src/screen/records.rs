//! How a record of the log is told: in a row, and in a sentence.
use chrono::Datelike;
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::Desk,
    grid::{
        fact::{Body, Fact, HandoverAnswer, Record, SessionKind, Topic},
        org::Post,
        record::{Input, form},
        state::State,
    },
    ui::{Look, Role, text},
    words::{t, word},
};

/// What people call a topic.
pub(super) fn topic_label(topic: Topic) -> &'static str {
    word(match topic {
        Topic::Call => "topic.call",
        Topic::Ledger => "topic.ledger",
        Topic::Law => "topic.law",
        Topic::Policy => "topic.policy",
        Topic::Guidance => "topic.guidance",
    })
}

/// What people call a kind of record.
pub(crate) fn kind_label(body: &Body) -> &str {
    word(match body {
        Body::StoreOpened(_) => "kind.opened",
        Body::Node(_) => "kind.node",
        Body::Unit(_) => "kind.unit",
        Body::Person(_) => "kind.person",
        Body::Placement(_) => "kind.placement",
        Body::Post(_) => "kind.post",
        Body::Visit(_) => "kind.visit",
        Body::Session(session) => match session.kind {
            SessionKind::Training => "kind.training",
            SessionKind::Activity => "kind.activity",
        },
        Body::Done(_) => "kind.done",
        Body::Withdrawn(_) => "kind.withdrawn",
        Body::ProblemClosed(_) => "kind.closed",
        Body::Record(record) => return form(&record.form).map_or(record.form.as_str(), |(_, form)| form.name()),
        Body::Exempt(_) => "kind.exempt",
        Body::Lock(_) => "kind.lock",
        Body::Unlock(_) => "kind.unlock",
        Body::Account(_) => "kind.account",
        Body::Enrolled(_) => "kind.enrolled",
        Body::Revoked(_) => "kind.revoked",
        Body::Receipt(_) => "kind.receipt",
        Body::Held(_) => "kind.held",
        Body::Settled(_) => "kind.settled",
        Body::Strayed(_) => "kind.strayed",
        Body::Handover(_) => "kind.handover",
        Body::HandoverStep(step) => match step.kind {
            HandoverAnswer::Confirmed => "kind.handover_confirmed",
            HandoverAnswer::Declined => "kind.handover_declined",
            HandoverAnswer::TakenBack => "kind.handover_taken_back",
        },
        Body::Unknown { .. } => "kind.unknown",
    })
}

/// What a record says beyond its kind.
pub(super) fn content(state: &State, fact: &Fact) -> String {
    match &fact.draft.body {
        Body::Visit(visit) => {
            let mut parts: Vec<String> = visit.topics.iter().map(|t| topic_label(*t).to_owned()).collect();
            parts.extend(Some(visit.note.clone()).filter(|note| !note.is_empty()));
            parts.extend(visit.problem.as_ref().map(|problem| t!("records.problem", text = problem.text).into_owned()));
            parts.join(&t!("records.and"))
        }
        Body::Session(session) => {
            t!("records.session", topic = session.topic, n = session.attendance.len()).into_owned()
        }
        Body::Done(done) => state.pack().duty(&done.duty).map_or(done.duty.clone(), |(_, duty)| duty.name.clone()),
        Body::Placement(placement) => {
            let node = fact.draft.at.as_deref().and_then(|id| state.org().node_ix(id));
            let name = node.map_or(word("records.nowhere"), |ix| state.org().node(ix).name.as_str());
            t!("records.since", name = name, day = placement.from).into_owned()
        }
        Body::Node(node) => node.name.clone(),
        Body::Post(held) => post(state, fact, held.post),
        Body::Handover(handover) => {
            t!("records.since", name = post(state, fact, handover.post), day = handover.on).into_owned()
        }
        Body::HandoverStep(step) => step.note.clone(),
        Body::Unknown { kind, .. } => kind.clone(),
        Body::Withdrawn(withdrawn) => withdrawn.reason.clone(),
        Body::ProblemClosed(closed) => closed.note.clone(),
        Body::Record(record) => said(record),
        Body::Exempt(exempt) => {
            let name = state.pack().duty(&exempt.duty).map_or(exempt.duty.as_str(), |(_, duty)| duty.name.as_str());
            t!("records.exempt", period = exempt.period, name = name, reason = exempt.reason).into_owned()
        }
        Body::Lock(lock) => t!("records.locked", day = lock.through).into_owned(),
        Body::Unlock(unlock) => {
            t!("records.unlocked", from = unlock.from, to = unlock.through, reason = unlock.reason).into_owned()
        }
        Body::Account(account) => account.login.clone(),
        Body::Enrolled(enrolled) => enrolled.name.clone(),
        Body::Revoked(revoked) => revoked.reason.clone(),
        Body::Held(held) => held.sentence().to_owned(),
        Body::Settled(settled) => settled.note.clone(),
        Body::Receipt(_) | Body::Strayed(_) => String::new(),
        Body::StoreOpened(_) | Body::Unit(_) | Body::Person(_) => String::new(),
    }
}

/// A post at the record's node by its name there.
fn post(state: &State, fact: &Fact, post: Post) -> String {
    let node = fact.draft.at.as_deref().and_then(|id| state.org().node_ix(id));
    let word = |ix| state.pack().names.post_at(state.org().node(ix), post);
    node.map_or(post.label(), word).to_owned()
}

/// A record of a form in short: its kind, then its first line of text.
fn said(record: &Record) -> String {
    let Some((_, form)) = form(&record.form) else { return String::new() };
    let kind = form.kinds().iter().find(|choice| choice.id == record.text("kind")).map(|choice| choice.label());
    let texts = form.fields.iter().filter(|field| matches!(field.input, Input::Text | Input::Lines));
    let first = texts.map(|field| record.text(field.key)).find(|text| !text.is_empty());
    kind.into_iter().chain(first).collect::<Vec<_>>().join(&t!("records.and"))
}

/// Whom or what a record is about.
pub(super) fn subject(state: &State, fact: &Fact) -> String {
    let org = state.org();
    let Some(id) = fact.draft.subject.as_deref() else {
        let node = fact.draft.at.as_deref().and_then(|id| org.node_ix(id));
        return node.map_or(String::new(), |ix| org.node(ix).name.clone());
    };
    if let Some(unit) = org.unit_ix(id) {
        return org.unit(unit).record.name.clone();
    }
    if let Some(person) = org.person_ix(id) {
        return org.person(person).record.name.clone();
    }
    org.node_ix(id).map_or(id.to_owned(), |ix| org.node(ix).name.clone())
}

/// Draws a record in one row: when it happened, what, about whom (where the list is not about one unit: `named`), and
/// whether it still holds; returns the columns of its first part.
pub(super) fn draw(buf: &mut Buffer, area: Rect, look: Look, desk: &Desk, fact: &Fact, named: bool) -> u16 {
    let gone = desk.state.is_withdrawn(fact);
    let role = if gone { Role::Dim } else { Role::Text };
    let mut put = |x: u16, cols: u16, what: &str, role: Role| {
        let cols = cols.min(area.right().saturating_sub(x));
        text::put_fit(buf, x, area.y, what, usize::from(cols), look.theme.style(role));
        x + cols + 1
    };
    let wide = area.width >= 70;
    let day = fact.draft.occurred;
    let this_year = day.year() == desk.today().year();
    let shown = day
        .format(if wide {
            "%Y-%m-%d"
        } else if this_year {
            "%m-%d"
        } else {
            "%y-%m-%d"
        })
        .to_string();
    let first = if wide { 10 } else { 8 };
    let x = put(area.x, first, &shown, role);
    // The longest kinds stand whole where there is room for them.
    let kinds = if named && area.width < 100 { 8 } else { 12 };
    let x = put(x, kinds, &text::capital(kind_label(&fact.draft.body)), role);
    let flag = match (gone, desk.is_late(fact)) {
        (true, _) => word("records.withdrawn"),
        (false, true) => word("records.late"),
        (false, false) => "",
    };
    let x = if wide || !flag.is_empty() { put(x, 6, flag, Role::Late) } else { x };
    let x = if named {
        let subject = subject(&desk.state, fact);
        let cols = if wide { 34 } else { text::width(&subject) as u16 };
        put(x, cols, &subject, role)
    } else {
        x
    };
    if area.right().saturating_sub(x) >= 6 {
        put(x, area.width, &content(&desk.state, fact), Role::Dim);
    }
    text::width(&shown) as u16
}

/// Tells a record in a sentence with its three times.
pub(super) fn told(desk: &Desk, fact: &Fact) -> String {
    let offset = i64::from(desk.pack().utc_offset) * 1000;
    let time = |ms: i64| {
        let local = chrono::DateTime::from_timestamp_millis(ms.saturating_add(offset));
        local.map_or(String::new(), |t| t.format("%m-%d %H:%M").to_string())
    };
    let by = fact.draft.by.as_deref().and_then(|id| desk.state.org().person_ix(id));
    let by = by.map_or(word("records.machine").to_owned(), |ix| desk.state.org().person(ix).record.name.clone());
    let told = t!(
        "records.told",
        kind = kind_label(&fact.draft.body),
        whom = subject(&desk.state, fact),
        day = fact.draft.occurred,
        by = by,
        entered = time(fact.recorded_ms),
        received = time(fact.received_ms)
    );
    let why = fact.draft.reason.as_deref().map(|reason| t!("entry.because", reason = reason));
    format!("{told}{}", why.unwrap_or_default())
}
