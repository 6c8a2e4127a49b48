//! The form of a working list: its name, its conditions, its columns.
use ratatui::layout::Rect;

use super::ask::{Answers, Ask};
use crate::{
    app::{
        Action, Command, Context, Desk, Event, Message, Route, Screen,
        lists::{Column, WorkingList},
    },
    grid::org::NodeIx,
    screen::{
        Canvas, View, form, frame,
        refuse::{unless, unless_known},
    },
    ui::{Role, message, popup, text},
    words::t,
};

/// The columns of the labels.
const LABEL: u16 = 10;
/// Up to so many units the form says how many the list has while it is written.
const COUNTED: usize = 20_000;

/// The form over the working lists.
pub(in crate::screen) struct ListForm {
    node: NodeIx,
    answers: Answers,
    /// What the form began with.
    first: WorkingList,
    before: Option<String>,
    at: usize,
    count: Option<usize>,
}

impl ListForm {
    pub(in crate::screen) fn new(desk: &Desk, node: NodeIx, list: &WorkingList, before: Option<String>) -> ListForm {
        let answers = Answers::new(list);
        let mut form = ListForm { node, first: answers.list(), answers, before, at: 0, count: None };
        form.reckon(desk);
        form
    }

    fn ask(&self) -> Ask {
        Ask::ALL[self.at]
    }

    fn reckon(&mut self, desk: &Desk) {
        let few = desk.state.org().units().len() <= COUNTED;
        self.count = few.then(|| self.answers.list().units(desk, self.node).len());
    }

    fn step(&mut self, n: isize) {
        self.at = (self.at as isize + n).rem_euclid(Ask::ALL.len() as isize) as usize;
    }

    fn save(&self, desk: &Desk) -> Vec<Action> {
        let list = self.answers.list();
        let name = list.name.clone();
        let error = |words: std::borrow::Cow<'static, str>| vec![Action::Say(Message::error(words))];
        if name.is_empty() {
            return error(t!("lists.need_name"));
        }
        if self.before.as_ref() != Some(&name) && desk.lists.named(&name).is_some() {
            return error(t!("lists.name_taken", name = name));
        }
        let lists = desk.lists.with(list.clone(), self.before.as_deref());
        let said = Action::Say(Message::done(t!("lists.saved", name = name)));
        // What was saved is shown; a file that can't be written is told of instead.
        vec![Action::Close, Action::Show(Box::new(list)), said, Action::KeepLists(lists)]
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        let ask = self.ask();
        let turned = match command {
            Command::SaveForm => return self.save(desk),
            Command::Open if ask == Ask::Button => return self.save(desk),
            Command::NextValue if ask == Ask::Columns => {
                self.answers.toggle();
                true
            }
            Command::Right if ask == Ask::Columns => self.answers.aside(1),
            Command::Left if ask == Ask::Columns => self.answers.aside(-1),
            Command::NextValue | Command::Right => self.answers.turn(ask, 1),
            Command::PrevValue | Command::Left => self.answers.turn(ask, -1),
            _ => false,
        };
        if turned {
            self.reckon(desk);
            return Vec::new();
        }
        match command {
            Command::Open | Command::NextFocus | Command::Down => self.step(1),
            Command::PrevFocus | Command::Up => self.step(-1),
            Command::Back if self.answers.list() != self.first => return vec![Action::Open(Route::Discard(None))],
            Command::Back => return vec![Action::Close],
            Command::NextValue | Command::PrevValue => {
                let said = t!("refusal.not_this_field", name = command.row().name());
                return vec![Action::Say(Message::note(said))];
            }
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for ListForm {
    fn context(&self) -> Context {
        Context::Form
    }

    fn takes_text(&self) -> bool {
        self.answers.field(self.ask()).is_some()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        use Command::*;
        match command {
            Quit => unless(self.answers.list() == self.first, || t!("refusal.unsaved")),
            NextValue | PrevValue | Left | Right => {
                let turns = self.answers.choice(self.ask()).is_some() || self.ask() == Ask::Columns;
                unless(turns, || t!("refusal.not_this_field", name = command.row().name()))
            }
            _ => unless_known(command, &[Open, SaveForm, NextFocus, PrevFocus]),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        let ask = self.ask();
        match event {
            Event::Command(command) => return self.command(command, desk),
            Event::Text(key) => drop(self.answers.field_mut(ask).map(|field| field.handle(key))),
            Event::Paste(text) => drop(self.answers.field_mut(ask).map(|field| field.paste(&text))),
            _ => return Vec::new(),
        }
        self.reckon(desk);
        Vec::new()
    }
}

impl View for ListForm {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 76, Ask::ALL.len() as u16 + 6);
        let title = if self.before.is_some() { t!("lists.edit") } else { t!("lists.new") };
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        let mut y = inner.y;
        for ask in Ask::ALL {
            self.draw_row(canvas, inner, y, ask);
            // The columns take two lines.
            y += if ask == Ask::Columns { 2 } else { 1 };
        }
        let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, line(2), canvas.look, said);
        }
        frame::keys(canvas, line(1), Context::Form, &[Command::SaveForm, Command::NextFocus, Command::Back]);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl ListForm {
    fn draw_row(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, ask: Ask) {
        let here = self.ask() == ask;
        if ask == Ask::Button {
            let button = format!(" {} ", Command::SaveForm.row().name());
            let cols = text::width(&button) as u16;
            if let Some(n) = self.count {
                canvas.put(inner, inner.x + 2, y, &t!("lists.fits", n = n), Role::Label);
            }
            let role = if here { Role::Selection } else { Role::Title };
            canvas.put(inner, inner.right().saturating_sub(cols), y, &button, role);
            return;
        }
        let cells = form::label(canvas, inner, y, &ask.label(), LABEL, here);
        if let Some(field) = self.answers.field(ask) {
            let cursor = field.draw(canvas.buf, cells, canvas.look, here);
            if field.value().is_empty() && !here {
                canvas.put(cells, cells.x, y, &ask.hint(), Role::Dim);
            }
            if here {
                canvas.cursor = cursor;
            }
        } else if let Some(choice) = self.answers.choice(ask) {
            let x = canvas.put(cells, cells.x, y, &choice, if here { Role::Selection } else { Role::Text });
            if here {
                canvas.put(cells, x + 2, y, &t!("lists.turn"), Role::Dim);
            }
        } else {
            self.draw_columns(canvas, Rect { height: 2, ..cells }, here);
        }
    }

    fn draw_columns(&self, canvas: &mut Canvas<'_>, cells: Rect, here: bool) {
        let glyphs = canvas.look.glyphs;
        let (mut x, mut y) = (cells.x, cells.y);
        for (i, column) in Column::ALL.into_iter().enumerate() {
            let label = column.label();
            let mark = if self.answers.columns.contains(&column) { glyphs.marked } else { glyphs.unmarked };
            let cols = 2 + text::width(&label) as u16;
            if x + cols > cells.right() {
                (x, y) = (cells.x, y + 1);
            }
            let end = canvas.put(cells, x, y, mark, Role::Text);
            let role = if here && i == self.answers.column { Role::Selection } else { Role::Text };
            x = canvas.put(cells, end + 1, y, &label, role) + 2;
        }
        if here && x < cells.right() {
            canvas.put(cells, x, y, &t!("lists.toggle"), Role::Dim);
        }
    }
}
