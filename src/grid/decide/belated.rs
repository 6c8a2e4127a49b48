//! What is entered only after its month (补录), with the reason.
use chrono::NaiveDate;

use super::{Actor, Decision, Intent, RecordRefusal, Refusal};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        state::State,
    },
    words::word,
};

/// The longest reason, in characters.
const LONGEST: usize = 200;

/// Whether what happened on a day is entered late on another: after its month.
pub fn is_belated(on: NaiveDate, today: NaiveDate) -> bool {
    today > Period::containing(Cadence::Month, on).last()
}

/// Decides what is recorded, and writes the reason to each fact that is late; the others need none.
pub(super) fn decide(state: &State, actor: &Actor, what: &Intent, reason: &str) -> Result<Decision, Refusal> {
    let reason = reason.trim();
    if reason.chars().count() > LONGEST {
        return Err(RecordRefusal::TooLong(word("entry.reason"), LONGEST).into());
    }
    let mut decision = super::decide(state, actor, what)?;
    for draft in &mut decision.drafts {
        if !reason.is_empty() && is_belated(draft.occurred, actor.today) {
            draft.reason = Some(reason.to_owned());
        }
    }
    Ok(decision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_late_when_its_month_is_over() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (on, today, late) in [
            ("2026-11-01", "2026-11-30", false),
            ("2026-10-31", "2026-11-01", true),
            ("2025-11-23", "2026-11-23", true),
            ("2026-12-01", "2026-11-23", false),
        ] {
            assert_eq!(is_belated(day(on), day(today)), late, "{on} on {today}");
        }
    }
}
