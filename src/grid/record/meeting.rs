//! Meetings, hearings and studies (M-2, A2-1长-4, A2-1副-7, A2-2长-3, A2-2副-4, A2-2副-5b, A2-2副-5c).
use super::{
    Form, Input, PLAIN,
    field::{NOTE, choices, may, must},
};

/// 会议.
pub(super) const MEETING: Form = Form {
    id: "meeting",
    fields: &[
        must(
            "meeting",
            "kind",
            Input::Choice(&choices("form.meeting.kind", ["joint", "analysis", "statistics", "study"])),
        ),
        must("meeting", "agenda", Input::Text),
        may("meeting", "people", Input::Attendance),
        may("meeting", "with", Input::People),
        may("meeting", "resolutions", Input::Tasks),
        NOTE,
    ],
    ..PLAIN
};

/// 听取汇报.
pub(super) const HEARING: Form = Form {
    id: "hearing",
    fields: &[
        must("hearing", "reporter", Input::Person),
        must("hearing", "content", Input::Lines),
        may("hearing", "with", Input::People),
        NOTE,
    ],
    ..PLAIN
};

/// 调研.
pub(super) const STUDY: Form = Form {
    id: "study",
    fields: &[must("study", "content", Input::Lines), may("study", "with", Input::People), NOTE],
    ..PLAIN
};
