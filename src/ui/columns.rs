//! Rows of a small table as lines of text.
use crate::ui::text;

/// The rows as lines whose columns stand under each other, two blanks apart; nothing pads the last cell of a row.
pub fn align(rows: &[Vec<String>]) -> Vec<String> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |i: usize| rows.iter().filter_map(|row| row.get(i)).map(|cell| text::width(cell)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(widest).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, cols)| text::pad_right(cell, *cols));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_under_each_other_in_cells_of_the_screen() {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let rows = [row(&["企业9", "ab", "1"]), row(&["x", "兰江街道", "2"]), row(&["y"]), row(&["", "c"])];
        assert_eq!(align(&rows), ["企业9  ab        1", "x      兰江街道  2", "y", "       c"]);
        assert!(align(&[]).is_empty());
    }
}
