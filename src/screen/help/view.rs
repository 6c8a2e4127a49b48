//! How the help looks.
use ratatui::layout::Rect;

use super::{Help, lines::Line};
use crate::{
    app::{Command, Context},
    screen::{Canvas, View, frame, lookup},
    ui::{Role, command, message, popup, text},
    words::t,
};

/// The most columns that keys take.
const KEYS: usize = 13;

impl View for Help {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 96, canvas.area.height.saturating_sub(2));
        let inner = popup::draw(canvas.buf, area, canvas.look, &t!("help.title"));
        let x = canvas.put(inner, inner.x, inner.y, &t!("help.find"), Role::Label) + 1;
        let cells = Rect { x, width: inner.right().saturating_sub(x), height: 1, ..inner };
        canvas.cursor = self.query.draw(canvas.buf, cells, canvas.look, true);
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, cells, canvas.look, said);
        } else if self.query.value().is_empty() {
            canvas.put(cells, cells.x + 1, cells.y, &t!("help.how"), Role::Dim);
        }
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(2), ..inner };
        self.shown = usize::from(body.height).max(1);
        self.top = self.top.min(self.lines.len().saturating_sub(self.shown));
        if self.lines.is_empty() {
            canvas.put(body, body.x, body.y, &t!("help.nothing"), Role::Text);
        }
        let keys = self.here.entries.iter().map(|entry| text::width(&entry.keys.join(" ")).min(KEYS)).max();
        let keys = keys.unwrap_or(0) as u16;
        for (y, line) in (body.y..body.bottom()).zip(self.lines.iter().skip(self.top)) {
            let cells = Rect { y, height: 1, ..body };
            match line {
                Line::Heading(title) => drop(canvas.put(cells, cells.x, y, &text::capital(title), Role::Title)),
                Line::Command(hit) => {
                    let row = lookup::row(&self.here.entries[hit.entry], &hit.part);
                    let cells = Rect { x: cells.x + 1, width: cells.width.saturating_sub(1), ..cells };
                    command::draw_keys_first(canvas.buf, cells, canvas.look, &row, keys);
                }
            }
        }
        let foot = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        let keys = [Command::Down, Command::PageDown, Command::Back].map(|command| (command, command.row().name()));
        frame::keys_named(canvas, foot, Context::Help, &keys);
        let (from, to) = (self.top + 1, (self.top + self.shown).min(self.lines.len()));
        canvas.put_right(foot, foot.y, &format!("{from}-{to} / {}", self.lines.len()), Role::Dim);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
