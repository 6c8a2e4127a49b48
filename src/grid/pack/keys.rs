//! The keys of a pack's files, each with what it means: what the reader takes, what its objections name, and what the
//! README of the sample pack explains.
use crate::grid::duty::Param;
use crate::words::word;

/// A table of a pack's files, with the keys that it may have.
#[derive(Debug)]
pub struct Section {
    /// How the table is written, for example `[[duty]]`; for what stands above all tables, the file.
    pub table: &'static str,
    /// Its keys.
    pub keys: &'static [Param],
}

const fn must(key: &'static str, means: fn() -> &'static str) -> Param {
    Param { key, means, required: true }
}

const fn may(key: &'static str, means: fn() -> &'static str) -> Param {
    Param { key, means, required: false }
}

/// All tables of `pack.toml` and `duties.toml`.
pub static SECTIONS: &[&Section] = &[
    &PACK,
    &GRIDS,
    &RIGHTS,
    &FARM_GRID,
    &LEVELS,
    &POSTS,
    &LEVEL_POSTS,
    &OPTION,
    &NODE,
    &CHECKLIST,
    &ITEM,
    &RULE,
    &ASSESSMENT,
    &CRITERION,
    &STAR,
    &REPORT,
    &REPORT_PASTE,
    &REPORT_SHEET,
    &WARN,
    &DUTIES,
    &DUTY,
];

pub(super) static PACK: Section = Section {
    table: "pack.toml",
    keys: &[
        must("id", || word("pack.key.pack.id")),
        must("name", || word("pack.key.pack.name")),
        must("utc_offset", || word("pack.key.pack.utc_offset")),
        must("source", || word("pack.key.pack.source")),
        may("grids", || word("pack.key.pack.grids")),
        may("rights", || word("pack.key.pack.rights")),
        may("farm_grid", || word("pack.key.pack.farm_grid")),
        may("levels", || word("pack.key.pack.levels")),
        may("posts", || word("pack.key.pack.posts")),
        may("option", || word("pack.key.pack.option")),
        must("node", || word("pack.key.pack.node")),
        may("checklist", || word("pack.key.pack.checklist")),
        may("rule", || word("pack.key.pack.rule")),
        may("assessment", || word("pack.key.pack.assessment")),
        may("criterion", || word("pack.key.pack.criterion")),
        may("star", || word("pack.key.pack.star")),
        may("report", || word("pack.key.pack.report")),
        may("warn", || word("pack.key.pack.warn")),
    ],
};

pub(super) static GRIDS: Section = Section {
    table: "[grids]",
    keys: &[
        may("least", || word("pack.key.grids.least")),
        may("most", || word("pack.key.grids.most")),
        may("farm", || word("pack.key.grids.farm")),
        may("area_level", || word("pack.key.grids.area_level")),
    ],
};

pub(super) static RIGHTS: Section =
    Section { table: "[rights]", keys: &[may("administer", || word("pack.key.rights.administer"))] };

pub(super) static FARM_GRID: Section = Section {
    table: "[farm_grid]",
    keys: &[must("name", || word("pack.key.farm_grid.name")), must("suffix", || word("pack.key.farm_grid.suffix"))],
};

pub(super) static LEVELS: Section = Section {
    table: "[levels]",
    keys: &[
        may("0", || word("pack.key.levels.0")),
        may("1", || word("pack.key.levels.1")),
        may("2", || word("pack.key.levels.2")),
        may("3", || word("pack.key.levels.3")),
        may("flat", || word("pack.key.levels.flat")),
    ],
};

pub(super) static POSTS: Section = Section {
    table: "[posts]",
    keys: &[
        may("leader", || word("pack.key.posts.leader")),
        may("deputy", || word("pack.key.posts.deputy")),
        may("member", || word("pack.key.posts.member")),
        may("guide", || word("pack.key.posts.guide")),
        may("0", || word("pack.key.posts.0")),
        may("1", || word("pack.key.posts.1")),
        may("2", || word("pack.key.posts.2")),
        may("3", || word("pack.key.posts.3")),
        may("flat", || word("pack.key.posts.flat")),
    ],
};

pub(super) static LEVEL_POSTS: Section = Section {
    table: "[posts.3]",
    keys: &[
        may("leader", || word("pack.key.level_posts.leader")),
        may("deputy", || word("pack.key.level_posts.deputy")),
        may("member", || word("pack.key.level_posts.member")),
        may("guide", || word("pack.key.level_posts.guide")),
    ],
};

pub(super) static OPTION: Section = Section {
    table: "[[option]]",
    keys: &[
        must("id", || word("pack.key.option.id")),
        must("value", || word("pack.key.option.value")),
        must("values", || word("pack.key.option.values")),
        must("note", || word("pack.key.option.note")),
    ],
};

pub(super) static NODE: Section = Section {
    table: "[[node]]",
    keys: &[
        must("id", || word("pack.key.node.id")),
        must("name", || word("pack.key.node.name")),
        may("parent", || word("pack.key.node.parent")),
        must("level", || word("pack.key.node.level")),
        must("form", || word("pack.key.node.form")),
        may("sector", || word("pack.key.node.sector")),
        may("when", || word("pack.key.when")),
    ],
};

