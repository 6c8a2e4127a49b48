//! Monthly and other returns of units (报表, A2-2员-2).
use super::{
    About, Form, Input, PLAIN, Required,
    field::{Choice, Field, NOTE, choices, may, must},
};
use crate::grid::calendar::Cadence::{Month, Quarter, Year};

/// The tables of the national reporting system for enterprises (一套表联网直报). A table of its own choice makes two
/// returns of a month two; what is not here is named by hand.
const TABLES: &[Choice] = &choices(
    "form.return.kind",
    [
        "101",
        "102",
        "103",
        "104",
        "107",
        "205",
        "206",
        "agriculture",
        "output",
        "capacity",
        "building",
        "trade",
        "catering",
        "estate",
        "service",
        "household",
        "price",
        "labour",
        "other",
    ],
);

/// 报表.
pub(super) const RETURN: Form = Form {
    id: "return",
    about: About::Unit,
    fields: &[
        must("return", "kind", Input::Choice(TABLES)),
        Field { form: "return", key: "table", input: Input::Text, required: Required::When("kind", "other") },
        must("return", "period", Input::Period(&[Month, Quarter, Year])),
        must("return", "due", Input::Day),
        may("return", "queries", Input::Number { measure: "times", least: 0, most: 99 }),
        NOTE,
    ],
    once: &["kind", "period"],
    timely: Some("due"),
    ..PLAIN
};
