//! Reports up the tree (M-1, M-12, A2-1员-3, A2-3长-6, A1-3c).
use super::{
    Form, Input, PLAIN,
    field::{NOTE, choice, may, must},
};
use crate::grid::calendar::Cadence::{HalfYear, Month, Quarter, Year};

/// 上报.
pub(super) const REPORT: Form = Form {
    id: "report",
    name: "上报",
    help: "向上级报告：运行、经济分析、防造假、违规干预、线索",
    fields: &[
        must(
            "kind",
            "报告种类",
            "经济运行分析",
            Input::Choice(&[
                choice("operation", "运行汇报"),
                choice("economy", "经济运行分析"),
                choice("antifraud", "年度防范和惩治造假报告"),
                choice("interference", "违规干预"),
                choice("clue", "线索"),
            ]),
        ),
        must("title", "题目", "三季度工业运行分析", Input::Text),
        must("content", "内容", "用电量下降，建议走访三家企业", Input::Lines),
        may("period", "所属期", "2026-Q3", Input::Period(&[Month, Quarter, HalfYear, Year])),
        may("to", "报给", "兰溪市", Input::Node),
        NOTE,
    ],
    ..PLAIN
};
