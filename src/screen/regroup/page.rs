//! What would move, and the key that does it.
use ratatui::layout::Rect;

use super::{Answer, foot};
use crate::words::{t, word};
use crate::{
    app::{Command, Context, Desk},
    grid::decide::{
        Refusal, Regroup,
        regroup::{Line, Preview, preview},
    },
    screen::Canvas,
    ui::{Role, columns, popup, text},
};

pub(super) struct Page {
    regroup: Regroup,
    told: Preview,
    top: usize,
    /// How many rows there were, and how many were shown, when it was last drawn.
    drawn: (usize, usize),
}

impl Page {
    pub(super) fn new(desk: &Desk, regroup: Regroup) -> Result<Page, Refusal> {
        let told = preview(&desk.state, &desk.actor, &regroup)?;
        Ok(Page { regroup, told, top: 0, drawn: (0, 0) })
    }

    pub(super) fn on(&mut self, command: Command) -> Answer {
        let (rows, shown) = self.drawn;
        let last = rows.saturating_sub(shown);
        match command {
            Command::Up => self.top = self.top.saturating_sub(1),
            Command::Down => self.top = (self.top + 1).min(last),
            Command::PageUp => self.top = self.top.saturating_sub(shown),
            Command::PageDown => self.top = (self.top + shown).min(last),
            Command::Home => self.top = 0,
            Command::End => self.top = last,
            Command::Open => return Answer::Do(self.regroup.clone()),
            Command::Back => return Answer::Back,
            _ => {}
        }
        Answer::Stay
    }

    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 96, canvas.area.height.saturating_sub(2));
        let inner = popup::draw(canvas.buf, area, canvas.look, word("regroup.page.title"));
        let body = Rect { height: inner.height.saturating_sub(2), ..inner };
        let rows = rows(&self.told, usize::from(body.width));
        let shown = usize::from(body.height);
        self.top = self.top.min(rows.len().saturating_sub(shown));
        self.drawn = (rows.len(), shown);
        for (y, (role, row)) in (body.y..body.bottom()).zip(rows.iter().skip(self.top)) {
            canvas.put(body, body.x, y, row, *role);
        }
        let below = rows.len().saturating_sub(self.top + shown);
        if below > 0 && canvas.desk.message.is_none() {
            let line = Rect { y: inner.bottom().saturating_sub(2), height: 1, ..inner };
            canvas.put(line, line.x, line.y, &t!("regroup.page.below", n = below), Role::Dim);
        }
        let words = [
            (Command::Open, word("regroup.key.confirm")),
            (Command::Down, word("regroup.key.down")),
            (Command::PageDown, word("regroup.key.page")),
        ];
        foot(canvas, inner, Context::List, &words);
    }
}

/// The preview as rows of at most `cols` columns.
fn rows(told: &Preview, cols: usize) -> Vec<(Role, String)> {
    let mut out: Vec<(Role, String)> =
        text::wrap(&told.title, cols).into_iter().map(|row| (Role::Title, row)).collect();
    let lines = told.lines();
    for part in lines.chunk_by(|a, b| matches!((a, b), (Line::Row(_), Line::Row(_)))) {
        match part {
            [Line::Head(head)] => out.extend([(Role::Text, String::new()), (Role::Label, head.clone())]),
            [Line::Note(note)] => {
                let wrapped = text::wrap(note, cols.saturating_sub(2));
                out.extend(wrapped.into_iter().map(|row| (Role::Text, format!("  {row}"))));
            }
            table => {
                let cells =
                    table.iter().filter_map(|line| if let Line::Row(row) = line { Some(row.clone()) } else { None });
                let aligned = columns::align(&cells.collect::<Vec<_>>());
                out.extend(aligned.into_iter().map(|row| (Role::Text, format!("  {row}"))));
            }
        }
    }
    out
}
