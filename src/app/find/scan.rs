//! Reading many names with one term: the same rule as [`super::pattern`], with the moves of every letter of the alphabet
//! reckoned beforehand.
use super::pattern::{Moves, Term};

/// A term over an alphabet, with a table of only those lengths of moves that occur.
pub(super) enum Scan {
    One(Table<1>),
    Two(Table<2>),
    Three(Table<3>),
    Six(Table<6>),
}

/// For every letter the places from which it moves on, by each of `K` lengths.
pub(super) struct Table<const K: usize> {
    moves: Vec<[u64; K]>,
    /// Which letters move on from the first place: most do not, and are passed over.
    begins: Vec<bool>,
    lengths: [u32; K],
    end: u64,
}

impl Scan {
    /// Reckons the moves of all letters.
    pub(super) fn new(term: &Term, alphabet: &[char]) -> Scan {
        let all: Vec<Moves> = alphabet.iter().map(|c| term.moves(*c)).collect();
        let used: Vec<usize> = (0..6).filter(|k| all.iter().any(|moves| moves[*k] != 0)).collect();
        match used.len() {
            0 | 1 => Scan::One(Table::new(&all, &used, term.end())),
            2 => Scan::Two(Table::new(&all, &used, term.end())),
            3 => Scan::Three(Table::new(&all, &used, term.end())),
            _ => Scan::Six(Table::new(&all, &used, term.end())),
        }
    }

    /// Whether the term is read anywhere in the name.
    pub(super) fn reads(&self, name: &[u16]) -> bool {
        match self {
            Scan::One(table) => table.reads(name),
            Scan::Two(table) => table.reads(name),
            Scan::Three(table) => table.reads(name),
            Scan::Six(table) => table.reads(name),
        }
    }

    /// Whether the term is read from the beginning of the name.
    pub(super) fn heads(&self, name: &[u16]) -> bool {
        match self {
            Scan::One(table) => table.heads(name),
            Scan::Two(table) => table.heads(name),
            Scan::Three(table) => table.heads(name),
            Scan::Six(table) => table.heads(name),
        }
    }
}

impl<const K: usize> Table<K> {
    fn new(all: &[Moves], used: &[usize], end: u64) -> Table<K> {
        let of = |moves: &Moves| std::array::from_fn(|i| used.get(i).map_or(0, |k| moves[*k]));
        let lengths = std::array::from_fn(|i| used.get(i).map_or(1, |k| *k as u32 + 1));
        let begins = all.iter().map(|moves| moves.iter().any(|from| from & 1 == 1)).collect();
        Table { moves: all.iter().map(of).collect(), begins, lengths, end }
    }

    #[inline]
    fn step(&self, places: u64, letter: u16) -> u64 {
        let moves = &self.moves[usize::from(letter)];
        (0..K).fold(0, |reached, k| reached | (places & moves[k]) << self.lengths[k])
    }

    fn reads(&self, name: &[u16]) -> bool {
        let mut places = 0;
        for letter in name {
            if places == 0 && !self.begins[usize::from(*letter)] {
                continue;
            }
            places = self.step(places | 1, *letter);
            if places & self.end != 0 {
                return true;
            }
        }
        false
    }

    fn heads(&self, name: &[u16]) -> bool {
        let mut places = 1;
        for letter in name {
            places = self.step(places, *letter);
            if places & self.end != 0 {
                return true;
            }
            if places == 0 {
                break;
            }
        }
        false
    }
}
