//! What the pane shows, as a table for a file: its rows as they are found, and of every column that some row has.
use super::{DeskScreen, PaneRow, matters, tab::Tab};
use crate::{
    app::{About, Desk},
    grid::{
        org::{NodeIx, UnitIx},
        plan::Why,
        record::matter_name,
        standing::Standing,
    },
    report::{Cell, Listing, PHONE, Wording},
    screen::{pasting, recorded},
    words::t,
};

/// All columns that a row of the pane can have.
const COLUMNS: &[&str] = &[
    "section", "clause", "text", "node", "unit", "post", "person", PHONE, "industry", "contact", "period", "state",
    "have", "need", "missing", "overdue", "open", "day", "due", "note",
];

/// A row's cells, by the ids of their columns.
type Cells = Vec<(&'static str, Cell)>;

impl DeskScreen {
    /// The pane as it is shown; of records all that the log has.
    pub(super) fn listing(&self, desk: &Desk) -> Listing {
        let node = self.node();
        let of_pane = self.focus == super::Focus::Pane;
        let narrowed = if of_pane { self.filter.text() } else { "" };
        if let Some(list) = &self.list {
            let units: Vec<UnitIx> = self.rows.iter().filter_map(PaneRow::unit).collect();
            return list.listing_of(desk, node, &units).narrowed(narrowed);
        }
        if self.tab == Tab::Records {
            let (whole, name) = (Default::default(), self.tab.title());
            let filter = if of_pane { &self.filter } else { &whole };
            return recorded::listing(desk, name, About::Node(node), (filter, recorded::told));
        }
        let mut section = String::new();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for row in &self.rows {
            if let PaneRow::Heading(title, _) = row {
                section.clone_from(title);
            }
            if row.is_selectable() {
                rows.push(in_columns(&section, cells(desk, row)));
            }
        }
        Listing::new(self.tab.title(), node, COLUMNS).of(rows).without_blanks().narrowed(narrowed)
    }
}

impl DeskScreen {
    /// What there is for the upper platform: the record or the unit's visit under the cursor, or else the node's month.
    pub(super) fn has_to_tell(&self, desk: &Desk) -> Result<Wording, String> {
        match self.pointed() {
            Some(PaneRow::Record(record)) => pasting::records(desk, std::iter::once(&record.fact)),
            Some(PaneRow::Session(line)) => Ok(Wording::Records(vec![line.id])),
            Some(PaneRow::Member(unit) | PaneRow::Suggested(unit, _) | PaneRow::Listed(unit)) => {
                pasting::visit(desk, *unit, desk.month)
            }
            _ => pasting::period(desk, self.node(), desk.month),
        }
    }
}

fn in_columns(section: &str, mut cells: Cells) -> Vec<Cell> {
    cells.push(("section", Cell::text(section)));
    let cell = |id: &&str| {
        let at = cells.iter().position(|(of, _)| of == id);
        at.map_or(Cell::Empty, |at| cells[at].1.clone())
    };
    COLUMNS.iter().map(cell).collect()
}

fn cells(desk: &Desk, row: &PaneRow) -> Cells {
    match row {
        PaneRow::Duty(standing) => of_duty(desk, standing),
        PaneRow::Child(node) => of_node(desk, *node),
        PaneRow::Suggested(unit, why) => {
            let note = match why {
                Why::Never => t!("desk.never"),
                Why::Longest(day) => t!("desk.days_ago", n = (desk.today() - *day).num_days()),
                Why::OpenProblem => t!("desk.visited"),
            };
            of_unit(desk, *unit, vec![("note", Cell::text(note))])
        }
        PaneRow::Member(unit) => of_unit(desk, *unit, visited(desk, *unit)),
        PaneRow::Unplaced(unit) => {
            let area = desk.state.org().area_of(*unit);
            let area = area.map_or(Cell::Empty, |ix| Cell::text(&desk.state.org().node(ix).name));
            of_unit(desk, *unit, vec![("node", area)])
        }
        PaneRow::Listed(unit) => of_unit(desk, *unit, Vec::new()),
        PaneRow::Owed(duty, unit, done) => {
            let state = if *done { t!("desk.has") } else { t!("desk.has_not") };
            let duty = &desk.pack().duties[*duty];
            let clause = ("clause", Cell::text(&duty.clause));
            of_unit(desk, *unit, vec![clause, ("text", Cell::text(&duty.name)), ("state", Cell::text(state))])
        }
        PaneRow::Session(line) => vec![
            ("day", Cell::Day(line.day)),
            ("text", Cell::text(&line.topic)),
            ("have", Cell::number(line.present)),
            ("need", Cell::number(line.invited)),
        ],
        PaneRow::Post(post, person) => {
            let record = &desk.state.org().person(*person).record;
            let unit = record.unit.as_deref().and_then(|id| desk.state.org().unit_ix(id));
            vec![
                ("post", Cell::text(post.label())),
                ("person", Cell::text(&record.name)),
                (PHONE, Cell::text(&record.phone)),
                ("unit", unit.map_or(Cell::Empty, |ix| Cell::text(&desk.state.org().unit(ix).record.name))),
            ]
        }
        PaneRow::Problem(id, unit) => {
            let found = desk.state.open_problems(*unit).find(|problem| problem.id == *id);
            let text = found.map_or(Cell::Empty, |problem| Cell::text(&*problem.text));
            of_unit(desk, *unit, vec![("text", text), ("due", Cell::day(found.and_then(|problem| problem.due)))])
        }
        PaneRow::Offered(id) => vec![("text", Cell::text(super::handover::name(desk, *id)))],
        PaneRow::Scores { node, period, whose } => {
            vec![("text", Cell::text(super::scores::name(desk, *node, *period, whose)))]
        }
        PaneRow::Matter(id) => {
            let Some(matter) = desk.state.matter_of(*id) else { return Vec::new() };
            let at = desk.state.answered_at(matter, desk.today());
            vec![
                ("note", Cell::text(matter_name(matter.kind))),
                ("text", Cell::text(matters::words(desk, matter))),
                ("node", Cell::text(desk.state.org().full_name(at))),
                ("day", Cell::Day(matter.opened)),
                ("due", Cell::day(matters::due_on(desk, matter, at))),
            ]
        }
        PaneRow::Record(_) | PaneRow::Heading(..) | PaneRow::Text(_) | PaneRow::Titles(_) => Vec::new(),
    }
}

fn of_duty(desk: &Desk, standing: &Standing) -> Cells {
    let duty = &desk.pack().duties[standing.duty];
    let settled = standing.state.is_settled();
    let about = standing.about.and_then(|id| desk.state.matter_of(id));
    vec![
        ("clause", Cell::text(&duty.clause)),
        ("text", Cell::text(&duty.name)),
        ("node", Cell::text(desk.state.org().full_name(standing.node))),
        ("period", Cell::text(standing.period.to_string())),
        ("state", Cell::text(standing.state.label())),
        ("have", Cell::number(standing.have)),
        ("need", Cell::number(standing.need)),
        ("missing", Cell::number(if settled { 0 } else { standing.missing() })),
        ("due", Cell::Day(standing.due_on)),
        ("note", about.map_or(Cell::Empty, |matter| Cell::text(desk.state.told(matter)))),
    ]
}

fn of_node(desk: &Desk, node: NodeIx) -> Cells {
    let sum = desk.overview.sum(node);
    vec![
        ("node", Cell::text(desk.state.org().full_name(node))),
        ("overdue", Cell::number(sum.overdue)),
        ("open", Cell::number(sum.due_soon)),
    ]
}

/// A unit, with what stands beside it.
fn of_unit(desk: &Desk, unit: UnitIx, more: Cells) -> Cells {
    let record = &desk.state.org().unit(unit).record;
    let industry = crate::grid::code::industry::name(&record.industry).unwrap_or_default();
    let mut cells = vec![
        ("unit", Cell::text(&record.name)),
        ("industry", Cell::text(industry)),
        ("contact", Cell::text(&record.contact)),
    ];
    cells.extend(more);
    cells
}

/// When it was visited in the shown month, or else lately.
fn visited(desk: &Desk, unit: UnitIx) -> Cells {
    let month = desk.month;
    let here = desk.state.visits(unit).rev().find(|mark| month.contains(mark.date()));
    let day = here.map(|mark| mark.date()).or(desk.state.last_visit(unit));
    let state = match here {
        Some(mark) if mark.recorded_on() > month.last() => t!("calendar.late"),
        Some(_) => t!("desk.visited"),
        None => t!("desk.has_not"),
    };
    vec![("state", Cell::text(state)), ("day", Cell::day(day))]
}
