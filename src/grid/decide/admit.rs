//! Whether a fact that came from a device counts (接收): the rules of [`super::decide`], asked again of what others sealed.
//!
//! Nothing that comes is dropped. What does not count is held until somebody decides ([`crate::grid::fact::Held`]): whoever
//! took it in writes why **before** it writes the fact itself, so that no state has to take it back.
mod answers;
mod target;

use chrono::NaiveDate;

use super::{Actor, Refusal, access, lock, rights};
use crate::grid::{
    fact::{Body, Draft, Enrolled, Fact, FactId, Held, HeldWhy, WriterId},
    scope::stands_at,
    state::State,
};
use crate::words::{t, word};

/// How far a device's clock may be ahead of the server's.
const AHEAD_MS: i64 = 24 * 3_600_000;

/// The longest sentence about what is held, in characters.
const LONGEST_SENTENCE: usize = 300;

/// The device that a fact came from, on a day of the county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Under which name it writes.
    pub writer: WriterId,
    /// Whose device it is, by id; none while it is nobody's.
    pub person: Option<String>,
    /// Whether no right is asked for: the server's own device.
    pub owner: bool,
    /// The county's day on which the facts are taken in.
    pub today: NaiveDate,
}

impl Sender {
    /// The device that writes under this name, as the state knows it.
    pub fn of(state: &State, writer: WriterId, today: NaiveDate) -> Sender {
        let person = state.device(writer).map(|device| device.person.clone());
        Sender { writer, person, owner: state.is_server(writer), today }
    }
}

/// Whether a fact counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does.
    Counts,
    /// It is kept until somebody decides; the sentence says what stands against it and who can help.
    Held(HeldWhy, String),
}

impl Verdict {
    /// The sentence about what is held; empty where it counts.
    pub fn sentence(self) -> String {
        match self {
            Verdict::Counts => String::new(),
            Verdict::Held(_, text) => text,
        }
    }
}

/// The earlier fact by which it is judged whether this one counts: what it takes back, corrects or settles.
pub fn names(fact: &Fact) -> Option<FactId> {
    match &fact.draft.body {
        Body::Withdrawn(withdrawn) => Some(withdrawn.of),
        Body::Settled(settled) => Some(settled.of),
        _ => fact.draft.replaces,
    }
}

/// Judges a fact that the server is about to take in at its `received_ms`. `named` is the fact that it [`names`], where
/// the log has it.
pub fn admit(state: &State, sender: &Sender, fact: &Fact, named: Option<&Fact>) -> Verdict {
    if sender.owner {
        return Verdict::Counts;
    }
    if let Body::Enrolled(enrolled) = &fact.draft.body
        && enrolled.window.is_some()
    {
        return window(state, fact, enrolled).map_or(Verdict::Counts, |(why, text)| Verdict::Held(why, text));
    }
    let checks =
        [device, clock, stands, circle, passed, may, beside, target::is_of_kind, target::is_open, answers::is_answered];
    let judged = checks.iter().find_map(|check| check(state, sender, fact, named));
    // What a device has made up may be as long as it likes; the sentence about it is read by people.
    let short = |text: String| text.chars().take(LONGEST_SENTENCE).collect();
    judged.map_or(Verdict::Counts, |(why, text)| Verdict::Held(why, short(text)))
}

/// The fact that holds another one, with the sentence about it in Chinese and in English; whoever takes that in writes it
/// first.
pub fn held(fact: &Fact, why: HeldWhy, [text, english]: [String; 2], today: NaiveDate) -> Draft {
    let (at, subject, places) = stands_at(&fact.draft);
    let body = Body::Held(Held { of: fact.id, why, text, places, english });
    Draft { occurred: today, by: None, at, subject, replaces: None, reason: None, effort: None, body }
}

type Against = Option<(HeldWhy, String)>;

