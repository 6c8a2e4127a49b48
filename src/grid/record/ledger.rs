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
    about: About::Unit,
    fields: &[
        must("ledger", "period", Input::Period(&[Month])),
        may("ledger", "raw", Input::Flag),
        may("ledger", "ledger", Input::Flag),
        may("ledger", "return", Input::Flag),
        Field { form: "ledger", key: "explanation", input: Input::Text, required: Required::Unless(AGREE) },
        NOTE,
    ],
    opens: Some(Opens { title: "explanation", due: None, post: None, unless: AGREE }),
    once: &["period"],
    ..PLAIN
};
