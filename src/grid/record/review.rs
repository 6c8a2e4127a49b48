//! Joint and mutual reviews, what they find, and how that is mended (M-4, A1-3b, A2-3长-3).
use super::{
    About, Form, Input, Opens, PLAIN, Required, answers,
    field::{Field, NOTE, choice, may, must},
};
use crate::grid::calendar::Cadence::{HalfYear, Month, Quarter, Year};

/// 联审.
pub(super) const REVIEW: Form = Form {
    id: "review",
    name: "联审评估",
    help: "联审联评、互查联审、质量评估；互查在两边都记上",
    fields: &[
        must(
            "kind",
            "方式",
            "联审联评",
            Input::Choice(&[
                choice("joint", "联审联评"),
                choice("cross", "互查联审"),
                choice("quality", "数据质量评估"),
            ]),
        ),
        must("period", "所属期", "2026-10", Input::Period(&[Month, Quarter, HalfYear, Year])),
        Field {
            key: "partner",
            label: "互查网格",
            example: "兰江街道/工业第2网格",
            input: Input::Node,
            required: Required::When("kind", "cross"),
        },
        must("content", "审了什么", "产销、用电、税收三项比对", Input::Lines),
        must("findings", "发现问题", "2", Input::Number { measure: "个", least: 0, most: 9_999 }),
        NOTE,
    ],
    readings: &["partner"],
    ..PLAIN
};

/// 问题.
pub(super) const FINDING: Form = Form {
    id: "finding",
    name: "审核问题",
    help: "登记联审、互查、核查中发现的一个问题，限期整改",
    about: About::Either,
    fields: &[
        must("title", "问题", "产值与开票收入相差 20%", Input::Text),
        must("due", "整改期限", "12-05", Input::Deadline),
        NOTE,
    ],
    opens: Some(Opens { title: "title", due: Some("due"), post: None, unless: &[] }),
    part_of: &["review"],
    ..PLAIN
};

/// 整改.
pub(super) const FIX: Form = Form {
    id: "fix",
    name: "问题整改",
    help: "说明、更正或销号一个审核问题或台账差异",
    about: About::Matter,
    fields: &[
        must(
            "kind",
            "进展",
            "已更正",
            Input::Choice(&[choice("explained", "已说明"), choice("corrected", "已更正"), choice("closed", "销号")]),
        ),
        must("content", "说明", "企业已更正10月报表", Input::Lines),
        may("checked", "核实人", "张三", Input::Person),
    ],
    answers: &[answers("finding", &["closed"]), answers("ledger", &["closed"])],
    ..PLAIN
};
