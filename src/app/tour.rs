//! The tour (六键导览): six keys on the real desk, one after the other; a line at the bottom says which comes next.
//!
//! Nothing is hidden and nothing is faked: every key does what it always does. Only in a store that is no sample the keys
//! that record and take back are explained and swallowed.
use super::{Command, Context, Keys};
use crate::words::t;

/// What is to be tried next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Move,
    Open,
    Record,
    Undo,
    Find,
    Help,
}

impl Step {
    const ALL: [Step; 6] = [Step::Move, Step::Open, Step::Record, Step::Undo, Step::Find, Step::Help];

    /// The command whose key is asked for.
    fn command(self) -> Command {
        match self {
            Step::Move => Command::Down,
            Step::Open => Command::Open,
            Step::Record => Command::VisitToday,
            Step::Undo => Command::Undo,
            Step::Find => Command::Filter,
            Step::Help => Command::Help,
        }
    }

    /// Whether the command is what was asked for.
    fn is(self, command: Command) -> bool {
        match self {
            Step::Move => matches!(command, Command::Up | Command::Down | Command::PageUp | Command::PageDown),
            Step::Open => matches!(command, Command::Open | Command::Right),
            step => command == step.command(),
        }
    }
}

/// What becomes of a command while the tour is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// It does what it always does.
    Pass,
    /// It was only explained.
    Swallowed,
    /// The tour is over, and the command does what it always does.
    Over,
    /// The tour is over, and the key did nothing else.
    Skipped,
}

/// A tour under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tour {
    /// The place of the step.
    at: usize,
    /// Records are real: they are explained only.
    real: bool,
}

impl Tour {
    /// A tour from its beginning; in a `real` store nothing is recorded.
    pub fn new(real: bool) -> Tour {
        Tour { at: 0, real }
    }

    fn step(self) -> Step {
        Step::ALL[self.at.min(Step::ALL.len() - 1)]
    }

    /// Hears a command that is given on the desk itself.
    pub(super) fn hears(&mut self, command: Command) -> Heard {
        let step = self.step();
        match command {
            Command::Back => Heard::Skipped,
            _ if !step.is(command) => match (self.real, command) {
                // Whatever the step: on the tour nobody records by accident.
                (true, Command::VisitToday | Command::Undo) => Heard::Swallowed,
                _ => Heard::Pass,
            },
            // These are done when the store has answered.
            Command::VisitToday | Command::Undo if !self.real => Heard::Pass,
            Command::VisitToday | Command::Undo => {
                self.at += 1;
                Heard::Swallowed
            }
            Command::Help => Heard::Over,
            _ => {
                self.at += 1;
                Heard::Pass
            }
        }
    }

    /// Hears that something was recorded, or taken back.
    pub(super) fn saved(&mut self, undoes: bool) {
        if matches!((self.step(), undoes), (Step::Record, false) | (Step::Undo, true)) {
            self.at += 1;
        }
    }

    /// The line for somebody who is in `context`, on the desk itself or on a screen above it.
    pub fn line(self, on_desk: bool, context: Context, keys: &dyn Keys) -> String {
        let key = |context, command| keys.label(context, command).unwrap_or_default();
        let (back, n) = (key(context, Command::Back), self.at + 1);
        let what = match (on_desk, context) {
            (true, Context::Desk) => {
                let key = key(Context::Desk, self.step().command());
                match (self.step(), self.real) {
                    (Step::Move, _) => t!("tour.move", key = key),
                    (Step::Open, _) => t!("tour.open", key = key),
                    (Step::Record, false) => t!("tour.record", key = key),
                    (Step::Record, true) => t!("tour.record_real", key = key),
                    (Step::Undo, false) => t!("tour.undo", key = key),
                    (Step::Undo, true) => t!("tour.undo_real", key = key),
                    (Step::Find, _) => t!("tour.find", key = key),
                    (Step::Help, _) => t!("tour.help", key = key),
                }
            }
            (true, Context::Prompt) => t!("tour.typing", key = back),
            _ => t!("tour.elsewhere", key = back),
        };
        t!("tour.line", n = n, of = Step::ALL.len(), what = what).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_keys_lead_through_a_sample_and_nothing_is_kept_from_it() {
        let mut tour = Tour::new(false);
        for command in [Command::Open, Command::VisitToday] {
            assert_eq!(tour.hears(command), Heard::Pass);
            assert_eq!(tour.step(), Step::Move, "another key does what it does and leads nowhere");
        }
        assert_eq!((tour.hears(Command::Up), tour.step()), (Heard::Pass, Step::Open));
        assert_eq!((tour.hears(Command::Open), tour.step()), (Heard::Pass, Step::Record));
        // Pressed is not yet saved.
        assert_eq!((tour.hears(Command::VisitToday), tour.step()), (Heard::Pass, Step::Record));
        tour.saved(true);
        assert_eq!(tour.step(), Step::Record);
        tour.saved(false);
        assert_eq!((tour.hears(Command::Undo), tour.step()), (Heard::Pass, Step::Undo));
        tour.saved(true);
        assert_eq!((tour.hears(Command::Filter), tour.step()), (Heard::Pass, Step::Help));
        assert_eq!(tour.hears(Command::Help), Heard::Over);
        assert_eq!(tour.hears(Command::Back), Heard::Skipped);
    }

    #[test]
    fn in_a_real_store_nothing_is_recorded_and_nothing_taken_back() {
        let mut tour = Tour::new(true);
        for command in [Command::VisitToday, Command::Undo] {
            assert_eq!((tour.hears(command), tour.step()), (Heard::Swallowed, Step::Move));
        }
        tour.hears(Command::Down);
        tour.hears(Command::Open);
        assert_eq!((tour.hears(Command::VisitToday), tour.step()), (Heard::Swallowed, Step::Undo));
        assert_eq!((tour.hears(Command::Undo), tour.step()), (Heard::Swallowed, Step::Find));
    }
}
