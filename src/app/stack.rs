//! The screen stack: events go to the top screen, its actions become decisions and effects.
mod readers;
mod recording;

use std::{collections::VecDeque, rc::Rc, sync::Arc};

use readers::Readers;
use recording::{Request, Told};

use super::{
    Desk,
    command::{Command, Context, Keys, NoKeys},
    message::Message,
    meter::{Count, Meter},
    prefs::Keep,
    refusal::{Here, refusal_on, useless},
    route::{Action, Effect, Event, Record, Route, Ticket},
    tour::Heard,
};
use crate::{
    report::{Listing, Weighed, Wording},
    words::t,
};

/// One screen: its state and how it answers events.
pub trait Screen {
    /// Which bindings hold here.
    fn context(&self) -> Context;

    /// Whether a text field has the focus, so that keys are typed into it.
    fn takes_text(&self) -> bool {
        false
    }

    /// Whether somebody asks here what keys mean: all but those that move or leave come as [`Event::Text`].
    fn asks_keys(&self) -> bool {
        false
    }

    /// Whether something is marked here for a command on many.
    fn has_marks(&self) -> bool {
        false
    }

    /// Why a command that means something in the context can't run now, in one sentence that says what to do first;
    /// none where it can. What is refused is never given to [`Screen::on`].
    fn refuses(&self, _command: Command, _desk: &Desk) -> Option<String> {
        None
    }

    /// What it lists, as it is shown now: each a table that can be exported. None where it lists nothing; then it refuses
    /// [`Command::Export`].
    fn listings(&self, _desk: &Desk) -> Vec<Listing> {
        Vec::new()
    }

    /// What it has to tell the upper platform where the cursor stands, or why nothing.
    fn told(&self, _desk: &Desk) -> Result<Wording, String> {
        Err(useless(Command::CopyText))
    }

    /// Answers an event.
    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action>;
}

/// The app: the desk and the screens on it. `V` is the screen type of the layer above, which can also draw.
pub struct App<V: Screen + ?Sized> {
    /// What all screens share.
    pub desk: Desk,
    screens: Vec<Box<V>>,
    open: fn(&Route, &Desk) -> Box<V>,
    /// Each with the place of the screen that asked, and with what it cost to ask.
    waiting: VecDeque<(usize, Request, Option<Count>)>,
    /// What is on its way to the disk, with the place of the screen that asked for it.
    in_flight: Option<(usize, Told)>,
    /// Who waits for an answer from the log.
    readers: Readers,
    keys: Rc<dyn Keys>,
    /// What is being entered costs so much.
    meter: Meter,
}

impl<V: Screen + ?Sized> App<V> {
    /// An app that shows `first`; `open` makes the screen of a route.
    pub fn new(desk: Desk, open: fn(&Route, &Desk) -> Box<V>, first: &Route) -> App<V> {
        let screens = vec![open(first, &desk)];
        let (keys, meter) = (Rc::new(NoKeys), Meter::default());
        App { desk, screens, open, waiting: VecDeque::new(), in_flight: None, readers: Readers::default(), keys, meter }
    }

    /// From now on these keys hold.
    pub fn set_keys(&mut self, keys: Rc<dyn Keys>) {
        self.keys = keys;
    }

    /// The screens, the lowest first.
    pub fn screens(&mut self) -> &mut [Box<V>] {
        &mut self.screens
    }

    /// The desk and the screens, for drawing.
    pub fn parts(&mut self) -> (&Desk, &mut [Box<V>]) {
        (&self.desk, &mut self.screens)
    }

    /// The context of the top screen.
    pub fn context(&self) -> Context {
        self.screens.last().map_or(Context::Global, |top| top.context())
    }

    /// Whether keys are typed into a field.
    pub fn takes_text(&self) -> bool {
        self.screens.last().is_some_and(|top| top.takes_text())
    }

    /// Whether somebody asks what keys mean.
    pub fn asks_keys(&self) -> bool {
        self.screens.last().is_some_and(|top| top.asks_keys())
    }

    /// Why a command can't run now; none where it can.
    pub fn refusal(&self, command: Command) -> Option<String> {
        let top = self.screens.last()?;
        match command {
            // Whatever lies below may hold what is not saved.
            Command::Quit => self.screens.iter().rev().find_map(|screen| screen.refuses(command, &self.desk)),
            // Whoever goes elsewhere must not leave behind what is not saved.
            Command::Jump if self.screens.iter().any(|screen| screen.context() == Context::Form) => {
                Some(t!("jump.form_open").into_owned())
            }
            _ => refusal_on(&**top, command, &self.desk),
        }
    }

    /// Opens a screen over the others.
    pub fn show(&mut self, route: &Route) -> Vec<Effect> {
        let screen = (self.open)(route, &self.desk);
        if screen.context() == Context::Form || matches!(route, Route::Choose { .. } | Route::Many(_) | Route::Place(_))
        {
            self.meter.begin(self.screens.len());
        }
        self.screens.push(screen);
        self.tell(Event::Changed)
    }

