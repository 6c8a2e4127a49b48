//! 行政区划代码: the statistical codes of a county's townships (9 digits) and villages (12 digits).
//!
//! Lanxi's are embedded from `data/divisions/`; another county makes its own with [`Divisions::parse`]. 经济开发区 and
//! 高新区 have no code in the national list: theirs are assumed (`data/divisions/README.md`).
use std::sync::OnceLock;

const LANXI: &str = include_str!("../../../data/divisions/lanxi.csv");
const LANXI_ASSUMED: &str = include_str!("../../../data/divisions/lanxi-assumed.csv");

/// The code of 兰溪经济开发区 (assumed).
pub const LANXI_DEVELOPMENT_ZONE: &str = "330781400";
/// The code of 兰溪高新区 (assumed).
pub const LANXI_HIGH_TECH_ZONE: &str = "330781401";

/// A place with a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// 9 digits for a township or street, 12 for a village or community.
    pub code: String,
    /// The name people read.
    pub name: String,
}

/// The townships and villages of a county.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Divisions {
    /// Sorted by code.
    rows: Vec<Division>,
}

impl Divisions {
    /// 兰溪市: 16 townships and streets, 360 villages and communities, and the two zones with assumed codes.
    pub fn lanxi() -> &'static Divisions {
        static LANXI_ROWS: OnceLock<Divisions> = OnceLock::new();
        LANXI_ROWS.get_or_init(|| Divisions::parse(&[LANXI, LANXI_ASSUMED]))
    }

    /// Reads texts of `code,name,..` lines; lines whose code is not 9 or 12 digits, such as the header, are passed over.
    pub fn parse(texts: &[&str]) -> Divisions {
        let lines = texts.iter().flat_map(|t| t.lines());
        let mut rows: Vec<Division> = lines
            .filter_map(|line| {
                let mut fields = line.split(',');
                let (code, name) = (fields.next()?, fields.next()?);
                let whole = matches!(code.len(), 9 | 12) && code.bytes().all(|b| b.is_ascii_digit());
                whole.then(|| Division { code: code.to_owned(), name: name.to_owned() })
            })
            .collect();
        rows.sort_by(|a, b| a.code.cmp(&b.code));
        Divisions { rows }
    }

    /// The name of a code of 9 or 12 digits.
    pub fn name(&self, code: &str) -> Option<&str> {
        let at = self.rows.binary_search_by(|row| row.code.as_str().cmp(code)).ok()?;
        Some(&self.rows[at].name)
    }

    /// Whether the code of 9 or 12 digits is one of the county's.
    pub fn known(&self, code: &str) -> bool {
        self.name(code).is_some()
    }

    /// The code of the township with exactly this name.
    pub fn township_named(&self, name: &str) -> Option<&str> {
        self.townships().find(|t| t.name == name).map(|t| t.code.as_str())
    }

    /// The townships, streets and zones, by code.
    pub fn townships(&self) -> impl Iterator<Item = &Division> {
        self.rows.iter().filter(|row| row.code.len() == 9)
    }

    /// The villages and communities of a township, by code.
    pub fn villages(&self, township: &str) -> impl Iterator<Item = &Division> {
        let from = self.rows.partition_point(|row| row.code.as_str() <= township);
        let prefix = township.to_owned();
        self.rows[from..].iter().take_while(move |row| row.code.starts_with(&prefix))
    }
}

/// The township that a code lies in: its first 9 digits. `None` where there are fewer.
pub fn township(code: &str) -> Option<&str> {
    code.get(..9)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn lanxi_is_whole() {
        let lanxi = Divisions::lanxi();
        assert_eq!(lanxi.townships().count(), 18);
        assert_eq!(lanxi.townships().map(|t| lanxi.villages(&t.code).count()).sum::<usize>(), 360);
        assert_eq!(lanxi.rows.len(), 378);
        assert!(lanxi.rows.is_sorted_by(|a, b| a.code < b.code));
        assert_eq!(lanxi.name("330781001"), Some("兰江街道"));
        assert_eq!(lanxi.name("330781209242"), Some("芝园村委会"));
        assert_eq!(lanxi.township_named("游埠镇"), Some("330781102"));
        assert!(lanxi.known(LANXI_DEVELOPMENT_ZONE) && lanxi.known(LANXI_HIGH_TECH_ZONE));
        for unknown in ["", "330781", "330781003", "330781000000", "33078100"] {
            assert!(!lanxi.known(unknown), "{unknown}");
        }
    }

    #[test]
    fn villages_belong_to_their_township_only() {
        let lanxi = Divisions::lanxi();
        assert!(lanxi.villages("330781001").all(|v| township(&v.code) == Some("330781001")));
        assert_eq!(lanxi.villages(LANXI_DEVELOPMENT_ZONE).count(), 0);
        assert_eq!(lanxi.villages("330781003").count(), 0);
    }
}
