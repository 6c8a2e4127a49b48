//! A menu that is narrowed by typing: a line to type in, the rows that are found, and Enter or a second click on one.
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::{Command, Context, Event},
    screen::{
        Canvas, frame,
        narrow::{Narrowed, narrow},
        refuse::{unless_known, unless_row},
    },
    ui::{
        Role,
        field::Field,
        list,
        list::{Pointed, Window},
        message, popup,
    },
    words::word,
};

/// What became of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picked {
    /// This row is wanted.
    Row(usize),
    /// The menu is left.
    Left,
    /// Another text is looked for: which rows are found is to be said anew.
    Changed,
    /// Nothing more.
    Nothing,
}

/// What is typed, which rows are found, and where the cursor is among them.
pub(super) struct Menu {
    len: usize,
    /// The places of the rows that are found.
    found: Vec<usize>,
    filter: Field,
    window: Window,
}

impl Menu {
    /// A menu of so many rows.
    pub(super) fn new(len: usize) -> Menu {
        Menu { len, found: (0..len).collect(), filter: Field::default(), window: Window::default() }
    }

    /// What is typed.
    pub(super) fn text(&self) -> &str {
        self.filter.value()
    }

    /// These rows are found, in this order.
    pub(super) fn find(&mut self, found: Vec<usize>) {
        (self.found, self.window) = (found, Window::default());
    }

    /// Why a command can't run.
    pub(super) fn refuses(&self, command: Command) -> Option<String> {
        match command {
            Command::Open => unless_row(!self.found.is_empty()),
            _ => unless_known(command, &[]),
        }
    }

    /// Answers an event.
    pub(super) fn on(&mut self, event: &Event) -> Picked {
        match narrow(&mut self.filter, event, false) {
            Narrowed::Left => return Picked::Left,
            Narrowed::Changed => return Picked::Changed,
            Narrowed::Elsewhere => {}
        }
        let len = self.found.len();
        match event {
            Event::Command(Command::Open) => return self.chosen(),
            Event::Command(Command::Back) => return Picked::Left,
            Event::Point(pointer) if self.window.point(*pointer, len) == Pointed::Again => return self.chosen(),
            Event::Command(command) => drop(self.window.walk(*command, len)),
            _ => {}
        }
        Picked::Nothing
    }

    fn chosen(&self) -> Picked {
        self.found.get(self.window.at).map_or(Picked::Nothing, |row| Picked::Row(*row))
    }

    /// Draws it in the middle, so many columns wide; `none` is said where nothing is found, `row` draws a row and returns
    /// how many of its columns are its name.
    pub(super) fn draw(
        &mut self,
        canvas: &mut Canvas<'_>,
        cols: u16,
        (title, none): (&str, &str),
        mut row: impl FnMut(&mut Buffer, Rect, usize) -> u16,
    ) {
        let rows = (self.len as u16).saturating_add(5).min(canvas.area.height.saturating_sub(2));
        let area = popup::centered(canvas.area, cols, rows);
        let inner = popup::draw(canvas.buf, area, canvas.look, title);
        let x = canvas.put(inner, inner.x, inner.y, word("list.filter"), Role::Label);
        let cells = Rect { x, width: inner.right().saturating_sub(x), height: 1, ..inner };
        canvas.cursor = self.filter.draw(canvas.buf, cells, canvas.look, true);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(3), ..inner };
        if self.found.is_empty() {
            canvas.put(body, body.x, body.y, none, Role::Text);
        }
        let (look, found) = (canvas.look, &self.found);
        list::draw(canvas.buf, body, look, &mut self.window, found.len(), true, |buf, cells, i| {
            row(buf, cells, found[i])
        });
        let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, line(2), look, said);
        }
        frame::keys(canvas, line(1), Context::Prompt, &[Command::Open, Command::Back]);
    }
}
