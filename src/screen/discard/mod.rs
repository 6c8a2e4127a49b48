//! The question before what was typed is given up (rule 3).
use crate::{
    app::{Action, Command, Context, Desk, Event, Screen, useless},
    screen::{Canvas, View},
    ui::{Role, popup},
    words::t,
};

/// Asks whether to give up what was typed.
pub(super) struct Discard;

impl Screen for Discard {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Quit => Some(t!("refusal.unsaved").into_owned()),
            Command::Open | Command::Back => None,
            _ => Some(useless(command)),
        }
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match event {
            // Back to the form, with everything in it.
            Event::Command(Command::Back) => vec![Action::Close],
            // Given up: this question and the form below it.
            Event::Command(Command::Open) => vec![Action::DropDraft, Action::Close, Action::Close],
            _ => Vec::new(),
        }
    }
}

impl View for Discard {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 44, 6);
        let inner = popup::draw(canvas.buf, area, canvas.look, "还没有保存");
        canvas.put(inner, inner.x, inner.y, "填好的内容还没有保存。", Role::Text);
        let key = |command| canvas.keys.label(Context::List, command).unwrap_or_default();
        let lines = [(key(Command::Back), "回去继续填"), (key(Command::Open), "放弃这些内容")];
        for (y, (key, word)) in (inner.y + 2..).zip(lines) {
            let x = canvas.put(inner, inner.x, y, &key, Role::Key);
            canvas.put(inner, x + 1, y, word, Role::Text);
        }
    }

    fn is_popup(&self) -> bool {
        true
    }
}
