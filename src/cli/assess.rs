//! `wangge assess`: a node's sheet, criterion by criterion, and how the nodes right below it stand.
use std::io::Write;

use serde_json::{Value, json};

use super::{Failure, Place, find, reader, to::To};
use crate::{
    grid::{
        assess::{Line, Part, Reported, Sheet, Totals, parts, reported, sheet},
        calendar::Period,
        fact::{Body, FactId},
        org::NodeIx,
        pack::{LENGTHS, SheetKind},
        state::State,
    },
    log::StoreLog,
    report::{Scope, Viewer},
    run::Book,
    ui::text::pad_right,
    words::{t, word},
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.assess_at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.assess_period"))]
    pub period: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

pub(super) fn run(place: &Place, args: &Args, out: &mut dyn Write) -> Result<(), Failure> {
    let file = args.table.file()?;
    let book = place.open()?;
    let actor = place.actor(&book)?;
    let state = &book.state;
    let me = actor.person.as_deref().and_then(|id| state.org().person_ix(id));
    let node = match &args.at {
        Some(text) => find::node(state, text)?,
        None => crate::app::own_node(state, me, actor.today),
    };
    let period = period(args, state, actor.today)?;
    if let (Some(file), Some(kind)) = (file, SheetKind::of("assessment")) {
        let log = StoreLog(book.store.clone());
        file.write_sheet(&Scope::new(state, node, period, &actor), &log, kind, out)?;
        return Ok(book.close()?);
    }
    let sheet = sheet(state, node, period, actor.today);
    let parts = parts(state, node, period, actor.today);
    let viewer = reader(state, Some(node), &actor);
    if args.json {
        for line in &sheet.lines {
            write(out, &line_of(&viewer, &book, &sheet, line))?;
        }
        write(out, &total_of(&viewer, &book, &sheet))?;
        for part in &parts {
            write(out, &total_of(&viewer, &book, &part.sheet))?;
        }
    } else {
        text(&viewer, &book, &sheet, out)?;
        below(&viewer, &book, &sheet, &parts, out)?;
    }
    Ok(book.close()?)
}

/// The period that is named, or the pack's usual one that runs.
fn period(args: &Args, state: &State, today: chrono::NaiveDate) -> Result<Period, Failure> {
    let usual = Period::containing(state.pack().assessment.cadence, today);
    let Some(text) = &args.period else { return Ok(usual) };
    let found = Period::parse(text).filter(|period| LENGTHS.contains(&period.cadence));
    let found = found.ok_or_else(|| Failure::said(t!("cli.assess.period", text = text, example = usual)))?;
    match found.first() > today {
        true => Err(Failure::said(t!("cli.export.future", period = found.label()))),
        false => Ok(found),
    }
}

fn write(out: &mut dyn Write, line: &Value) -> Result<(), Failure> {
    serde_json::to_writer(&mut *out, line).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// One criterion of a sheet; the keys are stable.
fn line_of(viewer: &Viewer<'_>, book: &Book, sheet: &Sheet<'_>, line: &Line<'_>) -> Value {
    let node = book.state.org().node(sheet.node);
    let review = line.score.and_then(|score| score.review);
    json!({
        "node": node.id,
        "node_name": book.state.org().full_name(sheet.node),
        "period": sheet.period.to_string(),
        "criterion": line.criterion.id,
        "name": line.criterion.name,
        "clauses": line.criterion.clauses,
        "points": line.criterion.points,
        "assumed": line.criterion.assumed,
        "counts": line.counts(),
        "met": line.share.met,
        "met_late": line.share.late,
        "overdue": line.share.overdue,
        "open": line.share.open,
        "suggested": line.suggested,
        "own": line.score.map(|score| score.own),
        "reviewed": review.and_then(|review| review.points),
        "confirmed": line.score.and_then(|score| score.confirmed),
        "stage": line.stage().key(),
        "comment": review.and_then(|review| comment(viewer, book, review.id)),
        "fact": line.score.map(|score| score.id.to_string()),
    })
}

/// What a sheet adds up to.
fn total_of(viewer: &Viewer<'_>, book: &Book, sheet: &Sheet<'_>) -> Value {
    let state = &book.state;
    let Totals { full, suggested, own, reviewed, confirmed, lines, settled } = sheet.totals();
    let reported = reported(state, sheet.node, sheet.period);
    json!({
        "node": state.org().node(sheet.node).id,
        "node_name": state.org().full_name(sheet.node),
        "period": sheet.period.to_string(),
        "criterion": null,
        "points": full,
        "suggested": suggested,
        "own": own,
        "reviewed": reviewed,
        "confirmed": confirmed,
        "criteria": lines,
        "settled": settled,
        "stars_suggested": sheet.stars.suggested,
        "stars": sheet.stars.confirmed,
        "reported_on": reported.map(|reported| reported.day),
        "reported_nodes": reported.map(|reported| reported.nodes),
        "reported_percent": reported.map(|reported| reported.percent),
        "reported_stage": reported.map(|reported| reported.stage().key()),
        "reported_comment": reported.and_then(|reported| comment(viewer, book, reported.answer?.id)),
        "reported": reported.map(|reported| reported.id.to_string()),
    })
}

/// What was written in a review, as the viewer may see it.
fn comment(viewer: &Viewer<'_>, book: &Book, said: FactId) -> Option<String> {
    let text = text_in(book, said).filter(|text| !text.trim().is_empty());
    text.map(|text| viewer.prose(&text))
}

fn text_in(book: &Book, id: FactId) -> Option<String> {
    let entry = book.store.find(id).ok()??;
    match entry.envelope.open(entry.received_ms).ok()?.draft.body {
        Body::Record(record) => Some(record.text("content").replace('\n', " ")),
        _ => None,
    }
}

fn points(points: Option<u32>) -> String {
    points.map_or_else(|| "-".to_owned(), |points| points.to_string())
}

fn text(viewer: &Viewer<'_>, book: &Book, sheet: &Sheet<'_>, out: &mut dyn Write) -> Result<(), Failure> {
    let state = &book.state;
    let name = state.org().full_name(sheet.node);
    if sheet.lines.is_empty() {
        writeln!(out, "{}", t!("assess.none", node = name))?;
        return Ok(());
    }
    writeln!(out, "{}", t!("assess.head", node = name, period = sheet.period.label()))?;
    let columns = [
        word("assess.column.full"),
        word("assess.column.suggested"),
        word("assess.column.own"),
        word("assess.column.reviewed"),
        word("assess.column.confirmed"),
    ];
    let columns: String = columns.into_iter().map(|title| pad_right(title, 6)).collect();
    writeln!(out, "  {}{columns}{}", pad_right(word("assess.column.criterion"), 26), word("assess.column.stage"))?;
    for line in &sheet.lines {
        let score = line.score;
        let numbers = [
            if line.counts() { line.criterion.points.to_string() } else { word("assess.not_asked").to_owned() },
            points(line.suggested),
            points(score.map(|score| score.own)),
            points(score.and_then(|score| score.review).and_then(|review| review.points)),
            points(score.and_then(|score| score.confirmed)),
        ];
        let numbers: String = numbers.iter().map(|number| pad_right(number, 6)).collect();
        writeln!(out, "  {}{numbers}{}", pad_right(&line.criterion.name, 26), line.stage().label())?;
        let told = line.told(state);
        let cited = format!("      [{}] {told}", line.criterion.clauses.join(word("word.list")));
        writeln!(out, "{}", cited.trim_end())?;
        if let Some(comment) = score.and_then(|score| score.review).and_then(|review| comment(viewer, book, review.id))
        {
            writeln!(out, "      {}", t!("assess.comment", text = comment))?;
        }
    }
    writeln!(out, "{}", total(sheet))?;
    Ok(())
}

/// What a sheet adds up to, in one line.
fn total(sheet: &Sheet<'_>) -> String {
    let stars = match (sheet.stars.confirmed, sheet.stars.suggested) {
        (Some(stars), _) => t!("assess.stars", n = stars),
        (None, Some(stars)) => t!("assess.stars_suggested", n = stars),
        (None, None) => "".into(),
    };
    sheet.totals().told(&stars)
}

/// How the nodes right below stand.
fn below(
    viewer: &Viewer<'_>,
    book: &Book,
    sheet: &Sheet<'_>,
    parts: &[Part<'_>],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let state = &book.state;
    if parts.is_empty() {
        return Ok(());
    }
    if let Some(sent) = reported(state, sheet.node, sheet.period) {
        let own = t!("assess.report.line", n = sent.nodes, percent = sent.percent);
        writeln!(out, "{own}  {}{}", sent.day, answer(viewer, book, &sent))?;
    }
    let name = |node: NodeIx| state.org().node(node).name.as_str();
    writeln!(out, "{}", t!("assess.parts", node = name(sheet.node)))?;
    for part in parts {
        let sent = match part.reported {
            Some(sent) => {
                let told = t!("assess.sent", day = sent.day, n = sent.nodes, percent = sent.percent);
                format!("{told}{}", answer(viewer, book, &sent))
            }
            None => String::new(),
        };
        writeln!(out, "  {} {}{sent}", pad_right(name(part.sheet.node), 20), total(&part.sheet))?;
    }
    Ok(())
}

/// How far a result that was sent up has come, and what was said to it.
fn answer(viewer: &Viewer<'_>, book: &Book, sent: &Reported) -> String {
    let day = sent.answer.map_or_else(String::new, |answer| format!(" {}", answer.day));
    let said = sent.answer.and_then(|answer| comment(viewer, book, answer.id));
    let said = said.map_or_else(String::new, |text| format!("  {}", t!("assess.comment", text = text)));
    format!("  {}{day}{said}", sent.stage().label())
}
