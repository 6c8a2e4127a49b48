//! How the rows of the detail pane look.
use ratatui::{buffer::Buffer, layout::Rect};

use std::collections::BTreeMap;

use super::{
    PaneRow,
    child::{self, Course},
    instance, listed,
};
use crate::{
    app::{Desk, lists::Column},
    grid::{
        org::{NodeIx, UnitIx},
        plan::Why,
    },
    screen::records,
    ui::{Look, Role, text},
    words::t,
};

/// Where a row is drawn, and with what.
pub(super) struct Pane<'a> {
    pub buf: &'a mut Buffer,
    pub area: Rect,
    pub look: Look,
    pub desk: &'a Desk,
    pub node: NodeIx,
    /// How the visits of the nodes below went.
    pub courses: &'a BTreeMap<NodeIx, Course>,
    /// What a working list shows beside names.
    pub columns: &'a [Column],
}

impl Pane<'_> {
    pub(super) fn put(&mut self, x: u16, what: &str, role: Role) -> u16 {
        let room = usize::from(self.area.right().saturating_sub(x));
        text::put_fit(self.buf, x, self.area.y, what, room, self.look.theme.style(role))
    }

    /// Puts text into a column of `cols` cells; returns the column after it and a blank.
    pub(super) fn column(&mut self, x: u16, cols: u16, what: &str, role: Role) -> u16 {
        let cols = cols.min(self.area.right().saturating_sub(x));
        text::put_fit(self.buf, x, self.area.y, what, usize::from(cols), self.look.theme.style(role));
        x + cols + 1
    }

    pub(super) fn put_right(&mut self, what: &str, role: Role) -> u16 {
        let cols = text::width(what) as u16;
        if cols > self.area.width {
            return self.area.right();
        }
        let x = self.area.right() - cols;
        self.put(x, what, role);
        x
    }
}

/// Draws a row; returns how many of its columns, from the left, are its name.
pub(super) fn draw(pane: &mut Pane<'_>, row: &PaneRow, marked: bool) -> u16 {
    let x = pane.area.x;
    match row {
        PaneRow::Text(sentence) => {
            pane.put(x, sentence, Role::Text);
            0
        }
        PaneRow::Heading(title, note) => {
            // Headings begin in the gutter, one step to the left of what they head.
            let left = x.saturating_sub(crate::ui::list::GUTTER);
            let end = pane.put(left, &text::capital(title), Role::Title);
            let room = pane.area.right().saturating_sub(end + 2);
            pane.put(end + 2, text::whole_parts(note, room.into()), Role::Label);
            0
        }
        PaneRow::Duty(standing) => instance::draw(pane, standing),
        PaneRow::Child(node) => child::draw(pane, *node),
        PaneRow::Suggested(unit, why) => suggested(pane, *unit, *why, marked),
        PaneRow::Member(unit) => member(pane, *unit, marked),
        PaneRow::Unplaced(unit) => {
            let division = pane.desk.state.org().area_of(*unit);
            let area = division.map_or("", |ix| pane.desk.state.org().node(ix).name.as_str());
            unit_row(pane, *unit, marked, area, Role::Dim)
        }
        PaneRow::Owed(_, unit, done) => {
            let (word, role) = if *done { (t!("desk.has"), Role::Met) } else { (t!("desk.has_not"), Role::Dim) };
            let cols = unit_row(pane, *unit, marked, &word, role);
            if *done && !marked {
                pane.column(x, 1, pane.look.glyphs.ok, Role::Met);
            }
            cols
        }
        PaneRow::Session(line) => {
            let end = pane.column(x, 10, &line.day.to_string(), Role::Text);
            let partly = line.present - line.proper;
            let took = match partly {
                0 => t!("desk.attended", present = line.present, invited = line.invited),
                n => t!("desk.attended_partly", present = line.present, invited = line.invited, n = n),
            };
            let right = pane.put_right(&took, Role::Text);
            let room = right.saturating_sub(end + 1);
            pane.column(end, room, &line.topic, Role::Text);
            10
        }
        PaneRow::Post(_, person) => {
            let record = &pane.desk.state.org().person(*person).record;
            let unit = record.unit.as_deref().and_then(|id| pane.desk.state.org().unit_ix(id));
            let unit = unit.map_or("", |ix| pane.desk.state.org().unit(ix).record.name.as_str());
            let next = pane.column(x, 10, &record.name, Role::Text);
            let next = pane.column(next, 12, &record.phone, Role::Dim);
            pane.put(next, unit, Role::Text);
            text::width(&record.name).min(10) as u16
        }
        PaneRow::Titles(columns) => listed::titles(pane, columns),
        PaneRow::Listed(unit) => listed::draw(pane, *unit, marked),
        PaneRow::Problem(visit, unit) => problem(pane, *visit, *unit),
        PaneRow::Matter(id) => super::matters::draw(pane, *id),
        PaneRow::Offered(id) => super::handover::draw(pane, *id),
        PaneRow::Scores { node, period, whose } => {
            let words = super::scores::name(pane.desk, *node, *period, whose);
            super::scores::draw(pane, &words, whose.is_empty())
        }
        PaneRow::Record(record) => records::draw(pane.buf, pane.area, pane.look, pane.desk, &record.fact, true),
    }
}

