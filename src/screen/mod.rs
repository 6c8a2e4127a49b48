//! The screens: one folder each with its state, its update and its view; screens never import each other.
//!
//! To add one: a folder, and a line in [`open`].
mod board;
mod calendar;
mod canvas;
mod choose;
mod desk;
mod discard;
mod find;
mod form;
mod frame;
mod help;
mod history;
mod lookup;
mod milestone;
mod narrow;
mod palette;
mod place;
mod plan;
mod record;
mod records;
mod regroup;
mod session;
mod timeline;
mod visit;

pub use canvas::{Canvas, View};

pub use crate::app::Keys;
use ratatui::buffer::Buffer;

use crate::{
    app::{App, COMMANDS, Desk, Draft, Route},
    ui::{Look, small},
};

/// The screen of a route.
pub fn open(route: &Route, desk: &Desk) -> Box<dyn View> {
    match route {
        Route::Desk => Box::new(desk::DeskScreen::new(desk)),
        Route::Board(grid) => Box::new(board::Board::new(desk, *grid)),
        Route::Visit { units, amends } => Box::new(visit::VisitForm::new(desk, units, amends.as_deref())),
        Route::Session { grid, kind } => Box::new(session::SessionForm::new(desk, *grid, *kind)),
        Route::Choose { at, of } => Box::new(choose::Choose::new(desk, *at, *of)),
        Route::Fill(fill) => Box::new(record::RecordForm::new(desk, fill)),
        Route::History(about) => Box::new(history::History::new(desk, *about)),
        Route::Place(units) => Box::new(place::Place::new(desk, units.clone())),
        Route::Plan(town) => Box::new(plan::PlanScreen::new(desk, *town)),
        Route::Regroup { node, units } => Box::new(regroup::Regrouping::new(desk, *node, units.clone())),
        Route::Calendar { node, pick } => Box::new(calendar::CalendarScreen::new(desk, *node, *pick)),
        Route::Timeline => Box::new(timeline::Timeline::new(desk)),
        Route::Milestone { duty, period } => Box::new(milestone::Milestone::new(desk, *duty, *period)),
        Route::Help(here) => Box::new(help::Help::new(here.clone())),
        Route::Palette(here) => Box::new(palette::Palette::new(here.clone())),
        Route::Resume(draft @ Draft::Visit { .. }) => Box::new(visit::VisitForm::resume(desk, draft)),
        Route::Resume(draft @ Draft::Session { .. }) => Box::new(session::SessionForm::resume(desk, draft)),
        Route::Resume(draft @ Draft::Filled { .. }) => Box::new(record::RecordForm::resume(desk, draft)),
        Route::Discard => Box::new(discard::Discard),
    }
}

/// Draws all screens that can be seen; returns where the hardware cursor stands (rule 7).
pub fn draw(app: &mut App<dyn View>, buf: &mut Buffer, look: Look, keys: &dyn Keys) -> Option<(u16, u16)> {
    if !small::fits(buf.area) {
        small::draw(buf);
        return None;
    }
    let (desk, screens) = app.parts();
    let lowest = screens.iter().rposition(|screen| !screen.is_popup()).unwrap_or(0);
    let mut cursor = None;
    for screen in &mut screens[lowest..] {
        let refused = COMMANDS.iter().map(|row| row.command).filter(|command| screen.refuses(*command, desk).is_some());
        let refused = refused.collect();
        let mut canvas = Canvas { area: buf.area, buf, look, desk, keys, refused, cursor: None };
        screen.draw(&mut canvas);
        cursor = canvas.cursor;
    }
    cursor
}
