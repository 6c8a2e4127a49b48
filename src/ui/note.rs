//! A text field of several lines.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tui_input::{Input, InputRequest as Ask};
use unicode_segmentation::UnicodeSegmentation;

use crate::app::{Code, Key};
use crate::ui::{Look, Role, field, text};

/// The longest value, in characters; in UTF-8 it stays within the store's 4 KB.
pub const LONGEST: usize = 1_000;

/// Text of several lines with a cursor in it; lines too long for the field go on in the next row.
#[derive(Clone, Debug, Default)]
pub struct Note {
    input: Input,
}

/// One row as it is shown: from which character to which, counted in characters of the value.
struct Row {
    from: usize,
    text: String,
}

impl Note {
    /// A field that holds `value`, the cursor at its end.
    pub fn new(value: &str) -> Note {
        let mut note = Note::default();
        note.paste(value);
        note
    }

    /// The text.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// How many rows it takes in `cols` columns, that of the cursor included.
    pub fn rows(&self, cols: u16) -> usize {
        rows(self.value(), cols.into()).len()
    }

    /// Whether the cursor stands behind the last character.
    pub fn is_at_end(&self) -> bool {
        self.input.cursor() >= self.value().chars().count()
    }

    /// Whether the cursor stands in a line in which nothing is written.
    pub fn is_on_empty_line(&self) -> bool {
        let (before, after): (String, String) = (
            self.value().chars().take(self.input.cursor()).collect(),
            self.value().chars().skip(self.input.cursor()).collect(),
        );
        (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'))
    }

    /// Takes a key; `cols` is the width in which it is shown. False if the field has no use for the key: up in the
    /// first row, down in the last, and everything that is not an edit. Enter starts a new line.
    pub fn handle(&mut self, key: Key, cols: u16) -> bool {
        let rows = rows(self.value(), cols.into());
        let (row, column) = place(&rows, self.input.cursor());
        let ask = match key.code {
            _ if key.ctrl || key.alt || key.shift => field::edit(key),
            Code::Enter => Some(Ask::InsertChar('\n')),
            Code::Up if row > 0 => Some(Ask::SetCursor(at_column(&rows[row - 1], column))),
            Code::Down if row + 1 < rows.len() => Some(Ask::SetCursor(at_column(&rows[row + 1], column))),
            Code::Home => Some(Ask::SetCursor(rows[row].from)),
            Code::End => Some(Ask::SetCursor(at_column(&rows[row], usize::MAX))),
            _ => field::edit(key),
        };
        match ask {
            Some(Ask::InsertChar(_)) if self.value().chars().count() >= LONGEST => true,
            Some(ask) => {
                self.input.handle(ask);
                true
            }
            None => false,
        }
    }

    /// Inserts pasted text at the cursor; its lines stay lines, tabs become blanks, what is too long is cut.
    pub fn paste(&mut self, pasted: &str) {
        let lines = pasted.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
        self.input = field::insert(&self.input, &lines, LONGEST);
    }

    /// Draws the rows around the cursor; returns where the hardware cursor belongs if the field has the focus.
    pub fn draw(&self, buf: &mut Buffer, area: Rect, look: Look, focused: bool) -> Option<(u16, u16)> {
        if area.is_empty() {
            return None;
        }
        let rows = rows(self.value(), area.width.into());
        let (row, column) = place(&rows, self.input.cursor());
        let top = if focused { (row + 1).saturating_sub(area.height.into()) } else { 0 };
        let style = look.theme.style(if focused { Role::Field } else { Role::Text });
        for (y, row) in (area.y..area.bottom()).zip(rows.iter().skip(top)) {
            text::put(buf, area.x, y, &row.text, area.width.into(), style);
        }
        focused.then_some((area.x + column as u16, area.y + (row - top) as u16))
    }
}

/// The rows of `value` in `cols` columns: at least one; a full last row is followed by an empty one for the cursor.
fn rows(value: &str, cols: usize) -> Vec<Row> {
    let mut rows = vec![Row { from: 0, text: String::new() }];
    let (mut at, mut used) = (0, 0);
    for cluster in value.graphemes(true) {
        let w = text::width(cluster);
        at += cluster.chars().count();
        let newline = cluster == "\n";
        if !newline {
            if used + w > cols {
                rows.push(Row { from: at - cluster.chars().count(), text: String::new() });
                used = 0;
            }
            used += w;
            if let Some(row) = rows.last_mut() {
                row.text.push_str(cluster);
            }
        }
        if newline {
            rows.push(Row { from: at, text: String::new() });
            used = 0;
        }
    }
    if used >= cols {
        rows.push(Row { from: at, text: String::new() });
    }
    rows
}

/// The row and column of the character at `cursor`.
fn place(rows: &[Row], cursor: usize) -> (usize, usize) {
    let row = rows.iter().rposition(|row| row.from <= cursor).unwrap_or(0);
    let before: String = rows[row].text.chars().take(cursor - rows[row].from).collect();
    (row, text::width(&before))
}

/// The character of `row` that stands at `column` or is the last before it.
fn at_column(row: &Row, column: usize) -> usize {
    let mut at = row.from;
    let mut used = 0;
    for (cluster, w) in text::clusters(&row.text) {
        if used + w > column {
            break;
        }
        used += w;
        at += cluster.chars().count();
    }
    at
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    fn press(note: &mut Note, names: &str) {
        for name in names.split_whitespace() {
            note.handle(name.parse().unwrap(), 6);
        }
    }

    fn cursor(note: &Note) -> (u16, u16) {
        let mut buf = Buffer::empty(Rect::new(0, 0, 6, 3));
        note.draw(&mut buf, Rect::new(0, 0, 6, 3), Look::new(true, true), true).unwrap()
    }

    #[test]
    fn lines_go_on_in_the_next_row_and_the_cursor_follows_the_columns() {
        let mut note = Note::new("台账不全");
        assert_eq!(cursor(&note), (2, 1));
        press(&mut note, "enter x up");
        assert_eq!(note.value(), "台账不全\nx");
        assert_eq!(cursor(&note), (0, 1), "column 1 lies inside 全, so that the cursor stands before it");
        press(&mut note, "up end");
        assert_eq!(cursor(&note), (0, 1), "after 不 the next row begins");
        press(&mut note, "home backspace");
        assert_eq!(note.value(), "台账全\nx");
    }

    #[test]
    fn the_rows_around_the_cursor_are_shown() {
        let mut note = Note::new("一\n二\n三\n四\n五");
        let area = Rect::new(0, 0, 6, 3);
        let mut buf = Buffer::empty(area);
        assert_eq!(note.draw(&mut buf, area, Look::new(true, true), true), Some((2, 2)));
        assert_eq!([line(&buf, 0), line(&buf, 2)], ["三", "五"]);
        press(&mut note, "up up up up");
        assert_eq!(cursor(&note), (2, 0));
        assert!(!note.handle("up".parse().unwrap(), 6));
        assert!(!note.handle("esc".parse().unwrap(), 6));
    }

    #[test]
    fn a_full_row_leaves_the_cursor_room_in_the_next() {
        assert_eq!(cursor(&Note::new("台账不")), (0, 1));
        assert_eq!(cursor(&Note::new("")), (0, 0));
        assert_eq!(Note::new("a\r\nb\tc").value(), "a\nb c");
    }
}