    /// Something was pressed, clicked or pasted, at this moment (UTC milliseconds since 1970); [`App::event`] tells what it
    /// means, if anything. Where nobody tells of it, entries say nothing of what they cost.
    pub fn pressed(&mut self, now_ms: i64) {
        self.meter.press(now_ms);
    }

    /// Answers an event.
    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        let at = self.screens.len().saturating_sub(1);
        let marked = self.has_marks(at);
        let effects = match event {
            Event::Command(command) => self.command(command),
            Event::Text(_) | Event::Point(_) => {
                self.desk.message = None;
                self.tell(event)
            }
            _ => self.tell(event),
        };
        match (marked, self.has_marks(at)) {
            (false, true) => self.meter.begin(at),
            (true, false) => self.meter.drop(at),
            _ => {}
        }
        self.meter.answered();
        effects
    }

    fn has_marks(&self, at: usize) -> bool {
        self.screens.get(at).is_some_and(|screen| screen.has_marks())
    }

    /// Switches the mouse on or off, for this sitting.
    fn switch_mouse(&mut self) -> Vec<Effect> {
        let prefs = &mut self.desk.settings.now;
        prefs.mouse = !prefs.mouse;
        let said = if prefs.mouse { t!("mouse.on") } else { t!("mouse.off") };
        self.desk.message = Some(Message::note(said));
        vec![Effect::Prefer(self.desk.settings.now.clone())]
    }

    /// Runs a command: what means the same everywhere here, the rest on the top screen.
    fn command(&mut self, command: Command) -> Vec<Effect> {
        self.desk.message = None;
        // The tour comes first: Esc ends it where the desk alone would refuse to go back.
        if let Some(effects) = self.guide(command) {
            return effects;
        }
        self.desk.message = self.refusal(command).map(Message::note);
        if self.desk.message.is_some() {
            return Vec::new();
        }
        self.run(command)
    }

    fn run(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Repaint => vec![Effect::Repaint],
            Command::Suspend => vec![Effect::Suspend],
            Command::Quit => vec![Effect::Quit],
            Command::Reload => {
                self.desk.message = Some(Message::note(t!("refusal.reloaded")));
                let mut effects = self.tell(Event::Changed);
                effects.push(Effect::Reload);
                effects
            }
            Command::Sync => vec![Effect::Sync],
            Command::Jump => self.show(&Route::Jump(self.here())),
            Command::Mouse => self.switch_mouse(),
            Command::Tour => {
                self.desk.begin_tour();
                Vec::new()
            }
            Command::Settings => self.show(&Route::Settings),
            Command::Export => self.export(),
            Command::CopyText => {
                let told = self.screens.last().and_then(|top| top.told(&self.desk).ok());
                told.map(Effect::Copy).into_iter().collect()
            }
            Command::Help if self.context() != Context::Help => self.show(&Route::Help(self.here())),
            Command::Palette if self.context() != Context::Help => self.show(&Route::Palette(self.here())),
            _ => self.tell(Event::Command(command)),
        }
    }

    /// Opens the menu of what can be exported here.
    fn export(&mut self) -> Vec<Effect> {
        let listed = self.screens.last().map_or_else(Vec::new, |top| top.listings(&self.desk));
        let node = listed.first().map_or(self.desk.home, |listing| listing.node);
        self.show(&Route::Export { node, listed: listed.into_iter().map(Arc::new).collect() })
    }

    /// Lets the tour hear a command that is given on the desk itself; nothing where the command is to be run as always.
    fn guide(&mut self, command: Command) -> Option<Vec<Effect>> {
        let on_desk = self.screens.len() == 1 && self.context() == Context::Desk;
        let tour = self.desk.tour.as_mut().filter(|_| on_desk)?;
        match tour.hears(command) {
            Heard::Pass => None,
            Heard::Swallowed => Some(Vec::new()),
            Heard::Over => {
                self.desk.tour = None;
                let mut effects = self.run(command);
                effects.push(Effect::Keep(Keep::Toured));
                Some(effects)
            }
            Heard::Skipped => {
                self.desk.tour = None;
                let key = self.keys.label(Context::Desk, Command::Tour);
                let again = key.unwrap_or_else(|| Command::Tour.row().name().into_owned());
                self.desk.message = Some(Message::note(t!("tour.skipped", key = again)));
                Some(vec![Effect::Keep(Keep::Toured)])
            }
        }
    }

    /// Where help or the palette is asked for.
    fn here(&self) -> Here {
        Here::new(self.context(), &*self.keys, |command| self.refusal(command))
    }

    /// Tells the top screen.
    fn tell(&mut self, event: Event) -> Vec<Effect> {
        self.tell_at(usize::MAX, event)
    }

    /// Tells the screen at a place, or the top one where there is none any more.
    fn tell_at(&mut self, at: usize, event: Event) -> Vec<Effect> {
        let at = at.min(self.screens.len().saturating_sub(1));
        let Some(screen) = self.screens.get_mut(at) else { return vec![Effect::Quit] };
        let actions = screen.on(event, &self.desk);
        let mut effects = Vec::new();
        for action in actions {
            self.act(action, at, &mut effects);
        }
        effects
    }

    /// Does what the screen at a place answered.
    fn act(&mut self, action: Action, at: usize, effects: &mut Vec<Effect>) {
        match action {
            Action::Record(intent) => self.ask(at, Request::Record(vec![intent])),
            Action::RecordMany(intents) => self.ask(at, Request::Record(intents)),
            Action::Withdraw(facts) => self.ask(at, Request::Withdraw(facts)),
            Action::Undo => self.ask(at, Request::Undo),
            Action::Run(command) => effects.extend(self.command(command)),
            Action::Open(route) => effects.extend(self.show(&route)),
            Action::Close => {
                // A help or a palette may lie over the screen that closes.
                let at = at.min(self.screens.len().saturating_sub(1));
                if at > 0 {
                    self.remove(at);
                    effects.extend(self.tell(Event::Changed));
                }
            }
            Action::Pick(day) => {
                let at = at.min(self.screens.len().saturating_sub(1));
                if at > 0 {
                    self.remove(at);
                    effects.extend(self.tell_at(at - 1, Event::Picked(day)));
                }
            }
            Action::GoTo { node, spot } => {
                self.only_the_lowest();
                effects.extend(self.tell(Event::GoTo { node, spot }));
            }
            Action::Show(list) => {
                self.only_the_lowest();
                effects.extend(self.tell(Event::Show(list)));
            }
            Action::Index => {
                self.desk.names.want();
                effects.extend(self.index().unwrap_or_default());
            }
            Action::KeepLists(lists) => {
                self.desk.lists = lists.clone();
                effects.push(Effect::KeepLists(lists));
            }
            Action::Read(query) => {
                effects.push(Effect::Read(self.readers.read(at), query));
            }
            Action::Find(id) => {
                effects.push(Effect::Find(self.readers.look_up(at), id));
            }
            Action::Weigh(node, period) => {
                effects.push(Effect::Weigh(self.readers.read(at), node, period));
            }
            Action::Say(message) => self.desk.message = Some(message),
            Action::KeepDraft(draft) => {
                self.desk.keep_draft((*draft).clone());
                effects.push(Effect::KeepDraft(draft));
            }
            Action::DropDraft(number) => {
                self.desk.drop_draft(number);
                effects.push(Effect::DropDraft(number));
            }
            Action::Remember(typed) => {
                let new = typed.iter().filter(|(field, value)| self.desk.memory.note(field, value)).count();
                if new > 0 {
                    effects.push(Effect::KeepMemory(self.desk.memory.clone()));
                }
            }
            Action::ShowMonth(day) => {
                self.desk.month = crate::grid::calendar::Period::containing(self.desk.month.cadence, day);
                effects.extend(self.tell(Event::Changed));
            }
            Action::Prefer(prefs) => {
                self.desk.settings.now = prefs.clone();
                effects.push(Effect::Prefer(prefs));
            }
            Action::Keep(what) => effects.push(Effect::Keep(what)),
            Action::Export(job) => effects.push(Effect::Export(job)),
            Action::ActAs(_) if self.desk.known_by_login => {
                self.desk.message = Some(Message::error(t!("sync.notice.by_login")));
            }
            Action::ActAs(person) => self.desk.act_as(&person),
        }
        self.next_request(effects);
    }

    fn remove(&mut self, at: usize) {
        self.screens.remove(at);
        self.meter.remove(at);
        self.readers.remove(at);
    }

    fn only_the_lowest(&mut self) {
        self.screens.truncate(1);
        self.meter.truncate(1);
        self.readers.truncate(1);
    }

    /// Whether everything is to be found by name and something is not yet: then [`App::index`] is to be called while
    /// nothing else is to be done.
    pub fn is_behind(&self) -> bool {
        self.desk.names.is_behind(&self.desk.state)
    }

    /// Takes the next few thousand names into the index, which costs some milliseconds. The top screen is told of the
    /// last of them, and now and then before; none where it was not told.
    pub fn index(&mut self) -> Option<Vec<Effect>> {
        const NAMES: usize = 8192;
        self.desk.names.grow(&self.desk.state, NAMES);
        let (done, all) = self.desk.names.progress(&self.desk.state);
        let is_news = done == all || (done / NAMES).is_power_of_two();
        is_news.then(|| self.tell(Event::Indexed))
    }

    /// What entries cost, summed up.
    pub fn weighed(&mut self, ticket: Ticket, weighed: Weighed) -> Vec<Effect> {
        self.answered(ticket, Event::Weighed(Box::new(weighed)))
    }

    /// What was read from the log.
    pub fn rows(&mut self, ticket: Ticket, rows: Vec<Record>) -> Vec<Effect> {
        self.answered(ticket, Event::Rows(rows))
    }

    /// Tells whoever asked, if they are still there and have not read anew.
    fn answered(&mut self, ticket: Ticket, event: Event) -> Vec<Effect> {
        self.readers.take(ticket).map_or_else(Vec::new, |at| self.tell_at(at, event))
    }
}
