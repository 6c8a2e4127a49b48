//! How things look: width-safe text, glyph sets, the theme, and widgets that draw into a cell buffer.
//!
//! Nothing here reads or writes a terminal. Every column is counted in display cells by [`text`], and every string
//! reaches a buffer through [`text::put`], which never leaves half a character behind.
pub mod bar;
pub mod columns;
pub mod command;
pub mod drop;
pub mod field;
pub mod glyph;
pub mod hint;
pub mod list;
pub mod message;
pub mod note;
pub mod popup;
pub mod small;
pub mod spark;
pub mod table;
pub mod tabs;
pub mod text;
pub mod theme;
pub mod tree;
pub mod which;

pub use glyph::Glyphs;
pub use theme::{Role, Theme};

/// What every widget needs to know about the look: the styles and the glyph set.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Styles by role.
    pub theme: Theme,
    /// The marks.
    pub glyphs: &'static Glyphs,
}

impl Look {
    /// The look for `color` (false under `NO_COLOR`) and the `ascii` glyph set or the other.
    pub fn new(color: bool, ascii: bool) -> Look {
        Look { theme: Theme::new(color), glyphs: if ascii { &Glyphs::ASCII } else { &Glyphs::UNICODE } }
    }
}
