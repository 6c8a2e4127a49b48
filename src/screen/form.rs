//! What all forms have in common: how they answer events, and how their labels and their foot look.
use ratatui::layout::Rect;

use super::{Canvas, frame};
use crate::{
    app::{Action, Command, Context, Desk, Draft, Event, Key, Message, Route},
    ui::{Role, field::Field, message, note::Note, text},
    words::t,
};

/// How many columns a note is wrapped to.
pub(super) const NOTE_COLS: u16 = 54;

/// How far a form has come.
#[derive(Clone, Copy, Default)]
pub(super) struct Progress {
    /// Something was typed that is not recorded.
    pub touched: bool,
    /// It was sent to be recorded and there is no answer yet.
    pub sent: bool,
}

/// The text under the cursor.
pub(super) enum Text<'a> {
    /// One line.
    Line(&'a mut Field),
    /// Several lines.
    Lines(&'a mut Note),
}

impl Text<'_> {
    fn handle(&mut self, key: Key) -> bool {
        match self {
            Text::Line(field) => field.handle(key),
            Text::Lines(note) => note.handle(key, NOTE_COLS),
        }
    }

    fn paste(&mut self, text: &str) {
        match self {
            Text::Line(field) => field.paste(text),
            Text::Lines(note) => note.paste(text),
        }
    }
}

/// A form: fields in a row, the last of them the button that saves.
pub(super) trait Form {
    /// What is typed so far.
    fn draft(&self, desk: &Desk) -> Draft;

    /// How far it has come.
    fn progress(&mut self) -> &mut Progress;

    /// The text field under the cursor.
    fn text(&mut self) -> Option<Text<'_>>;

    /// Whether the button is under the cursor.
    fn on_button(&self) -> bool;

    /// Moves the cursor by `n` fields, round and round.
    fn step(&mut self, n: isize);

    /// Lets the field under the cursor answer a command of its own; false when it has none.
    fn own(&mut self, command: Command) -> bool;

    /// Records what is typed, or says what is wrong with it.
    fn save(&mut self, desk: &Desk) -> Vec<Action>;
}

/// Answers an event.
pub(super) fn on(form: &mut impl Form, event: Event, desk: &Desk) -> Vec<Action> {
    match event {
        Event::Command(command) => {
            let before = form.draft(desk);
            let mut actions = answer(form, command, desk);
            if form.draft(desk) != before {
                form.progress().touched = true;
                actions.push(Action::KeepDraft(form.draft(desk)));
            }
            actions
        }
        Event::Text(key) if form.text().is_some_and(|mut text| text.handle(key)) => typed(form, desk),
        Event::Paste(pasted) => match form.text() {
            Some(mut text) => {
                text.paste(&pasted);
                typed(form, desk)
            }
            None => Vec::new(),
        },
        Event::Saved if form.progress().sent => vec![Action::DropDraft, Action::Close],
        Event::Refused => {
            form.progress().sent = false;
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn typed(form: &mut impl Form, desk: &Desk) -> Vec<Action> {
    form.progress().touched = true;
    vec![Action::KeepDraft(form.draft(desk))]
}

fn answer(form: &mut impl Form, command: Command, desk: &Desk) -> Vec<Action> {
    let wants_saving = command == Command::SaveForm || (command == Command::Open && form.on_button());
    if wants_saving {
        // Pressed twice, it is recorded once.
        return if form.progress().sent { Vec::new() } else { form.save(desk) };
    }
    if form.own(command) {
        return Vec::new();
    }
    match command {
        Command::Open | Command::NextFocus | Command::Down => form.step(1),
        Command::PrevFocus | Command::Up => form.step(-1),
        Command::Back if form.progress().touched => return vec![Action::Open(Route::Discard)],
        Command::Back => return vec![Action::Close],
        // Nothing to say where a list or a text has come to its end.
        Command::PageUp | Command::PageDown | Command::Home | Command::End => {}
        _ => {
            let said = t!("refusal.not_this_field", name = command.row().name());
            return vec![Action::Say(Message::note(said))];
        }
    }
    Vec::new()
}

/// Why a command can't run on a form that has come this far.
pub(super) fn refuses(progress: Progress, command: Command) -> Option<String> {
    match command {
        Command::SaveForm if progress.sent => Some(t!("refusal.saving").into_owned()),
        Command::Quit if progress.touched => Some(t!("refusal.unsaved").into_owned()),
        _ => None,
    }
}

/// Draws a field's label in `cols` columns, marked when the cursor is `here`; returns the cells after it.
pub(super) fn label(canvas: &mut Canvas<'_>, inner: Rect, y: u16, word: &str, cols: u16, here: bool) -> Rect {
    let mark = if here { canvas.look.glyphs.cursor } else { " " };
    canvas.put(inner, inner.x, y, mark, Role::Title);
    canvas.put(inner, inner.x + 2, y, word, if here { Role::Title } else { Role::Label });
    Rect { x: inner.x + 2 + cols, y, width: inner.width.saturating_sub(2 + cols), height: 1 }
}

/// Draws a note of two rows; the hardware cursor stands in it when the cursor is `here`.
pub(super) fn note(canvas: &mut Canvas<'_>, cells: Rect, note: &Note, here: bool) {
    let cells = Rect { height: 2, width: cells.width.min(NOTE_COLS), ..cells };
    let cursor = note.draw(canvas.buf, cells, canvas.look, here);
    if here {
        canvas.cursor = cursor;
    }
}

/// Draws the button, what was said last, and the keys.
pub(super) fn foot(canvas: &mut Canvas<'_>, inner: Rect, on_button: bool) {
    let y = inner.bottom().saturating_sub(2);
    let role = if on_button { Role::Selection } else { Role::Title };
    let button = " 保存 ";
    let cols = text::width(button) as u16;
    canvas.put(inner, inner.right().saturating_sub(cols), y, button, role);
    if let Some(said) = &canvas.desk.message {
        let cells = Rect { y, height: 1, width: inner.width.saturating_sub(cols + 2), ..inner };
        message::draw(canvas.buf, cells, canvas.look, said);
    }
    let line = Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
    frame::keys(canvas, line, Context::Form, &[Command::SaveForm, Command::NextFocus, Command::Back]);
}
