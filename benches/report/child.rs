//! A process of its own for everything that is measured: this bench again, in another role.
use std::{
    env,
    ffi::OsStr,
    fs,
    io::Read,
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use super::floor;

/// Which role a process has.
const ROLE: &str = "WANGGE_BENCH_ROLE";
/// The file that it leaves its peak of memory in.
const PEAK: &str = "WANGGE_BENCH_PEAK";

/// What a process does.
#[derive(Clone, Copy, Debug)]
pub enum Role {
    /// The program itself, with its arguments.
    Program,
    /// A spreadsheet of cells from a plain file.
    Sheets,
    /// As many bytes as a file has, made durable.
    Bytes,
    /// The files of a folder, read.
    Read,
}

const ROLES: [Role; 4] = [Role::Program, Role::Sheets, Role::Bytes, Role::Read];

impl Role {
    /// The role of this process; none for the bench itself.
    pub fn of_this() -> Option<Role> {
        let name = env::var(ROLE).ok()?;
        Some(ROLES.into_iter().find(|role| format!("{role:?}") == name).unwrap())
    }
}

/// What something costs.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// From the start of the process to its end.
    pub seconds: f64,
    /// The most memory that it had.
    pub mb: f64,
}

/// Does it so many times after once for nothing; the medians.
pub fn cost(role: &Role, args: impl IntoIterator<Item = impl AsRef<OsStr>>, now: &str, times: usize) -> Cost {
    let dir = tempfile::TempDir::new().unwrap();
    let peak = dir.path().join("peak");
    let args: Vec<_> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
    let once = || {
        let begun = Instant::now();
        let mut command = Command::new(env::current_exe().unwrap());
        command
            .args(&args)
            .env(ROLE, format!("{role:?}"))
            .env(PEAK, &peak)
            .env("WANGGE_NOW", now)
            .stdout(Stdio::null());
        assert!(command.status().unwrap().success(), "{role:?} {args:?}");
        (begun.elapsed().as_secs_f64(), fs::read_to_string(&peak).unwrap().parse::<f64>().unwrap())
    };
    once();
    let (seconds, mb): (Vec<f64>, Vec<f64>) = (0..times).map(|_| once()).unzip();
    Cost { seconds: median(seconds), mb: median(mb) }
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

/// The whole life of such a process; the last it does is to say how much memory it had.
pub fn play(role: Role) -> ExitCode {
    let args: Vec<_> = env::args_os().skip(1).collect();
    let path = |n: usize| Path::new(&args[n]);
    let code = match role {
        Role::Program => wangge::cli::main(),
        Role::Sheets => floor::sheets(path(0), path(1)),
        Role::Bytes => floor::bytes(path(0), path(1)),
        Role::Read => read(path(0)),
    };
    fs::write(env::var_os(PEAK).unwrap(), peak().to_string()).unwrap();
    code
}

fn read(folder: &Path) -> ExitCode {
    let mut page = vec![0; 64 * 1024];
    for file in fs::read_dir(folder).unwrap() {
        let mut file = fs::File::open(file.unwrap().path()).unwrap();
        while file.read(&mut page).unwrap() > 0 {}
    }
    ExitCode::SUCCESS
}

/// The most memory that this process had so far, in MB.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
}
