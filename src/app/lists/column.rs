//! What a working list shows of a unit.
use chrono::Datelike;
use serde::{Deserialize, Serialize};

use crate::words::word;
use crate::{
    app::Desk,
    grid::{code::industry, org::UnitIx},
    words::t,
};

/// A column beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// The day of the last visit.
    LastVisit,
    /// The open problems.
    Problem,
    /// The grid.
    Grid,
    /// The township.
    Town,
    /// The industry.
    Industry,
    /// The contact person.
    Contact,
    /// Their telephone number.
    Phone,
    /// The code.
    Code,
}

impl Column {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Column; 8] = [
        Column::LastVisit,
        Column::Problem,
        Column::Grid,
        Column::Town,
        Column::Industry,
        Column::Contact,
        Column::Phone,
        Column::Code,
    ];

    /// Those of a list of which nobody said more.
    pub const USUAL: [Column; 3] = [Column::LastVisit, Column::Grid, Column::Contact];

    /// The name in files and in `--json`.
    pub fn id(self) -> &'static str {
        ["last-visit", "problem", "grid", "town", "industry", "contact", "phone", "code"][self as usize]
    }

    /// What people call it.
    pub fn label(self) -> String {
        let word = match self {
            Column::LastVisit => t!("lists.col_visit"),
            Column::Problem => t!("lists.col_problem"),
            Column::Grid => t!("lists.col_grid"),
            Column::Town => t!("lists.col_town"),
            Column::Industry => t!("lists.col_industry"),
            Column::Contact => t!("lists.col_contact"),
            Column::Phone => t!("lists.col_phone"),
            Column::Code => t!("lists.col_code"),
        };
        word.into_owned()
    }

    /// How many columns of the screen it takes.
    pub fn cols(self) -> u16 {
        [10, 20, 20, 12, 20, 8, 13, 18][self as usize]
    }

    /// What stands there for a unit.
    pub fn of(self, desk: &Desk, unit: UnitIx) -> String {
        let org = desk.state.org();
        let row = org.unit(unit);
        match self {
            Column::LastVisit => match desk.state.last_visit(unit) {
                None => t!("lists.never").into_owned(),
                Some(day) if day.year() == desk.today().year() => day.format("%m-%d").to_string(),
                Some(day) => day.to_string(),
            },
            Column::Problem => {
                let open: Vec<&str> = desk.state.open_problems(unit).map(|problem| problem.text.as_str()).collect();
                open.join(word("word.also"))
            }
            Column::Grid => row.grid_on(desk.today()).map_or(String::new(), |ix| org.full_name(ix)),
            Column::Town => org.area_of(unit).map_or(String::new(), |ix| org.node(ix).name.clone()),
            Column::Industry => industry::name(&row.record.industry).unwrap_or_default().to_owned(),
            Column::Contact => row.record.contact.clone(),
            Column::Phone => row.record.phone.clone(),
            Column::Code => row.record.code.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_files_are_those_in_the_code() {
        for column in Column::ALL {
            assert_eq!(serde_json::to_string(&column).expect("a name"), format!("\"{}\"", column.id()));
        }
    }
}
