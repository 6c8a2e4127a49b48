//! The help: every command that has a key, those that work here first.
use crate::{
    app::{Act, Action, Command, Context, Desk, Event, Screen},
    screen::{Canvas, View, frame},
    ui::{
        help::{self, Line},
        popup,
    },
};

/// The help over another screen.
#[derive(Default)]
pub(super) struct Help {
    top: usize,
    /// How many lines there were, and how many were shown, when it was last drawn.
    drawn: (usize, usize),
}

impl Screen for Help {
    fn context(&self) -> Context {
        Context::Help
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        let (lines, shown) = self.drawn;
        let last = lines.saturating_sub(shown);
        if let Event::Point(pointer) = event {
            match pointer.act {
                Act::WheelDown => self.top = (self.top + 3).min(last),
                Act::WheelUp => self.top = self.top.saturating_sub(3),
                Act::Click => {}
            }
        }
        if let Event::Command(command) = event {
            match command {
                Command::Up => self.top = self.top.saturating_sub(1),
                Command::Down => self.top = (self.top + 1).min(last),
                Command::PageUp => self.top = self.top.saturating_sub(shown),
                Command::PageDown => self.top = (self.top + shown).min(last),
                Command::Home => self.top = 0,
                Command::End => self.top = last,
                Command::Back | Command::Help | Command::Open => return vec![Action::Close],
                Command::Quit => return vec![Action::Quit],
                _ => {}
            }
        }
        Vec::new()
    }
}

impl View for Help {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let here = canvas.below.unwrap_or(Context::Desk);
        let lines: Vec<Line> = help::lines(here, |context, row| canvas.keys.labels(context, row.command).join(" "));
        let area = popup::centered(canvas.area, 76.min(canvas.area.width), canvas.area.height.saturating_sub(2));
        let inner = popup::draw(canvas.buf, area, canvas.look, "帮助：现在能用的键在前");
        let body = ratatui::layout::Rect { height: inner.height.saturating_sub(1), ..inner };
        let total = help::draw(canvas.buf, body, canvas.look, &lines, self.top);
        self.drawn = (total, body.height.into());
        let foot = ratatui::layout::Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        frame::keys(canvas, foot, Context::Help, &[Command::Down, Command::PageDown, Command::Back]);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
