//! Who signed in, when and from where: lines of `signins.csv` in the store's folder, for the audit.
use std::{fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

use super::Client;
use crate::sync::message::Kind;

/// The columns.
const HEADER: &str = "time,login,uid,person,device,kind,name\n";

/// Notes that somebody signed in. A line that can't be written keeps nobody out.
pub(super) fn note(dir: &Path, time: &str, client: &Client) {
    let path = dir.join("signins.csv");
    let is_new = !path.exists();
    let kind = match client.hello.kind {
        Kind::Desk => "desk",
        Kind::Command => "command",
        Kind::Laptop => "laptop",
    };
    let (person, name) = (client.who.person.as_deref().unwrap_or_default(), plain(&client.hello.name));
    let (uid, login, device) = (client.peer.uid, plain(&client.login), client.writer);
    let line = format!("{time},{login},{uid},{person},{device},{kind},{name}\n");
    let file = OpenOptions::new().append(true).create(true).mode(0o600).open(path);
    let text = if is_new { format!("{HEADER}{line}") } else { line };
    let _unwritten = file.and_then(|mut file| file.write_all(text.as_bytes()));
}

/// Without what would end the field or the line.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !",\"".contains(*c)).take(64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_client_calls_itself_stays_in_its_field() {
        assert_eq!(plain("老王的\"本\",1\n2,root"), "老王的本12root");
        assert_eq!(plain(&"长".repeat(200)).chars().count(), 64);
    }
}
