//! How the overview looks.
use chrono::Datelike;
use ratatui::layout::Rect;

use super::{
    Focus, NOW, OverviewScreen,
    notes::Note,
    rows::{Row, Subject},
};
use crate::{
    app::{Command, Desk, Screen},
    grid::glance::{MONTHS, Measure, Why},
    screen::{Canvas, View, frame},
    ui::{Look, Role, list, spark, text},
    words::{t, word},
};

/// The hints; what turns the map and goes on to what warns has words of its own here.
fn hints(on_month: bool) -> Vec<frame::Named> {
    let open = if on_month { t!("overview.hint.facts") } else { Command::Open.row().name() };
    let own = [
        (Command::Open, open),
        (Command::NextTab, t!("overview.hint.measure")),
        (Command::NextFocus, t!("overview.hint.notes")),
        (Command::NextOverdue, t!("overview.hint.warning")),
    ];
    let plain = [Command::Filter, Command::Back, Command::Today, Command::History];
    own.into_iter().chain(plain.map(|command| (command, command.row().name()))).collect()
}

/// The fewest lines below the map, and how many of its rows stay in view whatever is below.
const NOTES: u16 = 8;
const ROWS: u16 = 5;

/// Where the columns stand.
#[derive(Clone, Copy)]
struct Columns {
    name: u16,
    /// How many months the trend has.
    trend: u16,
    cell: u16,
    moved: u16,
}

impl Columns {
    fn of(width: u16) -> Columns {
        match width {
            0..110 => Columns { name: 14, trend: 6, cell: 4, moved: 5 },
            _ => {
                let (trend, cell, moved) = (12, 5, 7);
                let name = (width - list::GUTTER - 2 - trend - 1 - 12 * cell - 1 - moved).clamp(14, 34);
                Columns { name, trend, cell, moved }
            }
        }
    }

    /// The first column of a month, counted from where rows begin.
    fn month(&self, month: usize) -> u16 {
        2 + self.name + 1 + self.trend + month as u16 * self.cell
    }
}

impl View for OverviewScreen {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let desk = canvas.desk;
        let about = self.about(desk);
        let hints = hints(self.month.is_some() && self.focus == Focus::Map);
        let body = frame::draw_as(canvas, self.node, self.context(), &hints, &about);
        let columns = Columns::of(body.width);
        self.head(canvas, body, columns);
        let rows = self.found.len().max(1) as u16;
        let room = body.height.saturating_sub(2);
        let unsynced = desk.unsynced();
        let notes = NOTES.min(self.notes.len() as u16) + u16::from(unsynced.is_some());
        let height = rows.min(room.saturating_sub(notes).max(ROWS)).min(room);
        let map = Rect { y: body.y + 2, height, ..body };
        if self.found.is_empty() {
            canvas.put(map, map.x + 2, map.y, word("list.not_found"), Role::Dim);
        }
        let heat = Heat::of(&self.all, self.measure, desk.pack().warn.coverage_below);
        let (look, all, found) = (canvas.look, &self.all, &self.found);
        let (month, focused, at) = (self.month, self.focus == Focus::Map, self.window.at);
        self.filter.list(canvas, map, &mut self.window, found.len(), focused, |buf, cells, i| {
            let row = &all[found[i]];
            let mut line = Line { buf, cells, look };
            line.row(desk, row, columns, &heat, month.filter(|_| i == at));
            if month.is_some() { 0 } else { 2 + text::width(&row.name(desk)).min(columns.name.into()) as u16 }
        });
        let mut top = map.bottom();
        if let Some(unsynced) = unsynced.filter(|_| top < body.bottom()) {
            canvas.put(body, body.x + 1, top, &unsynced.told(), Role::DueSoon);
            top += 1;
        }
        let below = Rect { y: top, height: body.bottom().saturating_sub(top), ..body };
        let notes = &self.notes;
        list::draw(canvas.buf, below, look, &mut self.below, notes.len(), !focused, |buf, cells, i| {
            Line { buf, cells, look }.note(desk, &notes[i])
        });
    }
}

