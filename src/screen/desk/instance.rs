//! How a duty's instance looks: how it stands, what it is, what is missing, until when.
use chrono::Datelike;

use super::pane::Pane;
use crate::{
    app::Desk,
    grid::{
        calendar::Period,
        pack::Duty,
        standing::{DutyState, Standing},
    },
    ui::{Role, bar, text},
};

/// The mark, the word and the role of a state. A rule is kept or broken, not begun.
fn state_look(pane: &Pane<'_>, standing: &Standing) -> (&'static str, &'static str, Role) {
    let glyphs = pane.look.glyphs;
    let is_rule = is_rule(&pane.desk.pack().duties[standing.duty]);
    match standing.state {
        DutyState::Overdue => (glyphs.overdue, "逾期", Role::Overdue),
        DutyState::DueSoon if is_rule => (glyphs.due, "不达标", Role::DueSoon),
        DutyState::DueSoon => (glyphs.due, "将到期", Role::DueSoon),
        DutyState::InProgress | DutyState::NotStarted if is_rule => (" ", "不达标", Role::Text),
        DutyState::InProgress => (" ", "进行中", Role::Text),
        DutyState::NotStarted => (" ", "未开始", Role::Text),
        DutyState::Met if is_rule => (glyphs.ok, "达标", Role::Met),
        DutyState::Met => (glyphs.ok, "已完成", Role::Met),
        DutyState::MetLate => (glyphs.late, "补录完成", Role::Late),
        DutyState::Exempt => ("-", "免除", Role::Dim),
        DutyState::NotApplicable => ("-", "不适用", Role::Dim),
    }
}

fn is_rule(duty: &Duty) -> bool {
    duty.kind.name() == "monitor"
}

/// The columns of the tally, and of the bar where there is room for one.
const TALLY: u16 = 6;
const BAR: u16 = 8;

/// Draws a duty's instance; returns how many of its columns are its name.
pub(super) fn draw(pane: &mut Pane<'_>, standing: &Standing) -> u16 {
    let duty = &pane.desk.pack().duties[standing.duty];
    let (mark, word, role) = state_look(pane, standing);
    let wide = pane.area.width >= 70;
    let start = pane.area.x;
    let mut x = pane.column(start, 1, mark, role);
    if wide {
        x = pane.column(x, 8, word, role);
    }
    let cols = if wide { 30 } else { 21 };
    let name_role = if standing.state == DutyState::Overdue { role } else { Role::Text };
    // What is answered or not has no tally, and more to say.
    let matter = standing.about.and_then(|id| pane.desk.state.matter_of(id));
    let (name, cols) = match matter {
        Some(matter) => (
            format!("{}：{}", duty.name, pane.desk.state.told(matter)),
            cols + 1 + TALLY + if wide { 1 + BAR } else { 0 },
        ),
        None => (titled(pane.desk, standing, duty), cols),
    };
    let end = x + text::width(&name).min(usize::from(cols)) as u16;
    x = pane.column(x, cols, &name, name_role);
    let due = due(pane.desk, standing, wide);
    if matter.is_none() && standing.need > 0 {
        let tally = format!("{}/{}", standing.have, standing.need);
        // A long one is shown whole, and moves what follows.
        x = pane.column(x, TALLY.max(text::width(&tally) as u16), &tally, Role::Text);
        if wide {
            let cols = BAR.saturating_sub((text::width(&tally) as u16).saturating_sub(TALLY));
            let line = bar::text(standing.have, standing.need, cols.into(), pane.look.glyphs);
            x = pane.column(x, cols, &line, Role::Dim);
        }
    }
    pane.put(x, &due, role);
    // Where there is room, the state's word is what is reversed; the name stays readable beside it.
    if wide { 2 + text::width(word) as u16 } else { end - start }
}

/// The duty with its period; a rule has none.
fn titled(desk: &Desk, standing: &Standing, duty: &Duty) -> String {
    let running = Period::containing(standing.period.cadence, desk.today());
    let when = match standing.period == running {
        _ if is_rule(duty) => return duty.name.clone(),
        true => running.cadence.running().to_owned(),
        // The year is told where it is another one.
        false if standing.period.first().year() == desk.today().year() => standing.period.short_label(),
        false => standing.period.label(),
    };
    format!("{when} {}", duty.name)
}

/// What is missing and until when, in words.
fn due(desk: &Desk, standing: &Standing, wide: bool) -> String {
    let duty = &desk.pack().duties[standing.duty];
    let missing = format!("{}{}", standing.missing(), duty.measure);
    let until = standing.due_on.format("%m-%d");
    let answers = standing.about.is_some();
    match standing.state {
        DutyState::Overdue => {
            let days = desk.calendar.workdays_after(standing.due_on, desk.today());
            // A weekend or a holiday may lie between: overdue all the same.
            let late = match days {
                0 => "昨日到期".to_owned(),
                // Nobody counts these, and there is no room for them.
                1000.. => format!("逾期{}年多", -standing.days_left / 366),
                days => format!("逾期{days}个工作日"),
            };
            match () {
                () if answers => late,
                () if is_rule(duty) => format!("缺{missing} {late}"),
                () => format!("差{missing} {late}"),
            }
        }
        state if state.is_settled() => String::new(),
        _ if answers => format!("{until} 前办结"),
        _ if is_rule(duty) && wide => format!("缺{missing} {until}"),
        _ if is_rule(duty) => format!("不达标 缺{missing} {until}"),
        _ => format!("还差{missing} {until}"),
    }
}
