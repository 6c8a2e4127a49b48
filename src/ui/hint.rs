//! The line that says what keys do here.
use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::{Look, Role, text};

/// One key and its word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What the key is called, for example `空格`.
    pub key: String,
    /// What it does, for example `记走访`.
    pub word: Cow<'static, str>,
}

/// Draws as many whole hints as fit, in the order given; the most important comes first. The last hint (help) always
/// has its place when any has. Returns where each stands that was drawn, by its place in `hints`.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, hints: &[Hint]) -> Vec<(usize, Rect)> {
    let cols = |hint: &Hint| text::width(&hint.key) + 1 + text::width(&hint.word) + 2;
    let mut places = Vec::new();
    let Some((last, rest)) = hints.split_last() else { return places };
    // Two blanks follow every hint but the last.
    let mut room = (usize::from(area.width) + 2).saturating_sub(cols(last));
    let mut x = area.x;
    let fitting = rest.iter().enumerate().take_while(|(_, hint)| {
        let fits = cols(hint) <= room;
        room = room.saturating_sub(cols(hint));
        fits
    });
    for (i, hint) in fitting.chain([(rest.len(), last)]) {
        if usize::from(area.right().saturating_sub(x)) + 2 < cols(hint) {
            return places;
        }
        let from = x;
        x = text::put(buf, x, area.y, &hint.key, 20, look.theme.style(Role::Key));
        x = text::put(buf, x + 1, area.y, &hint.word, 20, look.theme.style(Role::Text)) + 2;
        places.push((i, Rect { x: from, width: x - 2 - from, height: 1, ..area }));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    #[test]
    fn whole_hints_only_and_help_comes_with_them() {
        let hint = |key: &str, word: &'static str| Hint { key: key.to_owned(), word: word.into() };
        let hints = [hint("空格", "记走访"), hint("v", "选多家"), hint("/", "查找"), hint("?", "帮助")];
        let shown = |cols| {
            let area = Rect::new(0, 0, cols, 1);
            let mut buf = Buffer::empty(area);
            draw(&mut buf, area, Look::new(true, true), &hints);
            line(&buf, 0)
        };
        assert_eq!(shown(60), "空格 记走访  v 选多家  / 查找  ? 帮助");
        assert_eq!(shown(30), "空格 记走访  v 选多家  ? 帮助");
        assert_eq!(shown(21), "空格 记走访  ? 帮助");
        assert_eq!(shown(7), "? 帮助");
        assert_eq!(shown(5), "");
    }
}
