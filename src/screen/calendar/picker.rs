//! The calendar in small, over a form that asks for a day.
use super::{
    CalendarScreen,
    day::{self, short_days},
    weeks::{month_of, weeks},
};
use ratatui::layout::Rect;

use crate::{
    app::{Command, Context},
    screen::{Canvas, frame},
    ui::{Role, popup},
    words::t,
};

/// The columns of a day.
const CELL: u16 = 6;

pub(super) fn draw(screen: &mut CalendarScreen, canvas: &mut Canvas<'_>) {
    let area = popup::centered(canvas.area, 7 * CELL + 4, 12);
    let title = format!("{}  {}", t!("calendar.pick"), month_of(screen.day).label());
    let inner = popup::draw(canvas.buf, area, canvas.look, &title);
    for (i, name) in short_days().enumerate() {
        canvas.put(inner, inner.x + i as u16 * CELL + 1, inner.y, &name, Role::Label);
    }
    screen.shown.clear();
    for (y, week) in (inner.y + 1..).zip(weeks(month_of(screen.day))) {
        for (i, shown) in week.into_iter().enumerate() {
            let Some(shown) = shown else { continue };
            let x = inner.x + i as u16 * CELL;
            screen.shown.push((Rect { x, y, width: CELL, height: 1 }, shown));
            let end = day::number(canvas, inner, (x, y), shown, shown == screen.day, true);
            if let Some((word, role)) = day::mark(canvas.desk, shown) {
                canvas.put(inner, end, y, &word, role);
            }
        }
    }
    let foot = inner.bottom().saturating_sub(2);
    canvas.put(inner, inner.x, foot, &day::told(canvas.desk, screen.day), Role::Text);
    let line = Rect { y: foot + 1, height: 1, ..inner };
    frame::keys(canvas, line, Context::List, &[Command::Open, Command::Today, Command::NextMonth, Command::Back]);
}
