//! How the visits board looks.
use chrono::Datelike;
use ratatui::{buffer::Buffer, layout::Rect};

use super::Board;
use crate::{
    app::{Command, Desk, Screen},
    grid::{calendar::Period, org::UnitIx, standing::standing},
    screen::{Canvas, View, frame},
    ui::{Look, Role, list, text},
};

const HINTS: &[Command] = &[
    Command::VisitToday,
    Command::MarkRange,
    Command::VisitForm,
    Command::Undo,
    Command::Filter,
    Command::Today,
    Command::History,
    Command::Back,
];

/// The columns of one month.
const CELL: u16 = 4;

impl View for Board {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let context = self.context();
        let body = frame::draw(canvas, self.grid, context, HINTS, "");
        let months = 12 * CELL;
        let names = body.width.saturating_sub(months + list::GUTTER + 3).max(12);
        let x = body.x + list::GUTTER + names + 3;
        self.head(canvas, body, x);
        let rows = Rect { y: body.y + 2, height: body.height.saturating_sub(3), ..body };
        let (look, desk) = (canvas.look, canvas.desk);
        let (units, marked, january, month) = (&self.units, &self.marked, self.january, self.month);
        list::draw(canvas.buf, rows, look, &mut self.window, units.len(), true, |buf, cells, i| {
            let unit = units[i];
            let is_marked = marked.contains(&unit);
            let (mark, role) =
                if is_marked { (look.glyphs.marked, Role::Title) } else { (look.glyphs.unmarked, Role::Dim) };
            text::put(buf, cells.x, cells.y, mark, 1, look.theme.style(role));
            let name = &desk.state.org().unit(unit).record.name;
            let cols = usize::from(names);
            text::put_fit(buf, cells.x + 2, cells.y, name, cols, look.theme.style(Role::Text));
            for m in 0..12 {
                let at = Rect { x: x + m * CELL, y: cells.y, width: CELL, height: 1 };
                let shown = january.shifted(i32::from(m));
                cell(buf, at, look, desk, unit, shown, usize::from(m) == month);
            }
            2 + text::width(name).min(cols) as u16
        });
        if self.units.is_empty() {
            canvas.put(rows, rows.x + 2, rows.y, "这一年没有企业。", Role::Dim);
        }
        let foot = Rect { y: body.bottom().saturating_sub(1), height: 1, ..body };
        self.sums(canvas, foot, x);
    }
}

impl Board {
    /// The year, what the marks mean, and the months.
    fn head(&self, canvas: &mut Canvas<'_>, body: Rect, x: u16) {
        let glyphs = canvas.look.glyphs;
        if let Some(field) = &self.filter {
            let end = canvas.put(body, body.x + 1, body.y, "查找 ", Role::Label);
            let cells = Rect { x: end, y: body.y, width: x.saturating_sub(end + 1), height: 1 };
            let cursor = field.draw(canvas.buf, cells, canvas.look, self.typing);
            if self.typing {
                canvas.cursor = cursor;
            }
        } else {
            let title = format!("{}年走访", self.january.first().year());
            canvas.put(body, body.x + 1, body.y, &title, Role::Title);
        }
        let legend = format!("{} 走访  {} 补录  ! 有问题  - 不在网格", glyphs.ok, glyphs.late);
        canvas.put(body, x, body.y, &legend, Role::Dim);
        for m in 0..12 {
            let role = if usize::from(m) == self.month { Role::Tab } else { Role::Label };
            canvas.put(body, x + m * CELL, body.y + 1, &format!("{}月", m + 1), role);
        }
        let year = canvas.put(body, body.x + 4, body.y + 1, "企业", Role::Label);
        canvas.put(
            Rect { width: x.saturating_sub(body.x), ..body },
            year + 2,
            body.y + 1,
            &format!("{} 家", self.units.len()),
            Role::Dim,
        );
    }

    /// How many were reached and how many are needed, month by month.
    fn sums(&self, canvas: &mut Canvas<'_>, foot: Rect, x: u16) {
        let desk = canvas.desk;
        let coverage = desk.pack().duties.iter().position(|duty| duty.kind.name() == "coverage");
        let Some(duty) = coverage else { return };
        canvas.put(foot, foot.x + 4, foot.y, "已访/应访", Role::Label);
        for m in 0..12u16 {
            let period = self.january.shifted(i32::from(m));
            if period.first() > desk.today() || period.last() < desk.state.duties_from(self.grid) {
                continue;
            }
            let Some(s) = standing(&desk.state, duty, self.grid, period, desk.today()) else { continue };
            let role = match (s.need > s.have, s.days_left < 0) {
                (true, true) => Role::Overdue,
                (true, false) => Role::DueSoon,
                (false, _) => Role::Met,
            };
            canvas.put(foot, x + m * CELL, foot.y, &format!("{}/{}", s.have, s.need), role);
        }
    }
}

/// One enterprise's month: visited, entered late, a problem left open, not there, or nothing.
fn cell(buf: &mut Buffer, area: Rect, look: Look, desk: &Desk, unit: UnitIx, month: Period, under: bool) {
    let state = &desk.state;
    let glyphs = look.glyphs;
    let visited = || state.visits(unit).filter(|mark| month.contains(mark.date()));
    let problem = state.open_problems(unit).any(|problem| month.contains(problem.opened));
    let there = |day| state.org().grid_of(unit, day).is_some();
    let (mark, role) = if visited().next().is_some() {
        let late = visited().all(|mark| mark.recorded_on() > month.last());
        if late { (glyphs.late, Role::Late) } else { (glyphs.ok, Role::Met) }
    } else if month.first() > desk.today() {
        (" ", Role::Dim)
    } else if !there(month.first()) && !there(month.last().min(desk.today())) {
        ("-", Role::Dim)
    } else {
        (".", Role::Dim)
    };
    let mut style = look.theme.style(role);
    if under {
        style = style.add_modifier(ratatui::style::Modifier::BOLD);
    }
    let x = text::put(buf, area.x + 1, area.y, mark, 1, style);
    if problem {
        text::put(buf, x, area.y, glyphs.overdue, 1, look.theme.style(Role::Overdue));
    }
}
