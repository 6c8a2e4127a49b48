//! A sparkline: one cell a period, from nothing to all: `_⣀⣤⣶⣿`.
use crate::ui::Glyphs;

/// One cell for each of `parts`, so much out of so much; blank where there is none.
///
/// As with [`super::bar`], all is all and nothing is nothing: what is almost done has the level below.
pub fn text(parts: impl IntoIterator<Item = Option<(u32, u32)>>, glyphs: &Glyphs) -> String {
    parts.into_iter().map(|part| part.map_or(" ", |(have, need)| cell(have, need, glyphs))).collect()
}

/// The cell of `have` out of `need`.
pub fn cell(have: u32, need: u32, glyphs: &Glyphs) -> &'static str {
    let top = glyphs.levels.len() - 1;
    let level = match have {
        have if have >= need => top,
        0 => 0,
        have => 1 + (u64::from(have) * (top as u64 - 1) / u64::from(need)) as usize,
    };
    glyphs.levels[level.min(top)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_the_highest_level_and_almost_all_is_not() {
        let line = |glyphs| {
            let parts = [None, Some((0, 7)), Some((1, 7)), Some((3, 7)), Some((6, 7)), Some((7, 7)), Some((9, 7))];
            text(parts.into_iter().chain([Some((0, 0)), Some((99, 100))]), glyphs)
        };
        assert_eq!(line(&Glyphs::ASCII), " _.-=###=");
        assert_eq!(line(&Glyphs::UNICODE), " _⣀⣤⣶⣿⣿⣿⣶");
    }

    #[test]
    fn more_is_never_shown_lower() {
        for need in 1..60 {
            let levels: Vec<_> = (0..=need + 2)
                .map(|have| Glyphs::ASCII.levels.iter().position(|l| *l == cell(have, need, &Glyphs::ASCII)))
                .collect();
            assert!(levels.is_sorted(), "{need}: {levels:?}");
            assert_eq!(levels.iter().filter(|level| **level == Some(4)).count(), 3, "{need}");
        }
    }
}
