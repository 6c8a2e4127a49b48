//! What only a workbook has: sheets, numbers, formulas, merges.
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::files::{self, Book, HEADER, code, read, refused};

#[test]
fn xlsx_with_a_merged_title_text_numbers_and_formulas() {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let s = book.add_worksheet().set_name("单位名单").unwrap();
    s.merge_range(0, 0, 0, 7, "兰溪市统计网格单位名单", &bold).unwrap();
    for (c, h) in (0u16..).zip(HEADER.split(',')) {
        s.write(2, c, h).unwrap();
    }
    s.write(4, 0, code(1)).unwrap();
    s.write_formula(4, 1, Formula::new("=\"兰溪市\"&\"甲\"").set_result("兰溪市甲纺织有限公司")).unwrap();
    s.write(4, 2, 1711).unwrap();
    s.write(4, 3, 330_781_001_009_f64).unwrap();
    s.write(4, 4, "B").unwrap();
    s.write(4, 6, 13_800_000_001_f64).unwrap();
    let roster = read(&book.save_to_buffer().unwrap(), "x.xlsx").unwrap();
    let r = &roster.rows[0];
    assert_eq!((&*r.place.sheet, r.place.row), ("单位名单", 5));
    assert_eq!((r.name.as_str(), r.industry.as_str()), ("兰溪市甲纺织有限公司", "1711"));
    assert_eq!((r.division.as_str(), r.phone.as_str()), ("330781001009", "13800000001"));
    assert_eq!((r.contact.as_str(), r.grid.as_deref()), ("", None));
}

#[test]
fn xlsx_numbers_that_lost_digits_dates_and_formula_errors_are_refused() {
    let mut book = Book::new("单位名单");
    book.sheet().write(1, 0, 913_307_810_000_000_000_f64).unwrap();
    book.sheet().write(2, 2, 131).unwrap();
    book.sheet().write_formula(3, 1, Formula::new("=VLOOKUP(1,A:B,2,0)").set_result("#N/A")).unwrap();
    let date = Format::new().set_num_format("yyyy-mm-dd");
    book.sheet().write_with_format(4, 3, 45000.0, &date).unwrap();
    let errors = refused(&book.bytes(4, &[(1, 0), (2, 2), (3, 1), (4, 3)]), "x.xlsx");
    assert_eq!(errors.len(), 4, "{errors:#?}");
    assert!(
        errors[0]
            .starts_with("工作表「单位名单」第2行A列「统一社会信用代码」：「9.1330781E17」是被Excel当成数字的代码"),
        "{}",
        errors[0]
    );
    assert!(errors[1].contains("0131（棉花种植）"), "{}", errors[1]);
    assert!(errors[2].contains("第4行B列「单位详细名称」：公式的结果是错误值#N/A"), "{}", errors[2]);
    assert!(errors[3].contains("第5行D列「行政区划代码」：单元格是日期格式"), "{}", errors[3]);
}

#[test]
fn a_merged_township_and_grid_hold_for_all_their_rows() {
    let mut book = Book::new("名单");
    let plain = Format::new();
    book.sheet().merge_range(1, 3, 3, 3, "游埠镇", &plain).unwrap();
    book.sheet().merge_range(1, 7, 2, 7, "工业第2网格", &plain).unwrap();
    let own: Vec<(u32, u16)> = vec![(1, 3), (2, 3), (3, 3), (1, 7), (2, 7), (3, 7)];
    let roster = read(&book.bytes(4, &own), "x.xlsx").unwrap();
    let seen: Vec<_> = roster.rows.iter().map(|r| (r.division.as_str(), r.grid.as_deref())).collect();
    assert_eq!(
        seen,
        [
            ("330781102", Some("工业第2网格")),
            ("330781102", Some("工业第2网格")),
            ("330781102", None),
            ("330781001", Some("工业第1网格")),
        ]
    );
}

#[test]
fn a_header_of_two_rows_is_read_as_one() {
    let mut book = Workbook::new();
    let plain = Format::new();
    let s = book.add_worksheet();
    for (c, h) in [(0, "统一社会信用代码"), (1, "单位名称"), (2, "行业代码"), (3, "乡镇")] {
        s.merge_range(0, c, 1, c, h, &plain).unwrap();
    }
    s.merge_range(0, 4, 0, 5, "联系方式", &plain).unwrap();
    s.write(1, 4, "统计负责人").unwrap();
    s.write(1, 5, "联系电话").unwrap();
    for (c, v) in (0u16..).zip([code(1).as_str(), "甲公司", "1711", "兰江街道", "张三", "0579-88880000"]) {
        s.write(2, c, v).unwrap();
    }
    let roster = read(&book.save_to_buffer().unwrap(), "x.xlsx").unwrap();
    assert_eq!(roster.rows.len(), 1);
    assert_eq!((roster.rows[0].contact.as_str(), roster.rows[0].phone.as_str()), ("张三", "0579-88880000"));
}

#[test]
fn hidden_and_headless_sheets_are_told_and_several_are_read() {
    let mut book = Workbook::new();
    for (name, units, hidden) in [("工业", vec![1, 2], false), ("旧名单", vec![3], true), ("服务业", vec![4], false)]
    {
        let s = book.add_worksheet().set_name(name).unwrap();
        files::write_units(s, &units);
        s.set_hidden(hidden);
    }
    book.add_worksheet().set_name("填表说明").unwrap().write(0, 0, "请如实填写").unwrap();
    book.add_worksheet().set_name("Sheet5").unwrap();
    let roster = read(&book.save_to_buffer().unwrap(), "x.xlsx").unwrap();
    let seen: Vec<_> = roster.rows.iter().map(|r| (&*r.place.sheet, r.place.row)).collect();
    assert_eq!(seen, [("工业", 2), ("工业", 3), ("服务业", 2)]);
    assert_eq!(
        roster.notes,
        [
            "工作表「旧名单」是隐藏的，没有导入。",
            "工作表「填表说明」里没有找到表头，没有导入。",
            "工作表「Sheet5」是空的，没有导入。"
        ]
    );
}
