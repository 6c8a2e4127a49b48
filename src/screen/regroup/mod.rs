//! Grids that change: a menu, then whom or what it is about, then what would move, then one key that does it.
mod choose;
mod menu;
mod page;
mod sheet;
mod verb;

use std::borrow::Cow;

use ratatui::layout::Rect;

use self::{choose::Choose, menu::Menu, page::Page, sheet::Sheet, verb::Verb};
use crate::words::word;
use crate::{
    app::{Action, Command, Context, Desk, Event, Kind, Message, Screen},
    grid::{
        decide::{Intent, Regroup},
        org::{NodeIx, UnitIx},
    },
    screen::{
        Canvas, View, frame,
        refuse::{unless, unless_known, unless_row},
    },
    ui::{Role, message, text},
    words::t,
};

/// The node that changes, the units that were marked, and how far the questions have come; the last one is shown.
pub(super) struct Regrouping {
    node: NodeIx,
    units: Vec<UnitIx>,
    stages: Vec<Stage>,
    sent: bool,
}

enum Stage {
    Menu(Menu),
    Choose(Box<Choose>),
    Sheet(Sheet),
    Page(Page),
}

/// What a stage answers.
enum Answer {
    /// Nothing but what is drawn.
    Stay,
    /// Back to the stage before.
    Back,
    /// This way was taken from the menu.
    Way(Verb),
    /// This target was chosen; none is "no grid".
    Target(Option<NodeIx>),
    /// This is to be shown before it is done.
    Show(Regroup),
    /// It is to be done.
    Do(Regroup),
    /// A sentence.
    Say(String),
}

impl Regrouping {
    pub(super) fn new(desk: &Desk, node: NodeIx, units: Vec<UnitIx>) -> Regrouping {
        Regrouping { node, units, stages: vec![Stage::Menu(Menu::new(desk, node))], sent: false }
    }

    fn take(&mut self, answer: Answer, desk: &Desk) -> Vec<Action> {
        match answer {
            Answer::Stay => {}
            Answer::Back => {
                self.stages.pop();
                if self.stages.is_empty() {
                    return vec![Action::Close];
                }
            }
            Answer::Way(verb) => return self.way(verb, desk),
            Answer::Target(target) => return self.target(target, desk),
            Answer::Show(regroup) => match Page::new(desk, regroup) {
                Ok(page) => self.stages.push(Stage::Page(page)),
                Err(refusal) => return vec![Action::Say(Message::error(refusal.to_string()))],
            },
            Answer::Do(_) if self.sent => {}
            Answer::Do(regroup) => {
                self.sent = true;
                return vec![Action::Record(Intent::Regroup(regroup))];
            }
            Answer::Say(sentence) => return vec![Action::Say(Message::error(sentence))],
        }
        Vec::new()
    }

    /// The first question of a way.
    fn way(&mut self, verb: Verb, desk: &Desk) -> Vec<Action> {
        if verb == Verb::Split && self.units.is_empty() {
            let how = word("regroup.mark_first");
            return vec![Action::Say(Message::note(how))];
        }
        self.stages.push(match verb {
            Verb::Merge | Verb::Close | Verb::Move => Stage::Choose(Box::new(Choose::new(desk, self.node, verb))),
            Verb::Found | Verb::Split | Verb::Rename => {
                Stage::Sheet(Sheet::new(desk, verb, self.node, None, self.units.clone()))
            }
        });
        Vec::new()
    }

    /// What follows when a target was chosen.
    fn target(&mut self, target: Option<NodeIx>, desk: &Desk) -> Vec<Action> {
        let Some(Stage::Choose(choose)) = self.stages.last() else { return Vec::new() };
        match (choose.verb, target) {
            (Verb::Move, Some(parent)) => {
                let regroup = Regroup::Rehang { node: self.node, parent, from: desk.today() };
                self.take(Answer::Show(regroup), desk)
            }
            (verb, target) => {
                self.stages.push(Stage::Sheet(Sheet::new(desk, verb, self.node, target, Vec::new())));
                Vec::new()
            }
        }
    }
}

