//! Forms that are only named so far: what the pack refers to, without their fields.
use super::{About, Answers, Choice, Field, Form, Input, Opens, Required};

macro_rules! form {
    ($id:literal, $name:literal, $about:ident, [$($kind:literal),*], $opens:expr, $answers:expr) => {
        &Form {
            id: $id,
            name: $name,
            help: $name,
            about: About::$about,
            fields: &[Field {
                key: "kind",
                label: "种类",
                example: "",
                input: Input::Choice(&[$(Choice { id: $kind, label: $kind }),*]),
                required: Required::No,
            }],
            opens: $opens,
            answers: $answers,
            readings: &[],
            timely: None,
            amount: None,
        }
    };
}

const OPENS: Option<Opens> = Some(Opens { title: "title", due: Some("due"), post: Some("post"), unless: None });

const fn to(form: &'static str, finally: &'static [&'static str]) -> Answers {
    Answers { form, finally }
}

pub(super) const FORMS: [&Form; 28] = [
    form!("hearing", "听取汇报", Node, [], None, &[]),
    form!("study", "调研", Node, [], None, &[]),
    form!("task", "任务", Node, [], OPENS, &[]),
    form!("progress", "任务进展", Matter, ["received", "returned", "done"], None, &[to("task", &["done"])]),
    form!("report", "报告", Node, ["operation", "economy", "interference", "clue", "antifraud"], None, &[]),
    form!("return", "报表", Unit, [], None, &[]),
    form!("ledger", "台账核对", Unit, [], OPENS, &[]),
    form!("review", "联审联评", Node, ["joint", "cross", "quality"], None, &[]),
    form!("finding", "审核发现", Unit, [], OPENS, &[]),
    form!("fix", "整改", Matter, [], None, &[to("finding", &[]), to("ledger", &[])]),
    form!("change", "人员变动", Unit, [], OPENS, &[]),
    form!("filing", "变动报备", Matter, [], None, &[to("change", &[])]),
    form!("need", "需求", Node, [], OPENS, &[]),
    form!("feedback", "需求反馈", Matter, [], None, &[to("need", &[])]),
    form!("question", "提问", Node, [], OPENS, &[]),
    form!("answer", "答疑", Matter, [], None, &[to("question", &[])]),
    form!("follow", "问题跟进", Matter, [], None, &[to("problem", &[])]),
    form!("checklist", "清单", Node, [], None, &[]),
    form!("unit-checklist", "企业清单", Unit, [], None, &[]),
    form!("staffing", "人员配备", Node, [], None, &[]),
    form!("budget", "预算", Node, [], None, &[]),
    form!("spending", "支出", Node, [], None, &[]),
    form!("education", "继续教育", Unit, [], None, &[]),
    form!("score", "考核评分", Node, ["self"], None, &[]),
    form!("score-review", "考核复核", Node, [], None, &[]),
    form!("score-confirm", "考核确认", Node, [], None, &[]),
    form!("instruction", "批示", Node, [], OPENS, &[]),
    form!("promise", "承诺", Unit, [], None, &[]),
];
