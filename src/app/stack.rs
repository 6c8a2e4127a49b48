//! The screen stack: events go to the top screen, its actions become decisions and effects.
use std::{collections::VecDeque, rc::Rc};

use super::{
    Desk, Done,
    command::{Command, Context, Keys, NoKeys},
    counted,
    message::Message,
    refusal::{Here, elsewhere},
    route::{Action, Effect, Event, Record, Route},
};
use crate::{
    grid::{
        decide::Intent,
        fact::{Body, Draft, Fact},
    },
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

    /// Why a command that means something in the context can't run now, in one sentence that says what to do first;
    /// none where it can. What is refused is never given to [`Screen::on`].
    fn refuses(&self, _command: Command, _desk: &Desk) -> Option<String> {
        None
    }

    /// Answers an event.
    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action>;
}

/// Something that waits for its turn to be recorded.
enum Request {
    Record(Intent),
    Withdraw(Vec<Fact>),
    Undo,
}

/// What is on its way to the disk.
struct InFlight {
    /// The place of the screen that asked for it.
    by: usize,
    say: String,
    undoes: bool,
}

/// The app: the desk and the screens on it. `V` is the screen type of the layer above, which can also draw.
pub struct App<V: Screen + ?Sized> {
    /// What all screens share.
    pub desk: Desk,
    screens: Vec<Box<V>>,
    open: fn(&Route, &Desk) -> Box<V>,
    /// Each with the place of the screen that asked.
    waiting: VecDeque<(usize, Request)>,
    in_flight: Option<InFlight>,
    /// The place of the screen that asked last to read.
    reader: usize,
    keys: Rc<dyn Keys>,
}

