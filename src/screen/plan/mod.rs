//! The grid designer of a township (B-4): the proposed grids, who is in them and why, and the key that applies them.
mod view;

pub(crate) use view::grids;

use chrono::{Datelike, Months, NaiveDate};

use crate::{
    app::{Action, Command, Context, Desk, Event, Message, Pointer, Screen},
    grid::{
        decide::Intent,
        org::{NodeIx, UnitIx},
        plan::partition::{GridRules, Proposal, partition},
    },
    report::Listing,
    screen::{
        filter::{self, Filter, named},
        refuse::{unless, unless_known, unless_row},
    },
    ui::list::{Pointed, Window},
    words::t,
};

/// What is shown of a proposal.
enum Shown {
    /// All grids.
    Grids,
    /// The members of one.
    Members(Window),
    /// The question before it is applied.
    Question,
}

/// The designer of one township.
pub(super) struct PlanScreen {
    town: NodeIx,
    from: NaiveDate,
    /// The proposal, or the sentence that says why there is none.
    outcome: Result<Box<Proposal>, String>,
    /// How many facts there were when it was made.
    seen: u64,
    /// The places of the grids that are found.
    found: Vec<usize>,
    window: Window,
    /// The members of the grid that is looked into, as far as they are found.
    members: Vec<MemberRow>,
    filter: Filter,
    shown: Shown,
    sent: bool,
}

/// A line of a grid's members: who, and where they come from or go to.
struct MemberRow {
    unit: UnitIx,
    note: String,
    leaves: bool,
}

impl PlanScreen {
    /// Designs the grids of `town` from today on.
    pub(super) fn new(desk: &Desk, town: NodeIx) -> PlanScreen {
        let mut screen = PlanScreen {
            town,
            from: desk.today(),
            outcome: Err(String::new()),
            seen: 0,
            found: Vec::new(),
            window: Window::default(),
            members: Vec::new(),
            filter: Filter::default(),
            shown: Shown::Grids,
            sent: false,
        };
        screen.design(desk);
        screen
    }

    fn design(&mut self, desk: &Desk) {
        let rules = GridRules::of(desk.pack(), desk.state.org().node(self.town));
        let found = partition(&desk.state, self.town, self.from, &rules);
        self.outcome = found.map(Box::new).map_err(|error| error.to_string());
        self.seen = desk.state.count();
        self.filter.forget();
        self.pick(desk);
    }

    /// Lists what is found, of the grids or of the members of one.
    fn pick(&mut self, desk: &Desk) {
        let mut filter = std::mem::take(&mut self.filter);
        if matches!(self.shown, Shown::Members(_)) {
            let all = self.all_members(desk);
            let found = filter.pick(all.len(), |i| filter::of_unit(desk, all[i].unit));
            let mut all: Vec<Option<MemberRow>> = all.into_iter().map(Some).collect();
            self.members = found.into_iter().filter_map(|i| all[i].take()).collect();
        } else {
            self.found = filter.pick(self.rows(), |i| named(self.name(desk, i)));
            self.window.at = self.window.at.min(self.found.len().saturating_sub(1));
        }
        self.filter = filter;
    }

    /// The row under the cursor among all grids.
    fn under(&self) -> usize {
        self.found.get(self.window.at).copied().unwrap_or(0)
    }

    /// The name of a row among all grids.
    fn name(&self, desk: &Desk, at: usize) -> String {
        let Ok(proposal) = &self.outcome else { return String::new() };
        match proposal.grids.get(at) {
            Some(grid) => grid.name.clone(),
            None => desk.state.org().node(proposal.dissolved[at - proposal.grids.len()]).name.clone(),
        }
    }

    /// How many rows the list of grids has: those proposed, then those that are closed.
    fn rows(&self) -> usize {
        self.outcome.as_ref().map_or(0, |proposal| proposal.grids.len() + proposal.dissolved.len())
    }

    /// Another first day: this, or the first of the next or the last month, but no day before today.
    fn begin(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        let first = self.from.with_day(1).unwrap_or(self.from);
        let day = match command {
            Command::NextMonth => first.checked_add_months(Months::new(1)),
            Command::PrevMonth if self.from > first => Some(first),
            Command::PrevMonth => first.checked_sub_months(Months::new(1)),
            _ => None,
        };
        self.from = day.unwrap_or(desk.today()).max(desk.today());
        self.shown = Shown::Grids;
        self.filter.close();
        self.design(desk);
        Vec::new()
    }

    fn step(&mut self, rows: isize) {
        let (grids, members) = (self.found.len(), self.members.len());
        match &mut self.shown {
            Shown::Grids => self.window.step(rows, grids),
            Shown::Members(window) => window.step(rows, members),
            Shown::Question => {}
        }
    }

    fn point(&mut self, pointer: Pointer, desk: &Desk) -> Vec<Action> {
        let (grids, members) = (self.found.len(), self.members.len());
        let pointed = match &mut self.shown {
            Shown::Grids => self.window.point(pointer, grids),
            Shown::Members(window) => window.point(pointer, members),
            Shown::Question => Pointed::Elsewhere,
        };
        if pointed == Pointed::Again { self.open(desk) } else { Vec::new() }
    }

