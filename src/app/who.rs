//! Those who can say "that is me": the people of a store with their posts.
use chrono::NaiveDate;

use crate::grid::{
    org::{NodeIx, PersonIx, Post},
    state::State,
};

/// A person with one of their posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The person.
    pub person: PersonIx,
    /// Where they hold which post; none where they hold none.
    pub held: Option<(NodeIx, Post)>,
}

impl Candidate {
    /// The name, what the post is called, and where it is held.
    pub fn words(self, state: &State) -> [String; 3] {
        let org = state.org();
        let name = org.person(self.person).record.name.clone();
        match self.held {
            Some((node, post)) => {
                let title = state.pack().names.post_at(org.node(node), post).to_owned();
                [name, title, org.full_name(node)]
            }
            None => [name, String::new(), String::new()],
        }
    }
}

/// Everybody, once for each post that they hold on a day: leaders before members, the upper levels first, and last those
/// without a post.
pub fn candidates(state: &State, today: NaiveDate) -> Vec<Candidate> {
    let org = state.org();
    let mut all = Vec::new();
    for (ix, node) in org.nodes() {
        let held = node.holdings.iter().filter(|holding| holding.holds_on(today));
        all.extend(held.map(|holding| Candidate { person: holding.person, held: Some((ix, holding.post)) }));
    }
    all.sort_by_key(|one| one.held.map(|(node, post)| (post == Post::Member, org.node(node).level, post, node)));
    let mut posted: Vec<PersonIx> = all.iter().map(|one| one.person).collect();
    posted.sort_unstable();
    let without = org.people().map(|(ix, _)| ix).filter(|ix| posted.binary_search(ix).is_err());
    all.extend(without.map(|person| Candidate { person, held: None }));
    all
}

/// What the configuration says for a person: the name, which people can read, or the id where several have the name.
pub fn written(state: &State, person: PersonIx) -> String {
    let org = state.org();
    let row = org.person(person);
    let alone = org.people().filter(|(_, other)| other.record.name == row.record.name).count() == 1;
    if alone { row.record.name.clone() } else { row.id.clone() }
}
