//! Reports up the tree (M-1, M-12, A2-1员-3, A2-3长-6, A1-3c).
use super::{
    Form, Input, PLAIN,
    field::{NOTE, choices, may, must},
};
use crate::grid::calendar::Cadence::{HalfYear, Month, Quarter, Year};

/// 上报.
pub(super) const REPORT: Form = Form {
    id: "report",
    fields: &[
        must(
            "report",
            "kind",
            Input::Choice(&choices("form.report.kind", ["operation", "economy", "antifraud", "interference", "clue"])),
        ),
        must("report", "title", Input::Text),
        must("report", "content", Input::Lines),
        may("report", "period", Input::Period(&[Month, Quarter, HalfYear, Year])),
        may("report", "to", Input::Node),
        NOTE,
    ],
    ..PLAIN
};
