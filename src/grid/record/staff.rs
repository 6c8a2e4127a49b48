//! People: changes and their filing, staffing, continuing education (M-10, B-3, A2-3长-7, A2-3员-3, A2-3员-6).
use super::{
    About, Form, Input, Opens, PLAIN, answers,
    field::{Field, NOTE, choice, may, must},
};
use crate::grid::calendar::Cadence::Year;

/// 人员变动.
pub(super) const CHANGE: Form = Form {
    id: "change",
    name: "人员变动",
    help: "登记名册和任职没有反映的人员变动，从此起计报备的时限",
    about: About::Either,
    fields: &[
        must("title", "变动情况", "统计员转岗，由李四接手", Input::Text),
        may("who", "人员", "张三", Input::Person),
        may(
            "post",
            "原岗位",
            "网格员",
            Input::Choice(&[
                choice("leader", "网格长"),
                choice("deputy", "副网格长"),
                choice("member", "网格员"),
                choice("guide", "指导员"),
            ]),
        ),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: None, post: None, unless: &[] }),
    ..PLAIN
};

/// 报备.
pub(super) const FILING: Form = Form {
    id: "filing",
    name: "变动报备",
    help: "把一次人员变动报给上级，报备的计时就此结束",
    about: About::Matter,
    fields: &[
        must("to", "报给", "市统计局", Input::Text),
        may("content", "报备内容", "已交接台账和账号", Input::Lines),
    ],
    answers: &[answers("change", &[])],
    ..PLAIN
};

const fn heads(key: &'static str, label: &'static str) -> Field {
    must(key, label, "1", Input::Number { measure: "人", least: 0, most: 999 })
}

/// 编制.
pub(super) const STAFFING: Form = Form {
    id: "staffing",
    name: "统计编制",
    help: "登记正式编制统计员的人数：合计，农业、工业、服务业各几人",
    fields: &[
        heads("all", "合计"),
        heads("farm", "农业统计"),
        heads("industry", "工业统计"),
        heads("service", "服务业统计"),
        NOTE,
    ],
    readings: &["all", "farm", "industry", "service"],
    ..PLAIN
};

/// 继续教育.
pub(super) const EDUCATION: Form = Form {
    id: "education",
    name: "继续教育",
    help: "登记一家企业的统计人员参加继续教育的课程和学时",
    about: About::Unit,
    fields: &[
        must("who", "人员", "张三", Input::Person),
        must("year", "年度", "2026", Input::Period(&[Year])),
        must("course", "课程", "统计法治与职业道德", Input::Text),
        must("hours", "学时", "24", Input::Number { measure: "学时", least: 1, most: 999 }),
        NOTE,
    ],
    once: &["year", "who", "course"],
    readings: &["who", "course"],
    amount: Some("hours"),
    ..PLAIN
};
