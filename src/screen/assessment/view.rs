//! How the sheet looks: the rows, and below them what the chosen one asks for and stands on.
use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Assessment,
    facts::{FactRow, Facts},
    rows::{Below, Item, Row},
};
use crate::{
    app::{Command, Desk, Screen},
    grid::{
        assess::{ReportStage, Reported, Stage, Stars},
        decide::rights::{Right, has},
        pack::Criterion,
        record::FORMS,
        standing::DutyState,
        state::What,
    },
    screen::{Canvas, View, frame},
    ui::{Look, Role, list, text},
    words::{t, word},
};

const ON_FACTS: &[Command] = &[Command::Open, Command::PageDown, Command::Back];

/// The hints; what goes on to what waits has words of its own here.
fn hints(on_facts: bool) -> Vec<frame::Named> {
    use Command::*;
    let own: &[Command] = match on_facts {
        true => ON_FACTS,
        false => &[Open, NextOverdue, AssessAll, SendScores, Right, Undo, NextFocus, PrevMonth, Back],
    };
    let name = |command: &Command| match command {
        NextOverdue => t!("assess.hint.waiting"),
        command => command.row().name(),
    };
    own.iter().map(|command| (*command, name(command))).collect()
}

/// The columns of the name, of the share, and of each of the five numbers.
const NAME: u16 = 22;
const SHARE: u16 = 8;
const NUMBER: u16 = 5;
/// The rows of what the chosen one stands on.
const DETAIL: u16 = 6;

impl View for Assessment {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let about = self.about(canvas.desk);
        let body = frame::draw_as(canvas, self.node, self.context(), &hints(self.facts.is_some()), &about);
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: 1, ..body };
        let x = canvas.put(line, line.x, line.y, &t!("assess.title", period = self.period.label()), Role::Title);
        if let Some(facts) = &mut self.facts {
            return draw_facts(canvas, body, x, facts);
        }
        canvas.put(line, x + 2, line.y, &self.total, Role::Dim);
        if self.rows.is_empty() {
            let node = canvas.desk.state.org().full_name(self.node);
            let said = t!("assess.none", node = node);
            for (line, y) in text::wrap(&said, usize::from(body.width.saturating_sub(4))).iter().zip(body.y + 2..) {
                canvas.put(body, body.x + 2, y, line, Role::Dim);
            }
            return;
        }
        heads(canvas, Rect { y: body.y + 1, height: 1, ..body });
        let detail = DETAIL.min(body.height / 3);
        let height = body.height.saturating_sub(3 + detail);
        let cells = Rect { y: body.y + 2, height, ..body };
        let (look, desk, rows) = (canvas.look, canvas.desk, &self.rows);
        list::draw(canvas.buf, cells, look, &mut self.window, rows.len(), true, |buf, cells, i| match &rows[i] {
            Row::Line(item) => item_row(buf, cells, look, desk, item),
            Row::Star(stars) => star_row(buf, cells, look, *stars),
            Row::Report(sent, all) => report_row(buf, cells, look, sent, *all),
            Row::Part(part) => part_row(buf, cells, look, desk, part),
        });
        let below = Rect { x: body.x + 2, y: cells.bottom() + 1, width: body.width.saturating_sub(3), height: detail };
        self.detail(canvas, below);
    }
}

impl Assessment {
    /// What Enter does on the chosen row.
    fn about(&self, desk: &Desk) -> String {
        if self.facts.is_some() {
            return word("assess.enter.fact").to_owned();
        }
        let name = |node| desk.state.org().node(node).name.as_str();
        match self.row() {
            Some(Row::Line(item)) => match item.stage {
                Stage::Open => t!("assess.enter.own").into_owned(),
                Stage::Returned => t!("assess.enter.mend").into_owned(),
                Stage::Scored => t!("assess.enter.review").into_owned(),
                Stage::Reviewed => t!("assess.enter.confirm").into_owned(),
                Stage::Confirmed | Stage::Void => t!("assess.enter.done").into_owned(),
            },
            Some(Row::Star(_)) => t!("assess.enter.star").into_owned(),
            Some(Row::Report(sent, _)) => self.about_report(desk, sent).into_owned(),
            Some(Row::Part(part)) => t!("assess.enter.part", node = name(part.node)).into_owned(),
            None => String::new(),
        }
    }

