//! A progress bar: `⣿⣿⣿⣿⣿⣿⣀⣀`, in ASCII `######..`.
use crate::ui::Glyphs;

/// A bar of `cols` cells for `have` out of `need`.
///
/// Full only when nothing is missing, empty only when nothing is there (given a cell to show it), so that "almost"
/// never looks like "done". A need of 0 is met.
pub fn text(have: u32, need: u32, cols: usize, glyphs: &Glyphs) -> String {
    let full = if have >= need {
        cols
    } else {
        let share = (u64::from(have) * cols as u64 / u64::from(need)) as usize;
        share.clamp(usize::from(have > 0).min(cols.saturating_sub(1)), cols.saturating_sub(1))
    };
    glyphs.bar_full.repeat(full) + &glyphs.bar_empty.repeat(cols - full)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_only_when_nothing_is_missing() {
        let bar = |have, need| text(have, need, 8, &Glyphs::ASCII);
        assert_eq!(bar(0, 8), "........");
        assert_eq!(bar(1, 100), "#.......");
        assert_eq!(bar(5, 8), "#####...");
        assert_eq!(bar(99, 100), "#######.");
        assert_eq!(bar(8, 8), "########");
        assert_eq!(bar(12, 8), "########");
        assert_eq!(bar(0, 0), "########");
        assert_eq!(text(1, 2, 0, &Glyphs::ASCII), "");
    }
}
