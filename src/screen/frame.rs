//! The frame around the full screens: the head line above, the message and the key hints below.
use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{Canvas, Zone};
use crate::{
    app::{Command, Context},
    grid::{calendar::Cadence, org::NodeIx, pack::Duty},
    ui::{
        Role,
        hint::{self, Hint},
        message, text,
    },
    words::{t, word},
};

/// A command with the words of its hint.
pub(super) type Named = (Command, Cow<'static, str>);

/// Commands with their own names.
fn named(commands: &[Command]) -> Vec<Named> {
    commands.iter().map(|command| (*command, command.row().name())).collect()
}

/// Draws the head and foot lines, with `about` where nothing was said; returns the cells between them.
pub(super) fn draw(canvas: &mut Canvas<'_>, node: NodeIx, context: Context, commands: &[Command], about: &str) -> Rect {
    draw_as(canvas, node, context, &named(commands), about)
}

/// The same with words of their own for the hints.
pub(super) fn draw_as(canvas: &mut Canvas<'_>, node: NodeIx, context: Context, named: &[Named], about: &str) -> Rect {
    let area = canvas.area;
    head(canvas, node);
    let said = foot(canvas, context, named, about);
    Rect { y: area.y + 1, height: area.height.saturating_sub(2 + said), ..area }
}

/// Where the node is, which month it is and how many working days are left in it, and who sits here.
fn head(canvas: &mut Canvas<'_>, node: NodeIx) {
    let line = Rect { height: 1, ..canvas.area };
    let desk = canvas.desk;
    let who = match (desk.my_name(), desk.my_post()) {
        (Some(name), Some(post)) => {
            format!("{name} {}", desk.pack().names.post_at(desk.state.org().node(desk.home), post))
        }
        (Some(name), None) => name.to_owned(),
        (None, _) => word("records.machine").to_owned(),
    };
    let mut right = canvas.put_right(line, line.y, &who, Role::Text);
    let mut tell = |what: &str, role: Role| {
        let cells = Rect { width: right.saturating_sub(line.x + 2), ..line };
        right = canvas.put_right(cells, line.y, what, role);
    };
    if desk.fixed_clock {
        tell(word("frame.stopped"), Role::Late);
    }
    if desk.state.opened().is_some_and(|opened| opened.sample) {
        tell(word("frame.sample"), Role::Late);
    }
    tell(&month(desk), Role::Text);
    let left = Rect { width: right.saturating_sub(line.x + 2), ..line };
    let x = canvas.put(left, line.x + 1, line.y, word("frame.title"), Role::Title) + 2;
    let room = usize::from(left.right().saturating_sub(x));
    let path = path(canvas, node, room);
    canvas.put(left, x, line.y, &path, Role::Text);
}

/// The shown month; for the running one the working days that are left, today included.
fn month(desk: &crate::app::Desk) -> String {
    let label = desk.month.label();
    let today = desk.today();
    if !desk.month.contains(today) || desk.month.cadence != Cadence::Month {
        return t!("frame.other_month", month = label).into_owned();
    }
    let Some(yesterday) = today.pred_opt() else { return label };
    let left = desk.calendar.workdays_after(yesterday, desk.month.last());
    use chrono::Datelike;
    let unknown = if desk.calendar.knows(today.year()) { "" } else { word("frame.no_holidays") };
    t!("frame.month", month = label, left = t!("word.month_left", n = left), unknown = unknown).into_owned()
}

/// The names from the root to the node; the upper ones give way when room is short.
fn path(canvas: &Canvas<'_>, node: NodeIx, room: usize) -> String {
    let org = canvas.desk.state.org();
    let names: Vec<&str> = org.path_up(node).map(|ix| org.node(ix).name.as_str()).collect();
    let step = format!(" {} ", canvas.look.glyphs.step);
    for shown in (1..=names.len()).rev() {
        let path: Vec<&str> = names[..shown].iter().rev().copied().collect();
        let path = path.join(&step);
        if text::width(&path) <= room {
            return path;
        }
    }
    text::truncate(names.first().copied().unwrap_or_default(), room)
}

/// The message (or, where nothing was said, what the cursor stands on) and the hints of these commands; how many rows the
/// message has.
fn foot(canvas: &mut Canvas<'_>, context: Context, named: &[Named], about: &str) -> u16 {
    let area = canvas.area;
    let line = |up: u16| Rect { x: area.x + 1, y: area.bottom() - up, width: area.width.saturating_sub(2), height: 1 };
    let mut rows = 1;
    if let Some(said) = &canvas.desk.message {
        // A low window keeps its rows for what it is about.
        rows = if area.height < 12 { 1 } else { message::rows(said, line(2).width) };
        message::draw(canvas.buf, Rect { height: rows, ..line(1 + rows) }, canvas.look, said);
    } else if canvas.desk.saving {
        canvas.put(line(2), line(2).x, line(2).y, word("frame.saving"), Role::Dim);
    } else {
        canvas.put(line(2), line(2).x, line(2).y, about, Role::Dim);
    }
    keys_as(canvas, line(1), context, named);
    rows
}

/// The clause behind a duty, in the policy's own words.
pub(super) fn clause(duty: &Duty) -> String {
    let assumed = match duty.kind.name() {
        _ if !duty.assumed => "",
        "milestone" | "response" => word("frame.assumed.day"),
        "monitor" => word("frame.assumed.rule"),
        _ => word("frame.assumed.number"),
    };
    t!("frame.clause", cite = duty.cite, assumed = assumed, text = duty.text).into_owned()
}

/// Draws the hints of commands that have a key here and can run, and of the help; a click on one runs it.
pub(super) fn keys(canvas: &mut Canvas<'_>, line: Rect, context: Context, commands: &[Command]) {
    keys_as(canvas, line, context, &named(commands));
}

/// The same with words of their own, and the help.
pub(super) fn keys_as(canvas: &mut Canvas<'_>, line: Rect, context: Context, named: &[(Command, Cow<'static, str>)]) {
    let help = (Command::Help, Command::Help.row().name());
    keys_named(canvas, line, context, &[named, &[help]].concat());
}

/// The same with words of their own, and without the help.
pub(super) fn keys_named(
    canvas: &mut Canvas<'_>,
    line: Rect,
    context: Context,
    named: &[(Command, Cow<'static, str>)],
) {
    let of = |(command, word): &(Command, Cow<'static, str>)| {
        Some((*command, Hint { key: canvas.key(context, *command)?, word: word.clone() }))
    };
    let (commands, hints): (Vec<Command>, Vec<Hint>) = named.iter().filter_map(of).unzip();
    let places = hint::draw(canvas.buf, line, canvas.look, &hints);
    canvas.zones.extend(places.into_iter().map(|(i, area)| Zone { area, command: commands[i] }));
}
