//! What stands on a screen at one moment.
use std::fmt;

use vt100::{Color, Screen};

/// A still of the screen.
#[derive(Clone)]
pub struct Frame(Box<Screen>);

/// How a cell is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// The colour of the text.
    pub fg: Color,
    /// The colour behind it.
    pub bg: Color,
    /// Bold.
    pub bold: bool,
    /// Dim.
    pub dim: bool,
    /// Underlined.
    pub underline: bool,
    /// Foreground and background swapped, as in a selection.
    pub reverse: bool,
}

impl Frame {
    /// A still of `screen`.
    pub fn of(screen: &Screen) -> Frame {
        Frame(Box::new(screen.clone()))
    }

    /// The rows as text, without the blanks at their ends; a wide character stands once.
    pub fn lines(&self) -> Vec<String> {
        (0..self.0.size().0.get()).map(|row| self.line(row).trim_end().to_owned()).collect()
    }

    fn line(&self, row: u16) -> String {
        let cells = (0..self.0.size().1.get()).filter_map(|column| self.0.cell(row, column));
        let text = |cell: &vt100::Cell| if cell.has_contents() { cell.contents().to_owned() } else { " ".into() };
        cells.filter(|cell| !cell.is_wide_continuation()).map(text).collect()
    }

    /// How many columns the screen has.
    pub fn columns(&self) -> u16 {
        self.0.size().1.get()
    }

    /// Whether a row shows `text`.
    pub fn shows(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The row and the display column where `text` first stands.
    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        (0..self.0.size().0.get()).find_map(|row| {
            let line = self.line(row);
            let before = &line[..line.find(text)?];
            Some((row, unicode_width::UnicodeWidthStr::width(before) as u16))
        })
    }

    /// What stands in a cell: a blank where nothing does, nothing in the second cell of a wide character.
    pub fn cell(&self, row: u16, column: u16) -> String {
        match self.0.cell(row, column) {
            Some(cell) if cell.is_wide_continuation() => String::new(),
            Some(cell) if cell.has_contents() => cell.contents().to_owned(),
            _ => " ".to_owned(),
        }
    }

    /// How the first cell of `text` is drawn.
    pub fn style_of(&self, text: &str) -> Option<Style> {
        self.find(text).and_then(|(row, column)| self.style_at(row, column))
    }

    /// How the cell at this row and display column is drawn.
    pub fn style_at(&self, row: u16, column: u16) -> Option<Style> {
        let cell = self.0.cell(row, column)?;
        Some(Style {
            fg: cell.fgcolor(),
            bg: cell.bgcolor(),
            bold: cell.bold(),
            dim: cell.dim(),
            underline: cell.underline(),
            reverse: cell.inverse(),
        })
    }

    /// The row and display column of the cursor, if it is shown.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        (!self.0.hide_cursor()).then(|| self.0.cursor_position())
    }

    /// What a program has switched on in the terminal and not switched off again, in words.
    pub fn left_switched_on(&self) -> Vec<&'static str> {
        let screen = &self.0;
        let plain = (screen.fgcolor(), screen.bgcolor()) == (Color::Default, Color::Default)
            && !(screen.bold() || screen.dim() || screen.italic() || screen.underline() || screen.inverse());
        [
            (screen.alternate_screen(), "the alternate screen"),
            (screen.hide_cursor(), "a hidden cursor"),
            (screen.bracketed_paste(), "bracketed paste"),
            (screen.application_cursor(), "application cursor keys"),
            (screen.application_keypad(), "the application keypad"),
            (screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None, "the mouse"),
            (!plain, "a colour or style"),
        ]
        .into_iter()
        .filter_map(|(on, what)| on.then_some(what))
        .collect()
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.lines().iter().try_for_each(|line| writeln!(f, "|{line}"))
    }
}
