//! Forms: fields one below the other, the last of them the button that saves.
//!
//! All forms are one screen, [`Form`]: how fields are typed into, completed, checked, kept as drafts and drawn exists
//! once, here. What one kind of form is (its fields, what it records) is a [`Sheet`].
mod begin;
mod choice;
mod day;
mod days;
mod draw;
mod entry;
mod items;
mod judge;
mod mouse;
mod offer;
mod roster;
mod slot;
mod update;
mod view;

use ratatui::layout::Rect;

use self::offer::Offers;
pub(super) use self::{
    day::Day,
    entry::Entry,
    items::Items,
    judge::{Fault, Verdict},
    offer::{Source, unit_called},
    roster::Roster,
    slot::{Slot, Slots},
};
use super::Canvas;
use crate::{
    app::{Desk, Draft},
    grid::{
        decide::{Intent, Refusal},
        fact::{Fact, FactId},
        org::NodeIx,
    },
    ui::Role,
};

/// How many columns a note is wrapped to.
pub(super) const NOTE_COLS: u16 = 54;

/// The day of the record.
pub(super) const ON: &str = "@on";
/// The unit that it is about.
pub(super) const UNIT: &str = "@unit";
/// Why it is entered only after its month; asked where the day makes it late.
pub(super) const LATE: &str = "@late";

/// What one kind of form is.
pub(super) trait Sheet {
    /// The name in drafts and in what is remembered: `visit`, `training`, a record form's id.
    fn id(&self) -> &str;

    /// What the form is called, on its frame and among the drafts.
    fn title(&self, desk: &Desk, corrects: bool) -> String;

    /// What stands above the fields.
    fn head(&self, _: &Desk) -> Vec<String> {
        Vec::new()
    }

    /// The key of the field that tells one draft from others.
    fn gist(&self) -> &str;

    /// The node that it is about.
    fn node(&self, desk: &Desk) -> NodeIx;

    /// What a draft needs beside the fields: node, units, what it answers.
    fn draft(&self, desk: &Desk) -> Draft;

    /// Lets fields follow others.
    fn follow(&mut self, _: &Desk, _: &mut Slots) {}

    /// What would be recorded, as far as it can be read, and what is wrong field by field.
    fn read(
        &self,
        desk: &Desk,
        slots: &Slots,
        on: chrono::NaiveDate,
        amends: Option<&Fact>,
    ) -> (Option<Intent>, Vec<Fault>);

    /// What may be a mistake though it can be recorded; none where nothing looks like one.
    fn doubt(&self, _: &Desk, _: &Slots, _: chrono::NaiveDate, _amends: Option<&Fact>) -> Option<String> {
        None
    }

    /// The field that a refusal is about, beyond those that all forms have.
    fn spot(&self, _: &Refusal) -> Option<String> {
        None
    }
}

/// A form being filled in.
pub(super) struct Form<S> {
    sheet: S,
    slots: Slots,
    /// The field under the cursor, by its place; behind the last one, the button.
    at: usize,
    offers: Offers,
    verdict: Verdict,
    /// The record that it corrects.
    amends: Option<Box<Fact>>,
    /// The one that it corrects and that is still to be read.
    awaited: Option<FactId>,
    /// Its number among the drafts.
    number: u32,
    /// What it held at first.
    begun: Draft,
    /// Whether that was taken up from a draft.
    is_resumed: bool,
    /// Somebody tried to save it, or it was taken up again: what is missing is said everywhere.
    strict: bool,
    /// It was sent to be recorded and there is no answer yet.
    sent: bool,
    /// The first row of the fields that is seen.
    top: u16,
    /// Where the fields were drawn last, for the mouse: the cells of all of them, and of each its place, its first row
    /// and its rows.
    body: Rect,
    places: Vec<(usize, u16, u16)>,
    /// Where the offers were drawn.
    offered: Rect,
    /// The most rows that it took: it does not shrink while somebody types.
    tall: u16,
}

/// Draws a field's label in `cols` columns, marked when the cursor is `here`; returns the cells after it.
pub(super) fn label(canvas: &mut Canvas<'_>, inner: Rect, y: u16, word: &str, cols: u16, here: bool) -> Rect {
    let mark = if here { canvas.look.glyphs.cursor } else { " " };
    canvas.put(inner, inner.x, y, mark, Role::Title);
    canvas.put(inner, inner.x + 2, y, word, if here { Role::Title } else { Role::Label });
    Rect { x: inner.x + 2 + cols, y, width: inner.width.saturating_sub(2 + cols), height: 1 }
}
