//! What the levels and the posts of a pack are called.
use super::{Seat, keys, row::Row};
use crate::grid::org::{Form, Node, Post};
use crate::words::{Language, word};

/// The keys of `[levels]` and of the tables below `[posts]`; flat grids have words of their own.
const LEVELS: [&str; 5] = ["0", "1", "2", "3", "flat"];
const FLAT: usize = 4;

/// What the 农业网格 is called where a pack has none.
pub(super) const FARM_GRID: &str = "农业网格";

/// The pack's words for levels and posts (B-1, B-2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    levels: [String; 5],
    posts: [[String; 4]; 5],
}

impl Default for Names {
    fn default() -> Names {
        let levels = ["部门", "一级网格", "二级网格", "三级网格", "扁平网格"].map(str::to_owned);
        Names { levels, posts: std::array::from_fn(|_| Post::ALL.map(|post| post.label_in(Language::Zh).to_owned())) }
    }
}

impl Names {
    /// What nodes of this level and form are called, for example 三级网格.
    pub fn level(&self, level: u8, form: Form) -> &str {
        self.levels.get(place(level, form)).map_or("", String::as_str)
    }

    /// What the post is called there, for example 网格指导员.
    pub fn post(&self, level: u8, form: Form, post: Post) -> &str {
        self.posts.get(place(level, form)).map_or("", |posts| posts[post as usize].as_str())
    }

    /// What the post is called at a node.
    pub fn post_at(&self, node: &Node, post: Post) -> &str {
        self.post(node.level, node.form, post)
    }

    /// Several posts with their levels, neighbours of one name together: 三级网格、扁平网格 网格长.
    pub fn seats(&self, seats: &[Seat]) -> String {
        let post = |seat: &Seat| self.post(seat.level, seat.form, seat.post);
        let level = |seat: &Seat| self.level(seat.level, seat.form);
        let group = |group: &[Seat]| {
            let levels: Vec<&str> = group.iter().map(level).collect();
            format!("{} {}", levels.join(word("word.list")), group.first().map_or("", post))
        };
        seats.chunk_by(|a, b| post(a) == post(b)).map(group).collect::<Vec<_>>().join(word("word.also"))
    }

    /// A post with its level, for example 三级网格 网格长.
    pub fn seat(&self, seat: Seat) -> String {
        let Seat { level, form, post } = seat;
        format!("{} {}", self.level(level, form), self.post(level, form, post))
    }
}

fn place(level: u8, form: Form) -> usize {
    match form {
        Form::Flat => FLAT,
        Form::Office => 0,
        Form::Vertical => usize::from(level),
    }
}

/// Reads `[levels]` and `[posts]`.
pub(super) fn names(top: &Row<'_>) -> Names {
    let mut names = Names::default();
    if let Some(row) = top.table("levels", &keys::LEVELS) {
        row.no_others(&[]);
        for (key, name) in LEVELS.iter().zip(&mut names.levels) {
            put(&row, key, [name]);
        }
    }
    let Some(row) = top.table("posts", &keys::POSTS) else { return names };
    row.no_others(&[]);
    for post in Post::ALL {
        put(&row, post.key(), names.posts.iter_mut().map(|words| &mut words[post as usize]));
    }
    for (key, words) in LEVELS.iter().zip(&mut names.posts) {
        let Some(row) = row.table(key, &keys::LEVEL_POSTS) else { continue };
        row.no_others(&[]);
        for post in Post::ALL {
            put(&row, post.key(), [&mut words[post as usize]]);
        }
    }
    names
}

/// Puts a word that the row has in these places.
fn put<'a>(row: &Row<'_>, key: &str, places: impl IntoIterator<Item = &'a mut String>) {
    if let Some(text) = row.text(key) {
        places.into_iter().for_each(|place| text.clone_into(place));
    }
}
