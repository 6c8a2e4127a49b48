//! Laptops that wait to be enrolled (待登记): a small file of the server, `waiting`, that is no fact.
//!
//! ```text
//! code of the key, since UTC milliseconds, login, person, name; one line each, tabs between
//! ```
//! It is bounded, whoever knocks how often: a login has a few lines, the whole file some more, and a line that nobody has
//! needed for a month goes.
use std::{fs, path::Path};

use crate::{
    grid::fact::{key_code, parse_key_code},
    log::disk::Files,
    sync::message::Waiting,
};

/// The file's name.
const NAME: &str = "waiting";
/// How many laptops of one login wait at most; the one that has waited longest gives way.
const OF_LOGIN: usize = 4;
/// How many wait in all.
const MOST: usize = 64;
/// How long one waits that does not come again.
const KEPT_MS: i64 = 31 * 24 * 3_600_000;

/// Who waits, as it stands in the store's folder; nobody where that can't be read.
pub fn read(dir: &Path) -> Vec<Waiting> {
    fs::read_to_string(dir.join(NAME)).unwrap_or_default().lines().filter_map(parse).take(MOST).collect()
}

/// Notes them in place of those before.
pub(super) fn write(dir: &Path, waiting: &[Waiting]) {
    let text: String = waiting.iter().map(line).collect();
    // What is lost with it is known again when the laptop comes again.
    let _unwritten = Files::new().replace(&dir.join(NAME), &[text.as_bytes()]);
}

/// Puts one to those who wait; says whether it is new among them.
pub(super) fn add(waiting: &mut Vec<Waiting>, one: Waiting) -> bool {
    waiting.retain(|known| one.since_ms.saturating_sub(known.since_ms) < KEPT_MS);
    if waiting.iter().any(|known| known.key == one.key && known.login == one.login) {
        return false;
    }
    waiting.retain(|known| known.key != one.key);
    let login = |known: &&Waiting| known.login == one.login;
    if waiting.iter().filter(login).count() >= OF_LOGIN
        && let Some(first) = waiting.iter().position(|known| login(&known))
    {
        waiting.remove(first);
    }
    if waiting.len() >= MOST {
        waiting.remove(0);
    }
    waiting.push(one);
    true
}

fn line(one: &Waiting) -> String {
    let Waiting { key, name, login, person, since_ms } = one;
    format!("{}\t{since_ms}\t{login}\t{}\t{name}\n", key_code(key), person.as_deref().unwrap_or_default())
}

fn parse(line: &str) -> Option<Waiting> {
    let mut fields = line.split('\t');
    let key = parse_key_code(fields.next()?)?;
    let since_ms = fields.next()?.parse().ok()?;
    let login = fields.next()?.to_owned();
    let person = Some(fields.next()?.to_owned()).filter(|person| !person.is_empty());
    Some(Waiting { key, name: fields.next()?.to_owned(), login, person, since_ms })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn laptop(n: u8, login: &str, since_ms: i64) -> Waiting {
        Waiting {
            key: [n; 32],
            name: format!("本{n}"),
            login: login.to_owned(),
            person: Some("p1".to_owned()),
            since_ms,
        }
    }

    #[test]
    fn who_waits_is_read_back_and_damage_is_nobody() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(read(dir.path()), Vec::new());
        let all = vec![laptop(1, "zhang", 5), Waiting { person: None, ..laptop(2, "root", 9) }];
        write(dir.path(), &all);
        assert_eq!(read(dir.path()), all);
        fs::write(dir.path().join(NAME), "nonsense\n\t\t\t\n").unwrap();
        assert_eq!(read(dir.path()), Vec::new());
    }

    #[test]
    fn one_login_does_not_push_the_others_out_and_a_line_goes_with_time() {
        let mut waiting = Vec::new();
        assert!(add(&mut waiting, laptop(100, "li", 1)));
        assert!(!add(&mut waiting, laptop(100, "li", 2)), "it waits already");
        for n in 0..90 {
            assert!(add(&mut waiting, laptop(n, "zhang", 10 + i64::from(n))));
        }
        assert_eq!(waiting.len(), 1 + OF_LOGIN);
        assert_eq!(waiting[0].since_ms, 1, "since it came first");
        for n in 101..200 {
            add(&mut waiting, laptop(n, &format!("user{n}"), 200));
        }
        assert_eq!(waiting.len(), MOST);
        add(&mut waiting, laptop(250, "late", 200 + KEPT_MS));
        assert_eq!(waiting.len(), 1);
    }
}
