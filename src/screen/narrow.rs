//! The line in which a list of its own is narrowed by typing.
use ratatui::layout::Rect;

use crate::{
    app::{Code, Command, Event},
    screen::{Canvas, refuse::unless_known},
    ui::{Role, field::Field},
};

/// What is looked for in a list.
#[derive(Default)]
pub(super) struct Narrow {
    field: Option<Field>,
    typing: bool,
}

impl Narrow {
    /// Opens the line, empty.
    pub(super) fn open(&mut self) {
        self.field = Some(Field::default());
        self.typing = true;
    }

    /// Whether the line has the focus.
    pub(super) fn is_typing(&self) -> bool {
        self.typing
    }

    /// What is looked for; nothing where the line is closed.
    pub(super) fn pattern(&self) -> &str {
        self.field.as_ref().map_or("", Field::value)
    }

    /// Closes the line; whether it was open.
    pub(super) fn close(&mut self) -> bool {
        self.typing = false;
        self.field.take().is_some()
    }

    /// Answers an event while the line has the focus: whether what is looked for is another text now. Nothing where the
    /// event is the list's own.
    pub(super) fn on(&mut self, event: &Event) -> Option<bool> {
        let field = self.field.as_mut().filter(|_| self.typing)?;
        match event {
            Event::Text(key) if key.code == Code::Backspace && field.value().is_empty() => Some(self.close()),
            Event::Text(key) => Some(field.handle(*key)),
            Event::Paste(text) => {
                field.paste(text);
                Some(true)
            }
            Event::Command(Command::Back) => Some(self.close()),
            Event::Command(Command::Open | Command::NextFocus) => {
                self.typing = false;
                if self.pattern().is_empty() {
                    self.close();
                }
                Some(false)
            }
            _ => None,
        }
    }

    /// Why a command can't run while the line has the focus.
    pub(super) fn refuses(&self, command: Command) -> Option<String> {
        unless_known(command, &[Command::Open, Command::NextFocus])
    }

    /// Draws the line where it is open; whether it is.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, line: Rect) -> bool {
        let Some(field) = &self.field else { return false };
        let x = canvas.put(line, line.x, line.y, "查找 ", Role::Label);
        let cells = Rect { x, width: line.right().saturating_sub(x), ..line };
        let cursor = field.draw(canvas.buf, cells, canvas.look, self.typing);
        if self.typing {
            canvas.cursor = cursor;
        }
        true
    }
}
