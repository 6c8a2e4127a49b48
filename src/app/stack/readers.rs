//! Who waits for an answer from the log.
use super::Ticket;

/// The screens that asked, by their places.
///
/// Others record at any moment, and a screen then reads anew: an answer to what it read before would stand there twice.
/// And a screen may be gone, or another may lie over it, when its answer comes.
#[derive(Debug, Default)]
pub(super) struct Readers {
    asked: Vec<Asked>,
    last: Ticket,
}

#[derive(Debug)]
struct Asked {
    at: usize,
    ticket: Ticket,
    /// Whether it is about one fact, which says itself what it is.
    of_one: bool,
}

impl Readers {
    /// The number of a new question of the screen at a place; what it read before is no longer waited for.
    pub(super) fn read(&mut self, at: usize) -> Ticket {
        self.asked.retain(|asked| asked.at != at || asked.of_one);
        self.ask(at, false)
    }

    /// The number of a question of the screen at a place about one fact.
    pub(super) fn look_up(&mut self, at: usize) -> Ticket {
        self.ask(at, true)
    }

    fn ask(&mut self, at: usize, of_one: bool) -> Ticket {
        self.last += 1;
        self.asked.push(Asked { at, ticket: self.last, of_one });
        self.last
    }

    /// The place of the screen that waits for the answer to a question; none where nobody does any more.
    pub(super) fn take(&mut self, ticket: Ticket) -> Option<usize> {
        let i = self.asked.iter().position(|asked| asked.ticket == ticket)?;
        Some(self.asked.swap_remove(i).at)
    }

    /// The screen at a place is gone; those above it move down.
    pub(super) fn remove(&mut self, at: usize) {
        self.asked.retain(|asked| asked.at != at);
        self.asked.iter_mut().filter(|asked| asked.at > at).for_each(|asked| asked.at -= 1);
    }

    /// Only so many screens are left.
    pub(super) fn truncate(&mut self, screens: usize) {
        self.asked.retain(|asked| asked.at < screens);
    }
}
