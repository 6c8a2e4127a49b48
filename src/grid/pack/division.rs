//! `divisions.csv`: townships and villages.
use std::collections::BTreeSet;

use super::{error::Faults, node::PackNode};
use crate::words::{t, word};

/// A township (9 digits) or village (12 digits) of the statistical division codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Division {
    /// The statistical code.
    pub code: String,
    /// The name.
    pub name: String,
    /// The code of the one above.
    pub parent: String,
}

const HEADER: &str = "code,name,parent";

/// Reads `code,name,parent`, parents first; `nodes` are those of the pack's tree, where that could be read.
pub(super) fn divisions(csv: &str, nodes: Option<&[PackNode]>, faults: &Faults<'_>) -> Vec<Division> {
    let mut out: Vec<Division> = Vec::new();
    let ids: BTreeSet<&str> = nodes.unwrap_or_default().iter().map(|node| node.id.as_str()).collect();
    let mut lines = csv.trim_start_matches('\u{feff}').lines().enumerate();
    if lines.next().is_none_or(|(_, line)| line.trim() != HEADER) {
        faults.add_on(1, word("pack.division.header"), t!("pack.division.first_line", header = HEADER).into_owned());
    }
    // The codes so far, also of lines that are wrong otherwise.
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    for (i, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.trim().split(',').map(str::trim).collect();
        let wrong = |key: &str, what: String| faults.add_on(i + 1, key, what);
        let is_twice = !codes.insert(fields[0]);
        let [code, name, parent] = fields[..] else {
            wrong(word("pack.line"), t!("pack.division.columns", n = fields.len()).into_owned());
            continue;
        };
        if !matches!(code.len(), 9 | 12) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            wrong("code", t!("pack.division.code", code = code).into_owned());
            continue;
        }
        if name.is_empty() {
            wrong("name", t!("pack.empty").into_owned());
        }
        if ids.contains(code) || is_twice {
            wrong("code", t!("pack.division.twice", code = code).into_owned());
        }
        let root = nodes.and_then(<[_]>::first).map(|root| root.id.as_str()).filter(|id| !id.is_empty());
        match code.len() {
            9 if root.is_some_and(|root| root != parent) => {
                wrong(
                    "parent",
                    t!("pack.division.not_root", parent = parent, root = root.unwrap_or_default()).into_owned(),
                );
            }
            12 if parent != &code[..9] => {
                wrong("parent", t!("pack.division.not_town", parent = parent, town = &code[..9]).into_owned());
            }
            12 if !codes.contains(parent) => {
                wrong("parent", t!("pack.division.no_parent", parent = parent).into_owned());
            }
            _ => {}
        }
        out.push(Division { code: code.to_owned(), name: name.to_owned(), parent: parent.to_owned() });
    }
    out
}
