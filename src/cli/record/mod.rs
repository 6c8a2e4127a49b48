//! `wangge record`: the same intents as the screens.
pub(super) mod args;
mod form;
mod roster;
mod visit;

use std::io::Write;

pub(crate) use args::Args;
use args::Plain;
use form::What;

use super::{Failure, Place, find, log::written};
use crate::words::t;
use crate::{
    app::{counted, recorded},
    grid::{
        calendar::Period,
        decide::{Actor, Intent, RecordRefusal, Refusal, decide},
        fact::{Draft, Fact, SessionKind},
        org::UnitIx,
        pack::Pack,
    },
    run::Book,
};

/// What is to be written, and what is said about it.
#[derive(Default)]
struct Plan {
    drafts: Vec<Draft>,
    already: usize,
    counted: String,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let mut book = place.open()?;
    let actor = place.actor(&book)?;
    let (intents, json) = match &args.what {
        What::Plain(plain) => {
            let (intent, json) = intent(&book, &actor, plain)?;
            (vec![intent], json)
        }
        What::Form(form) => (form.intents(&book, &actor)?, form.json()),
    };
    let plan = plan(&book, &actor, &intents)?;
    let facts = book.append(&plan.drafts, place.clock.now_ms())?;
    // What is told here is durable.
    match json {
        true => written(&book.state, &actor, &facts, out)?,
        false => told(&plan, &facts, out)?,
    }
    out.flush()?;
    book.close()?;
    Ok(())
}

/// With the reason why it is entered only after its month, where one is given.
fn belated(what: Intent, reason: &str) -> Intent {
    match reason.trim() {
        "" => what,
        reason => Intent::Belated { what: Box::new(what), reason: reason.to_owned() },
    }
}

/// Decides all intents; of several, those that were recorded already are passed over.
fn plan(book: &Book, actor: &Actor, intents: &[Intent]) -> Result<Plan, Failure> {
    let mut plan = Plan::default();
    let mut duties = Vec::new();
    let mut again = None;
    for intent in intents {
        match decide(&book.state, actor, intent) {
            Ok(decision) => {
                plan.drafts.extend(decision.drafts);
                plan.already += decision.already.len();
                duties.extend(decision.counts_for);
            }
            Err(refusal @ Refusal::Record(RecordRefusal::Already(..))) if intents.len() > 1 => {
                plan.already += 1;
                again = Some(refusal);
            }
            Err(refusal) => return Err(refusal.into()),
        }
    }
    if let (true, Some(refusal)) = (plan.drafts.is_empty(), again) {
        return Err(refusal.into());
    }
    duties.sort_unstable();
    duties.dedup();
    let pack: &Pack = book.state.pack();
    plan.counted = intents.first().map_or(String::new(), |intent| counted(pack, intent, &duties));
    Ok(plan)
}

fn told(plan: &Plan, facts: &[Fact], out: &mut dyn Write) -> Result<(), Failure> {
    let again = match plan.already {
        0 => String::new(),
        n => t!("cli.record.again", n = n).into_owned(),
    };
    let facts = recorded(facts);
    writeln!(out, "{}", t!("cli.record.done", n = facts.len(), again = again, counted = plan.counted))?;
    facts.iter().try_for_each(|fact| writeln!(out, "  {}", fact.id))?;
    Ok(())
}

fn intent(book: &Book, actor: &Actor, what: &Plain) -> Result<(Intent, bool), Failure> {
    let state = &book.state;
    let day = |text: &str| find::day(Some(text), actor.today);
    let on = |when: &args::When| find::day(when.on.as_deref(), actor.today);
    Ok(match what {
        Plain::Visit(args) => (belated(visit::visit(book, actor, args)?, &args.when.why), args.when.json),
        Plain::Training(args) => {
            let intent = visit::session(state, actor, args, SessionKind::Training)?;
            (belated(intent, &args.when.why), args.when.json)
        }
        Plain::Activity(args) => {
            let intent = visit::session(state, actor, args, SessionKind::Activity)?;
            (belated(intent, &args.when.why), args.when.json)
        }
        Plain::Done(args) => {
            let intent = Intent::Done {
                duty: args.duty.clone(),
                grid: find::node(state, &args.grid)?,
                units: find::units(state, &args.units)?,
                on: on(&args.when)?,
                period: args.period.as_deref().map(period).transpose()?,
                note: args.when.note.clone(),
            };
            (belated(intent, &args.when.why), args.when.json)
        }
        Plain::Place(args) => {
            let units: Vec<UnitIx> = find::units(state, &args.units)?;
            let (grid, from) = (find::node(state, &args.grid)?, find::day(args.from.as_deref(), actor.today)?);
            (Intent::Place { units, grid, from }, args.json)
        }
        Plain::Post(args) => {
            let intent = Intent::Appoint {
                node: find::node(state, &args.grid)?,
                post: visit::post(state, find::node(state, &args.grid)?, &args.post)?,
                name: args.name.clone(),
                phone: args.phone.clone(),
                from: find::day(args.from.as_deref(), actor.today)?,
                until: args.until.as_deref().map(|text| find::ahead(text, actor.today)).transpose()?,
            };
            (intent, args.json)
        }
        Plain::Close(args) => {
            let visit = find::fact(book, &args.fact)?.id;
            (Intent::CloseProblem { visit, on: on(&args.when)?, note: args.when.note.clone() }, args.when.json)
        }
        Plain::Withdraw(args) => {
            let target = Box::new(find::fact(book, &args.fact)?);
            (Intent::Withdraw { target, reason: args.when.note.clone() }, args.when.json)
        }
        Plain::Exempt(args) => {
            let intent = Intent::Exempt {
                duty: args.duty.clone(),
                node: find::node(state, &args.node)?,
                period: period(&args.period)?,
                reason: args.reason.clone(),
                approver: find::person(state, &args.approver)?,
            };
            (intent, args.json)
        }
        Plain::Lock(args) => {
            (Intent::Lock { node: find::node(state, &args.node)?, through: day(&args.through)? }, args.json)
        }
        Plain::Unlock(args) => {
            let intent = Intent::Unlock {
                node: find::node(state, &args.node)?,
                from: day(&args.from)?,
                through: day(&args.through)?,
                until: find::ahead(&args.until, actor.today)?,
                reason: args.reason.clone(),
                approver: find::person(state, &args.approver)?,
            };
            (intent, args.json)
        }
    })
}

fn period(text: &str) -> Result<Period, Failure> {
    Period::parse(text).ok_or_else(|| Failure::said(t!("cli.record.period", text = text).into_owned()))
}
