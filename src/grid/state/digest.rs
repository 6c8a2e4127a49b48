//! One hash over a state, the same on every replica that holds the same facts, in whatever order they came.
use std::fmt::{self, Write};

use super::State;
use crate::grid::{
    fact::Hash,
    org::{Holding, Node, NodeIx, UnitIx},
};

/// Lines under way; their order plays no part.
#[derive(Default)]
struct Lines(Vec<[u8; 32]>);

impl Lines {
    fn add(&mut self, line: fmt::Arguments<'_>) {
        let mut hasher = Written(blake3::Hasher::new());
        // Writing into a hash has no error of its own.
        let _always = hasher.write_fmt(line);
        self.0.push(*hasher.0.finalize().as_bytes());
    }

    fn hash(mut self) -> Hash {
        self.0.sort_unstable();
        let mut hasher = blake3::Hasher::new();
        for line in &self.0 {
            hasher.update(line);
        }
        Hash(*hasher.finalize().as_bytes())
    }
}

struct Written(blake3::Hasher);

impl fmt::Write for Written {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

impl State {
    /// A hash over all that counts and all that is held. Names that were only mentioned so far play no part.
    ///
    /// It reads every row: some tens of milliseconds for a county.
    pub fn digest(&self) -> Hash {
        let mut lines = Lines::default();
        lines.add(format_args!("{} {} {:?}", self.count, self.unknown, self.opened));
        self.tree(&mut lines);
        self.records(&mut lines);
        self.said(&mut lines);
        lines.hash()
    }

    fn id(&self, node: NodeIx) -> &str {
        &self.org.node(node).id
    }

    fn tree(&self, lines: &mut Lines) {
        let org = &self.org;
        for (_, node) in org.nodes().filter(|(_, node)| node.is_recorded()) {
            let Node { id, name, level, form, sector, from, to, .. } = node;
            let [parent, into] = [node.parent, node.into].map(|ix| ix.map(|ix| self.id(ix)));
            lines.add(format_args!("{id} {name} {level} {form:?} {sector:?} {from} {to:?} {parent:?} {into:?}"));
        }
        for (ix, unit) in org.units() {
            if unit.is_recorded() {
                lines.add(format_args!("{} {:?}", unit.id, unit.record));
            }
            for stay in &unit.stays {
                lines.add(format_args!("{} {} {:?}", unit.id, stay.from, stay.node.map(|ix| self.id(ix))));
            }
            self.unit_marks(ix).iter().for_each(|mark| self.mark_line(&unit.id, mark, lines));
        }
        for (_, person) in org.people().filter(|(_, person)| person.is_recorded()) {
            lines.add(format_args!("{} {:?}", person.id, person.record));
        }
        for (ix, node) in org.nodes() {
            for Holding { post, person, from, to, .. } in &node.holdings {
                lines.add(format_args!("{} {post:?} {} {from} {to:?}", node.id, org.person(*person).id));
            }
            self.node_marks(ix).iter().for_each(|mark| self.mark_line(&node.id, mark, lines));
            self.sessions_at(ix).for_each(|line| {
                lines.add(format_args!("{:?} {} {} {} {}", line.id, line.day, line.topic, line.present, line.invited));
            });
        }
    }

    fn mark_line(&self, of: &str, mark: &super::Mark, lines: &mut Lines) {
        let (fact, at) = (self.fact_of(mark), self.id(mark.at));
        let super::Mark { day, recorded, what, acting, amount, .. } = mark;
        lines.add(format_args!("{of} {day} {recorded} {what:?} {fact} {at} {acting} {amount}"));
    }

    fn records(&self, lines: &mut Lines) {
        for matter in self.matters.all() {
            let (at, unit) = (self.id(matter.at), matter.unit.map(|UnitIx(unit)| &self.org.unit(UnitIx(unit)).id));
            let super::Matter { id, kind, post, opened, recorded, due, text, part_of, steps, left, .. } = matter;
            lines.add(format_args!("{id} {kind:?} {at} {unit:?} {post:?} {opened} {recorded} {due:?} {text}"));
            lines.add(format_args!("{id} {part_of:?} {steps:?} {left:?}"));
        }
        for (duty, node, ordinal, tally) in self.tallies.rows() {
            lines.add(format_args!("{duty} {} {ordinal} {tally:?}", self.id(node)));
        }
        self.handovers.told(|line| lines.add(line));
        self.relief.told(|at| self.id(at), |line| lines.add(line));
        self.taken.told(|line| lines.add(line));
    }

    fn said(&self, lines: &mut Lines) {
        self.logins().for_each(|(login, person)| lines.add(format_args!("{login} {person}")));
        for (writer, device) in self.devices() {
            lines.add(format_args!("{writer} {} {} {:?}", device.person, device.name, self.revoked_from(writer)));
        }
        for held in self.custody.all() {
            lines
                .add(format_args!("{} {:?} {} {:?} {:?}", held.id, held.why, held.text, held.settled, held.fact.draft));
        }
    }
}
