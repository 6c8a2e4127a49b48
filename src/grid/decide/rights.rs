//! Rights (权限): who may record, approve and administer what, by the posts that they hold (M-5).
//!
//! A post gives rights over its node and what lies below it:
//!
//! | right | who has it at a node |
//! |---|---|
//! | record (记录) | every post there; above it leaders, deputies and members, who then enter in their own name (代录). A 网格员 of a 三级网格 is a unit's statistician: forms and duties of their own unit only, and no visits to it |
//! | score oneself (自评) | every post there but a unit's statistician: nobody scores for somebody else |
//! | review and confirm scores, answer what was sent up (考核复核) | leaders and deputies above it, and members of an office above it; at the root those of the root |
//! | take back what another person recorded | leaders and deputies there and above |
//! | approve (批准) | leaders and deputies above it; at the root those of the root. Nobody spares themselves |
//! | administer (管理: roster, posts, grids, logins, devices) | leaders and deputies of the levels that the pack names (`[rights] administer`), at the node or above it, and members above it: nobody opens a door for those above them |
//!
//! Posts count from their first day to their last one, 代理 as well; what was recorded stays. The rules ask here once,
//! after an intent has become drafts ([`super::decide`]), and whoever takes in facts from elsewhere asks again ([`may`]).
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Actor, handover};
use crate::grid::{
    fact::{Body, Draft, Enrolled, Fact},
    org::{Form, Node, NodeIx, Org, PersonIx, Post},
    record::form,
    state::State,
};
use crate::words::{t, word};

/// What somebody may do at a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Record what was done (记录).
    Record,
    /// Score the node itself and send its result up (自评).
    Score,
    /// Review and confirm what the nodes below scored (考核复核).
    Review,
    /// Take back or correct what another person recorded (撤销他人的记录).
    Undo,
    /// Exempt, lock, and let in late entries (批准).
    Approve,
    /// Change the roster, the posts, the grids, logins and devices (管理).
    Administer,
}

impl Right {
    /// All of them.
    pub const ALL: [Right; 6] =
        [Right::Record, Right::Score, Right::Review, Right::Undo, Right::Approve, Right::Administer];

    /// What people call it.
    pub fn name(self) -> &'static str {
        word(match self {
            Right::Record => "rights.record",
            Right::Score => "rights.score",
            Right::Review => "rights.review",
            Right::Undo => "rights.undo",
            Right::Approve => "rights.approve",
            Right::Administer => "rights.administer",
        })
    }
}

/// A right that is missing, and who could help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", t!("refused.denied", who = who, right = right.name(), node = node, helper = helper))]
pub struct Denied {
    /// Who asked, by name.
    pub who: String,
    /// The right that is missing.
    pub right: Right,
    /// Where, by name.
    pub node: String,
    /// Who has it or could give it: a post, and who holds it.
    pub helper: String,
}

/// Whether the actor may write the draft on their day; an owner may write all.
///
/// # Errors
/// The first right that is missing.
pub fn may(state: &State, actor: &Actor, draft: &Draft) -> Result<(), Denied> {
    if actor.owner {
        return Ok(());
    }
    if is_server_s(state, &draft.body) {
        let (who, node) = (who(state, actor), state.org().roots().first().copied());
        let node = node.map(|node| state.org().full_name(node)).unwrap_or_default();
        return Err(Denied { who, right: Right::Administer, node, helper: word("rights.server").to_owned() });
    }
    if let Some(answer) = handover::may(state, actor, draft) {
        return answer;
    }
    if handover::passes(state, actor, draft) {
        return Ok(());
    }
    let right = right_for(&draft.body);
    places(state, actor.today, draft).into_iter().try_for_each(|node| match right {
        Right::Record if is_about_own(state, actor, draft) => hold(state, actor, node, right, is_any),
        _ => has(state, actor, node, right),
    })
}

/// Whether the actor may enrol a device for a person.
///
/// # Errors
/// The right that is missing.
pub fn may_enroll(state: &State, actor: &Actor, person: &str) -> Result<(), Denied> {
    let body = Body::Enrolled(Enrolled::default());
    let subject = Some(person.to_owned());
    let (by, at, replaces, reason) = (None, None, None, None);
    may(state, actor, &Draft { occurred: actor.today, by, at, subject, replaces, reason, effort: None, body })
}

/// Whether the actor may take back or correct a record: their own as long as they may record there, another's with the
/// right to.
///
/// # Errors
/// The right that is missing.
pub(super) fn may_undo(state: &State, actor: &Actor, target: &Fact) -> Result<(), Denied> {
    if actor.owner || target.draft.by == actor.person {
        return Ok(());
    }
    places(state, actor.today, &target.draft).into_iter().try_for_each(|node| match right_for(&target.draft.body) {
        Right::Record | Right::Score => has(state, actor, node, Right::Undo),
        right => has(state, actor, node, right),
    })
}

