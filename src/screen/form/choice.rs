//! One of several: turned with the arrows, or found by its words or their pinyin.
use crate::{
    app::{Code, Key},
    screen::find::Finder,
};

/// One of several; none is chosen at first, so that nothing is recorded by oversight.
pub(in crate::screen) struct Choice {
    /// Ids, and what people read.
    pub options: Vec<(String, String)>,
    /// The place of the one that is chosen.
    pub at: Option<usize>,
    may_be_empty: bool,
    /// What was typed to get there.
    typed: String,
}

impl Choice {
    /// A choice; the only one that must be made is made.
    pub(in crate::screen) fn new(options: Vec<(String, String)>, may_be_empty: bool) -> Choice {
        let at = if options.len() == 1 && !may_be_empty { Some(0) } else { None };
        Choice { options, at, may_be_empty, typed: String::new() }
    }

    pub(super) fn key(&mut self, key: Key) -> bool {
        match key.code {
            Code::Right | Code::Char(' ' | '\u{3000}') => self.turn(1),
            Code::Left | Code::Backspace => self.turn(-1),
            Code::Delete if self.may_be_empty => self.at = None,
            Code::Char(c) if !key.ctrl && !key.alt => self.find(c),
            _ => return false,
        }
        true
    }

    fn turn(&mut self, n: isize) {
        self.typed.clear();
        // An empty choice stands before the first.
        let empty = isize::from(self.may_be_empty);
        let len = self.options.len() as isize + empty;
        if len == 0 {
            return;
        }
        let at = match self.at {
            Some(at) => at as isize + empty + n,
            None if n > 0 => empty,
            None => -1,
        };
        self.at = usize::try_from(at.rem_euclid(len) - empty).ok();
    }

    /// Goes to the first whose words are found by what was typed so far.
    fn find(&mut self, c: char) {
        let longer = format!("{}{c}", self.typed);
        for typed in [longer, c.to_string()] {
            let found = Finder::new(&typed).filter(self.options.iter().map(|(_, label)| label.as_str()));
            if let Some(first) = found.first() {
                (self.at, self.typed) = (Some(*first), typed);
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(may_be_empty: bool) -> Choice {
        let options = ["联席会议", "经济形势分析会", "统计会议"].map(|word| (word.to_owned(), word.to_owned()));
        Choice::new(options.to_vec(), may_be_empty)
    }

    #[test]
    fn a_choice_goes_round_and_may_be_empty_where_it_need_not_be_made() {
        let turned = |mut choice: Choice, ways: &[isize]| -> Vec<Option<usize>> {
            let turn = |n: &isize| {
                choice.turn(*n);
                choice.at
            };
            ways.iter().map(turn).collect()
        };
        assert_eq!(
            turned(choice(false), &[1, 1, 1, 1, -1, -1]),
            [Some(0), Some(1), Some(2), Some(0), Some(2), Some(1)]
        );
        assert_eq!(
            turned(choice(true), &[1, 1, 1, 1, 1, -1, -1]),
            [Some(0), Some(1), Some(2), None, Some(0), None, Some(2)]
        );
        assert_eq!(turned(choice(false), &[-1]), [Some(2)]);
    }

    #[test]
    fn a_choice_is_found_by_typing() {
        let mut one = choice(false);
        one.find('t');
        assert_eq!(one.at, Some(2));
        "jj".chars().for_each(|c| one.find(c));
        assert_eq!(one.at, Some(1));
        one.find('q');
        assert_eq!(one.at, Some(1), "what nothing is found by changes nothing");
    }
}
