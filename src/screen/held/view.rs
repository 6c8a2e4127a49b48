//! How what is held looks: the list, and below it what is known about the chosen one.
use ratatui::layout::Rect;

use super::Held;
use crate::{
    app::{Beside, Command, Context, Desk, HeldRow, describe, held_label},
    grid::{
        fact::{Body, Fact},
        org::NodeIx,
        state::State,
    },
    report::{Cell, Listing, is_secret},
    screen::{
        Canvas, View, frame,
        records::{content, kind_label},
    },
    ui::{Role, list, text},
    words::t,
};

const HINTS: &[Command] = &[Command::CountHeld, Command::LeaveHeld, Command::PageDown, Command::Back, Command::Quit];

/// The columns of the reason and of the name.
const WHY: u16 = 10;
const WHO: u16 = 8;
/// The rows of what is known about the chosen one.
const DETAIL: u16 = 8;

impl View for Held {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let body = match self.answer {
            None => frame::draw(canvas, canvas.desk.home, Context::List, HINTS, ""),
            Some(_) => {
                let words = [(Command::Open, t!("held.enter")), (Command::Back, t!("held.back"))];
                frame::draw_as(canvas, canvas.desk.home, Context::Prompt, &words, "")
            }
        };
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
        let mut say =
            |text: &str, role: Role| lines.extend(text::wrap(text, width).into_iter().map(|line| (line, role)));
        say(&whole(desk, row.content.as_ref()), Role::Text);
        if let Some((how, _)) = row.other {
            let other = self.other.as_ref().map_or(t!("held.not_here"), |other| whole(desk, Some(other)).into());
            say(
                &match how {
                    Beside::SamePlace => t!("held.other", what = other),
                    Beside::TakesBack => t!("held.takes_back", what = other),
                    Beside::Corrects => t!("held.corrects", what = other),
                },
                Role::Text,
            );
        }
        say(&row.text, Role::Late);
        let decide = row.refusal(&desk.state, &desk.actor).map(|refusal| refusal.to_string());
        say(&decide.unwrap_or_else(|| answers(canvas, row, self.other.as_ref())), Role::Dim);
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

/// What each answer does, with its key; `other` is what the row stands against, where that is here.
fn answers(canvas: &Canvas<'_>, row: &HeldRow, other: Option<&Fact>) -> String {
    let key = |command| canvas.keys.labels(Context::List, command).into_iter().next().unwrap_or_else(|| "-".to_owned());
    let (count, leave) = (key(Command::CountHeld), key(Command::LeaveHeld));
    let is_beside = row.content.as_ref().zip(other).is_none_or(|(own, other)| own.draft.is_beside(&other.draft));
    match row.other.map(|(how, _)| how) {
        _ if row.left_out => t!("held.answers.left_out", count = count),
        None => t!("held.answers.plain", count = count, leave = leave),
        Some(Beside::SamePlace) => t!("held.answers.twice", count = count, leave = leave),
        Some(_) if !is_beside => t!("held.answers.elsewhere", count = count, leave = leave),
        Some(Beside::TakesBack) => t!("held.answers.back", count = count, leave = leave),
        Some(Beside::Corrects) => t!("held.answers.corrected", count = count, leave = leave),
    }
    .into_owned()
}

/// Who recorded it, by name.
fn who(state: &State, row: &HeldRow) -> String {
    let by = row.content.as_ref().and_then(|fact| fact.draft.by.as_deref());
    let Some(id) = by else { return t!("recent.device").into_owned() };
    let org = state.org();
    org.person_ix(id).map_or_else(|| id.to_owned(), |ix| org.person(ix).record.name.clone())
}

/// The same, and when it was entered.
fn whole(desk: &Desk, fact: Option<&Fact>) -> String {
    let day = fact.map(|fact| desk.state.local_day(fact.recorded_ms).format("%m-%d").to_string());
    let what = what(desk, fact);
    day.map_or(what.clone(), |day| t!("held.whole", what = what, day = day).into_owned())
}

/// What was recorded, and where.
fn what(desk: &Desk, fact: Option<&Fact>) -> String {
    let Some(fact) = fact else { return t!("held.unreadable").into_owned() };
    let told = match &fact.draft.body {
        Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::Record(_) | Body::Withdrawn(_) => {
            desk.describe(std::slice::from_ref(fact))
        }
        // What is seldom held is told as the list of records tells it.
        body => format!("{} {}", kind_label(body), content(&desk.state, fact)).trim_end().to_owned(),
    };
    let node = fact.draft.at.as_deref().and_then(|id| desk.state.org().node_ix(id));
    node.map_or(told.clone(), |ix| format!("{told} {}", desk.state.org().full_name(ix)))
}
