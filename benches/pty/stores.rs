//! Big stores for benches, made by `examples/grow.rs`; `WANGGE_BENCH_STORES=FOLDER` keeps them for the next time.
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use wangge::{
    grid::org::Post,
    run::{Book, Clock, Files},
};

/// The folder of the stores.
pub struct Stores {
    folder: PathBuf,
    /// Removed in the end, unless the folder is to be kept.
    _temp: tempfile::TempDir,
}

impl Stores {
    pub fn new() -> Stores {
        let temp = tempfile::TempDir::new().unwrap();
        let folder = env::var_os("WANGGE_BENCH_STORES").map_or_else(|| temp.path().to_owned(), PathBuf::from);
        Stores { folder, _temp: temp }
    }

    /// The store of so many facts over 2,000 units.
    pub fn of(&self, facts: u32) -> PathBuf {
        let dir = self.folder.join(facts.to_string());
        if !dir.is_dir() {
            let grown = Command::new(example("grow")).arg(&dir).args(["2000", &facts.to_string()]).status();
            assert!(grown.unwrap().success());
        }
        dir
    }
}

/// An example of this package, built the way this bench was.
pub fn example(name: &str) -> PathBuf {
    let built = Command::new(env!("CARGO")).args(["build", "-q", "--release", "--examples"]).status();
    assert!(built.unwrap().success());
    let bench = env::current_exe().unwrap();
    bench.parent().and_then(Path::parent).unwrap().join("examples").join(name)
}

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
