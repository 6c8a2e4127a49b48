//! Tasks down the tree, what is done about them, and instructions of the leaders (M-1, A2-1长-1, A2-1长-2).
use super::{
    Answers, Form, Input, Opens, PLAIN, Required, answers,
    field::{Choice, Field, NOTE, choices, may, must},
};

/// The kinds of tasks (M-1).
const KINDS: &[Choice] = &choices(
    "form.task.kind",
    ["return", "standard", "quality", "activity", "check", "visit", "survey", "training", "education", "law", "other"],
);

/// The posts that can be named to answer.
const POSTS: &[Choice] = &choices("post", ["leader", "deputy", "member", "guide"]);

/// 任务.
pub(super) const TASK: Form = Form {
    id: "task",
    fields: &[
        must("task", "title", Input::Text),
        must("task", "kind", Input::Choice(KINDS)),
        must("task", "to", Input::Nodes),
        may("task", "post", Input::Choice(POSTS)),
        may("task", "due", Input::Deadline),
        may("task", "source", Input::Text),
        may("task", "giver", Input::Node),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: Some("due"), post: Some("post"), unless: &[] }),
    part_of: &["task", "instruction"],
    ..PLAIN
};

/// What stops the clock of a task.
const FINALLY: &[&str] = &["returned", "done"];
const ON_TASKS: &[Answers] = &[answers("task", FINALLY), answers("instruction", FINALLY)];

/// 任务进展.
pub(super) const PROGRESS: Form = Form {
    id: "progress",
    about: super::About::Matter,
    fields: &[
        must("progress", "kind", Input::Choice(&choices("form.progress.kind", ["received", "returned", "done"]))),
        Field { form: "progress", key: "reason", input: Input::Text, required: Required::When("kind", "returned") },
        may("progress", "result", Input::Lines),
    ],
    answers: ON_TASKS,
    ..PLAIN
};

/// 批示.
pub(super) const INSTRUCTION: Form = Form {
    id: "instruction",
    fields: &[
        must("instruction", "title", Input::Text),
        must("instruction", "leader", Input::Text),
        may("instruction", "due", Input::Deadline),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: Some("due"), post: None, unless: &[] }),
    ..PLAIN
};
