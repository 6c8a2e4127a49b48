//! How a form begins: empty, with what an earlier record said, or with what was typed before.
use super::{Entry, Form, LATE, ON, Offers, Sheet, Slot, Slots, Source, Verdict, day::Day};
use ratatui::layout::Rect;

use crate::{
    app::{Desk, Draft},
    grid::fact::{Fact, FactId},
    ui::field::Field,
    words::t,
};

impl<S: Sheet> Form<S> {
    /// A form for today, the cursor in the field with the key `start`; `slots` come below the day.
    pub(in crate::screen) fn new(desk: &Desk, sheet: S, slots: Vec<Slot>, start: &str) -> Form<S> {
        let on = Slot::new(ON, t!("entry.on"), Entry::Day(Day::past(desk.today()))).wanted();
        let late = Slot::new(LATE, t!("entry.reason"), Entry::Line(Field::default()))
            .help(t!("entry.reason_help"))
            .offers(Source::Typed("late".to_owned(), Vec::new()));
        let slots = Slots([on, late].into_iter().chain(slots).collect());
        let at = slots.0.iter().position(|slot| slot.key == start).unwrap_or(0);
        let mut form = Form {
            sheet,
            slots,
            at,
            offers: Offers::default(),
            verdict: Verdict::default(),
            amends: None,
            awaited: None,
            number: desk.fresh_draft(),
            begun: Draft::default(),
            is_resumed: false,
            strict: false,
            sent: false,
            top: 0,
            body: Rect::default(),
            places: Vec::new(),
            offered: Rect::default(),
            tall: 0,
        };
        form.begin(desk);
        form
    }

    /// As the correction of an earlier record, which said this.
    pub(in crate::screen) fn correcting(
        mut self,
        desk: &Desk,
        old: &Fact,
        values: &[(&str, String)],
        attendance: &[(String, crate::grid::fact::AttendanceMark)],
    ) -> Form<S> {
        self.amends = Some(Box::new(old.clone()));
        let on = old.draft.occurred.to_string();
        let reason = old.draft.reason.clone().unwrap_or_default();
        let values = values.iter().map(|(key, text)| (*key, text.as_str()));
        let all: Vec<_> = values.chain([(ON, on.as_str()), (LATE, reason.as_str())]).collect();
        self.pour(desk, &all, attendance);
        self.begin(desk);
        self
    }

    /// With what is known already.
    pub(in crate::screen) fn filled(mut self, desk: &Desk, values: &[(&str, String)]) -> Form<S> {
        let values: Vec<_> = values.iter().map(|(key, text)| (*key, text.as_str())).collect();
        self.pour(desk, &values, &[]);
        // What is still to be said, else the first choice, else the button.
        let is_empty = |slot: &Slot| slot.wanted && !slot.hidden && slot.entry.typed().is_empty();
        let open = self.slots.0.iter().position(is_empty);
        let choice = || self.slots.0.iter().position(|slot| matches!(slot.entry, Entry::Choice(_)));
        self.at = open.or_else(choice).unwrap_or(self.slots.0.len());
        self.begin(desk);
        self
    }

    /// With what was typed before. What it corrects is still to be read.
    pub(in crate::screen) fn resumed(mut self, desk: &Desk, draft: &Draft) -> Form<S> {
        let values: Vec<_> = draft.values.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        self.pour(desk, &values, &draft.attendance);
        self.awaited = draft.amends.as_deref().and_then(FactId::parse);
        self.number = draft.number;
        let cursor = self.slots.0.iter().position(|slot| slot.key == draft.cursor && !slot.hidden);
        self.at = cursor.unwrap_or(self.at);
        self.strict = true;
        self.is_resumed = true;
        self.begin(desk);
        self
    }

    /// Fills fields in; twice, because what some of them hold decides what others can.
    fn pour(
        &mut self,
        desk: &Desk,
        values: &[(&str, &str)],
        attendance: &[(String, crate::grid::fact::AttendanceMark)],
    ) {
        for _ in 0..2 {
            self.slots.fill(desk, values.iter().copied(), attendance);
            self.sheet.follow(desk, &mut self.slots);
        }
    }

    fn begin(&mut self, desk: &Desk) {
        self.follow(desk);
        self.begun = self.draft(desk);
    }
}
