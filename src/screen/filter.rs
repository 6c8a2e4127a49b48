//! Narrowing any list by typing: the line in which it is typed, which rows are found, and where in them.
use std::borrow::Cow;

use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::{
        Code, Command, Desk, Event,
        find::{Finder, Found, Index, Pattern},
    },
    grid::org::UnitIx,
    screen::{Canvas, refuse::unless_known},
    ui::{
        Look, Role,
        field::Field,
        list::{self, Window},
        text,
    },
    words::t,
};

/// A row as it is looked for: its names between blanks, and its codes.
pub(super) type Named<'a> = (Cow<'a, str>, Cow<'a, str>);

/// A row that is looked for by a name alone.
pub(super) fn named<'a>(name: impl Into<Cow<'a, str>>) -> Option<Named<'a>> {
    Some((name.into(), Cow::Borrowed("")))
}

/// A unit as it is looked for: by its name, its short names, its contact, its code and the telephone number.
pub(super) fn of_unit(desk: &Desk, unit: UnitIx) -> Option<Named<'_>> {
    let record = &desk.state.org().unit(unit).record;
    let name = desk.names.aliases().with(&record.name, &[&record.code]);
    Some((format!("{name} {}", record.contact).into(), format!("{} {}", record.code, record.phone).into()))
}

/// What is looked for in a list.
#[derive(Default)]
pub(super) struct Filter {
    field: Option<Field>,
    typing: bool,
    finder: Finder,
    /// The rows by name, once something was looked for in them.
    index: Option<Index>,
    former: Option<(Pattern, Found)>,
    /// How many rows were found, of how many.
    counts: (usize, usize),
}

impl Filter {
    /// Opens the line; what was looked for before can be changed.
    pub(super) fn open(&mut self) {
        self.field.get_or_insert_default();
        self.typing = true;
    }

    /// Whether the line has the focus.
    pub(super) fn is_typing(&self) -> bool {
        self.typing
    }

    /// Whether something is looked for.
    pub(super) fn is_on(&self) -> bool {
        !self.finder.is_empty()
    }

    /// What is looked for, as typed; nothing where the line is closed.
    pub(super) fn text(&self) -> &str {
        self.field.as_ref().map_or("", Field::value)
    }

    /// Closes the line and finds everything again; whether it was open.
    pub(super) fn close(&mut self) -> bool {
        self.typing = false;
        self.finder = Finder::default();
        self.forget();
        self.field.take().is_some()
    }

    /// The list is another one: its rows are named anew when they are looked through.
    pub(super) fn forget(&mut self) {
        (self.index, self.former) = (None, None);
    }

    /// Gives the focus back to the list; an empty line closes. Whether it did.
    pub(super) fn rest(&mut self) -> bool {
        self.typing = false;
        self.text().is_empty() && self.close()
    }

    /// Answers an event while the line has the focus: whether what is looked for is another text now. Nothing where the
    /// event is the list's own.
    pub(super) fn on(&mut self, event: &Event) -> Option<bool> {
        let field = self.field.as_mut().filter(|_| self.typing)?;
        let before = field.value().to_owned();
        match event {
            Event::Text(key) if key.code == Code::Backspace && before.is_empty() => return Some(self.close()),
            Event::Text(key) => drop(field.handle(*key)),
            Event::Paste(text) => field.paste(text),
            Event::Command(Command::Back) => return Some(self.close()),
            Event::Command(Command::Open | Command::NextFocus) => return Some(self.rest()),
            _ => return None,
        }
        let changed = field.value() != before;
        if changed {
            self.finder = Finder::new(field.value());
        }
        Some(changed)
    }

    /// Why a command can't run while the line has the focus.
    pub(super) fn refuses(&self, command: Command) -> Option<String> {
        unless_known(command, &[Command::Open, Command::NextFocus])
    }

