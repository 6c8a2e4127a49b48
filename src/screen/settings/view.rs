//! How the settings look.
use ratatui::layout::Rect;

use super::{Row, SettingsScreen};
use crate::{
    app::{Command, Context},
    screen::{Canvas, View, frame},
    ui::{Role, list, popup, text},
    words::t,
};

/// Columns of the labels, and of the values beside them.
const LABEL: u16 = 12;
const VALUE: u16 = 44;

impl View for SettingsScreen {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 64, Row::ALL.len() as u16 + 9);
        let inner = popup::draw(canvas.buf, area, canvas.look, &t!("settings.title"));
        let rows = Rect { height: Row::ALL.len() as u16, ..inner };
        let (look, desk, at) = (canvas.look, canvas.desk, self.window.at);
        list::draw(canvas.buf, rows, look, &mut self.window, Row::ALL.len(), true, |buf, cells, i| {
            let row = Row::ALL[i];
            text::put_fit(buf, cells.x, cells.y, &row.label(), LABEL.into(), look.theme.style(Role::Label));
            let value = row.value(desk);
            // The arrows say that left and right change it.
            let value = if i == at && !row.leads() { format!("< {value} >") } else { value };
            let x = cells.x + LABEL;
            text::put_fit(buf, x, cells.y, &value, VALUE.into(), look.theme.style(Role::Text));
            text::width(&row.label()).min(LABEL.into()) as u16
        });
        let mut below = Rect { y: rows.bottom() + 1, height: 1, ..inner };
        canvas.put(below, below.x, below.y, &self.row().about(desk), Role::Text);
        below.y += 2;
        self.sample(canvas, below);
        below.y += 1;
        canvas.put(below, below.x, below.y, &t!("settings.file", file = desk.settings.file), Role::Dim);
        let line = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        let open = if self.row().leads() { t!("settings.lead") } else { t!("settings.keep") };
        let mut words = vec![(Command::Open, open), (Command::Back, t!("settings.restore"))];
        if !self.row().leads() {
            words.insert(0, (Command::NextValue, t!("settings.next")));
        }
        frame::keys_named(canvas, line, Context::Form, &words);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl SettingsScreen {
    /// A line in the styles of the theme.
    fn sample(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let glyphs = canvas.look.glyphs;
        let pieces = [
            (t!("settings.sample"), Role::Label),
            (format!("{} {}", glyphs.overdue, t!("settings.sample_overdue")).into(), Role::Overdue),
            (format!("{} {}", glyphs.due, t!("settings.sample_due")).into(), Role::DueSoon),
            (format!("{} {}", glyphs.ok, t!("settings.sample_met")).into(), Role::Met),
            (format!(" {} ", t!("settings.sample_selection")).into(), Role::Selection),
            (t!("settings.sample_key"), Role::Key),
            (t!("settings.sample_dim"), Role::Dim),
        ];
        let mut x = line.x;
        for (words, role) in pieces {
            x = canvas.put(line, x, line.y, &words, role) + 2;
        }
    }
}
