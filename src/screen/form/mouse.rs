//! How a form answers the mouse.
use super::{Entry, Form, Sheet};
use crate::app::{Act, Action, Pointer};

impl<S: Sheet> Form<S> {
    /// Answers the mouse: a click goes to the field, to the person on the roster, or takes what is offered.
    pub(super) fn point(&mut self, pointer: Pointer) -> Vec<Action> {
        if pointer.act == Act::Click && self.offered.contains((pointer.x, pointer.y).into()) {
            self.offers.at = Some(usize::from(pointer.y - self.offered.y));
            if let Some(slot) = self.slots.0.get_mut(self.at) {
                self.offers.take(slot, false);
            }
            return Vec::new();
        }
        if !self.body.contains((pointer.x, pointer.y).into()) {
            return Vec::new();
        }
        // The fields are drawn aside, and scrolled.
        let aside = Pointer { x: pointer.x - self.body.x, y: pointer.y - self.body.y + self.top, ..pointer };
        let on = self.places.iter().find(|(_, y, rows)| (*y..y + rows).contains(&aside.y));
        let Some((place, ..)) = on.copied() else { return Vec::new() };
        if pointer.act == Act::Click && place != self.at {
            self.go_to(place);
        }
        if let Some(Entry::Roster(roster)) = self.slots.0.get_mut(place).map(|slot| &mut slot.entry) {
            roster.point(aside);
        }
        Vec::new()
    }
}
