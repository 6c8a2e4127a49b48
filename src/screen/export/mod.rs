//! What can be exported at a node: the packs of its periods and every table, the one on the screen first; narrowed by
//! typing, written with one key.
use ratatui::layout::Rect;

use crate::{
    app::{Action, Command, Context, Desk, Event, Screen},
    grid::{
        calendar::{Cadence, Period},
        org::NodeIx,
        pack::{SHEETS, SheetKind},
    },
    report::{
        Job, What,
        write::{Charset, Format},
    },
    screen::{
        Canvas, View,
        find::Finder,
        frame,
        narrow::{Narrowed, narrow},
        refuse::{unless_known, unless_row},
    },
    ui::{
        Role,
        field::Field,
        list,
        list::{Pointed, Window},
        popup, text,
    },
    words::{t, word},
};

pub(super) struct Export {
    node: NodeIx,
    rows: Vec<Row>,
    /// The places of those that are found.
    found: Vec<usize>,
    filter: Field,
    window: Window,
}

/// One report, with its name, period and format in words.
struct Row {
    job: Job,
    name: String,
    format: &'static str,
}

impl Export {
    /// `first` is the table that the screen shows.
    pub(super) fn new(desk: &Desk, node: NodeIx, first: Option<&'static SheetKind>) -> Export {
        let month = desk.month;
        let rows: Vec<Row> = first
            .into_iter()
            .flat_map(table)
            .map(|what| (month, what))
            .chain([Cadence::Month, Cadence::Quarter, Cadence::Year].into_iter().flat_map(|cadence| {
                let period = Period::containing(cadence, month.first());
                [Format::Xlsx, Format::Html, Format::Text].map(|format| (period, What::Pack(format)))
            }))
            .chain(SHEETS.iter().filter(|kind| Some(*kind) != first).flat_map(table).map(|what| (month, what)))
            .map(|(period, what)| Job { node, period, what })
            .map(|job| Row { job, name: job.name(&desk.state), format: format(job.what) })
            .collect();
        let found = (0..rows.len()).collect();
        Export { node, rows, found, filter: Field::default(), window: Window::default() }
    }

    fn refilter(&mut self) {
        let names: Vec<String> = self.rows.iter().map(|row| format!("{} {}", row.name, row.format)).collect();
        self.found = Finder::new(self.filter.value()).filter(names.iter().map(String::as_str));
        self.window = Window::default();
    }

    fn write(&self) -> Vec<Action> {
        let Some(row) = self.found.get(self.window.at).map(|i| &self.rows[*i]) else { return Vec::new() };
        vec![Action::Close, Action::Export(row.job)]
    }
}

/// A table in every format that it has; the summary is none.
fn table(kind: &'static SheetKind) -> Vec<What> {
    if kind.columns.is_empty() {
        return Vec::new();
    }
    vec![What::Xlsx(kind), What::Csv(kind, Charset::Utf8), What::Csv(kind, Charset::Gbk)]
}

fn format(what: What) -> &'static str {
    match what {
        What::Pack(Format::Xlsx) | What::Xlsx(_) => word("export.xlsx"),
        What::Pack(Format::Html) => word("export.html"),
        What::Pack(Format::Text) => word("export.text"),
        What::Csv(_, Charset::Utf8) => word("export.csv"),
        What::Csv(_, Charset::Gbk) => word("export.gbk"),
    }
}

impl Screen for Export {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open => unless_row(!self.found.is_empty()),
            _ => unless_known(command, &[]),
        }
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match narrow(&mut self.filter, &event, false) {
            Narrowed::Left => return vec![Action::Close],
            Narrowed::Changed => self.refilter(),
            Narrowed::Elsewhere => {}
        }
        let len = self.found.len();
        match event {
            Event::Command(Command::Open) => return self.write(),
            Event::Command(Command::Back) => return vec![Action::Close],
            Event::Point(pointer) if self.window.point(pointer, len) == Pointed::Again => return self.write(),
            Event::Command(command) => drop(self.window.walk(command, len)),
            _ => {}
        }
        Vec::new()
    }
}

impl View for Export {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let rows = (self.rows.len() as u16 + 5).min(canvas.area.height.saturating_sub(2));
        let area = popup::centered(canvas.area, 64, rows);
        let title = t!("export.title", name = canvas.desk.state.org().full_name(self.node)).into_owned();
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        let x = canvas.put(inner, inner.x, inner.y, word("list.filter"), Role::Label);
        let cells = Rect { x, width: inner.right().saturating_sub(x), height: 1, ..inner };
        canvas.cursor = self.filter.draw(canvas.buf, cells, canvas.look, true);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(2), ..inner };
        if self.found.is_empty() {
            canvas.put(body, body.x, body.y, word("list.not_found"), Role::Text);
        }
        let (look, rows, found) = (canvas.look, &self.rows, &self.found);
        list::draw(canvas.buf, body, look, &mut self.window, found.len(), true, |buf, cells, i| {
            let row = &rows[found[i]];
            let mut put = |x: u16, cols: usize, what: &str, role: Role| {
                let room = usize::from(cells.width.saturating_sub(x)).min(cols);
                text::put_fit(buf, cells.x + x, cells.y, what, room, look.theme.style(role));
            };
            put(0, 18, &row.name, Role::Text);
            put(20, 14, &row.job.period.label(), Role::Dim);
            put(36, 24, row.format, Role::Dim);
            text::width(&row.name).min(18) as u16
        });
        let line = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        frame::keys(canvas, line, Context::Prompt, &[Command::Open, Command::Back]);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
