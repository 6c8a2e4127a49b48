//! Recording: what screens ask for is decided one after the other, and told when it is on the disk.
use std::borrow::Cow;

use super::{App, Screen};
use crate::{
    app::{
        Command, Context, Done, Effect, Event, Message, Route, counted,
        meter::{Count, share},
        undo::nothing_to_undo,
    },
    grid::{
        decide::Intent,
        fact::{Draft, Fact},
        state::State,
    },
    words::t,
};

/// Something that waits for its turn to be recorded.
pub(super) enum Request {
    Record(Vec<Intent>),
    Withdraw(Vec<Fact>),
    Undo,
}

/// What is said of what is on its way to the disk.
pub(super) struct Told {
    say: String,
    undoes: bool,
    /// What it cost, to be counted on with where it can't be written.
    cost: Option<Count>,
}

/// What a request was decided to be: drafts, how many there are of each intent, and what is said when they are durable.
struct Decided {
    drafts: Vec<Draft>,
    asked: Vec<usize>,
    say: String,
    undoes: bool,
}

impl<V: Screen + ?Sized> App<V> {
    /// Takes in what the screen at a place asks for.
    pub(super) fn ask(&mut self, at: usize, request: Request) {
        let cost = self.meter.take(at);
        self.waiting.push_back((at, request, cost));
    }

    /// Decides the next request, unless one is on its way: a later one must see what the earlier one did.
    pub(super) fn next_request(&mut self, effects: &mut Vec<Effect>) {
        while self.in_flight.is_none() {
            let Some((by, request, cost)) = self.waiting.pop_front() else { return };
            match self.decide(request) {
                Ok(Decided { mut drafts, asked, say, undoes }) => {
                    if let Some(cost) = cost {
                        share(&mut drafts, &asked, cost.effort());
                    }
                    self.desk.saving = true;
                    self.in_flight = Some((by, Told { say, undoes, cost }));
                    effects.push(Effect::Append(drafts));
                }
                Err(sentence) => {
                    self.go_on_counting(by, cost);
                    self.desk.message = Some(Message::error(sentence));
                    effects.extend(self.tell_at(by, Event::Refused));
                }
            }
        }
    }

    /// What was asked for from this place was not recorded: whoever goes on with it goes on counting.
    fn go_on_counting(&mut self, at: usize, cost: Option<Count>) {
        if let Some(cost) =
            cost.filter(|_| self.screens.get(at).is_some_and(|s| s.context() == Context::Form || s.has_marks()))
        {
            self.meter.give_back(at, cost);
        }
    }

    fn decide(&mut self, request: Request) -> Result<Decided, String> {
        match request {
            Request::Record(intents) => self.decide_all(&intents),
            Request::Withdraw(facts) => self.take_back(&facts, self.desk.describe(&facts)),
            Request::Undo => match self.desk.undoable() {
                Some(done) => self.take_back(&done.facts, done.label.clone()).map_err(|refusal| {
                    let recent = Command::Recent.row().name();
                    t!("undo.refused", what = done.label, why = refusal, recent = recent).into_owned()
                }),
                None => Err(nothing_to_undo()),
            },
        }
    }

    fn take_back(&self, facts: &[Fact], label: String) -> Result<Decided, String> {
        let drafts = self.desk.decide_withdraw(facts).map_err(|refusal| refusal.to_string())?;
        let say = t!("undo.done", what = label).into_owned();
        Ok(Decided { asked: vec![drafts.len()], drafts, say, undoes: true })
    }

    /// Decides several intents that are recorded together: all, or none if one is refused.
    fn decide_all(&self, intents: &[Intent]) -> Result<Decided, String> {
        let (mut drafts, mut asked) = (Vec::new(), Vec::new());
        let mut already = 0;
        let mut duties = Vec::new();
        for intent in intents {
            let decision = self.desk.decide(intent).map_err(|refusal| refusal.to_string())?;
            asked.push(decision.drafts.len());
            drafts.extend(decision.drafts);
            already += decision.already.len();
            duties.extend(decision.counts_for.into_iter().filter(|own| !duties.contains(own)).collect::<Vec<_>>());
        }
        let mut say = String::new();
        if already > 0 {
            say.push_str(&t!("told.already", n = already));
        }
        if let Some(first) = intents.first() {
            say.push_str(&counted(self.desk.pack(), first, &duties));
        }
        Ok(Decided { drafts, asked, say, undoes: false })
    }

    /// What was on its way is durable (its facts) or was not written (a sentence).
    pub fn saved(&mut self, outcome: Result<Vec<Fact>, String>) -> Vec<Effect> {
        if let Ok(facts) = &outcome {
            self.desk.fold(facts);
        }
        self.told(outcome)
    }

    /// [`App::saved`], where the facts are in the state already.
    pub fn told(&mut self, outcome: Result<Vec<Fact>, String>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let Some((by, told)) = self.in_flight.take() else { return effects };
        self.desk.saving = false;
        match outcome {
            Ok(facts) => {
                self.desk.recorded += facts.len() as u64;
                self.note_done(facts, told);
                effects.extend(self.tell_at(by, Event::Saved));
            }
            Err(sentence) => {
                self.go_on_counting(by, told.cost);
                self.waiting.clear();
                self.desk.message = Some(Message::error(sentence));
                effects.extend(self.tell_at(by, Event::Refused));
            }
        }
        self.next_request(&mut effects);
        effects
    }

    /// Others have recorded something: it appears by itself, and nothing that is under way is touched.
    pub fn came(&mut self, facts: &[Fact]) -> Vec<Effect> {
        self.desk.fold(facts);
        self.tell(Event::Changed)
    }

    /// Goes on with a state that was made anew, on the desk: what other screens hold by its place in the old one is gone,
    /// and what was being typed is among the drafts.
    pub fn renew(&mut self, state: State) -> Vec<Effect> {
        self.desk.renew(state);
        self.screens = vec![(self.open)(&Route::Desk, &self.desk)];
        self.meter.truncate(0);
        self.readers.truncate(0);
        self.waiting.clear();
        self.desk.message = Some(Message::note(t!("sync.notice.anew")));
        self.tell(Event::Changed)
    }

    fn note_done(&mut self, facts: Vec<Fact>, told: Told) {
        if let Some(tour) = &mut self.desk.tour {
            tour.saved(told.undoes);
        }
        if told.undoes {
            self.desk.message = Some(Message::done(told.say));
            return;
        }
        let label = self.desk.describe(&facts);
        let late = facts.iter().any(|fact| self.desk.is_late(fact));
        let late = if late { t!("told.late") } else { Cow::Borrowed("") };
        self.desk.message = Some(Message::done(t!("told.saved", what = label, late = late, more = told.say)));
        self.desk.done.push(Done { label, facts });
    }
}
