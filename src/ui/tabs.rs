//! The line of tabs.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::ui::{Look, Role, text};

/// Draws `titles` in one line; the active one is bold and underlined between brackets, and always visible. Returns where
/// each stands that was drawn, by its place in `titles`.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, titles: &[&str], active: usize) -> Vec<(usize, Rect)> {
    let wide = |i: usize| text::width(titles[i]) + 2;
    let mut first = 0;
    while first < active
        && (first..=active.min(titles.len().saturating_sub(1))).map(wide).sum::<usize>() > area.width.into()
    {
        first += 1;
    }
    let mut places = Vec::new();
    let mut x = area.x;
    for (i, title) in titles.iter().enumerate().skip(first) {
        let room = usize::from(area.right().saturating_sub(x));
        if room < wide(i) && i != active {
            break;
        }
        let style = look.theme.style(if i == active { Role::Tab } else { Role::Text });
        let (open, close) = if i == active { ("[", "]") } else { (" ", " ") };
        let from = x;
        x = text::put(buf, x, area.y, open, 1, look.theme.style(Role::Text));
        x = text::put_fit(buf, x, area.y, title, room.saturating_sub(2), style);
        x = text::put(buf, x, area.y, close, 1, look.theme.style(Role::Text));
        places.push((i, Rect { x: from, width: x - from, height: 1, ..area }));
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    fn shown(cols: u16, active: usize) -> String {
        let area = Rect::new(0, 0, cols, 1);
        let mut buf = Buffer::empty(area);
        draw(&mut buf, area, Look::new(true, true), &["职责", "走访", "培训", "统计之家"], active);
        line(&buf, 0)
    }

    #[test]
    fn the_active_tab_is_bracketed_and_always_in_sight() {
        assert_eq!(shown(40, 1), " 职责 [走访] 培训  统计之家");
        assert_eq!(shown(14, 0), "[职责] 走访");
        assert_eq!(shown(14, 3), "[统计之家]");
        assert_eq!(shown(7, 3), "[统..]");
    }
}
