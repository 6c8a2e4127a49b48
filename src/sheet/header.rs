//! The header: which column holds what, found by the names people give.
use super::{
    cell::{Cell, letters},
    clean,
};
use crate::words::t;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    /// 统一社会信用代码.
    Code,
    /// 单位详细名称.
    Name,
    /// 行业代码.
    Industry,
    /// 行政区划代码.
    Division,
    /// 所属乡镇, by name.
    Township,
    /// 报表类别.
    Form,
    /// 统计负责人.
    Contact,
    /// 联系电话.
    Phone,
    /// 网格.
    Grid,
}

/// Every name a column may have, the best first; where two columns name one field, the better name wins, then the left
/// one. Compared after [`clean::heading`].
const NAMES: [(Field, &[&str]); 9] = [
    (
        Field::Code,
        &[
            "统一社会信用代码",
            "社会信用代码",
            "统一信用代码",
            "统一社会信用代码/组织机构代码",
            "信用代码",
            "统一代码",
            "纳税人识别号",
        ],
    ),
    (
        Field::Name,
        &[
            "单位详细名称",
            "单位名称",
            "法人单位详细名称",
            "法人单位名称",
            "企业详细名称",
            "企业名称",
            "单位全称",
            "企业全称",
            "调查对象名称",
            "调查对象",
            "名称",
        ],
    ),
    (
        Field::Industry,
        &[
            "行业代码",
            "行业小类代码",
            "国民经济行业代码",
            "国民经济行业小类代码",
            "所属行业代码",
            "行业小类",
            "行业编码",
        ],
    ),
    (
        Field::Division,
        &["行政区划代码", "统计用区划代码", "单位所在地区划代码", "所在地区划代码", "区划代码", "地区代码", "区划"],
    ),
    (
        Field::Township,
        &["所属乡镇", "所在乡镇", "所属乡镇街道", "乡镇街道", "乡镇、街道", "乡镇/街道", "所属镇街", "镇街", "乡镇"],
    ),
    (Field::Form, &["报表类别", "报表类型", "统计专业", "所属专业", "调查类别", "专业"]),
    (
        Field::Contact,
        &["统计负责人", "统计负责人姓名", "统计联系人", "统计人员", "统计员", "企业网格员", "联系人", "网格员"],
    ),
    (
        Field::Phone,
        &[
            "联系电话",
            "统计负责人电话",
            "统计负责人联系电话",
            "联系人电话",
            "手机号码",
            "手机号",
            "手机",
            "电话号码",
            "电话",
            "联系方式",
        ],
    ),
    (Field::Grid, &["网格", "网格名称", "所属网格", "三级网格", "所在网格", "网格编号"]),
];

/// Words that begin a row below the data: sums, who filled it in, remarks.
pub(super) const FOOT: [&str; 9] = ["合计", "总计", "小计", "填表", "制表", "审核", "单位负责人", "备注", "说明"];

/// How far down a sheet the header is looked for, in rows that are not empty.
pub(super) const DEEPEST: u32 = 50;

/// A column that may hold a field.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Candidate {
    field: Field,
    rank: usize,
    column: u32,
    written: String,
}

/// The columns that were recognised.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    found: Vec<Candidate>,
}

impl Header {
    /// Reads a row as a header: it must name the code or the unit, and one thing more.
    pub fn of(cells: &[Cell]) -> Option<Header> {
        let mut header = Header::default();
        header.extend(cells);
        let has = |field| header.column(field).is_some();
        let fields = NAMES.iter().filter(|(field, _)| has(*field)).count();
        (fields >= 2 && (has(Field::Code) || has(Field::Name))).then_some(header)
    }

    /// Takes a further row of the same header; a name there is more exact than the one above it in its column.
    pub fn extend(&mut self, cells: &[Cell]) {
        for cell in cells {
            let written = cell.value.shown();
            if let Some((field, rank)) = recognise(&written) {
                self.found.retain(|c| c.column != cell.column);
                self.found.push(Candidate { field, rank, column: cell.column, written: clean::code(&written) });
            }
        }
    }

    /// The column of a field, from 0.
    pub fn column(&self, field: Field) -> Option<u32> {
        self.best(field).map(|c| c.column)
    }

