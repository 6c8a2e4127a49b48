//! A command in one row: its name, its keys, and what it does or why it can't run.
use std::{borrow::Cow, ops::Range};

use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};

use crate::ui::{Look, Role, text};

/// The columns of names: ten, and a blank.
const NAME: u16 = 11;

/// What a row tells.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The command's name.
    pub name: Cow<'a, str>,
    /// What its keys are called.
    pub keys: &'a [String],
    /// What it does, or why it can't run.
    pub told: Cow<'a, str>,
    /// Whether it can't run.
    pub refused: bool,
    /// What was looked for.
    pub mark: Mark,
}

/// Which part of a row was looked for, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// None.
    Nothing,
    /// The key of that place.
    Key(usize),
    /// Parts of the name.
    Name(Vec<Range<usize>>),
    /// Parts of what is told.
    Told(Vec<Range<usize>>),
}

/// Draws the name, then keys in `keys` columns, then what is told; returns the columns of the name.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, row: &Row<'_>, keys: u16) -> u16 {
    name(buf, area, look, row);
    let x = area.x + NAME;
    labels(buf, Rect { x, width: keys.min(area.right().saturating_sub(x)), ..area }, look, row);
    told(buf, area, area.x + NAME + keys + 1, look, row);
    text::width(&row.name).min(usize::from(NAME)) as u16
}

/// Draws keys in `keys` columns, then the name, then what is told.
pub fn draw_keys_first(buf: &mut Buffer, area: Rect, look: Look, row: &Row<'_>, keys: u16) {
    labels(buf, Rect { width: keys.min(area.width), ..area }, look, row);
    let x = area.x + keys + 1;
    name(buf, Rect { x, width: area.right().saturating_sub(x), ..area }, look, row);
    told(buf, area, x + NAME, look, row);
}

fn name(buf: &mut Buffer, area: Rect, look: Look, row: &Row<'_>) {
    let role = if row.refused { Role::Dim } else { Role::Text };
    let spans = if let Mark::Name(spans) = &row.mark { &spans[..] } else { &[] };
    put(buf, Rect { width: area.width.min(NAME - 1), ..area }, look, &row.name, role, spans);
}

fn told(buf: &mut Buffer, area: Rect, x: u16, look: Look, row: &Row<'_>) {
    let spans = if let Mark::Told(spans) = &row.mark { &spans[..] } else { &[] };
    put(buf, Rect { x, width: area.right().saturating_sub(x), ..area }, look, &row.told, Role::Dim, spans);
}

/// As many whole keys as there is room for; the one that was looked for comes first.
fn labels(buf: &mut Buffer, area: Rect, look: Look, row: &Row<'_>) {
    let looked = if let Mark::Key(at) = row.mark { Some(at) } else { None };
    let mut order: Vec<usize> = (0..row.keys.len()).collect();
    order.sort_by_key(|at| Some(*at) != looked);
    let mut x = area.x;
    for at in order {
        let cells = Rect { x, width: area.right().saturating_sub(x), ..area };
        let label = &row.keys[at];
        if x > area.x && text::width(label) > usize::from(cells.width) {
            return;
        }
        let role = if row.refused { Role::Dim } else { Role::Key };
        let whole = std::iter::once(0..label.len()).collect::<Vec<_>>();
        x = put(buf, cells, look, label, role, if looked == Some(at) { &whole } else { &[] }) + 1;
    }
}

/// Puts text, with what was looked for underlined; returns the column after it.
fn put(buf: &mut Buffer, area: Rect, look: Look, what: &str, role: Role, spans: &[Range<usize>]) -> u16 {
    if area.width == 0 {
        return area.x;
    }
    let end = text::put_fit(buf, area.x, area.y, what, area.width.into(), look.theme.style(role));
    let style = look.theme.style(Role::Key).add_modifier(Modifier::UNDERLINED).remove_modifier(Modifier::DIM);
    let parts = |span: &Range<usize>| Some((what.get(..span.start)?, what.get(span.clone())?));
    for (before, found) in spans.iter().filter_map(parts) {
        let x = area.x + (text::width(before) as u16).min(area.width);
        let width = (text::width(found) as u16).min(area.right() - x);
        buf.set_style(Rect { x, width, ..area }, style);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    fn parts(one: Range<usize>) -> Vec<Range<usize>> {
        std::iter::once(one).collect()
    }

    fn shown(keys: &[&str], mark: Mark, keys_first: bool, cols: u16) -> (String, String) {
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        let row =
            Row { name: "记走访".into(), keys: &keys, told: "记今天走访。".into(), refused: false, mark };
        let area = Rect::new(0, 0, cols, 1);
        let mut buf = Buffer::empty(area);
        let look = Look::new(true, true);
        if keys_first {
            draw_keys_first(&mut buf, area, look, &row, 10);
        } else {
            assert_eq!(draw(&mut buf, area, look, &row, 10), 6);
        }
        let under = |x: &u16| buf[(*x, 0)].modifier.contains(Modifier::UNDERLINED);
        let marked: String = (0..cols).filter(under).map(|x| buf[(x, 0)].symbol().to_owned()).collect();
        (line(&buf, 0), marked.replace(' ', ""))
    }

    #[test]
    fn name_keys_and_what_is_told_stand_in_columns() {
        assert_eq!(shown(&["空格"], Mark::Nothing, false, 40).0, "记走访     空格       记今天走访。");
        assert_eq!(shown(&["空格"], Mark::Nothing, true, 40).0, "空格       记走访     记今天走访。");
        assert_eq!(shown(&["空格"], Mark::Nothing, false, 30).0, "记走访     空格       记今天..");
    }

    #[test]
    fn keys_are_whole_and_the_one_that_was_looked_for_comes_first() {
        let keys = ["空格", "F12", "Ctrl-Del"];
        assert!(shown(&keys, Mark::Nothing, false, 40).0.contains("空格 F12   记"));
        let (line, marked) = shown(&keys, Mark::Key(2), false, 40);
        assert!(line.contains("Ctrl-Del   记"), "{line}");
        assert_eq!(marked, "Ctrl-Del");
    }

    #[test]
    fn what_was_found_is_underlined_wherever_it_is() {
        assert_eq!(shown(&[], Mark::Name(parts(3..9)), false, 40).1, "走访");
        assert_eq!(shown(&[], Mark::Told(parts(3..9)), false, 40).1, "今天");
        // Cut off, it is underlined as far as it can be seen.
        assert_eq!(shown(&[], Mark::Told(parts(0..18)), false, 26).1.chars().next(), Some('记'));
    }
}
