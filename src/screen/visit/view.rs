//! How the visit form looks.
use ratatui::layout::Rect;

use super::{At, TOPICS, VisitForm};
use crate::{
    screen::{Canvas, View, form, records::topic_label},
    ui::{Role, popup},
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
        let cells = form::label(canvas, inner, y, "备注", LABEL, self.at == At::Note);
        form::note(canvas, cells, &self.note, self.at == At::Note);
        y += 3;
        y = self.line(canvas, inner, y, At::Problem, "发现问题");
        self.line(canvas, inner, y, At::FollowUp, "复查日期");
        form::foot(canvas, inner, self.at == At::Save);
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

    /// A one-line field with what is wrong with it below.
    fn line(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, at: At, word: &str) -> u16 {
        let cells = form::label(canvas, inner, y, word, LABEL, self.at == at);
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
        let cells = form::label(canvas, inner, y, "内容", LABEL, self.at == At::Topics);
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
}
