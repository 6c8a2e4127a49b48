//! What a window says that is too small for the desk.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::text;
use crate::words::{t, word};

/// The fewest columns the desk is any use in.
pub const COLS: u16 = 60;
/// The fewest rows.
pub const ROWS: u16 = 16;

/// Whether the desk fits into `area`.
pub fn fits(area: Rect) -> bool {
    area.width >= COLS && area.height >= ROWS
}

/// Says that the window is too small, and how large it is and should be, as far as that fits.
pub fn draw(buf: &mut Buffer) {
    let area = buf.area;
    let have = t!("small.have", cols = area.width, rows = area.height).into_owned();
    let need = t!("small.need", cols = COLS, rows = ROWS).into_owned();
    for (y, line) in (area.y..area.bottom()).zip([word("small.title"), &have, &need]) {
        text::put_fit(buf, area.x, y, line, area.width.into(), Default::default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    #[test]
    fn twenty_by_five_says_so_and_79_by_23_fits() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 20, 5));
        assert!(!fits(buf.area));
        draw(&mut buf);
        assert_eq!([line(&buf, 0), line(&buf, 1), line(&buf, 2)], ["窗口太小", "现在 20x5", "至少 60x16"]);
        assert!(fits(Rect::new(0, 0, 79, 23)));
        draw(&mut Buffer::empty(Rect::new(0, 0, 1, 1)));
        draw(&mut Buffer::empty(Rect::new(0, 0, 0, 0)));
    }
}
