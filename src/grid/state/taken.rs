//! What was taken back (撤销、更正), by name and by place, in whatever order the facts come.
//!
//! Whatever takes a fact back does so where that fact stands: at the same node, about the same subject. What is said of it
//! elsewhere takes nothing back. So what holds at a place is known from what was recorded there, and a replica that has
//! that place alone says the same of it as one that has everything; also of a name that two facts bear.
use std::collections::{BTreeMap, BTreeSet};

use minicbor::{Decode, Encode};

use crate::grid::fact::{Draft, Fact, FactId};

/// Where a fact stands: its node and its subject, as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub(super) struct Place(#[n(0)] u64);

impl Place {
    const FIRST: Place = Place(0);

    pub(super) fn of(draft: &Draft) -> Place {
        let mut hasher = blake3::Hasher::new();
        for id in [&draft.at, &draft.subject] {
            let id = id.as_deref();
            hasher.update(&id.map_or(u64::MAX, |id| id.len() as u64).to_le_bytes());
            hasher.update(id.unwrap_or_default().as_bytes());
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        Place(u64::from_le_bytes(first))
    }
}

/// What became of a name that was taken back somewhere.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
struct Back {
    /// Whether a fact of that name has come that stands there.
    #[n(0)]
    has_come: bool,
    /// The corrections that came before it.
    #[n(1)]
    corrections: BTreeSet<FactId>,
}

/// See the module.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
pub(super) struct Taken {
    #[n(0)]
    back: BTreeMap<(FactId, Place), Back>,
    /// Where those stand that leave no mark and can be taken back all the same.
    #[n(1)]
    unmarked: BTreeMap<FactId, Place>,
}

impl Taken {
    /// Whether the fact was taken back where it stands.
    pub(super) fn is_back(&self, fact: &Fact) -> bool {
        // Most names are never taken back, and need no place.
        let mut named = self.back.range((fact.id, Place::FIRST)..).take_while(|((id, _), _)| *id == fact.id);
        named.next().is_some() && self.back.contains_key(&(fact.id, Place::of(&fact.draft)))
    }

    /// Takes back what bears the name at the place; says whether that is new.
    pub(super) fn take(&mut self, id: FactId, place: Place) -> bool {
        let is_new = !self.back.contains_key(&(id, place));
        self.back.entry((id, place)).or_default();
        is_new
    }

    /// Notes where a fact stands that leaves no mark.
    pub(super) fn stand(&mut self, fact: &Fact) {
        self.unmarked.insert(fact.id, Place::of(&fact.draft));
    }

    /// Forgets where it stands, if that is there.
    pub(super) fn unstand(&mut self, id: FactId, place: Place) -> bool {
        self.unmarked.get(&id) == Some(&place) && self.unmarked.remove(&id).is_some()
    }

    /// Notes that what was taken back has come; gives the corrections that waited for it.
    pub(super) fn come(&mut self, id: FactId, place: Place) -> BTreeSet<FactId> {
        let Some(back) = self.back.get_mut(&(id, place)) else { return BTreeSet::new() };
        back.has_come = true;
        std::mem::take(&mut back.corrections)
    }

    /// Whether `new` corrects a fact that has come; else it waits for it.
    pub(super) fn corrects(&mut self, old: FactId, place: Place, new: FactId) -> bool {
        let back = self.back.entry((old, place)).or_default();
        if !back.has_come {
            back.corrections.insert(new);
        }
        back.has_come
    }

    /// Tells everything that was taken back, a line each.
    pub(super) fn told(&self, mut line: impl FnMut(std::fmt::Arguments<'_>)) {
        self.back.keys().for_each(|(id, place)| line(format_args!("back {id} {place:?}")));
    }
}
