//! Several of several: ticked one by one, in a row or one below the other.
use crate::{
    app::{Code, Command, Key},
    screen::find::Finder,
};

/// Things to tick.
#[derive(Default)]
pub(in crate::screen) struct Items {
    /// What they are the items of.
    of: String,
    /// Ids, words, and whether it is ticked.
    pub rows: Vec<(String, String, bool)>,
    /// The one under the cursor.
    pub at: usize,
    /// Whether they stand side by side.
    pub is_flat: bool,
}

impl Items {
    /// Things to tick that stand side by side.
    pub(in crate::screen) fn flat(rows: Vec<(String, String, bool)>) -> Items {
        Items { rows, is_flat: true, ..Items::default() }
    }

    /// Lists these, where they are of another one than before.
    pub(in crate::screen) fn list(&mut self, of: &str, rows: impl FnOnce() -> Vec<(String, String)>) {
        if self.of != of {
            self.rows = rows().into_iter().map(|(id, words)| (id, words, false)).collect();
            self.of = of.to_owned();
            self.at = 0;
        }
    }

    /// The ids of those that are ticked.
    pub(in crate::screen) fn ticked(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().filter(|row| row.2).map(|row| row.0.as_str())
    }

    /// Space ticks; the figure of a place ticks that one; letters go to the one that they find.
    pub(super) fn key(&mut self, key: Key) -> bool {
        let last = self.rows.len().saturating_sub(1);
        match key.folded().code {
            Code::Char(' ') => self.tick(self.at),
            Code::Right if self.is_flat => self.at = if self.at >= last { 0 } else { self.at + 1 },
            Code::Left if self.is_flat => self.at = self.at.checked_sub(1).unwrap_or(last),
            Code::Right | Code::Left => self.tick(self.at),
            Code::Home => self.at = 0,
            Code::End => self.at = last,
            Code::Char(c) if c.is_ascii_digit() && self.is_flat => {
                let place = (c as usize).wrapping_sub('1' as usize);
                if place < self.rows.len() {
                    self.at = place;
                    self.tick(place);
                }
            }
            Code::Char(c) if !key.ctrl && !key.alt => {
                let mut buf = [0; 4];
                let found = Finder::new(c.encode_utf8(&mut buf)).filter(self.rows.iter().map(|row| row.1.as_str()));
                let next = found.iter().find(|i| **i > self.at).or(found.first());
                self.at = next.copied().unwrap_or(self.at);
            }
            _ => return false,
        }
        true
    }

    pub(super) fn own(&mut self, command: Command) -> bool {
        match command {
            Command::Down if !self.is_flat && self.at + 1 < self.rows.len() => self.at += 1,
            Command::Up if !self.is_flat && self.at > 0 => self.at -= 1,
            _ => return false,
        }
        true
    }

    fn tick(&mut self, at: usize) {
        if let Some(row) = self.rows.get_mut(at) {
            row.2 = !row.2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(items: &mut Items, names: &str) {
        for name in names.split_whitespace() {
            items.key(name.parse().expect("a key"));
        }
    }

    #[test]
    fn things_are_ticked_by_space_by_their_figure_and_found_by_a_letter() {
        let words = ["走访调研", "台账检查", "法治宣传", "台风"];
        let rows = words.map(|word| (word.to_owned(), word.to_owned(), word == "走访调研"));
        let mut items = Items::flat(rows.to_vec());
        press(&mut items, "right space");
        assert_eq!(items.ticked().collect::<Vec<_>>(), ["走访调研", "台账检查"]);
        press(&mut items, "3 1 9 0");
        assert_eq!(items.ticked().collect::<Vec<_>>(), ["台账检查", "法治宣传"]);
        press(&mut items, "t t space");
        assert_eq!(items.ticked().last(), Some("台风"));
        press(&mut items, "right");
        assert_eq!(items.at, 0);
        press(&mut items, "left");
        assert_eq!(items.at, 3);
    }
}
