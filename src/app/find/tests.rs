//! The index and the finder beside a search that tries every reading of every character.
use proptest::prelude::*;

use super::{Finder, Found, Index, Pattern, Rank, plain, readings};

/// Every way in which a character can be typed whole.
fn ways(c: char) -> Vec<String> {
    let mut out = vec![plain(c).to_string()];
    readings(c, |reading| {
        out.extend([reading.to_owned(), reading[..1].to_owned()]);
        if ["zh", "ch", "sh"].iter().any(|two| reading.starts_with(two)) {
            out.push(reading[..2].to_owned());
        }
    });
    out.sort();
    out.dedup();
    out
}

/// Whether `term` is what somebody types for the characters from the beginning of `name` on; the last may break off.
fn typed(term: &str, name: &[char]) -> bool {
    let Some((c, rest)) = name.split_first() else { return false };
    ways(*c).iter().any(|way| {
        let breaks_off = way.len() > 1 && way.is_ascii() && way.starts_with(term);
        term == way || breaks_off || term.strip_prefix(way.as_str()).is_some_and(|term| typed(term, rest))
    })
}

fn oracle(text: &str, name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let text: String = text.chars().map(plain).collect();
    text.split_whitespace().all(|term| (0..name.len()).any(|from| typed(term, &name[from..])))
}

/// Names of characters with one reading and with several, and what is no hanzi.
fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        proptest::sample::select("兰溪市重庆行长乐单厦门大中绿女纺织曾参会计A3（）aZ".chars().collect::<Vec<_>>()),
        1..6,
    )
    .prop_map(|chars| chars.into_iter().collect())
}

/// A pattern that often fits: pieces of what could be typed for a name, and letters at random.
fn pattern() -> impl Strategy<Value = String> {
    let of_name = (name(), proptest::collection::vec(any::<proptest::sample::Index>(), 6), 0usize..4, 1usize..9);
    let of_name = of_name.prop_map(|(name, picks, from, len)| {
        let typed: String = name
            .chars()
            .zip(&picks)
            .map(|(c, pick)| {
                let ways = ways(c);
                ways[pick.index(ways.len())].clone()
            })
            .collect();
        typed.chars().skip(from).take(len).collect()
    });
    prop_oneof![4 => of_name, 1 => "[a-z]{1,4}", 1 => "[lxzcgh]{1,3} [a-z]{1,2}"]
}

fn index(names: &[String]) -> Index {
    let mut index = Index::new(&["兰溪", "兰溪市", "重庆"]);
    names.iter().for_each(|name| index.push(name, ""));
    index
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn index_and_finder_find_what_trying_every_reading_finds(
        names in proptest::collection::vec(name(), 1..8),
        pattern in pattern(),
    ) {
        let expected: Vec<usize> =
            (0..names.len()).filter(|i| oracle(&pattern, &names[*i])).collect();
        let finder = Finder::new(&pattern);
        prop_assert_eq!(finder.filter(names.iter().map(String::as_str)), expected.clone());
        let found = index(&names).find(&Pattern::new(&pattern), None);
        prop_assert_eq!(found.rows().iter().map(|row| *row as usize).collect::<Vec<_>>(), expected.clone());
        for i in expected {
            let spans = finder.spans(&names[i]);
            prop_assert_eq!(spans.len(), pattern.split_whitespace().count());
        }
    }

    #[test]
    fn typing_on_narrows_and_comes_to_the_same(
        names in proptest::collection::vec(name(), 1..12),
        pattern in pattern(),
    ) {
        let index = index(&names);
        let mut former: Option<(Pattern, Found)> = None;
        let mut typed = String::new();
        for c in pattern.chars() {
            typed.push(c);
            let now = Pattern::new(&typed);
            let fresh = index.find(&now, None);
            if let Some((old, found)) = &former {
                // Only what begins to be a part of a code may find more.
                prop_assert!(now.narrows(old) || c.is_ascii_digit() || typed.contains(|c: char| c.is_ascii_digit()));
                if !now.narrows(old) {
                    former = Some((now, fresh));
                    continue;
                }
                prop_assert_eq!(&index.find(&now, Some(found)), &fresh, "{} {:?}", typed, names);
            }
            former = Some((now, fresh));
        }
    }
}

