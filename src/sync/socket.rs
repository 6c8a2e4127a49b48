//! Unix sockets at paths of any length, and who is at the other end.
use std::{
    fs, io,
    os::{
        fd::AsRawFd,
        unix::{
            fs::PermissionsExt,
            net::{UnixListener, UnixStream},
        },
    },
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use rustix::{
    fd::OwnedFd,
    fs::{Mode, OFlags},
    net::sockopt::socket_peercred,
};

/// The longest path that surely fits into a socket's address (108 bytes, with the zero that ends it).
const SHORT: usize = 100;

/// The moment after a span from now: when a connection has kept somebody waiting for too long.
#[expect(clippy::disallowed_methods, reason = "connections have deadlines")]
pub fn after(span: Duration) -> Instant {
    Instant::now() + span
}

/// Who is at the other end of a socket, as the kernel says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Peer {
    /// The Unix user; see [`login`].
    pub uid: u32,
    /// The process.
    pub pid: i32,
}

impl Peer {
    /// Asks the kernel.
    ///
    /// # Errors
    /// The socket is none any more.
    pub fn of(stream: &UnixStream) -> io::Result<Peer> {
        let found = socket_peercred(stream)?;
        Ok(Peer { uid: found.uid.as_raw(), pid: found.pid.as_raw_nonzero().get() })
    }
}

/// The name of a Unix user, by the local file, else by whatever directory the machine asks; the number where there is none.
pub fn login(uid: u32) -> String {
    let own = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let found = named(&own, uid).or_else(|| {
        let answer = Command::new("getent").args(["passwd", &uid.to_string()]).output().ok()?;
        named(&String::from_utf8_lossy(&answer.stdout), uid)
    });
    found.unwrap_or_else(|| uid.to_string())
}

fn named(passwd: &str, uid: u32) -> Option<String> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        (fields.nth(1)?.parse() == Ok(uid)).then(|| name.to_owned())
    })
}

/// Whether the machine has a user of this name; none where nobody can say.
pub fn has_user(name: &str) -> Option<bool> {
    let own = fs::read_to_string("/etc/passwd").unwrap_or_default();
    if own.lines().any(|line| line.split(':').next() == Some(name)) {
        return Some(true);
    }
    // 2 is its way to say that there is none.
    match Command::new("getent").args(["passwd", "--", name]).output().ok()?.status.code()? {
        0 => Some(true),
        2 => Some(false),
        _ => None,
    }
}

/// The name of a Unix group and who is in it beside those whose own group it is, by the local file.
pub fn members(group: u32) -> Option<(String, Vec<String>)> {
    members_in(&fs::read_to_string("/etc/group").ok()?, group)
}

fn members_in(groups: &str, group: u32) -> Option<(String, Vec<String>)> {
    groups.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number, all) = (fields.next()?, fields.nth(1)?, fields.next()?);
        let all = all.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect();
        (number.parse() == Ok(group)).then(|| (name.to_owned(), all))
    })
}

/// Listens at a path; a socket that was left there is replaced, so the caller must be the only one who may listen there.
///
/// # Errors
/// The folder is not there or can't be written, or something else than a socket lies at the path.
pub fn listen(path: &Path, mode: u32) -> io::Result<UnixListener> {
    let (_folder, at) = address(path)?;
    match fs::symlink_metadata(&at) {
        Ok(found) if !std::os::unix::fs::FileTypeExt::is_socket(&found.file_type()) => {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Ok(_) => fs::remove_file(&at)?,
        Err(_) => {}
    }
    let listener = UnixListener::bind(&at)?;
    fs::set_permissions(&at, fs::Permissions::from_mode(mode))?;
    Ok(listener)
}

/// Connects to whoever listens at a path.
///
/// # Errors
/// Nobody does, or not for this user.
pub fn connect(path: &Path) -> io::Result<UnixStream> {
    let (_folder, at) = address(path)?;
    UnixStream::connect(at)
}

/// The path as a socket's address can hold it: a long one by the folder, which is open as long as the first part lives.
fn address(path: &Path) -> io::Result<(Option<OwnedFd>, PathBuf)> {
    if path.as_os_str().len() <= SHORT {
        return Ok((None, path.to_owned()));
    }
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let folder = rustix::fs::open(folder, OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    let at = Path::new("/proc/self/fd").join(folder.as_raw_fd().to_string()).join(name);
    Ok((Some(folder), at))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Read, Write};

    use super::*;

    #[test]
    fn a_path_may_be_longer_than_an_address() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("很长的名字".repeat(12));
        fs::create_dir(&deep).unwrap();
        let path = deep.join("socket");
        assert!(path.as_os_str().len() > 150);
        // One that nobody listens at any more is replaced.
        drop(listen(&path, 0o600).unwrap());
        let listener = listen(&path, 0o600).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let mut client = connect(&path).unwrap();
        let (mut server, _) = listener.accept().unwrap();
        client.write_all(b"x").unwrap();
        let mut heard = [0];
        server.read_exact(&mut heard).unwrap();
        assert_eq!(&heard, b"x");
        let peer = Peer::of(&server).unwrap();
        assert_eq!((peer.uid, peer.pid), (rustix::process::getuid().as_raw(), std::process::id() as i32));
    }

    #[test]
    fn nothing_but_a_socket_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("socket");
        fs::write(&path, "a file").unwrap();
        assert_eq!(listen(&path, 0o600).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "a file");
        assert!(connect(&dir.path().join("none")).is_err());
    }

    #[test]
    fn a_group_s_members_are_known() {
        let groups = "root:x:0:\nwangge:x:990:zhangsan,lisi\nbroken\n";
        assert_eq!(
            members_in(groups, 990),
            Some(("wangge".to_owned(), vec!["zhangsan".to_owned(), "lisi".to_owned()]))
        );
        assert_eq!(members_in(groups, 0), Some(("root".to_owned(), Vec::new())));
        assert_eq!(members_in(groups, 7), None);
        assert_eq!((has_user("root"), has_user("nobody-of-this-name")), (Some(true), Some(false)));
    }

    #[test]
    fn a_user_is_known_by_name() {
        let passwd = "root:x:0:0:root:/root:/bin/bash\nwang:x:1007:1007::/home/wang:/bin/sh\nbroken\n:x:\n";
        assert_eq!(named(passwd, 1007).as_deref(), Some("wang"));
        assert_eq!(named(passwd, 7), None);
        assert_eq!(login(0), "root");
        assert_eq!(login(4_294_967_000), "4294967000");
    }
}
