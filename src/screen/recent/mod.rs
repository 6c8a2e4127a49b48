//! The last actions: who, when, what, how many records; any of them can be taken back here, as far as the rules allow.
mod group;
mod view;

use self::group::{Group, groups};
use crate::{
    app::{About, Action, Command, Context, Desk, Event, Query, Record, Route, Screen},
    grid::{
        fact::{Body, Fact},
        state::State,
    },
    report::{Listing, Wording},
    screen::{
        filter::{Filter, named},
        pasting, recorded,
        refuse::{unless, unless_known, unless_row},
    },
    ui::list::{Pointed, Window},
    words::t,
};

/// How many records are read at a time.
const PAGE: usize = 200;

pub(super) struct Recent {
    records: Vec<Record>,
    groups: Vec<Group>,
    /// The places of those that are found.
    shown: Vec<usize>,
    window: Window,
    filter: Filter,
    asked: bool,
    all_read: bool,
    /// How many facts there were when it was read.
    seen: Option<u64>,
}

impl Recent {
    /// What was recorded in this sitting; what lies before is read at once.
    pub(super) fn new(desk: &Desk) -> Recent {
        let mut screen = Recent {
            records: Vec::new(),
            groups: Vec::new(),
            shown: Vec::new(),
            window: Window::default(),
            filter: Filter::default(),
            asked: false,
            all_read: false,
            seen: None,
        };
        screen.list(desk);
        screen
    }

    /// Groups what was read; the cursor stays with what it stood on.
    fn list(&mut self, desk: &Desk) {
        let stood = self.chosen().and_then(Group::first).map(|fact| fact.id);
        self.groups = groups(desk, &self.records);
        let mut filter = std::mem::take(&mut self.filter);
        filter.forget();
        let name = |group: &Group| format!("{} {}", who(desk, group), self.what(desk, group));
        let shown = filter.pick(self.groups.len(), |i| named(name(&self.groups[i])));
        (self.shown, self.filter) = (shown, filter);
        let at = stood.and_then(|id| self.shown.iter().position(|i| self.groups[*i].has(id)));
        self.window.at = at.unwrap_or(self.window.at).min(self.shown.len().saturating_sub(1));
    }

    fn chosen(&self) -> Option<&Group> {
        self.shown.get(self.window.at).and_then(|i| self.groups.get(*i))
    }

    /// What it was, in words; a withdrawal names what it took back, where that is listed too.
    fn what(&self, desk: &Desk, group: &Group) -> String {
        let withdrawn = |fact: &Fact| match &fact.draft.body {
            Body::Withdrawn(withdrawn) => Some(withdrawn.of),
            _ => None,
        };
        let taken = group.first().and_then(withdrawn);
        match taken.and_then(|id| self.groups.iter().find(|group| group.has(id))) {
            Some(of) if of.facts.len() == group.facts.len() => {
                t!("recent.took_back", what = desk.describe(&of.facts)).into_owned()
            }
            _ => desk.describe(&group.facts) + &place(desk, group),
        }
    }

    /// Reads on, or from the newest on where the state is another one.
    fn read(&mut self, desk: &Desk) -> Vec<Action> {
        let Some(root) = desk.state.org().roots().first().copied() else { return Vec::new() };
        self.asked = true;
        let fresh = self.seen.replace(desk.state.count()) != Some(desk.state.count());
        self.all_read &= !fresh;
        let before = self.records.last().filter(|_| !fresh).map(|record| record.position);
        vec![Action::Read(Query { about: About::Node(root), before, limit: PAGE })]
    }

    fn take_in(&mut self, rows: Vec<Record>, desk: &Desk) {
        self.asked = false;
        self.all_read = rows.len() < PAGE;
        let follows = match (self.records.last(), rows.first()) {
            (Some(last), Some(next)) => next.position < last.position,
            _ => false,
        };
        if !follows && !rows.is_empty() {
            self.records.clear();
        }
        self.records.extend(rows);
        self.list(desk);
    }