    /// The places of the rows that are found, of `len`; `name` says what a row is looked for by, which headings are not.
    pub(super) fn pick<'a>(&mut self, len: usize, name: impl Fn(usize) -> Option<Named<'a>>) -> Vec<usize> {
        if !self.is_on() {
            return (0..len).collect();
        }
        let index = self.index.get_or_insert_with(|| {
            let mut index = Index::default();
            let mut all = 0;
            for row in 0..len {
                let (name, codes) = name(row).inspect(|_| all += 1).unwrap_or_default();
                index.push(&name, &codes);
            }
            self.counts.1 = all;
            index
        });
        let pattern = Pattern::new(self.field.as_ref().map_or("", Field::value));
        let former = self.former.as_ref().filter(|(former, _)| pattern.narrows(former)).map(|(_, found)| found);
        let found = index.find(&pattern, former);
        self.counts.0 = found.len();
        let rows = found.rows().iter().map(|row| *row as usize).collect();
        self.former = Some((pattern, found));
        rows
    }

    /// Whether a name is found, for rows that are not read yet.
    pub(super) fn test(&self) -> impl Fn(&str) -> bool + Send + Sync + 'static {
        let pattern = (self.is_on()).then(|| Pattern::new(self.text()));
        move |name| {
            let Some(pattern) = &pattern else { return true };
            let mut index = Index::default();
            index.push(name, "");
            !index.find(pattern, None).rows().is_empty()
        }
    }

    /// Draws the line where it is open: what is typed, and how many rows are found; whether it is.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, line: Rect) -> bool {
        let Some(field) = &self.field else { return false };
        let x = canvas.put(line, line.x, line.y, &format!("{} ", t!("filter.find")), Role::Label);
        let counts = if self.is_on() { format!("{}/{}", self.counts.0, self.counts.1) } else { String::new() };
        let right =
            canvas.put_right(Rect { x, width: line.right().saturating_sub(x), ..line }, line.y, &counts, Role::Dim);
        let cells = Rect { x, width: right.saturating_sub(x + 1), ..line };
        let cursor = field.draw(canvas.buf, cells, canvas.look, self.typing);
        if self.typing {
            canvas.cursor = cursor;
        }
        true
    }

    /// The line above a list, where it is open; returns the cells left for the list.
    pub(super) fn above(&self, canvas: &mut Canvas<'_>, area: Rect) -> Rect {
        if !self.draw(canvas, Rect { height: 1, ..area }) {
            return area;
        }
        Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area }
    }

    /// [`list::draw`], with what is found marked in every row.
    pub(super) fn list(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        window: &mut Window,
        len: usize,
        focused: bool,
        mut draw: impl FnMut(&mut Buffer, Rect, usize) -> u16,
    ) {
        let look = canvas.look;
        list::draw(canvas.buf, area, look, window, len, focused, |buf, cells, i| {
            let name = draw(buf, cells, i);
            mark(buf, cells, look, &self.finder);
            name
        });
    }
}

/// Marks in the row `cells` what the finder finds there.
pub(super) fn mark(buf: &mut Buffer, cells: Rect, look: Look, finder: &Finder) {
    if finder.is_empty() {
        return;
    }
    let (mut shown, mut columns) = (String::new(), Vec::new());
    let mut x = cells.x;
    while x < cells.right() {
        let symbol = buf[(x, cells.y)].symbol();
        let wide = text::width(symbol).max(1) as u16;
        columns.push((shown.len(), x, wide));
        shown.push_str(symbol);
        x += wide;
    }
    let style = look.theme.style(Role::Match);
    for span in finder.spans(&shown) {
        for (_, x, wide) in columns.iter().filter(|(at, ..)| span.contains(at)) {
            buf.set_style(Rect { x: *x, width: *wide, ..cells }, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    fn key(c: char) -> Event {
        Event::Text(crate::app::Key::char(c))
    }

    const ROWS: [&str; 4] = ["", "兰溪市华鑫纺织", "云山水泥", "华新化工"];

    fn pick(filter: &mut Filter) -> Vec<usize> {
        filter.pick(ROWS.len(), |i| named(ROWS[i]).filter(|_| !ROWS[i].is_empty()))
    }

    #[test]
    fn rows_are_found_as_one_types_and_headings_are_not() {
        let mut filter = Filter::default();
        assert_eq!(filter.on(&key('h')), None, "closed, keys are the list's own");
        filter.open();
        assert_eq!(pick(&mut filter), [0, 1, 2, 3]);
        assert_eq!(filter.on(&key('h')), Some(true));
        assert_eq!(pick(&mut filter), [1, 3]);
        assert_eq!(filter.counts, (2, 3));
        filter.on(&key('x'));
        filter.on(&key('f'));
        assert_eq!(pick(&mut filter), [1]);
        filter.on(&Event::Text(crate::app::Key::plain(Code::Backspace)));
        assert_eq!(pick(&mut filter), [1, 3]);
    }

    #[test]
    fn enter_keeps_what_is_looked_for_and_back_clears_it() {
        let mut filter = Filter::default();
        filter.open();
        filter.on(&key('h'));
        assert_eq!(filter.on(&Event::Command(Command::Open)), Some(false));
        assert!(!filter.is_typing() && filter.is_on());
        filter.open();
        assert_eq!(filter.text(), "h", "it can be changed");
        assert_eq!(filter.on(&Event::Command(Command::Back)), Some(true));
        assert!(!filter.is_on() && !filter.close());
        filter.open();
        assert_eq!(filter.on(&Event::Command(Command::Open)), Some(true));
        assert!(!filter.close(), "nothing was looked for");
    }

    #[test]
    fn what_is_found_is_marked_in_its_cells() {
        let area = Rect::new(0, 0, 24, 1);
        let mut buf = Buffer::empty(area);
        text::put(&mut buf, 2, 0, "兰溪市华鑫纺织", 20, Default::default());
        mark(&mut buf, area, Look::new(true, true), &Finder::new("hx"));
        let marked: Vec<u16> = (0..24).filter(|x| buf[(*x, 0)].modifier.contains(Modifier::UNDERLINED)).collect();
        assert_eq!(marked, [8, 9, 10, 11]);
    }
}
