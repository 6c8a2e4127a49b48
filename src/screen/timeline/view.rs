//! How the timeline looks.
use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{Row, Timeline};
use crate::{
    app::{Command, Desk, Screen},
    grid::{
        org::NodeIx,
        standing::{DutyState, Stop},
        state::State,
    },
    report::{Cell, Listing},
    screen::{Canvas, View, frame},
    ui::{Role, text},
    words::{t, word},
};

const HINTS: &[Command] =
    &[Command::Open, Command::NextOverdue, Command::Filter, Command::PageDown, Command::Back, Command::Quit];

/// The columns of the name, of who must do it, of the clause and of the tally.
struct Columns {
    name: u16,
    who: u16,
    cite: u16,
    tally: u16,
}

impl View for Timeline {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let desk = canvas.desk;
        let about = self.stop().map_or(String::new(), |stop| frame::clause(&desk.pack().duties[stop.duty]));
        let root = desk.state.org().roots().first().copied().unwrap_or(desk.home);
        let body = frame::draw(canvas, root, self.context(), HINTS, &about);
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(1), height: 1, ..body };
        if !self.filter.draw(canvas, line) {
            let x = canvas.put(line, line.x, line.y, word("stops.title"), Role::Title);
            canvas.put(line, x + 2, line.y, &summary(&self.stops, desk), Role::Dim);
        }
        let cells = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        if self.rows.is_empty() {
            let what = if self.stops.is_empty() { word("stops.none") } else { word("list.not_found") };
            canvas.put(cells, cells.x + 2, cells.y, what, Role::Dim);
        }
        let columns = match body.width {
            0..110 => Columns { name: 16, who: 17, cite: 19, tally: 7 },
            _ => Columns { name: 18, who: 34, cite: 21, tally: 7 },
        };
        let (look, stops, rows) = (canvas.look, &self.stops, &self.rows);
        self.filter.list(canvas, cells, &mut self.window, rows.len(), true, |buf, cells, i| {
            let mut put = |x: u16, cols: u16, what: &str, role: Role| {
                let cols = cols.min(cells.right().saturating_sub(x));
                text::put_fit(buf, x, cells.y, what, cols.into(), look.theme.style(role))
            };
            let stop = match rows[i] {
                Row::Stop(stop) => &stops[stop],
                Row::Day(day) => {
                    // Days begin in the gutter, one step to the left of what is due on them.
                    let x = put(cells.x - 1, 10, &day.to_string(), Role::Title);
                    put(x + 2, 40, &away((day - desk.today()).num_days()), Role::Label);
                    return 0;
                }
            };
            let duty = &desk.pack().duties[stop.duty];
            let (mark, role) = look_of(stop, look.glyphs);
            put(cells.x, 1, mark, role);
            let mut x = cells.x + 2;
            put(x, columns.name, &duty.name, Role::Text);
            x += columns.name + 1;
            put(x, columns.who, &desk.pack().names.seats(&duty.seats), Role::Text);
            x += columns.who + 1;
            put(x, columns.cite, &duty.cite, Role::Dim);
            x += columns.cite + 1;
            if stop.asked() > 0 {
                put(x, columns.tally, &format!("{}/{}", stop.met(), stop.asked()), Role::Text);
                x += columns.tally + 1;
            }
            let room = cells.right().saturating_sub(x);
            put(x, room, &stands(stop, (&desk.state, desk.today()), room.into()), role);
            2 + text::width(&duty.name).min(columns.name.into()) as u16
        });
    }
}

/// The stops as a table for a file.
pub(crate) fn listing<'s>(
    (state, today): (&State, NaiveDate),
    root: NodeIx,
    stops: impl Iterator<Item = &'s Stop>,
) -> Listing {
    let columns = ["due", "clause", "cite", "duty", "seats", "met", "asked", "overdue", "standing"];
    let row = |stop: &Stop| {
        let duty = &state.pack().duties[stop.duty];
        vec![
            Cell::Day(stop.due_on),
            Cell::text(&duty.clause),
            Cell::text(&duty.cite),
            Cell::text(&duty.name),
            Cell::text(state.pack().names.seats(&duty.seats)),
            Cell::number(stop.met() as i64),
            Cell::number(stop.asked() as i64),
            Cell::number(stop.overdue().count() as i64),
            Cell::text(stands(stop, (state, today), usize::MAX)),
        ]
    };
    Listing::new(t!("listing.timeline"), root, &columns).of(stops.map(row))
}

/// How many days away a day is.
fn away(days: i64) -> String {
    match days {
        0 => t!("stops.today").into_owned(),
        days if days < 0 => t!("stops.past", n = -days).into_owned(),
        days => t!("stops.ahead", n = days).into_owned(),
    }
}

/// How many stops stand how, where they stand worst.
fn summary(stops: &[Stop], desk: &Desk) -> String {
    let count = |is: &dyn Fn(Option<DutyState>) -> bool| stops.iter().filter(|stop| is(stop.worst())).count();
    let before = stops.iter().filter(|stop| stop.worst().is_none() && stop.due_on < desk.today()).count();
    let counts = [
        (word("stops.overdue"), count(&|state| state == Some(DutyState::Overdue))),
        (word("stops.soon"), count(&|state| state == Some(DutyState::DueSoon))),
        (word("stops.open"), count(&|state| matches!(state, Some(DutyState::InProgress | DutyState::NotStarted)))),
        (word("stops.done"), count(&|state| state.is_some_and(DutyState::is_settled))),
        (word("stops.before"), before),
    ];
    let counts = counts.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{word} {n}"));
    [t!("stops.all", n = stops.len()).into_owned()].into_iter().chain(counts).collect::<Vec<_>>().join("  ")
}

/// The mark and the role of how it stands where it stands worst.
fn look_of(stop: &Stop, glyphs: &'static crate::ui::Glyphs) -> (&'static str, Role) {
    match stop.worst() {
        Some(DutyState::Overdue) => (glyphs.overdue, Role::Overdue),
        Some(DutyState::DueSoon) => (glyphs.due, Role::DueSoon),
        Some(DutyState::InProgress | DutyState::NotStarted) => (" ", Role::Text),
        Some(_) if stop.count(DutyState::MetLate) > 0 => (glyphs.late, Role::Late),
        Some(_) if stop.met() > 0 => (glyphs.ok, Role::Met),
        _ => ("-", Role::Dim),
    }
}

/// How it stands where it stands worst, in words; at whom it is overdue, as far as there is room.
fn stands(stop: &Stop, (state, today): (&State, NaiveDate), room: usize) -> String {
    let org = state.org();
    let name = |ix: NodeIx| org.node(ix).name.as_str();
    match stop.worst() {
        None if stop.places.is_empty() => t!("stops.no_place").into_owned(),
        None if stop.due_on < today => word("stops.before").to_owned(),
        None => word("stops.not_asked").to_owned(),
        Some(DutyState::Overdue) => {
            let whom: Vec<&str> = stop.overdue().map(name).collect();
            match whom.len() {
                1 => t!("stops.overdue_at", whom = whom.join("")).into_owned(),
                n if room < 20 => t!("stops.overdue_n", n = n).into_owned(),
                n => t!("stops.overdue_all", n = n, whom = whom.join(&t!("list.comma"))).into_owned(),
            }
        }
        Some(state) if state.is_settled() && stop.met() > 0 => {
            if stop.count(DutyState::MetLate) > 0 {
                t!("stops.all_done_late").into_owned()
            } else {
                t!("stops.all_done").into_owned()
            }
        }
        Some(state) => state.label().to_owned(),
    }
}
