//! The question before a form with unsaved input is left (rule 3): nothing is given up by one key.
use crate::{
    app::{Action, Command, Context, Desk, Draft, Event, Message, Screen},
    screen::{Canvas, View},
    ui::{Role, list, list::Window, popup, text},
    words::t,
};

/// Asks what becomes of what was typed. The answer under the cursor keeps it.
pub(super) struct Discard {
    draft: Draft,
    window: Window,
}

/// The answers from the top.
const ANSWERS: usize = 3;

impl Discard {
    pub(super) fn new(draft: &Draft) -> Discard {
        Discard { draft: draft.clone(), window: Window::default() }
    }

    fn answer(&self) -> Vec<Action> {
        match self.window.at {
            0 => vec![
                Action::KeepDraft(Box::new(Draft { aside: true, ..self.draft.clone() })),
                Action::Close,
                Action::Close,
                Action::Say(Message::note(t!("discard.kept"))),
            ],
            1 => vec![Action::DropDraft(self.draft.number), Action::Close, Action::Close],
            // Back to the form, with everything in it.
            _ => vec![Action::Close],
        }
    }
}

impl Screen for Discard {
    fn context(&self) -> Context {
        Context::List
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match event {
            Event::Command(Command::Back) => vec![Action::Close],
            Event::Command(Command::Open) => self.answer(),
            Event::Command(command) => {
                self.window.walk(command, ANSWERS);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

impl View for Discard {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 50, 7);
        let inner = popup::draw(canvas.buf, area, canvas.look, &t!("discard.title"));
        canvas.put(inner, inner.x, inner.y, &t!("discard.what"), Role::Text);
        let key = |command| canvas.keys.label(Context::List, command).unwrap_or_default();
        let (open, back) = (key(Command::Open), key(Command::Back));
        let answers = [t!("discard.keep"), t!("discard.drop"), t!("discard.go_on", key = back)];
        let rows = ratatui::layout::Rect { y: inner.y + 2, height: ANSWERS as u16, ..inner };
        let look = canvas.look;
        list::draw(canvas.buf, rows, look, &mut self.window, ANSWERS, true, |buf, cells, i| {
            let style = look.theme.style(Role::Text);
            text::put_fit(buf, cells.x, cells.y, &answers[i], cells.width.into(), style) - cells.x
        });
        let at = self.window.at as u16;
        canvas.put_right(rows, rows.y + at, &open, Role::Key);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
