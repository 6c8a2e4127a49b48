//! The generic form: made from a form's fields, checked as it is filled in.
mod begin;
mod entry;
mod judge;
mod offer;
mod view;

use std::collections::BTreeSet;

use self::{
    entry::{Entry, MARKS},
    judge::Verdict,
    offer::Offer,
};
use crate::{
    app::{Action, Command, Context, Desk, Draft, Event, Message, Screen},
    grid::{
        decide::Intent,
        fact::{AttendanceMark, Fact, FactId},
        org::{NodeIx, UnitIx},
        record::{About, Form as Blank, Input},
    },
    screen::form::{self, Form, Progress, Text},
    ui::{field::Field as Line, list::Window},
};

/// Where the cursor can stand, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    On,
    Unit,
    /// The field of that place.
    Field(usize),
    Save,
}

pub(super) struct RecordForm {
    blank: &'static Blank,
    node: NodeIx,
    of: Option<FactId>,
    amends: Option<Box<Fact>>,
    on: Line,
    unit: Line,
    entries: Vec<Entry>,
    at: Spot,
    /// Where the cursor has been: what is wrong is told there.
    seen: BTreeSet<Spot>,
    offers: Vec<Offer>,
    offer: Window,
    verdict: Verdict,
    top: u16,
    progress: Progress,
}

impl RecordForm {
    /// Lists the items of the checklist that is chosen.
    fn list_items(&mut self, desk: &Desk) {
        let kind = self.kind();
        for entry in &mut self.entries {
            if let Entry::Items(items) = entry {
                items.list(desk, &kind);
            }
        }
    }

    /// What is chosen in the field `kind`.
    fn kind(&self) -> String {
        let at = self.blank.fields.iter().position(|field| field.key == "kind");
        at.map_or(String::new(), |at| self.entries[at].typed())
    }

    fn has_unit(&self) -> bool {
        matches!(self.blank.about, About::Unit | About::Either)
    }

    fn spots(&self) -> Vec<Spot> {
        let unit = self.has_unit().then_some(Spot::Unit);
        let fields = (0..self.entries.len()).map(Spot::Field);
        std::iter::once(Spot::On).chain(unit).chain(fields).chain([Spot::Save]).collect()
    }

    /// The unit that is named.
    fn unit_ix(&self, desk: &Desk) -> Option<UnitIx> {
        offer::unit(desk, self.node, self.unit.value()).filter(|_| self.has_unit())
    }

