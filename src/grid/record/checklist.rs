//! Checklists item by item, and the enterprises' promise (A1-4a, A1-4b, A1-4c, M-9, A2-3员-2).
use super::{
    About, Form, Input, PLAIN,
    field::{NOTE, may, must},
};
use crate::grid::calendar::Cadence::Year;

/// 清单核对.
pub(super) const CHECKLIST: Form = Form {
    id: "checklist",
    name: "清单核对",
    help: "按清单逐项核对单位或网格：五有、乡镇制度、统计之家验收等",
    fields: &[must("kind", "清单", "", Input::ChecklistId), may("items", "已达到", "", Input::Checklist), NOTE],
    readings: &["items"],
    ..PLAIN
};

/// 企业清单核对.
pub(super) const UNIT_CHECKLIST: Form = Form {
    id: "unit-checklist",
    name: "企业清单核对",
    help: "按清单逐项核对一家企业：四大体系等",
    about: About::Unit,
    fields: &[must("kind", "清单", "", Input::ChecklistId), may("items", "已达到", "", Input::Checklist), NOTE],
    readings: &["items"],
    ..PLAIN
};

/// 依法统计承诺.
pub(super) const PROMISE: Form = Form {
    id: "promise",
    name: "依法统计承诺",
    help: "记一家企业签了本年的依法统计承诺书",
    about: About::Unit,
    fields: &[
        must("year", "年度", "2026", Input::Period(&[Year])),
        may("signer", "签署人", "法定代表人 王五", Input::Text),
        NOTE,
    ],
    once: &["year"],
    ..PLAIN
};
