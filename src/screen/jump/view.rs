//! How the jump looks.
use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{Hit, Jump, Shown, place::Posts};
use crate::{
    app::{Command, Context, Desk, Entry, find::Kind},
    grid::org::PersonIx,
    screen::{Canvas, View, filter, frame},
    ui::{Look, Role, list, message, popup, text},
    words::t,
};

/// The most rows of the popup.
const ROWS: u16 = 28;
/// So many rows around the cursor may be in sight.
const NEAR: usize = 80;

impl View for Jump {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 100, canvas.area.height.saturating_sub(2).min(ROWS));
        let inner = popup::draw(canvas.buf, area, canvas.look, &t!("jump.title"));
        let x = canvas.put(inner, inner.x, inner.y, &t!("filter.find"), Role::Label) + 1;
        let cells = Rect { x, width: inner.right().saturating_sub(x), height: 1, ..inner };
        canvas.cursor = self.query.draw(canvas.buf, cells, canvas.look, true);
        self.draw_kinds(canvas, Rect { y: inner.y + 1, height: 1, ..inner });
        let body = Rect { y: inner.y + 2, height: inner.height.saturating_sub(4), ..inner };
        if self.hits.is_empty() {
            let what = if self.finder.is_empty() { t!("jump.how") } else { t!("filter.none") };
            canvas.put(body, body.x, body.y, &what, Role::Dim);
        }
        self.look_around(canvas.desk);
        let (look, desk, hits, posts) = (canvas.look, canvas.desk, &self.hits, &self.posts);
        let (entries, finder) = (&self.here.entries, &self.finder);
        list::draw(canvas.buf, body, look, &mut self.window, hits.len(), true, |buf, cells, i| {
            let row = Row::of(desk, posts, entries, hits[i]);
            row.draw(buf, cells, look);
            filter::mark(
                buf,
                Rect { x: cells.x + KIND, width: cells.width.saturating_sub(KIND), ..cells },
                look,
                finder,
            );
            // The kind is what is reversed; the name, and what of it was typed, stays readable beside it.
            text::width(&row.kind) as u16
        });
        self.draw_foot(canvas, inner);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl Jump {
    /// The kinds with how many were found of each; the one that is shown stands between brackets.
    fn draw_kinds(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let mut x = line.x;
        for shown in Shown::ALL {
            let word = match shown {
                Shown::All => t!("jump.all"),
                Shown::Of(Kind::Node) => t!("jump.node"),
                Shown::Of(Kind::Unit) => t!("jump.unit"),
                Shown::Of(Kind::Person) => t!("jump.person"),
                Shown::Commands => t!("jump.command"),
            };
            let here = shown == self.shown;
            let (open, close) = if here { ("[", "]") } else { (" ", " ") };
            let count = if self.answer.is_some() { format!(" {}", self.count(shown)) } else { String::new() };
            let role = if here { Role::Tab } else { Role::Text };
            x = canvas.put(line, x, line.y, open, Role::Text);
            x = canvas.put(line, x, line.y, &format!("{word}{count}"), role);
            x = canvas.put(line, x, line.y, close, Role::Text) + 1;
        }
    }

    /// Finds out where the people are whose rows may be in sight.
    fn look_around(&mut self, desk: &Desk) {
        let near = self.window.at.saturating_sub(NEAR)..self.hits.len().min(self.window.at + NEAR);
        let people = self.hits[near].iter().filter_map(|hit| match hit {
            Hit::Person(person) => Some(*person),
            _ => None,
        });
        self.posts.look(desk, &people.collect::<Vec<PersonIx>>());
    }

    fn draw_foot(&self, canvas: &mut Canvas<'_>, inner: Rect) {
        let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        let (done, all) = canvas.desk.names.progress(&canvas.desk.state);
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, line(2), canvas.look, said);
        } else if done < all {
            canvas.put(line(2), inner.x, line(2).y, &t!("jump.building", done = done, all = all), Role::Late);
        } else if let Some(hit) = self.hits.get(self.window.at) {
            canvas.put(line(2), inner.x, line(2).y, &told(canvas.desk, &self.here.entries, *hit), Role::Dim);
        }
        let hints = [Command::Open, Command::Down, Command::NextFocus, Command::Back];
        frame::keys(canvas, line(1), Context::Prompt, &hints);
    }
}

/// A row: what kind it is, its name, and where it is.
struct Row<'a> {
    kind: Cow<'static, str>,
    name: Cow<'a, str>,
    place: String,
}

/// The columns of the kind.
const KIND: u16 = 9;

impl Row<'_> {
    fn of<'a>(desk: &'a Desk, posts: &Posts, entries: &[Entry], hit: Hit) -> Row<'a> {
        let org = desk.state.org();
        match hit {
            Hit::Node(ix) => {
                let above = org.node(ix).parent.map_or(String::new(), |up| org.full_name(up));
                Row { kind: t!("jump.is_node"), name: org.node(ix).name.as_str().into(), place: above }
            }
            Hit::Unit(ix) => {
                let grid = org.grid_of(ix, desk.today()).map(|grid| org.full_name(grid));
                let place = grid.unwrap_or_else(|| t!("jump.no_grid").into_owned());
                Row { kind: t!("jump.is_unit"), name: org.unit(ix).record.name.as_str().into(), place }
            }
            Hit::Person(ix) => {
                let post = posts.known(ix).map(|(node, post)| {
                    format!("{} {}", desk.pack().names.post_at(org.node(node), post), org.full_name(node))
                });
                let place = post.unwrap_or_else(|| t!("jump.no_post").into_owned());
                Row { kind: t!("jump.is_person"), name: org.person(ix).record.name.as_str().into(), place }
            }
            Hit::Command(entry) => {
                let entry = &entries[entry];
                let place = entry.keys.join(" ");
                Row { kind: t!("jump.is_command"), name: entry.command.row().name(), place }
            }
        }
    }

    fn draw(&self, buf: &mut Buffer, cells: Rect, look: Look) {
        let style = |role| look.theme.style(role);
        text::put_fit(buf, cells.x, cells.y, &self.kind, usize::from(KIND - 1), style(Role::Label));
        let x = cells.x + KIND;
        let room = cells.width.saturating_sub(KIND);
        let cols = (room * 11 / 20).max(room.min(34));
        text::put_fit(buf, x, cells.y, &self.name, cols.into(), style(Role::Text));
        let beside = x + cols + 1;
        if beside < cells.right() {
            let room = usize::from(cells.right() - beside);
            text::put_fit(buf, beside, cells.y, &self.place, room, style(Role::Dim));
        }
    }
}

/// What else is known of a hit, in one line.
fn told(desk: &Desk, entries: &[Entry], hit: Hit) -> String {
    let org = desk.state.org();
    match hit {
        Hit::Node(ix) => {
            let node = org.node(ix);
            let members = node.member_count_on(desk.today());
            if node.is_grid() { format!("{}  {}", node.id, t!("jump.members", n = members)) } else { node.id.clone() }
        }
        Hit::Unit(ix) => {
            let record = &org.unit(ix).record;
            format!("{}  {}  {}", record.code, record.contact, record.phone)
        }
        Hit::Person(ix) => {
            let record = &org.person(ix).record;
            let unit = record.unit.as_deref().and_then(|id| org.unit_ix(id));
            let unit = unit.map_or("", |unit| org.unit(unit).record.name.as_str());
            format!("{}  {unit}", record.phone)
        }
        Hit::Command(entry) => {
            let entry = &entries[entry];
            entry.refusal.clone().unwrap_or_else(|| entry.command.row().help().into_owned())
        }
    }
}
