//! Unix users for one test, removed with it.
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::pty::{Home, Launch};

/// One set of users at a time: they share the machine's list of users.
static TURN: Mutex<()> = Mutex::new(());

/// What the names begin with; the process id follows, so that what a killed test left is known as such.
const PREFIX: &str = "wgt";

/// Users of this machine, each with a home of their own.
pub struct Users {
    names: Vec<String>,
    _turn: MutexGuard<'static, ()>,
}

impl Users {
    /// Makes so many users.
    pub fn make(count: usize) -> Users {
        assert!(
            rustix::process::geteuid().is_root(),
            "these tests make Unix users and need root; run the others with `cargo test -- --skip ssh::`"
        );
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        sweep();
        let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
        let name = |n: usize| format!("{PREFIX}{}{}{}", std::process::id(), letter(n / 26), letter(n));
        let users = Users { names: (0..count).map(name).collect(), _turn: turn };
        for name in &users.names {
            // A password that nothing matches: sshd turns away users whose password is locked.
            run("useradd", &["-m", "-p", "*", "-s", "/bin/sh", name]);
        }
        users
    }

    /// The name of a user.
    pub fn name(&self, n: usize) -> &str {
        &self.names[n]
    }

    /// The home of a user.
    pub fn home(&self, n: usize) -> PathBuf {
        PathBuf::from("/home").join(self.name(n))
    }

    /// How to start a program as a user, from this home and in its terminal, with nothing of the home's own but that.
    pub fn launch(&self, n: usize, home: &Home, program: &Path, args: &[&str]) -> Launch {
        let id = |flag: &str| {
            let output = Command::new("id").args([flag, self.name(n)]).output().expect("id runs");
            String::from_utf8(output.stdout).expect("UTF-8").trim().to_owned()
        };
        let (uid, gid) = (id("-u"), id("-g"));
        let program = program.to_str().expect("UTF-8");
        let first = ["--reuid", &uid, "--regid", &gid, "--clear-groups", program];
        let mut launch = home.program(Path::new("/usr/bin/setpriv"), &[&first, args].concat()).answering();
        for key in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "TMPDIR"]
        {
            launch = launch.without(key);
        }
        launch.env("HOME", self.home(n).to_str().expect("UTF-8")).env("USER", self.name(n))
    }

    /// Writes a file into a user's home, as theirs.
    pub fn write(&self, n: usize, path: &str, text: &str) {
        let file = self.home(n).join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, text).expect("a file");
        let first = self.home(n).join(path.split('/').next().expect("a name"));
        run("chown", &["-R", &format!("{0}:{0}", self.name(n)), first.to_str().expect("UTF-8")]);
    }
}

impl Drop for Users {
    fn drop(&mut self) {
        self.names.iter().for_each(|name| remove(name));
    }
}

/// Removes users whose test was killed before it could.
fn sweep() {
    let passwd = fs::read_to_string("/etc/passwd").expect("a list of users");
    for name in passwd.lines().filter_map(|line| line.split(':').next()) {
        let Some(rest) = name.strip_prefix(PREFIX) else { continue };
        let pid = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
        if pid.parse::<u32>().is_ok() && !PathBuf::from("/proc").join(pid).exists() {
            remove(name);
        }
    }
}

fn remove(name: &str) {
    // Nothing of theirs may run any more, or they stay. Whoever has no process has none to end.
    let _none = Command::new("pkill").args(["-9", "-u", name]).status();
    super::wait("the end of a user's processes", || {
        !Command::new("pgrep").args(["-u", name]).output().expect("pgrep runs").status.success()
    });
    let removed = Command::new("userdel").args(["-r", "-f", name]).output().expect("userdel runs");
    assert!(removed.status.success() || std::thread::panicking(), "{removed:?}");
}

fn run(program: &str, args: &[&str]) {
    let output = Command::new(program).args(args).output().unwrap_or_else(|e| panic!("{program}: {e}"));
    assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}
