//! The question before a form with unsaved input is left (rule 3): nothing is given up by one key.
use crate::{
    app::{Action, Command, Context, Desk, Draft, Event, Message, Screen},
    screen::{Canvas, View, refuse::unless_known},
    ui::{
        Role, list,
        list::{Pointed, Window},
        popup, text,
    },
    words::t,
};

/// What can be answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Keep,
    Drop,
    GoOn,
}

/// Asks what becomes of what was typed. The answer under the cursor keeps it, where it can be kept.
pub(super) struct Discard {
    draft: Option<Draft>,
    answers: &'static [Answer],
    window: Window,
}

impl Discard {
    pub(super) fn new(draft: Option<&Draft>) -> Discard {
        let all = &[Answer::Keep, Answer::Drop, Answer::GoOn];
        let answers = if draft.is_some() { &all[..] } else { &all[1..] };
        Discard { draft: draft.cloned(), answers, window: Window::default() }
    }

    fn answer(&self) -> Vec<Action> {
        let mut actions = Vec::new();
        match (self.answers.get(self.window.at), &self.draft) {
            (Some(Answer::Keep), Some(draft)) => {
                actions.push(Action::KeepDraft(Box::new(Draft { aside: true, ..draft.clone() })));
            }
            (Some(Answer::Drop), draft) => actions.extend(draft.iter().map(|draft| Action::DropDraft(draft.number))),
            // Back to the form, with everything in it.
            _ => return vec![Action::Close],
        }
        // This question, and the form below it.
        actions.extend([Action::Close, Action::Close]);
        if self.answers.get(self.window.at) == Some(&Answer::Keep) {
            actions.push(Action::Say(Message::note(t!("discard.kept"))));
        }
        actions
    }
}

impl Screen for Discard {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Quit => Some(t!("refusal.unsaved").into_owned()),
            _ => unless_known(command, &[Command::Open]),
        }
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match event {
            Event::Command(Command::Back) => vec![Action::Close],
            Event::Command(Command::Open) => self.answer(),
            Event::Point(pointer) => match self.window.point(pointer, self.answers.len()) {
                Pointed::Again => self.answer(),
                _ => Vec::new(),
            },
            Event::Command(command) => {
                self.window.walk(command, self.answers.len());
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}

impl View for Discard {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 50, 4 + self.answers.len() as u16);
        let inner = popup::draw(canvas.buf, area, canvas.look, &t!("discard.title"));
        canvas.put(inner, inner.x, inner.y, &t!("discard.what"), Role::Text);
        let key = |command| canvas.keys.label(Context::List, command).unwrap_or_default();
        let (open, back) = (key(Command::Open), key(Command::Back));
        let word = |answer: &Answer| match answer {
            Answer::Keep => t!("discard.keep"),
            Answer::Drop => t!("discard.drop"),
            Answer::GoOn => t!("discard.go_on", key = back),
        };
        let answers: Vec<_> = self.answers.iter().map(word).collect();
        let rows = ratatui::layout::Rect { y: inner.y + 2, height: answers.len() as u16, ..inner };
        let look = canvas.look;
        list::draw(canvas.buf, rows, look, &mut self.window, answers.len(), true, |buf, cells, i| {
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
