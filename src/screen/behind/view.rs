//! How what is behind a number looks.
use ratatui::layout::Rect;

use super::{
    Facts,
    rows::{Row, called, is_rule},
};
use crate::{
    app::{Behind, Command, Desk, Screen},
    grid::{
        glance::Measure,
        org::NodeIx,
        standing::{DutyState, Standing},
    },
    screen::{Canvas, View, frame},
    ui::{Glyphs, Look, Role, text},
    words::{t, word},
};

const HINTS: &[Command] =
    &[Command::Open, Command::History, Command::Filter, Command::PageDown, Command::Back, Command::Quit];

impl View for Facts {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let desk = canvas.desk;
        let about = self.about(desk);
        let body = frame::draw(canvas, node(&self.of), self.context(), HINTS, &about);
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(1), height: 1, ..body };
        if !self.filter.draw(canvas, line) {
            let x = canvas.put(line, line.x, line.y, &title(&self.of, desk), Role::Title);
            canvas.put(line, x + 2, line.y, &count(self, desk), Role::Dim);
        }
        let cells = Rect { y: body.y + 1, height: body.height.saturating_sub(1), ..body };
        if self.found.is_empty() {
            let what = if self.all.is_empty() { word("behind.none") } else { word("list.not_found") };
            canvas.put(cells, cells.x + 2, cells.y, what, Role::Dim);
        }
        let (look, all, found) = (canvas.look, &self.all, &self.found);
        self.filter.list(canvas, cells, &mut self.window, found.len(), true, |buf, cells, i| {
            let mut row = Line { buf, cells, look, x: cells.x };
            match &all[found[i]] {
                Row::Instance(of) => instance(&mut row, desk, of),
                other => record(&mut row, desk, other),
            }
        });
    }
}

impl Facts {
    /// The clause behind the instance under the cursor, or what Enter does.
    fn about(&self, desk: &Desk) -> String {
        match (&self.of, self.under()) {
            (_, Some(Row::Instance(of))) if is_rule(desk, of) => word("behind.rule").to_owned(),
            (_, Some(Row::Instance(of))) => frame::clause(&desk.pack().duties[of.duty]),
            (Behind::Instance(of), _) => frame::clause(&desk.pack().duties[of.duty]),
            _ => String::new(),
        }
    }
}

/// A row as it is drawn, column by column.
struct Line<'a> {
    buf: &'a mut ratatui::buffer::Buffer,
    cells: Rect,
    look: Look,
    x: u16,
}

impl Line<'_> {
    fn put(&mut self, cols: u16, what: &str, role: Role) {
        let room = cols.min(self.cells.right().saturating_sub(self.x));
        text::put_fit(self.buf, self.x, self.cells.y, what, room.into(), self.look.theme.style(role));
        self.x = self.x.saturating_add(cols + 1);
    }
}

fn state_look(state: DutyState, glyphs: &'static Glyphs) -> (&'static str, Role) {
    match state {
        DutyState::Overdue => (glyphs.overdue, Role::Overdue),
        DutyState::DueSoon => (glyphs.due, Role::DueSoon),
        DutyState::InProgress | DutyState::NotStarted => (" ", Role::Text),
        DutyState::Met => (glyphs.ok, Role::Met),
        DutyState::MetLate => (glyphs.late, Role::Late),
        DutyState::Exempt | DutyState::NotApplicable => ("-", Role::Dim),
    }
}

/// An instance: where, what, how much, how it stands today and since when.
fn instance(row: &mut Line<'_>, desk: &Desk, of: &Standing) -> u16 {
    let wide = row.cells.width >= 100;
    let (mark, role) = state_look(of.state, row.look.glyphs);
    let duty = &desk.pack().duties[of.duty];
    let name = desk.state.org().full_name(of.node);
    let what = match of.about.and_then(|id| desk.state.matter_of(id)) {
        Some(matter) => t!("desk.matter", duty = duty.name, what = desk.state.told(matter)).into_owned(),
        None if is_rule(desk, of) => duty.name.clone(),
        None => format!("{} {}", of.period.short_label(), duty.name),
    };
    row.put(1, mark, role);
    let cols = if wide { 30 } else { 24 };
    row.put(cols, &name, Role::Text);
    row.put(if wide { 36 } else { 23 }, &what, Role::Text);
    row.put(7, &format!("{}/{}", of.have, of.need), Role::Text);
    row.put(8, of.state.label(), role);
    let when = match of.state {
        DutyState::Overdue => t!("behind.late", n = -of.days_left),
        _ => t!("behind.due", day = of.due_on.format("%m-%d")),
    };
    row.put(u16::MAX - row.x - 1, &when, role);
    2 + text::width(&name).min(cols.into()) as u16
}