#[test]
fn the_example_of_the_help_finds_what_it_says() {
    let help = crate::words::word_in(crate::words::Language::Zh, "command.filter.help");
    assert!(help.contains("lx fz 找兰溪的纺织"), "{help}");
    assert!(Finder::new("lx fz").finds("兰溪市华鑫纺织有限公司"));
    assert!(!Finder::new("lxfz").finds("兰溪市织里建材有限公司"), "市 is not fu");
}

#[test]
fn the_library_that_the_readings_come_from_finds_the_same() {
    use ib_matcher::matcher::{IbMatcher, PinyinMatchConfig};
    let names = ["兰溪市第一纺织厂", "重庆重工", "中国银行", "长兴乐清单县", "厦门大厦", "浙江HN化工（兰溪）"];
    for pattern in ["lx", "lanxi", "lanx", "cq", "chongqing", "yx", "yh", "dw", "xm", "dsx", "hnhg", "纺zc", "zz", "l"]
    {
        let library = IbMatcher::builder(pattern).pinyin(PinyinMatchConfig::default()).is_pattern_partial(true).build();
        for name in names {
            assert_eq!(Finder::new(pattern).finds(name), library.is_match(name), "{pattern} {name}");
        }
    }
}

#[test]
fn names_rank_by_where_they_are_found() {
    let mut index = Index::new(&["浙江", "浙江省", "兰溪", "兰溪市"]);
    for (name, code) in [
        ("兰溪市鼎华鑫纺织有限公司", "91330781MA2A0B1C2X"),
        ("浙江省兰溪市华鑫纺织有限公司", "91330781MA2A0B1C2A"),
        ("华鑫", ""),
        ("华鑫化工", ""),
        ("兰溪市第一医院 hx", ""),
    ] {
        index.push(name, code);
    }
    let ranked = |pattern: &str| index.find(&Pattern::new(pattern), None).ranked().collect::<Vec<_>>();
    use Rank::{Exact, Other, Prefix, Word};
    assert_eq!(ranked("hx"), [(0, Other), (1, Word), (2, Prefix), (3, Prefix), (4, Exact)]);
    assert_eq!(ranked("华鑫"), [(0, Other), (1, Word), (2, Exact), (3, Prefix)]);
    assert_eq!(ranked("hx fz"), [(0, Other), (1, Word)]);
    assert_eq!(ranked("兰溪"), [(0, Prefix), (1, Other), (4, Prefix)]);
    assert_eq!(ranked("91330781ma2a0b1c2x"), [(0, Exact)]);
    assert_eq!(ranked("9133"), [(0, Prefix), (1, Prefix)]);
    assert_eq!(ranked("B1C2A"), [(1, Other)]);
}

#[test]
fn a_row_that_is_renamed_is_found_by_its_new_name_only() {
    let mut index = Index::default();
    index.push("兰溪市华鑫纺织", "913307811");
    index.push("云山水泥", "");
    index.set(0, "兰溪市金泰化工", "913307812");
    let rows = |pattern: &str| index.find(&Pattern::new(pattern), None).rows().to_vec();
    assert_eq!(rows("jt"), [0]);
    assert_eq!(rows("hx"), [0; 0]);
    assert_eq!(rows("07811"), [0; 0]);
    assert_eq!(rows("07812"), [0]);
    assert_eq!(rows("ys"), [1]);
}

#[test]
fn many_rows_are_divided_among_threads_and_keep_their_order() {
    let mut index = Index::default();
    for i in 0..250_000u32 {
        index.push(["华鑫纺织", "云山水泥", "兰溪化工"][i as usize % 3], &format!("91{i:06}"));
    }
    let rows = index.find(&Pattern::new("sn"), None).rows().to_vec();
    assert_eq!(rows, (0..250_000).filter(|i| i % 3 == 1).collect::<Vec<_>>());
    assert_eq!(index.find(&Pattern::new("91249999"), None).rows(), [249_999]);
}
