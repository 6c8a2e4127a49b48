//! A roster as a csv that Excel opens rightly and [`super::read`] takes back.
use super::RosterRow;

/// The columns in the order in which they are written.
pub const COLUMNS: [&str; 8] =
    ["统一社会信用代码", "单位详细名称", "行业代码", "行政区划代码", "报表类别", "统计负责人", "联系电话", "网格"];

/// The rows as csv: UTF-8 with the mark that Excel needs, CRLF.
pub fn to_csv<'r>(rows: impl IntoIterator<Item = &'r RosterRow>) -> String {
    let mut out = String::from("\u{feff}");
    line(&mut out, COLUMNS);
    for row in rows {
        let grid = row.grid.as_deref().unwrap_or_default();
        line(&mut out, [&row.code, &row.name, &row.industry, &row.division, &row.form, &row.contact, &row.phone, grid]);
    }
    out
}

fn line(out: &mut String, fields: [&str; COLUMNS.len()]) {
    for (i, field) in fields.into_iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}