pub(super) static CHECKLIST: Section = Section {
    table: "[[checklist]]",
    keys: &[
        must("id", || word("pack.key.checklist.id")),
        must("name", || word("pack.key.node.name")),
        must("clause", || word("pack.key.clause")),
        may("per_unit", || word("pack.key.checklist.per_unit")),
        must("item", || word("pack.key.checklist.item")),
        may("when", || word("pack.key.when")),
    ],
};

pub(super) static ITEM: Section = Section {
    table: "[[checklist.item]]",
    keys: &[must("id", || word("pack.key.item.id")), must("text", || word("pack.key.item.text"))],
};

pub(super) static RULE: Section = Section {
    table: "[[rule]]",
    keys: &[
        must("clause", || word("pack.key.rule.clause")),
        must("text", || word("pack.key.rule.text")),
        must("where", || word("pack.key.rule.where")),
    ],
};

pub(super) static ASSESSMENT: Section = Section {
    table: "[assessment]",
    keys: &[
        may("late", || word("pack.key.assessment.late")),
        may("cadence", || word("pack.key.assessment.cadence")),
        may("ranking", || word("pack.key.assessment.ranking")),
    ],
};

pub(super) static CRITERION: Section = Section {
    table: "[[criterion]]",
    keys: &[
        must("id", || word("pack.key.criterion.id")),
        must("name", || word("pack.key.criterion.name")),
        must("clauses", || word("pack.key.criterion.clauses")),
        must("on", || word("pack.key.criterion.on")),
        must("points", || word("pack.key.criterion.points")),
        must("text", || word("pack.key.criterion.text")),
        must("evidence", || word("pack.key.criterion.evidence")),
        may("below", || word("pack.key.criterion.below")),
        may("assumed", || word("pack.key.criterion.assumed")),
        may("when", || word("pack.key.when")),
    ],
};

pub(super) static STAR: Section = Section {
    table: "[[star]]",
    keys: &[
        must("stars", || word("pack.key.star.stars")),
        must("percent", || word("pack.key.star.percent")),
        may("required", || word("pack.key.star.required")),
        may("each", || word("pack.key.star.each")),
    ],
};

pub(super) static REPORT: Section = Section {
    table: "[report]",
    keys: &[
        may("title", || word("pack.key.report.title")),
        may("unit", || word("pack.key.report.unit")),
        may("font", || word("pack.key.report.font")),
        may("signatures", || word("pack.key.report.signatures")),
        may("paste", || word("pack.key.report.paste")),
        may("sheet", || word("pack.key.report.sheet")),
    ],
};

pub(super) static REPORT_PASTE: Section = Section {
    table: "[report.paste]",
    keys: &[
        may("visit", || word("pack.key.report_paste.visit")),
        may("session", || word("pack.key.report_paste.session")),
        may("period", || word("pack.key.report_paste.period")),
    ],
};

pub(super) static REPORT_SHEET: Section = Section {
    table: "[[report.sheet]]",
    keys: &[
        must("id", || word("pack.key.report_sheet.id")),
        may("title", || word("pack.key.report_sheet.title")),
        may("columns", || word("pack.key.report_sheet.columns")),
    ],
};

pub(super) static WARN: Section = Section {
    table: "[warn]",
    keys: &[
        may("silent_days", || word("pack.key.warn.silent_days")),
        may("coverage_below", || word("pack.key.warn.coverage_below")),
        may("overdue_at_least", || word("pack.key.warn.overdue_at_least")),
        may("worse_by", || word("pack.key.warn.worse_by")),
        may("assumed", || word("pack.key.warn.assumed")),
    ],
};

pub(super) static DUTIES: Section =
    Section { table: "duties.toml", keys: &[must("duty", || word("pack.key.duties.duty"))] };

pub(super) static DUTY: Section = Section {
    table: "[[duty]]",
    keys: &[
        must("id", || word("pack.key.duty.id")),
        must("name", || word("pack.key.duty.name")),
        must("clause", || word("pack.key.clause")),
        must("cite", || word("pack.key.duty.cite")),
        must("text", || word("pack.key.duty.text")),
        must("on", || word("pack.key.duty.on")),
        may("except", || word("pack.key.duty.except")),
        must("cadence", || word("pack.key.duty.cadence")),
        must("kind", || word("pack.key.duty.kind")),
        may("evidence", || word("pack.key.duty.evidence")),
        may("below", || word("pack.key.duty.below")),
        must("measure", || word("pack.key.duty.measure")),
        must("lead_days", || word("pack.key.duty.lead_days")),
        may("grace_days", || word("pack.key.duty.grace_days")),
        may("grace_workdays", || word("pack.key.duty.grace_workdays")),
        may("assumed", || word("pack.key.duty.assumed")),
        may("when", || word("pack.key.when")),
    ],
};
