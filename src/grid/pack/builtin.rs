//! The packs that are part of the binary.

/// The text of a pack's files.
#[derive(Clone, Copy, Debug)]
pub struct PackFiles<'a> {
    /// The folder's name.
    pub id: &'a str,
    /// `pack.toml`.
    pub pack: &'a str,
    /// `duties.toml`.
    pub duties: &'a str,
    /// `divisions.csv`.
    pub divisions: &'a str,
    /// The legal holidays, as [`crate::grid::calendar::Calendar::parse`] reads them.
    pub holidays: &'a str,
}

/// The legal holidays that ship.
pub const HOLIDAYS: &str = include_str!("../../../data/holidays/cn.csv");

/// The packs that ship: that of 兰溪市 first, then a small one to write one's own by.
pub const BUILTIN: &[PackFiles<'static>] = &[
    PackFiles {
        id: "lanxi",
        pack: include_str!("../../../data/packs/lanxi/pack.toml"),
        duties: include_str!("../../../data/packs/lanxi/duties.toml"),
        divisions: include_str!("../../../data/packs/lanxi/divisions.csv"),
        holidays: HOLIDAYS,
    },
    PackFiles {
        id: "sample",
        pack: include_str!("../../../data/packs/sample/pack.toml"),
        duties: include_str!("../../../data/packs/sample/duties.toml"),
        divisions: include_str!("../../../data/packs/sample/divisions.csv"),
        holidays: HOLIDAYS,
    },
];
