//! What a regrouping would move, before anything is written: the rules are asked what they would say afterwards.
mod duties;
mod moves;
mod notes;
mod words;

use chrono::NaiveDate;
use serde::Serialize;
pub use words::Line;

use super::Regroup;
use crate::grid::{
    decide::{Actor, Refusal},
    fact::{Body, Draft, Fact, FactId, WriterId},
    org::{NodeIx, Org, PersonIx, UnitIx},
    state::State,
};

/// What a regrouping moves. Everything is told by id and name, so that it can be shown and written without the state.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preview {
    /// What is done, in one sentence.
    pub title: String,
    /// The day from which it counts.
    pub from: NaiveDate,
    /// The grids that are touched, with their size before and after.
    pub grids: Vec<GridSize>,
    /// Units that change their grid.
    pub units: Vec<UnitMove>,
    /// Posts that end or begin.
    pub posts: Vec<PostMove>,
    /// Open problems of those units; they go along.
    pub problems: Vec<ProblemMove>,
    /// Duties of the running periods that are owed otherwise than before, and the coverage of every grid that is
    /// touched, changed or not.
    pub duties: Vec<DutyChange>,
    /// Duties of closed grids that are overdue: they stay there until they are met late or exempted.
    pub overdue: Vec<OverdueLeft>,
    /// What else is worth knowing, one sentence each.
    pub notes: Vec<String>,
    /// The facts that would be written.
    #[serde(skip)]
    pub drafts: Vec<Draft>,
}

/// An id with the name that people read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The id that facts use.
    pub id: String,
    /// The name; a grid's with that of the node above.
    pub name: String,
}

/// A grid that is touched, with its size.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GridSize {
    /// Which.
    pub node: Named,
    /// How many units it has on the day if nothing is done; none where it is new.
    pub before: Option<u32>,
    /// How many it will have on the day; none where it is closed.
    pub after: Option<u32>,
}

/// A unit that changes its grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitMove {
    /// Which.
    pub unit: Named,
    /// Where it is on the day before; none is 未划入.
    pub from: Option<Named>,
    /// Where it goes; none is 未划入.
    pub to: Option<Named>,
    /// The first day there.
    pub on: NaiveDate,
}

/// A post that ends or begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PostMove {
    /// Whose.
    pub person: Named,
    /// Where.
    pub node: Named,
    /// Which.
    pub post: crate::grid::org::Post,
    /// What the pack calls the post there.
    #[serde(skip)]
    pub post_name: String,
    /// Whether it ends or begins.
    pub change: PostChange,
    /// The first day on which it is no longer held, or is.
    pub on: NaiveDate,
}

/// What becomes of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PostChange {
    /// It is no longer held.
    Ends,
    /// It is held from now on.
    Begins,
}

/// An open problem that goes along with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemMove {
    /// The unit where it was found.
    pub unit: Named,
    /// What is wrong.
    pub text: String,
    /// The day to look again.
    pub follow_up: Option<NaiveDate>,
    /// Who has it from now on; none where the unit is left without a grid.
    pub to: Option<Named>,
}

/// How much of a duty is there and how much is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// What counts.
    pub have: u32,
    /// What is needed; 0 means that nothing is owed.
    pub need: u32,
}

/// A duty that is owed otherwise than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyChange {
    /// The duty's id in the pack.
    pub duty: String,
    /// What people call it.
    pub name: String,
    /// The post that owes it.
    pub post: crate::grid::org::Post,
    /// What the pack calls the post there.
    #[serde(skip)]
    pub post_name: String,
    /// The node where it is counted.
    pub node: Named,
    /// The period, as commands write it.
    pub period: String,
    /// The period, as people call it.
    pub label: String,
    /// How it stood; none where nothing was owed.
    pub before: Option<Amount>,
    /// How it will stand; none where nothing will be owed.
    pub after: Option<Amount>,
    /// The unit of counting.
    pub measure: String,
    /// How much the next period will need, for coverage: the membership at its start counts.
    pub next_need: Option<u32>,
    /// The last day on time.
    pub due_on: NaiveDate,
    /// Who owes it afterwards: the node itself, or who takes over from it.
    pub owed_by: Named,
}

/// An overdue duty that stays at a closed grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OverdueLeft {
    /// The duty's id in the pack.
    pub duty: String,
    /// What people call it.
    pub name: String,
    /// The post that owes it.
    pub post: crate::grid::org::Post,
    /// What the pack calls the post there.
    #[serde(skip)]
    pub post_name: String,
    /// The closed grid.
    pub node: Named,
    /// The period, as commands write it.
    pub period: String,
    /// The period, as people call it.
    pub label: String,
    /// What is there and what is needed.
    pub amount: Amount,
    /// Who takes it over.
    pub owed_by: Named,
}

