//! What is wrong with a form as it stands, field by field, and what it would count for.
use super::{Entry, Form, LATE, ON, Sheet, Slot, UNIT};
use crate::{
    app::Desk,
    grid::decide::{Intent, Refusal},
    words::t,
};

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::screen) struct Fault {
    /// The key of the field; none where it is about the form as a whole.
    pub at: Option<String>,
    /// What is wrong, in words.
    pub what: String,
    /// Nothing is filled in.
    pub is_missing: bool,
}

impl Fault {
    /// Something is wrong with what is filled in.
    pub(in crate::screen) fn wrong(at: &str, what: impl Into<String>) -> Fault {
        Fault { at: Some(at.to_owned()), what: what.into(), is_missing: false }
    }

    /// Nothing is filled in.
    pub(in crate::screen) fn missing(at: &str, what: impl Into<String>) -> Fault {
        Fault { is_missing: true, ..Fault::wrong(at, what) }
    }
}

/// What a form as it stands amounts to.
#[derive(Debug, Default)]
pub(in crate::screen) struct Verdict {
    /// What would be recorded, where nothing is wrong.
    pub intent: Option<Intent>,
    /// What is wrong, in the order of the fields.
    pub faults: Vec<Fault>,
    /// The names of the duties that it would count for.
    pub counts_for: Vec<String>,
    /// What may be a mistake.
    pub doubt: Option<String>,
}

impl<S: Sheet> Form<S> {
    pub(super) fn judge(&self, desk: &Desk) -> Verdict {
        let mut faults: Vec<Fault> = self.slots.0.iter().filter_map(|slot| self.day_fault(desk, slot)).collect();
        let on = self.slots.on(desk.today()).unwrap_or(desk.today());
        let (intent, more) = self.sheet.read(desk, &self.slots, on, self.amends.as_deref());
        let is_new = |fault: &Fault| fault.at.is_none() || faults.iter().all(|known| known.at != fault.at);
        let more: Vec<Fault> = more.into_iter().filter(is_new).collect();
        faults.extend(more);
        let Some(intent) = intent.filter(|_| faults.is_empty()).map(|intent| self.belated(intent)) else {
            let place = |fault: &Fault| {
                let at = fault.at.as_deref();
                self.slots.0.iter().position(|slot| Some(slot.key) == at).unwrap_or(usize::MAX)
            };
            faults.sort_by_key(place);
            return Verdict { faults, ..Verdict::default() };
        };
        match desk.decide(&intent) {
            Ok(decision) => {
                let name = |own: &usize| desk.pack().duties[*own].name.clone();
                let counts_for = decision.counts_for.iter().map(name).collect();
                let doubt = self.sheet.doubt(desk, &self.slots, on, self.amends.as_deref());
                Verdict { intent: Some(intent), faults, counts_for, doubt }
            }
            Err(refusal) => {
                let at = spot(&refusal).map(str::to_owned).or_else(|| self.sheet.spot(&refusal));
                let at = at.filter(|at| self.slots.get(at).is_some());
                let fault = Fault { at, what: refusal.to_string(), is_missing: false };
                Verdict { faults: vec![fault], ..Verdict::default() }
            }
        }
    }

    /// With the reason why it is entered late, where one is asked for and given.
    fn belated(&self, intent: Intent) -> Intent {
        let reason = self.slots.get(LATE).filter(|slot| !slot.hidden).map(|slot| slot.entry.typed());
        match reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty()) {
            Some(reason) => Intent::Belated { what: Box::new(intent), reason },
            None => intent,
        }
    }

    fn day_fault(&self, desk: &Desk, slot: &Slot) -> Option<Fault> {
        let Entry::Day(day) = &slot.entry else { return None };
        let typed = day.field().value().trim();
        match self.slots.day(slot.key, desk.today()) {
            None if typed.is_empty() && slot.wanted => Some(Fault::missing(slot.key, t!("entry.no_day"))),
            None if typed.is_empty() => None,
            None if day.is_past() => Some(Fault::wrong(slot.key, t!("entry.unread_day"))),
            None => Some(Fault::wrong(slot.key, t!("entry.unread_ahead"))),
            Some(day) if slot.key == ON && day > desk.today() => Some(Fault::wrong(ON, t!("entry.day_ahead"))),
            Some(_) => None,
        }
    }

    /// What is wrong with a field.
    pub(super) fn fault(&self, slot: &Slot) -> Option<&Fault> {
        self.verdict.faults.iter().find(|fault| fault.at.as_deref() == Some(slot.key))
    }
}

/// The field that a refusal is about, of those that all forms have.
fn spot(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Future(_) | Refusal::Locked(..) | Refusal::NoSuchGrid(..) | Refusal::AlreadyVisited(..) => Some(ON),
        Refusal::Unplaced(..) | Refusal::Elsewhere(..) => Some(UNIT),
        _ => None,
    }
}
