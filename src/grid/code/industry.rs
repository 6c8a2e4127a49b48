//! 行业代码 by GB/T 4754-2017: a letter (门类), 2 digits (大类), 3 (中类) or 4 (小类).
//!
//! The table is `data/industry/gbt4754-2017.csv`, embedded and sorted by code; it is searched as it stands.
use crate::grid::org::Sector;

const TABLE: &str = include_str!("../../../data/industry/gbt4754-2017.csv");

/// The last 大类 of each 门类, in order.
const SECTIONS: [(u8, char); 20] = [
    (5, 'A'),
    (12, 'B'),
    (43, 'C'),
    (46, 'D'),
    (50, 'E'),
    (52, 'F'),
    (60, 'G'),
    (62, 'H'),
    (65, 'I'),
    (69, 'J'),
    (70, 'K'),
    (72, 'L'),
    (75, 'M'),
    (79, 'N'),
    (82, 'O'),
    (83, 'P'),
    (85, 'Q'),
    (90, 'R'),
    (96, 'S'),
    (97, 'T'),
];

/// The name of a code at any of the four levels, without the letter before digits: `1711`, `17`, `C`.
pub fn name(code: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, TABLE.len());
    while low < high {
        let middle = (low + high) / 2;
        let start = TABLE.as_bytes()[..middle].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
        let line = TABLE[start..].lines().next()?;
        let (key, value) = line.split_once(',')?;
        match key.cmp(code) {
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// Whether `code` is in the table, at any level.
pub fn known(code: &str) -> bool {
    name(code).is_some()
}

/// Whether `code` is a 小类, which is what a unit carries.
pub fn is_class(code: &str) -> bool {
    code.len() == 4 && known(code)
}

/// The letter of the 门类 that a code of digits belongs to, by its first two digits.
pub fn section(code: &str) -> Option<char> {
    let division = division(code)?;
    SECTIONS.iter().find(|(last, _)| division <= *last).map(|(_, letter)| *letter)
}

/// The 小类 under a code of 2 or 3 digits, in order.
pub fn classes_of(code: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let prefix = code.to_owned();
    TABLE.lines().filter_map(|l| l.split_once(',')).filter(move |(key, _)| key.len() == 4 && key.starts_with(&prefix))
}

/// What a unit of this code is surveyed as, by its 大类.
///
/// 门类 A (01-05) is 农业, B to D (06-46) 工业 and E (47-50) 建筑业 (三次产业划分规定, 国统设管函〔2018〕74号, and the
/// survey systems named after them). Of K (70), 房地产开发经营 (701) is surveyed as 房地产 while 物业管理, 中介, 租赁 and
/// the rest belong to the 规模以上服务业 survey. Everything else is 服务业, 批发零售 and 住宿餐饮 included.
/// `None` where the first two digits are no 大类.
pub fn sector(code: &str) -> Option<Sector> {
    Some(match division(code)? {
        1..=5 => Sector::Agriculture,
        6..=46 => Sector::Industry,
        47..=50 => Sector::Construction,
        70 if code.starts_with("701") || code == "70" => Sector::RealEstate,
        51..=97 => Sector::Service,
        _ => return None,
    })
}

fn division(code: &str) -> Option<u8> {
    let digits = code.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    digits.parse().ok().filter(|d| (1..=97).contains(d))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_table_is_whole_and_sorted() {
        let rows: Vec<(&str, &str)> = TABLE.lines().map(|l| l.split_once(',').unwrap()).collect();
        assert!(rows.is_sorted_by(|a, b| a.0 < b.0));
        let count = |len: usize| rows.iter().filter(|r| r.0.len() == len && !r.0.starts_with('A')).count();
        assert_eq!((count(2), count(3), count(4)), (97, 473, 1381));
        assert_eq!(rows.len(), 20 + 97 + 473 + 1381);
        for (code, value) in rows {
            assert_eq!(name(code), Some(value), "{code}");
            assert!(!value.is_empty() && value == value.trim(), "{code} {value}");
            if code.len() == 4 {
                assert!(known(&code[..3]) && known(&code[..2]), "{code} has no class above");
            }
        }
    }

    #[test]
    fn known_codes_have_their_names() {
        assert_eq!(name("C"), Some("制造业"));
        assert_eq!(name("1711"), Some("棉纺纱加工"));
        assert_eq!(name("0111"), Some("稻谷种植"));
        assert_eq!(name("9700"), Some("国际组织"));
        assert_eq!(name("T"), Some("国际组织"));
        for unknown in ["", "0", "00", "131 ", "1714", "9999", "c", "兰溪", "U", "C17"] {
            assert_eq!(name(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn sections_and_sectors() {
        let of = |code: &str| (section(code), sector(code));
        assert_eq!(of("0519"), (Some('A'), Some(Sector::Agriculture)));
        assert_eq!(of("0610"), (Some('B'), Some(Sector::Industry)));
        assert_eq!(of("4610"), (Some('D'), Some(Sector::Industry)));
        assert_eq!(of("4710"), (Some('E'), Some(Sector::Construction)));
        assert_eq!(of("5090"), (Some('E'), Some(Sector::Construction)));
        assert_eq!(of("5111"), (Some('F'), Some(Sector::Service)));
        assert_eq!(of("7010"), (Some('K'), Some(Sector::RealEstate)));
        assert_eq!(of("7020"), (Some('K'), Some(Sector::Service)));
        assert_eq!(of("9700"), (Some('T'), Some(Sector::Service)));
        for no in ["", "0", "00", "98", "C1711", "兰"] {
            assert_eq!(of(no), (None, None), "{no}");
        }
    }

    #[test]
    fn classes_under_a_group() {
        let codes: Vec<&str> = classes_of("171").map(|(code, _)| code).collect();
        assert_eq!(codes, ["1711", "1712", "1713"]);
    }
}