    /// What Enter does on what was sent up.
    fn about_report(&self, desk: &Desk, sent: &Reported) -> Cow<'static, str> {
        let may = |right| has(&desk.state, &desk.actor, self.node, right).is_ok();
        match sent.stage() {
            ReportStage::Accepted => t!("assess.enter.accepted"),
            ReportStage::Returned if may(Right::Score) => t!("assess.enter.again"),
            ReportStage::Returned => t!("assess.enter.mending"),
            ReportStage::Sent if may(Right::Review) => t!("assess.enter.answer"),
            ReportStage::Sent => t!("assess.enter.waits"),
        }
    }

    /// What the chosen criterion asks for, what it stands on, and what the node above wrote.
    fn detail(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let mut parts = Vec::new();
        match self.row() {
            Some(Row::Line(item)) => {
                parts.push((asked(criterion(canvas.desk, item.criterion)), Role::Dim));
                let told = match item.told.as_str() {
                    "" if item.is_told => word("assess.on_words"),
                    "" => word("assess.no_share"),
                    told => told,
                };
                parts.push((t!("assess.evidence", told = told).into_owned(), Role::Text));
            }
            Some(Row::Report(sent, _)) => {
                let told = t!("assess.report.told", day = sent.day, n = sent.nodes, percent = sent.percent);
                parts.push((told.into_owned(), Role::Dim));
            }
            _ => return,
        }
        parts.extend(self.said().map(|said| (t!("assess.comment", text = said).into_owned(), Role::Late)));
        let wrap = |(what, role): (String, Role)| {
            text::wrap(&what, area.width.into()).into_iter().map(move |line| (line, role)).collect::<Vec<_>>()
        };
        for (y, (line, role)) in (area.y..area.bottom()).zip(parts.into_iter().flat_map(wrap)) {
            canvas.put(area, area.x, y, &line, role);
        }
    }
}

fn criterion(desk: &Desk, at: usize) -> &Criterion {
    &desk.pack().assessment.criteria[at]
}

/// A criterion's clauses and text.
fn asked(criterion: &Criterion) -> String {
    let assumed = if criterion.assumed { word("assess.assumed") } else { "" };
    let clauses = criterion.clauses.join(word("word.list"));
    t!("assess.asked", clauses = clauses, assumed = assumed, text = criterion.text).into_owned()
}

/// The titles of the columns.
fn heads(canvas: &mut Canvas<'_>, line: Rect) {
    let x = line.x + list::GUTTER;
    canvas.put(line, x, line.y, word("assess.column.criterion"), Role::Label);
    canvas.put(line, x + NAME + 1, line.y, word("assess.column.share"), Role::Label);
    let titles = [
        word("assess.column.full"),
        word("assess.column.suggested"),
        word("assess.column.own"),
        word("assess.column.reviewed"),
        word("assess.column.confirmed"),
    ];
    let mut x = x + NAME + 1 + SHARE;
    for title in titles {
        canvas.put(line, x + NUMBER - text::width(title) as u16, line.y, title, Role::Label);
        x += NUMBER;
    }
    canvas.put(line, x + 2, line.y, word("assess.column.stage"), Role::Label);
}

/// Puts name, share, five numbers, and what stands behind them; returns how many columns the name has.
fn columns(
    buf: &mut Buffer,
    cells: Rect,
    look: Look,
    (name, share): (&str, &str),
    numbers: [String; 5],
    (rest, role): (&str, Role),
) -> u16 {
    let style = |role: Role| look.theme.style(role);
    text::put_fit(buf, cells.x, cells.y, name, NAME.into(), style(Role::Text));
    text::put_fit(buf, cells.x + NAME + 1, cells.y, share, SHARE.into(), style(Role::Dim));
    let mut x = cells.x + NAME + 1 + SHARE;
    for number in &numbers {
        let width = text::width(number).min(NUMBER.into()) as u16;
        text::put_fit(buf, x + NUMBER - width, cells.y, number, width.into(), style(Role::Text));
        x += NUMBER;
    }
    let room = cells.right().saturating_sub(x + 2);
    text::put_fit(buf, x + 2, cells.y, rest, room.into(), style(role));
    text::width(name).min(NAME.into()) as u16
}

