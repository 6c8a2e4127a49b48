//! Who may come in: logins and devices as they stand, in whatever order the facts come.
use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use crate::grid::fact::{Account, Enrolled, Fact, FactId, WriterId};

/// When something was said, so that the last word counts on every replica.
type Said = (i64, FactId);

/// Logins and devices.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Access {
    #[n(0)]
    logins: BTreeMap<String, Login>,
    #[n(1)]
    devices: BTreeMap<WriterId, Device>,
}

#[derive(Clone, Debug, PartialEq, Encode, Decode)]
struct Login {
    /// None where it is closed.
    #[n(0)]
    person: Option<String>,
    #[n(1)]
    said: Said,
}

/// A device that may write for somebody.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
pub struct Device {
    /// Whose it is, by id.
    #[n(0)]
    pub person: String,
    /// Its public key, ed25519.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// What people call it.
    #[n(2)]
    pub name: String,
    #[n(3)]
    said: Said,
    /// The device whose window it is, where it is one.
    #[n(4)]
    of: Option<WriterId>,
}

impl Device {
    /// The device whose window it is, where it is one.
    pub fn of(&self) -> Option<WriterId> {
        self.of
    }
}

impl Access {
    pub(super) fn account(&mut self, fact: &Fact, person: &str, account: &Account) {
        let said = (fact.recorded_ms, fact.id);
        let person = (!account.closed).then(|| person.to_owned());
        let login = Login { person, said };
        let held = self.logins.entry(account.login.clone()).or_insert_with(|| login.clone());
        if held.said < said {
            *held = login;
        }
    }

    pub(super) fn enroll(&mut self, fact: &Fact, person: &str, enrolled: &Enrolled) {
        let said = (fact.recorded_ms, fact.id);
        let of = enrolled.vouched();
        // Nobody says of somebody else's key that it is a window, nor a device without being asked.
        if enrolled.window.is_some() && (of.is_none() || fact.id.writer != enrolled.writer()) {
            return;
        }
        let device = Device { person: person.to_owned(), key: enrolled.key, name: enrolled.name.clone(), said, of };
        let held = self.devices.entry(enrolled.writer()).or_insert_with(|| device.clone());
        if held.said < said {
            *held = device;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.logins.is_empty() && self.devices.is_empty()
    }

    pub(super) fn person_of(&self, login: &str) -> Option<&str> {
        self.logins.get(login)?.person.as_deref()
    }

    pub(super) fn logins(&self) -> impl Iterator<Item = (&str, &str)> {
        self.logins.iter().filter_map(|(name, login)| Some((name.as_str(), login.person.as_deref()?)))
    }

    pub(super) fn device(&self, writer: WriterId) -> Option<&Device> {
        self.devices.get(&writer).filter(|device| self.stands(device))
    }

    pub(super) fn devices(&self) -> impl Iterator<Item = (WriterId, &Device)> {
        let all = self.devices.iter().filter(|(_, device)| self.stands(device));
        all.map(|(writer, device)| (*writer, device))
    }

    /// A window is its device's person's, in whatever order both were told.
    fn stands(&self, device: &Device) -> bool {
        let Some(of) = device.of else { return true };
        self.devices.get(&of).is_some_and(|first| first.of.is_none() && first.person == device.person)
    }
}
