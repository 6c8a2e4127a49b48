//! `wangge record visit`, `training` and `activity`.
use super::{args, roster::roster};
use crate::words::{t, word};
use crate::{
    cli::{Failure, find},
    grid::{
        decide::{Actor, Intent},
        fact::{AttendanceMark, ProblemFound, SessionKind, Topic},
        org::{NodeIx, Post},
        state::State,
    },
    run::Book,
};

pub(super) fn visit(book: &Book, actor: &Actor, args: &args::RecordVisit) -> Result<Intent, Failure> {
    let follow_up = match &args.follow_up {
        Some(text) => Some(find::ahead(text, actor.today)?),
        None => None,
    };
    let amends = args.amends.as_deref().map(|text| find::fact(book, text).map(Box::new)).transpose()?;
    Ok(Intent::Visit {
        units: find::units(&book.state, &args.units)?,
        on: find::day(args.when.on.as_deref(), actor.today)?,
        topics: args.topics.iter().map(|text| topic(text)).collect::<Result<_, _>>()?,
        note: args.when.note.clone(),
        problem: args.problem.clone().map(|text| ProblemFound { text, follow_up }),
        with: args.with.iter().map(|name| find::person(&book.state, name)).collect::<Result<_, _>>()?,
        amends,
    })
}

fn topic(text: &str) -> Result<Topic, Failure> {
    Topic::parse(text).ok_or_else(|| Failure::said(t!("cli.record.topic", text = text).into_owned()))
}

/// The post with this id, or that the pack calls so at the node.
pub(super) fn post(state: &State, node: NodeIx, text: &str) -> Result<Post, Failure> {
    let called = |post: &Post| state.pack().names.post_at(state.org().node(node), *post);
    let named = Post::ALL.into_iter().find(|post| called(post) == text).or_else(|| Post::parse(text));
    named.ok_or_else(|| {
        let known = Post::ALL.map(|post| format!("{} {}", post.key(), called(&post)));
        Failure::said(t!("cli.record.post", text = text, known = known.join(word("word.list"))).into_owned())
    })
}

pub(super) fn session(
    state: &State,
    actor: &Actor,
    args: &args::RecordSession,
    kind: SessionKind,
) -> Result<Intent, Failure> {
    if !(args.hours > 0.0 && args.hours <= 24.0) {
        return Err(Failure::said(t!("cli.record.hours", hours = args.hours).into_owned()));
    }
    let grid = find::node(state, &args.grid)?;
    let named = [
        (&args.late, AttendanceMark::Late),
        (&args.left_early, AttendanceMark::LeftEarly),
        (&args.substitute, AttendanceMark::Substitute),
        (&args.excused, AttendanceMark::Excused),
        (&args.absent, AttendanceMark::Absent),
    ];
    let named = named.map(|(names, mark)| (names.as_slice(), mark));
    Ok(Intent::Session {
        grid,
        kind,
        on: find::day(args.when.on.as_deref(), actor.today)?,
        topic: args.topic.clone(),
        minutes: (args.hours * 60.0).round() as u32,
        attendance: roster(state, actor, grid, &named)?,
        note: args.when.note.clone(),
        amends: None,
    })
}
