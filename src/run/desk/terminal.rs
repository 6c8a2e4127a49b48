//! The session's dealings with its terminal: frames, what it answers, stopping and going on.
use std::time::Duration;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{End, RunError, Session, after};
use crate::{
    screen,
    term::{self, Event, Found, Probe, keymap::Way},
    ui::{
        text::Ambiguous,
        which::{self, Next},
    },
    words::t,
};

impl Session {
    /// Draws a frame if anything changed and the terminal has shown the one before: one write.
    pub(super) fn draw(&mut self) -> Result<(), RunError> {
        if !self.dirty {
            return Ok(());
        }
        let now = after(Duration::ZERO);
        if self.pace.until(now).is_some() {
            return Ok(());
        }
        let (cols, rows) = term::size();
        let mut buf = Buffer::empty(Rect::new(0, 0, cols, rows));
        self.shown = screen::draw(&mut self.app, &mut buf, self.look, &**self.keyboard.map());
        if !self.ways.is_empty() {
            let next: Vec<Next> = self.ways.iter().map(next).collect();
            which::draw(&mut buf, self.look, &self.pending.label(), &next);
        }
        // What hangs on the cursor follows when the keys rest (`Shown::later`).
        let gathered = self.pace.take_gathered();
        let later = self.shown.later.filter(|_| gathered);
        self.dirty = later.is_some_and(|later| self.painter.keep(&mut buf, later));
        let mut bytes = self.painter.paint(&buf, self.shown.cursor);
        if bytes.is_empty() {
            // No answer will come that brings the rest.
            return self.draw();
        }
        bytes.extend_from_slice(self.pace.sends(now));
        term::send(&bytes)?;
        Ok(())
    }

    /// Takes what was told about the terminal's widths, or asks the terminal.
    pub(super) fn measure(&mut self, told: Option<Ambiguous>) -> Result<(), RunError> {
        match told {
            Some(ambiguous) => ambiguous.hold(),
            None => {
                term::send(Probe::BYTES)?;
                self.probe = Some(Probe::sent(after(Duration::ZERO)));
            }
        }
        Ok(())
    }

    /// Goes by what the terminal said about its widths.
    pub(super) fn measured(&mut self, found: Found) -> Option<End> {
        match found {
            Found::Narrow => None,
            Found::Wide => {
                Ambiguous::Wide.hold();
                self.painter.repaint();
                self.dirty = true;
                None
            }
            Found::NotUtf8(cells) => Some(End::NotUtf8(cells)),
        }
    }

    /// Stops until the shell lets the desk go on; what is half typed is on disk meanwhile.
    pub(super) fn suspend(&mut self) -> Result<Option<End>, RunError> {
        self.drafts.flush();
        if let Some(end) = self.hear_answers()? {
            return Ok(Some(end));
        }
        self.guard.suspend(&mut self.input)?;
        self.painter.repaint();
        self.dirty = true;
        Ok(None)
    }

    /// Takes in the answers that are out, so that the shell does not take them for typed text. Keys that come meanwhile
    /// were typed to a desk that is leaving.
    pub(super) fn hear_answers(&mut self) -> Result<Option<End>, RunError> {
        while let Some(until) = self.pace.answer_due().max(self.probe.as_ref().map(Probe::answer_due)) {
            match self.input.next(Some(until))? {
                Event::Deadline => break,
                Event::Key(_) | Event::Paste(_) | Event::Stop => {}
                event => {
                    if let Some(end) = self.take(event)? {
                        return Ok(Some(end));
                    }
                }
            }
        }
        Ok(None)
    }
}

/// A key that goes on, as it is shown.
fn next(way: &Way) -> Next {
    let word = match way.leads_to {
        1 => way.command.row().name().into_owned(),
        n => t!("which.more", n = n).into_owned(),
    };
    Next { key: way.key.label(), word }
}
