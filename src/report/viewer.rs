//! Who reads what is exported, on which day, and which phone numbers they may see whole.
use chrono::NaiveDate;
use serde_json::Value;

use super::{
    Cell,
    scope::{masked, masked_in},
};
use crate::grid::{
    decide::{
        Actor,
        rights::{Right, has},
    },
    org::NodeIx,
    state::State,
};

/// The column whose cells are phone numbers.
pub const PHONE: &str = "phone";

/// The columns whose cells are codes and ids: digits in them are no phone numbers.
const NAMES: [&str; 4] = ["code", "device", "fact", "login"];

/// Keys of objects whose texts are codes: digits in them are no phone numbers.
const CODES: [&str; 2] = ["code", "key"];

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

    /// Somebody who reads what lies at any of these nodes and below them: whole phone numbers are for those who administer
    /// at all of them.
    pub fn of_all(state: &'a State, nodes: &[NodeIx], actor: &Actor) -> Viewer<'a> {
        let phones = nodes.iter().all(|node| Viewer::new(state, *node, actor).phones);
        Viewer { state, today: actor.today, phones: phones && (actor.owner || !nodes.is_empty()) }
    }

    /// A phone number as this viewer may see it.
    pub fn phone(&self, phone: &str) -> String {
        if self.phones { phone.to_owned() } else { masked(phone) }
    }

    /// Text that somebody wrote, with the phone numbers in it as this viewer may see them.
    pub fn prose(&self, text: &str) -> String {
        if self.phones { text.to_owned() } else { masked_in(text) }
    }

    /// A cell of the column with this id, with the phone numbers in it as this viewer may see them.
    pub fn cell(&self, column: &str, cell: Cell) -> Cell {
        match cell {
            Cell::Text(text) if column == PHONE => Cell::text(self.phone(&text)),
            Cell::Text(text) if !NAMES.contains(&column) => Cell::text(self.prose(&text)),
            cell => cell,
        }
    }

    /// An object for scripts, with the phone numbers in its texts as this viewer may see them. Its keys, numbers, codes and
    /// ids are what they are.
    pub fn object(&self, value: Value) -> Value {
        if self.phones { value } else { self.part("", value) }
    }

    fn part(&self, key: &str, value: Value) -> Value {
        match value {
            Value::String(text) if key == PHONE => Value::String(masked(&text)),
            Value::String(text) if !CODES.contains(&key) => Value::String(masked_in(&text)),
            Value::Array(parts) => Value::Array(parts.into_iter().map(|part| self.part(key, part)).collect()),
            Value::Object(parts) => {
                let parts = parts.into_iter().map(|(key, part)| {
                    let part = self.part(&key, part);
                    (key, part)
                });
                Value::Object(parts.collect())
            }
            other => other,
        }
    }
}
