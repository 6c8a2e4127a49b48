//! How the burden table looks.
use ratatui::layout::Rect;

use super::{BurdenScreen, Tab};
use crate::{
    app::{Command, Context, Desk},
    report::{FEW, FieldRow, Work},
    screen::{Canvas, View, frame},
    ui::{Role, list, text},
    words::{t, word},
};

const HINTS: &[Command] = &[
    Command::Open,
    Command::NextFocus,
    Command::PrevMonth,
    Command::NextMonth,
    Command::Export,
    Command::Back,
    Command::Quit,
];

/// The columns of a number.
const NUMBER: u16 = 8;

impl View for BurdenScreen {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let about = self.about(canvas.desk);
        let body = frame::draw(canvas, self.node, Context::List, HINTS, &about);
        self.tabs(canvas, Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: 1, ..body });
        let head = Rect { x: body.x + list::GUTTER, y: body.y + 1, width: body.width.saturating_sub(3), height: 1 };
        let cells = Rect { y: body.y + 2, height: body.height.saturating_sub(2), ..body };
        if let Some(said) = self.instead() {
            canvas.put(head, head.x, head.y, said, Role::Dim);
            return;
        }
        match self.tab {
            Tab::Work => self.draw_work(canvas, head, cells),
            Tab::Fields => self.draw_fields(canvas, head, cells),
        }
    }
}

impl BurdenScreen {
    /// What stands where there are no rows.
    fn instead(&self) -> Option<&'static str> {
        match (&self.weighed, self.tab) {
            (None, _) => Some(word("burden.reading")),
            (Some(weighed), _) if weighed.measured.1 == 0 => Some(word("burden.nothing")),
            (Some(weighed), Tab::Fields) if weighed.fields.is_empty() => Some(word("burden.no_fields")),
            _ => None,
        }
    }

    /// The name, both tables, and how much was measured.
    fn tabs(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let titles = [word("burden.work"), word("burden.fields")];
        let active = usize::from(self.tab == Tab::Fields);
        let x = canvas.tabs(line, word("burden.title"), (&titles, active), [Command::NextFocus; 2]);
        let Some(weighed) = &self.weighed else { return };
        let (measured, n) = weighed.measured;
        let said = match (measured, n) {
            (_, 0) => return,
            (0, _) => t!("burden.unmeasured"),
            _ => t!("burden.entered", n = n, measured = measured),
        };
        canvas.put(line, x, line.y, &said, Role::Dim);
    }

    fn draw_work(&mut self, canvas: &mut Canvas<'_>, head: Rect, cells: Rect) {
        let Some(weighed) = &self.weighed else { return };
        let (desk, look, rows) = (canvas.desk, canvas.look, &weighed.work);
        let duty = (head.width.saturating_sub(4 * NUMBER + 14)).min(40);
        let titles = [word("burden.col.entries"), word("burden.col.keys"), word("burden.col.minutes")];
        canvas.put(head, head.x, head.y, word("burden.col.duty"), Role::Label);
        canvas.put(head, head.x + duty + 1, head.y, word("burden.col.form"), Role::Label);
        let from = head.x + duty + 14;
        for (title, at) in titles.into_iter().chain([word("burden.col.each")]).zip(0..) {
            let shown = text::pad_left(title, NUMBER.into());
            canvas.put(head, from + at * NUMBER, head.y, &shown, Role::Label);
        }
        list::draw(canvas.buf, cells, look, &mut self.work, rows.len(), true, |buf, cells, i| {
            let mut put = |x: u16, cols: u16, what: &str, role: Role| {
                let cols = cols.min(cells.right().saturating_sub(x));
                text::put_fit(buf, x, cells.y, what, cols.into(), look.theme.style(role));
            };
            let row = &rows[i];
            let name = duty_of(desk, row);
            put(cells.x, duty, name, if row.duty.is_some() { Role::Text } else { Role::Late });
            put(cells.x + duty + 1, 13, row.kind.name(), Role::Text);
            let from = cells.x + duty + 14;
            put(from, NUMBER, &text::pad_left(&row.entries.to_string(), NUMBER.into()), Role::Text);
            for (n, at) in [row.all_keys(), row.minutes(), row.seconds_each()].into_iter().zip(1..) {
                let (shown, role) = match n {
                    Some(n) => (n.to_string(), Role::Text),
                    None if row.is_hidden() => (word("burden.few").to_owned(), Role::Dim),
                    None => ("-".to_owned(), Role::Dim),
                };
                put(from + at * NUMBER, NUMBER, &text::pad_left(&shown, NUMBER.into()), role);
            }
            text::width(name).min(duty.into()) as u16
        });
    }

    fn draw_fields(&mut self, canvas: &mut Canvas<'_>, head: Rect, cells: Rect) {
        let Some(weighed) = &self.weighed else { return };
        let (look, rows) = (canvas.look, &weighed.fields);
        let titles = [
            (word("burden.col.form"), 0),
            (word("burden.col.field"), 13),
            (word("burden.col.filled"), 26),
            (word("burden.col.verdict"), 40),
        ];
        for (title, at) in titles {
            canvas.put(head, head.x + at, head.y, title, Role::Label);
        }
        list::draw(canvas.buf, cells, look, &mut self.fields, rows.len(), true, |buf, cells, i| {
            let mut put = |at: u16, cols: u16, what: &str, role: Role| {
                let x = cells.x + at;
                let cols = cols.min(cells.right().saturating_sub(x));
                text::put_fit(buf, x, cells.y, what, cols.into(), look.theme.style(role));
            };
            let row = &rows[i];
            put(0, 12, row.kind.name(), Role::Text);
            put(13, 12, row.label, Role::Text);
            put(26, 13, &filled(row), Role::Text);
            let role = if row.verdict.could_go() { Role::Late } else { Role::Dim };
            put(40, u16::MAX - 40, row.verdict.label(), role);
            text::width(row.kind.name()).min(12) as u16
        });
    }

    /// What is said of the row under the cursor.
    fn about(&self, desk: &Desk) -> String {
        let (work, fields) = self.rows();
        match self.tab {
            Tab::Work => work.get(self.work.at).map(told),
            Tab::Fields => fields.get(self.fields.at).map(|row| read_by(desk, row)),
        }
        .unwrap_or_default()
    }
}

fn duty_of<'d>(desk: &'d Desk, row: &Work) -> &'d str {
    row.duty.map_or(word("burden.no_duty"), |duty| desk.pack().duties[duty].name.as_str())
}

/// How many duties the entries serve; why nothing is told of what they cost.
fn told(row: &Work) -> String {
    if row.is_hidden() {
        return t!("burden.hidden", n = FEW).into_owned();
    }
    let Work { entries: n, measured, again, serves, only, .. } = *row;
    let said = match row.duty {
        None => t!("burden.serves_none", n = n, measured = measured, again = again),
        Some(_) => {
            t!("burden.serves", n = n, measured = measured, serves = serves, only = only, again = again)
        }
    };
    said.into_owned()
}

/// How often a field was filled in.
fn filled(row: &FieldRow) -> String {
    format!("{}/{} {}%", row.filled, row.asked, (200 * row.filled + row.asked) / (2 * row.asked.max(1)))
}

fn read_by(desk: &Desk, row: &FieldRow) -> String {
    let readers: Vec<String> = row.readers.iter().map(|reader| reader.name(desk.pack())).collect();
    match readers.is_empty() {
        true => t!("burden.read_by_none").into_owned(),
        false => t!("burden.read_by", who = readers.join(word("word.list"))).into_owned(),
    }
}