impl<V: Screen + ?Sized> App<V> {
    /// An app that shows `first`; `open` makes the screen of a route.
    pub fn new(desk: Desk, open: fn(&Route, &Desk) -> Box<V>, first: &Route) -> App<V> {
        let screens = vec![open(first, &desk)];
        App { desk, screens, open, waiting: VecDeque::new(), in_flight: None, reader: 0, keys: Rc::new(NoKeys) }
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
            Command::Repaint | Command::Suspend | Command::Reload | Command::Help | Command::Palette => None,
            // Whatever lies below may hold what is not saved.
            Command::Quit => self.screens.iter().rev().find_map(|screen| screen.refuses(command, &self.desk)),
            _ if !command.applies(top.context()) => Some(elsewhere(command)),
            _ => top.refuses(command, &self.desk),
        }
    }

    /// Opens a screen over the others.
    pub fn show(&mut self, route: &Route) -> Vec<Effect> {
        let screen = (self.open)(route, &self.desk);
        self.screens.push(screen);
        self.tell(Event::Changed)
    }

    /// Answers an event.
    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Command(command) => self.command(command),
            Event::Text(_) => {
                self.desk.message = None;
                self.tell(event)
            }
            _ => self.tell(event),
        }
    }

    /// Runs a command: what means the same everywhere here, the rest on the top screen.
    fn command(&mut self, command: Command) -> Vec<Effect> {
        self.desk.message = self.refusal(command).map(Message::note);
        if self.desk.message.is_some() {
            return Vec::new();
        }
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
            Command::Help if self.context() != Context::Help => self.show(&Route::Help(self.here())),
            Command::Palette if self.context() != Context::Help => self.show(&Route::Palette(self.here())),
            _ => self.tell(Event::Command(command)),
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
            Action::Record(intent) => self.waiting.push_back((at, Request::Record(intent))),
            Action::Withdraw(facts) => self.waiting.push_back((at, Request::Withdraw(facts))),
            Action::Undo => self.waiting.push_back((at, Request::Undo)),
            Action::Run(command) => effects.extend(self.command(command)),
            Action::Open(route) => effects.extend(self.show(&route)),
            Action::Close => {
                // A help or a palette may lie over the screen that closes.
                let at = at.min(self.screens.len().saturating_sub(1));
                if at > 0 {
                    self.screens.remove(at);
                    effects.extend(self.tell(Event::Changed));
                }
            }
            Action::Pick(day) => {
                if self.screens.len() > 1 {
                    self.screens.pop();
                    effects.extend(self.tell(Event::Picked(day)));
                }
            }
            Action::GoTo { node, duty } => {
                self.screens.truncate(1);
                effects.extend(self.tell(Event::GoTo { node, duty }));
            }
            Action::Read(query) => {
                self.reader = at;
                effects.push(Effect::Read(query));
            }
            Action::Say(message) => self.desk.message = Some(message),
            Action::KeepDraft(draft) => effects.push(Effect::KeepDraft(draft)),
            Action::DropDraft => effects.push(Effect::DropDraft),
            Action::ShowMonth(day) => {
                self.desk.month = crate::grid::calendar::Period::containing(self.desk.month.cadence, day);
                effects.extend(self.tell(Event::Changed));
            }
        }
        self.next_request(effects);
    }

    /// Decides the next request, unless one is on its way: a later one must see what the earlier one did.
    fn next_request(&mut self, effects: &mut Vec<Effect>) {
        while self.in_flight.is_none() {
            let Some((by, request)) = self.waiting.pop_front() else { return };
            match self.decide(by, request) {
                Ok((drafts, in_flight)) => {
                    self.desk.saving = true;
                    self.in_flight = Some(in_flight);
                    effects.push(Effect::Append(drafts));
                }
                Err(sentence) => {
                    self.desk.message = Some(Message::error(sentence));
                    effects.extend(self.tell_at(by, Event::Refused));
                }
            }
        }
    }

    fn decide(&mut self, by: usize, request: Request) -> Result<(Vec<Draft>, InFlight), String> {
        let withdraw = |facts: &[Fact], desk: &Desk, label: String| {
            let drafts = desk.decide_withdraw(facts).map_err(|refusal| refusal.to_string())?;
            Ok((drafts, InFlight { by, say: format!("已撤销：{label}"), undoes: true }))
        };
        match request {
            Request::Record(intent) => {
                let decision = self.desk.decide(&intent).map_err(|refusal| refusal.to_string())?;
                let mut say = String::new();
                if !decision.already.is_empty() {
                    say.push_str(&format!("，另有 {} 家已记过", decision.already.len()));
                }
                say.push_str(&counted(self.desk.pack(), &intent, &decision.counts_for));
                Ok((decision.drafts, InFlight { by, say, undoes: false }))
            }
            Request::Withdraw(facts) => withdraw(&facts, &self.desk, self.desk.describe(&facts)),
            Request::Undo => match self.desk.done.last() {
                Some(done) => withdraw(&done.facts, &self.desk, done.label.clone()),
                None => Err(t!("refusal.nothing_to_undo").into_owned()),
            },
        }
    }

    /// What was on its way is durable (its facts) or was not written (a sentence).
    pub fn saved(&mut self, outcome: Result<Vec<Fact>, String>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let Some(in_flight) = self.in_flight.take() else { return effects };
        self.desk.saving = false;
        let by = in_flight.by;
        match outcome {
            Ok(facts) => {
                self.desk.fold(&facts);
                self.note_done(facts, in_flight);
                effects.extend(self.tell_at(by, Event::Saved));
            }
            Err(sentence) => {
                self.waiting.clear();
                self.desk.message = Some(Message::error(sentence));
                effects.extend(self.tell_at(by, Event::Refused));
            }
        }
        self.next_request(&mut effects);
        effects
    }

    fn note_done(&mut self, facts: Vec<Fact>, in_flight: InFlight) {
        if in_flight.undoes {
            let gone = |done: &Done| done.facts.iter().all(|fact| self.desk.state.is_withdrawn(fact.id));
            while self.desk.done.last().is_some_and(gone) {
                self.desk.done.pop();
            }
            self.desk.message = Some(Message::done(in_flight.say));
            return;
        }
        let label = self.desk.describe(&facts);
        let late = facts.iter().any(|fact| is_late(&self.desk, fact));
        let late = if late { "（补录）" } else { "" };
        self.desk.message = Some(Message::done(format!("已记 {label}{late}{}", in_flight.say)));
        if facts.iter().all(|fact| !matches!(fact.draft.body, Body::Placement(_) | Body::Node(_))) {
            self.desk.done.push(Done { label, facts });
        }
    }

    /// What was read from the log.
    pub fn rows(&mut self, rows: Vec<Record>) -> Vec<Effect> {
        self.tell_at(self.reader, Event::Rows(rows))
    }
}

/// Whether a record was entered after its month (补录).
fn is_late(desk: &Desk, fact: &Fact) -> bool {
    use crate::grid::calendar::{Cadence, Period};
    matches!(fact.draft.body, Body::Visit(_) | Body::Session(_) | Body::Done(_))
        && desk.state.local_day(fact.recorded_ms) > Period::containing(Cadence::Month, fact.draft.occurred).last()
}
