//! A post's handover (交接): what goes over part by part, and the signatures: who leaves offers, who comes confirms.
mod ask;
mod view;

use ask::{Ask, Asked};

use crate::{
    app::{Action, Command, Context, Desk, Event, Message, Route, Screen, Spot},
    grid::{
        fact::{FactId, HandoverAnswer},
        handover::{Item, Pack, Part, Seat},
        org::{NodeIx, PersonIx, Post},
        record::answering,
        state::Offer,
    },
    report::Listing,
    screen::refuse::{unless, unless_known},
    ui::list::{Pointed, Window},
    words::t,
};

/// Whose post it is, and where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    node: NodeIx,
    post: Post,
    from: PersonIx,
}

/// A line of the list: a part, or under the open one an item of it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Row {
    Part(Part),
    Item(Part, usize),
}

pub(super) struct HandoverScreen {
    place: Place,
    pack: Pack,
    open: Option<Part>,
    rows: Vec<Row>,
    /// The words of the open part's items.
    lines: Vec<String>,
    window: Window,
    ask: Option<Ask>,
    /// How many facts there were when the pack was made.
    seen: u64,
    /// What was sent off, until it is durable.
    sent: Option<HandoverAnswer>,
}

impl HandoverScreen {
    pub(super) fn new(desk: &Desk, node: NodeIx, post: Post, from: PersonIx) -> HandoverScreen {
        let place = Place { node, post, from };
        let mut screen = HandoverScreen {
            place,
            pack: place.seat(desk).pack(),
            open: None,
            rows: Vec::new(),
            lines: Vec::new(),
            window: Window::default(),
            ask: None,
            seen: desk.state.count(),
            sent: None,
        };
        screen.list(desk);
        screen
    }

    /// The pack and its list as they are now.
    fn look(&mut self, desk: &Desk) {
        self.seen = desk.state.count();
        self.pack = self.place.seat(desk).pack();
        self.list(desk);
    }

    fn list(&mut self, desk: &Desk) {
        let items = self.open.map_or(&[][..], |part| self.pack.items(part));
        self.lines = self.open.map_or_else(Vec::new, |part| view::lines(desk, self.place, part, items));
        let under = |part: Part| (0..items.len()).map(move |at| Row::Item(part, at));
        let one = |part: Part| {
            let items = (self.open == Some(part)).then(|| under(part));
            std::iter::once(Row::Part(part)).chain(items.into_iter().flatten())
        };
        self.rows = Part::ALL.into_iter().flat_map(one).collect();
        self.window.at = self.window.at.min(self.rows.len().saturating_sub(1));
    }

