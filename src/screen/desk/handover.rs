//! Handovers on the desk: what waits for an answer stands first among the duties, and a key leads from a post to its pack.
use super::{DeskScreen, PaneRow, pane::Pane};
use crate::{
    app::{Action, Desk, Route},
    grid::{
        fact::FactId,
        org::{NodeIx, PersonIx, Post},
        state::Offer,
    },
    ui::{Role, text},
    words::t,
};

/// The handovers that wait at a node; at home also those that wait for the reader, wherever the post is.
pub(super) fn waiting(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let id = &desk.state.org().node(node).id;
    let is_mine = |offer: &Offer| node == desk.home && desk.actor.person.as_deref() == Some(&offer.to);
    let open = desk.state.handovers().filter(|offer| desk.state.is_offered(offer.id));
    open.filter(|offer| offer.node == *id || is_mine(offer)).map(|offer| PaneRow::Offered(offer.id)).collect()
}

/// What it is called where rows are looked for.
pub(super) fn name(desk: &Desk, id: FactId) -> String {
    desk.state.handover(id).map_or_else(String::new, |offer| words(desk, offer))
}

fn words(desk: &Desk, offer: &Offer) -> String {
    let org = desk.state.org();
    let name = |ix: Option<PersonIx>| ix.map_or("", |ix| org.person(ix).record.name.as_str());
    let node = offer.node_ix(&desk.state);
    let post = node.map_or(offer.what.post.label(), |ix| desk.pack().names.post_at(org.node(ix), offer.what.post));
    let place = node.map_or_else(String::new, |ix| org.full_name(ix));
    let (from, to) = (name(offer.leaver(&desk.state)), name(offer.successor(&desk.state)));
    t!("handover.row", node = place, post = post, from = from, to = to, on = offer.what.on).into_owned()
}

/// Draws it; returns how many of its columns are its name.
pub(super) fn draw(pane: &mut Pane<'_>, id: FactId) -> u16 {
    let words = name(pane.desk, id);
    let x = pane.column(pane.area.x, 1, pane.look.glyphs.due, Role::DueSoon);
    pane.put(x, &words, Role::Text);
    x - pane.area.x + text::width(&words).min(pane.area.width.into()) as u16
}

impl DeskScreen {
    /// Whose post a handover would be of: the one under the cursor, the reader's own here, one that is offered to them here,
    /// or the first that somebody holds.
    pub(super) fn handover_of(&self, desk: &Desk) -> Option<(NodeIx, Post, PersonIx)> {
        let (state, node) = (&desk.state, self.node());
        let of = |offer: &Offer| Some((offer.node_ix(state)?, offer.what.post, offer.leaver(state)?));
        match self.pointed() {
            Some(PaneRow::Post(post, person)) => return Some((node, *post, *person)),
            Some(PaneRow::Offered(id)) => return state.handover(*id).and_then(of),
            _ => {}
        }
        let org = state.org();
        let row = org.node(node);
        let holders = |post: Post| row.holders_on(post, desk.today()).map(move |person| (node, post, person));
        let me = desk.actor.person.as_deref();
        let is_me = |(_, _, person): &(NodeIx, Post, PersonIx)| Some(org.person(*person).id.as_str()) == me;
        let own = Post::ALL.into_iter().flat_map(holders).find(is_me);
        let mut open = state.handovers().filter(|offer| state.is_offered(offer.id) && offer.node == row.id);
        let offered = open.find(|offer| me == Some(&offer.to)).and_then(of);
        own.or(offered).or_else(|| Post::ALL.into_iter().flat_map(holders).next())
    }

    /// Opens the handover.
    pub(super) fn hand_over(&self, desk: &Desk) -> Vec<Action> {
        let found = self.handover_of(desk);
        found.map(|(node, post, from)| Action::Open(Route::Handover { node, post, from })).into_iter().collect()
    }
}
