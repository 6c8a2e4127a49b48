//! How a form answers what it is told.
use super::{Form, LATE, Sheet, Source, offer};
use crate::{
    app::{Action, Code, Command, Context, Desk, Draft, Event, Key, Message, Route, Screen},
    screen::refuse::unless,
    words::t,
};

impl<S: Sheet> Screen for Form<S> {
    fn context(&self) -> Context {
        Context::Form
    }

    fn takes_text(&self) -> bool {
        self.at < self.slots.0.len()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        match command {
            Command::SaveForm => unless(!self.sent, || t!("refusal.saving")),
            Command::Quit => unless(!self.is_touched(desk), || t!("refusal.unsaved")),
            _ => None,
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Saved if self.sent => return self.recorded(),
            Event::Saved => return Vec::new(),
            Event::Refused => {
                self.sent = false;
                return Vec::new();
            }
            Event::Rows(rows) => {
                let said = self.old_record(rows.into_iter().next());
                self.follow(desk);
                return said;
            }
            Event::Changed | Event::Indexed => {
                self.follow(desk);
                return self.read_old();
            }
            _ => {}
        }
        let before = self.draft(desk);
        let mut actions = match event {
            Event::Command(command) => self.answer(command, desk),
            Event::Text(key) => self.key(key, desk),
            Event::Picked(day) => self.pick(day),
            Event::Point(pointer) => self.point(pointer),
            Event::Paste(text) => {
                if self.slots.0.get_mut(self.at).is_some_and(|slot| slot.entry.paste(&text)) {
                    self.offers.typed();
                }
                Vec::new()
            }
            _ => Vec::new(),
        };
        self.follow(desk);
        let now = self.draft(desk);
        if !now.says_the_same(&before) {
            actions.push(match self.is_touched(desk) {
                true => Action::KeepDraft(Box::new(now)),
                false => Action::DropDraft(self.number),
            });
        }
        actions
    }
}

impl<S: Sheet> Form<S> {
    /// What follows from what is filled in: fields that are asked for, offers, what is wrong.
    pub(super) fn follow(&mut self, desk: &Desk) {
        let late = self.slots.on(desk.today()).is_some_and(|on| desk.is_belated(on));
        if let Some(slot) = self.slots.get_mut(LATE) {
            slot.hidden = !late;
        }
        self.sheet.follow(desk, &mut self.slots);
        if let Some(slot) = self.slots.0.get(self.at) {
            self.offers.follow(desk, slot);
        }
        self.verdict = self.judge(desk);
    }

    /// What is typed so far.
    pub(super) fn draft(&self, desk: &Desk) -> Draft {
        let slots = self.slots.0.iter();
        let values = slots.map(|slot| (slot.key.to_owned(), slot.entry.typed()));
        let attendance = self.slots.attendance(desk).into_iter().map(|line| (line.person, line.mark));
        let amends = self.amends.as_deref().map(|old| old.id).or(self.awaited);
        Draft {
            number: self.number,
            aside: false,
            form: self.sheet.id().to_owned(),
            title: self.sheet.title(desk, amends.is_some()),
            gist: self.slots.typed(self.sheet.gist()).replace('\n', " "),
            amends: amends.map(|id| id.to_string()),
            cursor: self.slots.0.get(self.at).map_or("", |slot| slot.key).to_owned(),
            values: values.filter(|(_, typed)| !typed.is_empty()).collect(),
            attendance: attendance.collect(),
            ..self.sheet.draft(desk)
        }
    }

    /// Whether something was filled in that is not recorded.
    pub(super) fn is_touched(&self, desk: &Desk) -> bool {
        self.is_resumed || !self.begun.says_the_same(&self.draft(desk))
    }

    fn key(&mut self, key: Key, desk: &Desk) -> Vec<Action> {
        let Some(slot) = self.slots.0.get_mut(self.at) else { return Vec::new() };
        // At the end of what is typed there is nothing to the right but what is offered.
        if key == Key::plain(Code::Right) {
            if let Some(last) = offer::last(desk, slot).map(str::to_owned) {
                slot.entry.set(&last);
                return Vec::new();
            }
            if self.offers.take(slot, true) {
                return Vec::new();
            }
        }
        let edits = !matches!(key.code, Code::Left | Code::Right | Code::Home | Code::End);
        let first = slot.entry.key(key) && edits && self.offers.typed();
        // The index is built while the person goes on typing.
        if first && slot.source.is_named() { vec![Action::Index] } else { Vec::new() }
    }

