//! Whose store a book is over, and who sits at it.
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::grid::{decide::Actor, state::State};

/// How this process uses a store.
#[derive(Clone, Debug)]
pub enum Seat {
    /// It has the store open itself.
    Own {
        /// The store's folder.
        dir: PathBuf,
        /// The store's id.
        id: [u8; 16],
    },
    /// Another window of the same user has it open; this one takes over when that ends.
    Window {
        /// The store's folder.
        dir: PathBuf,
    },
    /// A server that several people share has it.
    Shared {
        /// The server's socket.
        socket: PathBuf,
        /// Who the server takes us for; none for who owns the machine.
        person: Option<String>,
        /// Whether no right is asked for.
        owner: bool,
        /// Whether all of the store's facts are seen.
        whole: bool,
    },
}

impl Seat {
    pub(super) fn own(dir: &Path, id: [u8; 16]) -> Seat {
        Seat::Own { dir: dir.to_owned(), id }
    }

    /// The store's folder, or the server's socket.
    pub fn dir(&self) -> &Path {
        match self {
            Seat::Own { dir, .. } | Seat::Window { dir } => dir,
            Seat::Shared { socket, .. } => socket,
        }
    }

    /// The folder of the store, where this process has it open itself.
    pub fn own_dir(&self) -> Option<&Path> {
        match self {
            Seat::Own { dir, .. } => Some(dir),
            Seat::Window { .. } | Seat::Shared { .. } => None,
        }
    }

    /// Whether other people share the store and have their say.
    pub fn is_shared(&self) -> bool {
        matches!(self, Seat::Shared { .. })
    }

    /// Whether the state is this process's to save: a server keeps its own.
    pub(super) fn is_whole(&self) -> bool {
        !self.is_shared()
    }

    /// Who acts here on a day, where `person` was asked for.
    pub fn actor(&self, state: &State, person: Option<String>, today: NaiveDate) -> Actor {
        match self {
            Seat::Own { .. } | Seat::Window { .. } => Actor::at(state, person, today),
            Seat::Shared { person: Some(own), owner: false, .. } => Actor::held(own, today),
            Seat::Shared { owner, .. } => Actor { person, today, owner: *owner },
        }
    }

    /// Whether somebody may act here as this person.
    pub fn lets(&self, person: &str) -> bool {
        match self {
            Seat::Shared { person: own, owner: false, .. } => own.as_deref() == Some(person),
            _ => true,
        }
    }
}
