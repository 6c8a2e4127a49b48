//! The screens: one folder each with its state, its update and its view; screens never import each other.
//!
//! To add one: a folder, and a line in [`open`].
mod amend;
mod assessment;
mod batch;
mod behind;
mod board;
mod burden;
mod calendar;
mod canvas;
mod choose;
mod copied;
mod coverage;
mod desk;
mod discard;
mod drafts;
mod export;
mod filter;
mod find;
mod form;
mod frame;
mod handover;
mod held;
mod help;
mod history;
mod jump;
mod lists;
mod lookup;
mod many;
mod marks;
mod menu;
mod milestone;
mod months;
mod narrow;
mod overview;
mod palette;
mod pasting;
mod place;
mod plan;
mod recent;
mod record;
mod recorded;
mod records;
mod refuse;
mod regroup;
mod session;
mod settings;
mod timeline;
mod visit;
mod who;
mod year;

pub use canvas::{Canvas, Shown, View, Zone};
pub(crate) use held::listing as held_listing;
pub(crate) use plan::grids as planned_grids;
pub(crate) use recorded::all as all_records;
pub use recorded::subtree;
pub(crate) use records::kind_label;
pub(crate) use timeline::listing as stops_listing;

pub use crate::app::Keys;
use ratatui::{buffer::Buffer, layout::Rect};

use crate::{
    app::{App, COMMANDS, Command, Desk, Route, refusal_on},
    ui::{Look, Role, popup, small, text},
};

/// The screen of a route.
pub fn open(route: &Route, desk: &Desk) -> Box<dyn View> {
    match route {
        Route::Desk => Box::new(desk::DeskScreen::new(desk)),
        Route::Board { grid, unit } => Box::new(board::Board::new(desk, *grid, *unit)),
        Route::Visit { units, amends } => Box::new(visit::open(desk, units, amends.as_deref())),
        Route::Session { grid, kind, amends } => Box::new(session::open(desk, *grid, *kind, amends.as_deref())),
        Route::Choose { at, of } => Box::new(choose::Choose::new(desk, *at, *of)),
        Route::Fill(fill) => Box::new(record::open(desk, fill)),
        Route::History(about) => Box::new(history::History::new(desk, *about)),
        Route::Place(units) => Box::new(place::Place::new(desk, units.clone())),
        Route::Plan(town) => Box::new(plan::PlanScreen::new(desk, *town)),
        Route::Regroup { node, units } => Box::new(regroup::Regrouping::new(desk, *node, units.clone())),
        Route::Calendar { node, pick } => Box::new(calendar::CalendarScreen::new(desk, *node, *pick)),
        Route::Overview { node } => Box::new(overview::OverviewScreen::new(desk, *node)),
        Route::Behind(of) => Box::new(behind::Facts::new(desk, *of)),
        Route::Assessment { node, period } => Box::new(assessment::Assessment::new(desk, *node, *period)),
        Route::Timeline => Box::new(timeline::Timeline::new(desk)),
        Route::Milestone { duty, period } => Box::new(milestone::Milestone::new(desk, *duty, *period)),
        Route::Help(here) => Box::new(help::Help::new(here.clone())),
        Route::Palette(here) => Box::new(palette::Palette::new(here.clone())),
        Route::Jump(here) => Box::new(jump::Jump::new(here.clone())),
        Route::Lists { node, text } => Box::new(lists::Saved::new(desk, *node, text)),
        Route::ListForm { node, list, before } => Box::new(lists::ListForm::new(desk, *node, list, before.clone())),
        Route::Many(batch) => Box::new(many::Many::new(desk, batch.clone())),
        Route::Export { node, listed } => Box::new(export::Export::new(desk, *node, listed)),
        Route::Burden(node) => Box::new(burden::BurdenScreen::new(desk, *node)),
        Route::Recent => Box::new(recent::Recent::new(desk)),
        Route::Handover { node, post, from } => Box::new(handover::HandoverScreen::new(desk, *node, *post, *from)),
        Route::Held => Box::new(held::Held::new(desk)),
        Route::Year(unit) => Box::new(year::Year::new(desk, *unit)),
        Route::Settings => Box::new(settings::SettingsScreen::new(desk)),
        Route::Who => Box::new(who::Who::new(desk)),
        Route::Resume(draft) => match draft.form.as_str() {
            "visit" => Box::new(visit::resume(desk, draft)),
            "training" | "activity" => Box::new(session::resume(desk, draft)),
            _ => Box::new(record::resume(desk, draft)),
        },
        Route::Copied { text, multiplexed } => Box::new(copied::Copied::new(text, *multiplexed)),
        Route::Drafts => Box::new(drafts::Drafts::new(desk)),
        Route::Discard(draft) => Box::new(discard::Discard::new(draft.as_deref())),
    }
}

/// Draws all screens that can be seen.
pub fn draw(app: &mut App<dyn View>, buf: &mut Buffer, look: Look, keys: &dyn Keys) -> Shown {
    if !small::fits(buf.area) {
        small::draw(buf);
        return Shown::default();
    }
    let (desk, screens) = app.parts();
    let lowest = screens.iter().rposition(|screen| !screen.is_popup()).unwrap_or(0);
    let mut shown = Shown::default();
    let top = screens.len().saturating_sub(1);
    for (at, screen) in screens.iter_mut().enumerate().skip(lowest) {
        // No key means anything to what lies below.
        let is_refused = |command: &Command| at < top || refusal_on(&**screen, *command, desk).is_some();
        let refused = COMMANDS.iter().map(|row| row.command).filter(is_refused).collect();
        let (typing, zones) = (screen.takes_text(), Vec::new());
        let mut canvas =
            Canvas { area: buf.area, buf, look, desk, keys, refused, typing, cursor: None, zones, later: None };
        screen.draw(&mut canvas);
        // Only the top screen answers the mouse.
        shown = Shown { cursor: canvas.cursor, zones: canvas.zones, later: canvas.later };
    }
    guide(app, buf, look, keys, &mut shown);
    shown
}

/// Draws the tour's line over the hints at the bottom.
fn guide(app: &mut App<dyn View>, buf: &mut Buffer, look: Look, keys: &dyn Keys, shown: &mut Shown) {
    let context = app.context();
    let (desk, screens) = app.parts();
    let Some(tour) = desk.tour else { return };
    let line = Rect { y: buf.area.bottom() - 1, height: 1, ..buf.area };
    popup::clear(buf, line);
    let words = tour.line(screens.len() == 1, context, keys);
    let words = text::pad_right(&format!(" {words}"), line.width.into());
    text::put(buf, line.x, line.y, &words, line.width.into(), look.theme.style(Role::Selection));
    shown.zones.retain(|zone| zone.area.y != line.y);
}
