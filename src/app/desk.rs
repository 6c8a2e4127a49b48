//! What all screens share: the state, how it stands today, who sits here, what was said last.
use std::{cell::OnceCell, sync::Arc};

use chrono::NaiveDate;

use super::{Message, Settings, Tour, find::Names, lists::Lists};
use crate::grid::{
    calendar::{Cadence, Calendar, Period},
    decide::{Actor, Decision, Intent, Refusal, decide},
    fact::Fact,
    glance::{Glance, Unsynced},
    org::{NodeIx, PersonIx, Post},
    standing::Overview,
    state::State,
};

/// What all screens share.
#[derive(Debug)]
pub struct Desk {
    /// Everything that happened.
    pub state: State,
    /// How it stands today.
    pub overview: Overview,
    /// The months of every node, once somebody asked for them.
    glance: OnceCell<Glance>,
    /// Working days.
    pub calendar: Calendar,
    /// Who acts, on which day.
    pub actor: Actor,
    /// The acting person.
    pub me: Option<PersonIx>,
    /// The node that is the reader's own: where they hold a post, or the root.
    pub home: NodeIx,
    /// The month that lists and boards show.
    pub month: Period,
    /// What was said last.
    pub message: Option<Message>,
    /// What was recorded in this sitting, taken back or not, oldest first.
    pub done: Vec<Done>,
    /// How many facts were recorded in this sitting; others' come beside them.
    pub recorded: u64,
    /// Whether what was folded no longer counts as it was folded: the state is to be made anew.
    pub stale: bool,
    /// What was typed into forms and is not recorded yet.
    pub drafts: Vec<super::Draft>,
    /// What was typed into fields before.
    pub memory: super::Memory,
    /// Everything by name, as far as it is needed.
    pub names: Names,
    /// The reader's working lists.
    pub lists: Lists,
    /// Whether something is on its way to the disk.
    pub saving: bool,
    /// Whether the clock is set by hand (tests).
    pub fixed_clock: bool,
    /// Whether a server says who acts, by the login: nobody else can be chosen then.
    pub known_by_login: bool,
    /// When what others recorded was last fetched from a server, UTC milliseconds since 1970; none where there is none.
    pub synced_ms: Option<i64>,
    /// What the person has set, and what there is to choose from.
    pub settings: Settings,
    /// The tour, while it is on.
    pub tour: Option<Tour>,
}

/// Something that was recorded in this sitting.
#[derive(Clone, Debug)]
pub struct Done {
    /// What it was, in words.
    pub label: String,
    /// Its facts.
    pub facts: Vec<Fact>,
}

impl Desk {
    /// The desk over a state that holds at least a root.
    pub fn new(state: State, calendar: Calendar, actor: Actor) -> Desk {
        let overview = Overview::new(&state, actor.today);
        let me = actor.person.as_deref().and_then(|id| state.org().person_ix(id));
        let home = own_node(&state, me, actor.today);
        Desk {
            overview,
            glance: OnceCell::new(),
            calendar,
            me,
            home,
            month: Period::containing(Cadence::Month, actor.today),
            message: None,
            done: Vec::new(),
            recorded: 0,
            stale: false,
            drafts: Vec::new(),
            memory: super::Memory::default(),
            names: Names::default(),
            lists: Lists::default(),
            saving: false,
            fixed_clock: false,
            known_by_login: false,
            synced_ms: None,
            settings: Settings::default(),
            tour: None,
            state,
            actor,
        }
    }

    /// The county's day.
    pub fn today(&self) -> NaiveDate {
        self.actor.today
    }

    /// How old what is shown of others is, where that is not of today.
    pub fn unsynced(&self) -> Option<Unsynced> {
        Unsynced::of(&self.state, self.synced_ms, self.today())
    }

    /// Begins the tour.
    pub fn begin_tour(&mut self) {
        let real = self.state.opened().is_none_or(|opened| !opened.sample);
        self.tour = Some(Tour::new(real));
    }

    /// From now on this person acts.
    pub fn act_as(&mut self, person: &str) {
        self.me = self.state.org().person_ix(person);
        self.actor.person = self.me.map(|_| person.to_owned());
        self.home = own_node(&self.state, self.me, self.today());
    }

