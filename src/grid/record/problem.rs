//! Problems found on visits: what is done about them on the way, and that they are solved (A2-3长-2).
use super::{
    About, Form, Input, PLAIN, answers,
    field::{choice, must},
};

/// 跟进.
pub(super) const FOLLOW: Form = Form {
    id: "follow",
    name: "问题跟进",
    help: "跟进走访发现的问题；解决了就销号",
    about: About::Matter,
    fields: &[
        must("kind", "进展", "跟进", Input::Choice(&[choice("on", "跟进"), choice("solved", "已解决")])),
        must("content", "情况", "已联系税务局，等答复", Input::Lines),
    ],
    answers: &[answers("problem", &["solved"])],
    ..PLAIN
};
