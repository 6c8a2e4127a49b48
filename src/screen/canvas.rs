//! What a screen draws on, and with.
use ratatui::{buffer::Buffer, layout::Rect, style::Style};

use crate::{
    app::{Command, Context, Desk, Key, Keys, Screen},
    ui::{Look, Role, tabs, text},
};

/// A screen that can draw itself.
pub trait View: Screen {
    /// Draws the screen.
    fn draw(&mut self, canvas: &mut Canvas<'_>);

    /// Whether the screen below still shows around it.
    fn is_popup(&self) -> bool {
        false
    }
}

/// What a screen draws on, and with.
pub struct Canvas<'a> {
    /// The cells.
    pub buf: &'a mut Buffer,
    /// The whole screen.
    pub area: Rect,
    /// Styles and glyphs.
    pub look: Look,
    /// What all screens share.
    pub desk: &'a Desk,
    /// The keymap.
    pub keys: &'a dyn Keys,
    /// The commands that the screen refuses now; no hint is shown for them.
    pub refused: Vec<Command>,
    /// Whether characters are typed into a field, so that they are no keys of commands.
    pub typing: bool,
    /// Where the hardware cursor is to stand.
    pub cursor: Option<(u16, u16)>,
    /// What a click runs, and where.
    pub zones: Vec<Zone>,
    /// Cells that may follow a little later (see [`Shown::later`]).
    pub later: Option<Rect>,
}

/// Cells that run a command when they are clicked: a hint, a tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The cells.
    pub area: Rect,
    /// The command.
    pub command: Command,
}

/// What drawing leaves beside the cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Where the hardware cursor stands (rule 7).
    pub cursor: Option<(u16, u16)>,
    /// What a click runs, and where.
    pub zones: Vec<Zone>,
    /// Cells that hang on where the cursor is, such as the pane beside the tree. On a slow line, while keys come faster
    /// than the terminal shows what they do, these stay as they are until the keys rest: a move in the tree is the
    /// marker, a short reversed part and the head line, as in any list (rule 19), not a page for every node that
    /// somebody passes. On a fast line they are never late.
    pub later: Option<Rect>,
}

impl Shown {
    /// The command of the cells at a column and a row.
    pub fn command_at(&self, x: u16, y: u16) -> Option<Command> {
        self.zones.iter().find(|zone| zone.area.contains((x, y).into())).map(|zone| zone.command)
    }
}

impl Canvas<'_> {
    /// A title and, behind it, what the screen can show instead of each other; `turn` are the commands that lead back and
    /// on. Returns where the line goes on.
    pub fn tabs(&mut self, line: Rect, title: &str, (titles, active): (&[&str], usize), turn: [Command; 2]) -> u16 {
        let x = self.put(line, line.x, line.y, title, Role::Title) + 1;
        let room = Rect { x, width: line.right().saturating_sub(x), ..line };
        let places = tabs::draw(self.buf, room, self.look, titles, active);
        for (place, area) in places.iter().copied().filter(|(place, _)| *place != active) {
            let command = turn[usize::from(place == (active + 1) % titles.len())];
            self.zones.push(Zone { area, command });
        }
        places.last().map_or(x, |(_, area)| area.right()) + 1
    }

    /// How the key is called that runs a command now; none where it has no key, or can't run.
    pub fn key(&self, context: Context, command: Command) -> Option<String> {
        if self.refused.contains(&command) {
            return None;
        }
        let blank = Key::char(' ').label();
        // A character by itself; a form keeps to keys that no text field takes, so that the hints stay as they are.
        let types = self.typing || context == Context::Form;
        let is_typed =
            |label: &str| (self.typing && label == blank) || (types && label.split(' ').any(|key| key.len() == 1));
        self.keys.labels(context, command).into_iter().find(|label| !is_typed(label))
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.look.theme.style(role)
    }

    /// Puts text, cut to the columns left in `area`; returns the column after it.
    pub fn put(&mut self, area: Rect, x: u16, y: u16, what: &str, role: Role) -> u16 {
        if y >= area.bottom() || x >= area.right() {
            return x;
        }
        let style = self.style(role);
        text::put_fit(self.buf, x, y, what, usize::from(area.right() - x), style)
    }

    /// Puts text that ends at the right edge of `area`; returns its first column.
    pub fn put_right(&mut self, area: Rect, y: u16, what: &str, role: Role) -> u16 {
        let cols = text::width(what) as u16;
        if cols > area.width || y >= area.bottom() {
            return area.right();
        }
        let x = area.right() - cols;
        self.put(area, x, y, what, role);
        x
    }
}
