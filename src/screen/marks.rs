//! Marks on the rows of a list, for a command on many: one at a time, a range, all that is shown; each change can be
//! taken back.
use std::collections::BTreeSet;

/// How many former marks are kept to go back to.
const KEPT: usize = 50;

/// What is marked in a list of `K`, whether the list shows it just now or not.
///
/// Rows are given as the list shows them: one key for each row that can be marked, none for headings and the like.
#[derive(Clone, Debug)]
pub(super) struct Marks<K> {
    set: BTreeSet<K>,
    /// Where a range began, and what was marked before it.
    range: Option<(K, BTreeSet<K>)>,
    /// What was marked before the latest changes, the oldest first.
    past: Vec<BTreeSet<K>>,
    /// What is being recorded.
    sent: BTreeSet<K>,
}

impl<K> Default for Marks<K> {
    fn default() -> Marks<K> {
        Marks { set: BTreeSet::new(), range: None, past: Vec::new(), sent: BTreeSet::new() }
    }
}

impl<K: Copy + Ord> Marks<K> {
    /// Whether nothing is marked.
    pub(super) fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// How many are marked.
    pub(super) fn len(&self) -> usize {
        self.set.len()
    }

    /// Whether this one is marked.
    pub(super) fn has(&self, key: K) -> bool {
        self.set.contains(&key)
    }

    /// All that are marked, shown or not.
    pub(super) fn all(&self) -> impl Iterator<Item = K> {
        self.set.iter().copied()
    }

    /// How many of those that are marked the list does not show.
    pub(super) fn hidden(&self, rows: &[Option<K>]) -> usize {
        let shown: BTreeSet<K> = rows.iter().flatten().copied().collect();
        self.set.difference(&shown).count()
    }

    /// Marks one, or takes its mark away.
    pub(super) fn toggle(&mut self, key: K) {
        self.change(|set| {
            if !set.remove(&key) {
                set.insert(key);
            }
        });
    }

    /// Marks these, beside what is marked already.
    pub(super) fn add(&mut self, keys: impl IntoIterator<Item = K>) {
        self.change(|set| set.extend(keys));
    }

    /// Takes all marks away.
    pub(super) fn clear(&mut self) {
        self.change(BTreeSet::clear);
    }

    /// Begins a range at this row.
    pub(super) fn begin(&mut self, key: K) {
        let before = self.set.clone();
        self.set.insert(key);
        self.keep(before.clone());
        self.range = Some((key, before));
    }

    /// Ends the range, if one is open; what it marked stays marked.
    pub(super) fn end(&mut self) -> bool {
        self.range.take().is_some()
    }

    /// The row where the open range began.
    pub(super) fn anchor(&self) -> Option<K> {
        self.range.as_ref().map(|(anchor, _)| *anchor)
    }

    /// Whether a range is open.
    pub(super) fn is_open(&self) -> bool {
        self.range.is_some()
    }

    /// Marks what lies between the row where the range began and the one at `at`, and only that beside what was marked
    /// before; a range whose first row is not shown any more is ended. `like` says which rows go with the first one.
    pub(super) fn stretch(&mut self, rows: &[Option<K>], at: usize, like: impl Fn(K, K) -> bool) {
        let Some((anchor, before)) = &self.range else { return };
        let Some(from) = rows.iter().position(|row| *row == Some(*anchor)) else {
            self.range = None;
            return;
        };
        let (first, last) = (from.min(at), from.max(at).min(rows.len().saturating_sub(1)));
        let between = rows[first..=last].iter().flatten().copied().filter(|key| like(*anchor, *key));
        self.set = before.iter().copied().chain(between).collect();
    }

    /// Goes back to what was marked before the latest change; false where there is none to take back.
    pub(super) fn undo(&mut self) -> bool {
        self.range = None;
        while let Some(before) = self.past.pop() {
            if before != self.set {
                self.set = before;
                return true;
            }
        }
        false
    }

    /// Whether there is a change to take back.
    pub(super) fn can_undo(&self) -> bool {
        self.past.iter().any(|before| *before != self.set)
    }

    /// Notes that these are on their way to be recorded.
    pub(super) fn send(&mut self, keys: impl IntoIterator<Item = K>) {
        self.range = None;
        self.sent = keys.into_iter().collect();
    }

    /// What was on its way is recorded: it is not marked any more, and there is no way back to earlier marks, because
    /// the next thing to take back is the record.
    pub(super) fn saved(&mut self) {
        let sent = std::mem::take(&mut self.sent);
        self.set.retain(|key| !sent.contains(key));
        self.past.clear();
        self.range = None;
    }

    /// What was on its way was not recorded: it stays marked.
    pub(super) fn refused(&mut self) {
        self.sent.clear();
    }

    fn change(&mut self, change: impl FnOnce(&mut BTreeSet<K>)) {
        let before = self.set.clone();
        change(&mut self.set);
        self.range = None;
        if self.set != before {
            self.keep(before);
        }
    }

