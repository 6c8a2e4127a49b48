//! The plan of a sync (同步): what both sides have, and so what is to be done. Pure: nothing is asked or written here.
//!
//! A laptop has one chain for each device that writes in its store, and copies of what others wrote. Its own chains go up
//! from where the server's copies end; everything else comes down from the position up to which it was pulled last. Both
//! sides pass over what they have, so that a plan that is out of date costs bytes and breaks nothing.
use std::collections::BTreeMap;

use super::upstream::Upstream;
use crate::{
    grid::fact::{Hash, Head, WriterId},
    log::Position,
};

/// What is known of one chain on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Chain {
    /// Where it ends here.
    pub here: Head,
    /// Where it ends at the server.
    pub there: Head,
    /// The hash that the shorter one's last envelope has on the side where the chain is longer; none if it is not there.
    pub same_place: Option<Hash>,
}

/// What is to be done with one chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Both ends are the same.
    Even,
    /// The server lacks what comes after this one.
    Up {
        /// The last that the server has.
        after: u64,
    },
    /// This side lacks what comes after this one: it was set back to an earlier day, by a backup or a copy of the disk.
    Behind {
        /// The last that is here.
        after: u64,
    },
    /// The chains differ: the same key was used on two machines, or an older copy was written on.
    Forked,
}

impl Chain {
    /// Which side has more, and whether the other's end is on the way there.
    pub fn way(&self) -> Way {
        let Chain { here, there, same_place } = *self;
        let shorter = if here.seq < there.seq { here } else { there };
        let same = shorter.seq == 0 || same_place == Some(shorter.hash);
        match here.seq.cmp(&there.seq) {
            _ if !same => Way::Forked,
            std::cmp::Ordering::Less => Way::Behind { after: here.seq },
            std::cmp::Ordering::Equal => Way::Even,
            std::cmp::Ordering::Greater => Way::Up { after: there.seq },
        }
    }
}

/// The whole plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// What is to be done with each chain that is written here.
    pub chains: BTreeMap<WriterId, Way>,
    /// From where others' facts are pulled.
    pub after: Position,
    /// Whether everything is pulled again, and why.
    pub again: Option<Again>,
}

/// Why everything is pulled again; what is here already is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Nothing was pulled before, or what was is not known any more.
    First,
    /// The person's grids or posts have changed, so that older facts belong to them now.
    Scope,
    /// The server has less than was pulled: its store was set back to an earlier day.
    ServerBehind,
}

/// Why nothing may be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The store here belongs to another server.
    OtherStore,
    /// The store here has begun by itself and belongs to no server.
    OwnStore,
}

/// What is known about both sides.
#[derive(Debug, Clone, Default)]
pub struct Sides {
    /// The store at the server.
    pub store: [u8; 16],
    /// The position of the server's last entry.
    pub end: Position,
    /// What the person may see, as a fingerprint.
    pub scope: [u8; 16],
    /// The hash of the server's first fact, where it had to be asked for: nothing is noted, and there is something here.
    pub founded: Option<Hash>,
    /// Who wrote the first fact here, and its hash; none in an empty store.
    pub first: Option<(WriterId, Hash)>,
    /// What was noted at the last sync.
    pub upstream: Option<Upstream>,
    /// The chains that are written here.
    pub chains: BTreeMap<WriterId, Chain>,
}

impl Plan {
    /// What is to be done.
    pub fn of(sides: &Sides) -> Result<Plan, Stop> {
        if sides.upstream.as_ref().is_some_and(|upstream| upstream.store != sides.store) {
            return Err(Stop::OtherStore);
        }
        match sides.first {
            Some((writer, _)) if sides.chains.contains_key(&writer) => return Err(Stop::OwnStore),
            Some((_, hash)) if sides.upstream.is_none() && sides.founded != Some(hash) => return Err(Stop::OtherStore),
            _ => {}
        }
        let chains = sides.chains.iter().map(|(writer, chain)| (*writer, chain.way())).collect();
        let again = match &sides.upstream {
            None => Some(Again::First),
            Some(_) if sides.first.is_none() => Some(Again::First),
            Some(upstream) if upstream.after > sides.end => Some(Again::ServerBehind),
            Some(upstream) if upstream.scope != sides.scope => Some(Again::Scope),
            Some(_) => None,
        };
        let after = sides.upstream.as_ref().filter(|_| again.is_none()).map_or(Position(0), |upstream| upstream.after);
        Ok(Plan { chains, after, again })
    }

    /// The chains that have forked.
    pub fn forked(&self) -> impl Iterator<Item = WriterId> {
        self.chains.iter().filter(|(_, way)| **way == Way::Forked).map(|(writer, _)| *writer)
    }
}

/// The search for the last envelope that two chains have in common, by halves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parting {
    /// The same up to here.
    same: u64,
    /// Not the same from here on.
    other: u64,
}

