//! How the visit form looks.
use ratatui::layout::Rect;

use super::{At, TOPICS, VisitForm};
use crate::{
    app::{Command, Context},
    screen::{Canvas, View, frame, records::topic_label},
    ui::{Role, hint, message, popup, text},
};

/// The columns of the labels.
const LABEL: u16 = 10;

impl View for VisitForm {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let title = if self.amends.is_some() { "更正走访" } else { "写走访" };
        let area = popup::centered(canvas.area, 72, 18);
        let inner = popup::draw(canvas.buf, area, canvas.look, title);
        let who = self.who(canvas);
        canvas.put(inner, inner.x, inner.y, &who, Role::Title);
        let mut y = inner.y + 2;
        y = self.line(canvas, inner, y, At::On, "日期");
        y = self.topics(canvas, inner, y);
        y = self.note(canvas, inner, y);
        y = self.line(canvas, inner, y, At::Problem, "发现问题");
        self.line(canvas, inner, y, At::FollowUp, "复查日期");
        self.foot(canvas, inner);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl VisitForm {
    fn who(&self, canvas: &Canvas<'_>) -> String {
        let org = canvas.desk.state.org();
        match self.units[..] {
            [unit] => org.unit(unit).record.name.clone(),
            [first, ..] => format!("{} 等 {} 家", org.unit(first).record.name, self.units.len()),
            [] => String::new(),
        }
    }

    fn label(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, at: At, word: &str) -> Rect {
        let here = self.at == at;
        let mark = if here { canvas.look.glyphs.cursor } else { " " };
        canvas.put(inner, inner.x, y, mark, Role::Title);
        canvas.put(inner, inner.x + 2, y, word, if here { Role::Title } else { Role::Label });
        Rect { x: inner.x + 2 + LABEL, y, width: inner.width.saturating_sub(2 + LABEL), height: 1 }
    }

    /// A one-line field with what is wrong with it below.
    fn line(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, at: At, word: &str) -> u16 {
        let cells = self.label(canvas, inner, y, at, word);
        let field = match at {
            At::On => &self.on,
            At::Problem => &self.problem,
            _ => &self.follow_up,
        };
        let cursor = field.draw(canvas.buf, cells, canvas.look, self.at == at);
        if self.at == at {
            canvas.cursor = cursor;
        }
        if let Some(what) = self.objection(at, canvas.desk) {
            canvas.put(inner, cells.x, y + 1, &what, Role::Error);
        }
        y + 2
    }

    fn topics(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16) -> u16 {
        let cells = self.label(canvas, inner, y, At::Topics, "内容");
        let mut x = cells.x;
        for (i, topic) in TOPICS.into_iter().enumerate() {
            let on = self.topics.contains(&topic);
            let mark = if on { canvas.look.glyphs.marked } else { canvas.look.glyphs.unmarked };
            let under = self.at == At::Topics && self.topic == i;
            x = canvas.put(inner, x, y, mark, if on { Role::Title } else { Role::Dim });
            let role = if under { Role::Selection } else { Role::Text };
            x = canvas.put(inner, x, y, topic_label(topic), role) + 1;
        }
        if self.at == At::Topics {
            canvas.put(inner, cells.x, y + 1, "空格选，左右键移动", Role::Dim);
        }
        y + 2
    }

    fn note(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16) -> u16 {
        let cells = self.label(canvas, inner, y, At::Note, "备注");
        let cells = Rect { height: 2, width: cells.width.min(super::NOTE_COLS), ..cells };
        let cursor = self.note.draw(canvas.buf, cells, canvas.look, self.at == At::Note);
        if self.at == At::Note {
            canvas.cursor = cursor;
        }
        y + 3
    }

    fn foot(&self, canvas: &mut Canvas<'_>, inner: Rect) {
        let y = inner.bottom().saturating_sub(2);
        let role = if self.at == At::Save { Role::Selection } else { Role::Title };
        let button = " 保存 ";
        let x = inner.right().saturating_sub(text::width(button) as u16);
        canvas.put(inner, x, y, button, role);
        if let Some(said) = &canvas.desk.message {
            let cells = Rect { y, height: 1, width: inner.width.saturating_sub(8), ..inner };
            message::draw(canvas.buf, cells, canvas.look, said);
        }
        let line = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        let hints = frame::hints(canvas, Context::Form, &[Command::SaveForm, Command::NextFocus, Command::Back]);
        hint::draw(canvas.buf, line, canvas.look, &hints);
    }
}
