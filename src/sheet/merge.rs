//! Merged cells: what stands in the first row of a merge holds for all of its rows.
use super::cell::{Cell, Value};

/// A merge that spans more than one row; rows and columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Merge {
    /// The first row.
    pub top: u32,
    /// The last row.
    pub bottom: u32,
    /// The first column, the one that holds the value.
    pub column: u32,
}

/// Carries values down through merges while rows go by in order.
#[derive(Debug, Default)]
pub(super) struct Fill {
    /// Sorted by top; those before `next` have begun.
    merges: Vec<Merge>,
    next: usize,
    open: Vec<(Merge, Option<Value>)>,
}

impl Fill {
    /// Over these merges; those of one row are left out.
    pub fn new(mut merges: Vec<Merge>) -> Fill {
        merges.retain(|m| m.bottom > m.top);
        merges.sort_by_key(|m| (m.top, m.column));
        Fill { merges, next: 0, open: Vec::new() }
    }

    /// Takes note of a row's cells and adds the values that merges carry into it where it has none of its own.
    pub fn row(&mut self, row: u32, cells: &mut Vec<Cell>) {
        self.open.retain(|(merge, _)| merge.bottom >= row);
        while let Some(merge) = self.merges.get(self.next).filter(|m| m.top <= row) {
            // A merge whose first row was left out of the file has nothing to carry.
            let value = cells.iter().find(|c| merge.top == row && c.column == merge.column).map(|c| c.value.clone());
            self.open.retain(|(other, _)| other.column != merge.column);
            self.open.push((*merge, value));
            self.next += 1;
        }
        for (merge, value) in &self.open {
            let Some(value) = value else { continue };
            match cells.iter_mut().find(|c| c.column == merge.column) {
                Some(cell) if cell.value.is_blank() => cell.value = value.clone(),
                Some(_) => {}
                None => cells.push(Cell { column: merge.column, value: value.clone() }),
            }
        }
    }

    /// The last row of the merges that are open now in a column that `wanted` picks.
    pub fn reach(&self, wanted: impl Fn(u32) -> bool) -> Option<u32> {
        self.open.iter().filter(|(merge, _)| wanted(merge.column)).map(|(merge, _)| merge.bottom).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(column: u32, text: &str) -> Cell {
        Cell { column, value: Value::Text(text.to_owned()) }
    }

    #[test]
    fn a_value_holds_for_all_rows_of_its_merge_and_no_further() {
        let mut fill = Fill::new(vec![Merge { top: 3, bottom: 5, column: 2 }, Merge { top: 0, bottom: 0, column: 0 }]);
        let mut after = |row, mut cells: Vec<Cell>| {
            fill.row(row, &mut cells);
            cells
        };
        assert_eq!(after(2, vec![text(1, "a")]), [text(1, "a")]);
        assert_eq!(after(3, vec![text(2, "工业第1网格")]), [text(2, "工业第1网格")]);
        assert_eq!(after(4, vec![text(1, "b")]), [text(1, "b"), text(2, "工业第1网格")]);
        assert_eq!(after(5, vec![text(2, " ")]), [text(2, "工业第1网格")]);
        assert_eq!(after(6, vec![text(1, "c")]), [text(1, "c")]);
    }
}
