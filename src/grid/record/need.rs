//! Needs and questions, with their answers (M-6, A2-3副-2, A2-3副-4).
use super::{
    About, Form, Input, Opens, PLAIN, answers,
    field::{NOTE, choices, may, must},
};

/// 需求.
pub(super) const NEED: Form = Form {
    id: "need",
    about: About::Either,
    fields: &[must("need", "title", Input::Text), may("need", "who", Input::Person), NOTE],
    opens: Some(Opens { title: "title", due: None, post: None, unless: &[] }),
    ..PLAIN
};

/// 需求反馈.
pub(super) const FEEDBACK: Form = Form {
    id: "feedback",
    about: About::Matter,
    fields: &[must("feedback", "content", Input::Lines), may("feedback", "to", Input::Person)],
    answers: &[answers("need", &[])],
    ..PLAIN
};

/// 提问.
pub(super) const QUESTION: Form = Form {
    id: "question",
    about: About::Either,
    fields: &[
        must("question", "title", Input::Text),
        may(
            "question",
            "topic",
            Input::Choice(&choices("form.question.topic", ["return", "ledger", "law", "platform", "other"])),
        ),
        may("question", "who", Input::Person),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: None, post: None, unless: &[] }),
    ..PLAIN
};

/// 答复.
pub(super) const ANSWER: Form = Form {
    id: "answer",
    about: About::Matter,
    fields: &[must("answer", "content", Input::Lines), may("answer", "faq", Input::Flag)],
    answers: &[answers("question", &[])],
    ..PLAIN
};
