//! How a duty's instance looks: how it stands, what it is, what is missing, until when.
use std::borrow::Cow;

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
    words::{Language, t},
};

/// The mark, the word and the role of a state. A rule is kept or broken, not begun.
fn state_look(pane: &Pane<'_>, standing: &Standing) -> (&'static str, Cow<'static, str>, Role) {
    let glyphs = pane.look.glyphs;
    let is_rule = is_rule(&pane.desk.pack().duties[standing.duty]);
    let (mark, role) = match standing.state {
        DutyState::Overdue => (glyphs.overdue, Role::Overdue),
        DutyState::DueSoon => (glyphs.due, Role::DueSoon),
        DutyState::InProgress | DutyState::NotStarted => (" ", Role::Text),
        DutyState::Met => (glyphs.ok, Role::Met),
        DutyState::MetLate => (glyphs.late, Role::Late),
        DutyState::Exempt | DutyState::NotApplicable => ("-", Role::Dim),
    };
    let word = match standing.state {
        DutyState::DueSoon | DutyState::InProgress | DutyState::NotStarted if is_rule => t!("desk.broken"),
        DutyState::Met if is_rule => t!("desk.kept"),
        DutyState::InProgress => t!("desk.begun"),
        DutyState::NotStarted => t!("desk.to_do"),
        DutyState::NotApplicable => t!("desk.not_applicable"),
        state => Cow::Borrowed(state.label()),
    };
    (mark, word, role)
}

fn is_rule(duty: &Duty) -> bool {
    duty.kind.name() == "monitor"
}

/// The columns of the tally, which is wider (`276/276`) where there is room for a bar, and of that.
const TALLY: u16 = 6;
const WIDE_TALLY: u16 = 7;
const BAR: u16 = 7;

/// Draws a duty's instance; returns how many of its columns are its name.
pub(super) fn draw(pane: &mut Pane<'_>, standing: &Standing) -> u16 {
    let duty = &pane.desk.pack().duties[standing.duty];
    let (mark, word, role) = state_look(pane, standing);
    let wide = pane.area.width >= 70;
    let start = pane.area.x;
    let mut x = pane.column(start, 1, mark, role);
    if wide {
        x = pane.column(x, 8, &word, role);
    }
    let (cols, tallies) = if wide { (30, WIDE_TALLY) } else { (21, TALLY) };
    let name_role = if standing.state == DutyState::Overdue { role } else { Role::Text };
    // What is answered or not has no tally, and more to say.
    let matter = standing.about.and_then(|id| pane.desk.state.matter_of(id));
    let (name, cols) = match matter {
        Some(matter) => (
            t!("desk.matter", duty = duty.name, what = pane.desk.state.told(matter)).into_owned(),
            cols + 1 + tallies + if wide { 1 + BAR } else { 0 },
        ),
        None => (titled(pane.desk, standing, duty), cols),
    };
    let end = x + text::width(&name).min(usize::from(cols)) as u16;
    x = pane.column(x, cols, &name, name_role);
    let due = due(pane.desk, standing, wide);
    if matter.is_none() && standing.need > 0 {
        let tally = format!("{}/{}", standing.have, standing.need);
        // A long one is shown whole, and moves what follows.
        x = pane.column(x, tallies.max(text::width(&tally) as u16), &tally, Role::Text);
        if wide {
            let cols = BAR.saturating_sub((text::width(&tally) as u16).saturating_sub(tallies));
            let line = bar::text(standing.have, standing.need, cols.into(), pane.look.glyphs);
            x = pane.column(x, cols, &line, Role::Dim);
        }
    }
    pane.put(x, &due, role);
    // Where there is room, the state's word is what is reversed; the name stays readable beside it.
    if wide { 2 + text::width(&word) as u16 } else { end - start }
}

/// The duty with its period; a rule has none.
fn titled(desk: &Desk, standing: &Standing, duty: &Duty) -> String {
    let running = Period::containing(standing.period.cadence, desk.today());
    let when = match standing.period == running {
        _ if is_rule(duty) => return duty.name.clone(),
        // Two columns in Chinese; elsewhere the period's own name is the shorter one.
        true if Language::spoken() == Language::Zh => running.cadence.running().to_owned(),
        true => running.short_label(),
        // The year is told where it is another one.
        false if standing.period.first().year() == desk.today().year() => standing.period.short_label(),
        false => standing.period.label(),
    };
    format!("{when} {}", duty.name)
}

/// What is missing and until when, in words.
fn due(desk: &Desk, standing: &Standing, wide: bool) -> Cow<'static, str> {
    let duty = &desk.pack().duties[standing.duty];
    let missing = format!("{}{}", standing.missing(), duty.counted());
    let until = standing.due_on.format("%m-%d").to_string();
    let answers = standing.about.is_some();
    match standing.state {
        DutyState::Overdue => {
            let days = desk.calendar.workdays_after(standing.due_on, desk.today());
            // A weekend or a holiday may lie between: overdue all the same.
            let late = match days {
                0 => t!("desk.due_yesterday"),
                // Nobody counts these, and there is no room for them.
                1000.. => t!("desk.years_late", n = -standing.days_left / 366),
                days => t!("desk.days_late", n = days),
            };
            match () {
                () if answers => late,
                () if is_rule(duty) => t!("desk.lacks", what = missing, when = late),
                () => t!("desk.missing", what = missing, when = late),
            }
        }
        state if state.is_settled() => Cow::Borrowed(""),
        _ if answers => t!("desk.answer_by", when = until),
        _ if is_rule(duty) && wide => t!("desk.lacks", what = missing, when = until),
        _ if is_rule(duty) => t!("desk.broken_lacks", what = missing, when = until),
        _ => t!("desk.still", what = missing, when = until),
    }
}