    fn keep(&mut self, before: BTreeSet<K>) {
        self.past.push(before);
        if self.past.len() > KEPT {
            self.past.remove(0);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What a person does.
    #[derive(Clone, Debug)]
    enum Do {
        Toggle(u8),
        Begin(u8),
        Stretch(u8),
        End,
        All,
        None,
        Filter(u8),
        Undo,
        Record,
    }

    fn deed() -> impl Strategy<Value = Do> {
        prop_oneof![
            (0..20u8).prop_map(Do::Toggle),
            (0..20u8).prop_map(Do::Begin),
            (0..20u8).prop_map(Do::Stretch),
            Just(Do::End),
            Just(Do::All),
            Just(Do::None),
            (1..6u8).prop_map(Do::Filter),
            Just(Do::Undo),
            Just(Do::Record),
        ]
    }

    /// The rows that are shown: those whose number the filter divides, with a heading in front.
    fn rows(filter: u8) -> Vec<Option<u8>> {
        std::iter::once(None).chain((0..20).filter(|n: &u8| n.is_multiple_of(filter)).map(Some)).collect()
    }

    proptest! {
        #[test]
        fn marks_are_what_a_plain_set_with_its_whole_history_says(deeds in proptest::collection::vec(deed(), 0..60)) {
            let mut marks: Marks<u8> = Marks::default();
            // The model: the set, all sets before, and the range as its first row and what was marked then.
            let mut model: Vec<bool> = vec![false; 20];
            let mut past: Vec<Vec<bool>> = Vec::new();
            let mut range: Option<(u8, Vec<bool>)> = None;
            let mut filter = 1;
            for deed in deeds {
                let shown = rows(filter);
                let is_shown = |n: u8| n.is_multiple_of(filter);
                let before = model.clone();
                match deed {
                    Do::Toggle(n) if is_shown(n) => {
                        marks.toggle(n);
                        model[usize::from(n)] ^= true;
                        range = None;
                    }
                    Do::Begin(n) if is_shown(n) => {
                        marks.begin(n);
                        range = Some((n, model.clone()));
                        past.push(model.clone());
                        model[usize::from(n)] = true;
                        prop_assert_eq!(marks.all().collect::<Vec<_>>(), list(&model));
                        continue;
                    }
                    Do::Stretch(n) if is_shown(n) => {
                        let at = shown.iter().position(|row| *row == Some(n)).unwrap();
                        marks.stretch(&shown, at, |_, _| true);
                        if let Some((anchor, base)) = &range {
                            if is_shown(*anchor) {
                                model = base.clone();
                                (*anchor.min(&n)..=*anchor.max(&n)).filter(|k| is_shown(*k))
                                    .for_each(|k| model[usize::from(k)] = true);
                            } else {
                                range = None;
                            }
                        }
                        // It is one change with the beginning of the range.
                        prop_assert_eq!(marks.all().collect::<Vec<_>>(), list(&model));
                        continue;
                    }
                    Do::End => {
                        marks.end();
                        range = None;
                    }
                    Do::All => {
                        marks.add(shown.iter().flatten().copied());
                        (0..20).filter(|k| is_shown(*k)).for_each(|k| model[usize::from(k)] = true);
                        range = None;
                    }
                    Do::None => {
                        marks.clear();
                        model = vec![false; 20];
                        range = None;
                    }
                    Do::Filter(n) => filter = n,
                    Do::Undo => {
                        prop_assert_eq!(marks.can_undo(), past.iter().any(|before| *before != model));
                        while past.last() == Some(&model) {
                            past.pop();
                        }
                        prop_assert_eq!(marks.undo(), !past.is_empty());
                        if let Some(before) = past.pop() {
                            model = before;
                        }
                        range = None;
                        prop_assert_eq!(marks.all().collect::<Vec<_>>(), list(&model));
                        continue;
                    }
                    Do::Record => {
                        marks.send(marks.all().collect::<Vec<_>>());
                        marks.saved();
                        model = vec![false; 20];
                        past.clear();
                        range = None;
                        prop_assert!(marks.is_empty() && !marks.can_undo());
                        continue;
                    }
                    _ => continue,
                }
                if model != before {
                    past.push(before);
                }
                let shown = rows(filter);
                prop_assert_eq!(marks.all().collect::<Vec<_>>(), list(&model));
                prop_assert_eq!(marks.len(), list(&model).len());
                prop_assert_eq!(marks.hidden(&shown), list(&model).iter().filter(|n| **n % filter != 0).count());
                prop_assert_eq!(marks.is_open(), range.is_some());
            }
        }
    }

    fn list(model: &[bool]) -> Vec<u8> {
        (0..20).filter(|n| model[usize::from(*n)]).collect()
    }

    #[test]
    fn a_range_takes_in_only_rows_like_the_first_one() {
        let rows = [None, Some((0, 1)), Some((1, 1)), Some((0, 2)), None, Some((0, 3))];
        let mut marks = Marks::default();
        marks.begin((0, 3));
        marks.stretch(&rows, 0, |a: (u8, u8), b| a.0 == b.0);
        assert_eq!(marks.all().collect::<Vec<_>>(), [(0, 1), (0, 2), (0, 3)]);
        assert!(marks.undo());
        assert!(marks.is_empty());
    }

    #[test]
    fn what_was_refused_stays_marked_and_what_was_recorded_does_not() {
        let mut marks = Marks::default();
        marks.add([1, 2, 3]);
        marks.send([1, 2]);
        marks.refused();
        marks.saved();
        assert_eq!(marks.len(), 3);
        marks.send([1, 2]);
        marks.saved();
        assert_eq!(marks.all().collect::<Vec<_>>(), [3]);
    }
}