fn suggested(pane: &mut Pane<'_>, unit: UnitIx, why: Why, marked: bool) -> u16 {
    let open = pane.desk.state.open_problems(unit).next().is_some();
    let (word, role) = match why {
        Why::Never => (t!("desk.never"), Role::DueSoon),
        Why::Longest(day) => (t!("desk.days_ago", n = (pane.desk.today() - day).num_days()), Role::Text),
        Why::OpenProblem => (t!("desk.visited"), Role::Dim),
    };
    let word = if open { t!("desk.with_problem", word = word) } else { word };
    unit_row(pane, unit, marked, &word, role)
}

fn member(pane: &mut Pane<'_>, unit: UnitIx, marked: bool) -> u16 {
    let month = pane.desk.month;
    let open = pane.desk.state.open_problems(unit).next().is_some();
    let here = pane.desk.state.visits(unit).rev().find(|mark| month.contains(mark.date()));
    let (word, role) = match (here, pane.desk.state.last_visit(unit)) {
        (Some(mark), _) => {
            let late = mark.recorded_on() > month.last();
            let sign = if late { pane.look.glyphs.late } else { pane.look.glyphs.ok };
            let day = format!("{sign} {}", mark.date().format("%m-%d"));
            if late { (t!("desk.entered_late", day = day), Role::Late) } else { (day.into(), Role::Met) }
        }
        (None, None) => (t!("desk.never"), Role::DueSoon),
        (None, Some(day)) => {
            let days = (pane.desk.today() - day).num_days();
            (if days >= 0 { t!("desk.days_ago", n = days) } else { t!("desk.later") }, Role::Dim)
        }
    };
    let word = if open { t!("desk.with_problem", word = word) } else { word };
    unit_row(pane, unit, marked, &word, role)
}

/// The columns of the word about a unit: without room for an industry, what is longer goes on into those of the contact.
const WORD: u16 = 11;
const WIDE_WORD: u16 = 15;

/// A unit: the mark, its name, a word about it, its industry and its contact where there is room.
fn unit_row(pane: &mut Pane<'_>, unit: UnitIx, marked: bool, word: &str, role: Role) -> u16 {
    let record = &pane.desk.state.org().unit(unit).record;
    let (mark, mark_role) =
        if marked { (pane.look.glyphs.marked, Role::Title) } else { (pane.look.glyphs.unmarked, Role::Dim) };
    let start = pane.area.x;
    let x = pane.column(start, 1, mark, mark_role);
    let wide = pane.area.width >= 70;
    let name_cols = if wide { 34 } else { pane.area.width.saturating_sub(12 + WORD).clamp(16, 34) };
    let end = x + text::width(&record.name).min(usize::from(name_cols)) as u16;
    let x = pane.column(x, name_cols, &record.name, Role::Text);
    let words = if wide { WIDE_WORD } else { WORD.max(text::width(word) as u16) };
    let x = pane.column(x, words, word, role);
    let industry = crate::grid::code::industry::name(&record.industry).unwrap_or_default();
    if wide {
        let x = pane.column(x, 18, industry, Role::Dim);
        pane.put(x, &record.contact, Role::Dim);
    } else {
        pane.put(x, &record.contact, Role::Dim);
    }
    end - start
}

fn problem(pane: &mut Pane<'_>, visit: crate::grid::fact::FactId, unit: UnitIx) -> u16 {
    let state = &pane.desk.state;
    let Some(problem) = state.open_problems(unit).find(|p| p.id == visit) else { return 0 };
    let name = state.org().unit(unit).record.name.clone();
    let late = problem.due.is_some_and(|day| day < pane.desk.today());
    let (mark, role) = if late { (pane.look.glyphs.overdue, Role::Overdue) } else { (" ", Role::Text) };
    let when = problem.due.map_or("".into(), |day| t!("desk.look_again", day = day.format("%m-%d")));
    let text = problem.text.clone();
    let x = pane.column(pane.area.x, 1, mark, role);
    let end = x + text::width(&name).min(22) as u16;
    let x = pane.column(x, 22, &name, Role::Text);
    let right = pane.put_right(&when, role);
    let room = right.saturating_sub(x + 1);
    pane.column(x, room, &text, Role::Text);
    end - pane.area.x
}