/// Whose device it is, and whether it may write at all.
fn device(state: &State, sender: &Sender, fact: &Fact, _: Option<&Fact>) -> Against {
    let Some(device) = state.device(sender.writer) else {
        return Some((HeldWhy::NotEnrolled, t!("admit.not_enrolled", device = sender.writer).into_owned()));
    };
    let from = state.revoked_from(sender.writer);
    if from.is_some_and(|from| from <= fact.recorded_ms.max(fact.received_ms)) {
        let day = from.map(|from| state.local_day(from)).unwrap_or_default();
        return Some((HeldWhy::Revoked, t!("admit.revoked", device = device.name, day = day).into_owned()));
    }
    if fact.draft.by.as_deref() != Some(device.person.as_str()) {
        let (device, whose) = (&device.name, name(state, Some(&device.person)));
        let by = name(state, fact.draft.by.as_deref());
        return Some((HeldWhy::Forged, t!("admit.forged", device = device, whose = whose, by = by).into_owned()));
    }
    None
}

/// Whether a further window is that of a device which may write, and for the same person.
fn window(state: &State, fact: &Fact, enrolled: &Enrolled) -> Against {
    let own = enrolled.vouched().filter(|_| fact.id.writer == enrolled.writer());
    let Some((of, device)) = own.and_then(|of| Some((of, state.device(of).filter(|device| device.of().is_none())?)))
    else {
        return Some((HeldWhy::NotEnrolled, t!("admit.not_enrolled", device = enrolled.writer()).into_owned()));
    };
    let whose = Some(device.person.as_str());
    if fact.draft.subject.as_deref() != whose || fact.draft.by.as_deref() != whose {
        let (whose, by) = (name(state, whose), name(state, fact.draft.by.as_deref()));
        let text = t!("admit.forged", device = device.name, whose = whose, by = by);
        return Some((HeldWhy::Forged, text.into_owned()));
    }
    // Whoever has a stolen device can make as many windows as they like.
    let day = state.local_day(state.revoked_from(of)?);
    Some((HeldWhy::Revoked, t!("admit.revoked", device = device.name, day = day).into_owned()))
}

/// Whether the device's clock, and the day for which it recorded, are those of somebody here and now.
fn clock(state: &State, _: &Sender, fact: &Fact, _: Option<&Fact>) -> Against {
    let ahead = fact.recorded_ms.saturating_sub(fact.received_ms);
    if ahead > AHEAD_MS {
        return Some((HeldWhy::Clock, t!("admit.clock", hours = ahead / 3_600_000).into_owned()));
    }
    // A clock that is ahead by as much as is borne may already show tomorrow; nobody has done what lies further ahead.
    let day = fact.draft.occurred;
    let is_to_come = is_work(&fact.draft.body) && day > state.local_day(fact.received_ms.saturating_add(AHEAD_MS));
    is_to_come.then(|| (HeldWhy::Clock, t!("admit.to_come", day = day).into_owned()))
}

/// Whether the place where it counts is still what it was when it was recorded.
fn stands(state: &State, sender: &Sender, fact: &Fact, _: Option<&Fact>) -> Against {
    let org = state.org();
    let draft = &fact.draft;
    if !is_work(&draft.body) {
        return None;
    }
    let at = org.node_ix(draft.at.as_deref()?)?;
    let row = org.node(at);
    if row.is_recorded() && !row.exists_on(draft.occurred) {
        let text = t!("admit.closed", node = org.full_name(at), day = draft.occurred);
        return Some((HeldWhy::Closed, text.into_owned()));
    }
    if let Some(id) = draft.subject.as_deref().filter(|_| is_at_grid(&draft.body)) {
        let unit = org.unit_ix(id);
        let name = unit.map_or(id, |unit| &org.unit(unit).record.name);
        let text = match unit.and_then(|unit| org.grid_of(unit, draft.occurred)) {
            Some(grid) if grid == at => None,
            Some(grid) => {
                let (grid, node) = (org.full_name(grid), org.full_name(at));
                Some(t!("admit.moved", unit = name, grid = grid, day = draft.occurred, node = node))
            }
            // A form may be about one that belongs nowhere yet.
            None if matches!(draft.body, Body::Record(_)) => None,
            None => Some(t!("admit.unplaced", unit = name, day = draft.occurred)),
        };
        if let Some(text) = text {
            return Some((HeldWhy::Closed, text.into_owned()));
        }
    }
    let actor = Actor { person: sender.person.clone(), today: sender.today, owner: false };
    let locked = |refusal: Refusal| (HeldWhy::Closed, refusal.to_string());
    lock::open_for(state, &actor, fact).err().map(locked)
}

