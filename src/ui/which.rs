//! The popup at the bottom after the first key of a sequence: which keys go on from here.
use ratatui::{buffer::Buffer, layout::Rect};

use crate::ui::{Look, Role, popup, text};

/// A key that goes on, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    /// What the key is called.
    pub key: String,
    /// The command's name, or how many ways go on from there.
    pub word: String,
}

/// Draws the keys in columns, in as many rows as they need, above the bottom edge; `typed` stands in the frame.
pub fn draw(buf: &mut Buffer, look: Look, typed: &str, next: &[Next]) {
    let screen = buf.area;
    let cols = |next: &Next| text::width(&next.key) + 1 + text::width(&next.word);
    let widest = next.iter().map(cols).max().unwrap_or(0) + 3;
    let room = usize::from(screen.width.saturating_sub(4));
    let across = (room / widest).clamp(1, next.len().max(1));
    let rows = next.len().div_ceil(across);
    let height = (rows as u16 + 2).min(screen.height);
    let area = Rect { y: screen.bottom() - height, height, ..screen };
    let inner = popup::draw(buf, area, look, typed);
    let keys = next.iter().map(|next| text::width(&next.key)).max().unwrap_or(0);
    for (i, next) in next.iter().enumerate() {
        // Down the columns, as a list is read.
        let (column, row) = (i / rows, i % rows);
        let (x, y) = (inner.x + (column * widest) as u16, inner.y + row as u16);
        if y >= inner.bottom() || x >= inner.right() {
            continue;
        }
        text::put_fit(buf, x, y, &next.key, keys, look.theme.style(Role::Key));
        let x = x + keys as u16 + 1;
        text::put_fit(buf, x, y, &next.word, inner.right().saturating_sub(x).into(), look.theme.style(Role::Text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    fn next(keys: &[(&str, &str)]) -> Vec<Next> {
        keys.iter().map(|(key, word)| Next { key: (*key).to_owned(), word: (*word).to_owned() }).collect()
    }

    #[test]
    fn the_keys_stand_in_columns_above_the_bottom_edge() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 50, 6));
        draw(&mut buf, Look::new(true, true), "g", &next(&[("g", "到头"), ("t", "下一页签"), ("T", "上一页签")]));
        assert_eq!(line(&buf, 2), "");
        assert_eq!(line(&buf, 3), "+- g --------------------------------------------+");
        assert_eq!(line(&buf, 4), "| g 到头       t 下一页签   T 上一页签           |");
        assert_eq!(line(&buf, 5), "+------------------------------------------------+");
    }

    #[test]
    fn what_does_not_fit_in_one_row_takes_more() {
        let mut buf = Buffer::empty(Rect::new(0, 0, 30, 8));
        let keys: Vec<(String, String)> = (0..5).map(|n| (n.to_string(), format!("页签{n}"))).collect();
        let keys: Vec<(&str, &str)> = keys.iter().map(|(key, word)| (key.as_str(), word.as_str())).collect();
        draw(&mut buf, Look::new(true, true), "z", &next(&keys));
        assert_eq!(line(&buf, 4), "| 0 页签0   3 页签3          |");
        assert_eq!(line(&buf, 6), "| 2 页签2                    |");
    }
}
