//! What several people's replicas hold, told of most facts without opening them.
use std::collections::HashMap;

use super::{
    fact::{Envelope, WriterId},
    record::form,
    scope::Scope,
    state::State,
};

/// Some of the scopes of a [`Reach`], a bit for each by its place.
pub type Bits = u32;

/// The scopes of several people, by what lies in them.
///
/// Like a [`Scope`] it belongs to the state that it was made of.
pub struct Reach<'a> {
    whole: Bits,
    nodes: HashMap<&'a str, Bits>,
    units: HashMap<&'a str, Bits>,
    own: HashMap<WriterId, Bits>,
}

impl<'a> Reach<'a> {
    /// That of these scopes, of which there are no more than [`Bits`] has.
    pub fn new(state: &'a State, scopes: &[&Scope]) -> Reach<'a> {
        let org = state.org();
        let all = |lies: &dyn Fn(&Scope) -> bool| {
            let bits = scopes.iter().enumerate().filter(|(_, scope)| lies(scope));
            bits.fold(0, |bits, (n, _)| bits | 1 << n)
        };
        let nodes = org.nodes().map(|(ix, row)| (row.id.as_str(), all(&|scope| scope.is_inside(state, ix))));
        let units = org.units().map(|(ix, row)| (row.id.as_str(), all(&|scope| scope.has_unit_ix(state, ix))));
        let own = state.devices().map(|(writer, _)| (writer, all(&|scope| scope.is_own(state, writer))));
        Reach {
            whole: all(&Scope::is_whole),
            nodes: nodes.filter(|(_, bits)| *bits != 0).collect(),
            units: units.filter(|(_, bits)| *bits != 0).collect(),
            own: own.filter(|(_, bits)| *bits != 0).collect(),
        }
    }

    /// Whose replicas hold the fact in an envelope ([`Scope::holds`]): what is done every day concerns its place and whom it
    /// is about. None where only the whole fact tells.
    pub fn holding(&self, envelope: &Envelope) -> Option<Bits> {
        let about = envelope.about()?;
        let is_plain = match about.kind {
            "record" => !form(about.form()?).is_some_and(|(_, form)| form.names_nodes()),
            kind => matches!(kind, "visit" | "session" | "done" | "withdrawn" | "problem-closed" | "exempt"),
        };
        let of = |map: &HashMap<&str, Bits>, id: Option<&str>| id.and_then(|id| map.get(id)).copied().unwrap_or(0);
        let own = || self.own.get(&envelope.id().writer).copied().unwrap_or(0);
        is_plain.then(|| self.whole | of(&self.nodes, about.at) | of(&self.units, about.subject) | own())
    }
}
