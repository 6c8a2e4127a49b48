//! What one user holds of the server, over all their connections: the connections, and the bytes that came and are not
//! taken in yet. One who sends without end gets no more memory than their share.
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// What all users hold.
#[derive(Debug, Default)]
pub(super) struct Shares(Mutex<HashMap<u32, Held>>);

#[derive(Debug, Default)]
struct Held {
    connections: usize,
    bytes: usize,
}

impl Shares {
    fn held(&self) -> MutexGuard<'_, HashMap<u32, Held>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many connections the user holds, and how many there are.
    pub(super) fn connections(&self, uid: u32) -> (usize, usize) {
        let held = self.held();
        (held.get(&uid).map_or(0, |own| own.connections), held.values().map(|own| own.connections).sum())
    }

    fn give_back(&self, uid: u32, connections: usize, bytes: usize) {
        let mut held = self.held();
        let Some(own) = held.get_mut(&uid) else { return };
        own.connections -= connections;
        own.bytes -= bytes;
        if own.connections == 0 && own.bytes == 0 {
            held.remove(&uid);
        }
    }
}

/// One of the connections of a user, until it is dropped.
pub(super) struct Place(Arc<Shares>, u32);

impl Place {
    pub(super) fn take(shares: Arc<Shares>, uid: u32) -> Place {
        shares.held().entry(uid).or_default().connections += 1;
        Place(shares, uid)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.give_back(self.1, 1, 0);
    }
}

/// Room for bytes of a user that came and are not taken in yet; it is given back when it is dropped.
#[derive(Debug)]
pub(super) struct Room {
    shares: Arc<Shares>,
    uid: u32,
    bytes: usize,
}

impl Room {
    /// Room for nothing yet.
    pub(super) fn new(shares: Arc<Shares>, uid: u32) -> Room {
        Room { shares, uid, bytes: 0 }
    }

    /// How much of it is taken.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes room for so many bytes more, unless the user would hold more than `most`; whether it did.
    pub(super) fn grow(&mut self, bytes: usize, most: usize) -> bool {
        let mut held = self.shares.held();
        let own = held.entry(self.uid).or_default();
        let fits = own.bytes + bytes <= most;
        if fits {
            own.bytes += bytes;
            self.bytes += bytes;
        }
        fits
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.shares.give_back(self.uid, 0, self.bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_given_back_and_nobody_s_share_is_another_s() {
        let shares = Arc::new(Shares::default());
        let places: Vec<Place> = [7, 7, 8].map(|uid| Place::take(shares.clone(), uid)).into();
        assert_eq!((shares.connections(7), shares.connections(8), shares.connections(9)), ((2, 3), (1, 3), (0, 3)));
        let (mut one, mut other) = (Room::new(shares.clone(), 7), Room::new(shares.clone(), 7));
        assert!(one.grow(60, 100) && !other.grow(50, 100) && other.grow(40, 100) && !one.grow(1, 100));
        assert!(Room::new(shares.clone(), 8).grow(100, 100));
        drop(one);
        assert!(other.grow(60, 100) && other.bytes() == 100);
        drop((places, other));
        assert!(shares.held().is_empty());
    }
}
