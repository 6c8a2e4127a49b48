//! The tabs of the detail pane.
use crate::{grid::pack::SheetKind, words::t};

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

    /// The table that it is exported as.
    pub(super) fn table(self) -> Option<&'static SheetKind> {
        SheetKind::of(match self {
            Tab::Duties => "duties",
            Tab::Visits => "visits",
            Tab::Training | Tab::Activities => "sessions",
            Tab::Ledger => "ledgers",
            Tab::People => "people",
            Tab::Tasks => "unfinished",
            Tab::Records => "evidence",
        })
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
    fn every_tab_is_a_table_that_can_be_exported() {
        assert!(Tab::ALL.into_iter().all(|tab| tab.table().is_some()));
    }

    #[test]
    fn tabs_go_round() {
        assert_eq!(Tab::Duties.shifted(-1), Tab::Records);
        assert_eq!(Tab::Records.shifted(1), Tab::Duties);
        assert_eq!(Tab::ALL.len(), Tab::titles().len());
    }
}