fn points(points: Option<u32>) -> String {
    points.map_or(String::new(), |points| points.to_string())
}

fn item_row(buf: &mut Buffer, cells: Rect, look: Look, desk: &Desk, item: &Item) -> u16 {
    let criterion = criterion(desk, item.criterion);
    let share = match item.share.asked() {
        0 => String::new(),
        asked => format!("{}/{asked}", item.share.done()),
    };
    let full = if item.counts { criterion.points.to_string() } else { word("assess.not_asked").to_owned() };
    let review = item.score.and_then(|score| score.review);
    let numbers = [
        full,
        points(item.suggested),
        points(item.score.map(|score| score.own)),
        points(review.and_then(|review| review.points)),
        points(item.score.and_then(|score| score.confirmed)),
    ];
    let role = match item.stage {
        Stage::Returned => Role::Overdue,
        Stage::Scored | Stage::Reviewed => Role::DueSoon,
        Stage::Confirmed => Role::Met,
        Stage::Open | Stage::Void => Role::Dim,
    };
    columns(buf, cells, look, (&criterion.name, &share), numbers, (item.stage.label(), role))
}

fn star_row(buf: &mut Buffer, cells: Rect, look: Look, stars: Stars) -> u16 {
    let (rest, role) = match (stars.confirmed, stars.suggested) {
        (Some(n), _) => (t!("assess.star.confirmed", n = n), Role::Met),
        (None, Some(n)) => (t!("assess.star.suggested", n = n), Role::DueSoon),
        (None, None) => (t!("assess.star.open"), Role::Dim),
    };
    let name = word("assess.star.name");
    columns(buf, cells, look, (name, ""), Default::default(), (&rest, role))
}

/// What was sent up about the nodes below, and what was said to it.
fn report_row(buf: &mut Buffer, cells: Rect, look: Look, sent: &Reported, all: usize) -> u16 {
    let mut numbers: [String; 5] = Default::default();
    numbers[4] = format!("{}%", sent.percent);
    let day = sent.answer.map_or(sent.day, |answer| answer.day).format("%m-%d");
    let stage = format!("{} {day}", sent.stage().label());
    let share = format!("{}/{all}", sent.nodes);
    columns(buf, cells, look, (word("assess.report.name"), &share), numbers, (&stage, sent_role(sent)))
}

/// The role of a result: returned it burns, waiting it is to be answered.
fn sent_role(sent: &Reported) -> Role {
    match sent.stage() {
        ReportStage::Returned => Role::Overdue,
        ReportStage::Accepted => Role::Met,
        ReportStage::Sent => Role::DueSoon,
    }
}

fn part_row(buf: &mut Buffer, cells: Rect, look: Look, desk: &Desk, part: &Below) -> u16 {
    let totals = part.totals;
    let share = format!("{}/{}", totals.settled, totals.lines);
    let numbers = [totals.full, totals.suggested, totals.own, totals.reviewed, totals.confirmed].map(|n| n.to_string());
    let mut rest = Vec::new();
    rest.extend(part.stars.confirmed.map(|n| t!("assess.star.short", n = n).into_owned()));
    if part.waiting > 0 {
        rest.push(t!("assess.waiting", n = part.waiting).into_owned());
    }
    let sent = |sent: Reported| {
        let day = sent.day.format("%m-%d");
        t!("assess.received", day = day, percent = sent.percent, stage = sent.stage().label()).into_owned()
    };
    // What was sent up is what the one above looks for; it stands first, so that it is not cut.
    match part.reported {
        Some(reported) => rest.insert(0, sent(reported)),
        None if part.reports => rest.push(word("assess.report.none").to_owned()),
        None => {}
    }
    let role = match (part.reported, totals.is_settled(), part.waiting) {
        (Some(sent), ..) => sent_role(&sent),
        (_, true, _) => Role::Met,
        (_, _, 0) => Role::Dim,
        _ => Role::DueSoon,
    };
    let name = format!("{} {}", look.glyphs.step, desk.state.org().node(part.node).name);
    columns(buf, cells, look, (&name, &share), numbers, (&rest.join(" "), role))
}

