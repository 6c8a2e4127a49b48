//! The rows of a table: at hand, or reckoned one by one while they are written, so that a long table is never there as a
//! whole.
use std::{fmt, rc::Rc};

use super::Cell;

/// What hands over every row, the same ones each time.
type Each<'a> = dyn Fn(&mut dyn FnMut(&[Cell])) + 'a;

/// The rows of a table.
#[derive(Clone)]
pub enum Rows<'a> {
    /// These.
    Held(Vec<Vec<Cell>>),
    /// Those that come out whenever they are asked for.
    Reckoned(Rc<Each<'a>>),
}

impl<'a> Rows<'a> {
    /// Rows that are reckoned whenever they are asked for; `each` must hand over the same ones every time.
    pub fn reckoned(each: impl Fn(&mut dyn FnMut(&[Cell])) + 'a) -> Rows<'a> {
        Rows::Reckoned(Rc::new(each))
    }

    /// The rows that are at hand; none of those that are reckoned.
    pub fn held(&self) -> &[Vec<Cell>] {
        match self {
            Rows::Held(rows) => rows,
            Rows::Reckoned(_) => &[],
        }
    }

    /// The same rows, at hand.
    #[must_use]
    pub fn at_hand(self) -> Rows<'a> {
        match self {
            Rows::Held(rows) => Rows::Held(rows),
            Rows::Reckoned(each) => {
                let mut rows = Vec::new();
                each(&mut |row| rows.push(row.to_vec()));
                Rows::Held(rows)
            }
        }
    }

    /// Hands over every row until one can't be taken; how many there are.
    ///
    /// # Errors
    /// The first of `take`.
    pub fn each<E>(&self, mut take: impl FnMut(&[Cell]) -> Result<(), E>) -> Result<u64, E> {
        let (mut rows, mut done) = (0, Ok(()));
        let mut one = |row: &[Cell]| {
            rows += 1;
            if done.is_ok() {
                done = take(row);
            }
        };
        match self {
            Rows::Held(held) => held.iter().for_each(|row| one(row)),
            Rows::Reckoned(each) => each(&mut one),
        }
        done.map(|()| rows)
    }
}

impl Default for Rows<'_> {
    fn default() -> Self {
        Rows::Held(Vec::new())
    }
}

impl FromIterator<Vec<Cell>> for Rows<'_> {
    fn from_iter<I: IntoIterator<Item = Vec<Cell>>>(rows: I) -> Self {
        Rows::Held(rows.into_iter().collect())
    }
}

impl fmt::Debug for Rows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rows::Held(rows) => f.debug_tuple("Held").field(rows).finish(),
            Rows::Reckoned(_) => f.debug_tuple("Reckoned").finish_non_exhaustive(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reckoned_comes_as_often_as_it_is_asked_for_and_stops_at_what_can_not_be_taken() {
        let rows = Rows::reckoned(|take| (1..=3).for_each(|n| take(&[Cell::Number(n)])));
        for _ in 0..2 {
            let mut seen = Vec::new();
            let n = rows.each(|row| {
                seen.extend_from_slice(row);
                Ok::<(), ()>(())
            });
            assert_eq!((n, seen), (Ok(3), [1, 2, 3].map(Cell::Number).to_vec()));
        }
        let mut taken = 0;
        let refused = rows.each(|row| {
            taken += 1;
            if row == [Cell::Number(2)] { Err("no") } else { Ok(()) }
        });
        assert_eq!((refused, taken), (Err("no"), 2));
    }
}
