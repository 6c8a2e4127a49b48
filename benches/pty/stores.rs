//! Big stores for benches, made by `examples/grow.rs`; `WANGGE_BENCH_STORES=FOLDER` keeps them for the next time.
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
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

    /// The store of so many facts over so many units, as of an instant or today.
    pub fn of(&self, units: u32, facts: u32, now: Option<&str>) -> PathBuf {
        let [units, facts] = [units, facts].map(|n| n.to_string());
        let day = now.map_or(String::new(), |now| format!("-{}", now.split('T').next().unwrap_or_default()));
        let dir = self.folder.join(format!("{units}-{facts}{day}"));
        if !dir.is_dir() {
            let mut grow = Command::new(example("grow"));
            grow.arg(&dir).args([units, facts]).envs(now.map(|now| ("WANGGE_NOW", now)));
            assert!(grow.status().unwrap().success());
        }
        dir
    }
}

/// An example of this package, built the way this bench was.
pub fn example(name: &str) -> PathBuf {
    // Under `cargo test` it is a debug build like everything else.
    let release = (!cfg!(debug_assertions)).then_some("--release");
    let built = Command::new(env!("CARGO")).args(["build", "-q", "--examples"]).args(release).status();
    assert!(built.unwrap().success());
    let bench = env::current_exe().unwrap();
    bench.parent().and_then(Path::parent).unwrap().join("examples").join(name)
}
