//! The keys of a pack's files, each with what it means: what the reader takes, what its objections name, and what the
//! README of the sample pack explains.
use crate::grid::duty::Param;

/// A table of a pack's files, with the keys that it may have.
#[derive(Debug)]
pub struct Section {
    /// How the table is written, for example `[[duty]]`; for what stands above all tables, the file.
    pub table: &'static str,
    /// Its keys.
    pub keys: &'static [Param],
}

const fn must(key: &'static str, means: &'static str) -> Param {
    Param { key, means, required: true }
}

const fn may(key: &'static str, means: &'static str) -> Param {
    Param { key, means, required: false }
}

/// All tables of `pack.toml` and `duties.toml`.
pub static SECTIONS: &[&Section] = &[
    &PACK,
    &GRIDS,
    &FARM_GRID,
    &LEVELS,
    &POSTS,
    &LEVEL_POSTS,
    &OPTION,
    &NODE,
    &CHECKLIST,
    &ITEM,
    &RULE,
    &DUTIES,
    &DUTY,
];

pub(super) static PACK: Section = Section {
    table: "pack.toml",
    keys: &[
        must("id", "职责包的编号，与所在文件夹同名"),
        must("name", "职责包的名称"),
        must("utc_offset", "当地时间，写作 \"+08:00\""),
        must("source", "依据的文件，写给人看"),
        may("grids", "[grids]：网格多大、农业网格怎样设"),
        may("farm_grid", "[farm_grid]：农业网格的名称和编号后缀"),
        may("levels", "[levels]：各级叫什么"),
        may("posts", "[posts]：各岗位叫什么"),
        may("option", "[[option]]：可以改的选项"),
        must("node", "[[node]]：网格树，第一个是树根"),
        may("checklist", "[[checklist]]：逐项对照的清单"),
        may("rule", "[[rule]]：由规则而不由职责落实的条款"),
    ],
};

pub(super) static GRIDS: Section = Section {
    table: "[grids]",
    keys: &[
        may("least", "一个三级网格至少几家，不写为 20"),
        may("most", "一个三级网格至多几家，不写为 30"),
        may("farm", "农业网格：township（每个乡镇一个，不写时）或 none（不设）"),
        may("area_level", "divisions.csv 里 9 位代码的地方是哪一级：2（乡镇一级，不写时）或 3（它自己就是网格）"),
    ],
};

pub(super) static FARM_GRID: Section = Section {
    table: "[farm_grid]",
    keys: &[must("name", "农业网格的名称"), must("suffix", "接在乡镇代码后面成为它的编号，例如 \"-N1\"")],
};

pub(super) static LEVELS: Section = Section {
    table: "[levels]",
    keys: &[
        may("0", "不属于哪一级的部门、平台叫什么"),
        may("1", "第一级叫什么"),
        may("2", "第二级叫什么"),
        may("3", "第三级叫什么"),
        may("flat", "扁平网格叫什么"),
    ],
};

pub(super) static POSTS: Section = Section {
    table: "[posts]",
    keys: &[
        may("leader", "网格长叫什么"),
        may("deputy", "副网格长叫什么"),
        may("member", "网格员叫什么"),
        may("guide", "指导员叫什么"),
        may("0", "[posts.0]：部门、平台的岗位另有叫法的"),
        may("1", "[posts.1]：第一级的岗位另有叫法的"),
        may("2", "[posts.2]：第二级的岗位另有叫法的"),
        may("3", "[posts.3]：第三级的岗位另有叫法的"),
        may("flat", "[posts.flat]：扁平网格的岗位另有叫法的"),
    ],
};

pub(super) static LEVEL_POSTS: Section = Section {
    table: "[posts.3]",
    keys: &[
        may("leader", "这一级的网格长叫什么"),
        may("deputy", "这一级的副网格长叫什么"),
        may("member", "这一级的网格员叫什么"),
        may("guide", "这一级的指导员叫什么"),
    ],
};

pub(super) static OPTION: Section = Section {
    table: "[[option]]",
    keys: &[
        must("id", "选项的编号，行里用 when = \"编号=取值\" 引用"),
        must("value", "现在取哪个值"),
        must("values", "可取的值，至少两个"),
        must("note", "为什么可以选，各值是什么意思"),
    ],
};

pub(super) static NODE: Section = Section {
    table: "[[node]]",
    keys: &[
        must("id", "编号，写进记录，定了就不要改"),
        must("name", "名称"),
        may("parent", "上一级的编号；只有第一个 node 不写"),
        must("level", "1、2、3；部门、平台写 0"),
        must("form", "vertical（垂直网格）、flat（扁平网格）或 office（部门、平台）"),
        may("sector", "行业：agriculture、industry、service、construction、real_estate、investment 或 mixed"),
        may("when", "只在选项取某值时才有这一行，写作 \"选项=取值\""),
    ],
};

pub(super) static CHECKLIST: Section = Section {
    table: "[[checklist]]",
    keys: &[
        must("id", "编号，职责里写作 checklist:编号"),
        must("name", "名称"),
        must("clause", "对应的条款"),
        may("per_unit", "true 表示逐家企业对照，不写为 false"),
        must("item", "[[checklist.item]]：清单的各项"),
        may("when", "只在选项取某值时才有这一行，写作 \"选项=取值\""),
    ],
};

pub(super) static ITEM: Section = Section {
    table: "[[checklist.item]]",
    keys: &[must("id", "编号，写进记录"), must("text", "要达到什么")],
};

pub(super) static RULE: Section = Section {
    table: "[[rule]]",
    keys: &[
        must("clause", "条款"),
        must("text", "它说什么，为什么是规则而不是职责"),
        must("where", "由程序的哪里落实"),
    ],
};

pub(super) static DUTIES: Section =
    Section { table: "duties.toml", keys: &[must("duty", "[[duty]]：职责，一行一条")] };

pub(super) static DUTY: Section = Section {
    table: "[[duty]]",
    keys: &[
        must("id", "命令里用的编号"),
        must("name", "屏幕上的叫法，要短"),
        must("clause", "对应的条款"),
        must("cite", "人们怎样引用这一条"),
        must("text", "原文"),
        must("on", "落在哪些岗位，一列 \"级别/形式/岗位\"，例如 [\"3/vertical/leader\"]"),
        may("except", "哪些行业的网格不做，例如 [\"agriculture\"]；不写就都做"),
        must("cadence", "多久一次：month、bimonth、quarter、half_year 或 year"),
        must("kind", "哪一种职责，见各种职责自己的键"),
        may("evidence", "什么记录算数，任一即可，例如 [\"visit\", \"done\"]"),
        may("below", "true 表示下级的记录也算，不写为 false"),
        must("measure", "计量单位，例如 家、次"),
        must("lead_days", "到期前几天提醒"),
        may("grace_days", "期末之后宽限几天，不写为 0"),
        may("grace_workdays", "再宽限几个工作日，不写为 0"),
        may("assumed", "true 表示次数或期限是本包设定的，原文没有写"),
        may("when", "只在选项取某值时才有这一行，写作 \"选项=取值\""),
    ],
};
