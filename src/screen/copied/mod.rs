//! Text for the upper platform: the terminal was asked to copy it, and nobody can know whether it did. So the text stands
//! here as well, without a frame beside it, to be selected with the mouse.
use ratatui::layout::Rect;

use crate::{
    app::{Action, Command, Context, Desk, Event, Screen},
    screen::{Canvas, View, frame, refuse::unless_known},
    ui::{Role, popup, text},
    words::t,
};

pub(super) struct Copied {
    text: String,
    multiplexed: bool,
    /// The first line that is shown.
    top: usize,
    /// How many lines there are, and how many are shown.
    lines: (usize, usize),
}

impl Copied {
    pub(super) fn new(text: &str, multiplexed: bool) -> Copied {
        Copied { text: text.to_owned(), multiplexed, top: 0, lines: (0, 1) }
    }

    fn scroll(&mut self, rows: isize) {
        let last = self.lines.0.saturating_sub(self.lines.1);
        self.top = self.top.saturating_add_signed(rows).min(last);
    }

    /// What became of it, as far as anybody can say, and what to do where it did not work.
    fn advice(&self, desk: &Desk) -> Vec<String> {
        let mut out = vec![t!("copied.asked").into_owned()];
        if self.multiplexed {
            out.push(t!("copied.tmux").into_owned());
        }
        out.push(if desk.settings.now.mouse { t!("copied.shift") } else { t!("copied.select") }.into_owned());
        out
    }
}

impl Screen for Copied {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        unless_known(command, &[Command::Left])
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match event {
            Event::Command(Command::Back | Command::Left) => return vec![Action::Close],
            Event::Command(Command::Up) => self.scroll(-1),
            Event::Command(Command::Down) => self.scroll(1),
            Event::Command(Command::PageUp) => self.scroll(-10),
            Event::Command(Command::PageDown) => self.scroll(10),
            Event::Command(Command::Home) => self.top = 0,
            Event::Command(Command::End) => self.scroll(isize::MAX / 2),
            _ => {}
        }
        Vec::new()
    }
}

impl View for Copied {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = canvas.area;
        popup::clear(canvas.buf, area);
        canvas.put(area, area.x, area.y, &t!("copied.title"), Role::Title);
        let width = usize::from(area.width);
        let advice = self.advice(canvas.desk);
        let advice: Vec<String> = advice.iter().flat_map(|line| text::wrap(line, width)).collect();
        let foot = advice.len() as u16 + 1;
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(foot + 3), ..area };
        let lines: Vec<String> = self.text.lines().flat_map(|line| text::wrap(line, width)).collect();
        self.lines = (lines.len(), usize::from(body.height));
        self.scroll(0);
        for (y, line) in (body.y..body.bottom()).zip(&lines[self.top..]) {
            canvas.put(body, body.x, y, line, Role::Text);
        }
        for (y, line) in (body.bottom() + 1..).zip(&advice) {
            canvas.put(area, area.x, y, line, Role::Dim);
        }
        let line = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
        frame::keys(canvas, line, Context::List, &[Command::Back, Command::PageDown]);
    }
}
