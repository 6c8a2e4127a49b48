//! `wangge record`: the same intents as the screens.
use std::io::Write;

use super::{
    Failure, Place,
    args::{self, RecordWhat},
    find,
    log::json_line,
};
use crate::{
    grid::{
        decide::{Actor, Intent, decide},
        fact::{Attendance, AttendanceMark, ProblemFound, SessionKind, Topic},
        org::{NodeIx, Post},
        state::State,
    },
    run::Book,
};

pub(super) fn run(place: &Place, args: &args::Record, out: &mut dyn Write) -> Result<(), Failure> {
    let mut book = place.open()?;
    let actor = place.actor(&book)?;
    let (intent, json) = intent(&book, &actor, &args.what)?;
    let decision = decide(&book.state, &actor, &intent)?;
    let facts = book.append(&decision.drafts, place.clock.now_ms())?;
    // What is told here is durable.
    if json {
        for fact in &facts {
            json_line(&book.state, fact, out)?;
        }
    } else {
        let again = match decision.already.len() {
            0 => String::new(),
            n => format!("，另有 {n} 家已记过"),
        };
        let many = match decision.counts_for.len() {
            0 | 1 => String::new(),
            n => format!("，同时计入 {n} 项职责"),
        };
        writeln!(out, "已记 {} 条{again}{many}", facts.len())?;
        for fact in &facts {
            writeln!(out, "  {}", fact.id)?;
        }
    }
    out.flush()?;
    book.close()?;
    Ok(())
}

fn intent(book: &Book, actor: &Actor, what: &RecordWhat) -> Result<(Intent, bool), Failure> {
    let state = &book.state;
    let on = |when: &args::When| find::day(when.on.as_deref(), actor.today);
    Ok(match what {
        RecordWhat::Visit(args) => (visit(book, actor, args)?, args.when.json),
        RecordWhat::Training(args) => (session(state, actor, args, SessionKind::Training)?, args.when.json),
        RecordWhat::Activity(args) => (session(state, actor, args, SessionKind::Activity)?, args.when.json),
        RecordWhat::Done(args) => {
            let intent = Intent::Done {
                duty: args.duty.clone(),
                grid: find::node(state, &args.grid)?,
                units: find::units(state, &args.units)?,
                on: on(&args.when)?,
                period: None,
                note: args.when.note.clone(),
            };
            (intent, args.when.json)
        }
        RecordWhat::Place(args) => {
            let intent = Intent::Place {
                units: find::units(state, &args.units)?,
                grid: find::node(state, &args.grid)?,
                from: find::day(args.from.as_deref(), actor.today)?,
            };
            (intent, args.json)
        }
        RecordWhat::Post(args) => {
            let intent = Intent::Appoint {
                node: find::node(state, &args.grid)?,
                post: post(&args.post)?,
                name: args.name.clone(),
                phone: args.phone.clone(),
                from: find::day(args.from.as_deref(), actor.today)?,
            };
            (intent, args.json)
        }
        RecordWhat::Close(args) => {
            let visit = find::fact(book, &args.fact)?.id;
            (Intent::CloseProblem { visit, on: on(&args.when)?, note: args.when.note.clone() }, args.when.json)
        }
        RecordWhat::Withdraw(args) => {
            let target = Box::new(find::fact(book, &args.fact)?);
            (Intent::Withdraw { target, reason: args.when.note.clone() }, args.when.json)
        }
    })
}

fn visit(book: &Book, actor: &Actor, args: &args::RecordVisit) -> Result<Intent, Failure> {
    let follow_up = match &args.follow_up {
        Some(text) => Some(find::day(Some(text), actor.today)?),
        None => None,
    };
    let amends = args.amends.as_deref().map(|text| find::fact(book, text).map(Box::new)).transpose()?;
    Ok(Intent::Visit {
        units: find::units(&book.state, &args.units)?,
        on: find::day(args.when.on.as_deref(), actor.today)?,
        topics: args.topics.iter().map(|text| topic(text)).collect::<Result<_, _>>()?,
        note: args.when.note.clone(),
        problem: args.problem.clone().map(|text| ProblemFound { text, follow_up }),
        with: Vec::new(),
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

fn post(text: &str) -> Result<Post, Failure> {
    Ok(match text {
        "leader" | "网格长" => Post::Leader,
        "deputy" | "副网格长" => Post::Deputy,
        "member" | "网格员" => Post::Member,
        "guide" | "指导员" => Post::Guide,
        other => {
            return Err(Failure::said(format!("岗位「{other}」不认识，可写 leader、deputy、member、guide")));
        }
    })
}

fn session(state: &State, actor: &Actor, args: &args::RecordSession, kind: SessionKind) -> Result<Intent, Failure> {
    if !(args.hours > 0.0 && args.hours <= 24.0) {
        return Err(Failure::said(format!("时长 {} 小时不对，应在 0 到 24 之间", args.hours)));
    }
    let grid = find::node(state, &args.grid)?;
    Ok(Intent::Session {
        grid,
        kind,
        on: find::day(args.when.on.as_deref(), actor.today)?,
        topic: args.topic.clone(),
        minutes: (args.hours * 60.0).round() as u32,
        attendance: attendance(state, actor, args, grid)?,
        note: args.when.note.clone(),
        amends: None,
    })
}

/// Everybody who holds a post at the grid is present unless named otherwise.
fn attendance(
    state: &State,
    actor: &Actor,
    args: &args::RecordSession,
    grid: NodeIx,
) -> Result<Vec<Attendance>, Failure> {
    let named = [
        (&args.late, AttendanceMark::Late),
        (&args.left_early, AttendanceMark::LeftEarly),
        (&args.substitute, AttendanceMark::Substitute),
        (&args.excused, AttendanceMark::Excused),
        (&args.absent, AttendanceMark::Absent),
    ];
    let org = state.org();
    let mut out: Vec<Attendance> = Vec::new();
    for post in [Post::Leader, Post::Deputy, Post::Guide, Post::Member] {
        for person in org.node(grid).holders_on(post, actor.today) {
            let id = org.person(person).id.clone();
            if !out.iter().any(|line| line.person == id) {
                out.push(Attendance { person: id, mark: AttendanceMark::Present });
            }
        }
    }
    for (names, mark) in named {
        for name in names {
            let is_named = |line: &&mut Attendance| {
                line.person == *name
                    || org.person_ix(&line.person).is_some_and(|ix| org.person(ix).record.name == *name)
            };
            let line = out.iter_mut().find(is_named);
            let line = line.ok_or_else(|| {
                Failure::said(format!("「{name}」不在{}的名单里；名单见案头的「人员」页", org.node(grid).name))
            })?;
            line.mark = mark;
        }
    }
    Ok(out)
}
