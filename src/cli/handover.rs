//! `wangge handover`: what goes over with a post, on paper and with both signatures.
use std::{
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};

use super::{Failure, Place, find, log::written, reader, to::File};
use crate::{
    grid::{
        decide::{Actor, Intent, decide},
        fact::{FactId, HandoverAnswer, PackSeal},
        handover::{Part, Seat, sealed_count},
        org::{NodeIx, PersonIx, Post},
        state::{Offer, State},
    },
    log::{Position, StoreLog, Subtree},
    report::{
        Cell, Handing, Listing,
        write::{Format, Lines, save, text, write},
    },
    run::Book,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(value_name = word("cli.value.handover"), help = word("cli.help.handover_what"))]
    pub what: Option<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.person"), help = word("cli.help.handover_to"))]
    pub to: Option<String>,
    #[arg(long, value_name = word("cli.value.person"), help = word("cli.help.handover_of"))]
    pub of: Option<String>,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.handover_from"), allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.handover_note"), default_value = "",
          hide_default_value = true)]
    pub note: String,
    #[arg(long, value_name = word("cli.value.record"), help = word("cli.help.handover_id"))]
    pub id: Option<String>,
    #[arg(short, long, value_name = word("cli.value.file"), help = word("cli.help.handover_file"))]
    pub output: Option<PathBuf>,
    #[arg(long, help = word("cli.help.gbk"), requires = "output")]
    pub gbk: bool,
    #[arg(long, help = word("cli.help.json"), conflicts_with = "output")]
    pub json: bool,
}

/// The answers, as they are typed.
const ANSWERS: [(&str, HandoverAnswer); 3] = [
    ("confirm", HandoverAnswer::Confirmed),
    ("decline", HandoverAnswer::Declined),
    ("take-back", HandoverAnswer::TakenBack),
];

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = match (&args.what, &args.output) {
        (None, Some(path)) => Some(File::named(path, args.gbk)?),
        _ => None,
    };
    let mut book = place.open()?;
    let answer = args.what.as_deref().and_then(|what| ANSWERS.iter().find(|(name, _)| *name == what));
    match (&args.what, answer) {
        (None, _) => list(place, &book, args.json, file, out)?,
        (Some(_), Some((_, kind))) => reply(place, &mut book, args, *kind, out)?,
        (Some(post), None) => {
            let known = Post::parse(post).ok_or_else(|| Failure::said(t!("cli.handover.no_post", text = post)))?;
            post_over(place, &mut book, args, known, out)?;
        }
    }
    Ok(book.close()?)
}

/// A handover in words: whose, what, to whom, how far.
fn told(state: &State, offer: &Offer) -> String {
    let org = state.org();
    let name =
        |ix: Option<PersonIx>, id: &str| ix.map_or_else(|| id.to_owned(), |ix| org.person(ix).record.name.clone());
    let node = offer.node_ix(state);
    let post = node.map_or(offer.what.post.label(), |ix| state.pack().names.post_at(org.node(ix), offer.what.post));
    let node = node.map_or_else(|| offer.node.clone(), |ix| org.full_name(ix));
    let stands = match state.handover_answer(offer.id) {
        None => word("cli.handover.waits").to_owned(),
        Some(answer) => t!("cli.handover.answered", day = answer.day, said = answer.kind.label()).into_owned(),
    };
    let (from, to) = (name(offer.leaver(state), &offer.what.from), name(offer.successor(state), &offer.to));
    t!(
        "cli.handover.line",
        node = node,
        post = post,
        from = from,
        to = to,
        on = offer.what.on,
        stands = stands,
        id = offer.id
    )
    .into_owned()
}

fn list(place: &Place, book: &Book, json: bool, file: Option<File<'_>>, out: &mut dyn Write) -> Result<(), Failure> {
    let (state, actor) = (&book.state, place.actor(book)?);
    let mut offers: Vec<&Offer> = state.handovers().collect();
    offers.sort_by_key(|offer| (!state.is_offered(offer.id), std::cmp::Reverse(offer.recorded_ms), offer.id));
    let viewer = reader(state, None, &actor);
    if let Some(file) = file {
        let listing = listing(state, find::node_or_root(state, None)?, &offers);
        return file.write(&viewer, &StoreLog(book.store.clone()), &[listing], out);
    }
    for offer in &offers {
        match json {
            true => writeln!(out, "{}", viewer.object(line(state, offer)))?,
            false => writeln!(out, "{}", told(state, offer))?,
        }
    }
    if offers.is_empty() && !json {
        writeln!(out, "{}", t!("cli.handover.none"))?;
    }
    Ok(())
}