impl Parting {
    /// Two chains that are known to differ at the end of the shorter one.
    pub fn of(chain: &Chain) -> Parting {
        Parting { same: 0, other: chain.here.seq.min(chain.there.seq) }
    }

    /// The next place to compare; none once it is found.
    pub fn next(&self) -> Option<u64> {
        (self.other > self.same + 1).then_some(self.same + (self.other - self.same) / 2)
    }

    /// Takes note of whether both have the same at the place that [`Parting::next`] named.
    pub fn told(&mut self, same: bool) {
        match self.next() {
            Some(at) if same => self.same = at,
            Some(at) => self.other = at,
            None => {}
        }
    }

    /// The last place at which both are the same; 0 if there is none.
    pub fn found(&self) -> u64 {
        self.same
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const OWN: WriterId = WriterId([1; 16]);
    const SERVER: WriterId = WriterId([9; 16]);

    fn head(seq: u64) -> Head {
        Head { seq, hash: if seq == 0 { Hash::default() } else { Hash([seq as u8; 32]) } }
    }

    fn chain(here: u64, there: u64, same_place: Option<u8>) -> Chain {
        Chain { here: head(here), there: head(there), same_place: same_place.map(|n| Hash([n; 32])) }
    }

    #[test]
    fn which_way_a_chain_goes() {
        for (here, there, same_place, way) in [
            (0, 0, None, Way::Even),
            (5, 5, Some(5), Way::Even),
            (5, 0, None, Way::Up { after: 0 }),
            (9, 5, Some(5), Way::Up { after: 5 }),
            (0, 7, None, Way::Behind { after: 0 }),
            (3, 7, Some(3), Way::Behind { after: 3 }),
            // The same length and other bytes; longer here, longer there; the place is not to be found.
            (5, 5, Some(6), Way::Forked),
            (9, 5, Some(4), Way::Forked),
            (3, 7, Some(9), Way::Forked),
            (3, 7, None, Way::Forked),
        ] {
            assert_eq!(chain(here, there, same_place).way(), way, "{here} here, {there} there, {same_place:?}");
        }
    }

    fn upstream(store: u8, after: u64, scope: u8) -> Upstream {
        Upstream { store: [store; 16], after: Position(after), scope: [scope; 16] }
    }

    fn sides(first: Option<WriterId>, upstream: Option<Upstream>) -> Sides {
        let first = first.map(|writer| (writer, Hash([writer.0[0]; 32])));
        Sides {
            store: [7; 16],
            end: Position(100),
            scope: [3; 16],
            founded: Some(Hash([9; 32])),
            first,
            upstream,
            chains: BTreeMap::from([(OWN, chain(9, 5, Some(5)))]),
        }
    }

    #[test]
    fn from_where_others_facts_are_pulled() {
        for (first, noted, wanted) in [
            (Some(SERVER), Some(upstream(7, 40, 3)), (40, None)),
            (Some(SERVER), Some(upstream(7, 100, 3)), (100, None)),
            (Some(SERVER), Some(upstream(7, 101, 3)), (0, Some(Again::ServerBehind))),
            (Some(SERVER), Some(upstream(7, 40, 4)), (0, Some(Again::Scope))),
            (Some(SERVER), None, (0, Some(Again::First))),
            (None, None, (0, Some(Again::First))),
            // The note outlived the journal.
            (None, Some(upstream(7, 40, 3)), (0, Some(Again::First))),
        ] {
            let plan = Plan::of(&sides(first, noted.clone())).unwrap();
            assert_eq!((plan.after.0, plan.again), wanted, "{first:?} {noted:?}");
            assert_eq!(plan.chains[&OWN], Way::Up { after: 5 });
        }
    }

    #[test]
    fn stores_that_have_nothing_to_do_with_each_other_are_kept_apart() {
        for (first, noted, stop) in [
            (Some(SERVER), Some(upstream(8, 40, 3)), Stop::OtherStore),
            (None, Some(upstream(8, 40, 3)), Stop::OtherStore),
            (Some(WriterId([5; 16])), None, Stop::OtherStore),
            (Some(OWN), None, Stop::OwnStore),
        ] {
            assert_eq!(Plan::of(&sides(first, noted.clone())), Err(stop), "{first:?} {noted:?}");
        }
    }

    #[test]
    fn where_two_chains_part_is_found_in_few_questions() {
        for (here, there) in [(1, 1), (2, 9), (64, 64), (1_000, 3_000)] {
            let chain = chain(here, there, None);
            for common in [0, 1, 2, 63, 999].into_iter().filter(|common| *common < here.min(there)) {
                let mut parting = Parting::of(&chain);
                let mut asked = 0;
                while let Some(at) = parting.next() {
                    assert!((1..here.min(there)).contains(&at));
                    parting.told(at <= common);
                    asked += 1;
                }
                assert_eq!(parting.found(), common);
                assert!(asked <= 10, "{asked} questions");
            }
        }
    }
}
