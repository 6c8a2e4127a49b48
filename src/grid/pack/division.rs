//! `divisions.csv`: townships and villages.
use std::collections::BTreeSet;

use super::{error::Faults, node::PackNode};

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
        faults.add_on(1, "表头", format!("第一行应为 {HEADER}"));
    }
    // The codes so far, also of lines that are wrong otherwise.
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    for (i, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let fields: Vec<&str> = line.trim().split(',').map(str::trim).collect();
        let wrong = |key: &str, what: String| faults.add_on(i + 1, key, what);
        let is_twice = !codes.insert(fields[0]);
        let [code, name, parent] = fields[..] else {
            wrong("行", format!("有 {} 栏，应为三栏：代码,名称,上级代码", fields.len()));
            continue;
        };
        if !matches!(code.len(), 9 | 12) || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            wrong("code", format!("「{code}」不对，应为 9 位（乡镇、街道）或 12 位（村、社区）数字"));
            continue;
        }
        if name.is_empty() {
            wrong("name", "不能是空的".to_owned());
        }
        if ids.contains(code) || is_twice {
            wrong("code", format!("「{code}」前面或 pack.toml 的 [[node]] 里已经有了，每个代码只写一次"));
        }
        let root = nodes.and_then(<[_]>::first).map(|root| root.id.as_str()).filter(|id| !id.is_empty());
        match code.len() {
            9 if root.is_some_and(|root| root != parent) => {
                wrong("parent", format!("「{parent}」不对，9 位代码的上级应为树根「{}」", root.unwrap_or_default()));
            }
            12 if parent != &code[..9] => {
                wrong("parent", format!("「{parent}」不对，应为代码的前 9 位「{}」", &code[..9]));
            }
            12 if !codes.contains(parent) => {
                wrong("parent", format!("前面没有代码为「{parent}」的一行；上级要写在下级前面"));
            }
            _ => {}
        }
        out.push(Division { code: code.to_owned(), name: name.to_owned(), parent: parent.to_owned() });
    }
    out
}
