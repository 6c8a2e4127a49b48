//! How the generic form looks.
use ratatui::{buffer::Buffer, layout::Rect};

use super::{Entry, RecordForm, Spot, mark_word};
use crate::{
    grid::{
        fact::AttendanceMark,
        record::{Input, matter_name},
    },
    screen::{Canvas, View, form},
    ui::{Role, list, popup, text},
};

/// The columns of the labels: seven characters.
const LABEL: u16 = 15;
/// The rows that a roster shows at most.
const ROSTER: u16 = 6;
/// The rows of a field of several lines, and of resolutions.
const LINES: u16 = 2;
const TASKS: u16 = 3;

impl View for RecordForm {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let spots = self.spots();
        let heights: Vec<u16> = spots[..spots.len() - 1].iter().map(|spot| self.height(*spot)).collect();
        let head = self.head(canvas);
        let rows = heights.iter().sum::<u16>() + head.len() as u16 + 5;
        let area = popup::centered(canvas.area, 76, rows.min(canvas.area.height.saturating_sub(2)));
        let title = self.title(canvas);
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        for (y, line) in (inner.y..).zip(&head) {
            canvas.put(inner, inner.x, y, line, Role::Label);
        }
        let skip = head.len() as u16;
        let body = Rect { y: inner.y + skip, height: inner.height.saturating_sub(skip + 2), ..inner };
        self.settle(&spots, &heights, body.height);
        self.draw_fields(canvas, body, &spots, &heights);
        form::foot(canvas, inner, self.at == Spot::Save);
        self.draw_foot(canvas, inner, heights.iter().sum(), body.height);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl RecordForm {
    fn title(&self, canvas: &Canvas<'_>) -> String {
        let what = if self.amends.is_some() { "更正" } else { "记" };
        format!("{what}{}  {}", self.blank.name(), canvas.desk.state.org().node(self.node).name)
    }

    /// What it answers, in words.
    fn head(&self, canvas: &Canvas<'_>) -> Vec<String> {
        let state = &canvas.desk.state;
        let Some(matter) = self.of.and_then(|of| state.matter_of(of)) else { return Vec::new() };
        let unit = matter.unit.map_or(String::new(), |unit| format!("{} ", state.org().unit(unit).record.name));
        let verb = if self.blank.answers.is_empty() { "属于" } else { "答复" };
        vec![format!("{verb}{}：{unit}{}（{} 起）", matter_name(matter.kind), state.told(matter), matter.opened)]
    }

    /// The rows of a field, with what is said about it and what is offered.
    fn height(&self, spot: Spot) -> u16 {
        let own = match spot {
            Spot::Field(i) => match &self.entries[i] {
                Entry::Lines(_) if self.blank.fields[i].input == Input::Tasks => TASKS,
                Entry::Lines(_) => LINES,
                Entry::Items(items) => items.rows.len().max(1) as u16,
                Entry::Roster(roster) => 1 + (roster.rows.len() as u16).min(ROSTER),
                _ => 1,
            },
            _ => 1,
        };
        let offered = if self.at == spot { self.offered() } else { 0 };
        own + self.remark(spot).map_or(0, |(lines, _)| lines.len() as u16) + offered
    }

    /// Scrolls so that the field under the cursor is seen as a whole, its upper end at least.
    fn settle(&mut self, spots: &[Spot], heights: &[u16], rows: u16) {
        let total: u16 = heights.iter().sum();
        let at = spots.iter().position(|spot| *spot == self.at).unwrap_or(0);
        let above: u16 = heights[..at.min(heights.len())].iter().sum();
        let own = heights.get(at).copied().unwrap_or(0);
        if self.at == Spot::Save {
            self.top = total.saturating_sub(rows);
        } else {
            self.top = self.top.max((above + own).saturating_sub(rows)).min(above);
            // The rows of a long checklist come into view one by one.
            if let (Spot::Field(i), true) = (self.at, own > rows)
                && let Entry::Items(items) = &self.entries[i]
            {
                self.top = above + (items.at as u16 + 2).saturating_sub(rows);
            }
        }
        self.top = self.top.min(total.saturating_sub(rows));
    }

    /// Draws all fields aside, and then those rows of them that are seen.
    fn draw_fields(&mut self, canvas: &mut Canvas<'_>, body: Rect, spots: &[Spot], heights: &[u16]) {
        let total: u16 = heights.iter().sum();
        let sheet = Rect::new(0, 0, body.width, total);
        let mut buf = Buffer::empty(sheet);
        let (look, desk, keys) = (canvas.look, canvas.desk, canvas.keys);
        let refused = Vec::new();
        let mut aside =
            Canvas { buf: &mut buf, area: sheet, look, desk, keys, refused, cursor: None, zones: Vec::new() };
        let mut y = 0;
        for (spot, rows) in spots.iter().zip(heights) {
            self.draw_spot(&mut aside, Rect { y, height: *rows, ..sheet }, *spot);
            y += rows;
        }
        let cursor = aside.cursor;
        let shown = self.top..total.min(self.top + body.height);
        for row in shown.clone() {
            for x in 0..body.width {
                canvas.buf[(body.x + x, body.y + row - self.top)] = buf[(x, row)].clone();
            }
        }
        canvas.cursor = cursor.filter(|(_, y)| shown.contains(y)).map(|(x, y)| (body.x + x, body.y + y - self.top));
    }

    /// A field: its label, what it holds, what is said about it and what is offered.
    fn draw_spot(&mut self, canvas: &mut Canvas<'_>, area: Rect, spot: Spot) {
        let here = self.at == spot;
        let word = match spot {
            Spot::On => "日期",
            Spot::Unit => "企业",
            Spot::Field(i) => self.blank.fields[i].label(),
            Spot::Save => "",
        };
        let cells = form::label(canvas, area, area.y, word, LABEL, here);
        let rows = match spot {
            Spot::On => draw_line(canvas, cells, &self.on, here),
            Spot::Unit => draw_line(canvas, cells, &self.unit, here),
            Spot::Field(i) => self.draw_entry(canvas, area, cells, i),
            Spot::Save => 0,
        };
        let mut y = area.y + rows;
        if let Some((lines, is_wrong)) = self.remark(spot) {
            for line in lines {
                canvas.put(area, cells.x, y, &line, if is_wrong { Role::Error } else { Role::Dim });
                y += 1;
            }
        }
        if here && !self.offers.is_empty() {
            let area = Rect { x: cells.x, y, width: cells.width, height: self.offered() };
            let (look, offers) = (canvas.look, &self.offers);
            list::draw(canvas.buf, area, look, &mut self.offer, offers.len(), true, |buf, cells, i| {
                let end = text::put_fit(buf, cells.x, cells.y, &offers[i].name, 34, look.theme.style(Role::Text));
                let room = usize::from(cells.right().saturating_sub(end + 2));
                text::put_fit(buf, end + 2, cells.y, &offers[i].beside, room, look.theme.style(Role::Dim));
                end - cells.x
            });
        }
    }

    /// What the field of that place holds; returns its rows.
    fn draw_entry(&mut self, canvas: &mut Canvas<'_>, area: Rect, cells: Rect, i: usize) -> u16 {
        let here = self.at == Spot::Field(i);
        let tasks = self.blank.fields[i].input == Input::Tasks;
        match &mut self.entries[i] {
            Entry::Line(line) => draw_line(canvas, cells, line, here),
            Entry::Lines(note) => {
                let rows = if tasks { TASKS } else { LINES };
                let cells = Rect { height: rows, width: cells.width.min(form::NOTE_COLS), ..cells };
                let cursor = note.draw(canvas.buf, cells, canvas.look, here);
                canvas.cursor = if here { cursor } else { canvas.cursor };
                rows
            }
            Entry::Choice(choice) => {
                let word = choice.at.map_or("（未选）", |at| choice.options[at].1.as_str());
                let role = if here { Role::Selection } else { Role::Text };
                let x = canvas.put(area, cells.x, cells.y, word, role);
                if let (true, Some(at)) = (here, choice.at) {
                    canvas.put(area, x + 2, cells.y, &format!("{}/{}", at + 1, choice.options.len()), Role::Dim);
                }
                1
            }
            Entry::Flag(flag) => {
                let mark = if *flag { canvas.look.glyphs.marked } else { canvas.look.glyphs.unmarked };
                let x = canvas.put(area, cells.x, cells.y, mark, if *flag { Role::Title } else { Role::Dim });
                let role = if here { Role::Selection } else { Role::Text };
                canvas.put(area, x + 1, cells.y, if *flag { "是" } else { "否" }, role);
                1
            }
            Entry::Items(items) if items.rows.is_empty() => {
                canvas.put(area, cells.x, cells.y, "先选清单", Role::Dim);
                1
            }
            Entry::Items(items) => {
                for (row, (_, words, ok)) in items.rows.iter().enumerate() {
                    let y = cells.y + row as u16;
                    let mark = if *ok { canvas.look.glyphs.marked } else { canvas.look.glyphs.unmarked };
                    let x = canvas.put(area, cells.x, y, mark, if *ok { Role::Title } else { Role::Dim });
                    let role = if here && row == items.at { Role::Selection } else { Role::Text };
                    canvas.put(area, x + 1, y, words, role);
                }
                items.rows.len() as u16
            }
            Entry::Roster(_) => self.draw_roster(canvas, area, cells, i),
        }
    }

    fn draw_roster(&mut self, canvas: &mut Canvas<'_>, area: Rect, cells: Rect, i: usize) -> u16 {
        let here = self.at == Spot::Field(i);
        let Entry::Roster(roster) = &mut self.entries[i] else { return 0 };
        let counts = super::MARKS.map(|(mark, word)| (roster.rows.iter().filter(|(_, m)| *m == mark).count(), word));
        let counts: Vec<String> =
            counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{word} {n}")).collect();
        let counts = if counts.is_empty() { "这里没有在岗人员".to_owned() } else { counts.join("  ") };
        canvas.put(area, cells.x, cells.y, &counts, Role::Text);
        let rows = (roster.rows.len() as u16).min(ROSTER);
        let body = Rect { x: cells.x, y: cells.y + 1, width: cells.width, height: rows };
        let (look, desk, people) = (canvas.look, canvas.desk, &roster.rows);
        list::draw(canvas.buf, body, look, &mut roster.window, people.len(), here, |buf, cells, i| {
            let (person, mark) = people[i];
            let record = &desk.state.org().person(person).record;
            let role = if mark == AttendanceMark::Present { Role::Met } else { Role::Late };
            text::put_fit(buf, cells.x, cells.y, &record.name, 10, look.theme.style(Role::Text));
            text::put_fit(buf, cells.x + 11, cells.y, mark_word(mark), 6, look.theme.style(role));
            let unit = record.unit.as_deref().and_then(|id| desk.state.org().unit_ix(id));
            let unit = unit.map_or("", |ix| desk.state.org().unit(ix).record.name.as_str());
            let room = usize::from(cells.width.saturating_sub(18));
            text::put_fit(buf, cells.x + 18, cells.y, unit, room, look.theme.style(Role::Dim));
            text::width(&record.name).min(10) as u16
        });
        1 + rows
    }

    /// What it would count for, or that there is more to see; where nothing was said.
    fn draw_foot(&self, canvas: &mut Canvas<'_>, inner: Rect, total: u16, rows: u16) {
        if canvas.desk.message.is_some() {
            return;
        }
        let y = inner.bottom().saturating_sub(2);
        let cells = Rect { width: inner.width.saturating_sub(8), ..inner };
        let hidden = match (self.top > 0, self.top + rows < total) {
            (true, true) => "上下还有  ",
            (true, false) => "上面还有  ",
            (false, true) => "下面还有  ",
            (false, false) => "",
        };
        let counts = match (&self.verdict.wrong, &self.verdict.counts_for[..]) {
            (Some((None, what)), _) if self.progress.touched => what.clone(),
            (None, [_, ..]) => format!("将计入 {}", self.verdict.counts_for.join("、")),
            _ => String::new(),
        };
        canvas.put(cells, cells.x, y, &format!("{hidden}{counts}"), Role::Dim);
    }
}

/// A one-line field; returns its rows.
fn draw_line(canvas: &mut Canvas<'_>, cells: Rect, line: &crate::ui::field::Field, here: bool) -> u16 {
    let cursor = line.draw(canvas.buf, cells, canvas.look, here);
    if here {
        canvas.cursor = cursor;
    }
    1
}
