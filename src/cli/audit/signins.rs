//! Who signed in on the server: the lines that it keeps beside its store.
use std::io;

use super::{
    Failure, Place,
    names::Names,
    table::{Cell, Table},
};
use crate::grid::audit::Asked;
use crate::sheet::rows;
use crate::words::{t, word};

/// The file in the store's folder.
const FILE: &str = "signins.csv";

/// The sign-ins of the days that are asked for, oldest first; none where nobody ever signed in. Which columns there are,
/// the file itself says; the first of them is the time.
pub(super) fn read(place: &Place, asked: &Asked, names: &Names<'_>) -> Result<Table, Failure> {
    if place.server.is_some() {
        return Err(Failure::said(t!("audit.signins_there")));
    }
    let text = match std::fs::read_to_string(place.store.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Table::default()),
        Err(error) => return Err(error.into()),
    };
    let mut rows = rows(&text).into_iter();
    let head = rows.next().unwrap_or_default();
    let columns = head.iter().map(|key| (key.clone(), title(key).to_owned()));
    let mut table = Table { columns: columns.collect(), rows: Vec::new() };
    for mut row in rows.filter(|row| row.iter().any(|cell| !cell.is_empty())) {
        row.resize(head.len(), String::new());
        let day = row[0].get(..10).and_then(|day| day.parse().ok());
        let is_asked = day.is_none_or(|day| (asked.from..=asked.to).contains(&day));
        let who = head.iter().position(|key| key == "person").map(|i| row[i].clone());
        if is_asked && (asked.by.is_none() || asked.by == who) {
            let named = |(key, cell): (&String, String)| match key.as_str() {
                "person" if !cell.is_empty() => {
                    Cell { text: names.person(Some(&cell))[0].text.clone(), value: cell.into() }
                }
                "kind" => Cell::of(kind(&cell).to_owned(), cell),
                "device" => Cell::of(cell.get(..8).unwrap_or(&cell), cell.as_str()),
                _ => Cell::plain(cell),
            };
            table.rows.push(head.iter().zip(row).map(named).collect());
        }
    }
    Ok(table)
}

/// What people call a column.
fn title(key: &str) -> &str {
    match key {
        "time" => word("audit.signin.time"),
        "login" => word("audit.signin.login"),
        "uid" => word("audit.signin.uid"),
        "person" => word("audit.column.by"),
        "device" => word("audit.column.device"),
        "kind" => word("audit.signin.kind"),
        "name" => word("audit.signin.machine"),
        other => other,
    }
}

/// What people call a sort of client.
fn kind(key: &str) -> &str {
    match key {
        "desk" => word("audit.signin.desk"),
        "command" => word("audit.signin.command"),
        "laptop" => word("audit.signin.laptop"),
        other => other,
    }
}
