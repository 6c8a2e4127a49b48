//! Needs and questions, with their answers (M-6, A2-3副-2, A2-3副-4).
use super::{
    About, Form, Input, Opens, PLAIN, answers,
    field::{NOTE, choice, may, must},
};

/// 需求.
pub(super) const NEED: Form = Form {
    id: "need",
    name: "成员需求",
    help: "登记网格成员的需求，从此起计反馈的时限",
    about: About::Either,
    fields: &[
        must("title", "需求", "希望讲一次能源报表", Input::Text),
        may("who", "提出人", "张三", Input::Person),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: None, post: None, unless: &[] }),
    ..PLAIN
};

/// 需求反馈.
pub(super) const FEEDBACK: Form = Form {
    id: "feedback",
    name: "需求反馈",
    help: "反馈一条成员需求：给了谁，怎么办",
    about: About::Matter,
    fields: &[must("content", "怎么办", "列入下季度培训", Input::Lines), may("to", "反馈给", "王五", Input::Person)],
    answers: &[answers("need", &[])],
    ..PLAIN
};

/// 提问.
pub(super) const QUESTION: Form = Form {
    id: "question",
    name: "业务提问",
    help: "提一个业务问题，从此起计答复的时限",
    about: About::Either,
    fields: &[
        must("title", "问题", "来料加工的产值怎么算", Input::Text),
        may(
            "topic",
            "类别",
            "报表填报",
            Input::Choice(&[
                choice("return", "报表填报"),
                choice("ledger", "台账"),
                choice("law", "法律法规"),
                choice("platform", "平台操作"),
                choice("other", "其他"),
            ]),
        ),
        may("who", "提问人", "张三", Input::Person),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: None, post: None, unless: &[] }),
    ..PLAIN
};

/// 答复.
pub(super) const ANSWER: Form = Form {
    id: "answer",
    name: "业务答复",
    help: "答复一个业务问题；常见的可以留作问答",
    about: About::Matter,
    fields: &[
        must("content", "答复", "按加工费计算，见制度第12页", Input::Lines),
        may("faq", "留作常见问答", "", Input::Flag),
    ],
    answers: &[answers("question", &[])],
    ..PLAIN
};
