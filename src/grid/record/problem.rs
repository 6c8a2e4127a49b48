//! Problems found on visits: what is done about them on the way, and that they are solved (A2-3长-2).
use super::{
    About, Form, Input, PLAIN, answers,
    field::{choices, must},
};

/// 跟进.
pub(super) const FOLLOW: Form = Form {
    id: "follow",
    about: About::Matter,
    fields: &[
        must("follow", "kind", Input::Choice(&choices("form.follow.kind", ["on", "solved"]))),
        must("follow", "content", Input::Lines),
    ],
    answers: &[answers("problem", &["solved"])],
    ..PLAIN
};
