//! The tabs of the detail pane.
use crate::words::t;

/// One tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Duties,
    Visits,
    Training,
    Activities,
    Ledger,
    People,
    Tasks,
    Records,
}

impl Tab {
    /// All of them, from the left.
    pub(super) const ALL: [Tab; 8] =
        [Tab::Duties, Tab::Visits, Tab::Training, Tab::Activities, Tab::Ledger, Tab::People, Tab::Tasks, Tab::Records];

    /// What they are called.
    pub(super) fn titles() -> Vec<String> {
        t!("desk.tabs").split(' ').map(str::to_owned).collect()
    }

    pub(super) fn place(self) -> usize {
        Tab::ALL.iter().position(|tab| *tab == self).unwrap_or(0)
    }

    /// What it is called.
    pub(super) fn title(self) -> String {
        Tab::titles().swap_remove(self.place())
    }

    /// The tab `n` places to the right, round and round.
    pub(super) fn shifted(self, n: isize) -> Tab {
        let len = Tab::ALL.len() as isize;
        Tab::ALL[(self.place() as isize + n).rem_euclid(len) as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_go_round() {
        assert_eq!(Tab::Duties.shifted(-1), Tab::Records);
        assert_eq!(Tab::Records.shifted(1), Tab::Duties);
        assert_eq!(Tab::ALL.len(), Tab::titles().len());
    }
}