    /// Moves on to another day.
    pub fn turn_to(&mut self, today: NaiveDate) {
        if today == self.actor.today {
            return;
        }
        let followed = self.month == Period::containing(Cadence::Month, self.actor.today);
        self.actor.today = today;
        self.overview = Overview::new(&self.state, today);
        self.glance.take();
        if followed {
            self.month = Period::containing(Cadence::Month, today);
        }
    }

    /// Goes on with a state that was made anew.
    pub fn renew(&mut self, state: State) {
        self.overview = Overview::new(&state, self.today());
        self.glance.take();
        self.names = self.names.emptied();
        self.me = self.actor.person.as_deref().and_then(|id| state.org().person_ix(id));
        self.home = own_node(&state, self.me, self.today());
        self.state = state;
        self.stale = false;
    }

    /// The months of every node; reckoned when they are asked for first, and followed from then on.
    pub fn glance(&self) -> &Glance {
        self.glance.get_or_init(|| Glance::new(&self.state, self.today()))
    }

    /// Decides an intent.
    pub fn decide(&self, intent: &Intent) -> Result<Decision, Refusal> {
        decide(&self.state, &self.actor, intent)
    }

    /// Folds facts that are durable.
    pub fn fold(&mut self, facts: &[Fact]) {
        for fact in facts {
            let touched = self.state.apply(fact);
            self.stale |= touched.again;
            let changed = self.overview.follow(&self.state, &touched);
            if let Some(glance) = self.glance.get_mut() {
                glance.follow(&self.state, changed.as_deref());
            }
            self.names.follow(&self.state, fact, &touched);
        }
        // The reader's own grid may have been closed.
        if !self.state.org().node(self.home).exists_on(self.today()) {
            self.home = own_node(&self.state, self.me, self.today());
        }
    }

    /// Whether the tree shows the node: it is there today, or something overdue is left where it was.
    pub fn shows(&self, node: NodeIx) -> bool {
        self.state.org().node(node).exists_on(self.today()) || self.overview.sum(node).overdue > 0
    }

    /// The name of the acting person, where somebody said who they are.
    pub fn my_name(&self) -> Option<&str> {
        self.me.map(|me| self.state.org().person(me).record.name.as_str())
    }

    /// The posts that the acting person holds today, with their nodes.
    pub fn my_posts(&self) -> Vec<(NodeIx, Post)> {
        let Some(me) = self.me else { return Vec::new() };
        let held = |ix: NodeIx| self.posts_of(me, ix).into_iter().map(move |post| (ix, post));
        self.state.org().nodes().flat_map(|(ix, _)| held(ix)).collect()
    }

    /// The posts that the acting person holds at a node today. A 指导员 looks after all of a node's duties, so that none
    /// is more theirs than another.
    pub fn my_posts_at(&self, node: NodeIx) -> Vec<Post> {
        let posts = self.me.map_or_else(Vec::new, |me| self.posts_of(me, node));
        if posts == [Post::Guide] { Vec::new() } else { posts }
    }

    fn posts_of(&self, person: PersonIx, node: NodeIx) -> Vec<Post> {
        let held = self.state.org().node(node).holdings.iter();
        held.filter(|h| h.person == person && h.holds_on(self.today())).map(|h| h.post).collect()
    }

    /// The post that the acting person holds at home.
    pub fn my_post(&self) -> Option<Post> {
        let node = self.state.org().node(self.home);
        node.holdings.iter().find(|h| Some(h.person) == self.me && h.holds_on(self.today())).map(|h| h.post)
    }

    /// The pack behind the state.
    pub fn pack(&self) -> &Arc<crate::grid::pack::Pack> {
        self.state.pack()
    }
}

/// Where the person holds a post: the lowest level first, a leader before a member; else the root.
pub fn own_node(state: &State, me: Option<PersonIx>, today: NaiveDate) -> NodeIx {
    let mut best: Option<(u8, Post, NodeIx)> = None;
    for (ix, node) in state.org().nodes() {
        let held = node.holdings.iter().filter(|h| Some(h.person) == me && h.holds_on(today));
        for holding in held {
            let found = (u8::MAX - node.level, holding.post, ix);
            if best.is_none_or(|best| found < best) {
                best = Some(found);
            }
        }
    }
    best.map(|(_, _, ix)| ix).or(state.org().roots().first().copied()).unwrap_or(NodeIx(0))
}