    fn answer(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        let on_button = self.at >= self.slots.0.len();
        if command == Command::SaveForm || (command == Command::Open && on_button) {
            // Pressed twice, it is recorded once.
            return if self.sent { Vec::new() } else { self.save(desk) };
        }
        if let Some(slot) = self.slots.0.get_mut(self.at) {
            let taken = command == Command::Open && self.offers.take(slot, false);
            if taken || self.offers.own(command, slot) || slot.entry.own(command) {
                return Vec::new();
            }
        }
        match command {
            Command::PageUp => self.step_day(-1, desk),
            Command::PageDown => self.step_day(1, desk),
            Command::Calendar => return self.calendar(desk),
            Command::Open | Command::NextFocus | Command::Down => self.step(1),
            Command::PrevFocus | Command::Up => self.step(-1),
            Command::Back => return self.leave(desk),
            Command::NextValue | Command::PrevValue => {
                let said = t!("refusal.not_this_field", name = command.row().name());
                return vec![Action::Say(Message::note(said))];
            }
            _ => {}
        }
        Vec::new()
    }

    /// Moves the cursor by `n` fields, round and round.
    fn step(&mut self, n: isize) {
        let places = self.slots.0.len() as isize + 1;
        let mut at = self.at;
        loop {
            at = (at as isize + n).rem_euclid(places) as usize;
            if self.slots.0.get(at).is_none_or(|slot| !slot.hidden) {
                break;
            }
        }
        self.go_to(at);
    }

    pub(super) fn go_to(&mut self, at: usize) {
        if let Some(slot) = self.slots.0.get_mut(self.at) {
            slot.seen = true;
            slot.entry.leave();
        }
        self.at = at;
        self.offers.leave();
    }

    /// Nothing that was typed is given up without a question (rule 3).
    fn leave(&self, desk: &Desk) -> Vec<Action> {
        let now = self.draft(desk);
        let changed = !self.begun.says_the_same(&now);
        match (changed, self.is_resumed) {
            (true, _) => vec![Action::Open(Route::Discard(Some(Box::new(now))))],
            // The draft that it was taken up from stays as it is.
            (false, true) => vec![Action::KeepDraft(Box::new(Draft { aside: true, ..now })), Action::Close],
            (false, false) => vec![Action::DropDraft(self.number), Action::Close],
        }
    }

    fn save(&mut self, desk: &Desk) -> Vec<Action> {
        if self.awaited.is_some() {
            return vec![Action::Say(Message::note(t!("entry.reading_old")))];
        }
        self.strict = true;
        self.offers.leave();
        self.follow(desk);
        if let Some(intent) = self.verdict.intent.clone() {
            self.sent = true;
            return vec![Action::Record(intent)];
        }
        let Some(first) = self.verdict.faults.first().cloned() else { return Vec::new() };
        let at = first.at.as_deref();
        if let Some(place) = self.slots.0.iter().position(|slot| Some(slot.key) == at) {
            self.at = place;
        }
        vec![Action::Say(Message::error(first.what))]
    }

    /// It is durable: what was typed is no draft any more, and is offered the next time.
    fn recorded(&mut self) -> Vec<Action> {
        let typed = self.slots.0.iter().filter(|slot| !slot.hidden).filter_map(|slot| match &slot.source {
            Source::Typed(name, _) => Some((name.clone(), slot.entry.typed())),
            _ => None,
        });
        vec![Action::Remember(typed.collect()), Action::DropDraft(self.number), Action::Close]
    }

    /// Asks for the record that it corrects, where that is still to be read.
    fn read_old(&self) -> Vec<Action> {
        self.awaited.map(Action::Find).into_iter().collect()
    }

    fn old_record(&mut self, record: Option<crate::app::Record>) -> Vec<Action> {
        match record {
            Some(record) if Some(record.fact.id) == self.awaited => {
                self.awaited = None;
                self.amends = Some(Box::new(record.fact));
                Vec::new()
            }
            None if self.awaited.is_some() => vec![Action::Say(Message::error(t!("entry.no_old")))],
            _ => Vec::new(),
        }
    }
}