    /// Whether the cursor stands at the end of what was read, and there is more.
    fn wants_more(&self) -> bool {
        self.window.at + 1 >= self.shown.len() && !self.all_read && !self.asked
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if self.window.walk(command, self.shown.len()) {
            return if self.wants_more() { self.read(desk) } else { Vec::new() };
        }
        match command {
            Command::Undo | Command::Open => match self.chosen() {
                Some(group) => return vec![Action::Withdraw(group.facts.clone())],
                None => return Vec::new(),
            },
            Command::History => {
                let node = self.chosen().and_then(Group::first).and_then(|fact| fact.draft.at.clone());
                let node = node.and_then(|id| desk.state.org().node_ix(&id));
                return vec![Action::Open(Route::History(About::Node(node.unwrap_or(desk.home))))];
            }
            Command::UnitYear => {
                let subject = self.chosen().and_then(Group::first).and_then(|fact| fact.draft.subject.as_deref());
                let unit = subject.and_then(|id| desk.state.org().unit_ix(id));
                return unit.map(|unit| Action::Open(Route::Year(unit))).into_iter().collect();
            }
            Command::Filter => self.filter.open(),
            Command::Recent => return vec![Action::Close],
            _ => {}
        }
        Vec::new()
    }
}

/// What a record is looked for by.
fn told(state: &State, fact: &Fact) -> String {
    let by = fact.draft.by.as_deref().and_then(|id| state.org().person_ix(id));
    let by = by.map_or_else(|| t!("recent.device").into_owned(), |ix| state.org().person(ix).record.name.clone());
    format!("{by} {}", recorded::told(state, fact))
}

/// Where it was, for what is about a node as a whole and does not say so itself.
fn place(desk: &Desk, group: &Group) -> String {
    let of_node =
        |fact: &&Fact| fact.draft.subject.is_none() && matches!(fact.draft.body, Body::Session(_) | Body::Done(_));
    let at = group.first().filter(of_node).and_then(|fact| fact.draft.at.as_deref());
    let node = at.and_then(|id| desk.state.org().node_ix(id));
    node.map_or(String::new(), |ix| format!(" {}", desk.state.org().full_name(ix)))
}

/// Who recorded it, by name.
fn who(desk: &Desk, group: &Group) -> String {
    let by = group.first().and_then(|fact| fact.draft.by.as_deref());
    match by {
        Some(id) => {
            desk.state.org().person_ix(id).map_or(id.to_owned(), |ix| desk.state.org().person(ix).record.name.clone())
        }
        None => t!("recent.device").into_owned(),
    }
}

impl Screen for Recent {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Command::Open | Command::Undo => match self.chosen() {
                None => unless_row(false),
                Some(group) => unless(!desk.is_undone(&group.facts), || t!("refusal.withdrawn")),
            },
            _ => unless_known(
                command,
                &[Command::Left, Command::History, Command::Filter, Command::Recent, Command::Export],
            ),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        let about = About::Node(desk.state.org().roots().first().copied().unwrap_or(desk.home));
        vec![recorded::listing(desk, t!("listing.recent").into_owned(), about, (&self.filter, told))]
    }

    fn told(&self, desk: &Desk) -> Result<Wording, String> {
        pasting::records(desk, self.chosen().into_iter().flat_map(|group| &group.facts))
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
            Event::Rows(rows) => self.take_in(rows, desk),
            // A second click takes nothing back: that is asked for by a key.
            Event::Point(pointer) => {
                let hit = self.window.point(pointer, self.shown.len()) != Pointed::Elsewhere;
                return if hit && self.wants_more() { self.read(desk) } else { Vec::new() };
            }
            Event::Command(Command::Back) if self.filter.close() => self.list(desk),
            Event::Command(Command::Back | Command::Left) => return vec![Action::Close],
            Event::Command(command) => return self.command(command, desk),
            Event::Changed | Event::Saved if self.seen != Some(desk.state.count()) => {
                // What this sitting recorded is shown before the log has answered.
                self.list(desk);
                return self.read(desk);
            }
            _ => {}
        }
        Vec::new()
    }
}