    /// Whether the column is one of the header's.
    pub fn covers(&self, column: u32) -> bool {
        self.found.iter().any(|c| c.column == column)
    }

    /// How messages name a field's column: `C列「行业代码」`; where there is none, the name it should have.
    pub fn title(&self, field: Field) -> String {
        match self.best(field) {
            Some(c) => t!("sheet.at.column", letters = letters(c.column), title = c.written).into_owned(),
            None => t!("sheet.at.no_column", title = label(field)).into_owned(),
        }
    }

    /// The fields without which no unit can be created and that have no column.
    pub fn missing(&self) -> Vec<Field> {
        let absent = |field: &Field| self.column(*field).is_none();
        let mut out: Vec<Field> = [Field::Code, Field::Name, Field::Industry].into_iter().filter(absent).collect();
        if absent(&Field::Division) && absent(&Field::Township) {
            out.push(Field::Division);
        }
        out
    }

    fn best(&self, field: Field) -> Option<&Candidate> {
        self.found.iter().filter(|c| c.field == field).min_by_key(|c| (c.rank, c.column))
    }
}

/// The name that a field's column should have.
pub(super) fn label(field: Field) -> &'static str {
    names(field)[0]
}

/// Every name that a field's column may have.
pub(super) fn names(field: Field) -> &'static [&'static str] {
    NAMES.iter().find(|(f, _)| *f == field).map_or(&["?"], |(_, names)| names)
}

/// The field that a heading names.
pub(super) fn recognise(written: &str) -> Option<(Field, usize)> {
    let heading = clean::heading(written);
    NAMES.iter().find_map(|(field, names)| Some((*field, names.iter().position(|n| *n == heading)?)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;

    use super::*;
    use crate::sheet::cell::Value;

    fn row(names: &[&str]) -> Vec<Cell> {
        let text = |(i, n): (usize, &&str)| Cell { column: i as u32, value: Value::Text((*n).to_owned()) };
        names.iter().enumerate().map(text).collect()
    }

    #[test]
    fn every_name_is_its_own_heading_and_stands_once() {
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
        for (field, names) in NAMES {
            for (rank, name) in names.iter().enumerate() {
                assert_eq!(recognise(name), Some((field, rank)), "{name}");
            }
        }
    }

    #[test]
    fn columns_are_found_in_any_order() {
        let header = Header::of(&row(&[
            "序号",
            "网格",
            "电话",
            "*企业名称",
            "社会信用代码（18位）",
            "乡镇（街道）",
            "行业代码",
        ]))
        .unwrap();
        assert_eq!(header.column(Field::Code), Some(4));
        assert_eq!(header.column(Field::Name), Some(3));
        assert_eq!(header.column(Field::Township), Some(5));
        assert_eq!(header.title(Field::Industry), "G列「行业代码」");
        assert!(header.missing().is_empty());
    }

    #[test]
    fn the_better_name_wins_then_the_left_one() {
        let header = Header::of(&row(&["统计员", "统计负责人", "名称", "信用代码", "电话", "电话"])).unwrap();
        assert_eq!(header.column(Field::Contact), Some(1));
        assert_eq!(header.column(Field::Phone), Some(4));
        assert_eq!(header.missing(), [Field::Industry, Field::Division]);
    }

    #[test]
    fn a_title_or_a_row_of_data_is_no_header() {
        assert_eq!(Header::of(&row(&["兰溪市统计网格单位名单"])), None);
        assert_eq!(Header::of(&row(&["单位名称", "", ""])), None);
        assert_eq!(Header::of(&row(&["1", "91330781MA28ABCD12", "兰溪市某某公司", "1711"])), None);
        assert_eq!(Header::of(&row(&["联系人", "电话", "网格"])), None);
    }

    #[test]
    fn a_second_row_is_more_exact() {
        let mut header = Header::of(&row(&["单位名称", "信用代码", "联系方式", ""])).unwrap();
        header.extend(&row(&["", "", "统计负责人", "联系电话"]));
        assert_eq!(header.column(Field::Contact), Some(2));
        assert_eq!(header.column(Field::Phone), Some(3));
    }
}
