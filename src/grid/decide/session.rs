//! Training sessions and 统计之家 activities.
use super::{Actor, Decision, Intent, Refusal, counts_for, exists_on, lock, not_future};
use crate::grid::{
    fact::{Body, Draft, Session},
    state::{State, What},
};

pub(super) fn decide(state: &State, actor: &Actor, intent: &Intent) -> Result<Decision, Refusal> {
    let Intent::Session { grid, kind, on, topic, minutes, attendance, note, amends } = intent else {
        return Err(Refusal::OtherKind);
    };
    not_future(actor, *on)?;
    exists_on(state, *grid, *on)?;
    lock::open(state, actor, *grid, *on)?;
    if topic.trim().is_empty() {
        return Err(Refusal::NoTopic);
    }
    if let Some(unknown) = attendance.iter().find(|line| state.org().person_ix(&line.person).is_none()) {
        return Err(Refusal::UnknownPerson(unknown.person.clone()));
    }
    let replaces = match amends {
        Some(old) => {
            let id = super::withdraw::live(state, actor, old, |body| matches!(body, Body::Session(_)))?;
            lock::open_for(state, actor, old)?;
            Some(id)
        }
        None => None,
    };
    Ok(Decision {
        drafts: vec![Draft {
            occurred: *on,
            by: actor.person.clone(),
            at: Some(state.org().node(*grid).id.clone()),
            subject: None,
            replaces,
            reason: None,
            effort: None,
            body: Body::Session(Session {
                kind: *kind,
                topic: topic.trim().to_owned(),
                minutes: *minutes,
                attendance: attendance.clone(),
                note: note.clone(),
            }),
        }],
        already: Vec::new(),
        counts_for: counts_for(state, *grid, What::Session(*kind), &[]),
    })
}