/// Whether the actor may let count, or leave out, what is held: with the right to approve wherever it changes something,
/// and where the fact itself asks to administer, with that right too.
///
/// # Errors
/// The right that is missing.
pub(super) fn may_settle(state: &State, actor: &Actor, target: &Fact) -> Result<(), Denied> {
    places(state, actor.today, &target.draft).into_iter().try_for_each(|node| {
        has(state, actor, node, Right::Approve)?;
        match right_for(&target.draft.body) {
            Right::Administer => has(state, actor, node, Right::Administer),
            _ => Ok(()),
        }
    })
}

/// Whether the actor has a right at a node on their day.
///
/// # Errors
/// The right, as missing.
pub fn has(state: &State, actor: &Actor, node: NodeIx, right: Right) -> Result<(), Denied> {
    if actor.owner {
        return Ok(());
    }
    let lowest = state.pack().administer;
    let gives = move |row: &Node, post: Post, above: usize| gives(row, post, above, right, lowest);
    hold(state, actor, node, right, gives)
}

/// Whether a post at `row`, `above` steps above a node, gives the right at the node; `lowest` is the lowest level that
/// administers.
fn gives(row: &Node, post: Post, above: usize, right: Right, lowest: u8) -> bool {
    let leads = matches!(post, Post::Leader | Post::Deputy);
    let is_unit_s = row.level == 3 && post == Post::Member;
    match right {
        Right::Record if above == 0 => !is_unit_s,
        Right::Record => leads || post == Post::Member && !is_unit_s,
        Right::Score => above == 0 && !is_unit_s,
        Right::Review => {
            (leads || post == Post::Member && row.form == Form::Office) && (above > 0 || row.parent.is_none())
        }
        Right::Undo => leads,
        Right::Approve => leads && (above > 0 || row.parent.is_none()),
        Right::Administer => {
            let leads = leads || post == Post::Member && above > 0;
            leads && row.form == Form::Vertical && (1..=lowest).contains(&row.level)
        }
    }
}

fn is_any(_: &Node, _: Post, above: usize) -> bool {
    above == 0
}

/// Whether the actor holds a post at the node or above it that `gives` the right there.
fn hold(
    state: &State,
    actor: &Actor,
    node: NodeIx,
    right: Right,
    gives: impl Fn(&Node, Post, usize) -> bool,
) -> Result<(), Denied> {
    let org = state.org();
    let me = actor.person.as_deref().and_then(|id| org.person_ix(id));
    let held = |(above, at): (usize, NodeIx)| {
        let row = org.node(at);
        let mut posts = row.holdings.iter().filter(|held| held.holds_on(actor.today));
        posts.any(|held| Some(held.person) == me && gives(row, held.post, above))
    };
    if org.path_up(node).enumerate().any(held) {
        return Ok(());
    }
    Err(Denied {
        who: who(state, actor),
        right,
        node: org.full_name(node),
        helper: helper(state, node, right, actor.today),
    })
}

/// What only the server says: how the store began, what became of what devices sent, and that its own device is no more.
fn is_server_s(state: &State, body: &Body) -> bool {
    match body {
        Body::StoreOpened(_) | Body::Receipt(_) | Body::Held(_) | Body::Strayed(_) => true,
        Body::Revoked(revoked) => state.is_server(revoked.writer),
        _ => false,
    }
}

fn who(state: &State, actor: &Actor) -> String {
    let org = state.org();
    let me = actor.person.as_deref().and_then(|id| org.person_ix(id));
    me.map_or_else(|| word("rights.nobody").to_owned(), |me| org.person(me).record.name.clone())
}

/// What only one other person may say, as a denial that names them.
pub(super) fn denied_to(state: &State, actor: &Actor, node: NodeIx, helper: String) -> Denied {
    Denied { who: who(state, actor), right: Right::Record, node: state.org().full_name(node), helper }
}

/// Who has the right at the node, nearest first: the post with its holder; the post alone where nobody holds it.
pub(super) fn helper(state: &State, node: NodeIx, right: Right, day: NaiveDate) -> String {
    let (org, names) = (state.org(), &state.pack().names);
    let lowest = state.pack().administer;
    let told = |at: NodeIx, post: Post, who: Option<PersonIx>| {
        let title = names.post_at(org.node(at), post);
        let who = who.map_or("", |ix| org.person(ix).record.name.as_str());
        t!("rights.helper", node = org.full_name(at), post = title, who = who).trim_end().to_owned()
    };
    let seats = org.path_up(node).enumerate().flat_map(|(above, at)| {
        let posts = [Post::Leader, Post::Deputy, Post::Member];
        posts
            .into_iter()
            .filter(move |post| gives(org.node(at), *post, above, right, lowest))
            .map(move |post| (at, post))
    });
    let seats: Vec<(NodeIx, Post)> = seats.collect();
    let first = seats.first().copied();
    let held =
        seats.into_iter().find_map(|(at, post)| Some(told(at, post, Some(org.node(at).holders_on(post, day).next()?))));
    held.or_else(|| first.map(|(at, post)| told(at, post, None))).unwrap_or_default()
}

