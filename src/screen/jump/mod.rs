//! The jump: anything in the store by its name, its pinyin, its code or its telephone number; and commands. Enter goes
//! there.
mod place;
mod view;

use self::place::Posts;
use crate::{
    app::{
        Action, Code, Command, Context, Desk, Event, Here, Key, Message, Screen, Spot,
        find::{Answer, Finder, Kind, Own, Pattern},
    },
    grid::org::{NodeIx, PersonIx, UnitIx},
    screen::{
        lookup::{self, Part},
        refuse::{unless_known, unless_row},
    },
    ui::{
        field::Field,
        list::{Pointed, Window},
    },
    words::t,
};

/// At most this many are listed; whoever sees more types on.
const MOST: usize = 300;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hit {
    Node(NodeIx),
    Unit(UnitIx),
    Person(PersonIx),
    /// By its place among the entries.
    Command(usize),
}

/// Which kinds are listed: all, one of [`Kind::ALL`], or commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    All,
    Of(Kind),
    Commands,
}

impl Shown {
    const ALL: [Shown; 5] =
        [Shown::All, Shown::Of(Kind::Node), Shown::Of(Kind::Unit), Shown::Of(Kind::Person), Shown::Commands];
}

/// The popup.
pub(super) struct Jump {
    here: Here,
    query: Field,
    finder: Finder,
    answer: Option<Answer>,
    /// The commands that were found.
    commands: Vec<(usize, usize)>,
    shown: Shown,
    hits: Vec<Hit>,
    window: Window,
    own: Option<Own>,
    posts: Posts,
}

impl Jump {
    /// Nothing typed yet; commands are those of the screen below.
    pub(super) fn new(here: Here) -> Jump {
        Jump {
            here,
            query: Field::default(),
            finder: Finder::default(),
            answer: None,
            commands: Vec::new(),
            shown: Shown::All,
            hits: Vec::new(),
            window: Window::default(),
            own: None,
            posts: Posts::default(),
        }
    }

    /// Looks for what is typed.
    fn look(&mut self, desk: &Desk) {
        let typed = self.query.value();
        let pattern = Pattern::new(typed);
        self.finder = Finder::new(typed);
        if pattern.is_empty() {
            (self.answer, self.commands) = (None, Vec::new());
        } else {
            self.answer = Some(desk.names.find(&pattern, self.answer.as_ref()));
            self.commands = commands(&self.here, typed);
        }
        self.list(desk);
    }

    /// Lists the best of the kinds that are shown.
    fn list(&mut self, desk: &Desk) {
        self.window = Window::default();
        self.hits.clear();
        let Some(answer) = &self.answer else { return };
        let own = self.own.get_or_insert_with(|| Own::of(&desk.state, desk.home, desk.today()));
        let kinds = match self.shown {
            Shown::All => Kind::ALL.to_vec(),
            Shown::Of(kind) => vec![kind],
            Shown::Commands => Vec::new(),
        };
        let named = answer.best(&kinds, MOST, own).into_iter().map(|(class, kind, row)| (class, hit(kind, row)));
        let mut all: Vec<(usize, Hit)> = named.collect();
        if matches!(self.shown, Shown::All | Shown::Commands) {
            all.extend(self.commands.iter().map(|(class, entry)| (*class, Hit::Command(*entry))));
        }
        all.sort_by_key(|(class, _)| *class);
        self.hits.extend(all.into_iter().map(|(_, hit)| hit));
    }

    /// How many were found of what is `shown`.
    fn count(&self, shown: Shown) -> usize {
        let of = |kind| self.answer.as_ref().map_or(0, |answer| answer.of(kind).len());
        match shown {
            Shown::All => Kind::ALL.into_iter().map(of).sum::<usize>() + self.commands.len(),
            Shown::Of(kind) => of(kind),
            Shown::Commands => self.commands.len(),
        }
    }

