//! Meetings (M-2, A2-1长-4, A2-1副-7, A2-2长-3).
use super::{About, Choice, Field, Form, Input, Required};

/// 会议.
pub(super) const MEETING: Form = Form {
    id: "meeting",
    name: "会议",
    help: "记一次会议：议题、到会、决议；决议写明承办和期限就成为任务",
    about: About::Node,
    fields: &[
        Field {
            key: "kind",
            label: "会议种类",
            example: "经济形势分析会",
            input: Input::Choice(&[
                Choice { id: "joint", label: "联席会议" },
                Choice { id: "analysis", label: "经济形势分析会" },
                Choice { id: "statistics", label: "统计会议" },
            ]),
            required: Required::Always,
        },
        Field {
            key: "agenda",
            label: "议题",
            example: "一季度主要数据审查",
            input: Input::Text,
            required: Required::Always,
        },
        Field { key: "people", label: "到会", example: "", input: Input::Attendance, required: Required::No },
        Field {
            key: "resolutions",
            label: "决议",
            example: "核实用电量数据 | 兰江街道 | 11-30",
            input: Input::Tasks,
            required: Required::No,
        },
        Field { key: "note", label: "备注", example: "", input: Input::Lines, required: Required::No },
    ],
    opens: None,
    answers: &[],
    readings: &[],
    timely: None,
    amount: None,
};