impl Screen for Regrouping {
    fn context(&self) -> Context {
        match self.stages.last() {
            Some(Stage::Sheet(_)) => Context::Form,
            Some(Stage::Choose(choose)) if choose.is_typing() => Context::Prompt,
            _ => Context::List,
        }
    }

    fn takes_text(&self) -> bool {
        match self.stages.last() {
            Some(Stage::Sheet(sheet)) => sheet.takes_text(),
            Some(Stage::Choose(choose)) => choose.is_typing(),
            _ => false,
        }
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        use Command::*;
        match (self.stages.last(), command) {
            (Some(Stage::Choose(choose)), _) if choose.is_typing() => choose.refuses(command),
            (Some(Stage::Choose(_)), Filter) => None,
            (Some(Stage::Menu(menu)), Open) => unless_row(menu.has_rows()),
            (Some(Stage::Choose(choose)), Open) => unless_row(choose.has_rows()),
            (Some(Stage::Page(_)), Open) => unless(!self.sent, || t!("refusal.saving")),
            (Some(Stage::Sheet(sheet)), NextValue | PrevValue | Left | Right) => {
                unless(sheet.turns(), || t!("refusal.not_this_field", name = command.row().name()))
            }
            (Some(Stage::Sheet(_)), Open | SaveForm | NextFocus | PrevFocus) => None,
            _ => unless_known(command, &[]),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Saved if self.sent => return vec![Action::Close],
            Event::Refused => {
                self.sent = false;
                return Vec::new();
            }
            _ => {}
        }
        let answer = match (self.stages.last_mut(), event) {
            (None, _) => Answer::Back,
            (Some(Stage::Menu(menu)), Event::Point(pointer)) => menu.point(pointer),
            (Some(Stage::Menu(menu)), Event::Command(command)) => menu.on(command),
            (Some(Stage::Choose(choose)), event) => choose.on(&event, desk),
            (Some(Stage::Page(page)), Event::Command(command)) => page.on(command),
            (Some(Stage::Sheet(sheet)), Event::Command(command)) => sheet.on(command, desk),
            (Some(Stage::Sheet(sheet)), Event::Text(key)) => sheet.type_key(key),
            (Some(Stage::Sheet(sheet)), Event::Paste(text)) => sheet.paste(&text),
            _ => Answer::Stay,
        };
        self.take(answer, desk)
    }
}

impl View for Regrouping {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let node = self.node;
        match self.stages.last_mut() {
            Some(Stage::Menu(menu)) => menu.draw(canvas, node, self.units.len()),
            Some(Stage::Choose(choose)) => choose.draw(canvas, node),
            Some(Stage::Sheet(sheet)) => sheet.draw(canvas),
            Some(Stage::Page(page)) => page.draw(canvas),
            None => {}
        }
    }

    fn is_popup(&self) -> bool {
        true
    }
}

/// The two bottom lines of a stage: what was said last, and what keys do here.
fn foot(canvas: &mut Canvas<'_>, inner: Rect, context: Context, words: &[(Command, &'static str)]) {
    let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
    if let Some(said) = &canvas.desk.message {
        // A refusal says what to do next, so it is shown to its end; two columns are for the mark.
        let rows = text::wrap(&said.text, usize::from(inner.width).saturating_sub(2));
        let count = rows.len() as u16;
        let role = if said.kind == Kind::Error { Role::Error } else { Role::Text };
        for (i, row) in (0..).zip(rows) {
            let cells = line(count + 1 - i);
            match i {
                0 => message::draw(canvas.buf, cells, canvas.look, &Message { kind: said.kind, text: row }),
                _ => drop(canvas.put(cells, cells.x + 2, cells.y, &row, role)),
            }
        }
    }
    let own = words.iter().map(|(command, word)| (*command, Cow::Borrowed(*word)));
    let rest = [Command::Back, Command::Help].map(|command| (command, command.row().name()));
    frame::keys_named(canvas, line(1), context, &own.chain(rest).collect::<Vec<_>>());
}
