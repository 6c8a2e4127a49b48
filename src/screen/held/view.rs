//! How what is held looks: the list, and below it what is known about the chosen one.
use ratatui::layout::Rect;

use super::Held;
use crate::{
    app::{Command, Context, Desk, HeldRow, describe, held_label},
    grid::{fact::Fact, org::NodeIx, state::State},
    report::{Cell, Listing, is_secret},
    screen::{Canvas, View, frame},
    ui::{Role, list, text},
    words::t,
};

const HINTS: &[Command] = &[Command::CountHeld, Command::LeaveHeld, Command::PageDown, Command::Back, Command::Quit];
const PROMPT: &[Command] = &[Command::Open, Command::Back];

/// The columns of the reason and of the name.
const WHY: u16 = 10;
const WHO: u16 = 8;
/// The rows of what is known about the chosen one.
const DETAIL: u16 = 5;

impl View for Held {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let hints = if self.answer.is_some() { PROMPT } else { HINTS };
        let context = if self.answer.is_some() { Context::Prompt } else { Context::List };
        let body = frame::draw(canvas, canvas.desk.home, context, hints, "");
        self.top(canvas, Rect { height: 1, ..body });
        let rest = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        if self.rows.is_empty() {
            canvas.put(rest, rest.x + 2, rest.y, &t!("held.nothing"), Role::Dim);
            return;
        }
        let detail = DETAIL.min(rest.height / 2);
        let cells = Rect { height: rest.height.saturating_sub(detail + 1), ..rest };
        self.list_rows(canvas, cells);
        let below = Rect { x: rest.x + 2, y: cells.bottom() + 1, width: rest.width.saturating_sub(3), height: detail };
        self.detail(canvas, below);
    }
}

impl Held {
    /// What the list is, or the line in which the reason is typed.
    fn top(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let Some(answer) = &self.answer else {
            let waiting = self.rows.iter().filter(|row| !row.left_out).count();
            let x = canvas.put(line, line.x + 1, line.y, &t!("held.title"), Role::Title);
            canvas.put(line, x + 2, line.y, &t!("held.waiting", n = waiting), Role::Dim);
            return;
        };
        let ask = if answer.counts { t!("held.ask_counts") } else { t!("held.ask_leave") };
        let x = canvas.put(line, line.x + 1, line.y, &format!("{ask} "), Role::Label);
        let cells = Rect { x, width: line.right().saturating_sub(x + 1), ..line };
        canvas.cursor = answer.note.draw(canvas.buf, cells, canvas.look, true);
    }

    fn list_rows(&mut self, canvas: &mut Canvas<'_>, cells: Rect) {
        let (look, desk, rows) = (canvas.look, canvas.desk, &self.rows);
        list::draw(canvas.buf, cells, look, &mut self.window, rows.len(), true, |buf, cells, i| {
            let row = &rows[i];
            let role = if row.left_out { Role::Dim } else { Role::Text };
            let label = held_label(row.why);
            let style = look.theme.style(if row.left_out { Role::Dim } else { Role::Late });
            text::put_fit(buf, cells.x, cells.y, &label, WHY.into(), style);
            let x = cells.x + WHY + 1;
            text::put_fit(buf, x, cells.y, &who(&desk.state, row), WHO.into(), look.theme.style(Role::Dim));
            let x = x + WHO + 1;
            let right = if row.left_out { t!("held.left_out") } else { "".into() };
            let room = cells.right().saturating_sub(x + text::width(&right) as u16 + 1);
            text::put_fit(buf, x, cells.y, &what(desk, row.content.as_ref()), room.into(), look.theme.style(role));
            let from = cells.right().saturating_sub(text::width(&right) as u16);
            text::put_fit(buf, from, cells.y, &right, text::width(&right), look.theme.style(Role::Dim));
            text::width(&label) as u16
        });
    }

    /// Why, both sides where there are two, and who may decide.
    fn detail(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let Some(row) = self.chosen() else { return };
        let desk = canvas.desk;
        let mut lines: Vec<(String, Role)> = Vec::new();
        let width = usize::from(area.width);
        lines.extend(text::wrap(&row.text, width).into_iter().map(|line| (line, Role::Text)));
        if row.other.is_some() {
            let (this, other) = (what(desk, row.content.as_ref()), what(desk, self.other.as_ref()));
            lines.push((t!("held.this", what = this).into_owned(), Role::Text));
            lines.push((t!("held.other", what = other).into_owned(), Role::Text));
        }
        let decide = match row.refusal(&desk.state, &desk.actor) {
            None => t!("held.yours").into_owned(),
            Some(refusal) => refusal.to_string(),
        };
        lines.extend(text::wrap(&decide, width).into_iter().map(|line| (line, Role::Dim)));
        for (y, (line, role)) in (area.y..area.bottom()).zip(lines) {
            canvas.put(area, area.x, y, &line, role);
        }
    }
}

/// What is held, as a table for a file.
pub(crate) fn listing<'r>(state: &State, node: NodeIx, rows: impl IntoIterator<Item = &'r HeldRow>) -> Listing {
    let org = state.org();
    let row = |row: &HeldRow| {
        let fact = row.content.as_ref();
        let node = fact.and_then(|fact| org.node_ix(fact.draft.at.as_deref()?));
        let secret = fact.is_some_and(is_secret);
        let told = match fact {
            _ if secret => t!("listing.secret").into_owned(),
            Some(fact) => describe(state, std::slice::from_ref(fact)),
            None => t!("held.unreadable").into_owned(),
        };
        vec![
            fact.map_or(Cell::Empty, |fact| Cell::Day(fact.draft.occurred)),
            Cell::text(held_label(row.why)),
            Cell::text(who(state, row)),
            node.map_or(Cell::Empty, |ix| Cell::text(org.full_name(ix))),
            Cell::text(told),
            Cell::text(&row.text),
            Cell::text(if row.left_out { t!("held.left_out") } else { "".into() }),
            Cell::text(row.id.to_string()),
        ]
    };
    let columns = ["day", "kind", "by", "node", "text", "content", "state", "fact"];
    Listing::new(t!("listing.held"), node, &columns).of(rows.into_iter().map(row))
}

/// Who recorded it, by name.
fn who(state: &State, row: &HeldRow) -> String {
    let by = row.content.as_ref().and_then(|fact| fact.draft.by.as_deref());
    let Some(id) = by else { return t!("recent.device").into_owned() };
    let org = state.org();
    org.person_ix(id).map_or_else(|| id.to_owned(), |ix| org.person(ix).record.name.clone())
}

/// What was recorded, and where.
fn what(desk: &Desk, fact: Option<&Fact>) -> String {
    let Some(fact) = fact else { return t!("held.unreadable").into_owned() };
    let told = desk.describe(std::slice::from_ref(fact));
    let node = fact.draft.at.as_deref().and_then(|id| desk.state.org().node_ix(id));
    node.map_or(told.clone(), |ix| format!("{told} {}", desk.state.org().full_name(ix)))
}