impl OverviewScreen {
    /// What is shown and as of when, and the months.
    fn head(&self, canvas: &mut Canvas<'_>, body: Rect, columns: Columns) {
        let desk = canvas.desk;
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(2), height: 1, ..body };
        if !self.filter.draw(canvas, line) {
            let of_units = desk.state.org().node(self.node).is_grid();
            let titles = Measure::ALL.map(|measure| label(measure, of_units));
            let active = Measure::ALL.iter().position(|measure| *measure == self.measure).unwrap_or(0);
            let turn = [Command::PrevTab, Command::NextTab];
            let x = canvas.tabs(line, word("overview.title"), (&titles, active), turn);
            canvas.put(line, x, line.y, means(self.measure, of_units), Role::Dim);
        }
        let left = body.x + list::GUTTER;
        let y = body.y + 1;
        canvas.put(body, left + 2 + columns.name + 1, y, word("overview.trend"), Role::Label);
        for (i, month) in desk.glance().months().all().iter().enumerate() {
            let name = month.first().month().to_string();
            let role = if i == NOW { Role::Tab } else { Role::Label };
            let cols = text::width(&name) as u16;
            canvas.put(body, left + columns.month(i) + columns.cell - cols, y, &name, role);
        }
        let right = Rect { width: columns.month(MONTHS) + columns.moved + list::GUTTER, ..body };
        canvas.put_right(right.intersection(body), y, word("overview.moved"), Role::Label);
    }

    /// What the cursor stands on, in words.
    fn about(&self, desk: &Desk) -> String {
        if self.focus == Focus::Notes {
            return match self.notes.get(self.below.at) {
                Some(Note::Warns(warning, _)) => warning.told(),
                _ => word("overview.opens").to_owned(),
            };
        }
        let Some(row) = self.under() else { return String::new() };
        let name = row.name(desk);
        match (self.month, row.subject) {
            (Some(month), _) => {
                let of_units = matches!(row.subject, Subject::Unit(_));
                let value = row.values[month].map_or_else(|| "-".to_owned(), |n| n.to_string());
                let months = desk.glance().months();
                let (when, measure) = (months.all()[month].label(), label(self.measure, of_units));
                t!("overview.cell", name = name, month = when, measure = measure, n = value).into_owned()
            }
            (None, Subject::Whole(node) | Subject::Itself(node) | Subject::Child(node)) => {
                let why = Why::of(&desk.overview, node);
                let own = if matches!(row.subject, Subject::Itself(_)) { String::new() } else { name };
                let sum = desk.overview.sum(node);
                let short = sum.quota - sum.reached;
                match row.subject {
                    Subject::Itself(_) => why.told(&desk.state),
                    _ => t!("overview.row", name = own, overdue = sum.overdue, short = short, warnings = row.warnings)
                        .into_owned(),
                }
            }
            (None, Subject::Unit(unit)) => match desk.state.last_visit(unit) {
                Some(day) => t!("overview.unit", name = name, day = day).into_owned(),
                None => t!("overview.unit_never", name = name).into_owned(),
            },
        }
    }
}

/// What the measure is called; of enterprises it is something else.
pub(super) fn label(measure: Measure, of_units: bool) -> &'static str {
    match measure {
        Measure::Overdue if of_units => word("overview.units.missing"),
        Measure::Coverage if of_units => word("overview.units.visits"),
        measure => measure.label(),
    }
}

/// As of when, and how it is counted.
fn means(measure: Measure, of_units: bool) -> &'static str {
    match measure {
        Measure::Overdue if of_units => word("overview.means.missing"),
        Measure::Overdue => word("overview.means.overdue"),
        Measure::Coverage if of_units => word("overview.means.visits"),
        Measure::Coverage => word("overview.means.coverage"),
        Measure::OnTime => word("overview.means.on_time"),
    }
}

/// How hot a number is.
struct Heat {
    measure: Measure,
    /// The largest number of the rows below.
    most: u32,
    /// Below this, in percent, it burns.
    least: u32,
    of_units: bool,
}

impl Heat {
    fn of(rows: &[Row], measure: Measure, least: u32) -> Heat {
        let below = rows.iter().filter(|row| !matches!(row.subject, Subject::Whole(_)));
        let most = below.flat_map(|row| row.values).flatten().max().unwrap_or(0);
        let of_units = rows.iter().any(|row| matches!(row.subject, Subject::Unit(_)));
        Heat { measure, most, least, of_units }
    }

    /// From nothing to worst, as parts of four.
    fn level(&self, value: u32) -> u32 {
        match self.measure {
            Measure::Overdue => (value * 4).div_ceil(self.most.max(1)).min(4),
            Measure::Coverage if self.of_units => 4 * u32::from(value == 0),
            _ => (100_u32.saturating_sub(value) * 4).div_ceil(100),
        }
    }

    fn role(&self, value: u32, month: usize) -> Role {
        match self.measure {
            Measure::Overdue => match self.level(value) {
                0 => Role::Dim,
                1 | 2 => Role::Text,
                3 => Role::DueSoon,
                _ => Role::Overdue,
            },
            Measure::Coverage if self.of_units => {
                if value == 0 {
                    Role::Dim
                } else {
                    Role::Met
                }
            }
            _ if value >= 100 => Role::Met,
            // While the month runs nobody is late with its visits.
            Measure::Coverage if month == NOW => Role::Text,
            _ if value >= self.least => Role::Text,
            _ if value * 2 >= self.least => Role::DueSoon,
            _ => Role::Overdue,
        }
    }
}

