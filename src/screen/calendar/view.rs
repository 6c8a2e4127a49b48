//! How the calendar looks: the month, and the day under the cursor beside it or below it.
use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{
    CalendarScreen, Row, day,
    days::Recorded,
    picker,
    weeks::{month_of, weeks},
};
use crate::{
    app::{Command, Desk, Screen},
    grid::{
        fact::SessionKind,
        org::NodeIx,
        record::FORMS,
        standing::{DutyState, Standing},
        state::What,
    },
    report::{Cell, Listing},
    screen::{Canvas, View, frame},
    ui::{Look, Role, text},
    words::t,
};

const HINTS: &[Command] = &[
    Command::Open,
    Command::PrevMonth,
    Command::NextMonth,
    Command::Today,
    Command::NextFocus,
    Command::Filter,
    Command::Back,
];

/// The columns of a day; fewer where the window has not so many for the whole week.
const CELL: u16 = 11;
/// From this width on the day stands beside the month.
const WIDE: u16 = 112;

impl View for CalendarScreen {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        if self.picks {
            return picker::draw(self, canvas);
        }
        let about = self.about(canvas.desk);
        let body = frame::draw(canvas, self.node, self.context(), HINTS, &about);
        let month = month_of(self.day);
        let weeks = weeks(month);
        let wide = body.width >= WIDE;
        let columns = CELL.min(body.width / 7);
        self.shown.clear();
        let lines = match weeks.len() as u16 {
            n if wide && body.height >= 2 + 3 * n => 3,
            n if body.height >= 6 + 2 * n => 2,
            _ => 1,
        };
        let x = canvas.put(body, body.x + 1, body.y, &month.label(), Role::Title);
        canvas.put(body, x + 3, body.y, &t!("calendar.legend"), Role::Dim);
        for (i, name) in day::names().enumerate() {
            canvas.put(body, body.x + i as u16 * columns + 1, body.y + 1, &name, Role::Label);
        }
        let mut y = body.y + 2;
        for week in &weeks {
            for (i, shown) in week.iter().enumerate() {
                if let Some(shown) = shown {
                    let cell = Rect { x: body.x + i as u16 * columns, y, width: columns, height: lines };
                    self.shown.push((cell, *shown));
                    self.cell(canvas, cell, *shown);
                }
            }
            y += lines;
        }
        let cells = match wide {
            true => {
                let x = body.x + 7 * CELL + 1;
                for y in body.top()..body.bottom() {
                    canvas.put(body, x, y, canvas.look.glyphs.vline, Role::Border);
                }
                Rect { x: x + 2, width: body.right().saturating_sub(x + 2), ..body }
            }
            false => Rect { y: y + 1, height: body.bottom().saturating_sub(y + 1), ..body },
        };
        self.draw_day(canvas, cells.intersection(body));
    }

    fn is_popup(&self) -> bool {
        self.picks
    }
}

impl CalendarScreen {
    /// One day of the month: its number, whether it is off, how much is due and how much was recorded.
    fn cell(&self, canvas: &mut Canvas<'_>, cell: Rect, shown: chrono::NaiveDate) {
        let Some(month) = &self.month else { return };
        let holds = month.day(shown);
        let here = shown == self.day;
        let mut x = day::number(canvas, cell, (cell.x, cell.y), shown, here, !self.listing);
        if let Some((word, role)) = day::mark(canvas.desk, shown) {
            x = canvas.put(cell, x + 1, cell.y, &word, role);
        }
        let glyphs = canvas.look.glyphs;
        let (overdue, open) = (holds.overdue(), holds.open() - holds.overdue());
        let mut counts = Vec::new();
        if overdue > 0 {
            counts.push((format!("{}{overdue}", glyphs.overdue), Role::Overdue));
        }
        if open > 0 {
            counts.push((format!("{}{open}", glyphs.due), Role::DueSoon));
        }
        if counts.is_empty() && !holds.due.is_empty() {
            counts.push((glyphs.ok.to_owned(), Role::Met));
        }
        let done = if holds.done.is_empty() {
            String::new()
        } else {
            t!("calendar.recorded", n = holds.done.len()).into_owned()
        };
        // In one line there is room for the more urgent only.
        if cell.height == 1 {
            counts.truncate(1);
        } else {
            // Beside its number: at the right edge it would look like the next day's. Cut it would be another number.
            if text::width(&done) <= usize::from(cell.right().saturating_sub(x + 1)) {
                canvas.put(cell, x + 1, cell.y, &done, Role::Dim);
            }
            x = cell.x;
        }
        let y = if cell.height == 1 { cell.y } else { cell.y + 1 };
        for (what, role) in &counts {
            x = canvas.put(cell, x + 1, y, what, *role);
        }
        if cell.height > 2
            && let Some(name) = canvas.desk.calendar.name(shown)
        {
            canvas.put(Rect { width: cell.width.saturating_sub(1), ..cell }, cell.x + 1, cell.y + 2, name, Role::Dim);
        }
    }

