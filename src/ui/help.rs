//! The help: every command with its keys, those that work here first.
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{COMMANDS, CommandRow, Context};
use crate::ui::{Look, Role, text};

/// One line of the help.
#[derive(Clone, Debug)]
pub enum Line {
    /// A heading.
    Heading(String),
    /// A command and its keys.
    Command {
        /// The keys as people call them, several separated by blanks.
        keys: String,
        /// The command.
        row: &'static CommandRow,
    },
}

/// The lines of the help for someone who asked in `here`; `keys` says which keys a command has there.
///
/// First what works here, then what works everywhere, then the rest by place. Commands without a key in a place are
/// left out there.
pub fn lines(here: Context, keys: impl Fn(Context, &CommandRow) -> String) -> Vec<Line> {
    let mut order = vec![here];
    order.extend([Context::Global].into_iter().chain(Context::ALL).filter(|c| *c != here));
    order.dedup();
    let mut out = Vec::new();
    for (i, context) in order.iter().enumerate() {
        if order[..i].contains(context) {
            continue;
        }
        let rows = COMMANDS.iter().filter(|row| row.contexts.contains(context));
        let found: Vec<Line> = rows
            .map(|row| Line::Command { keys: keys(*context, row), row })
            .filter(|line| matches!(line, Line::Command { keys, .. } if !keys.is_empty()))
            .collect();
        if !found.is_empty() {
            let heading = if i == 0 { format!("{} (现在)", context.label()) } else { context.label().to_owned() };
            out.push(Line::Heading(heading));
            out.extend(found);
        }
    }
    out
}

/// Draws the lines from `top` on; returns how many lines there are in all, for scrolling.
pub fn draw(buf: &mut Buffer, area: Rect, look: Look, lines: &[Line], top: usize) -> usize {
    let keys = lines.iter().map(|line| match line {
        Line::Command { keys, .. } => text::width(keys).min(18),
        Line::Heading(_) => 0,
    });
    let keys = keys.max().unwrap_or(0);
    for (y, line) in (area.y..area.bottom()).zip(lines.iter().skip(top)) {
        match line {
            Line::Heading(title) => {
                text::put_fit(buf, area.x, y, title, area.width.into(), look.theme.style(Role::Title));
            }
            Line::Command { keys: key, row } => {
                let cols = |x: u16| usize::from(area.right().saturating_sub(x));
                text::put_fit(buf, area.x + 1, y, key, keys.min(cols(area.x + 1)), look.theme.style(Role::Key));
                let x = area.x + keys as u16 + 3;
                text::put_fit(buf, x, y, &row.name(), cols(x), look.theme.style(Role::Text));
                text::put_fit(buf, x + 12, y, &row.help(), cols(x + 12), look.theme.style(Role::Dim));
            }
        }
    }
    lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::tests_support::line;

    #[test]
    fn keys_of_this_place_come_first_and_unbound_commands_are_left_out() {
        let keys = |context: Context, row: &CommandRow| match (context, row.id) {
            (Context::Form, "form.save") => "F2".to_owned(),
            (Context::Desk, "visit.today") => "空格".to_owned(),
            (Context::Global, "back") => "Esc".to_owned(),
            _ => String::new(),
        };
        let lines = lines(Context::Form, keys);
        let area = Rect::new(0, 0, 40, 6);
        let mut buf = Buffer::empty(area);
        assert_eq!(draw(&mut buf, area, Look::new(true, true), &lines, 0), 6);
        assert_eq!(line(&buf, 0), "表单 (现在)");
        assert_eq!(line(&buf, 1), " F2    保存        保存这张表单。");
        assert_eq!(line(&buf, 2), "到处可用");
        assert_eq!(line(&buf, 4), "案头");
        assert!(line(&buf, 5).starts_with(" 空格  记走访      给选中的"));
    }
}
