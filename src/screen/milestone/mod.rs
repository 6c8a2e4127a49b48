//! One stop of the timeline: its clause, and which nodes have it, how it stands at each, and who answers for it there.
mod view;

use crate::{
    app::{Action, Command, Context, Desk, Event, Screen, Spot},
    grid::{
        calendar::Period,
        standing::{DutyState, Place, Stop, stop},
    },
    report::Listing,
    screen::{
        filter::{Filter, named},
        refuse::{unless_known, unless_row},
    },
    ui::list::{Pointed, Window},
};

pub(super) struct Milestone {
    duty: usize,
    period: Period,
    /// None where the tree has changed so that nobody has it any more.
    stop: Option<Stop>,
    /// Its nodes, the most urgent first, as far as they are found.
    places: Vec<Place>,
    window: Window,
    filter: Filter,
}

impl Milestone {
    pub(super) fn new(desk: &Desk, duty: usize, period: Period) -> Milestone {
        let (window, filter) = (Window::default(), Filter::default());
        let mut screen = Milestone { duty, period, stop: None, places: Vec::new(), window, filter };
        screen.reckon(desk);
        screen
    }

    fn reckon(&mut self, desk: &Desk) {
        self.filter.forget();
        self.stop = stop(&desk.state, self.duty, self.period, desk.today());
        self.list(desk);
    }

    fn list(&mut self, desk: &Desk) {
        let mut places = self.stop.as_ref().map_or(Vec::new(), |stop| stop.places.clone());
        // Where it does not count comes last.
        places.sort_by_key(|place| place.state().map_or((1, DutyState::NotApplicable), |state| (0, state)));
        let found = self.filter.pick(places.len(), |i| named(desk.state.org().full_name(places[i].node)));
        self.places = found.into_iter().map(|i| places[i]).collect();
        self.window.at = self.window.at.min(self.places.len().saturating_sub(1));
    }

    fn command(&mut self, command: Command) -> Vec<Action> {
        let len = self.places.len();
        match command {
            Command::Open | Command::Right => {
                let place = self.places.get(self.window.at);
                return place
                    .map(|place| Action::GoTo { node: place.node, spot: Spot::Duty(self.duty) })
                    .into_iter()
                    .collect();
            }
            Command::Filter => self.filter.open(),
            _ => drop(self.window.walk(command, len)),
        }
        Vec::new()
    }
}

impl Screen for Milestone {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Command::Open | Command::Right => unless_row(!self.places.is_empty()),
            _ => unless_known(command, &[Command::Left, Command::Filter, Command::Export]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        vec![view::listing(desk, self.duty, &self.places).narrowed(self.filter.text())]
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                self.window = Window::default();
                self.list(desk);
            }
            return Vec::new();
        }
        match event {
            Event::Command(Command::Back | Command::Left) if self.filter.close() => self.list(desk),
            Event::Command(Command::Back | Command::Left) => return vec![Action::Close],
            Event::Point(pointer) if self.window.point(pointer, self.places.len()) == Pointed::Again => {
                return self.command(Command::Open);
            }
            Event::Command(command) => return self.command(command),
            Event::Changed | Event::Saved => self.reckon(desk),
            _ => {}
        }
        Vec::new()
    }
}
