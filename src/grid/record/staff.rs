//! People: changes and their filing, staffing, continuing education (M-10, B-3, A2-3长-7, A2-3员-3, A2-3员-6).
use super::{
    About, Form, Input, Opens, PLAIN, answers,
    field::{Field, NOTE, choices, may, must},
};
use crate::grid::calendar::Cadence::Year;

/// 人员变动.
pub(super) const CHANGE: Form = Form {
    id: "change",
    about: About::Either,
    fields: &[
        must("change", "title", Input::Text),
        may("change", "who", Input::Person),
        may("change", "post", Input::Choice(&choices("post", ["leader", "deputy", "member", "guide"]))),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: None, post: None, unless: &[] }),
    ..PLAIN
};

/// 报备.
pub(super) const FILING: Form = Form {
    id: "filing",
    about: About::Matter,
    fields: &[must("filing", "to", Input::Text), may("filing", "content", Input::Lines)],
    answers: &[answers("change", &[])],
    ..PLAIN
};

const fn heads(key: &'static str) -> Field {
    must("staffing", key, Input::Number { measure: "people", least: 0, most: 999 })
}

/// 编制.
pub(super) const STAFFING: Form = Form {
    id: "staffing",
    fields: &[heads("all"), heads("farm"), heads("industry"), heads("service"), NOTE],
    readings: &["all", "farm", "industry", "service"],
    ..PLAIN
};

/// 继续教育.
pub(super) const EDUCATION: Form = Form {
    id: "education",
    about: About::Unit,
    fields: &[
        must("education", "who", Input::Person),
        must("education", "year", Input::Period(&[Year])),
        must("education", "course", Input::Text),
        must("education", "hours", Input::Number { measure: "hours", least: 1, most: 999 }),
        NOTE,
    ],
    once: &["year", "who", "course"],
    readings: &["who", "course"],
    amount: Some("hours"),
    ..PLAIN
};
