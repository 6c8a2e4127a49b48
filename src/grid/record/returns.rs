//! Monthly and other returns of units (报表, A2-2员-2).
use super::{
    About, Form, Input, PLAIN, Required,
    field::{Choice, Field, NOTE, choice, may, must},
};
use crate::grid::calendar::Cadence::{Month, Quarter, Year};

/// The tables of the national reporting system for enterprises (一套表联网直报). A table of its own choice makes two
/// returns of a month two; what is not here is named by hand.
const TABLES: &[Choice] = &[
    choice("101", "单位基本情况"),
    choice("102", "从业人员及工资"),
    choice("103", "财务状况"),
    choice("104", "生产经营景气"),
    choice("107", "研发活动"),
    choice("205", "能源购进消费与库存"),
    choice("206", "固定资产投资"),
    choice("agriculture", "农业生产"),
    choice("output", "工业产销"),
    choice("capacity", "工业产能"),
    choice("building", "建筑业生产"),
    choice("trade", "批发零售"),
    choice("catering", "住宿餐饮"),
    choice("estate", "房地产开发经营"),
    choice("service", "服务业经营"),
    choice("household", "住户调查"),
    choice("price", "价格调查"),
    choice("labour", "劳动力调查"),
    choice("other", "其他"),
];

/// 报表.
pub(super) const RETURN: Form = Form {
    id: "return",
    name: "报表报送",
    help: "一家企业报来一张报表；报来日晚于截止日就是迟报",
    about: About::Unit,
    fields: &[
        must("kind", "报表", "工业产销", Input::Choice(TABLES)),
        Field {
            key: "table",
            label: "表名",
            example: "规上工业临时调查表",
            input: Input::Text,
            required: Required::When("kind", "other"),
        },
        must("period", "所属期", "2026-10", Input::Period(&[Month, Quarter, Year])),
        must("due", "截止日", "2026-11-10", Input::Day),
        may("queries", "审核退回", "1", Input::Number { measure: "次", least: 0, most: 99 }),
        NOTE,
    ],
    once: &["kind", "period"],
    timely: Some("due"),
    ..PLAIN
};
