//! How the fields themselves look: what is typed, turned or ticked in them.
use ratatui::layout::Rect;

use super::{Entry, NOTE_COLS, roster};
use crate::{
    grid::fact::AttendanceMark,
    screen::Canvas,
    ui::{Role, list, text},
    words::t,
};

/// The rows that a note takes at least and at most.
const NOTE: (u16, u16) = (2, 5);
/// The columns of a day.
pub(super) const DAY: u16 = 12;
/// The columns of a short line.
pub(super) const SHORT: u16 = 18;

/// The rows that a field takes by itself; the people of a roster aside.
pub(super) fn own_height(entry: &Entry) -> u16 {
    match entry {
        Entry::Lines(note) => note_rows(note),
        Entry::Items(items) if !items.is_flat => items.rows.len().max(1) as u16,
        _ => 1,
    }
}

/// What a field holds; returns the column behind it and its rows.
pub(super) fn entry(canvas: &mut Canvas<'_>, cells: Rect, entry: &mut Entry, here: bool, people: u16) -> (u16, u16) {
    match entry {
        Entry::Day(day) => {
            let cells = Rect { width: cells.width.min(DAY), ..cells };
            let (field, fresh) = (day.field(), day.is_fresh());
            let cursor = field.draw(canvas.buf, cells, canvas.look, here);
            if here {
                canvas.cursor = cursor;
            }
            if here && fresh {
                let typed = Rect { width: (text::width(field.value()) as u16).min(cells.width), ..cells };
                canvas.buf.set_style(typed, canvas.style(Role::Selection));
            }
            (cells.right(), 1)
        }
        Entry::Line(field) => (line(canvas, cells, field, here), 1),
        Entry::Short(field) => {
            let cells = Rect { width: cells.width.min(SHORT), ..cells };
            (line(canvas, cells, field, here), 1)
        }
        Entry::Lines(note) => {
            let rows = note_rows(note);
            let cells = Rect { height: rows, width: cells.width.min(NOTE_COLS), ..cells };
            let cursor = note.draw(canvas.buf, cells, canvas.look, here);
            canvas.cursor = if here { cursor } else { canvas.cursor };
            (cells.right(), rows)
        }
        Entry::Choice(choice) => {
            let none = t!("entry.unchosen");
            let word = choice.at.map_or(none.as_ref(), |at| choice.options[at].1.as_str());
            let x = canvas.put(cells, cells.x, cells.y, word, if here { Role::Selection } else { Role::Text });
            let place = choice.at.filter(|_| here).map(|at| format!(" {}/{}", at + 1, choice.options.len()));
            (canvas.put(cells, x, cells.y, &place.unwrap_or_default(), Role::Dim), 1)
        }
        Entry::Flag(flag) => {
            let x = tick(canvas, cells, cells.x, *flag);
            let word = if *flag { t!("entry.yes") } else { t!("entry.no") };
            (canvas.put(cells, x + 1, cells.y, &word, if here { Role::Selection } else { Role::Text }), 1)
        }
        Entry::Items(items) if items.is_flat => {
            let mut x = cells.x;
            for (at, (_, words, on)) in items.rows.iter().enumerate() {
                x = tick(canvas, cells, x, *on);
                let role = if here && at == items.at { Role::Selection } else { Role::Text };
                x = canvas.put(cells, x, cells.y, words, role) + 1;
            }
            (x, 1)
        }
        Entry::Items(items) if items.rows.is_empty() => {
            (canvas.put(cells, cells.x, cells.y, &t!("entry.no_list"), Role::Dim), 1)
        }
        Entry::Items(items) => {
            for (row, (_, words, on)) in items.rows.iter().enumerate() {
                let row_cells = Rect { y: cells.y + row as u16, ..cells };
                let x = tick(canvas, row_cells, row_cells.x, *on);
                let role = if here && row == items.at { Role::Selection } else { Role::Text };
                canvas.put(row_cells, x + 1, row_cells.y, words, role);
            }
            (cells.right(), items.rows.len() as u16)
        }
        Entry::Roster(roster) => (cells.right(), roster_rows(canvas, cells, roster, here, people)),
    }
}

fn line(canvas: &mut Canvas<'_>, cells: Rect, field: &crate::ui::field::Field, here: bool) -> u16 {
    let cursor = field.draw(canvas.buf, cells, canvas.look, here);
    if here {
        canvas.cursor = cursor;
    }
    cells.right()
}

/// A box to tick; returns the column behind it.
fn tick(canvas: &mut Canvas<'_>, cells: Rect, x: u16, on: bool) -> u16 {
    let mark = if on { canvas.look.glyphs.marked } else { canvas.look.glyphs.unmarked };
    canvas.put(cells, x, cells.y, mark, if on { Role::Title } else { Role::Dim })
}

/// How many were there, who is looked for, and those who are found; returns the rows.
fn roster_rows(canvas: &mut Canvas<'_>, cells: Rect, roster: &mut roster::Roster, here: bool, most: u16) -> u16 {
    let counts = roster.counts();
    let counts: Vec<String> = counts.iter().map(|(mark, n)| format!("{} {n}", roster::mark_word(*mark))).collect();
    let counts = if counts.is_empty() { t!("entry.nobody").into_owned() } else { counts.join("  ") };
    let x = canvas.put(cells, cells.x, cells.y, &counts, Role::Text);
    if here && !roster.rows.is_empty() {
        let x = canvas.put(cells, x + 3, cells.y, &t!("entry.find"), Role::Label) + 1;
        let cells = Rect { x, width: cells.right().saturating_sub(x).min(16), ..cells };
        canvas.cursor = roster.filter.draw(canvas.buf, cells, canvas.look, true);
    }
    let body = Rect { y: cells.y + 1, height: most, ..cells };
    let (look, desk) = (canvas.look, canvas.desk);
    if roster.found.is_empty() && !roster.rows.is_empty() {
        canvas.put(body, body.x + list::GUTTER, body.y, &t!("entry.not_found"), Role::Dim);
    }
    let roster::Roster { rows, found, window, .. } = roster;
    list::draw(canvas.buf, body, look, window, found.len(), here, |buf, cells, i| {
        let (person, mark) = rows[found[i]];
        let record = &desk.state.org().person(person).record;
        let role = if mark == AttendanceMark::Present { Role::Met } else { Role::Late };
        text::put_fit(buf, cells.x, cells.y, &record.name, 10, look.theme.style(Role::Text));
        text::put_fit(buf, cells.x + 11, cells.y, &roster::mark_word(mark), 10, look.theme.style(role));
        let unit = record.unit.as_deref().and_then(|id| desk.state.org().unit_ix(id));
        let unit = unit.map_or("", |ix| desk.state.org().unit(ix).record.name.as_str());
        let room = usize::from(cells.width.saturating_sub(22));
        text::put_fit(buf, cells.x + 22, cells.y, unit, room, look.theme.style(Role::Dim));
        text::width(&record.name).min(10) as u16
    });
    1 + most
}

fn note_rows(note: &crate::ui::note::Note) -> u16 {
    (note.rows(NOTE_COLS) as u16).clamp(NOTE.0, NOTE.1)
}