    /// Who comes into the grid under the cursor, who leaves it, then who stays.
    fn all_members(&self, desk: &Desk) -> Vec<MemberRow> {
        let at = self.under();
        let Ok(proposal) = &self.outcome else { return Vec::new() };
        let name = |ix: NodeIx| desk.state.org().node(ix).name.as_str();
        let node = match proposal.grids.get(at) {
            Some(grid) => grid.keeps,
            None => proposal.dissolved.get(at - proposal.grids.len()).copied(),
        };
        let member = |unit: &UnitIx| {
            let note = proposal.move_of(*unit).map_or(String::new(), |one| match one.from {
                Some(from) => t!("planned.moved", name = name(from)).into_owned(),
                None => t!("planned.new").into_owned(),
            });
            MemberRow { unit: *unit, note, leaves: false }
        };
        let members = proposal.grids.get(at).into_iter().flat_map(|grid| grid.units.iter().map(member));
        let leaving = proposal.moves.iter().filter(|one| one.from.is_some() && one.from == node);
        let leaves = leaving.map(|one| {
            let note = t!("planned.to", name = proposal.grids[one.to].name).into_owned();
            MemberRow { unit: one.unit, note, leaves: true }
        });
        let (came, stayed): (Vec<MemberRow>, Vec<MemberRow>) = members.partition(|row| !row.note.is_empty());
        came.into_iter().chain(leaves).chain(stayed).collect()
    }

    fn ask(&mut self) -> Vec<Action> {
        match &self.outcome {
            Err(sentence) => vec![Action::Say(Message::error(sentence.clone()))],
            Ok(proposal) if proposal.changes_nothing() => {
                vec![Action::Say(Message::note(t!("planned.as_is")))]
            }
            Ok(_) => {
                self.shown = Shown::Question;
                Vec::new()
            }
        }
    }

    fn open(&mut self, desk: &Desk) -> Vec<Action> {
        match (&self.shown, &self.outcome) {
            (Shown::Grids, Ok(_)) if !self.found.is_empty() => {
                // The cursor stays with the grid when all of them are listed again.
                let at = self.under();
                if self.filter.close() {
                    self.pick(desk);
                    self.window.at = at;
                }
                self.shown = Shown::Members(Window::default());
                self.pick(desk);
            }
            (Shown::Question, Ok(proposal)) if !self.sent => {
                self.sent = true;
                return vec![Action::Record(Intent::Partition(proposal.clone()))];
            }
            _ => {}
        }
        Vec::new()
    }

    fn back(&mut self, desk: &Desk) -> Vec<Action> {
        if self.filter.close() {
            self.pick(desk);
            return Vec::new();
        }
        if matches!(self.shown, Shown::Grids) {
            return vec![Action::Close];
        }
        self.shown = Shown::Grids;
        Vec::new()
    }
}

impl Screen for PlanScreen {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        let asks = matches!(self.shown, Shown::Question);
        match (command, &self.outcome) {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            (Command::Filter, _) if asks => Some(t!("refusal.asked").into_owned()),
            (Command::ApplyPlan, Err(sentence)) => Some(sentence.clone()),
            (Command::ApplyPlan, Ok(_)) if asks => Some(t!("refusal.asked").into_owned()),
            (Command::ApplyPlan, Ok(proposal)) => unless(!proposal.changes_nothing(), || t!("refusal.plan_same")),
            (Command::Open, _) if asks => unless(!self.sent, || t!("refusal.saving")),
            (Command::Open, _) => unless_row(matches!(self.shown, Shown::Grids) && !self.found.is_empty()),
            (Command::PrevMonth, _) => unless(self.from > desk.today(), || t!("refusal.earlier")),
            (Command::Today, _) => unless(self.from > desk.today(), || t!("refusal.from_today")),
            (Command::Export, Err(sentence)) => Some(sentence.clone()),
            _ => unless_known(command, &[Command::NextMonth, Command::Left, Command::Filter, Command::Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        let Ok(proposal) = &self.outcome else { return Vec::new() };
        vec![
            match self.shown {
                Shown::Members(_) => {
                    let name = t!("listing.members", name = self.name(desk, self.under())).into_owned();
                    view::members(desk, self.town, name, &self.members)
                }
                _ => view::grids(desk.state.org(), self.town, proposal, &self.found),
            }
            .narrowed(self.filter.text()),
        ]
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        const FAR: isize = isize::MAX / 2;
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                match &mut self.shown {
                    Shown::Members(window) => *window = Window::default(),
                    _ => self.window = Window::default(),
                }
                self.pick(desk);
            }
            return Vec::new();
        }
        match event {
            Event::Saved if self.sent => return vec![Action::Close],
            Event::Refused => {
                self.sent = false;
                self.shown = Shown::Grids;
            }
            Event::Saved | Event::Changed if self.seen != desk.state.count() => self.design(desk),
            Event::Point(pointer) => return self.point(pointer, desk),
            Event::Command(command) => match command {
                Command::Up => self.step(-1),
                Command::Down => self.step(1),
                Command::PageUp => self.step(-10),
                Command::PageDown => self.step(10),
                Command::Home => self.step(-FAR),
                Command::End => self.step(FAR),
                Command::NextMonth | Command::PrevMonth | Command::Today => return self.begin(command, desk),
                Command::ApplyPlan => return self.ask(),
                Command::Open => return self.open(desk),
                Command::Filter if !matches!(self.shown, Shown::Question) => self.filter.open(),
                Command::Back | Command::Left => return self.back(desk),
                _ => {}
            },
            _ => {}
        }
        Vec::new()
    }
}
