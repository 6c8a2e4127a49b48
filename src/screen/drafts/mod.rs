//! What was typed and not saved: which of it to go on with, and what to give up.
use ratatui::layout::Rect;

use crate::{
    app::{Action, Command, Context, Desk, Draft, Event, Message, Route, Screen},
    screen::{
        Canvas, View, frame,
        refuse::{unless_known, unless_row},
    },
    ui::{
        Role, list,
        list::{Pointed, Window},
        popup, text,
    },
    words::t,
};

/// The kept drafts, the newest first.
pub(super) struct Drafts {
    drafts: Vec<Draft>,
    window: Window,
    /// Whether the program ended without saving one of them.
    is_left: bool,
}

impl Drafts {
    pub(super) fn new(desk: &Desk) -> Drafts {
        let drafts: Vec<Draft> = desk.drafts.iter().rev().cloned().collect();
        let is_left = drafts.iter().any(|draft| !draft.aside);
        Drafts { drafts, window: Window::default(), is_left }
    }

    fn take(&self) -> Vec<Action> {
        let Some(draft) = self.drafts.get(self.window.at) else { return vec![Action::Close] };
        vec![Action::Close, Action::Open(Route::Resume(Box::new(draft.clone())))]
    }

    fn drop(&mut self) -> Vec<Action> {
        if self.window.at >= self.drafts.len() {
            return Vec::new();
        }
        let draft = self.drafts.remove(self.window.at);
        self.window.step(0, self.drafts.len());
        let mut actions = vec![Action::DropDraft(draft.number)];
        if self.drafts.is_empty() {
            actions.extend([Action::Close, Action::Say(Message::note(t!("drafts.none_left")))]);
        }
        actions
    }

    /// They stay, as put aside.
    fn leave(&self) -> Vec<Action> {
        let aside = |draft: &Draft| Action::KeepDraft(Box::new(Draft { aside: true, ..draft.clone() }));
        let left = self.drafts.iter().filter(|draft| !draft.aside).map(aside);
        left.chain([Action::Close]).collect()
    }
}

impl Screen for Drafts {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open | Command::DropDraft => unless_row(self.window.at < self.drafts.len()),
            _ => unless_known(command, &[]),
        }
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        let command = match event {
            Event::Command(command) => command,
            Event::Point(pointer) => match self.window.point(pointer, self.drafts.len()) {
                Pointed::Again => Command::Open,
                _ => return Vec::new(),
            },
            _ => return Vec::new(),
        };
        match command {
            Command::Open => self.take(),
            Command::DropDraft => self.drop(),
            Command::Back => self.leave(),
            command => {
                self.window.walk(command, self.drafts.len());
                Vec::new()
            }
        }
    }
}

impl View for Drafts {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let rows = (self.drafts.len().max(1) as u16).min(canvas.area.height.saturating_sub(8));
        let area = popup::centered(canvas.area, 72, rows + 4);
        let title = if self.is_left { t!("drafts.left") } else { t!("drafts.title") };
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        let body = Rect { height: rows, ..inner };
        if self.drafts.is_empty() {
            canvas.put(body, body.x, body.y, &t!("drafts.none"), Role::Dim);
        }
        let (look, drafts) = (canvas.look, &self.drafts);
        list::draw(canvas.buf, body, look, &mut self.window, drafts.len(), true, |buf, cells, i| {
            let room = usize::from(cells.width);
            let end = text::put_fit(buf, cells.x, cells.y, &drafts[i].title, room, look.theme.style(Role::Text));
            let room = usize::from(cells.right().saturating_sub(end + 2));
            text::put_fit(buf, end + 2, cells.y, &drafts[i].gist, room, look.theme.style(Role::Dim));
            end - cells.x
        });
        let line = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        let words = [
            (Command::Open, t!("drafts.take")),
            (Command::DropDraft, t!("drafts.drop")),
            (Command::Back, t!("drafts.leave")),
        ];
        frame::keys_as(canvas, line, Context::List, &words);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
