//! `wangge record visit`, `training` and `activity`.
use super::{args, roster::roster};
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
    Ok(match text {
        "call" | "走访" => Topic::Call,
        "ledger" | "台账检查" => Topic::Ledger,
        "law" | "法治宣传" => Topic::Law,
        "policy" | "政策送达" => Topic::Policy,
        "guidance" | "辅导" => Topic::Guidance,
        other => {
            return Err(Failure::said(format!("走访内容「{other}」不认识，可写 call、ledger、law、policy、guidance")));
        }
    })
}

/// The post with this id, or that the pack calls so at the node.
pub(super) fn post(state: &State, node: NodeIx, text: &str) -> Result<Post, Failure> {
    let word = |post: &Post| state.pack().names.post_at(state.org().node(node), *post);
    let named = Post::ALL.into_iter().find(|post| word(post) == text).or_else(|| Post::parse(text));
    named.ok_or_else(|| {
        let known = Post::ALL.map(|post| format!("{} {}", post.key(), word(&post)));
        Failure::said(format!("岗位「{text}」不认识，可写 {}", known.join("、")))
    })
}

pub(super) fn session(
    state: &State,
    actor: &Actor,
    args: &args::RecordSession,
    kind: SessionKind,
) -> Result<Intent, Failure> {
    if !(args.hours > 0.0 && args.hours <= 24.0) {
        return Err(Failure::said(format!("时长 {} 小时不对，应在 0 到 24 之间", args.hours)));
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