/// The handovers as a table for a file.
fn listing(state: &State, root: NodeIx, offers: &[&Offer]) -> Listing {
    let org = state.org();
    let row = |offer: &&Offer| {
        let name = |ix: Option<PersonIx>, id: &str| ix.map_or(id.to_owned(), |ix| org.person(ix).record.name.clone());
        let node = offer.node_ix(state);
        let post = node.map_or(offer.what.post.label(), |ix| state.pack().names.post_at(org.node(ix), offer.what.post));
        let answer = state.handover_answer(offer.id);
        vec![
            Cell::text(node.map_or_else(|| offer.node.clone(), |ix| org.full_name(ix))),
            Cell::text(post),
            Cell::text(name(offer.leaver(state), &offer.what.from)),
            Cell::text(name(offer.successor(state), &offer.to)),
            Cell::Day(offer.what.on),
            Cell::Day(offer.day),
            Cell::text(answer.map_or(word("cli.handover.waits"), |answer| answer.kind.label())),
            Cell::day(answer.map(|answer| answer.day)),
            Cell::text(&*offer.what.note),
            Cell::text(offer.id.to_string()),
        ]
    };
    let columns = ["node", "post", "leaver", "successor", "passes", "day", "standing", "answered", "note", "fact"];
    Listing::new(word("listing.handovers"), root, &columns).of(offers.iter().map(row))
}

/// One handover with stable keys.
fn line(state: &State, offer: &Offer) -> Value {
    let answer = state.handover_answer(offer.id);
    let counts = |seal: &PackSeal| -> Map<String, Value> {
        Part::ALL.into_iter().map(|part| (part.key().to_owned(), json!(sealed_count(seal, part)))).collect()
    };
    json!({
        "id": offer.id.to_string(),
        "node": offer.node,
        "node_name": offer.node_ix(state).map(|ix| state.org().full_name(ix)),
        "post": offer.what.post,
        "from": offer.what.from,
        "to": offer.to,
        "on": offer.what.on,
        "by": offer.by,
        "day": offer.day,
        "note": offer.what.note,
        "state": answer.map_or(json!("offered"), |answer| json!(answer.kind)),
        "answered_by": answer.and_then(|answer| answer.by.clone()),
        "answered_on": answer.map(|answer| answer.day),
        "answer_note": answer.map(|answer| answer.note.clone()),
        "counts": counts(answer.and_then(|answer| answer.seal.as_ref()).unwrap_or(&offer.what.seal)),
    })
}

/// Confirms, declines or takes back: the one that is named, or the only one that is the actor's to answer.
fn reply(
    place: &Place,
    book: &mut Book,
    args: &Args,
    kind: HandoverAnswer,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let actor = place.actor(book)?;
    let of = answered(&book.state, &actor, args, kind)?;
    let decision = decide(&book.state, &actor, &Intent::AnswerHandover { of, kind, note: args.note.clone() })?;
    let facts = book.append(&decision.drafts, place.clock.now_ms())?;
    if args.json {
        return written(&book.state, &actor, &facts, out);
    }
    if let Some(offer) = book.state.handover(of) {
        writeln!(out, "{}", told(&book.state, offer))?;
        if kind == HandoverAnswer::Confirmed {
            let day = offer.passes_on(actor.today);
            writeln!(out, "{}", t!("cli.handover.passes", day = day))?;
        }
    }
    Ok(())
}

fn answered(state: &State, actor: &Actor, args: &Args, kind: HandoverAnswer) -> Result<FactId, Failure> {
    if let Some(id) = &args.id {
        let id = FactId::parse(id).ok_or_else(|| Failure::said(t!("cli.find.fact_id", text = id)))?;
        return Ok(id);
    }
    let me = actor.person.as_deref();
    let is_mine = |offer: &&Offer| match kind {
        HandoverAnswer::TakenBack => me == Some(&offer.what.from) || me == offer.by.as_deref(),
        _ => me == Some(&offer.to),
    };
    let mine: Vec<&Offer> = state.handovers().filter(|offer| state.is_offered(offer.id)).filter(is_mine).collect();
    match mine[..] {
        [only] => Ok(only.id),
        [] => Err(Failure::said(t!("cli.handover.not_one"))),
        _ => {
            let all: Vec<String> = mine.iter().map(|offer| told(state, offer)).collect();
            Err(Failure::said(t!("cli.handover.several", all = all.join("\n"))))
        }
    }
}