    /// The day under the cursor and what it holds.
    fn draw_day(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(month) = self.month.as_ref().filter(|_| area.height > 0) else { return };
        let holds = month.day(self.day);
        let x = canvas.put(area, area.x + 1, area.y, &day::told(canvas.desk, self.day), Role::Title);
        let mut counts = Vec::new();
        if !holds.due.is_empty() {
            counts.push(t!("calendar.due_count", due = holds.due.len(), open = holds.open()).into_owned());
        }
        if !holds.done.is_empty() {
            counts.push(t!("calendar.done_count", n = holds.done.len()).into_owned());
        }
        let said = counts.join("  ");
        // Beside the month there may be no room for it in the first line.
        let below = usize::from(area.right().saturating_sub(x + 2)) < text::width(&said);
        let (from, y) = if below { (area.x + 1, area.y + 1) } else { (x + 2, area.y) };
        canvas.put(area, from, y, &said, Role::Label);
        let rows = Rect { y: y + 1, height: area.bottom().saturating_sub(y + 1), ..area };
        let rows = self.filter.above(canvas, rows);
        if self.rows.is_empty() {
            let what = if self.filter.is_on() { t!("filter.none") } else { t!("calendar.nothing") };
            canvas.put(rows, rows.x + 1, rows.y, &what, Role::Dim);
        }
        let (look, desk, node) = (canvas.look, canvas.desk, self.node);
        let (list, window, focused) = (&self.rows, &mut self.window, self.listing);
        self.filter.list(canvas, rows, window, list.len(), focused, |buf, cells, i| {
            let line = match &list[i] {
                Row::Due(row) => due_line(desk, look, row, node),
                Row::Done(done) => done_line(desk, look, done, node),
            };
            line.draw(buf, cells, look)
        });
    }

    /// The clause behind the duty under the cursor of the list.
    fn about(&self, desk: &Desk) -> String {
        match self.rows.get(self.window.at).filter(|_| self.listing) {
            Some(Row::Due(row)) => frame::clause(&desk.pack().duties[row.duty]),
            _ => String::new(),
        }
    }
}

/// A row: its mark, what it is, and what stands at the right.
struct Line {
    mark: &'static str,
    role: Role,
    what: String,
    right: String,
}

impl Line {
    fn draw(&self, buf: &mut ratatui::buffer::Buffer, cells: Rect, look: Look) -> u16 {
        text::put_fit(buf, cells.x, cells.y, self.mark, 1, look.theme.style(self.role));
        let cols = text::width(&self.right) as u16;
        let room = cells.width.saturating_sub(cols + 3);
        text::put_fit(buf, cells.x + 2, cells.y, &self.what, room.into(), look.theme.style(Role::Text));
        let x = cells.right().saturating_sub(cols);
        text::put_fit(buf, x, cells.y, &self.right, cols.into(), look.theme.style(self.role));
        2 + text::width(&self.what).min(room.into()) as u16
    }
}

/// Something that is due: at whom, what, how far it is.
fn due_line(desk: &Desk, look: Look, row: &Standing, scope: NodeIx) -> Line {
    let glyphs = look.glyphs;
    let (mark, role) = match row.state {
        DutyState::Overdue => (glyphs.overdue, Role::Overdue),
        DutyState::MetLate => (glyphs.late, Role::Late),
        DutyState::Met => (glyphs.ok, Role::Met),
        state if state.is_settled() => ("-", Role::Dim),
        _ => (glyphs.due, Role::DueSoon),
    };
    let tallied = row.about.is_none() && row.need > 0;
    let right = if tallied { format!("{}/{}", row.have, row.need) } else { row.state.label().to_owned() };
    Line { mark, role, what: due_what(desk, row, scope), right }
}

