//! Ledger checks: raw records, ledger and return agree or not (M-4, A2-3员-4).
use super::{
    About, Form, Input, Opens, PLAIN, Required,
    field::{Field, NOTE, may, must},
};
use crate::grid::calendar::Cadence::Month;

/// What must agree.
const AGREE: &[&str] = &["raw", "ledger", "return"];

/// 台账核对.
pub(super) const LEDGER: Form = Form {
    id: "ledger",
    name: "台账核对",
    help: "核对原始记录、台账和报表；不一致就说明，等整改销号",
    about: About::Unit,
    fields: &[
        must("period", "所属期", "2026-10", Input::Period(&[Month])),
        may("raw", "原始记录齐全", "", Input::Flag),
        may("ledger", "台账与原始一致", "", Input::Flag),
        may("return", "报表与台账一致", "", Input::Flag),
        Field {
            key: "explanation",
            label: "差异说明",
            example: "9月产值漏记一笔 12 万元",
            input: Input::Text,
            required: Required::Unless(AGREE),
        },
        NOTE,
    ],
    opens: Some(Opens { title: "explanation", due: None, post: None, unless: AGREE }),
    once: &["period"],
    ..PLAIN
};
