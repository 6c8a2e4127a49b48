//! How the working lists look.
use ratatui::layout::Rect;

use super::Saved;
use crate::{
    app::{Command, Screen},
    screen::{Canvas, View, frame},
    ui::{Role, message, popup, text},
    words::t,
};

const HINTS: &[Command] =
    &[Command::Open, Command::NewList, Command::EditList, Command::DropList, Command::Filter, Command::Back];
const PROMPT_HINTS: &[Command] = &[Command::Open, Command::Back];

/// The columns of the name.
const NAME: u16 = 24;

impl View for Saved {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let rows = (self.offers.len() as u16 + 5).clamp(10, canvas.area.height.saturating_sub(2));
        let area = popup::centered(canvas.area, 76, rows);
        let name = &canvas.desk.state.org().node(self.node).name;
        let inner = popup::draw(canvas.buf, area, canvas.look, &format!("{}  {name}", t!("lists.title")));
        let body = Rect { height: inner.height.saturating_sub(2), ..inner };
        let body = self.filter.above(canvas, body);
        if self.found.is_empty() {
            canvas.put(body, body.x, body.y, &t!("filter.none"), Role::Dim);
        }
        let (look, offers, found) = (canvas.look, &self.offers, &self.found);
        let mut window = self.window;
        self.filter.list(canvas, body, &mut window, found.len(), true, |buf, cells, i| {
            let offer = &offers[found[i]];
            let name =
                text::put_fit(buf, cells.x, cells.y, &offer.list.name, NAME.into(), look.theme.style(Role::Text));
            let told = if offer.own { offer.list.told() } else { t!("lists.ready").into_owned() };
            let room = usize::from(cells.width.saturating_sub(NAME + 1));
            text::put_fit(buf, cells.x + NAME + 1, cells.y, &told, room, look.theme.style(Role::Dim));
            name - cells.x
        });
        self.window = window;
        let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, line(2), canvas.look, said);
        }
        let hints = if self.filter.is_typing() { PROMPT_HINTS } else { HINTS };
        frame::keys(canvas, line(1), self.context(), hints);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