fn due_what(desk: &Desk, row: &Standing, scope: NodeIx) -> String {
    let duty = &desk.pack().duties[row.duty];
    let what = match row.about.and_then(|id| desk.state.matter_of(id)) {
        Some(matter) => t!("word.at", place = duty.name, what = desk.state.told(matter)).into_owned(),
        None => format!("{} {}", row.period.short_label(), duty.name),
    };
    placed(desk, row.node, scope) + &what
}

/// Something that was done: what, about whom, where.
fn done_line(desk: &Desk, look: Look, done: &Recorded, scope: NodeIx) -> Line {
    let late = is_late(done);
    let (role, right) = if late { (Role::Late, t!("calendar.late").into_owned()) } else { (Role::Met, String::new()) };
    let what = done_what(desk, done, scope);
    Line { mark: if late { look.glyphs.late } else { look.glyphs.ok }, role, what, right }
}

/// Whether it was entered after its month.
fn is_late(done: &Recorded) -> bool {
    done.mark.recorded_on() > month_of(done.mark.date()).last()
}

/// What it was.
fn kind(desk: &Desk, done: &Recorded) -> String {
    match done.mark.what {
        What::Visit { .. } => t!("calendar.visit").into_owned(),
        What::Session(SessionKind::Training) => t!("calendar.training").into_owned(),
        What::Session(SessionKind::Activity) => t!("calendar.activity").into_owned(),
        What::Record { form, .. } => FORMS.get(usize::from(form)).map_or("", |form| form.name()).to_owned(),
        What::Done { duty } => desk.pack().duties.get(usize::from(duty)).map_or("", |duty| &duty.name).to_owned(),
    }
}

fn done_what(desk: &Desk, done: &Recorded, scope: NodeIx) -> String {
    let kind = kind(desk, done);
    let whom = done.unit.map_or("", |unit| desk.state.org().unit(unit).record.name.as_str());
    format!("{}{kind} {whom}", placed(desk, done.mark.at, scope))
}

/// What is due and what was done on days, as a table for a file.
pub(super) fn listing(
    desk: &Desk,
    node: NodeIx,
    name: String,
    rows: impl Iterator<Item = (NaiveDate, Row)>,
) -> Listing {
    let org = desk.state.org();
    let row = |(day, row): (NaiveDate, Row)| match row {
        Row::Due(due) => vec![
            Cell::Day(day),
            Cell::text(t!("listing.due")),
            Cell::text(org.full_name(due.node)),
            Cell::Empty,
            Cell::text(due_what(desk, &due, due.node)),
            Cell::text(due.state.label()),
            Cell::number(due.have),
            Cell::number(due.need),
        ],
        Row::Done(done) => vec![
            Cell::Day(day),
            Cell::text(t!("listing.did")),
            Cell::text(org.full_name(done.mark.at)),
            done.unit.map_or(Cell::Empty, |unit| Cell::text(&org.unit(unit).record.name)),
            Cell::text(kind(desk, &done)),
            Cell::text(if is_late(&done) { t!("calendar.late") } else { "".into() }),
            Cell::Empty,
            Cell::Empty,
        ],
    };
    let columns = ["day", "section", "node", "unit", "text", "state", "have", "need"];
    Listing::new(name, node, &columns).of(rows.map(row))
}

impl Row {
    /// What it is, in words, as it is looked for.
    pub(super) fn told(&self, desk: &Desk, scope: NodeIx) -> String {
        match self {
            Row::Due(row) => due_what(desk, row, scope),
            Row::Done(done) => done_what(desk, done, scope),
        }
    }
}

/// The node's name, where it is not the one that the calendar is about.
fn placed(desk: &Desk, node: NodeIx, scope: NodeIx) -> String {
    if node == scope {
        return String::new();
    }
    let org = desk.state.org();
    let is_below = org.node(node).parent == Some(scope);
    format!("{} ", if is_below { org.node(node).name.clone() } else { org.full_name(node) })
}