/// The evidence of a criterion.
fn draw_facts(canvas: &mut Canvas<'_>, body: Rect, x: u16, facts: &mut Facts) {
    let desk = canvas.desk;
    let criterion = criterion(desk, facts.criterion);
    canvas.put(body, x + 2, body.y, &criterion.name, Role::Title);
    let lines = text::wrap(&asked(criterion), usize::from(body.width.saturating_sub(2)));
    let shown = lines.len().min(3);
    for (line, y) in lines[..shown].iter().zip(body.y + 1..) {
        canvas.put(body, body.x + 1, y, line, Role::Dim);
    }
    let top = body.y + 1 + shown as u16;
    let cells = Rect { y: top, height: body.bottom().saturating_sub(top), ..body };
    if facts.rows.is_empty() {
        canvas.put(cells, cells.x + 2, cells.y, word("assess.no_share"), Role::Dim);
    }
    let (look, rows) = (canvas.look, &facts.rows);
    list::draw(canvas.buf, cells, look, &mut facts.window, rows.len(), true, |buf, cells, i| {
        let (words, role) = fact_row(desk, &rows[i]);
        text::put_fit(buf, cells.x, cells.y, &words, cells.width.into(), look.theme.style(role));
        text::width(&words) as u16
    });
}

fn fact_row(desk: &Desk, row: &FactRow) -> (String, Role) {
    let org = desk.state.org();
    match row {
        FactRow::Owed(standing) => {
            let role = match standing.state {
                DutyState::Overdue => Role::Overdue,
                DutyState::Met => Role::Met,
                DutyState::MetLate => Role::Late,
                DutyState::DueSoon => Role::DueSoon,
                _ => Role::Text,
            };
            let words = t!(
                "assess.owed",
                duty = desk.pack().duties[standing.duty].name,
                period = standing.period.short_label(),
                have = standing.have,
                need = standing.need,
                state = standing.state.label(),
                due = standing.due_on,
                node = org.full_name(standing.node)
            );
            (words.into_owned(), role)
        }
        FactRow::Mark { mark, unit, .. } => {
            let whose = unit.map_or_else(|| org.full_name(mark.at), |unit| org.unit(unit).record.name.clone());
            let late = if mark.recorded_on() > mark.date() && mark.recorded != u16::MAX {
                t!("assess.entered", day = mark.recorded_on())
            } else {
                "".into()
            };
            (format!("  {}  {}  {whose}{late}", mark.date(), kind(mark.what)), Role::Text)
        }
        FactRow::Said { day, form, what, .. } => (format!("{day}  {form}  {what}").trim_end().to_owned(), Role::Text),
        FactRow::Matter(id) => {
            let matter = desk.state.matter_of(*id);
            let told =
                matter.map_or(String::new(), |matter| format!("  {}  {}", matter.opened, desk.state.told(matter)));
            (told, Role::Text)
        }
    }
}

/// What people call a kind of record.
fn kind(what: What) -> &'static str {
    use crate::grid::fact::SessionKind;
    match what {
        What::Visit { .. } => word("kind.visit"),
        What::Session(SessionKind::Training) => word("kind.training"),
        What::Session(SessionKind::Activity) => word("kind.activity"),
        What::Done { .. } => word("kind.done"),
        What::Record { form, kind } => FORMS.get(usize::from(form)).map_or(word("kind.unknown"), |form| {
            form.kinds().get(usize::from(kind)).map_or(form.name(), |kind| kind.label())
        }),
    }
}