    /// What names are offered, what is wrong: after everything that changes the form.
    fn follow(&mut self, desk: &Desk) {
        self.list_items(desk);
        let offers = match self.at {
            Spot::Unit => offer::units(desk, self.node, self.unit.value()),
            Spot::Field(i) => match &self.entries[i] {
                Entry::Line(line) => offer::names(desk, self.blank.fields[i].input, line.value()),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        if offers != self.offers {
            self.offers = offers;
            self.offer = Window::default();
        }
        self.verdict = self.judge(desk);
    }

    /// Takes the name that is offered.
    fn take(&mut self) {
        let Some(offer) = self.offers.get(self.offer.at).cloned() else { return };
        match self.at {
            Spot::Unit => self.unit = Line::new(&offer.name),
            Spot::Field(i) => {
                if let Entry::Line(line) = &mut self.entries[i] {
                    *line = Line::new(&offer::taken(self.blank.fields[i].input, line.value(), &offer.name));
                }
            }
            _ => {}
        }
    }
}

impl Form for RecordForm {
    fn draft(&self, desk: &Desk) -> Draft {
        let values = self.blank.fields.iter().zip(&self.entries);
        let values = values.map(|(field, entry)| (field.key.to_owned(), entry.typed()));
        let roster = self.entries.iter().find_map(|entry| match entry {
            Entry::Roster(roster) => Some(roster),
            _ => None,
        });
        let id = |(person, mark): &(_, AttendanceMark)| (desk.state.org().person(*person).id.clone(), *mark);
        Draft::Filled {
            id: self.blank.id.to_owned(),
            at: desk.state.org().node(self.node).id.clone(),
            unit: self.unit.value().to_owned(),
            of: self.of.map(|of| of.to_string()),
            on: self.on.value().to_owned(),
            values: values.filter(|(_, typed)| !typed.is_empty()).collect(),
            attendance: roster.into_iter().flat_map(|roster| roster.rows.iter().map(id)).collect(),
        }
    }

    fn progress(&mut self) -> &mut Progress {
        &mut self.progress
    }

    fn text(&mut self) -> Option<Text<'_>> {
        match self.at {
            Spot::On => Some(Text::Line(&mut self.on)),
            Spot::Unit => Some(Text::Line(&mut self.unit)),
            Spot::Field(i) => self.entries[i].text(),
            Spot::Save => None,
        }
    }

    fn on_button(&self) -> bool {
        self.at == Spot::Save
    }

    fn step(&mut self, n: isize) {
        self.seen.insert(self.at);
        let spots = self.spots();
        let at = spots.iter().position(|at| *at == self.at).unwrap_or(0) as isize;
        self.at = spots[(at + n).rem_euclid(spots.len() as isize) as usize];
    }

    fn own(&mut self, command: Command) -> bool {
        if !self.offers.is_empty() {
            let len = self.offers.len();
            match command {
                Command::Open => self.take(),
                Command::Down if self.offer.at + 1 < len => self.offer.step(1, len),
                Command::Up if self.offer.at > 0 => self.offer.step(-1, len),
                _ => return false,
            }
            return true;
        }
        let Spot::Field(i) = self.at else { return false };
        if self.blank.fields[i].input == Input::Tasks {
            return self.line_by_line(i, command);
        }
        self.entries[i].own(command)
    }

    fn save(&mut self, desk: &Desk) -> Vec<Action> {
        self.progress.touched = true;
        self.seen.extend(self.spots());
        match self.verdict.clone() {
            Verdict { filled: Some(filled), wrong: None, .. } => {
                self.progress.sent = true;
                vec![Action::Record(Intent::Record(Box::new(filled)))]
            }
            Verdict { wrong: Some((spot, what)), .. } => {
                self.at = spot.unwrap_or(self.at);
                self.follow(desk);
                vec![Action::Say(Message::error(what))]
            }
            _ => Vec::new(),
        }
    }
}

impl RecordForm {
    /// Enter begins the next line, until one is left empty; up and down go from line to line.
    fn line_by_line(&mut self, i: usize, command: Command) -> bool {
        let Some(Text::Lines(note)) = self.entries[i].text() else { return false };
        let key = match command {
            Command::Open if !note.value().is_empty() && !note.value().ends_with('\n') => "enter",
            Command::Up => "up",
            Command::Down => "down",
            _ => return false,
        };
        key.parse().is_ok_and(|key| note.handle(key, form::NOTE_COLS))
    }
}

impl Screen for RecordForm {
    fn context(&self) -> Context {
        Context::Form
    }

    fn takes_text(&self) -> bool {
        match self.at {
            Spot::On | Spot::Unit => true,
            Spot::Field(i) => self.entries[i].takes_text(),
            Spot::Save => false,
        }
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        form::refuses(self.progress, command)
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        let turned = match (self.at, &event) {
            (Spot::Field(i), Event::Text(key)) => self.entries[i].turn_by(*key),
            _ => false,
        };
        let mut actions = if turned {
            self.progress.touched = true;
            vec![Action::KeepDraft(self.draft(desk))]
        } else {
            form::on(self, event, desk)
        };
        if self.amends.is_some() {
            // What is corrected can't be taken up again after a crash without reading the log; the record is there.
            actions.retain(|action| !matches!(action, Action::KeepDraft(_)));
        }
        self.follow(desk);
        actions
    }
}

/// The word for a mark of the roster.
fn mark_word(mark: AttendanceMark) -> &'static str {
    MARKS.iter().find(|(m, _)| *m == mark).map_or("", |(_, word)| word)
}
