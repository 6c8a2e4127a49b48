//! A real sshd on loopback, and how one gets through it.
use std::{
    fs,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crate::pty::{Home, Launch, NOW};

const SSHD: &str = "/usr/sbin/sshd";

/// What a command said on the other side, and how it ended.
#[derive(Debug)]
pub struct Said {
    /// The exit status.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// An sshd with a folder of its own; it ends with it.
pub struct Sshd {
    dir: tempfile::TempDir,
    child: Child,
}

impl Sshd {
    /// Starts one that lets these users in, each by a key of their own.
    pub fn start(logins: &[&str]) -> Sshd {
        assert!(Path::new(SSHD).exists(), "{SSHD} is missing: apt-get install openssh-server");
        let dir = tempfile::Builder::new().prefix("wgt-ssh").tempdir().expect("a temporary folder");
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).expect("a folder that all may enter");
        let at = |name: &str| dir.path().join(name);
        ["keys", "let-in", "bin"].iter().for_each(|name| fs::create_dir(at(name)).expect("a folder"));
        // All users run the program under test; where it was built they may not look.
        fs::copy(env!("CARGO_BIN_EXE_wangge"), at("bin/wangge")).expect("the program");
        key(&at("host_key"));
        for login in logins {
            key(&at("keys").join(login));
            fs::copy(at("keys").join(format!("{login}.pub")), at("let-in").join(login)).expect("a key");
        }
        fs::create_dir_all("/run/sshd").expect("sshd's empty folder");
        let (child, port) = (0..5).find_map(|_| listen(dir.path())).expect("sshd listens");
        let host = fs::read_to_string(at("host_key.pub")).expect("a key");
        fs::write(at("known_hosts"), format!("[127.0.0.1]:{port} {host}")).expect("a file");
        let config = format!(
            "Host *\nHostname 127.0.0.1\nPort {port}\nUserKnownHostsFile {known}\nGlobalKnownHostsFile none\n\
             StrictHostKeyChecking yes\nIdentitiesOnly yes\nIdentityFile {keys}/%r\nBatchMode yes\nLogLevel ERROR\n",
            known = at("known_hosts").display(),
            keys = at("keys").display(),
        );
        fs::write(at("ssh_config"), config).expect("a file");
        let wrapper = at("bin/ssh");
        fs::write(&wrapper, format!("#!/bin/sh\nexec /usr/bin/ssh -F {} \"$@\"\n", at("ssh_config").display()))
            .expect("a file");
        fs::set_permissions(&wrapper, fs::Permissions::from_mode(0o755)).expect("a program");
        Sshd { dir, child }
    }

    /// The folder; everybody may look into it.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// The program as the users have it.
    pub fn wangge(&self) -> PathBuf {
        self.path().join("bin/wangge")
    }

    /// A program that is `ssh` with what it takes to get in here, for `WANGGE_SSH`.
    pub fn ssh(&self) -> PathBuf {
        self.path().join("bin/ssh")
    }

    /// The command that runs this line as that user, on the other side.
    pub fn command(&self, login: &str, line: &str) -> Command {
        let mut command = Command::new(self.ssh());
        command.args([&format!("{login}@server"), line]);
        command
    }

    /// Runs a line as that user and waits for its end.
    pub fn run(&self, login: &str, line: &str) -> Said {
        let output = self.command(login, line).stdin(Stdio::null()).output().expect("ssh runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// How to sit down as that user: `ssh -t`, from this home.
    pub fn desk(&self, home: &Home, login: &str, line: &str) -> Launch {
        let login = format!("{login}@server");
        home.program(&self.ssh(), &["-t", &login, line]).answering()
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        // It may have ended of itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes a key without a passphrase.
fn key(path: &Path) {
    let made =
        Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f"]).arg(path).output();
    let made = made.expect("ssh-keygen runs");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

/// An sshd on a free port, once it answers; nothing where somebody else was quicker.
fn listen(dir: &Path) -> Option<(Child, u16)> {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let config = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {dir}/host_key\nPidFile none\nAuthorizedKeysFile {dir}/let-in/%u\n\
         StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPrintMotd no\n\
         PrintLastLog no\nMaxStartups 100\nMaxSessions 100\n\
         SetEnv PATH={dir}/bin:/usr/bin:/bin LANG=C.UTF-8 WANGGE_NOW={NOW}\n",
        dir = dir.display(),
    );
    let file = dir.join("sshd_config");
    fs::write(&file, config).expect("a file");
    let log = fs::File::create(dir.join("sshd.log")).expect("a file");
    let mut child = Command::new(SSHD).args(["-D", "-e", "-f"]).arg(&file).stderr(log).spawn().expect("sshd starts");
    super::wait("sshd", || child.try_wait().expect("a child").is_some() || greets(port));
    match child.try_wait().expect("a child") {
        None => Some((child, port)),
        Some(_) => None,
    }
}

/// Whether an sshd answers there.
fn greets(port: u16) -> bool {
    let Ok(stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).is_ok() && line.starts_with("SSH-2.0-OpenSSH")
}
