//! The ruler: a frame around marks and Chinese text, whose right border stands in one column where all is well.
use crate::{
    ui::{Glyphs, text},
    words::t,
};

/// Columns between the borders.
const COLS: usize = 34;

/// The lines of the ruler.
pub(super) fn lines() -> Vec<String> {
    // The marks that are in doubt, whatever set is chosen now.
    let glyphs = &Glyphs::UNICODE;
    let marks = [glyphs.ok, glyphs.missing, glyphs.marked, glyphs.unmarked, glyphs.folded, glyphs.unfolded];
    let rows = [
        t!("ruler.sample").into_owned(),
        marks.map(|mark| format!("{mark}{}", t!("ruler.word"))).concat(),
        marks.map(|mark| mark.repeat(5)).concat(),
        "0123456789012345678901234567890123".to_owned(),
    ];
    let edge = format!("{}{}{}", glyphs.corner, glyphs.hline.repeat(COLS), glyphs.corner);
    let row = |row: &String| format!("{0}{1}{0}", glyphs.vline, text::pad_right(row, COLS));
    std::iter::once(edge.clone()).chain(rows.iter().map(row)).chain([edge]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_ruler_is_equally_long() {
        for line in lines() {
            assert_eq!(text::width(&line), COLS + 2, "{line}");
            assert!(!line.contains(".."), "{line} is cut");
        }
    }
}
