//! Ways through the tree: up, down, and on to whoever carries on the work of a closed node.
use chrono::NaiveDate;

use super::{Node, NodeIx, Org};

impl Org {
    /// The node and all above it, the node first.
    pub fn path_up(&self, from: NodeIx) -> impl Iterator<Item = NodeIx> {
        // A circle of parents can't be built (`set_parent` refuses it), so this ends.
        std::iter::successors(Some(from), |ix| self.node(*ix).parent)
    }

    /// The node's name; that of a grid with its township's, so that it can be told from others.
    pub fn full_name(&self, node: NodeIx) -> String {
        let row = self.node(node);
        match row.parent.filter(|_| row.is_grid()) {
            Some(parent) => format!("{} {}", self.node(parent).name, row.name),
            None => row.name.clone(),
        }
    }

    /// The node and everything below it, parents before children.
    pub fn subtree(&self, from: NodeIx) -> Vec<NodeIx> {
        let mut out = vec![from];
        let mut next = 0;
        while next < out.len() {
            out.extend_from_slice(&self.node(out[next]).children);
            next += 1;
        }
        out
    }

    /// Whether `inner` is `outer` or lies below it.
    pub fn is_within(&self, inner: NodeIx, outer: NodeIx) -> bool {
        self.path_up(inner).any(|ix| ix == outer)
    }

    /// The node that carries on the node's open work for good: the node itself while nothing has closed it, else the
    /// one that took over, and so on. A circle ends where it would begin again.
    pub fn successor(&self, node: NodeIx) -> NodeIx {
        self.follow(node, |node| node.to.is_some())
    }

    /// The node that carries on the node's open work on `day`: a closing that is still to come changes nothing yet.
    pub fn successor_on(&self, node: NodeIx, day: NaiveDate) -> NodeIx {
        self.follow(node, |node| node.to.is_some_and(|to| to <= day))
    }

    /// The nodes whose open work is this node's on `day`: itself, and those that it took over; none where another one
    /// took it over.
    pub fn works_for(&self, node: NodeIx, day: NaiveDate) -> impl Iterator<Item = NodeIx> {
        let others = self.outline.handed.iter().copied().filter(move |other| *other != node);
        std::iter::once(node).chain(others).filter(move |other| self.successor_on(*other, day) == node)
    }

    fn follow(&self, from: NodeIx, is_over: impl Fn(&Node) -> bool) -> NodeIx {
        let mut path = vec![from];
        let mut at = from;
        while let Some(next) = self.node(at).into.filter(|next| is_over(self.node(at)) && !path.contains(next)) {
            path.push(next);
            at = next;
        }
        at
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::grid::{
        fact::NodeRecord,
        org::{Form, Said},
    };

    /// Nodes by name; each with its successor and the first day it no longer exists.
    fn org(nodes: &[(&str, Option<&str>, Option<&str>)]) -> Org {
        let mut org = Org::default();
        for (id, into, to) in nodes {
            let record = NodeRecord {
                name: (*id).to_owned(),
                parent: None,
                level: 3,
                form: Form::Vertical,
                sector: None,
                from: "2026-01-01".parse().unwrap(),
                to: to.map(|to| to.parse().unwrap()),
                into: into.map(str::to_owned),
            };
            org.set_node(id, &record, Said::NEVER);
        }
        org
    }

    fn names(org: &Org, of: impl Fn(NodeIx) -> NodeIx) -> String {
        ["a", "b", "c", "d"].map(|id| org.node(of(org.node_ix(id).unwrap())).id.clone()).concat()
    }

    #[test]
    fn the_chain_of_closed_nodes_is_followed_to_its_end() {
        let nodes = [
            ("a", Some("b"), Some("2026-11-01")),
            ("b", Some("c"), Some("2026-12-01")),
            ("c", None, None),
            ("d", None, None),
        ];
        let all = org(&nodes);
        assert_eq!(names(&all, |ix| all.successor(ix)), "cccd");
        let on = |day: &str| names(&all, |ix| all.successor_on(ix, day.parse().unwrap()));
        assert_eq!(on("2026-10-31"), "abcd");
        assert_eq!(on("2026-11-01"), "bbcd");
        assert_eq!(on("2026-12-01"), "cccd");
        // A node that is open again keeps its work, whatever is named; one that nobody takes over keeps it as well.
        let open =
            org(&[("a", Some("b"), None), ("b", None, Some("2026-12-01")), ("c", None, None), ("d", None, None)]);
        assert_eq!(names(&open, |ix| open.successor(ix)), "abcd");
    }

    #[test]
    fn circles_end_whoever_begins() {
        let shut = Some("2026-11-01");
        let circle =
            org(&[("a", Some("b"), shut), ("b", Some("c"), shut), ("c", Some("a"), shut), ("d", Some("d"), shut)]);
        assert_eq!(names(&circle, |ix| circle.successor(ix)), "cabd");
    }

    #[test]
    fn a_successor_that_is_not_known_yet_has_its_place() {
        let mut early = org(&[("a", Some("b"), Some("2026-11-01"))]);
        assert!(!early.node(early.successor(NodeIx(0))).is_recorded());
        let known = org(&[("b", None, None)]);
        let record = NodeRecord {
            name: known.node(NodeIx(0)).name.clone(),
            parent: None,
            level: 3,
            form: Form::Vertical,
            sector: None,
            from: "2026-01-01".parse().unwrap(),
            to: None,
            into: None,
        };
        early.set_node("b", &record, Said::NEVER);
        assert!(early.node(early.successor(NodeIx(0))).is_recorded());
    }
}
