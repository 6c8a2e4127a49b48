//! How the visits board looks.
use chrono::Datelike;
use ratatui::{layout::Rect, style::Modifier};

use super::Board;
use crate::{
    app::{Command, Context, Desk, Screen},
    grid::standing::Standing,
    screen::{
        Canvas, View, frame,
        months::{Cell, look, months, visits},
    },
    ui::{Role, list, spark, text},
    words::t,
};

const HINTS: &[Command] = &[
    Command::VisitToday,
    Command::MarkOne,
    Command::VisitForm,
    Command::UnitYear,
    Command::Undo,
    Command::Filter,
    Command::Today,
    Command::Back,
    Command::MarkRange,
    Command::History,
];

/// The columns of the sum of a year's visits, and of what follows on wide screens: the last visit and who answers.
const SUM: u16 = 6;
const LAST: u16 = 11;
const CONTACT: u16 = 10;

/// Where the columns stand.
struct Columns {
    names: u16,
    /// The first column of the months, and how many each of them has.
    x: u16,
    month: u16,
    wide: bool,
}

impl Columns {
    fn of(body: Rect) -> Columns {
        let wide = body.width >= 110;
        let month = if wide { 4 } else { 3 };
        let more = SUM + if wide { 1 + LAST + CONTACT } else { 0 };
        let names = body.width.saturating_sub(12 * month + more + list::GUTTER + 3).clamp(12, 40);
        Columns { names, x: body.x + list::GUTTER + names + 3, month, wide }
    }

    fn at(&self, month: usize) -> u16 {
        self.x + month as u16 * self.month
    }
}

impl View for Board {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let context = self.context();
        let about = self.marked(canvas).unwrap_or_else(|| self.quota(canvas.desk));
        let body = frame::draw(canvas, self.grid, context, HINTS, &about);
        let columns = Columns::of(body);
        self.head(canvas, body, &columns);
        let rows = Rect { y: body.y + 2, height: body.height.saturating_sub(5), ..body };
        let (look, desk) = (canvas.look, canvas.desk);
        let (units, marks, year, under) = (&self.units, &self.marks, months(self.january), self.month);
        self.filter.list(canvas, rows, &mut self.window, units.len(), true, |buf, cells, i| {
            let unit = units[i];
            let (mark, role) =
                if marks.has(unit) { (look.glyphs.marked, Role::Title) } else { (look.glyphs.unmarked, Role::Dim) };
            text::put(buf, cells.x, cells.y, mark, 1, look.theme.style(role));
            let record = &desk.state.org().unit(unit).record;
            let cols = usize::from(columns.names);
            text::put_fit(buf, cells.x + 2, cells.y, &record.name, cols, look.theme.style(Role::Text));
            let mut sum = 0;
            for (m, month) in year.iter().enumerate() {
                let cell = visits(desk, unit, *month);
                sum += if let Cell::Done(n) | Cell::Late(n) = cell { n } else { 0 };
                let (what, role) = self::look(cell, look.glyphs);
                let bold = if m == under { Modifier::BOLD } else { Modifier::empty() };
                let style = look.theme.style(role).add_modifier(bold);
                let x = text::put(buf, columns.at(m), cells.y, &what, usize::from(columns.month), style);
                if desk.state.open_problems(unit).any(|problem| month.contains(problem.opened)) {
                    text::put(buf, x, cells.y, look.glyphs.overdue, 1, look.theme.style(Role::Overdue));
                }
            }
            let x = columns.at(12);
            let shown = text::pad_left(&sum.to_string(), usize::from(SUM) - 1);
            let role = if sum == 0 { Role::DueSoon } else { Role::Text };
            text::put_fit(buf, x, cells.y, &shown, usize::from(SUM), look.theme.style(role));
            if columns.wide {
                let last = desk.state.last_visit(unit).map_or(String::new(), |day| day.to_string());
                text::put_fit(buf, x + SUM + 1, cells.y, &last, usize::from(LAST), look.theme.style(Role::Dim));
                let x = x + SUM + 1 + LAST;
                text::put_fit(buf, x, cells.y, &record.contact, usize::from(CONTACT), look.theme.style(Role::Dim));
            }
            2 + text::width(&record.name).min(cols) as u16
        });
        if self.units.is_empty() {
            canvas.put(rows, rows.x + 2, rows.y, &t!("board.nobody"), Role::Dim);
        }
        self.sums(canvas, body, &columns);
    }
}

