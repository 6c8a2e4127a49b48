//! The devices as a table for a file.
use super::{minute, name, nobodys};
use crate::{
    grid::{fact::WriterId, org::NodeIx, state::State},
    report::{Cell, Listing},
    sync::message::Waiting,
    words::{t, word},
};

/// The devices that are enrolled, those that sent something and are nobody's, and the laptops that wait.
pub(super) fn of(state: &State, root: NodeIx, laptops: &[Waiting]) -> Listing {
    let mut rows = Vec::new();
    let row = |writer: WriterId, called: &str, person: Option<&str>, standing: String| {
        let who = person.map_or(Cell::Empty, |person| Cell::text(name(state, person)));
        vec![Cell::text(writer.to_string()), Cell::text(called), who, Cell::text(standing)]
    };
    for (writer, device) in state.devices() {
        let ended = state.revoked_from(writer).map(|from| t!("cli.device.ended", day = state.local_day(from)));
        let standing = ended.map_or_else(|| word("cli.device.writes").to_owned(), |ended| ended.into_owned());
        rows.push(row(writer, &device.name, Some(&device.person), standing));
    }
    for (writer, n) in nobodys(state) {
        rows.push(row(writer, "", None, t!("cli.device.not_yet", n = n).into_owned()));
    }
    for laptop in laptops {
        let since = minute(state, laptop.since_ms);
        let waits = t!("cli.device.waits_since", login = laptop.login, since = since).into_owned();
        rows.push(row(WriterId::of_key(&laptop.key), &laptop.name, laptop.person.as_deref(), waits));
    }
    Listing::new(word("listing.devices"), root, &["device", "name", "person", "standing"]).of(rows)
}
