//! How the palette looks.

use ratatui::layout::Rect;

use super::Palette;
use crate::{
    app::{Command, Context},
    screen::{Canvas, View, frame, lookup},
    ui::{Role, command, list, message, popup, text},
    words::t,
};

/// The columns of keys.
const KEYS: u16 = 12;

impl View for Palette {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 96, canvas.area.height.saturating_sub(2));
        let inner = popup::draw(canvas.buf, area, canvas.look, &t!("palette.title"));
        let x = canvas.put(inner, inner.x, inner.y, &t!("palette.find"), Role::Label) + 1;
        let cells = Rect { x, width: inner.right().saturating_sub(x), height: 1, ..inner };
        canvas.cursor = self.query.draw(canvas.buf, cells, canvas.look, true);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(3), ..inner };
        if self.found.is_empty() {
            canvas.put(body, body.x, body.y, &t!("palette.nothing"), Role::Text);
        }
        let (look, entries, found) = (canvas.look, &self.here.entries, &self.found);
        list::draw(canvas.buf, body, look, &mut self.window, found.len(), true, |buf, cells, i| {
            let row = lookup::row(&entries[found[i].entry], &found[i].part);
            command::draw(buf, cells, look, &row, KEYS)
        });
        let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, line(2), look, said);
        } else if let Some(entry) = self.entry() {
            let row = entry.command.row();
            let told = entry.refusal.clone().unwrap_or_else(|| row.help().into_owned());
            let end = canvas.put_right(line(2), line(2).y, row.id, Role::Dim);
            let cells = Rect { width: end.saturating_sub(inner.x + 1), ..line(2) };
            canvas.put(cells, cells.x, cells.y, &text::truncate(&told, cells.width.into()), Role::Text);
        }
        let words = [(Command::Down, Command::Down.row().name()), (Command::Back, Command::Back.row().name())];
        let words: Vec<_> = std::iter::once((Command::Open, t!("palette.run"))).chain(words).collect();
        frame::keys_named(canvas, line(1), Context::Prompt, &words);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
