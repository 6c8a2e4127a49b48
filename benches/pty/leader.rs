//! Who sits at the desk in a big store.
use std::path::Path;

use wangge::{
    grid::org::Post,
    run::{Book, Clock, Files},
};

/// Somebody who leads a grid with enterprises.
pub fn leader(store: &Path) -> String {
    let book = Book::open(store, &Files::of_user(), Clock::system()).unwrap();
    let org = book.state.org();
    let today = Clock::system().today(book.state.pack().utc_offset);
    let grids = org.nodes().filter(|(_, node)| node.is_grid() && node.members.len() >= 20);
    let person = grids.flat_map(|(_, node)| node.holders_on(Post::Leader, today)).next().unwrap();
    let id = org.person(person).id.clone();
    book.close().unwrap();
    id
}
