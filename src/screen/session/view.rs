//! How the session form looks.
use ratatui::layout::Rect;

use super::{At, MARKS, SessionForm};
use crate::{
    app::{Command, Context},
    grid::fact::{AttendanceMark, SessionKind},
    screen::{Canvas, View, frame},
    ui::{Role, hint, list, message, popup, text},
};

/// The columns of the labels.
const LABEL: u16 = 8;

impl View for SessionForm {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let rows = canvas.area.height.saturating_sub(2).min(34);
        let area = popup::centered(canvas.area, 72, rows);
        let name = canvas.desk.state.org().node(self.grid).name.clone();
        let what = match self.kind {
            SessionKind::Training => "记培训",
            SessionKind::Activity => "记统计之家活动",
        };
        let inner = popup::draw(canvas.buf, area, canvas.look, &format!("{what}  {name}"));
        let mut y = inner.y;
        y = self.line(canvas, inner, y, At::On, "日期");
        y = self.line(canvas, inner, y, At::Topic, "主题");
        y = self.line(canvas, inner, y, At::Hours, "小时");
        y = self.note(canvas, inner, y);
        let roster = Rect { y, height: inner.bottom().saturating_sub(y + 2), ..inner };
        self.draw_roster(canvas, roster);
        self.foot(canvas, inner);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl SessionForm {
    fn label(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, at: At, word: &str) -> Rect {
        let here = self.at == at;
        let mark = if here { canvas.look.glyphs.cursor } else { " " };
        canvas.put(inner, inner.x, y, mark, Role::Title);
        canvas.put(inner, inner.x + 2, y, word, if here { Role::Title } else { Role::Label });
        Rect { x: inner.x + 2 + LABEL, y, width: inner.width.saturating_sub(2 + LABEL), height: 1 }
    }

    /// A one-line field; what is wrong with it stands at its right.
    fn line(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, at: At, word: &str) -> u16 {
        let cells = self.label(canvas, inner, y, at, word);
        let (field, cols) = match at {
            At::On => (&self.on, 14),
            At::Hours => (&self.hours, 8),
            _ => (&self.topic, 44),
        };
        let cells = Rect { width: cells.width.min(cols), ..cells };
        let cursor = field.draw(canvas.buf, cells, canvas.look, self.at == at);
        if self.at == at {
            canvas.cursor = cursor;
        }
        if let Some(what) = self.objection(at, canvas.desk) {
            canvas.put(inner, cells.right() + 1, y, &what, Role::Error);
        }
        y + 1
    }

    fn note(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16) -> u16 {
        let cells = self.label(canvas, inner, y, At::Note, "备注");
        let cells = Rect { height: 2, width: cells.width.min(54), ..cells };
        let cursor = self.note.draw(canvas.buf, cells, canvas.look, self.at == At::Note);
        if self.at == At::Note {
            canvas.cursor = cursor;
        }
        y + 2
    }

    fn draw_roster(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let focused = self.at == At::Roster;
        let head = Rect { height: 1, ..area };
        self.label(canvas, area, area.y, At::Roster, "签到");
        let counts: Vec<String> = MARKS
            .iter()
            .map(|(mark, word)| (self.roster.iter().filter(|(_, m)| m == mark).count(), word))
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{word} {n}"))
            .collect();
        let x = canvas.put(head, head.x + 2 + LABEL, head.y, &counts.join("  "), Role::Text);
        if focused {
            canvas.put(head, x + 2, head.y, "空格换一个", Role::Dim);
        }
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        let (look, desk, roster) = (canvas.look, canvas.desk, &self.roster);
        list::draw(canvas.buf, body, look, &mut self.window, roster.len(), focused, |buf, cells, i| {
            let (person, mark) = roster[i];
            let record = &desk.state.org().person(person).record;
            let word = MARKS.iter().find(|(m, _)| *m == mark).map_or("", |(_, word)| word);
            let role = if mark == AttendanceMark::Present { Role::Met } else { Role::Late };
            text::put_fit(buf, cells.x, cells.y, &record.name, 10, look.theme.style(Role::Text));
            text::put_fit(buf, cells.x + 11, cells.y, word, 6, look.theme.style(role));
            let unit = record.unit.as_deref().and_then(|id| desk.state.org().unit_ix(id));
            let unit = unit.map_or("", |ix| desk.state.org().unit(ix).record.name.as_str());
            let room = usize::from(cells.width.saturating_sub(18));
            text::put_fit(buf, cells.x + 18, cells.y, unit, room, look.theme.style(Role::Dim));
            text::width(&record.name).min(10) as u16
        });
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