/// A record, or the lack of one.
fn record(row: &mut Line<'_>, desk: &Desk, of: &Row) -> u16 {
    let org = desk.state.org();
    let glyphs = row.look.glyphs;
    let name = |unit, at| match unit {
        Some(unit) => org.unit(unit).record.name.clone(),
        None => org.full_name(at),
    };
    match of {
        Row::Mark { unit, at, what, day, entered, .. } => {
            row.put(10, &day.to_string(), Role::Text);
            row.put(16, &called(desk, *what), Role::Text);
            row.put(if row.cells.width >= 100 { 40 } else { 30 }, &name(*unit, *at), Role::Text);
            let (told, role) = match entered > day {
                true => (t!("behind.entered", day = entered), Role::Dim),
                false => ("".into(), Role::Dim),
            };
            row.put(40, &told, role);
            10
        }
        Row::Step { at, day, first, .. } => {
            row.put(10, &day.to_string(), Role::Text);
            row.put(16, if *first { word("behind.began") } else { word("behind.step") }, Role::Text);
            row.put(40, &name(None, *at), Role::Text);
            10
        }
        Row::Without(unit) => {
            row.put(1, glyphs.missing, Role::Overdue);
            row.put(25, word("behind.without"), Role::Overdue);
            row.put(40, &name(Some(*unit), NodeIx(0)), Role::Text);
            1
        }
        Row::Lacks { duty, period, due_on, .. } => {
            row.put(1, glyphs.missing, Role::Overdue);
            row.put(25, &format!("{} {}", period.short_label(), desk.pack().duties[*duty].name), Role::Text);
            row.put(40, &t!("behind.lacks", day = due_on), Role::Overdue);
            1
        }
        Row::Instance(_) => 0,
    }
}

/// The node whose path stands above.
pub(super) fn node(of: &Behind) -> NodeIx {
    match of {
        Behind::Number { whose, .. } => whose.node(),
        Behind::Instance(of) => of.node,
        Behind::Unit { grid, .. } => *grid,
    }
}

/// What is listed, in words.
pub(super) fn title(of: &Behind, desk: &Desk) -> String {
    let org = desk.state.org();
    match of {
        Behind::Number { whose, measure, month } => {
            let name = org.full_name(whose.node());
            let (month, runs) = (month.label(), month.contains(desk.today()));
            match measure {
                Measure::Overdue if runs => t!("behind.title.overdue_now", name = name),
                Measure::Overdue => t!("behind.title.overdue", name = name, month = month),
                Measure::Coverage => t!("behind.title.coverage", name = name, month = month),
                Measure::OnTime => t!("behind.title.on_time", name = name, month = month),
            }
            .into_owned()
        }
        Behind::Instance(of) => {
            let duty = &desk.pack().duties[of.duty].name;
            format!("{}  {} {duty}", org.full_name(of.node), of.period.label())
        }
        Behind::Unit { unit, month, .. } => format!("{}  {}", org.unit(*unit).record.name, month.label()),
    }
}

/// How much is listed, and for an instance how it stands.
fn count(screen: &Facts, desk: &Desk) -> String {
    let n = screen.all.len();
    match &screen.of {
        Behind::Number { .. } => t!("behind.count", n = n).into_owned(),
        Behind::Instance(of) if of.about.is_some() => of.state.label().to_owned(),
        Behind::Instance(of) => {
            let measure = desk.pack().duties[of.duty].counted();
            t!("behind.stands", have = of.have, need = of.need, measure = measure, state = of.state.label())
                .into_owned()
        }
        Behind::Unit { .. } => {
            let there = screen.all.iter().filter(|row| matches!(row, Row::Mark { .. })).count();
            t!("behind.unit", n = there, lacking = n - there).into_owned()
        }
    }
}
