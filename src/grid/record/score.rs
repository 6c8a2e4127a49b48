//! Assessment by clause and evidence: self-score, review, confirmation (考核, M-11).
use super::{
    About, Answers, Form, Input, Opens, PLAIN, answers,
    field::{NOTE, choices, may, must},
};
use crate::grid::calendar::Cadence::{HalfYear, Quarter, Year};

const POINTS: Input = Input::Number { measure: "points", least: 0, most: 1_000 };

/// 自评.
pub(super) const SCORE: Form = Form {
    id: "score",
    fields: &[
        must("score", "clause", Input::Text),
        must("score", "period", Input::Period(&[Year, HalfYear, Quarter])),
        must("score", "points", POINTS),
        must("score", "evidence", Input::Lines),
        NOTE,
    ],
    opens: Some(Opens { title: "clause", due: None, post: None, unless: &[] }),
    once: &["period", "clause"],
    readings: &["clause"],
    ..PLAIN
};

/// 复核.
pub(super) const SCORE_REVIEW: Form = Form {
    id: "score-review",
    about: About::Matter,
    fields: &[
        must(
            "score-review",
            "kind",
            Input::Choice(&choices("form.score-review.kind", ["agreed", "changed", "returned", "void"])),
        ),
        may("score-review", "points", POINTS),
        must("score-review", "content", Input::Lines),
    ],
    answers: &[answers("score", &["void"])],
    ..PLAIN
};

/// 审定.
pub(super) const SCORE_CONFIRM: Form = Form {
    id: "score-confirm",
    about: About::Matter,
    fields: &[must("score-confirm", "points", POINTS), may("score-confirm", "content", Input::Lines)],
    answers: &[Answers { form: "score", finally: &[], after: Some("score-review") }],
    ..PLAIN
};
