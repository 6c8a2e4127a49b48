//! How a handover looks: who hands what to whom, the parts with their numbers, the open part's items, or a question.
use ratatui::layout::Rect;

use super::{Ask, HandoverScreen, Place, Row, ask::Who};
use crate::{
    app::{Command, Context, Desk},
    grid::{
        calendar::{Cadence, Period},
        fact::HandoverAnswer,
        handover::{Item, Pack, Part},
        standing::Standing,
        state::Offer,
    },
    report::{Cell, Listing, Scope, handed_rows},
    screen::{Canvas, View, frame},
    ui::{Role, list, text},
    words::{t, word},
};

const HINTS: &[Command] =
    &[Command::Open, Command::HandoverSign, Command::HandoverRefuse, Command::PageDown, Command::Back, Command::Quit];
const PROMPT: &[Command] = &[Command::Open, Command::Back];
/// The columns of a part's name.
const NAME: u16 = 18;

/// The items of a part in words, as the reader may see them.
pub(super) fn lines(desk: &Desk, place: Place, part: Part, items: &[Item]) -> Vec<String> {
    let month = Period::containing(Cadence::Month, desk.today());
    let scope = Scope::new(&desk.state, place.node, month, &desk.actor);
    let joined = |row: Vec<Cell>| {
        let cells: Vec<String> = row.iter().map(ToString::to_string).filter(|cell| !cell.is_empty()).collect();
        cells.join("  ")
    };
    let rows = handed_rows(&scope, part, items).into_iter().zip(items);
    rows.map(|(cells, item)| match item {
        Item::Duty(row) => duty(desk, row),
        _ => joined(cells),
    })
    .collect()
}

/// A duty in one line: what, when, how far, by when.
fn duty(desk: &Desk, row: &Standing) -> String {
    let name = &desk.pack().duties[row.duty].name;
    let (period, state) = (row.period.short_label(), row.state.label());
    format!("{period} {name}  {}/{}  {state}  {}", row.have, row.need, row.due_on)
}

/// The whole pack, a line for every item, as a table for a file.
pub(super) fn listing(desk: &Desk, place: Place, pack: &Pack) -> Listing {
    let org = desk.state.org();
    let post = desk.pack().names.post_at(org.node(place.node), place.post);
    let title = t!("handover.title", node = org.full_name(place.node), post = post);
    let rows = pack.parts().flat_map(|(part, items)| {
        let lines = lines(desk, place, part, items).into_iter();
        lines.map(move |line| vec![Cell::text(part.label()), Cell::text(line)])
    });
    Listing::new(title, place.node, &["section", "text"]).of(rows)
}

/// A person by their id.
pub(super) fn name(desk: &Desk, id: &str) -> String {
    let org = desk.state.org();
    org.person_ix(id).map_or_else(|| id.to_owned(), |ix| org.person(ix).record.name.clone())
}

impl View for HandoverScreen {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let (hints, context) = match self.ask {
            Some(_) => (PROMPT, Context::Prompt),
            None => (HINTS, Context::List),
        };
        let body = frame::draw(canvas, self.place.node, context, hints, "");
        self.title(canvas, Rect { height: 1, ..body });
        let line = Rect { y: body.y + 1, height: 1, ..body };
        let rest = Rect { y: body.y + 3, height: body.height.saturating_sub(3), ..body };
        match self.ask.as_mut() {
            Some(Ask::Who(who)) => {
                ask(canvas, line, &t!("handover.ask_who"), &who.filter);
                people(canvas, rest, who);
            }
            Some(Ask::Day { day, .. }) => ask(canvas, line, &t!("handover.ask_day"), day),
            Some(Ask::Note { note, .. }) => ask(canvas, line, &t!("handover.ask_note"), note),
            Some(Ask::Answer { kind, note, .. }) => {
                let words = match kind {
                    HandoverAnswer::Confirmed => t!("handover.ask_confirm"),
                    HandoverAnswer::Declined => t!("handover.ask_decline"),
                    HandoverAnswer::TakenBack => t!("handover.ask_take_back"),
                };
                ask(canvas, line, &words, note);
            }
            None => {
                self.standing(canvas, line);
                self.drafts(canvas, Rect { y: body.y + 2, height: 1, ..body });
            }
        }
        if !matches!(self.ask, Some(Ask::Who(_))) {
            self.parts(canvas, rest);
        }
    }
}

