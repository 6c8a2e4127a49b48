//! Who signed in on the server: the lines that it keeps beside its store.
use std::{io, path::Path};

use super::{
    Failure,
    names::Names,
    table::{Cell, Table},
};
use crate::grid::audit::Asked;
use crate::sheet::rows;

/// The file in the store's folder.
const FILE: &str = "signins.csv";

/// The sign-ins of the days that are asked for, oldest first; none where nobody ever signed in. Which columns there are,
/// the file itself says; the first of them is the time.
pub(super) fn read(store: &Path, asked: &Asked, names: &Names<'_>) -> Result<Table, Failure> {
    let text = match std::fs::read_to_string(store.join(FILE)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Table::default()),
        Err(error) => return Err(error.into()),
    };
    let mut rows = rows(&text).into_iter();
    let head = rows.next().unwrap_or_default();
    let mut table = Table { columns: head.iter().map(|key| (key.clone(), key.clone())).collect(), rows: Vec::new() };
    for mut row in rows.filter(|row| row.iter().any(|cell| !cell.is_empty())) {
        row.resize(head.len(), String::new());
        let day = row[0].get(..10).and_then(|day| day.parse().ok());
        let is_asked = day.is_none_or(|day| (asked.from..=asked.to).contains(&day));
        let who = head.iter().position(|key| key == "person").map(|i| row[i].clone());
        if is_asked && (asked.by.is_none() || asked.by == who) {
            let named = |(key, cell): (&String, String)| match key.as_str() {
                "person" => names.person(Some(&cell)).into_iter().next().unwrap_or_else(|| Cell::plain("")),
                _ => Cell::plain(cell),
            };
            table.rows.push(head.iter().zip(row).map(named).collect());
        }
    }
    Ok(table)
}