    /// The offer of this post that waits.
    fn waiting<'a>(&self, desk: &'a Desk) -> Option<&'a Offer> {
        let place = self.place;
        let is_it = |offer: &&Offer| {
            (offer.node_ix(&desk.state), offer.what.post, offer.leaver(&desk.state))
                == (Some(place.node), place.post, Some(place.from))
        };
        desk.state.handovers().filter(is_it).find(|offer| desk.state.is_offered(offer.id))
    }

    /// Opens a part, or leads to where an item is worked off.
    fn enter(&mut self, desk: &Desk) -> Vec<Action> {
        match self.rows.get(self.window.at).copied() {
            Some(Row::Part(part)) => {
                self.open = Some(part).filter(|part| self.open != Some(*part));
                self.list(desk);
                let at = self.rows.iter().position(|row| *row == Row::Part(part));
                self.window.at = at.unwrap_or_default();
                Vec::new()
            }
            Some(Row::Item(part, at)) => {
                self.pack.items(part).get(at).map_or_else(Vec::new, |item| self.lead(item, desk))
            }
            None => Vec::new(),
        }
    }

    fn lead(&self, item: &Item, desk: &Desk) -> Vec<Action> {
        let go = |node: NodeIx, spot: Spot| vec![Action::GoTo { node, spot }];
        let node = self.place.node;
        match item {
            Item::Duty(row) | Item::Returns(row, _) | Item::Owed(row) => go(row.node, Spot::Duty(row.duty)),
            Item::Matter(work) => answer(desk, work.matter),
            Item::Unvisited(unit, _) | Item::Unit(unit) => go(node, Spot::Unit(*unit)),
            Item::Node(below, _) => go(*below, Spot::Node),
            Item::Post(other, _) => go(*other, Spot::Person(self.place.from)),
            Item::Held { .. } | Item::Fund(_) | Item::Login(_) | Item::Device(..) => {
                vec![Action::Say(Message::note(t!("handover.only_told")))]
            }
        }
    }

    /// Confirms where it is the reader's to confirm; else begins an offer.
    fn sign(&mut self, desk: &Desk) -> Vec<Action> {
        match self.waiting(desk) {
            Some(offer) if desk.actor.person.as_deref() == Some(&offer.to) => {
                self.ask = Some(Ask::answer(offer.id, HandoverAnswer::Confirmed));
            }
            Some(offer) => {
                let to = view::name(desk, &offer.to);
                return vec![Action::Say(Message::note(t!("handover.waits_for", to = to)))];
            }
            None => self.ask = Some(Ask::who(desk, self.place)),
        }
        Vec::new()
    }

    /// Declines or takes back what waits.
    fn refuse(&mut self, desk: &Desk) -> Vec<Action> {
        if let Some(offer) = self.waiting(desk) {
            let is_mine = desk.actor.person.as_deref() == Some(&offer.to);
            let kind = if is_mine { HandoverAnswer::Declined } else { HandoverAnswer::TakenBack };
            self.ask = Some(Ask::answer(offer.id, kind));
        }
        Vec::new()
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if self.window.walk(command, self.rows.len()) {
            return Vec::new();
        }
        match command {
            Command::Open | Command::Right => self.enter(desk),
            Command::HandoverSign => self.sign(desk),
            Command::HandoverRefuse => self.refuse(desk),
            Command::Left if self.open.is_some() => {
                let part = self.open.take();
                self.list(desk);
                let at = self.rows.iter().position(|row| Some(*row) == part.map(Row::Part));
                self.window.at = at.unwrap_or_default();
                Vec::new()
            }
            Command::Back | Command::Left => vec![Action::Close],
            _ => Vec::new(),
        }
    }

    /// What was typed into a question; none where nobody is asked.
    fn typed(&mut self, event: &Event, desk: &Desk) -> Option<Vec<Action>> {
        let asked = self.ask.as_mut()?.on(event, desk, self.place)?;
        Some(match asked {
            Asked::More => Vec::new(),
            Asked::Left => {
                self.ask = None;
                Vec::new()
            }
            Asked::Say(message) => vec![Action::Say(message)],
            Asked::Next(next) => {
                self.ask = Some(*next);
                Vec::new()
            }
            Asked::Record(intent, kind) => {
                self.sent = kind;
                vec![Action::Record(*intent)]
            }
        })
    }

    /// What was signed is durable: the desk shows the new duties where the post is the reader's now.
    fn saved(&mut self, desk: &Desk) -> Vec<Action> {
        self.ask = None;
        let confirmed = self.sent.take() == Some(HandoverAnswer::Confirmed);
        let org = desk.state.org();
        let me = desk.actor.person.as_deref().and_then(|id| org.person_ix(id));
        let mut holders = org.node(self.place.node).holders_on(self.place.post, desk.today());
        let mine = holders.any(|holder| Some(holder) == me);
        if confirmed && mine {
            return vec![Action::GoTo { node: self.place.node, spot: Spot::Node }];
        }
        self.look(desk);
        Vec::new()
    }
}

impl Place {
    fn seat(self, desk: &Desk) -> Seat<'_> {
        Seat { state: &desk.state, node: self.node, post: self.post, from: self.from, today: desk.today() }
    }
}

/// Opens the form that answers a matter, or the menu of those that do.
fn answer(desk: &Desk, id: FactId) -> Vec<Action> {
    let Some(matter) = desk.state.matter_of(id) else { return Vec::new() };
    let at = desk.state.answered_at(matter, desk.today());
    match answering(matter.kind).next() {
        Some(_) => vec![Action::Open(Route::Choose { at, of: Some(id) })],
        None => vec![Action::Say(Message::note(t!("desk.no_answer")))],
    }
}

impl Screen for HandoverScreen {
    fn context(&self) -> Context {
        if self.ask.is_some() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.ask.is_some()
    }

    fn refuses(&self, command: Command, desk: &Desk) -> Option<String> {
        match command {
            _ if self.ask.is_some() => unless_known(command, &[Command::Open]),
            Command::HandoverRefuse => unless(self.waiting(desk).is_some(), || t!("handover.nothing_waits")),
            _ => {
                let own = [Command::Left, Command::Right, Command::Open, Command::HandoverSign, Command::Export];
                unless_known(command, &own)
            }
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        vec![view::listing(desk, self.place, &self.pack)]
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(actions) = self.typed(&event, desk) {
            return actions;
        }
        match event {
            Event::Point(pointer) if self.window.point(pointer, self.rows.len()) == Pointed::Again => {
                return self.enter(desk);
            }
            Event::Command(command) => return self.command(command, desk),
            Event::Saved => return self.saved(desk),
            Event::Refused => self.sent = None,
            Event::Changed if self.seen != desk.state.count() => self.look(desk),
            _ => {}
        }
        Vec::new()
    }
}
