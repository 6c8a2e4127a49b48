//! What of the leaver lets them in: it gives nothing any more once they hold no post.
use super::{Item, Seat};

/// Logins, devices that write, and other posts.
pub(super) fn access(seat: Seat<'_>) -> Vec<Item> {
    let org = seat.state.org();
    let id = org.person(seat.from).id.as_str();
    let logins =
        seat.state.logins().filter(|(_, person)| *person == id).map(|(login, _)| Item::Login(login.to_owned()));
    let devices = seat.state.devices().filter(|(_, device)| device.person == id);
    let devices = devices.filter(|(writer, _)| seat.state.revoked_from(*writer).is_none());
    let devices = devices.map(|(writer, device)| Item::Device(writer, device.name.clone()));
    let mut posts: Vec<_> = org
        .nodes()
        .flat_map(|(ix, node)| node.holdings.iter().map(move |held| (ix, *held)))
        .filter(|(_, held)| held.person == seat.from && held.holds_on(seat.today))
        .filter(|(ix, held)| (*ix, held.post) != (seat.node, seat.post))
        .map(|(ix, held)| (&org.node(ix).id, ix, held.post))
        .collect();
    posts.sort();
    let posts = posts.into_iter().map(|(_, ix, post)| Item::Post(ix, post));
    logins.chain(devices).chain(posts).collect()
}
