//! The colours and attributes that the terminal writes with, and the shortest way from one to another.
use std::fmt::Write;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// Attributes that are passed on; others (blinking, hidden) are left out.
pub(super) const KEPT: Modifier =
    Modifier::BOLD.union(Modifier::DIM).union(Modifier::ITALIC).union(Modifier::UNDERLINED).union(Modifier::REVERSED);

/// Attribute, its code on, its code off; bold and dim share the code that takes them off.
const CODES: [(Modifier, u8, u8); 5] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::REVERSED, 7, 27),
];

/// How text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Pen {
    /// Default colours, no attributes.
    pub(super) const PLAIN: Pen = Pen { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The pen that writes this cell.
    pub(super) fn of(cell: &Cell) -> Pen {
        Pen { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Whether a blank written or erased with it looks like any other.
    pub(super) fn is_clear(self) -> bool {
        self.bg == Color::Reset && !self.modifier.intersects(Modifier::REVERSED | Modifier::UNDERLINED)
    }

    /// The bytes that turn `self` into `to`: what differs, or a reset and all that is set, whichever is shorter.
    /// A reset is `ESC[0m`, never the bare `ESC[m`.
    pub(super) fn change(self, to: Pen) -> String {
        if self == to {
            return String::new();
        }
        let steps = finish(self.steps(to));
        let mut fresh = String::from("0;");
        fresh.push_str(&Pen::PLAIN.steps(to));
        let fresh = finish(fresh);
        if fresh.len() < steps.len() { fresh } else { steps }
    }

    fn steps(self, to: Pen) -> String {
        let mut out = String::new();
        let mut now = self.modifier;
        for (bit, _, off) in CODES {
            if now.contains(bit) && !to.modifier.contains(bit) {
                push(&mut out, off);
                let both = Modifier::BOLD | Modifier::DIM;
                now -= if both.contains(bit) { both } else { bit };
            }
        }
        for (bit, on, _) in CODES {
            if to.modifier.contains(bit) && !now.contains(bit) {
                push(&mut out, on);
            }
        }
        if self.fg != to.fg {
            color(&mut out, to.fg, 30);
        }
        if self.bg != to.bg {
            color(&mut out, to.bg, 40);
        }
        out
    }
}

fn push(out: &mut String, code: u8) {
    // Writing into a String has no error of its own.
    let _ = write!(out, "{code};");
}

fn finish(mut codes: String) -> String {
    codes.pop();
    format!("\x1b[{codes}m")
}

/// The codes of a colour; `base` is 30 for the foreground, 40 for the background.
fn color(out: &mut String, color: Color, base: u8) {
    let code = match color {
        Color::Reset => base + 9,
        Color::Black => base,
        Color::Red => base + 1,
        Color::Green => base + 2,
        Color::Yellow => base + 3,
        Color::Blue => base + 4,
        Color::Magenta => base + 5,
        Color::Cyan => base + 6,
        Color::Gray => base + 7,
        Color::DarkGray => base + 60,
        Color::LightRed => base + 61,
        Color::LightGreen => base + 62,
        Color::LightYellow => base + 63,
        Color::LightBlue => base + 64,
        Color::LightMagenta => base + 65,
        Color::LightCyan => base + 66,
        Color::White => base + 67,
        Color::Indexed(n) => {
            let _ = write!(out, "{};5;{n};", base + 8);
            return;
        }
        Color::Rgb(r, g, b) => {
            let _ = write!(out, "{};2;{r};{g};{b};", base + 8);
            return;
        }
    };
    push(out, code);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shorter_of_difference_and_reset_is_sent() {
        let red = Pen { fg: Color::Red, modifier: Modifier::BOLD, ..Pen::PLAIN };
        let reversed = Pen { modifier: Modifier::REVERSED, ..Pen::PLAIN };
        assert_eq!(Pen::PLAIN.change(red), "\x1b[1;31m");
        assert_eq!(red.change(Pen::PLAIN), "\x1b[0m");
        assert_eq!(red.change(reversed), "\x1b[0;7m");
        assert_eq!(reversed.change(Pen::PLAIN), "\x1b[0m");
        assert_eq!(red.change(red), "");
        let dim_red = Pen { modifier: Modifier::DIM, ..red };
        assert_eq!(red.change(dim_red), "\x1b[22;2;31m".replace(";31", ""));
    }
}
