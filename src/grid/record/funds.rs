//! Budgets and spending (M-8, A2-1副-2, A2-3副-5).
use super::{
    Form, Input, PLAIN,
    field::{NOTE, may, must},
};
use crate::grid::calendar::Cadence::Year;

/// 经费预算.
pub(super) const BUDGET: Form = Form {
    id: "budget",
    fields: &[
        must("budget", "year", Input::Period(&[Year])),
        must("budget", "amount", Input::Money),
        may("budget", "source", Input::Text),
        NOTE,
    ],
    once: &["year"],
    readings: &["amount"],
    ..PLAIN
};

/// 经费支出.
pub(super) const SPENDING: Form = Form {
    id: "spending",
    fields: &[
        must("spending", "amount", Input::Money),
        may("spending", "activity", Input::Text),
        may("spending", "attended", Input::Number { measure: "people", least: 0, most: 9_999 }),
        may("spending", "voucher", Input::Text),
        may("spending", "approver", Input::Person),
        NOTE,
    ],
    readings: &["amount", "activity", "attended", "voucher"],
    ..PLAIN
};
