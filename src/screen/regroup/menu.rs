//! The menu: in which way the node changes.
use ratatui::layout::Rect;

use super::{Answer, foot, verb::Verb};
use crate::words::{t, word};
use crate::{
    app::{Command, Context, Desk, Pointer},
    grid::org::NodeIx,
    screen::Canvas,
    ui::{
        Role, list,
        list::{Pointed, Window},
        popup, text,
    },
};

pub(super) struct Menu {
    verbs: Vec<Verb>,
    window: Window,
}

impl Menu {
    pub(super) fn new(desk: &Desk, node: NodeIx) -> Menu {
        Menu { verbs: Verb::of(desk, node), window: Window::default() }
    }

    pub(super) fn has_rows(&self) -> bool {
        !self.verbs.is_empty()
    }

    pub(super) fn on(&mut self, command: Command) -> Answer {
        match command {
            Command::Up => self.window.step(-1, self.verbs.len()),
            Command::Down => self.window.step(1, self.verbs.len()),
            Command::Open => return self.verbs.get(self.window.at).map_or(Answer::Stay, |verb| Answer::Way(*verb)),
            Command::Back => return Answer::Back,
            _ => {}
        }
        Answer::Stay
    }

    pub(super) fn point(&mut self, pointer: Pointer) -> Answer {
        match self.window.point(pointer, self.verbs.len()) {
            Pointed::Again => self.on(Command::Open),
            _ => Answer::Stay,
        }
    }

    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>, node: NodeIx, marked: usize) {
        let verbs = &self.verbs;
        let area = popup::centered(canvas.area, 58, verbs.len() as u16 + 5);
        let title = t!("regroup.menu.title", node = canvas.desk.state.org().node(node).name).into_owned();
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        let body = Rect { height: inner.height.saturating_sub(3), ..inner };
        let look = canvas.look;
        let column = verbs.iter().map(|verb| text::width(verb.label())).max().unwrap_or(0) + 2;
        list::draw(canvas.buf, body, look, &mut self.window, verbs.len(), true, |buf, cells, i| {
            let verb = verbs[i];
            let end = text::put(buf, cells.x, cells.y, verb.label(), column, look.theme.style(Role::Text));
            let about = match (verb, marked) {
                (Verb::Split, 0) => t!("regroup.menu.mark_first").into_owned(),
                (Verb::Split, n) => t!("regroup.menu.split", n = n).into_owned(),
                _ => verb.about().to_owned(),
            };
            text::put_fit(buf, cells.x + column as u16, cells.y, &about, 50 - column, look.theme.style(Role::Dim));
            end - cells.x
        });
        foot(canvas, inner, Context::List, &[(Command::Open, word("regroup.key.choose"))]);
    }
}