impl HandoverScreen {
    /// Who leaves is told what they typed at this desk and did not record: nobody else will see it.
    fn drafts(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let desk = canvas.desk;
        let drafts = &desk.drafts;
        if desk.me != Some(self.place.from) || drafts.is_empty() {
            return;
        }
        let named: Vec<String> = drafts.iter().map(|draft| draft.line()).collect();
        let words = t!("handover.drafts", n = drafts.len(), what = named.join(word("word.list")));
        canvas.put(line, line.x + 1, line.y, &words, Role::DueSoon);
    }

    /// Whose post it is, and where.
    fn title(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let desk = canvas.desk;
        let org = desk.state.org();
        let post = desk.pack().names.post_at(org.node(self.place.node), self.place.post);
        let title = t!("handover.title", node = org.full_name(self.place.node), post = post);
        let x = canvas.put(line, line.x + 1, line.y, &title, Role::Title);
        let from = &org.person(self.place.from).record.name;
        let to = self.waiting(desk).map_or_else(String::new, |offer| name(desk, &offer.to));
        let words = match to.is_empty() {
            true => t!("handover.held_by", from = from),
            false => t!("handover.from_to", from = from, to = to),
        };
        canvas.put(line, x + 2, line.y, &words, Role::Text);
    }

    /// How far it is, and what the reader can do.
    fn standing(&self, canvas: &mut Canvas<'_>, line: Rect) {
        let desk = canvas.desk;
        let words = match self.waiting(desk) {
            Some(offer) if desk.actor.person.as_deref() == Some(&offer.to) => {
                t!("handover.yours", on = offer.what.on, by = by(desk, offer))
            }
            Some(offer) => t!("handover.waiting", on = offer.what.on, by = by(desk, offer)),
            None => t!("handover.not_offered"),
        };
        let role = if self.waiting(desk).is_some() { Role::DueSoon } else { Role::Dim };
        canvas.put(line, line.x + 1, line.y, &words, role);
    }

    fn parts(&mut self, canvas: &mut Canvas<'_>, cells: Rect) {
        let (look, rows, lines, pack) = (canvas.look, &self.rows, &self.lines, &self.pack);
        list::draw(canvas.buf, cells, look, &mut self.window, rows.len(), true, |buf, cells, i| match rows[i] {
            Row::Part(part) => {
                let n = pack.items(part).len();
                let role = if n == 0 { Role::Dim } else { Role::Text };
                text::put_fit(buf, cells.x, cells.y, part.label(), NAME.into(), look.theme.style(role));
                let count = t!("handover.count", n = n);
                text::put_fit(buf, cells.x + NAME + 1, cells.y, &count, 10, look.theme.style(role));
                text::width(part.label()) as u16
            }
            Row::Item(_, at) => {
                let words = lines.get(at).map_or("", String::as_str);
                let room = usize::from(cells.width.saturating_sub(2));
                text::put_fit(buf, cells.x + 2, cells.y, words, room, look.theme.style(Role::Text));
                (text::width(words).min(room) + 2) as u16
            }
        });
    }
}

/// Who offered it.
fn by(desk: &Desk, offer: &Offer) -> String {
    offer.by.as_deref().map_or_else(String::new, |by| name(desk, by))
}

fn ask(canvas: &mut Canvas<'_>, line: Rect, words: &str, field: &crate::ui::field::Field) {
    let x = canvas.put(line, line.x + 1, line.y, &format!("{words} "), Role::Label);
    let cells = Rect { x, width: line.right().saturating_sub(x + 1), ..line };
    canvas.cursor = field.draw(canvas.buf, cells, canvas.look, true);
}

fn people(canvas: &mut Canvas<'_>, cells: Rect, who: &mut Who) {
    let (look, desk, all, found) = (canvas.look, canvas.desk, &who.all, &who.found);
    if found.is_empty() {
        canvas.put(cells, cells.x + 2, cells.y, &t!("who.nobody_found"), Role::Text);
        return;
    }
    list::draw(canvas.buf, cells, look, &mut who.window, found.len(), true, |buf, cells, i| {
        let [name, post, node] = all[found[i]].words(&desk.state);
        let end = text::put_fit(buf, cells.x, cells.y, &name, 16, look.theme.style(Role::Text));
        text::put_fit(buf, cells.x + 18, cells.y, &post, 12, look.theme.style(Role::Text));
        let room = usize::from(cells.width.saturating_sub(32));
        text::put_fit(buf, cells.x + 32, cells.y, &node, room, look.theme.style(Role::Dim));
        end - cells.x
    });
}
