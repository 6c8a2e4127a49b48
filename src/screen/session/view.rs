//! How the session form looks.
use ratatui::layout::Rect;

use super::{At, MARKS, SessionForm};
use crate::{
    grid::fact::{AttendanceMark, SessionKind},
    screen::{Canvas, View, form},
    ui::{Role, list, popup, text},
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
        let cells = form::label(canvas, inner, y, "备注", LABEL, self.at == At::Note);
        form::note(canvas, cells, &self.note, self.at == At::Note);
        y += 2;
        let roster = Rect { y, height: inner.bottom().saturating_sub(y + 2), ..inner };
        self.draw_roster(canvas, roster);
        form::foot(canvas, inner, self.at == At::Save);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl SessionForm {
    /// A one-line field; what is wrong with it stands at its right.
    fn line(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, at: At, word: &str) -> u16 {
        let cells = form::label(canvas, inner, y, word, LABEL, self.at == at);
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

    fn draw_roster(&mut self, canvas: &mut Canvas<'_>, area: Rect) {
        let focused = self.at == At::Roster;
        let head = Rect { height: 1, ..area };
        form::label(canvas, area, area.y, "签到", LABEL, focused);
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
}
