//! How the last actions look.
use ratatui::layout::Rect;

use super::{Group, Recent, who};
use crate::{
    app::{Command, Context, Desk},
    screen::{Canvas, View, frame},
    ui::{Role, text},
    words::t,
};

const HINTS: &[Command] =
    &[Command::Undo, Command::Filter, Command::History, Command::PageDown, Command::Back, Command::Quit];

/// The columns of the time and of the name.
const WHEN: u16 = 11;
const WHO: u16 = 8;

/// One row, in words.
struct Line {
    when: String,
    who: String,
    what: String,
    right: String,
    undone: bool,
}

impl View for Recent {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let about = self.about(canvas.desk);
        let context = if self.filter.is_typing() { Context::Prompt } else { Context::List };
        let body = frame::draw(canvas, canvas.desk.home, context, HINTS, &about);
        let line = Rect { height: 1, ..body };
        if !self.filter.draw(canvas, Rect { x: line.x + 1, width: line.width.saturating_sub(1), ..line }) {
            let x = canvas.put(line, line.x + 1, line.y, &t!("recent.title"), Role::Title);
            canvas.put(line, x + 2, line.y, &t!("recent.columns"), Role::Dim);
        }
        let cells = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        if self.shown.is_empty() {
            let what = if self.asked { t!("recent.reading") } else { t!("recent.nothing") };
            canvas.put(cells, cells.x + 2, cells.y, &what, Role::Dim);
        }
        let (look, desk) = (canvas.look, canvas.desk);
        let mut window = self.window;
        self.filter.list(canvas, cells, &mut window, self.shown.len(), true, |buf, cells, i| {
            let Some(group) = self.groups.get(self.shown[i]) else { return 0 };
            let line = self.line(desk, group);
            let role = if line.undone { Role::Dim } else { Role::Text };
            let mut x = cells.x;
            for (cols, what) in [(WHEN, &line.when), (WHO, &line.who)] {
                text::put_fit(buf, x, cells.y, what, cols.into(), look.theme.style(Role::Dim));
                x += cols + 1;
            }
            let right = text::width(&line.right) as u16;
            let room = cells.right().saturating_sub(x + right + 1);
            text::put_fit(buf, x, cells.y, &text::capital(&line.what), room.into(), look.theme.style(role));
            let style = look.theme.style(if line.undone { Role::Late } else { Role::Dim });
            text::put_fit(buf, cells.right().saturating_sub(right), cells.y, &line.right, right.into(), style);
            // The time is what is reversed; what it was stays readable beside it.
            text::width(&line.when) as u16
        });
        self.window = window;
    }
}

impl Recent {
    fn line(&self, desk: &Desk, group: &Group) -> Line {
        let offset = i64::from(desk.pack().utc_offset) * 1000;
        let ms = group.first().map_or(0, |fact| fact.recorded_ms);
        let when = chrono::DateTime::from_timestamp_millis(ms.saturating_add(offset));
        let undone = desk.is_undone(&group.facts);
        let n = group.facts.len();
        let count = if n > 1 { t!("recent.count", n = n).into_owned() } else { String::new() };
        let right = if undone { t!("recent.undone").into_owned() } else { count };
        Line {
            when: when.map_or(String::new(), |at| at.format("%m-%d %H:%M").to_string()),
            who: who(desk, group),
            what: self.what(desk, group),
            right,
            undone,
        }
    }

    /// Whether what the cursor stands on can be taken back, and why not.
    fn about(&self, desk: &Desk) -> String {
        let Some(group) = self.chosen() else { return String::new() };
        if desk.is_undone(&group.facts) {
            return t!("recent.is_undone").into_owned();
        }
        let by = group.first().and_then(|fact| fact.draft.by.as_deref());
        let mine = by.is_none() || by == desk.actor.person.as_deref();
        match desk.decide_withdraw(&group.facts) {
            Ok(_) if mine => t!("recent.can").into_owned(),
            Ok(_) => t!("recent.can_others", who = who(desk, group)).into_owned(),
            Err(refusal) => t!("recent.can_not", why = refusal).into_owned(),
        }
    }
}
