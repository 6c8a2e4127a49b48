//! The working lists: those that the reader wrote down and those that are always there. Enter shows one on the desk.
mod ask;
mod form;
mod view;

pub(super) use self::form::ListForm;
use crate::{
    app::{
        Action, Command, Context, Desk, Event, Message, Route, Screen,
        lists::{Lists, WorkingList},
    },
    grid::org::NodeIx,
    report::Listing,
    screen::{
        filter::{Filter, named},
        refuse::{unless, unless_known, unless_row},
    },
    ui::list::{Pointed, Window},
    words::t,
};

/// A list that is offered.
struct Offer {
    list: WorkingList,
    /// Whether the reader wrote it down.
    own: bool,
}

/// The popup.
pub(super) struct Saved {
    node: NodeIx,
    /// What is looked for on the desk, which a new list begins with.
    text: String,
    offers: Vec<Offer>,
    /// The places of the offers that are found.
    found: Vec<usize>,
    window: Window,
    filter: Filter,
    /// The list that goes if the key is pressed again.
    doomed: Option<String>,
}

impl Saved {
    pub(super) fn new(desk: &Desk, node: NodeIx, text: &str) -> Saved {
        let mut saved = Saved {
            node,
            text: text.to_owned(),
            offers: Vec::new(),
            found: Vec::new(),
            window: Window::default(),
            filter: Filter::default(),
            doomed: None,
        };
        saved.list(&desk.lists);
        saved
    }

    fn list(&mut self, lists: &Lists) {
        let own = lists.all.iter().map(|list| Offer { list: list.clone(), own: true });
        let ready = WorkingList::ready().into_iter().filter(|list| lists.named(&list.name).is_none());
        self.offers = own.chain(ready.map(|list| Offer { list, own: false })).collect();
        self.filter.forget();
        self.pick();
    }

    fn pick(&mut self) {
        let offers = &self.offers;
        self.found =
            self.filter.pick(offers.len(), |i| named(format!("{} {}", offers[i].list.name, offers[i].list.told())));
        self.window.at = self.window.at.min(self.found.len().saturating_sub(1));
    }

    fn offer(&self) -> Option<&Offer> {
        self.found.get(self.window.at).map(|i| &self.offers[*i])
    }

    /// The form of a new list: of what is looked for now, or else like the one under the cursor.
    fn begin(&self) -> Vec<Action> {
        let list = match self.offer() {
            _ if !self.text.is_empty() => WorkingList { text: self.text.clone(), ..WorkingList::new("") },
            Some(offer) => WorkingList { name: String::new(), ..offer.list.clone() },
            None => WorkingList::new(""),
        };
        vec![Action::Open(Route::ListForm { node: self.node, list: Box::new(list), before: None })]
    }

    fn edit(&self) -> Vec<Action> {
        let Some(offer) = self.offer() else { return Vec::new() };
        let before = Some(offer.list.name.clone());
        vec![Action::Open(Route::ListForm { node: self.node, list: Box::new(offer.list.clone()), before })]
    }

    fn drop_list(&mut self, desk: &Desk) -> Vec<Action> {
        let Some(name) = self.offer().map(|offer| offer.list.name.clone()) else { return Vec::new() };
        if self.doomed.replace(name.clone()).as_ref() != Some(&name) {
            return vec![Action::Say(Message::note(t!("lists.ask_drop", name = name)))];
        }
        self.doomed = None;
        let said = Message::done(t!("lists.dropped", name = name));
        let lists = desk.lists.without(&name);
        self.list(&lists);
        vec![Action::KeepLists(lists), Action::Say(said)]
    }

    fn command(&mut self, command: Command, desk: &Desk) -> Vec<Action> {
        if command != Command::DropList {
            self.doomed = None;
        }
        match command {
            Command::Open => {
                return self.offer().map(|offer| Action::Show(Box::new(offer.list.clone()))).into_iter().collect();
            }
            Command::NewList => return self.begin(),
            Command::EditList | Command::Right => return self.edit(),
            Command::DropList => return self.drop_list(desk),
            Command::Filter => self.filter.open(),
            Command::Back | Command::Left if self.filter.close() => self.pick(),
            Command::Back | Command::Left | Command::Lists => return vec![Action::Close],
            command => drop(self.window.walk(command, self.found.len())),
        }
        Vec::new()
    }
}

impl Screen for Saved {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::Lists }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        use Command::{DropList, EditList, Export, Filter, Left, Lists, NewList, Open, Right};
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Open => unless_row(self.offer().is_some()),
            EditList | DropList | Right => match self.offer() {
                None => unless_row(false),
                Some(offer) => unless(offer.own, || t!("lists.own_only")),
            },
            Export => unless_row(self.offer().is_some()),
            _ => unless_known(command, &[NewList, Filter, Left, Lists]),
        }
    }

    fn listings(&self, desk: &Desk) -> Vec<Listing> {
        self.offer().map(|offer| offer.list.listing(desk, self.node)).into_iter().collect()
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                self.pick();
            }
            return Vec::new();
        }
        match event {
            Event::Command(command) => self.command(command, desk),
            Event::Point(pointer) if self.window.point(pointer, self.found.len()) == Pointed::Again => {
                self.command(Command::Open, desk)
            }
            Event::Changed => {
                self.list(&desk.lists);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }
}
