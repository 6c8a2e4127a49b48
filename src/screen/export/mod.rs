//! What can be exported: what the screen below lists, then the packs of the node's periods and every table; narrowed by
//! typing, written with one key.
use std::sync::Arc;

use crate::{
    app::{Action, Command, Context, Desk, Event, Screen},
    grid::{
        calendar::{Cadence, Period},
        org::NodeIx,
        pack::SHEETS,
    },
    report::{
        Ending, Job, Listing, What,
        write::{Charset, Format},
    },
    screen::{
        Canvas, View,
        find::Finder,
        menu::{Menu, Picked},
    },
    ui::{Role, text},
    words::{t, word},
};

/// The columns of the popup, and of the name, the period and the format in it.
const COLS: u16 = 70;
const NAME: u16 = 26;
const PERIOD: u16 = 14;

pub(super) struct Export {
    node: NodeIx,
    rows: Vec<Row>,
    menu: Menu,
}

/// One report, with its name, period and format in words.
struct Row {
    job: Job,
    name: String,
    period: String,
    format: &'static str,
}

impl Export {
    /// `listed` is what the screen below lists.
    pub(super) fn new(desk: &Desk, node: NodeIx, listed: &[Arc<Listing>]) -> Export {
        let month = desk.month;
        let listed =
            listed.iter().flat_map(|one| Ending::ALL.map(|ending| (month, What::Listing(one.clone(), ending))));
        // What has not come yet is not reported.
        let has_come = month.first() <= desk.today();
        let packs = [Cadence::Month, Cadence::Quarter, Cadence::Year].into_iter().flat_map(|cadence| {
            let period = Period::containing(cadence, month.first());
            [Format::Xlsx, Format::Html, Format::Text].map(|format| (period, What::Pack(format)))
        });
        let tables = SHEETS.iter().filter(|kind| !kind.columns.is_empty());
        let tables = tables.flat_map(|kind| Ending::ALL.map(|ending| (month, What::Table(kind, ending))));
        let reports = packs.chain(tables).filter(|_| has_come);
        let rows: Vec<Row> =
            listed.chain(reports).map(|(period, what)| Row::new(desk, Job { node, period, what })).collect();
        Export { node, menu: Menu::new(rows.len()), rows }
    }
}

impl Row {
    fn new(desk: &Desk, job: Job) -> Row {
        let (name, format) = (job.name(&desk.state), format(&job.what));
        let period = match &job.what {
            What::Listing(listing, _) if listing.narrowed.is_empty() => word("export.shown").to_owned(),
            What::Listing(..) => word("export.found").to_owned(),
            _ => job.period.label(),
        };
        Row { job, name, period, format }
    }
}

fn format(what: &What) -> &'static str {
    match what {
        What::Pack(Format::Xlsx) => word("export.xlsx"),
        What::Pack(Format::Html) => word("export.html"),
        What::Pack(Format::Text) => word("export.text"),
        What::Table(_, ending) | What::Listing(_, ending) => match ending {
            Ending::Xlsx => word("export.xlsx"),
            Ending::Csv(Charset::Utf8) => word("export.csv"),
            Ending::Csv(Charset::Gbk) => word("export.gbk"),
        },
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
        self.menu.refuses(command)
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match self.menu.on(&event) {
            Picked::Row(row) => return vec![Action::Close, Action::Export(self.rows[row].job.clone())],
            Picked::Left => return vec![Action::Close],
            Picked::Changed => {
                let names: Vec<String> = self.rows.iter().map(|row| format!("{} {}", row.name, row.format)).collect();
                let found = Finder::new(self.menu.text()).filter(names.iter().map(String::as_str));
                self.menu.find(found);
            }
            Picked::Nothing => {}
        }
        Vec::new()
    }
}

impl View for Export {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let title = t!("export.title", name = canvas.desk.state.org().full_name(self.node)).into_owned();
        let (look, rows) = (canvas.look, &self.rows);
        self.menu.draw(canvas, COLS, (&title, word("list.not_found")), |buf, cells, i| {
            let row = &rows[i];
            let mut x = cells.x;
            for (cols, what, role) in [
                (NAME, row.name.as_str(), Role::Text),
                (PERIOD, &row.period, Role::Dim),
                (cells.width, row.format, Role::Dim),
            ] {
                let room = cols.min(cells.right().saturating_sub(x));
                text::put_fit(buf, x, cells.y, what, room.into(), look.theme.style(role));
                x += cols + 2;
            }
            text::width(&row.name).min(NAME.into()) as u16
        });
    }

    fn is_popup(&self) -> bool {
        true
    }
}
