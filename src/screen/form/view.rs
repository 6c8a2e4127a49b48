//! How a form looks.
use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    Entry, Form, ON, Sheet, Slot,
    draw::{self, DAY, SHORT},
    label, offer,
};
use crate::{
    app::{Command, Context, Desk},
    screen::{Canvas, View, canvas::Zone, frame},
    ui::{Role, drop, message, popup, text},
    words::t,
};

/// The columns of the form with its frame.
const COLS: u16 = 76;
/// The rows below the fields: how the one under the cursor is filled in, what was said and the button, the keys.
const FOOT: u16 = 3;

/// What is said about a field: where it stands, the lines, and how they look.
struct Said {
    beside: bool,
    lines: Vec<String>,
    role: Role,
}

/// Where the fields stand, one after the other.
struct Plan {
    /// Fields by their place, with the row at which each begins and the rows that it takes.
    rows: Vec<(usize, u16, u16)>,
    total: u16,
    /// The columns of the labels.
    label: u16,
    /// The rows of people that a roster shows.
    people: u16,
}

impl<S: Sheet> View for Form<S> {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let head = self.sheet.head(canvas.desk);
        let above = head.len() as u16;
        let most = canvas.area.height.saturating_sub(2 + 2 + FOOT + above);
        let plan = self.plan(canvas.desk, COLS - 4, most);
        self.tall = self.tall.max(plan.total.min(most)).min(most);
        let area = popup::centered(canvas.area, COLS, self.tall + above + FOOT + 2);
        let title = self.sheet.title(canvas.desk, self.amends.is_some() || self.awaited.is_some());
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        for (y, line) in (inner.y..).zip(&head) {
            canvas.put(inner, inner.x, y, line, Role::Title);
        }
        let body = Rect { y: inner.y + above, height: inner.height.saturating_sub(above + FOOT), ..inner };
        self.settle(&plan, body.height);
        let field = self.draw_fields(canvas, body, &plan);
        (self.body, self.offered) = (body, Rect::default());
        self.draw_foot(canvas, inner, plan.total > self.top + body.height);
        self.places = plan.rows;
        if let Some(field) = field {
            let room = Rect { height: inner.height.saturating_sub(1), ..inner };
            self.offered = drop::draw(canvas.buf, room, field, canvas.look, &self.offers.rows, self.offers.at);
        }
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl<S: Sheet> Form<S> {
    fn plan(&self, desk: &Desk, cols: u16, most: u16) -> Plan {
        let shown: Vec<(usize, &Slot)> = self.slots.0.iter().enumerate().filter(|(_, slot)| !slot.hidden).collect();
        let widest = shown.iter().map(|(_, slot)| text::width(&slot.label)).max().unwrap_or(0) as u16;
        let label = widest.max(6) + 2;
        let cells = cols.saturating_sub(2 + label);
        let height = |slot: &Slot| {
            let below =
                self.said(desk, slot, cells).filter(|said| !said.beside).map_or(0, |said| said.lines.len() as u16);
            draw::own_height(&slot.entry) + below
        };
        let heights: Vec<u16> = shown.iter().map(|(_, slot)| height(slot)).collect();
        let listed = shown.iter().find_map(|(_, slot)| match &slot.entry {
            Entry::Roster(roster) => Some(roster.rows.len() as u16),
            _ => None,
        });
        let others: u16 = heights.iter().sum();
        let people = listed.map_or(0, |people| people.min(most.saturating_sub(others).max(4)));
        let spread = others + people + shown.len().saturating_sub(1) as u16 <= most;
        let mut rows = Vec::new();
        let mut y = 0;
        for ((i, slot), height) in shown.iter().zip(&heights) {
            let height = height + if matches!(slot.entry, Entry::Roster(_)) { people } else { 0 };
            rows.push((*i, y, height));
            y += height + u16::from(spread);
        }
        let total = y.saturating_sub(u16::from(spread));
        Plan { rows, total, label, people }
    }

    /// Scrolls so that the field under the cursor is seen as a whole, its upper end at least.
    fn settle(&mut self, plan: &Plan, rows: u16) {
        match plan.rows.iter().find(|(i, ..)| *i == self.at) {
            None => self.top = plan.total.saturating_sub(rows),
            Some((_, y, height)) => {
                self.top = self.top.max((y + height).saturating_sub(rows)).min(*y);
                // The rows of a long checklist come into view one by one.
                if let (true, Entry::Items(items)) = (*height > rows, &self.slots.0[self.at].entry) {
                    self.top = y + (items.at as u16 + 2).saturating_sub(rows);
                }
            }
        }
        self.top = self.top.min(plan.total.saturating_sub(rows));
    }

    /// Draws all fields aside, and then those rows of them that are seen; returns the row that offers hang on.
    fn draw_fields(&mut self, canvas: &mut Canvas<'_>, body: Rect, plan: &Plan) -> Option<Rect> {
        let sheet = Rect::new(0, 0, body.width, plan.total.max(1));
        let mut buf = Buffer::empty(sheet);
        let (look, desk, keys) = (canvas.look, canvas.desk, canvas.keys);
        let mut aside = Canvas {
            buf: &mut buf,
            area: sheet,
            look,
            desk,
            keys,
            refused: Vec::new(),
            typing: false,
            cursor: None,
            zones: Vec::new(),
            later: None,
        };
        let mut field = None;
        for (i, y, height) in &plan.rows {
            let cells = self.draw_slot(&mut aside, Rect { y: *y, height: *height, ..sheet }, *i, plan);
            if *i == self.at {
                field = Some(cells);
            }
        }
        let cursor = aside.cursor;
        let shown = self.top..plan.total.min(self.top + body.height);
        for row in shown.clone() {
            for x in 0..body.width {
                canvas.buf[(body.x + x, body.y + row - self.top)] = buf[(x, row)].clone();
            }
        }
        let place = |(x, y): (u16, u16)| (body.x + x, body.y + y - self.top);
        canvas.cursor = cursor.filter(|(_, y)| shown.contains(y)).map(place);
        // A note's offers hang on the row of the cursor.
        let field = field.map(|cells| Rect { y: cursor.map_or(cells.y, |(_, y)| y), ..cells });
        field.filter(|cells| shown.contains(&cells.y)).map(|cells| {
            let (x, y) = place((cells.x, cells.y));
            Rect { x, y, ..cells }
        })
    }

    /// A field: its label, what it holds, what is said about it; returns the cells of its first row.
    fn draw_slot(&mut self, canvas: &mut Canvas<'_>, area: Rect, i: usize, plan: &Plan) -> Rect {
        let here = self.at == i;
        let slot = &self.slots.0[i];
        let said = self.said(canvas.desk, slot, area.width.saturating_sub(2 + plan.label));
        let cells = label(canvas, area, area.y, &slot.label, plan.label, here);
        let (right, rows) = draw::entry(canvas, cells, &mut self.slots.0[i].entry, here, plan.people);
        match said {
            Some(Said { beside: true, lines, role }) => {
                for line in lines {
                    canvas.put(area, right + 2, area.y, &line, role);
                }
            }
            Some(Said { lines, role, .. }) => {
                for (y, line) in (area.y + rows..).zip(lines) {
                    canvas.put(area, cells.x, y, &line, role);
                }
            }
            None => {}
        }
        cells
    }

    /// What is said at a field: what is wrong, or which day is meant. What is missing is not said before the cursor has
    /// been there, and what is being typed may yet become right.
    fn said(&self, desk: &Desk, slot: &Slot, cols: u16) -> Option<Said> {
        let here = self.slots.0.get(self.at).is_some_and(|under| under.key == slot.key);
        let told = slot.seen || self.strict;
        let (what, role) = match (self.fault(slot), &slot.entry) {
            (Some(fault), _) if told => (fault.what.clone(), Role::Error),
            (Some(fault), entry) if here && !fault.is_missing && entry.is_narrow() => (fault.what.clone(), Role::Dim),
            (None, Entry::Day(_)) => {
                let day = self.slots.day(slot.key, desk.today())?;
                match slot.key == ON && desk.is_belated(day) {
                    true => (format!("{} {}", desk.tell_day(day), t!("entry.belated")), Role::Late),
                    false => (desk.tell_day(day), Role::Dim),
                }
            }
            _ => return None,
        };
        let used = match &slot.entry {
            Entry::Day(_) => DAY,
            Entry::Short(_) => SHORT,
            Entry::Choice(choice) => choice.at.map_or(8, |at| text::width(&choice.options[at].1) as u16) + 8,
            _ => 6,
        };
        let beside = slot.entry.is_narrow() && used + 2 + text::width(&what) as u16 <= cols;
        let lines = if beside { vec![what] } else { text::wrap(&what, cols.into()) };
        Some(Said { beside, lines, role })
    }

    /// How the field under the cursor is filled in, what was said last with the button, and the keys.
    fn draw_foot(&self, canvas: &mut Canvas<'_>, inner: Rect, more: bool) {
        let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        let (help, role) = self.help(canvas.desk);
        canvas.put(line(3), inner.x, line(3).y, &text::truncate(&help, inner.width.into()), role);
        let button = match self.verdict.faults.len() {
            0 => t!("entry.save"),
            n => t!("entry.save_wanting", n = n),
        };
        let button = format!(" {button} ");
        let cols = text::width(&button) as u16;
        let on_button = self.at >= self.slots.0.len();
        let role = if on_button { Role::Selection } else { Role::Title };
        let x = canvas.put_right(line(2), line(2).y, &button, role);
        canvas.zones.push(Zone { area: Rect { x, width: cols, ..line(2) }, command: Command::SaveForm });
        let left = Rect { width: inner.width.saturating_sub(cols + 2), ..line(2) };
        match &canvas.desk.message {
            Some(said) => message::draw(canvas.buf, left, canvas.look, said),
            None => {
                let role = if self.verdict.doubt.is_some() { Role::Late } else { Role::Dim };
                canvas.put(left, left.x, left.y, &self.outlook(more), role);
            }
        }
        let named = |command: Command| (command, command.row().name());
        let words = [
            named(Command::SaveForm),
            (Command::NextFocus, t!("entry.next")),
            named(Command::Back),
            (Command::PageUp, t!("entry.day_before")),
            named(Command::Calendar),
            (Command::PageDown, t!("entry.day_after")),
        ];
        frame::keys_as(canvas, line(1), Context::Form, &words);
    }

    /// What it would count for, and that there is more to see.
    fn outlook(&self, more: bool) -> String {
        let hidden = match (self.top > 0, more) {
            (true, true) => t!("entry.more_both"),
            (true, false) => t!("entry.more_above"),
            (false, true) => t!("entry.more_below"),
            (false, false) => Cow::Borrowed(""),
        };
        let whole = self.verdict.faults.iter().find(|fault| fault.at.is_none());
        let counts = match (whole, &self.verdict.doubt, &self.verdict.counts_for[..]) {
            (Some(fault), ..) => fault.what.clone(),
            (None, Some(doubt), _) => doubt.clone(),
            (None, None, [_, ..]) => {
                t!("entry.counts_for", what = self.verdict.counts_for.join(&t!("entry.list"))).into_owned()
            }
            _ => String::new(),
        };
        [hidden.as_ref(), counts.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
    }

    /// How the field under the cursor is filled in; what is wrong with it, where that is not said at the field yet.
    fn help(&self, desk: &Desk) -> (String, Role) {
        let Some(slot) = self.slots.0.get(self.at) else { return (t!("entry.on_button").into_owned(), Role::Dim) };
        let fault = self.fault(slot);
        let told = slot.seen || self.strict;
        if let Some(fault) = fault.filter(|fault| !told && !fault.is_missing && !slot.entry.is_narrow()) {
            return (fault.what.clone(), Role::Late);
        }
        let must = fault.filter(|fault| fault.is_missing).map(|_| t!("entry.must"));
        let how = match &slot.entry {
            Entry::Day(day) if day.is_past() => t!("entry.how_day"),
            Entry::Day(_) => t!("entry.how_ahead"),
            Entry::Choice(_) => t!("entry.how_choice"),
            Entry::Flag(_) => t!("entry.how_flag"),
            Entry::Items(items) if items.is_flat => t!("entry.how_flat"),
            Entry::Items(_) => t!("entry.how_items"),
            Entry::Roster(_) => t!("entry.how_roster"),
            Entry::Lines(_) => t!("entry.how_lines"),
            Entry::Line(_) | Entry::Short(_) => Cow::Borrowed(""),
        };
        let last = offer::last(desk, slot).map(|last| t!("entry.recall", what = text::truncate(last, 30)));
        let parts = [must, last, Some(how), Some(slot.help.clone())].into_iter().flatten();
        let words: Vec<Cow<'static, str>> = parts.filter(|part| !part.is_empty()).collect();
        (words.join(&t!("entry.between")), Role::Dim)
    }
}
