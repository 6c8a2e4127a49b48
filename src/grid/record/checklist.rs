//! Checklists item by item, and the enterprises' promise (A1-4a, A1-4b, A1-4c, M-9, A2-3员-2).
use super::{
    About, Form, Input, PLAIN,
    field::{NOTE, may, must},
};
use crate::grid::calendar::Cadence::Year;

/// 清单核对.
pub(super) const CHECKLIST: Form = Form {
    id: "checklist",
    fields: &[must("checklist", "kind", Input::ChecklistId), may("checklist", "items", Input::Checklist), NOTE],
    readings: &["items"],
    ..PLAIN
};

/// 企业清单核对.
pub(super) const UNIT_CHECKLIST: Form = Form {
    id: "unit-checklist",
    about: About::Unit,
    fields: &[
        must("unit-checklist", "kind", Input::ChecklistId),
        may("unit-checklist", "items", Input::Checklist),
        NOTE,
    ],
    readings: &["items"],
    ..PLAIN
};

/// 依法统计承诺.
pub(super) const PROMISE: Form = Form {
    id: "promise",
    about: About::Unit,
    fields: &[must("promise", "year", Input::Period(&[Year])), may("promise", "signer", Input::Text), NOTE],
    once: &["year"],
    ..PLAIN
};