/// Says what a regrouping would move; refused like the regrouping itself.
pub fn preview(state: &State, actor: &Actor, intent: &Regroup) -> Result<Preview, Refusal> {
    let drafts = super::decide(state, actor, intent)?.drafts;
    let after = folded(state, &drafts);
    let view = View { before: state, after: &after, today: actor.today, from: first_day(intent, actor.today), drafts };
    Ok(Preview {
        title: notes::title(&view, intent),
        from: view.from,
        grids: moves::grids(&view),
        units: moves::units(&view),
        posts: moves::posts(&view),
        problems: moves::problems(&view),
        duties: duties::changed(&view),
        overdue: duties::overdue(&view),
        notes: notes::notes(&view, intent),
        drafts: view.drafts,
    })
}

/// The state before and after, and what lies between.
struct View<'a> {
    before: &'a State,
    after: &'a State,
    today: NaiveDate,
    from: NaiveDate,
    drafts: Vec<Draft>,
}

impl View<'_> {
    fn org(&self) -> &Org {
        self.after.org()
    }

    /// A node of either state: the indexes of the one hold in the other.
    fn node(&self, ix: NodeIx) -> Named {
        let org = self.org();
        Named { id: org.node(ix).id.clone(), name: org.full_name(ix) }
    }

    fn unit(&self, ix: UnitIx) -> Named {
        let unit = self.org().unit(ix);
        Named { id: unit.id.clone(), name: unit.record.name.clone() }
    }

    fn person(&self, ix: PersonIx) -> Named {
        let person = self.org().person(ix);
        Named { id: person.id.clone(), name: person.record.name.clone() }
    }

    /// The units that move: from which day on, and where to.
    fn placed(&self) -> impl Iterator<Item = (UnitIx, NaiveDate, Option<NodeIx>)> {
        self.drafts.iter().filter_map(|draft| match &draft.body {
            Body::Placement(placement) => {
                let to = draft.at.as_deref().and_then(|id| self.org().node_ix(id));
                Some((self.org().unit_ix(draft.subject.as_deref()?)?, placement.from, to))
            }
            _ => None,
        })
    }

    /// Where the unit would be on `day` if nothing were done.
    fn was_at(&self, unit: UnitIx, day: NaiveDate) -> Option<NodeIx> {
        self.before.org().grid_of(unit, day)
    }

    /// The grids that this closes.
    fn closed(&self) -> impl Iterator<Item = NodeIx> {
        let gone = |ix: &NodeIx| self.org().node(*ix).to.is_some() && self.before.org().node(*ix).to.is_none();
        let nodes = self.drafts.iter().filter(|draft| matches!(draft.body, Body::Node(_)));
        nodes.filter_map(|draft| self.before.org().node_ix(draft.subject.as_deref()?)).filter(gone)
    }

    /// Whether the node is there before anything is done.
    fn is_known(&self, ix: NodeIx) -> bool {
        self.before.org().nodes().len() > ix.0 as usize
    }

    /// Every node whose members or whose very being change, in the order of the tree's making.
    fn touched(&self) -> Vec<NodeIx> {
        let mut nodes: Vec<NodeIx> =
            self.placed().flat_map(|(unit, day, to)| [self.was_at(unit, day), to]).flatten().collect();
        nodes.extend(self.closed());
        let count = self.before.org().nodes().len();
        nodes.extend(self.org().nodes().map(|(ix, _)| ix).skip(count));
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }
}

/// The state with the drafts folded in.
fn folded(state: &State, drafts: &[Draft]) -> State {
    let mut after = state.clone();
    for (seq, draft) in (1..).zip(drafts) {
        // Facts about what there is are never looked up by their id, so any that nobody has will do.
        let id = FactId { writer: WriterId([u8::MAX; 16]), seq };
        // The last word about everything that it changes.
        after.apply(&Fact { id, recorded_ms: i64::MAX, received_ms: 0, draft: draft.clone() });
    }
    after
}

/// The day from which the regrouping counts.
fn first_day(intent: &Regroup, today: NaiveDate) -> NaiveDate {
    match intent {
        Regroup::Found { from, .. }
        | Regroup::Split { from, .. }
        | Regroup::Merge { from, .. }
        | Regroup::Close { from, .. }
        | Regroup::Rehang { from, .. } => *from,
        Regroup::Rename { .. } => today,
    }
}
