//! How one stop of the timeline looks.
use ratatui::layout::Rect;

use super::Milestone;
use crate::{
    app::{Command, Desk, Screen},
    grid::standing::{DutyState, Place},
    report::{Cell, Listing},
    screen::{Canvas, View, frame},
    ui::{Glyphs, Role, text},
    words::{t, word},
};

const HINTS: &[Command] = &[Command::Open, Command::Filter, Command::PageDown, Command::Back, Command::Quit];

/// At most this many lines of the clause stand above the list.
const TEXT: usize = 6;

impl View for Milestone {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let desk = canvas.desk;
        let root = desk.state.org().roots().first().copied().unwrap_or(desk.home);
        let about = self.about(desk);
        let body = frame::draw(canvas, root, self.context(), HINTS, &about);
        let inner = Rect { x: body.x + 1, width: body.width.saturating_sub(2), ..body };
        let y = self.head(canvas, inner);
        let line = Rect { y, height: 1, ..inner };
        if !self.filter.draw(canvas, line)
            && let Some(stop) = &self.stop
        {
            let x = canvas.put(line, line.x, y, &t!("milestone.places", n = stop.places.len()), Role::Title);
            canvas.put(line, x + 2, y, &stop.told(desk.today()), Role::Label);
        }
        let cells = Rect { y: y + 1, height: body.bottom().saturating_sub(y + 1), ..body };
        if self.places.is_empty() {
            let whole = !self.filter.is_on();
            let what = if whole { word("milestone.none") } else { word("list.not_found") };
            canvas.put(cells, cells.x + 2, cells.y, what, Role::Dim);
        }
        let (name_cols, who_cols) = if body.width < 110 { (28, 24) } else { (36, 34) };
        let (look, places, duty) = (canvas.look, &self.places, self.duty);
        self.filter.list(canvas, cells, &mut self.window, places.len(), true, |buf, cells, i| {
            let mut put = |x: u16, cols: u16, what: &str, role: Role| {
                let cols = cols.min(cells.right().saturating_sub(x));
                text::put_fit(buf, x, cells.y, what, cols.into(), look.theme.style(role));
                x + cols + 1
            };
            let (mark, word, role) = look_of(&places[i], look.glyphs);
            let name = desk.state.org().full_name(places[i].node);
            let x = put(cells.x, 1, mark, role);
            let x = put(x, name_cols, &name, Role::Text);
            let x = put(x, who_cols, &who(desk, duty, &places[i]), Role::Text);
            let x = put(x, 8, word, role);
            put(x, u16::MAX, &rest(desk, &places[i]), role);
            2 + text::width(&name).min(name_cols.into()) as u16
        });
    }
}

impl Milestone {
    /// The name, the day, who must do it, and the clause in the policy's own words; returns the line after them.
    fn head(&self, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        let Some(stop) = &self.stop else { return area.y };
        let desk = canvas.desk;
        let duty = &desk.pack().duties[self.duty];
        let x = canvas.put(area, area.x, area.y, &duty.name, Role::Title);
        let x = canvas.put(area, x + 2, area.y, &t!("milestone.due", day = stop.due_on), Role::Title);
        canvas.put(area, x + 2, area.y, &desk.pack().names.seats(&duty.seats), Role::Label);
        let clause = text::wrap(&frame::clause(duty), area.width.into());
        let shown = clause.len().min(TEXT);
        for (line, y) in clause[..shown].iter().zip(area.y + 1..) {
            canvas.put(area, area.x, y, line, Role::Dim);
        }
        area.y + 1 + shown as u16
    }

    /// What closes it at the node under the cursor.
    fn about(&self, desk: &Desk) -> String {
        let duty = &desk.pack().duties[self.duty];
        let by_hand = if duty.by_hand() { word("milestone.by_hand") } else { "" };
        match self.places.get(self.window.at) {
            Some(place) => {
                t!("milestone.open", name = desk.state.org().full_name(place.node), more = by_hand).into_owned()
            }
            None => String::new(),
        }
    }
}

/// The places as a table for a file.
pub(super) fn listing(desk: &Desk, duty: usize, places: &[Place]) -> Listing {
    let root = desk.state.org().roots().first().copied().unwrap_or(desk.home);
    let row = |place: &Place| {
        let standing = place.standing;
        vec![
            Cell::text(desk.state.org().full_name(place.node)),
            Cell::text(who(desk, duty, place)),
            Cell::text(place.state().map_or(word("stops.not_asked"), |state| state.label())),
            standing.map_or(Cell::Empty, |s| Cell::number(s.have)),
            standing.map_or(Cell::Empty, |s| Cell::number(s.need)),
            standing.map_or(Cell::Empty, |s| Cell::Day(s.due_on)),
            Cell::text(rest(desk, place)),
        ]
    };
    let name = t!("listing.milestone", duty = desk.pack().duties[duty].name);
    Listing::new(name, root, &["node", "who", "state", "have", "need", "due", "note"]).of(places.iter().map(row))
}

fn look_of(place: &Place, glyphs: &'static Glyphs) -> (&'static str, &'static str, Role) {
    let Some(state) = place.state() else { return ("-", word("stops.not_asked"), Role::Dim) };
    let (mark, role) = match state {
        DutyState::Overdue => (glyphs.overdue, Role::Overdue),
        DutyState::DueSoon => (glyphs.due, Role::DueSoon),
        DutyState::InProgress | DutyState::NotStarted => (" ", Role::Text),
        DutyState::Met => (glyphs.ok, Role::Met),
        DutyState::MetLate => (glyphs.late, Role::Late),
        DutyState::Exempt | DutyState::NotApplicable => ("-", Role::Dim),
    };
    (mark, state.label(), role)
}

/// The post that has it there, and who holds it today.
fn who(desk: &Desk, duty: usize, place: &Place) -> String {
    let org = desk.state.org();
    let node = org.node(place.node);
    let Some(post) = desk.pack().duties[duty].post_at(node) else { return String::new() };
    let holders: Vec<&str> =
        node.holders_on(post, desk.today()).map(|ix| org.person(ix).record.name.as_str()).collect();
    let who = if holders.is_empty() { t!("milestone.vacant").into_owned() } else { holders.join(&t!("list.comma")) };
    format!("{} {who}", desk.pack().names.post_at(node, post))
}

/// What the word alone does not say.
fn rest(desk: &Desk, place: &Place) -> String {
    match place.standing {
        None => t!("milestone.counts_from", day = desk.state.duties_from(place.node)).into_owned(),
        Some(s) if s.state == DutyState::Overdue => {
            let days = desk.calendar.workdays_after(s.due_on, desk.today());
            if days == 0 {
                t!("milestone.yesterday").into_owned()
            } else {
                t!("milestone.workdays", n = days).into_owned()
            }
        }
        Some(s) if s.need > 1 => format!("{}/{}", s.have, s.need),
        Some(_) => String::new(),
    }
}