impl Board {
    /// The year, what the marks mean, and the months.
    fn head(&self, canvas: &mut Canvas<'_>, body: Rect, columns: &Columns) {
        let glyphs = canvas.look.glyphs;
        let title = Rect { x: body.x + 1, width: columns.x.saturating_sub(body.x + 2), height: 1, ..body };
        if !self.filter.draw(canvas, title) {
            let year = self.january.first().year();
            let x = canvas.put(title, title.x, title.y, &t!("board.title", year = year), Role::Title);
            canvas.put(title, x + 2, title.y, &t!("board.count", n = self.units.len()), Role::Dim);
        }
        let legend = t!("board.legend", ok = glyphs.ok, late = glyphs.late, problem = glyphs.overdue);
        let width = text::width(&legend) as u16;
        let x = columns.x.min(body.right().saturating_sub(width));
        canvas.put(body, x, body.y, &legend, Role::Dim);
        for m in 0..12 {
            let role = if m == self.month { Role::Tab } else { Role::Label };
            let name = (m + 1).to_string();
            canvas.put(body, columns.at(m), body.y + 1, &name, role);
        }
        canvas.put(body, body.x + 4, body.y + 1, &t!("board.unit"), Role::Label);
        let x = columns.at(12);
        canvas.put(body, x + 1, body.y + 1, &t!("board.times"), Role::Label);
        if columns.wide {
            canvas.put(body, x + SUM + 1, body.y + 1, &t!("board.last"), Role::Label);
            canvas.put(body, x + SUM + 1 + LAST, body.y + 1, &t!("board.contact"), Role::Label);
        }
    }

    /// How many were reached and how many had to be, month by month, and how much of it that is.
    fn sums(&self, canvas: &mut Canvas<'_>, body: Rect, columns: &Columns) {
        let y = body.bottom().saturating_sub(3);
        for (line, word) in [t!("board.have"), t!("board.need"), t!("board.course")].iter().enumerate() {
            canvas.put(body, body.x + 4, y + line as u16, word, Role::Label);
        }
        let (mut have, mut need, mut met, mut owed) = (0, 0, 0, 0);
        for (m, row) in self.quotas.iter().enumerate() {
            let Some(row) = row else { continue };
            let role = role(row);
            let x = columns.at(m);
            canvas.put(body, x, y, &row.have.to_string(), role);
            canvas.put(body, x, y + 1, &row.need.to_string(), Role::Dim);
            canvas.put(body, x, y + 2, spark::cell(row.have, row.need, canvas.look.glyphs), role);
            (have, need, owed) = (have + row.have, need + row.need, owed + 1);
            met += usize::from(row.state.is_settled());
        }
        if owed > 0 {
            let x = columns.at(12);
            let cells = usize::from(SUM) - 1;
            canvas.put(body, x, y, &text::pad_left(&have.to_string(), cells), Role::Text);
            canvas.put(body, x, y + 1, &text::pad_left(&need.to_string(), cells), Role::Dim);
            canvas.put(body, x, y + 2, &text::pad_left(&format!("{met}/{owed}"), cells), Role::Text);
        }
    }

    /// How the month under the cursor stands, in words.
    fn quota(&self, desk: &Desk) -> String {
        let month = self.january.shifted(self.month as i32);
        let Some(row) = self.quotas.get(self.month).copied().flatten() else {
            return t!("board.no_quota", month = month.label()).into_owned();
        };
        let (month, have, need, due) = (month.label(), row.have, row.need, row.due_on.format("%m-%d").to_string());
        match row.missing() {
            0 => t!("board.met", month = month, have = have, need = need).into_owned(),
            n if row.days_left < 0 => {
                let days = desk.calendar.workdays_after(row.due_on, desk.today());
                t!("board.late", month = month, have = have, need = need, n = n, days = days).into_owned()
            }
            n => t!("board.missing", month = month, have = have, need = need, n = n, due = due).into_owned(),
        }
    }

    /// How many are marked, how many of them the filter hides, and what undo would do.
    fn marked(&self, canvas: &Canvas<'_>) -> Option<String> {
        if self.marks.is_empty() {
            return None;
        }
        let mut said = t!("marks.units", n = self.marks.len()).into_owned();
        let hidden = self.marks.hidden(&self.rows);
        if hidden > 0 {
            said.push_str(&t!("marks.hidden", n = hidden));
        }
        let key = |command| canvas.keys.label(Context::Board, command);
        if let Some(key) = key(Command::MarkRange).filter(|_| self.marks.is_open()) {
            said.push_str(&t!("marks.open", key = key));
            return Some(said);
        }
        if let Some(key) = key(Command::VisitToday) {
            said.push_str(&t!("marks.then", key = key, does = Command::VisitToday.row().name()));
        }
        if let Some(key) = key(Command::Undo).filter(|_| self.marks.can_undo()) {
            said.push_str(&t!("marks.undo", key = key));
        }
        Some(said)
    }
}

/// How a month's sum looks.
fn role(row: &Standing) -> Role {
    match (row.need > row.have, row.days_left < 0) {
        (true, true) => Role::Overdue,
        (true, false) => Role::DueSoon,
        (false, _) => Role::Met,
    }
}
