//! Who reads what is exported, on which day, and which phone numbers they may see whole.
use chrono::NaiveDate;

use super::scope::{masked, masked_in};
use crate::grid::{
    decide::{
        Actor,
        rights::{Right, has},
    },
    org::NodeIx,
    state::State,
};

/// The viewer of a list.
#[derive(Clone, Copy, Debug)]
pub struct Viewer<'a> {
    /// Everything that happened.
    pub state: &'a State,
    /// The county's day.
    pub today: NaiveDate,
    /// Whether whole phone numbers are shown.
    pub phones: bool,
}

impl<'a> Viewer<'a> {
    /// Somebody who reads what lies at a node and below it. Whole phone numbers are for those who administer there.
    pub fn new(state: &'a State, node: NodeIx, actor: &Actor) -> Viewer<'a> {
        Viewer { state, today: actor.today, phones: has(state, actor, node, Right::Administer).is_ok() }
    }

    /// A phone number as this viewer may see it.
    pub fn phone(&self, phone: &str) -> String {
        if self.phones { phone.to_owned() } else { masked(phone) }
    }

    /// Text that somebody wrote, with the phone numbers in it as this viewer may see them.
    pub fn prose(&self, text: &str) -> String {
        if self.phones { text.to_owned() } else { masked_in(text) }
    }
}