/// Offers a post, or writes its pack: into a file where one is named, onto the screen where nobody is to take over.
fn post_over(place: &Place, book: &mut Book, args: &Args, post: Post, out: &mut dyn Write) -> Result<(), Failure> {
    let actor = place.actor(book)?;
    let at = args.at.as_deref().ok_or_else(|| Failure::said(word("cli.handover.no_node")))?;
    let node = find::node(&book.state, at)?;
    let to = args.to.as_deref().map(|name| find::person(&book.state, name)).transpose()?;
    let of = args.of.as_deref().map(|name| find::person(&book.state, name)).transpose()?;
    match (&args.output, to) {
        (None, Some(to)) => {
            let on = args.from.as_deref().map(|text| find::ahead(text, actor.today)).transpose()?;
            let (on, note) = (on.unwrap_or(actor.today), args.note.clone());
            let intent = Intent::HandOver { node, post, from: of, to, on, note };
            let decision = decide(&book.state, &actor, &intent)?;
            let facts = book.append(&decision.drafts, place.clock.now_ms())?;
            if args.json {
                return written(&book.state, &actor, &facts, out);
            }
            for offer in facts.iter().filter_map(|fact| book.state.handover(fact.id)) {
                writeln!(out, "{}", told(&book.state, offer))?;
                writeln!(out, "{}", t!("cli.handover.next"))?;
            }
            Ok(())
        }
        (output, to) => print(book, &actor, (node, post, of, to), output.as_deref(), out),
    }
}

/// The pack: as it was when it was confirmed, where it was; else as it is.
fn print(
    book: &Book,
    actor: &Actor,
    (node, post, of, to): (NodeIx, Post, Option<String>, Option<String>),
    output: Option<&Path>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let state = &book.state;
    let id = &state.org().node(node).id;
    let is_it = |offer: &&Offer| {
        let same = |named: &Option<String>, id: &String| named.as_ref().is_none_or(|named| named == id);
        offer.node == *id && offer.what.post == post && same(&of, &offer.what.from) && to.as_ref() == Some(&offer.to)
    };
    let offer = state.handovers().filter(is_it).max_by_key(|offer| (offer.recorded_ms, offer.id));
    let answer = offer.and_then(|offer| state.handover_answer(offer.id));
    let confirmed = answer.filter(|answer| answer.kind == HandoverAnswer::Confirmed);
    let earlier = confirmed.map(|answer| before(book, answer.id)).transpose()?;
    let seen = earlier.as_ref().unwrap_or(state);
    let today = confirmed.map_or(actor.today, |answer| answer.day);
    let from = match offer.map(|offer| offer.what.from.clone()).or(of) {
        Some(id) => seen.org().person_ix(&id),
        None => holder(seen, actor, (node, post)),
    };
    let from = from.ok_or_else(|| Failure::said(t!("cli.handover.whose", node = state.org().full_name(node))))?;
    let sealed = match confirmed {
        Some(answer) => answer.seal.clone(),
        None => offer.map(|offer| offer.what.seal.clone()),
    };
    let handing = Handing {
        seat: Seat { state: seen, node, post, from, today },
        to: to.as_deref().and_then(|id| seen.org().person_ix(id)),
        offer,
        sealed,
        answer: answer.map(|answer| (answer.kind, answer.day, answer.note.clone())),
    };
    let document = handing.document(actor);
    let Some(path) = output else {
        text(&document, Lines::Unix, out)?;
        return Ok(());
    };
    let format = Format::of(path).ok_or_else(|| Failure::said(word("cli.export.pack_format")))?;
    let failed = |error: crate::report::write::WriteError| {
        Failure::said(t!("cli.export.io", error = crate::report::ExportError::from(error).told()))
    };
    save(path, |file| write(&document, format, actor.today, file)).map_err(failed)?;
    let (n, path) = (document.sheets.len(), path.display());
    Ok(writeln!(out, "{}", t!("cli.export.pack_done", title = document.title, n = n, path = path))?)
}

/// The actor where they hold the post, else its only holder.
fn holder(state: &State, actor: &Actor, (node, post): (NodeIx, Post)) -> Option<PersonIx> {
    let org = state.org();
    let held: Vec<PersonIx> = org.node(node).holders_on(post, actor.today).collect();
    let me = actor.person.as_deref().and_then(|id| org.person_ix(id)).filter(|me| held.contains(me));
    me.or(match held[..] {
        [only] => Some(only),
        _ => None,
    })
}

/// The state as it was when a fact was about to be written: everything that the log has before it.
fn before(book: &Book, id: FactId) -> Result<State, Failure> {
    const PAGE: usize = 20_000;
    let mut state = book.state.afresh();
    let mut after = Position(0);
    loop {
        let entries = book.store.read(Subtree::All, after, PAGE)?;
        for entry in &entries {
            if entry.envelope.id() == id {
                return Ok(state);
            }
            if let Ok(fact) = entry.envelope.open(entry.received_ms) {
                state.apply(&fact);
            }
        }
        match entries.last() {
            Some(last) if entries.len() == PAGE => after = last.position,
            _ => return Ok(state),
        }
    }
}
