//! The screen stack: events go to the top screen, its actions become decisions and effects.
use std::collections::VecDeque;

use super::{
    Desk, Done,
    command::{Command, Context},
    counted,
    message::Message,
    route::{Action, Effect, Event, Record, Route},
};
use crate::grid::{
    decide::{Intent, is_belated},
    fact::{Body, Draft, Fact},
};

/// One screen: its state and how it answers events.
pub trait Screen {
    /// Which bindings hold here.
    fn context(&self) -> Context;

    /// Whether a text field has the focus, so that keys are typed into it.
    fn takes_text(&self) -> bool {
        false
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
    say: String,
    undoes: bool,
}

/// The app: the desk and the screens on it. `V` is the screen type of the layer above, which can also draw.
pub struct App<V: Screen + ?Sized> {
    /// What all screens share.
    pub desk: Desk,
    screens: Vec<Box<V>>,
    open: fn(&Route, &Desk) -> Box<V>,
    waiting: VecDeque<Request>,
    in_flight: Option<InFlight>,
}

impl<V: Screen + ?Sized> App<V> {
    /// An app that shows `first`; `open` makes the screen of a route.
    pub fn new(desk: Desk, open: fn(&Route, &Desk) -> Box<V>, first: &Route) -> App<V> {
        let screens = vec![open(first, &desk)];
        App { desk, screens, open, waiting: VecDeque::new(), in_flight: None }
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

    /// Opens a screen over the others.
    pub fn show(&mut self, route: &Route) -> Vec<Effect> {
        let screen = (self.open)(route, &self.desk);
        self.screens.push(screen);
        self.tell(Event::Changed)
    }

    /// Answers an event.
    pub fn event(&mut self, event: Event) -> Vec<Effect> {
        match &event {
            Event::Command(Command::Repaint) => return vec![Effect::Repaint],
            Event::Command(Command::Suspend) => return vec![Effect::Suspend],
            Event::Command(_) | Event::Text(_) => self.desk.message = None,
            _ => {}
        }
        self.tell(event)
    }

    fn tell(&mut self, event: Event) -> Vec<Effect> {
        let Some(top) = self.screens.last_mut() else { return vec![Effect::Quit] };
        let actions = top.on(event, &self.desk);
        let mut effects = Vec::new();
        for action in actions {
            self.act(action, &mut effects);
        }
        effects
    }

    fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Record(intent) => self.waiting.push_back(Request::Record(intent)),
            Action::Withdraw(facts) => self.waiting.push_back(Request::Withdraw(facts)),
            Action::Undo => self.waiting.push_back(Request::Undo),
            Action::Open(route) => effects.extend(self.show(&route)),
            Action::Close => {
                if self.screens.len() > 1 {
                    self.screens.pop();
                    effects.extend(self.tell(Event::Changed));
                }
            }
            Action::GoTo { node, duty } => {
                self.screens.truncate(1);
                effects.extend(self.tell(Event::GoTo { node, duty }));
            }
            Action::Read(query) => effects.push(Effect::Read(query)),
            Action::Find(id) => effects.push(Effect::Find(id)),
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
            Action::Quit => effects.push(Effect::Quit),
        }
        self.next_request(effects);
    }

    /// Decides the next request, unless one is on its way: a later one must see what the earlier one did.
    fn next_request(&mut self, effects: &mut Vec<Effect>) {
        while self.in_flight.is_none() {
            let Some(request) = self.waiting.pop_front() else { return };
            match self.decide(request) {
                Ok((drafts, in_flight)) => {
                    self.desk.saving = true;
                    self.in_flight = Some(in_flight);
                    effects.push(Effect::Append(drafts));
                }
                Err(sentence) => {
                    self.desk.message = Some(Message::error(sentence));
                    effects.extend(self.tell(Event::Refused));
                }
            }
        }
    }

    fn decide(&mut self, request: Request) -> Result<(Vec<Draft>, InFlight), String> {
        let withdraw = |facts: &[Fact], desk: &Desk, label: String| {
            let drafts = desk.decide_withdraw(facts).map_err(|refusal| refusal.to_string())?;
            Ok((drafts, InFlight { say: format!("已撤销：{label}"), undoes: true }))
        };
        match request {
            Request::Record(intent) => {
                let decision = self.desk.decide(&intent).map_err(|refusal| refusal.to_string())?;
                let mut say = String::new();
                if !decision.already.is_empty() {
                    say.push_str(&format!("，另有 {} 家已记过", decision.already.len()));
                }
                say.push_str(&counted(self.desk.pack(), &intent, &decision.counts_for));
                Ok((decision.drafts, InFlight { say, undoes: false }))
            }
            Request::Withdraw(facts) => withdraw(&facts, &self.desk, self.desk.describe(&facts)),
            Request::Undo => match self.desk.done.last() {
                Some(done) => withdraw(&done.facts, &self.desk, done.label.clone()),
                None => Err("这次打开以后还没有记过什么；要撤销更早的，请在「记录」页选中它再按撤销".to_owned()),
            },
        }
    }

    /// What was on its way is durable (its facts) or was not written (a sentence).
    pub fn saved(&mut self, outcome: Result<Vec<Fact>, String>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let Some(in_flight) = self.in_flight.take() else { return effects };
        self.desk.saving = false;
        match outcome {
            Ok(facts) => {
                self.desk.fold(&facts);
                self.note_done(facts, in_flight);
                effects.extend(self.tell(Event::Saved));
            }
            Err(sentence) => {
                self.waiting.clear();
                self.desk.message = Some(Message::error(sentence));
                effects.extend(self.tell(Event::Refused));
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
        self.tell(Event::Rows(rows))
    }
}

/// Whether a record was entered after its month (补录).
fn is_late(desk: &Desk, fact: &Fact) -> bool {
    matches!(fact.draft.body, Body::Visit(_) | Body::Session(_) | Body::Done(_))
        && is_belated(fact.draft.occurred, desk.state.local_day(fact.recorded_ms))
}
