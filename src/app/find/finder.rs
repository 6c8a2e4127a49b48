//! Looking through a short list.
use std::{cell::RefCell, collections::HashMap, ops::Range};

use super::{
    pattern::{Moves, Pattern, Term, step},
    reading::plain,
};

/// Looks through names one by one; for what a screen lists. For everything in a store there is [`super::Names`].
#[derive(Clone, Debug, Default)]
pub struct Finder {
    pattern: Pattern,
    /// What characters that were met before do, term by term.
    met: Vec<RefCell<HashMap<char, Moves>>>,
}

impl Finder {
    /// Looks for what is typed as `text`; blanks alone find everything.
    pub fn new(text: &str) -> Finder {
        let pattern = Pattern::new(text);
        let met = pattern.terms.iter().map(|_| RefCell::default()).collect();
        Finder { pattern, met }
    }

    /// Whether everything is found.
    pub fn is_empty(&self) -> bool {
        self.pattern.is_empty()
    }

    /// Whether the name is found: it holds every term.
    pub fn finds(&self, name: &str) -> bool {
        self.finds_either(name, "")
    }

    /// Whether the name, or where that is what is typed one of the codes, is found; codes are separated by blanks.
    pub fn finds_either(&self, name: &str, codes: &str) -> bool {
        self.terms().all(|(i, term)| {
            let in_code = || term.code().is_some_and(|code| codes.to_ascii_lowercase().contains(code));
            self.reads(i, term, name) || in_code()
        })
    }

    /// Which of the names are found, by their place, in their order.
    pub fn filter<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<usize> {
        names.enumerate().filter(|(_, name)| self.finds(name)).map(|(i, _)| i).collect()
    }

    /// The parts of the name that were found, as ranges of bytes: the first for every term, in their order in the name.
    pub fn spans(&self, name: &str) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = self.terms().filter_map(|(i, term)| self.span(i, term, name)).collect();
        out.sort_by_key(|span| (span.start, span.end));
        out
    }

    fn terms(&self) -> impl Iterator<Item = (usize, &Term)> {
        self.pattern.terms.iter().enumerate()
    }

    fn reads(&self, i: usize, term: &Term, name: &str) -> bool {
        let mut places = 1;
        name.chars().any(|c| {
            places = step(places, &self.moves(i, term, plain(c))) | 1;
            places & term.end() != 0
        })
    }

    fn span(&self, i: usize, term: &Term, name: &str) -> Option<Range<usize>> {
        for (start, _) in name.char_indices() {
            let mut places = 1;
            for (at, c) in name[start..].char_indices() {
                places = step(places, &self.moves(i, term, plain(c)));
                if places & term.end() != 0 {
                    return Some(start..start + at + c.len_utf8());
                }
                if places == 0 {
                    break;
                }
            }
        }
        None
    }

    fn moves(&self, i: usize, term: &Term, c: char) -> Moves {
        *self.met[i].borrow_mut().entry(c).or_insert_with(|| term.moves(c))
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
        assert_eq!(found("  "), [0, 1, 2]);
        assert_eq!(found("纺织"), [0]);
        assert_eq!(found("lxs"), [0]);
        assert_eq!(found("fangzhi"), [0]);
        assert_eq!(found("fangz"), [0]);
        assert_eq!(found("fangzh"), [0]);
        assert_eq!(found("hnhg"), [1]);
        assert_eq!(found("HN化工"), [1]);
        assert_eq!(found("zhj"), [1]);
        assert_eq!(found("sn"), [2]);
        assert_eq!(found("lx fz"), [0]);
        assert_eq!(found("fz lx"), [0]);
        assert!(found("没有").is_empty());
        assert!(found("lx hg").is_empty());
    }

    #[test]
    fn polyphonic_names_are_found_by_every_reading() {
        for (name, patterns) in [
            ("重庆重工", &["cq", "zhongqing", "chongqing", "zhg", "cg", "zg"][..]),
            ("中国银行", &["yh", "yx", "yinhang", "yinxing"]),
            ("长兴长安汽车", &["cx", "zx", "changxing", "zhangan", "ca"]),
            ("乐清音乐学校", &["yq", "lq", "yueqing", "leqing", "yyxx"]),
            ("单县单位", &["sx", "dx", "shanxian", "danwei", "dw"]),
            ("兰溪市", &["lanxi", "lx", "lanx", "lxs", "lanxishi"]),
            ("厦门大厦", &["xm", "xiamen", "ds", "dasha", "daxia"]),
            ("绿谷女装", &["lvgu", "lugu", "nvz", "nuz"]),
        ] {
            for pattern in patterns {
                assert!(Finder::new(pattern).finds(name), "{pattern} {name}");
            }
        }
        assert!(!Finder::new("chongxing").finds("重庆"));
        assert!(!Finder::new("lanxin").finds("兰溪市"));
    }

    #[test]
    fn codes_are_found_by_their_parts_from_three_characters_on() {
        let found = |pattern: &str| Finder::new(pattern).finds_either("华鑫纺织", "91330781MA2A0B1C2X");
        assert!(found("9133") && found("ma2a") && found("B1C2") && found("hx 0781"));
        assert!(!found("91") && !found("ma") && !found("9134"));
    }

    #[test]
    fn the_found_part_is_told() {
        let spans = |pattern: &str| Finder::new(pattern).spans("兰溪市华鑫纺织");
        assert_eq!(spans("hx"), vec![Range { start: 9, end: 15 }]);
        assert_eq!(spans("fz lanxi"), [0..6, 15..21]);
        assert!(spans("没有").is_empty());
    }
}
