//! Checklists: standards that are met item by item (五有, 四大体系, 乡镇七制度, 统计之家验收).
use serde::Deserialize;

/// A checklist of the pack (`[[checklist]]`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checklist {
    /// The id that rules and records use.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The row of the requirements, for example `A1-4a`.
    pub clause: String,
    /// Whether it is about units one by one (四大体系) or about the node.
    #[serde(default)]
    pub per_unit: bool,
    /// What must be in order.
    #[serde(rename = "item")]
    pub items: Vec<Item>,
}

/// One item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The id in facts.
    pub id: String,
    /// What must be in order.
    pub text: String,
}
