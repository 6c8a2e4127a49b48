//! How a unit's year looks.
use chrono::Datelike;
use ratatui::layout::Rect;

use super::{
    Year,
    rows::{Row, rows},
};
use crate::{
    app::{Command, Screen},
    grid::code::industry,
    screen::{
        Canvas, View, frame,
        months::{Cell, look, months, visits},
        records,
    },
    ui::{Role, text},
    words::t,
};

const HINTS: &[Command] =
    &[Command::VisitToday, Command::VisitForm, Command::Open, Command::Filter, Command::Undo, Command::Back];

/// The columns of a month, and of the names.
const CELL: u16 = 4;
const NAME: u16 = 24;

impl View for Year {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let desk = canvas.desk;
        let org = desk.state.org();
        let grid = org.grid_of(self.unit, desk.today());
        let body = frame::draw(canvas, grid.unwrap_or(desk.home), self.context(), HINTS, "");
        self.head(canvas, body);
        let table = rows(desk, self.unit, self.january);
        let mut y = body.y + 3;
        // The records need some rows as well.
        let most = usize::from(body.height.saturating_sub(8)).max(1);
        for row in table.iter().take(most) {
            line(canvas, body, y, row);
            y += 1;
        }
        let title = Rect { x: body.x + 1, y, width: body.width.saturating_sub(2), height: 1 };
        if !self.filter.draw(canvas, title) {
            let x = canvas.put(title, title.x, y, &t!("year.records"), Role::Label);
            canvas.put(title, x + 2, y, &t!("year.count", n = self.shown.len()), Role::Dim);
        }
        let cells = Rect { y: y + 1, height: body.bottom().saturating_sub(y + 1), ..body };
        if self.shown.is_empty() {
            let what = match (self.asked, self.filter.is_on()) {
                (true, _) => t!("recent.reading"),
                (_, true) => t!("filter.none"),
                _ => t!("year.nothing"),
            };
            canvas.put(cells, cells.x + 2, cells.y, &what, Role::Dim);
        }
        let (look, all, shown) = (canvas.look, &self.records, &self.shown);
        self.filter.list(canvas, cells, &mut self.window, shown.len(), true, |buf, cells, i| {
            records::draw(buf, cells, look, desk, &all[shown[i]].fact, false)
        });
    }
}

impl Year {
    /// Who it is, and the months.
    fn head(&self, canvas: &mut Canvas<'_>, body: Rect) {
        let desk = canvas.desk;
        let record = &desk.state.org().unit(self.unit).record;
        let year = self.january.first().year();
        let visited = months(self.january).into_iter().map(|month| visits(desk, self.unit, month));
        let reached = visited.filter(|cell| matches!(cell, Cell::Done(_) | Cell::Late(_))).count();
        let x = canvas.put(body, body.x + 1, body.y, &record.name, Role::Title);
        let right = t!("year.reached", year = year, n = reached);
        let cells = Rect { x: x + 2, width: body.right().saturating_sub(x + 2), ..body };
        canvas.put_right(cells, body.y, &right, Role::Text);
        let industry = industry::name(&record.industry).unwrap_or_default();
        let last = match desk.state.last_visit(self.unit) {
            Some(day) => t!("year.last", day = day),
            None => t!("year.never"),
        };
        let facts = [record.code.as_str(), industry, &record.contact, &record.phone, &last];
        let facts: Vec<&str> = facts.into_iter().filter(|what| !what.is_empty()).collect();
        canvas.put(body, body.x + 1, body.y + 1, &facts.join("  "), Role::Dim);
        let now = desk.today();
        for (m, month) in months(self.january).into_iter().enumerate() {
            let role = if month.contains(now) { Role::Tab } else { Role::Label };
            let x = body.x + 1 + NAME + m as u16 * CELL;
            canvas.put(body, x, body.y + 2, &(m + 1).to_string(), role);
        }
    }
}

/// One row of the table.
fn line(canvas: &mut Canvas<'_>, body: Rect, y: u16, row: &Row) {
    let name = Rect { width: NAME, ..body };
    canvas.put(name, body.x + 1, y, &row.name, Role::Text);
    let glyphs = canvas.look.glyphs;
    for (m, cell) in row.months.iter().enumerate() {
        let (what, role) = look(*cell, glyphs);
        canvas.put(body, body.x + 1 + NAME + m as u16 * CELL + 1, y, &text::truncate(&what, 3), role);
    }
}
