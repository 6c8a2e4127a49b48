//! Folding what is said about facts: receipts, what holds them, what people settled.
use chrono::{DateTime, NaiveDate};

use super::{
    State, Touched,
    custody::{Change, inner},
    mark::{big_day, small_day},
};
use crate::grid::fact::{Body, Fact, Receipt};

impl State {
    /// A state in which no fact has come, and in which is known what was ever said about facts: to fold all of them
    /// again after [`Touched::again`]. Once is enough.
    pub fn afresh(&self) -> State {
        State { custody: self.custody.afresh(), ..State::new(self.pack.clone()) }
    }

    /// Takes in what the fact says about other facts; says whether it says nothing else.
    pub(super) fn word(&mut self, fact: &Fact, touched: &mut Touched) -> bool {
        let change = match &fact.draft.body {
            Body::Held(held) => self.custody.hold(fact.id, held),
            Body::Settled(settled) => self.custody.settle(fact, settled),
            Body::Revoked(revoked) => self.custody.revoke(fact.id, revoked, self.day_after(revoked.from_ms)),
            Body::Receipt(receipt) => match self.receive(fact, receipt) {
                true => Change::Again,
                false => Change::Nothing,
            },
            _ => return false,
        };
        match change {
            Change::Nothing => {}
            Change::Again => touched.again = true,
            Change::Counts(released) => self.fold(&released, touched),
        }
        if matches!(fact.draft.body, Body::Settled(_) | Body::Revoked(_)) && !self.custody.counts(fact) {
            self.custody.keep(fact);
            touched.held = true;
        }
        true
    }

    /// The first day that begins at an instant or after it, as a small number.
    fn day_after(&self, utc_ms: i64) -> u16 {
        if utc_ms > 0 && DateTime::from_timestamp_millis(utc_ms).is_none() {
            return u16::MAX;
        }
        let day = self.local_day(utc_ms);
        let begun = self.instant_of(day) < utc_ms;
        small_day(if begun { day.succ_opt().unwrap_or(day) } else { day })
    }

    /// Takes in a receipt; says whether facts that came bear another day of entry.
    fn receive(&mut self, fact: &Fact, receipt: &Receipt) -> bool {
        let mut again = false;
        for taken in &receipt.of {
            let day = small_day(self.local_day(taken.received_ms));
            let by = (fact.id.writer, self.custody.is_server(fact.id.writer));
            again |= self.custody.receipts.take(by, taken.writer, (taken.from, taken.to), day);
        }
        again
    }

    /// Folds the fact inside a stray that somebody let count.
    pub(super) fn stray(&mut self, fact: &Fact, touched: &mut Touched) {
        let Some(inside) = inner(fact) else { return };
        // What is said about facts does not come in by this way.
        if !matches!(inside.draft.body, Body::Receipt(_) | Body::Held(_) | Body::Settled(_) | Body::Revoked(_)) {
            self.fold(&inside, touched);
        }
    }

    /// Notes on which day the fact was entered, as far as no receipt says it.
    pub(super) fn enter(&mut self, fact: &Fact) {
        if self.receipted_on(fact).is_none() {
            let day = small_day(self.local_day(fact.received_ms));
            self.custody.receipts.entered(fact.id, day);
        }
    }

    /// The county's day on which the fact was entered: when the server took it in, as it says or as the log notes.
    pub fn entered_on(&self, fact: &Fact) -> NaiveDate {
        self.receipted_on(fact).unwrap_or_else(|| self.local_day(fact.received_ms))
    }

    fn receipted_on(&self, fact: &Fact) -> Option<NaiveDate> {
        self.custody.receipts.day(fact.id, self.custody.servers()).map(big_day)
    }
}