/// A row as it is drawn.
struct Line<'a> {
    buf: &'a mut ratatui::buffer::Buffer,
    cells: Rect,
    look: Look,
}

impl Line<'_> {
    fn put(&mut self, x: u16, cols: u16, what: &str, role: Role) -> u16 {
        let x = self.cells.x + x;
        let room = cols.min(self.cells.right().saturating_sub(x));
        text::put_fit(self.buf, x, self.cells.y, what, room.into(), self.look.theme.style(role));
        x + cols
    }

    /// Whether it warns, its name, its trend, its months, by how much it moved.
    fn row(&mut self, desk: &Desk, row: &Row, columns: Columns, heat: &Heat, month: Option<usize>) {
        let glyphs = self.look.glyphs;
        if row.warnings > 0 {
            self.put(0, 1, glyphs.overdue, Role::Overdue);
        }
        let role = if matches!(row.subject, Subject::Whole(_)) { Role::Title } else { Role::Text };
        self.put(2, columns.name, &row.name(desk), role);
        let parts = row.values.iter().skip(MONTHS - usize::from(columns.trend));
        let top = row.values.iter().flatten().copied().max().unwrap_or(0);
        let part = |value: &Option<u32>| {
            value.map(|n| (n, if heat.measure.burns() || heat.of_units { top.max(1) } else { 100 }))
        };
        self.put(2 + columns.name + 1, columns.trend, &spark::text(parts.map(part), glyphs), Role::Dim);
        for (i, value) in row.values.iter().enumerate() {
            let told = value.map_or_else(|| "-".to_owned(), |n| n.to_string());
            let mut role = value.map_or(Role::Dim, |n| heat.role(n, i));
            if month == Some(i) {
                role = Role::Selection;
            }
            let (at, room) = (columns.month(i) + 1, columns.cell - 1);
            let cell = match value {
                // Where there is room, how hot it is stands before the number as well.
                Some(n) if room > 3 => {
                    format!("{}{}", spark::cell(heat.level(*n), 4, glyphs), text::pad_left(&told, 3))
                }
                _ => text::pad_left(&told, room.into()),
            };
            self.put(at, room, &cell, role);
        }
        let (moved, role) = match row.moved {
            None => ("-".to_owned(), Role::Dim),
            Some(0) => ("=".to_owned(), Role::Dim),
            Some(by) => (format!("{by:+}"), if heat.measure.is_worse(by) { Role::Overdue } else { Role::Met }),
        };
        self.put(
            columns.month(MONTHS) + 1,
            columns.moved - 1,
            &text::pad_left(&moved, usize::from(columns.moved) - 1),
            role,
        );
    }

    /// A line below the map; returns how many of its columns are its name.
    fn note(&mut self, desk: &Desk, note: &Note) -> u16 {
        let glyphs = self.look.glyphs;
        let name = note.leads().map(|(node, _)| desk.state.org().full_name(node)).unwrap_or_default();
        let cols = if self.cells.width >= 100 { 28 } else { 22 };
        let (mark, role, told) = match note {
            Note::Head(what, burns) => {
                // Headings begin in the gutter, one step to the left of what they are about.
                let x = self.cells.x.saturating_sub(1);
                let role = if *burns { Role::Title } else { Role::Dim };
                text::put_fit(self.buf, x, self.cells.y, what, self.cells.width.into(), self.look.theme.style(role));
                return 0;
            }
            Note::Warns(warning, why) => (glyphs.overdue, Role::Overdue, warned(warning, why)),
            Note::Worst(_, why) => (" ", Role::Text, why.clone()),
            Note::Silent(silent) => (" ", Role::Text, silent.told()),
            Note::Moved(_, by, worse) => (" ", if *worse { Role::Overdue } else { Role::Met }, format!("{by:+}")),
        };
        self.put(0, 1, mark, Role::Overdue);
        self.put(2, cols, &name, Role::Text);
        self.put(2 + cols + 1, self.cells.width, &told, role);
        2 + text::width(&name).min(cols.into()) as u16
    }
}

/// What is breached, and why where it is about what is overdue.
fn warned(warning: &crate::grid::glance::Warning, why: &str) -> String {
    use crate::grid::glance::Breach;
    match warning.breach {
        Breach::Overdue => t!("overview.warned.overdue", n = warning.value, why = why).into_owned(),
        Breach::Worse => t!("overview.warned.worse", n = warning.value, why = why).into_owned(),
        Breach::Coverage => t!("overview.warned.coverage", n = warning.value).into_owned(),
        Breach::Silence => t!("overview.warned.silence", n = warning.value).into_owned(),
    }
}
