//! Who acts (我是谁): the people of the store with their posts, narrowed by typing.
use ratatui::layout::Rect;

use crate::{
    app::{
        Action, Command, Context, Desk, Event, Keep, Message, Screen,
        who::{Candidate, candidates, written},
    },
    screen::{
        Canvas, View,
        find::Finder,
        frame,
        narrow::{Narrowed, narrow},
    },
    ui::{
        Role,
        field::Field,
        list,
        list::{Pointed, Window},
        popup, text,
    },
    words::t,
};

pub(super) struct Who {
    /// The highest posts first.
    all: Vec<Candidate>,
    names: Vec<String>,
    /// The places of those that are found.
    found: Vec<usize>,
    filter: Field,
    window: Window,
}

impl Who {
    pub(super) fn new(desk: &Desk) -> Who {
        let all = candidates(&desk.state, desk.today());
        let names: Vec<String> = all.iter().map(|one| one.words(&desk.state).join(" ")).collect();
        let found = (0..all.len()).collect();
        Who { all, names, found, filter: Field::default(), window: Window::default() }
    }

    fn refilter(&mut self) {
        self.found = Finder::new(self.filter.value()).filter(self.names.iter().map(String::as_str));
        self.window = Window::default();
    }

    fn open(&self, desk: &Desk) -> Vec<Action> {
        let Some(one) = self.found.get(self.window.at).map(|i| self.all[*i]) else { return Vec::new() };
        let person = desk.state.org().person(one.person).id.clone();
        // Nobody of a sample is anybody in the person's own store.
        let remembered = match desk.state.opened().is_some_and(|opened| opened.sample) {
            true => Action::Say(Message::note(t!("who.this_time"))),
            false => Action::Keep(Keep::Person(written(&desk.state, one.person))),
        };
        vec![Action::Close, Action::ActAs(person), remembered]
    }
}

impl Screen for Who {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match narrow(&mut self.filter, &event, false) {
            Narrowed::Left => return vec![Action::Close],
            Narrowed::Changed => self.refilter(),
            Narrowed::Elsewhere => {}
        }
        let len = self.found.len();
        match event {
            Event::Command(Command::Open) if self.all.is_empty() => return vec![Action::Close],
            Event::Command(Command::Open) if len == 0 => {
                return vec![Action::Say(Message::note(t!("who.nobody_found")))];
            }
            Event::Command(Command::Open) => return self.open(desk),
            Event::Command(Command::Back) => return vec![Action::Close],
            Event::Point(pointer) if self.window.point(pointer, len) == Pointed::Again => return self.open(desk),
            Event::Command(command) => drop(self.window.walk(command, len)),
            _ => {}
        }
        Vec::new()
    }
}

impl View for Who {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 70, canvas.area.height.saturating_sub(4).min(20));
        let inner = popup::draw(canvas.buf, area, canvas.look, &t!("who.title"));
        let x = canvas.put(inner, inner.x, inner.y, &t!("who.find"), Role::Label) + 1;
        let cells = Rect { x, width: inner.right().saturating_sub(x), height: 1, ..inner };
        canvas.cursor = self.filter.draw(canvas.buf, cells, canvas.look, true);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(2), ..inner };
        if self.found.is_empty() {
            let what = if self.all.is_empty() { t!("who.nobody") } else { t!("who.nobody_found") };
            canvas.put(body, body.x, body.y, &what, Role::Text);
        }
        let (look, desk, all, found) = (canvas.look, canvas.desk, &self.all, &self.found);
        list::draw(canvas.buf, body, look, &mut self.window, found.len(), true, |buf, cells, i| {
            let [name, post, node] = all[found[i]].words(&desk.state);
            let end = text::put_fit(buf, cells.x, cells.y, &name, 16, look.theme.style(Role::Text));
            text::put_fit(buf, cells.x + 18, cells.y, &post, 12, look.theme.style(Role::Text));
            let room = usize::from(cells.width.saturating_sub(32));
            text::put_fit(buf, cells.x + 32, cells.y, &node, room, look.theme.style(Role::Dim));
            end - cells.x
        });
        let line = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        frame::keys(canvas, line, Context::Prompt, &[Command::Open, Command::Back]);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
