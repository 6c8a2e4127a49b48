//! Tasks down the tree, what is done about them, and instructions of the leaders (M-1, A2-1长-1, A2-1长-2).
use super::{
    Answers, Form, Input, Opens, PLAIN, Required, answers,
    field::{Choice, Field, NOTE, choice, may, must},
};

/// The kinds of tasks (M-1).
const KINDS: &[Choice] = &[
    choice("return", "报表"),
    choice("standard", "规范化"),
    choice("quality", "数据质量"),
    choice("activity", "网格活动"),
    choice("check", "核查"),
    choice("visit", "走访"),
    choice("survey", "问卷"),
    choice("training", "培训"),
    choice("education", "继续教育"),
    choice("law", "法治宣传"),
    choice("other", "其他"),
];

/// The posts that can be named to answer.
const POSTS: &[Choice] =
    &[choice("leader", "网格长"), choice("deputy", "副网格长"), choice("member", "网格员"), choice("guide", "指导员")];

/// 任务.
pub(super) const TASK: Form = Form {
    id: "task",
    name: "任务",
    help: "下达任务，给几个网格就成几项；也可分解收到的任务",
    fields: &[
        must("title", "任务", "核实10月用电量异常的企业", Input::Text),
        must("kind", "种类", "核查", Input::Choice(KINDS)),
        must("to", "承办", "兰江街道、云山街道", Input::Nodes),
        may("post", "承办岗位", "网格长", Input::Choice(POSTS)),
        may("due", "期限", "12-05", Input::Deadline),
        may("source", "来源", "市统计局通知", Input::Text),
        may("giver", "下达单位", "兰溪市", Input::Node),
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
    name: "任务进展",
    help: "签收、退回或办结一项任务或批示",
    about: super::About::Matter,
    fields: &[
        must(
            "kind",
            "进展",
            "办结",
            Input::Choice(&[choice("received", "签收"), choice("returned", "退回"), choice("done", "办结")]),
        ),
        Field {
            key: "reason",
            label: "退回理由",
            example: "涉及的企业已经搬走",
            input: Input::Text,
            required: Required::When("kind", "returned"),
        },
        may("result", "办理结果", "3家已核实，1家更正", Input::Lines),
    ],
    answers: ON_TASKS,
    ..PLAIN
};

/// 批示.
pub(super) const INSTRUCTION: Form = Form {
    id: "instruction",
    name: "领导批示",
    help: "登记主要领导的批示，从此起计时，办结后销号",
    fields: &[
        must("title", "批示内容", "请统计局查明工业用电与产值的差异", Input::Text),
        must("leader", "批示领导", "王市长", Input::Text),
        may("due", "期限", "12-05", Input::Deadline),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: Some("due"), post: None, unless: &[] }),
    ..PLAIN
};
