//! The session's dealings with its terminal: frames, what it answers, stopping and going on.
use std::time::Duration;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{End, KeysOf, RunError, Session, after};
use crate::{
    screen,
    term::{self, Event, Found, Probe},
    ui::text::Ambiguous,
};

impl Session {
    /// Draws a frame if anything changed and the terminal has shown the one before: one write.
    pub(super) fn draw(&mut self) -> Result<(), RunError> {
        let now = after(Duration::ZERO);
        if !self.dirty || self.pace.until(now).is_some() {
            return Ok(());
        }
        self.dirty = false;
        let (cols, rows) = term::size();
        let mut buf = Buffer::empty(Rect::new(0, 0, cols, rows));
        let cursor = screen::draw(&mut self.app, &mut buf, self.look, &KeysOf(&self.keymap));
        let mut bytes = self.painter.paint(&buf, cursor);
        if !bytes.is_empty() {
            bytes.extend_from_slice(self.pace.sends(now));
            term::send(&bytes)?;
        }
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
