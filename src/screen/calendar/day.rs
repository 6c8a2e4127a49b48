//! How a day looks and what it is called.
use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

use crate::{
    app::Desk,
    screen::Canvas,
    ui::{Role, text},
    words::t,
};

/// The names of the days of the week, from Monday.
pub(super) fn names() -> impl Iterator<Item = String> {
    t!("calendar.days").split(' ').map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// The same in short.
pub(super) fn short_days() -> impl Iterator<Item = String> {
    t!("calendar.short_days").split(' ').map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// What marks a day that differs from "weekdays are workdays": 休 or 班.
pub(super) fn mark(desk: &Desk, day: NaiveDate) -> Option<(String, Role)> {
    let calendar = &desk.calendar;
    calendar.name(day)?;
    Some(if calendar.is_workday(day) {
        (t!("calendar.works").into_owned(), Role::Late)
    } else {
        (t!("calendar.off").into_owned(), Role::Met)
    })
}

/// Puts the day's number, marked when the cursor is on it (and reversed when it has the focus); returns the column after
/// it. Today is underlined, and a day off is dim.
pub(super) fn number(
    canvas: &mut Canvas<'_>,
    area: Rect,
    (x, y): (u16, u16),
    day: NaiveDate,
    here: bool,
    focused: bool,
) -> u16 {
    let desk = canvas.desk;
    if here {
        canvas.put(area, x, y, canvas.look.glyphs.cursor, Role::Title);
    }
    let role = match here {
        true if focused => Role::Selection,
        true => Role::SelectionAway,
        false if day == desk.today() => Role::Tab,
        false if !desk.calendar.is_workday(day) => Role::Dim,
        false => Role::Text,
    };
    canvas.put(area, x + 1, y, &text::pad_left(&day.day().to_string(), 2), role)
}

/// The day in words, with the holiday's name, and that it is today.
pub(super) fn told(desk: &Desk, day: NaiveDate) -> String {
    let weekday = names().nth(day.weekday().num_days_from_monday() as usize).unwrap_or_default();
    let mut out = t!("calendar.day", month = day.month(), day = day.day(), weekday = weekday).into_owned();
    let calendar = &desk.calendar;
    if let Some(name) = calendar.name(day) {
        let mark = if calendar.is_workday(day) { t!("calendar.works") } else { t!("calendar.off") };
        out.push_str(&format!(" {mark} {name}"));
    }
    if !calendar.knows(day.year()) {
        out.push_str(&format!(" {}", t!("calendar.unknown_year", year = day.year())));
    }
    if day == desk.today() {
        out.push_str(&format!("  {}", t!("calendar.today")));
    }
    out
}
