//! The handover pack (交接包): everything that goes from one holder of a post to the next, computed from the state on a day.
//!
//! Nothing of it is stored: what the two sign is its [`PackSeal`], the number of items of each part and a hash over all of
//! them, which is the same in every language and on every replica that holds the node. The pack as it was can be made again
//! from the facts that came before the signature, and held against the seal.
mod access;
mod funds;
mod part;
mod seal;
mod units;
mod work;

use chrono::NaiveDate;
pub use part::{Fund, Item, Part, Work};

use super::{
    fact::PackSeal,
    org::{NodeIx, PersonIx, Post, UnitIx},
    state::State,
};

/// Whose post it is, where, seen on which day.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'a> {
    /// Everything that happened.
    pub state: &'a State,
    /// Where.
    pub node: NodeIx,
    /// Which post.
    pub post: Post,
    /// Who leaves it.
    pub from: PersonIx,
    /// The county's day.
    pub today: NaiveDate,
}

/// The parts of a pack with their items.
#[derive(Clone, Debug, PartialEq)]
pub struct Pack {
    parts: Vec<(Part, Vec<Item>)>,
    seal: [u8; 32],
}

impl Seat<'_> {
    /// What goes over.
    pub fn pack(self) -> Pack {
        let parts: Vec<(Part, Vec<Item>)> = Part::ALL.into_iter().map(|part| (part, self.items(part))).collect();
        let seal = seal::over(self, &parts);
        Pack { parts, seal }
    }

    fn items(self, part: Part) -> Vec<Item> {
        match part {
            Part::Duties => work::duties(self),
            Part::Problems | Part::Findings | Part::Clocks => work::matters(self, part),
            Part::Returns => work::returns(self),
            Part::Sessions => work::sessions(self),
            Part::Funds => funds::funds(self),
            Part::Unvisited => units::unvisited(self),
            Part::Units => units::units(self),
            Part::Access => access::access(self),
        }
    }

    /// The one unit that the post is about: that of a 三级网格员, the statistician of an enterprise. Theirs are its matters,
    /// not those of the whole grid.
    pub fn unit(self) -> Option<UnitIx> {
        let org = self.state.org();
        let is_unit_s = org.node(self.node).is_grid() && self.post == Post::Member;
        let unit = org.person(self.from).record.unit.as_deref().filter(|_| is_unit_s)?;
        org.unit_ix(unit)
    }
}

impl Pack {
    /// The items of a part.
    pub fn items(&self, part: Part) -> &[Item] {
        self.parts.iter().find(|(own, _)| *own == part).map_or(&[], |(_, items)| items)
    }

    /// Every part with its items.
    pub fn parts(&self) -> impl Iterator<Item = (Part, &[Item])> {
        self.parts.iter().map(|(part, items)| (*part, items.as_slice()))
    }

    /// What the two sign; `state` is the one of which the pack was made.
    pub fn seal(&self, state: &State) -> PackSeal {
        let counts = self.parts.iter().map(|(_, items)| items.len() as u32).collect();
        PackSeal { counts, pack: self.seal, state: state.digest().0 }
    }

    /// Whether the pack is the one that was signed.
    pub fn is_sealed_by(&self, seal: &PackSeal) -> bool {
        self.seal == seal.pack
    }
}

/// How many items a seal says that a part had.
pub fn sealed_count(seal: &PackSeal, part: Part) -> u32 {
    let at = Part::ALL.iter().position(|own| *own == part);
    at.and_then(|at| seal.counts.get(at)).copied().unwrap_or_default()
}
