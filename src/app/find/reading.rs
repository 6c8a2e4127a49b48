//! How a character is typed: as itself, and by every reading that it has.
use std::{collections::BTreeSet, sync::OnceLock};

use ib_matcher::pinyin::{PinyinData, PinyinNotation};

/// The longest reading, in letters: `zhuang`.
pub(super) const LONGEST: usize = 6;

/// The character as names and patterns are compared: full-width forms as their ASCII ones, small letters.
pub fn plain(c: char) -> char {
    let c = match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '【' => '[',
        '】' => ']',
        '“' | '”' => '"',
        _ => c,
    };
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Calls `each` with every reading of a character, in small letters without tones; `ü` comes as `v` and as `u`. A
/// reading that the character has in several tones comes several times; one that it has in old books only does not come
/// (`data/readings/rare.txt`).
pub fn readings(c: char, mut each: impl FnMut(&str)) {
    if c.is_ascii() {
        return;
    }
    data().get_pinyins_and_for_each(c, |pinyin| {
        let Some(ascii) = pinyin.notation(PinyinNotation::Ascii) else { return };
        if is_rare(c, ascii) {
            return;
        }
        each(ascii);
        if ascii.contains('v') {
            each(&ascii.replace('v', "u"));
        }
    });
}

/// Whether a character has the reading in old books only.
fn is_rare(c: char, reading: &str) -> bool {
    static RARE: OnceLock<BTreeSet<(char, &str)>> = OnceLock::new();
    let all = RARE.get_or_init(|| {
        let lines = include_str!("../../../data/readings/rare.txt").lines().filter(|line| !line.starts_with('#'));
        let rows = lines.filter_map(|line| line.split_once(' '));
        rows.flat_map(|(reading, characters)| characters.chars().map(move |c| (c, reading))).collect()
    });
    all.contains(&(c, reading))
}

fn data() -> &'static PinyinData {
    static DATA: OnceLock<PinyinData> = OnceLock::new();
    DATA.get_or_init(|| PinyinData::new(PinyinNotation::Ascii))
}

/// The length of the longest reading that `chars` begin with; or all of them, where they are the beginning of one.
pub(super) fn syllable(chars: &[char]) -> usize {
    static ALL: OnceLock<BTreeSet<String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let ascii = data().iter().filter_map(|pinyin| pinyin.notation(PinyinNotation::Ascii));
        ascii.flat_map(|ascii| [ascii.to_owned(), ascii.replace('v', "u")]).collect()
    });
    let head: String = chars.iter().take(LONGEST).collect();
    if chars.len() <= LONGEST && all.range(head.clone()..).next().is_some_and(|next| next.starts_with(&head)) {
        return chars.len();
    }
    (1..=head.len()).rev().find(|n| head.get(..*n).is_some_and(|head| all.contains(head))).unwrap_or(0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn all(c: char) -> BTreeSet<String> {
        let mut out = BTreeSet::new();
        readings(c, |reading| {
            out.insert(reading.to_owned());
        });
        out
    }

    #[test]
    fn polyphonic_characters_have_all_their_readings() {
        for (c, some) in [
            ('重', ["zhong", "chong"]),
            ('行', ["xing", "hang"]),
            ('长', ["chang", "zhang"]),
            ('乐', ["le", "yue"]),
            ('单', ["dan", "shan"]),
            ('厦', ["sha", "xia"]),
            ('绿', ["lv", "lu"]),
        ] {
            let all = all(c);
            assert!(some.iter().all(|reading| all.contains(*reading)), "{c}: {all:?}");
        }
        assert!(all('a').is_empty() && all('，').is_empty());
    }

    #[test]
    fn readings_of_old_books_are_left_out_and_what_people_type_is_kept() {
        for (c, kept, left_out) in
            [('市', "shi", "fu"), ('厂', "chang", "an"), ('广', "guang", "yan"), ('晟', "sheng", "")]
        {
            let all = all(c);
            assert!(all.contains(kept) && !all.contains(left_out), "{c}: {all:?}");
        }
        // Every line of the file takes something away, and nobody is left without a reading.
        let lines = include_str!("../../../data/readings/rare.txt").lines().filter(|line| !line.starts_with('#'));
        for (reading, characters) in lines.map(|line| line.split_once(' ').unwrap()) {
            for c in characters.chars() {
                let mut table = data().get_pinyins(c);
                let has = table.any(|pinyin| pinyin.notation(PinyinNotation::Ascii) == Some(reading));
                assert!(has && !all(c).is_empty(), "{c} {reading}");
            }
        }
    }

    #[test]
    fn no_reading_is_longer_than_moves_allow() {
        for c in '\u{3400}'..='\u{9fff}' {
            for reading in all(c) {
                assert!((1..=LONGEST).contains(&reading.len()), "{c} {reading}");
                assert!(reading.bytes().all(|b| b.is_ascii_lowercase()), "{c} {reading}");
            }
        }
    }

    #[test]
    fn forms_of_one_character_are_one() {
        for (from, to) in [('Ａ', 'a'), ('（', '('), ('B', 'b'), ('　', ' '), ('兰', '兰'), ('İ', 'İ')] {
            assert_eq!(plain(from), to);
        }
    }
}
