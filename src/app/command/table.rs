//! Every command in one line: the name in the code, the name in keymap files, and where it means something.
//!
//! The words for people lie in `data/locales/commands.toml`, under the name in keymap files.
use std::borrow::Cow;

use super::Context::{self, Board, Desk, Form, Global, Help, List, Lists, Prompt};
use crate::words::{Language, said, said_in};

/// Where one moves.
const MOVE: &[Context] = &[Desk, Board, List, Lists, Form, Help, Prompt];
/// Where units are listed.
const UNITS: &[Context] = &[Desk, Board, List];
/// Where units are listed, and where days are typed.
const DAYS: &[Context] = &[Desk, Board, List, Form];
const WORK: &[Context] = &[Desk, List];
const TABS: &[Context] = &[Desk];
/// Where what is shown can be turned.
const VIEWS: &[Context] = &[Desk, Board];
const LISTS: &[Context] = &[List];
const FORMS: &[Context] = &[Form];
/// Where something is looked for among what is listed.
const LISTED: &[Context] = &[Desk, Board, List, Lists];
/// Where working lists are listed.
const SAVED: &[Context] = &[Lists];
const ANYWHERE: &[Context] = &[Global];

/// One command: everything that keymap, help, hints, palette and manual say about it.
#[derive(Debug)]
pub struct CommandRow {
    /// The command.
    pub command: Command,
    /// The stable name in keymap files, for example `visit.today`.
    pub id: &'static str,
    /// Where it means something; [`Context::Global`] means everywhere.
    pub contexts: &'static [Context],
    /// The keys of the words.
    name: &'static str,
    help: &'static str,
}

impl CommandRow {
    /// Two to five Chinese characters, or at most ten columns of English, for hints, menus and the palette.
    pub fn name(&self) -> Cow<'static, str> {
        said(self.name)
    }

    /// One sentence of at most 48 columns, for the help.
    pub fn help(&self) -> Cow<'static, str> {
        said(self.help)
    }

    /// Its name and its help in a language, whichever is spoken; for documents.
    pub fn words_in(&self, language: Language) -> (Cow<'static, str>, Cow<'static, str>) {
        (said_in(language, self.name), said_in(language, self.help))
    }
}

/// Makes the enum, the table and [`Command::row`] of one list.
macro_rules! commands {
    ($($name:ident $id:literal $contexts:expr;)*) => {
        /// What a person can ask for; [`COMMANDS`] says the rest about each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        /// All commands, in the order in which help lists them: that of the enum.
        pub static COMMANDS: &[CommandRow] = &[
            $(CommandRow {
                command: Command::$name,
                id: $id,
                contexts: $contexts,
                name: concat!("command.", $id, ".name"),
                help: concat!("command.", $id, ".help"),
            },)*
        ];
    };
}

// To add a command: a line here, its words in data/locales/commands.toml, and a key or an explicit "unbound" in every
// keymap.
commands! {
    VisitToday "visit.today" UNITS;
    VisitForm "visit.form" UNITS;
    MarkOne "mark.one" UNITS;
    MarkRange "mark.range" UNITS;
    MarkAll "mark.all" UNITS;
    MarkClear "mark.clear" UNITS;
    Training "session.training" WORK;
    Activity "session.activity" WORK;
    Done "duty.done" WORK;
    Record "record" TABS;
    CloseProblem "problem.close" WORK;
    AssignUnit "unit.assign" UNITS;
    Plan "plan" TABS;
    ApplyPlan "plan.apply" LISTS;
    Regroup "grid.regroup" TABS;
    Calendar "calendar" DAYS;
    Overview "overview" VIEWS;
    Timeline "timeline" TABS;
    Assessment "assessment" TABS;
    AssessAll "assessment.all" LISTS;
    SendScores "assessment.send" LISTS;
    Report "report" TABS;
    Export "export" LISTED;
    Burden "burden" TABS;
    CopyText "text.copy" UNITS;
    Undo "undo" UNITS;
    Recent "recent" UNITS;
    Handover "handover" TABS;
    HandoverSign "handover.sign" LISTS;
    HandoverRefuse "handover.refuse" LISTS;
    Held "held" TABS;
    CountHeld "held.count" LISTS;
    LeaveHeld "held.leave" LISTS;
    NextOverdue "overdue.next" UNITS;
    PrevOverdue "overdue.prev" UNITS;
    History "history" UNITS;
    UnitYear "unit.year" UNITS;
    Board "board" WORK;
    Filter "filter" LISTED;
    Jump "jump" UNITS;
    Lists "lists" TABS;
    NewList "list.new" SAVED;
    EditList "list.edit" SAVED;
    DropList "list.drop" SAVED;
    PrevMonth "month.prev" UNITS;
    NextMonth "month.next" UNITS;
    Today "today" UNITS;
    Open "open" MOVE;
    ToggleFold "fold.toggle" TABS;
    NextFocus "focus.next" MOVE;
    PrevFocus "focus.prev" MOVE;
    NextTab "tab.next" VIEWS;
    PrevTab "tab.prev" VIEWS;
    Tab1 "tab.1" TABS;
    Tab2 "tab.2" TABS;
    Tab3 "tab.3" TABS;
    Tab4 "tab.4" TABS;
    Tab5 "tab.5" TABS;
    Tab6 "tab.6" TABS;
    Tab7 "tab.7" TABS;
    Tab8 "tab.8" TABS;
    Tab9 "tab.9" TABS;
    Drafts "drafts" TABS;
    Sync "sync" TABS;
    DropDraft "draft.drop" LISTS;
    SaveForm "form.save" FORMS;
    NextValue "form.next" FORMS;
    PrevValue "form.prev" FORMS;
    Up "up" MOVE;
    Down "down" MOVE;
    Left "left" MOVE;
    Right "right" MOVE;
    PageUp "page.up" MOVE;
    PageDown "page.down" MOVE;
    Home "home" MOVE;
    End "end" MOVE;
    Back "back" ANYWHERE;
    Palette "palette" ANYWHERE;
    Settings "settings" UNITS;
    Mouse "mouse" ANYWHERE;
    Tour "tour" TABS;
    Help "help" ANYWHERE;
    Reload "reload" ANYWHERE;
    Repaint "repaint" ANYWHERE;
    Suspend "suspend" ANYWHERE;
    Quit "quit" ANYWHERE;
}