/// Whether what is taken back or corrected is so where it stands: whoever has it is to hear of that, and a replica goes by
/// the place.
fn beside(_: &State, _: &Sender, fact: &Fact, named: Option<&Fact>) -> Against {
    let takes_back = matches!(fact.draft.body, Body::Withdrawn(_)) || fact.draft.replaces.is_some();
    let elsewhere = takes_back && named.is_some_and(|named| !named.draft.is_beside(&fact.draft));
    elsewhere.then(|| (HeldWhy::Closed, t!("admit.elsewhere").into_owned()))
}

/// Whether an offer is the only one of its post, and an answer the first to its offer.
fn passed(state: &State, _: &Sender, fact: &Fact, _: Option<&Fact>) -> Against {
    super::handover::admits(state, &fact.draft).err().map(|text| (HeldWhy::Closed, text))
}

/// Whether a node would hang below itself, as when two people move two nodes below each other.
fn circle(state: &State, _: &Sender, fact: &Fact, _: Option<&Fact>) -> Against {
    let Body::Node(record) = &fact.draft.body else { return None };
    let org = state.org();
    let node = fact.draft.subject.as_deref().and_then(|id| org.node_ix(id))?;
    let parent = record.parent.as_deref().and_then(|id| org.node_ix(id))?;
    let said = || t!("admit.circle", node = org.full_name(node), parent = org.full_name(parent)).into_owned();
    org.is_within(parent, node).then(|| (HeldWhy::Closed, said()))
}

/// Whether it is a record at the grid of the unit that it is about.
fn is_at_grid(body: &Body) -> bool {
    match body {
        Body::Visit(_) | Body::Done(_) => true,
        // What answers a matter stands where that is answered.
        Body::Record(record) => record.of.is_none(),
        _ => false,
    }
}

/// Whether the sender has the right: today, or else when it was recorded, so that it is told apart whether somebody never
/// had it or was replaced while the laptop was away.
fn may(state: &State, sender: &Sender, fact: &Fact, named: Option<&Fact>) -> Against {
    let on = |today: NaiveDate| Actor { person: sender.person.clone(), today, owner: false };
    let denied = match allowed(state, &on(sender.today), fact, named) {
        Ok(()) => return None,
        Err(denied) => denied,
    };
    match allowed(state, &on(state.local_day(fact.recorded_ms)), fact, named) {
        Ok(()) => Some((HeldWhy::Closed, t!("admit.no_longer", denied = denied).into_owned())),
        Err(_) => Some((HeldWhy::NoRight, denied)),
    }
}

fn allowed(state: &State, actor: &Actor, fact: &Fact, named: Option<&Fact>) -> Result<(), String> {
    let said = |denied: rights::Denied| denied.to_string();
    rights::may(state, actor, &fact.draft).map_err(said)?;
    if let Body::Settled(_) = &fact.draft.body {
        // Of a stray it is the fact inside that is settled.
        let kept = names(fact).and_then(|id| state.held_fact(id)).and_then(|held| held.content());
        return match kept.as_ref().or(named) {
            Some(target) => super::settle::may(state, actor, target).map_err(|refusal| refusal.to_string()),
            None => Err(word("admit.names_nothing").to_owned()),
        };
    }
    match (names(fact), named) {
        (None, _) => Ok(()),
        (Some(_), Some(target)) => rights::may_undo(state, actor, target).map_err(said),
        (Some(_), None) => Err(word("admit.names_nothing").to_owned()),
    }
}

/// Whether it is a record of what was done.
fn is_work(body: &Body) -> bool {
    matches!(
        body,
        Body::Visit(_)
            | Body::Session(_)
            | Body::Done(_)
            | Body::ProblemClosed(_)
            | Body::Record(_)
            | Body::Withdrawn(_)
    )
}

fn name(state: &State, person: Option<&str>) -> String {
    person.map_or_else(|| word("rights.nobody").to_owned(), |id| access::name(state, id))
}