    fn turn(&mut self, n: isize, desk: &Desk) {
        let at = Shown::ALL.iter().position(|shown| *shown == self.shown).unwrap_or(0) as isize + n;
        self.shown = Shown::ALL[at.rem_euclid(Shown::ALL.len() as isize) as usize];
        self.list(desk);
    }

    /// Goes to what is under the cursor, or runs it.
    fn go(&mut self, desk: &Desk) -> Vec<Action> {
        let org = desk.state.org();
        let to = match self.hits.get(self.window.at) {
            None => return Vec::new(),
            Some(Hit::Command(entry)) => {
                let entry = &self.here.entries[*entry];
                return match &entry.refusal {
                    Some(why) => vec![Action::Say(Message::note(why.clone()))],
                    None => vec![Action::Close, Action::Run(entry.command)],
                };
            }
            Some(Hit::Node(node)) => Some((*node, Spot::Node)),
            Some(Hit::Unit(unit)) => place::of_unit(desk, *unit).map(|node| (node, Spot::Unit(*unit))),
            Some(Hit::Person(person)) => match self.posts.of(desk, *person) {
                Some((node, _)) => Some((node, Spot::Person(*person))),
                None => {
                    let unit = org.person(*person).record.unit.as_deref().and_then(|id| org.unit_ix(id));
                    unit.and_then(|unit| Some((place::of_unit(desk, unit)?, Spot::Unit(unit))))
                }
            },
        };
        match to {
            Some((node, spot)) => vec![Action::GoTo { node, spot }],
            None => vec![Action::Say(Message::note(t!("jump.unknown")))],
        }
    }

    fn type_key(&mut self, key: Key, desk: &Desk) -> Vec<Action> {
        if key.code == Code::Backspace && self.query.value().is_empty() {
            return vec![Action::Close];
        }
        let before = self.query.value().to_owned();
        self.query.handle(key);
        if self.query.value() != before {
            self.look(desk);
        }
        Vec::new()
    }
}

fn hit(kind: Kind, row: u32) -> Hit {
    match kind {
        Kind::Node => Hit::Node(NodeIx(row)),
        Kind::Unit => Hit::Unit(UnitIx(row)),
        Kind::Person => Hit::Person(PersonIx(row)),
    }
}

/// The commands that are found by name or key, with the class that they are listed in: those that begin with what is
/// typed among the best of names, the others among the rest.
fn commands(here: &Here, typed: &str) -> Vec<(usize, usize)> {
    let class = |part: &Part| match part {
        Part::Key(_) => Some(1),
        Part::Name(spans) if spans.first().is_some_and(|span| span.start == 0) => Some(1),
        Part::Name(_) => Some(3),
        _ => None,
    };
    let useful =
        |entry: usize| here.entries[entry].refusal.is_none() || here.entries[entry].command.applies(here.context);
    let found = lookup::find(here, typed).into_iter().filter(|hit| useful(hit.entry));
    found.filter_map(|hit| Some((class(&hit.part)?, hit.entry))).collect()
}

impl Screen for Jump {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open => unless_row(self.window.at < self.hits.len()),
            _ => unless_known(command, &[Command::NextFocus, Command::PrevFocus]),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        match event {
            Event::Command(Command::Open) => return self.go(desk),
            Event::Command(Command::Back) => return vec![Action::Close],
            Event::Command(Command::NextFocus) => self.turn(1, desk),
            Event::Command(Command::PrevFocus) => self.turn(-1, desk),
            Event::Command(command) => drop(self.window.walk(command, self.hits.len())),
            Event::Point(pointer) if self.window.point(pointer, self.hits.len()) == Pointed::Again => {
                return self.go(desk);
            }
            Event::Text(key) => return self.type_key(key, desk),
            Event::Paste(text) => {
                self.query.paste(&text);
                self.look(desk);
            }
            // It has just opened, or something changed: what is not in the index yet comes into it.
            Event::Changed => return vec![Action::Index],
            Event::Indexed => {
                let at = self.window;
                self.look(desk);
                self.window = at;
            }
            _ => {}
        }
        Vec::new()
    }
}
