//! Joint and mutual reviews, what they find, and how that is mended (M-4, A1-3b, A2-3长-3).
use super::{
    About, Form, Input, Opens, PLAIN, Required, answers,
    field::{Field, NOTE, choices, may, must},
};
use crate::grid::calendar::Cadence::{HalfYear, Month, Quarter, Year};

/// 联审.
pub(super) const REVIEW: Form = Form {
    id: "review",
    fields: &[
        must("review", "kind", Input::Choice(&choices("form.review.kind", ["joint", "cross", "quality"]))),
        must("review", "period", Input::Period(&[Month, Quarter, HalfYear, Year])),
        Field { form: "review", key: "partner", input: Input::Node, required: Required::When("kind", "cross") },
        must("review", "content", Input::Lines),
        must("review", "findings", Input::Number { measure: "problems", least: 0, most: 9_999 }),
        NOTE,
    ],
    readings: &["partner"],
    ..PLAIN
};

/// 问题.
pub(super) const FINDING: Form = Form {
    id: "finding",
    about: About::Either,
    fields: &[must("finding", "title", Input::Text), must("finding", "due", Input::Deadline), NOTE],
    opens: Some(Opens { title: "title", due: Some("due"), post: None, unless: &[] }),
    part_of: &["review"],
    ..PLAIN
};

/// 整改.
pub(super) const FIX: Form = Form {
    id: "fix",
    about: About::Matter,
    fields: &[
        must("fix", "kind", Input::Choice(&choices("form.fix.kind", ["explained", "corrected", "closed"]))),
        must("fix", "content", Input::Lines),
        may("fix", "checked", Input::Person),
    ],
    answers: &[answers("finding", &["closed"]), answers("ledger", &["closed"])],
    ..PLAIN
};