/// The right that writing such a fact asks for.
pub fn right_for(body: &Body) -> Right {
    match body {
        Body::Visit(_) | Body::Session(_) | Body::Done(_) | Body::Withdrawn(_) | Body::ProblemClosed(_) => {
            Right::Record
        }
        Body::Record(record) => form(&record.form).map_or(Right::Record, |(_, form)| form.right),
        // Whose a handover is decides first: who leaves and who comes need no right for their own.
        Body::Exempt(_)
        | Body::Lock(_)
        | Body::Unlock(_)
        | Body::Settled(_)
        | Body::Handover(_)
        | Body::HandoverStep(_) => Right::Approve,
        Body::StoreOpened(_)
        | Body::Node(_)
        | Body::Unit(_)
        | Body::Person(_)
        | Body::Placement(_)
        | Body::Post(_)
        | Body::Account(_)
        | Body::Enrolled(_)
        | Body::Revoked(_)
        | Body::Receipt(_)
        | Body::Held(_)
        | Body::Strayed(_)
        | Body::Unknown { .. } => Right::Administer,
    }
}

/// The nodes at which the right must be held for a draft: all that it changes something at, and the root where that
/// can't be told.
fn places(state: &State, today: NaiveDate, draft: &Draft) -> Vec<NodeIx> {
    let org = state.org();
    let at = draft.at.as_deref().and_then(|id| org.node_ix(id));
    let subject = draft.subject.as_deref().unwrap_or_default();
    let mut places: BTreeSet<NodeIx> = at.into_iter().collect();
    match &draft.body {
        Body::StoreOpened(_) | Body::Unknown { .. } => places.clear(),
        // A node is its parent's to make, and to change where it is and where it goes.
        Body::Node(record) => {
            places.clear();
            places.extend(record.parent.as_deref().and_then(|id| org.node_ix(id)));
            places.extend(org.node_ix(subject).map(|ix| org.node(ix).parent.unwrap_or(ix)));
        }
        Body::Unit(record) => {
            let unit = org.unit_ix(subject);
            let grid = unit.and_then(|unit| org.grid_of(unit, today));
            let area = || org.node_ix(record.division.get(..9).unwrap_or(&record.division));
            places.extend(grid.or_else(area));
        }
        // A unit is taken out of the one grid and put into the other, from a day on that may be long past.
        Body::Placement(placement) => {
            let grid = |day| org.unit_ix(subject).and_then(|unit| org.grid_of(unit, day));
            places.extend([today, placement.from].into_iter().filter_map(grid));
        }
        Body::Person(_) => places.extend(homes(org, subject, today)),
        Body::Account(account) => {
            let holder = state.person_of_login(&account.login);
            places.extend([subject].into_iter().chain(holder).flat_map(|person| homes(org, person, today)));
        }
        Body::Enrolled(enrolled) => {
            let owner = state.device(enrolled.writer()).map(|device| device.person.as_str());
            places.extend([subject].into_iter().chain(owner).flat_map(|person| homes(org, person, today)));
        }
        Body::Revoked(revoked) => match state.device(revoked.writer) {
            Some(device) => {
                let both = [subject, &device.person];
                places.extend(both.into_iter().flat_map(|person| homes(org, person, today)));
            }
            // Nobody's that is known here.
            None => places.clear(),
        },
        _ => {}
    }
    if places.is_empty() {
        places.extend(org.roots());
    }
    places.into_iter().collect()
}

/// Where a person is: wherever they hold a post, so that a township does not open the county's door, nor closes it.
fn homes(org: &Org, person: &str, today: NaiveDate) -> Vec<NodeIx> {
    org.person_ix(person).into_iter().flat_map(|person| posts_of(org, person, today)).collect()
}

/// The nodes where a person holds a post on `day`.
pub fn posts_of(org: &Org, person: PersonIx, day: NaiveDate) -> impl Iterator<Item = NodeIx> {
    let holds = move |row: &Node| row.holdings.iter().any(|held| held.person == person && held.holds_on(day));
    org.nodes().filter(move |(_, row)| holds(row)).map(|(ix, _)| ix)
}

/// Whether a record is about the unit that the actor works for, and of a kind that its statistician keeps.
fn is_about_own(state: &State, actor: &Actor, draft: &Draft) -> bool {
    let me = actor.person.as_deref().and_then(|id| state.org().person_ix(id));
    let own = me.and_then(|me| state.org().person(me).record.unit.as_deref());
    let is_theirs = matches!(draft.body, Body::Done(_) | Body::Record(_) | Body::Withdrawn(_));
    is_theirs && own.is_some() && own == draft.subject.as_deref()
}
