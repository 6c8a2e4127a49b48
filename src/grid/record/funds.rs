//! Budgets and spending (M-8, A2-1副-2, A2-3副-5).
use super::{
    Form, Input, PLAIN,
    field::{NOTE, may, must},
};
use crate::grid::calendar::Cadence::Year;

/// 经费预算.
pub(super) const BUDGET: Form = Form {
    id: "budget",
    name: "经费预算",
    help: "登记本年的网格经费预算",
    fields: &[
        must("year", "年度", "2026", Input::Period(&[Year])),
        must("amount", "金额", "20000", Input::Money),
        may("source", "来源", "街道财政", Input::Text),
        NOTE,
    ],
    once: &["year"],
    readings: &["amount"],
    ..PLAIN
};

/// 经费支出.
pub(super) const SPENDING: Form = Form {
    id: "spending",
    name: "经费支出",
    help: "登记一笔支出；没有对应活动、到会人数或凭证的会一直提示",
    fields: &[
        must("amount", "金额", "1280.50", Input::Money),
        may("activity", "对应活动", "11月12日统计之家活动", Input::Text),
        may("attended", "到会人数", "18", Input::Number { measure: "人", least: 0, most: 9_999 }),
        may("voucher", "凭证号", "2026-11-035", Input::Text),
        may("approver", "批准人", "张三", Input::Person),
        NOTE,
    ],
    readings: &["amount", "activity", "attended", "voucher"],
    ..PLAIN
};
