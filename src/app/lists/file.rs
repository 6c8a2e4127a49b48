//! The file of working lists: `lists.toml` in a person's configuration folder.
use std::fmt;

use serde::{Deserialize, Serialize};

use super::WorkingList;
use crate::words::t;

/// The working lists of a person, in the order in which they were written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// Each under a name of its own.
    #[serde(rename = "list", default)]
    pub all: Vec<WorkingList>,
}

/// What is wrong with the file, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFault {
    /// The line, from 1.
    pub line: usize,
    what: String,
}

impl std::error::Error for ListFault {}

impl fmt::Display for ListFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&t!("lists.line_bad", line = self.line, what = self.what))
    }
}

impl Lists {
    /// Reads the file.
    ///
    /// # Errors
    /// The first line that can't be read. The file is then left as it is.
    pub fn parse(text: &str) -> Result<Lists, ListFault> {
        let text = text.trim_start_matches('\u{feff}');
        let lists: Lists = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            ListFault { line: text[..start].matches('\n').count() + 1, what: error.message().to_owned() }
        })?;
        // Two lists of one name, or a name of blanks, can't be told apart.
        let twice = |i: &usize| {
            let name = lists.all[*i].name.trim();
            name.is_empty() || lists.all[..*i].iter().any(|other| other.name.trim() == name)
        };
        match (0..lists.all.len()).find(twice) {
            Some(i) => Err(ListFault {
                line: text.match_indices("[[list]]").nth(i).map_or(1, |(at, _)| text[..at].matches('\n').count() + 1),
                what: t!("lists.line_name").into_owned(),
            }),
            None => Ok(lists),
        }
    }

    /// The file's text.
    ///
    /// # Errors
    /// None is known; the library's words, if there is one.
    pub fn to_text(&self) -> Result<String, String> {
        toml::to_string(self).map_err(|error| error.to_string())
    }

    /// The list of this name.
    pub fn named(&self, name: &str) -> Option<&WorkingList> {
        self.all.iter().find(|list| list.name == name)
    }

    /// These lists with one more, in the place of the one that was called `before`.
    pub fn with(&self, list: WorkingList, before: Option<&str>) -> Lists {
        let mut lists = self.clone();
        match lists.all.iter_mut().find(|old| Some(old.name.as_str()) == before) {
            Some(old) => *old = list,
            None => lists.all.push(list),
        }
        lists
    }

    /// These lists without the one of this name.
    pub fn without(&self, name: &str) -> Lists {
        Lists { all: self.all.iter().filter(|list| list.name != name).cloned().collect() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::app::lists::{Column, Problem, Visited};

    #[test]
    fn lists_come_back_from_their_text() {
        let list = WorkingList {
            text: "hx 纺织".to_owned(),
            visited: Visited::NotThisMonth,
            problem: Problem::Overdue,
            overdue: true,
            sector: Some(crate::grid::org::Sector::Industry),
            industry: "17".to_owned(),
            town: "兰江".to_owned(),
            columns: vec![Column::Phone, Column::LastVisit],
            ..WorkingList::new("“我的”名单")
        };
        let lists = Lists::default().with(WorkingList::new("全部"), None).with(list.clone(), None);
        assert_eq!(Lists::parse(&lists.to_text().unwrap()).unwrap(), lists);
        assert_eq!(lists.named("“我的”名单"), Some(&list));
        let renamed = lists.with(WorkingList::new("改名"), Some("全部"));
        assert_eq!(renamed.all.iter().map(|list| list.name.as_str()).collect::<Vec<_>>(), ["改名", "“我的”名单"]);
        assert_eq!(renamed.without("改名").all, [list]);
        assert_eq!(Lists::parse("").unwrap(), Lists::default());
    }

    #[test]
    fn a_bad_file_is_told_by_line() {
        let line = |text: &str| Lists::parse(text).unwrap_err().line;
        assert_eq!(line("[[list]]\nname = \"a\"\ncolumns = []\nvisit = \"never\"\n"), 4);
        assert_eq!(line("[[list]]\nname = \"a\"\nvisited = \"sometimes\"\n"), 3);
        assert_eq!(line("\n[[list]]\nname = \"a\"\n\n[[list]]\nname = \"a\"\n"), 5);
        assert_eq!(line("[[list]]\nname = \"a\n"), 2);
    }
}
