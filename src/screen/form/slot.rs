//! The fields of a form, with what is said about them.
use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Entry, ON, Source};
use crate::{
    app::Desk,
    grid::fact::{Attendance, AttendanceMark},
};

/// One field.
pub(in crate::screen) struct Slot {
    /// The key in drafts.
    pub key: &'static str,
    /// What people call it.
    pub label: Cow<'static, str>,
    /// How it is filled in.
    pub help: Cow<'static, str>,
    /// What it holds.
    pub entry: Entry,
    /// What is offered while somebody types.
    pub source: Source,
    /// Whether it must be filled in.
    pub wanted: bool,
    /// Whether it is not asked for as things are.
    pub hidden: bool,
    /// The cursor was there and has left it.
    pub(super) seen: bool,
}

impl Slot {
    /// A field that may stay empty and completes nothing.
    pub(in crate::screen) fn new(key: &'static str, label: impl Into<Cow<'static, str>>, entry: Entry) -> Slot {
        Slot {
            key,
            label: label.into(),
            help: Cow::Borrowed(""),
            entry,
            source: Source::Nothing,
            wanted: false,
            hidden: false,
            seen: false,
        }
    }

    /// With how it is filled in.
    pub(in crate::screen) fn help(self, help: impl Into<Cow<'static, str>>) -> Slot {
        Slot { help: help.into(), ..self }
    }

    /// With what is offered while somebody types.
    pub(in crate::screen) fn offers(self, source: Source) -> Slot {
        Slot { source, ..self }
    }

    /// As a field that must be filled in.
    pub(in crate::screen) fn wanted(self) -> Slot {
        Slot { wanted: true, ..self }
    }
}

/// The fields from the top.
pub(in crate::screen) struct Slots(pub(super) Vec<Slot>);

impl Slots {
    /// The field with this key.
    pub(in crate::screen) fn get(&self, key: &str) -> Option<&Slot> {
        self.0.iter().find(|slot| slot.key == key)
    }

    /// The field with this key.
    pub(in crate::screen) fn get_mut(&mut self, key: &str) -> Option<&mut Slot> {
        self.0.iter_mut().find(|slot| slot.key == key)
    }

    /// What is typed into the field with this key, without blanks around it; empty where there is no such field.
    pub(in crate::screen) fn typed(&self, key: &str) -> String {
        self.get(key).map_or(String::new(), |slot| slot.entry.typed().trim().to_owned())
    }

    /// The day in a field; none where nothing is typed or it can't be read.
    pub(in crate::screen) fn day(&self, key: &str, today: NaiveDate) -> Option<NaiveDate> {
        let Entry::Day(day) = &self.get(key)?.entry else { return None };
        day.read(self.base(day.from, today))
    }

    /// The day from which the days of a field are seen.
    pub(super) fn base(&self, from: Option<&'static str>, today: NaiveDate) -> NaiveDate {
        from.and_then(|from| self.day(from, today)).unwrap_or(today)
    }

    /// The day of the record.
    pub(in crate::screen) fn on(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.day(ON, today)
    }

    /// Who took part, and how, where the form has a roster.
    pub(in crate::screen) fn attendance(&self, desk: &Desk) -> Vec<Attendance> {
        let rosters = self.0.iter().filter_map(|slot| match &slot.entry {
            Entry::Roster(roster) => Some(roster.lines(desk)),
            _ => None,
        });
        rosters.flatten().collect()
    }

    /// Fills fields in by their keys, and the roster.
    pub(in crate::screen) fn fill<'v>(
        &mut self,
        desk: &Desk,
        values: impl IntoIterator<Item = (&'v str, &'v str)>,
        attendance: &[(String, AttendanceMark)],
    ) {
        for (key, text) in values {
            if let Some(slot) = self.get_mut(key) {
                slot.entry.set(text);
            }
        }
        for slot in self.0.iter_mut().filter(|_| !attendance.is_empty()) {
            if let Entry::Roster(roster) = &mut slot.entry {
                roster.set(desk, attendance);
            }
        }
    }
}
