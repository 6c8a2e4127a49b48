//! Assessment by clause and evidence: self-score, review, confirmation (考核, M-11).
use super::{
    About, Answers, Form, Input, Opens, PLAIN, answers,
    field::{NOTE, choice, may, must},
};
use crate::grid::calendar::Cadence::{HalfYear, Quarter, Year};

const POINTS: Input = Input::Number { measure: "分", least: 0, most: 1_000 };

/// 自评.
pub(super) const SCORE: Form = Form {
    id: "score",
    name: "考核自评",
    help: "按条款和依据自评打分，等上级复核、审定",
    fields: &[
        must("clause", "条款", "A2-3长-2", Input::Text),
        must("period", "考核期", "2026", Input::Period(&[Year, HalfYear, Quarter])),
        must("points", "自评分", "8", POINTS),
        must("evidence", "依据", "每月走访记录", Input::Lines),
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
    name: "考核复核",
    help: "复核一项自评：同意、调整，或退回请对方更正",
    about: About::Matter,
    fields: &[
        must(
            "kind",
            "意见",
            "同意",
            Input::Choice(&[
                choice("agreed", "同意"),
                choice("changed", "调整"),
                choice("returned", "退回更正"),
                choice("void", "不予计分"),
            ]),
        ),
        may("points", "复核分", "7", POINTS),
        must("content", "理由", "记录齐全", Input::Lines),
    ],
    answers: &[answers("score", &["void"])],
    ..PLAIN
};

/// 审定.
pub(super) const SCORE_CONFIRM: Form = Form {
    id: "score-confirm",
    name: "考核审定",
    help: "审定一项复核过的自评，考核就此办结",
    about: About::Matter,
    fields: &[must("points", "审定分", "7", POINTS), may("content", "说明", "同意复核意见", Input::Lines)],
    answers: &[Answers { form: "score", finally: &[], after: Some("score-review") }],
    ..PLAIN
};
