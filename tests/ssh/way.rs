//! The way itself: a command, a screen, and nobody who has no key.
use super::{Sshd, Users};
use crate::pty::Home;

#[test]
fn six_users_each_get_in_as_themselves_and_run_the_program_and_nobody_else_does() {
    let users = Users::make(6);
    let logins: Vec<&str> = (0..5).map(|n| users.name(n)).collect();
    let sshd = Sshd::start(&logins);
    for login in &logins {
        let said = sshd.run(login, "id -un && wangge --version");
        let version = format!("{login}\nwangge {}\n", env!("CARGO_PKG_VERSION"));
        assert_eq!((said.code, said.out.as_str(), said.err.as_str()), (0, version.as_str(), ""));
    }
    assert_eq!(sshd.run(logins[0], "command -v wangge").out.trim_end(), sshd.wangge().to_str().unwrap());
    // Everybody has their own settings.
    users.write(1, ".config/wangge/config.toml", "lang = \"en\"\n");
    let keys = |login: &str| sshd.run(login, "wangge list no-such-list --store /nowhere").err;
    assert!(keys(logins[0]).contains("没有叫") && !keys(logins[1]).contains("没有叫"), "{}", keys(logins[1]));
    // The sixth has no key here.
    let said = sshd.run(users.name(5), "true");
    assert_eq!(said.code, 255, "{said:?}");
    assert!(said.err.contains("Permission denied"), "{said:?}");
}

#[test]
fn the_desk_opens_over_ssh_is_used_and_gives_the_terminal_back() {
    let users = Users::make(1);
    let sshd = Sshd::start(&[users.name(0)]);
    let home = Home::new();
    let mut term = sshd.desk(&home, users.name(0), "wangge demo --units 200").start();
    term.wait_for("建议走访");
    term.keys("<Tab>*2 <Down>");
    term.keys("q");
    assert_eq!(term.wait_exit().code, 0, "{}", term.frame());
    assert_eq!(term.left_behind(), Vec::<String>::new());
}
