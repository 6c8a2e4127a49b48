//! The marks that the desk draws with, in two sets.
//!
//! Both keep to glyphs that take one cell in every client (`terminal.md`, rule 8): ASCII, and in the `unicode` set
//! the few symbols that no client draws two cells wide. Box drawing is not among them, so lines are ASCII in both.

/// A set of marks; each is one cell wide.
#[derive(Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// A node whose children are hidden.
    pub folded: &'static str,
    /// A node whose children are shown.
    pub unfolded: &'static str,
    /// The row under the cursor.
    pub cursor: &'static str,
    /// Overdue.
    pub overdue: &'static str,
    /// Due soon.
    pub due: &'static str,
    /// Met.
    pub ok: &'static str,
    /// Met after its day (补录).
    pub late: &'static str,
    /// Not done.
    pub missing: &'static str,
    /// A row that is marked for a command on several.
    pub marked: &'static str,
    /// A row that is not marked.
    pub unmarked: &'static str,
    /// A filled cell of a bar.
    pub bar_full: &'static str,
    /// An empty cell of a bar.
    pub bar_empty: &'static str,
    /// The cells of a sparkline: nothing, three levels between, all.
    pub levels: [&'static str; 5],
    /// A line down.
    pub vline: &'static str,
    /// A line across.
    pub hline: &'static str,
    /// A corner of a frame.
    pub corner: &'static str,
    /// Between the steps of a path.
    pub step: &'static str,
}

impl Glyphs {
    /// For clients that are known to draw symbols in one cell.
    pub const UNICODE: Glyphs = Glyphs {
        folded: "▸",
        unfolded: "▾",
        cursor: ">",
        overdue: "!",
        due: "~",
        ok: "✓",
        late: "+",
        missing: "✗",
        marked: "☑",
        unmarked: "☐",
        bar_full: "⣿",
        bar_empty: "⣀",
        levels: ["_", "⣀", "⣤", "⣶", "⣿"],
        vline: "|",
        hline: "-",
        corner: "+",
        step: ">",
    };

    /// ASCII only.
    pub const ASCII: Glyphs = Glyphs {
        folded: ">",
        unfolded: "v",
        cursor: ">",
        ok: "o",
        missing: "x",
        marked: "*",
        unmarked: "-",
        bar_full: "#",
        bar_empty: ".",
        levels: ["_", ".", "-", "=", "#"],
        ..Glyphs::UNICODE
    };

    /// Every mark, for checks.
    pub fn all(&self) -> [&'static str; 21] {
        let [none, low, half, high, whole] = self.levels;
        [
            none,
            low,
            half,
            high,
            whole,
            self.folded,
            self.unfolded,
            self.cursor,
            self.overdue,
            self.due,
            self.ok,
            self.late,
            self.missing,
            self.marked,
            self.unmarked,
            self.bar_full,
            self.bar_empty,
            self.vline,
            self.hline,
            self.corner,
            self.step,
        ]
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn every_mark_is_one_cell_in_every_client() {
        for glyph in Glyphs::UNICODE.all().into_iter().chain(Glyphs::ASCII.all()) {
            assert_eq!(glyph.width(), 1, "{glyph}");
            assert_eq!(glyph.width_cjk(), 1, "{glyph} is ambiguous");
            assert!(!"●○◆■□▶▲▼★·×→①".contains(glyph), "{glyph}");
        }
        for glyph in Glyphs::ASCII.all() {
            assert!(glyph.is_ascii(), "{glyph}");
        }
    }
}
