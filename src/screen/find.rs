//! Finding by name: Chinese, full pinyin, initials, mixed.
use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
use ib_matcher::pinyin::PinyinNotation;

/// What somebody looks for.
pub(super) struct Finder {
    pattern: String,
}

impl Finder {
    /// Looks for `pattern`; an empty one finds everything.
    pub(super) fn new(pattern: &str) -> Finder {
        Finder { pattern: pattern.trim().to_lowercase() }
    }

    /// Which of the names are found, by their place.
    pub(super) fn filter<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<usize> {
        if self.pattern.is_empty() {
            return names.enumerate().map(|(i, _)| i).collect();
        }
        let pinyin = PinyinMatchConfig::notations(PinyinNotation::Ascii | PinyinNotation::AsciiFirstLetter);
        let matcher = IbMatcher::builder(self.pattern.as_str()).pinyin(pinyin).build();
        names.enumerate().filter(|(_, name)| matcher.is_match(*name)).map(|(i, _)| i).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_pinyin_initials_and_mixed() {
        let names = ["兰溪市第一纺织厂", "浙江华能化工有限公司", "云山水泥厂"];
        let found = |pattern: &str| Finder::new(pattern).filter(names.iter().copied());
        assert_eq!(found(""), [0, 1, 2]);
        assert_eq!(found("纺织"), [0]);
        assert_eq!(found("lxs"), [0]);
        assert_eq!(found("fangzhi"), [0]);
        assert_eq!(found("hnhg"), [1]);
        assert_eq!(found("HN化工"), [1]);
        assert_eq!(found("sn"), [2]);
        assert!(found("没有").is_empty());
    }
}
