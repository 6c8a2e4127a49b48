//! Assessment by clause and evidence: self-score, review, confirmation, stars, and the result on its way up (考核, M-11).
use super::{
    About, Answers, Form, Input, Opens, PLAIN, Required, answers,
    field::{Field, NOTE, choices, may, must},
};
use crate::grid::{
    calendar::Cadence::{HalfYear, Quarter, Year},
    decide::rights::Right,
};

const POINTS: Input = Input::Number { measure: "points", least: 0, most: 1_000 };
const PERIOD: Input = Input::Period(&[Year, HalfYear, Quarter]);

/// 自评.
pub(super) const SCORE: Form = Form {
    id: "score",
    fields: &[
        must("score", "clause", Input::Text),
        may("score", "criterion", Input::CriterionId),
        must("score", "period", PERIOD),
        must("score", "points", POINTS),
        must("score", "evidence", Input::Lines),
        NOTE,
    ],
    opens: Some(Opens { title: "clause", due: None, post: None, unless: &[] }),
    once: &["period", "clause", "criterion"],
    readings: &["clause", "criterion", "period", "points"],
    right: Right::Score,
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
        Field { form: "score-review", key: "points", input: POINTS, required: Required::When("kind", "changed") },
        must("score-review", "content", Input::Lines),
    ],
    answers: &[answers("score", &["void"])],
    readings: &["points"],
    right: Right::Review,
    ..PLAIN
};

/// 审定.
pub(super) const SCORE_CONFIRM: Form = Form {
    id: "score-confirm",
    about: About::Matter,
    fields: &[must("score-confirm", "points", POINTS), may("score-confirm", "content", Input::Lines)],
    answers: &[Answers { form: "score", finally: &[], after: Some("score-review"), unless: &["returned"] }],
    readings: &["points"],
    right: Right::Review,
    ..PLAIN
};

/// 星级评定.
pub(super) const STAR: Form = Form {
    id: "star",
    fields: &[
        must("star", "period", PERIOD),
        must("star", "stars", Input::Number { measure: "stars", least: 0, most: 5 }),
        may("star", "points", POINTS),
        may("star", "content", Input::Lines),
    ],
    once: &["period"],
    readings: &["period", "stars"],
    right: Right::Review,
    ..PLAIN
};

/// 考核结果上报. What is reported is reckoned from what was confirmed, and frozen.
pub(super) const SCORE_REPORT: Form = Form {
    id: "score-report",
    fields: &[
        must("score-report", "period", PERIOD),
        may("score-report", "grids", Input::Number { measure: "grids", least: 0, most: 9_999 }),
        may("score-report", "rate", Input::Number { measure: "percent", least: 0, most: 100 }),
        may("score-report", "results", Input::Lines),
        NOTE,
    ],
    opens: Some(Opens { title: "period", due: None, post: None, unless: &[] }),
    once: &["period"],
    readings: &["period", "grids", "rate"],
    right: Right::Score,
    ..PLAIN
};

/// 考核答复: what whom it was sent to says to a result: it is taken, or goes back with the reason.
pub(super) const SCORE_ANSWER: Form = Form {
    id: "score-answer",
    about: About::Matter,
    fields: &[
        must("score-answer", "kind", Input::Choice(&choices("form.score-answer.kind", ["accepted", "returned"]))),
        Field {
            form: "score-answer",
            key: "content",
            input: Input::Lines,
            required: Required::When("kind", "returned"),
        },
    ],
    answers: &[answers("score-report", &["accepted"])],
    right: Right::Review,
    ..PLAIN
};
