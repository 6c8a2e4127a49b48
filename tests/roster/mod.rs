//! Roster import from the files that offices have: what is read, what is refused, and in which words.
mod damaged;
mod files;
mod workbook;

use encoding_rs::{GB18030, GBK};
use files::{HEADER, code, csv, line, read, refused, row};
use wangge::{
    grid::{code::division::Divisions, org::Sector},
    sheet,
};

#[test]
fn a_plain_csv_becomes_units() {
    let roster = read(csv(&[row(1), row(2)]).as_bytes(), "名单.csv").unwrap();
    assert_eq!(roster.rows.len(), 2);
    let first = &roster.rows[0];
    assert_eq!((first.code.as_str(), first.name.as_str()), (code(1).as_str(), "兰溪市第1纺织有限公司"));
    assert_eq!((first.industry.as_str(), first.division.as_str()), ("1711", "330781001"));
    assert_eq!((first.form.as_str(), first.contact.as_str(), first.phone.as_str()), ("B", "王五", "13800000001"));
    assert_eq!(first.grid.as_deref(), Some("工业第1网格"));
    assert_eq!(first.sector, Some(Sector::Industry));
    assert_eq!((&*first.place.sheet, first.place.row), ("名单", 2));
    assert!(roster.notes.is_empty());
}

#[test]
fn every_encoding_and_separator_reads_the_same() {
    let text = csv(&[row(1), row(2)]);
    let meant = read(text.as_bytes(), "名单.csv").unwrap();
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(text.replace(',', "\t").chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("UTF-8 with mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("GBK", GBK.encode(&text).0.into_owned()),
        ("GB18030", GB18030.encode(&text).0.into_owned()),
        ("UTF-16, tabs, as Excel's Unicode text", utf16),
        ("semicolons", text.replace(',', ";").into_bytes()),
        ("tabs", text.replace(',', "\t").into_bytes()),
        ("old Mac line ends", text.replace("\r\n", "\r").into_bytes()),
        ("Unix line ends, none at the end", text.replace("\r\n", "\n").trim_end().as_bytes().to_vec()),
    ];
    for (what, bytes) in cases {
        assert_eq!(read(&bytes, "名单.csv").unwrap(), meant, "{what}");
    }
}

#[test]
fn a_short_gbk_file_is_not_taken_for_something_else() {
    for n in 1..20 {
        let text = csv(&[row(n)]);
        assert_eq!(read(&GBK.encode(&text).0, "a.csv").unwrap(), read(text.as_bytes(), "a.csv").unwrap());
    }
    // Four bytes in GB18030, none in GBK.
    let mut rare = row(1);
    rare[1] = "兰溪市𬭎鑫纺织有限公司".into();
    assert_eq!(read(&GB18030.encode(&csv(&[rare])).0, "a.csv").unwrap().rows[0].name, "兰溪市𬭎鑫纺织有限公司");
}

#[test]
fn titles_above_columns_in_any_order_and_rows_below() {
    let text = format!(
        "兰溪市统计网格单位名单,,,,\r\n\"填报单位：兰江街道\n2026年11月\",,,,\r\n\r\n序号,*网格,行业代码(GB/T4754),单位名称,\
         统一社会信用代码：,手机,所属乡镇（街道）\r\n1,工业第1网格,C1711,兰溪市甲纺织有限公司,{},13800000001,兰江街道\r\n2,,,,,,\r\n,,,,,,\r\n\
         序号,*网格,行业代码(GB/T4754),单位名称,统一社会信用代码,手机,所属乡镇（街道）\r\n3,,5211 百货零售,兰溪市乙百货有限公司,{},,兰溪市云山街道\r\n\
         填表人：张三,,,,,,\r\n",
        code(1),
        code(2)
    );
    let roster = read(text.as_bytes(), "a.csv").unwrap();
    let seen: Vec<_> = roster.rows.iter().map(|r| (r.place.row, r.industry.as_str(), r.division.as_str())).collect();
    assert_eq!(seen, [(5, "1711", "330781001"), (9, "5211", "330781002")]);
    assert_eq!(roster.rows[1].grid, None);
    assert_eq!(roster.rows[1].sector, Some(Sector::Service));
    assert!(roster.notes.is_empty());
    for foot in ["合计：2家,,,,,,,", ",填表人：张三,,,,,13800000000,", "备注：网格按行业划分,,,,,,,"]
    {
        let roster = read(format!("{}{foot}\r\n", csv(&[row(1)])).as_bytes(), "a.csv").unwrap();
        assert_eq!((roster.rows.len(), roster.notes), (1, vec!["工作表「a」第3行是表尾，没有导入。".to_owned()]));
    }
}

#[test]
fn full_width_and_spaces_inside_codes_are_folded() {
    let mut r = row(1);
    let wide: String = code(1).chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
    r[0] = format!("\u{3000}{} {}\u{a0}\u{200b}", &wide[..9], &wide[9..]);
    r[2] = "１７１１".into();
    r[3] = "330781 001 000".into();
    r[6] = "１３８０００００００１".into();
    let roster = read(csv(&[r]).as_bytes(), "a.csv").unwrap();
    assert_eq!(roster.rows[0].code, code(1));
    assert_eq!(roster.rows[0].division, "330781001");
    assert_eq!(roster.rows[0].phone, "13800000001");
    // Lower case, and what people do to keep Excel's hands off.
    for marked in
        [code(1).to_lowercase(), format!("'{}", code(1)), format!("=\"{}\"", code(1)), format!("{}\t", code(1))]
    {
        let mut r = row(1);
        r[0] = marked;
        assert_eq!(read(csv(&[r]).as_bytes(), "a.csv").unwrap().rows[0].code, code(1));
    }
}

#[test]
fn every_error_is_listed_in_one_sentence_each_and_nothing_is_usable() {
    let mut rows: Vec<_> = (1..=9).map(row).collect();
    let wrong = format!("{}{}", &code(1)[..17], if code(1).ends_with('0') { '1' } else { '0' });
    rows[0][0] = wrong.clone();
    rows[1][1] = " ".into();
    rows[2][2] = "131".into();
    rows[3][2] = "1714".into();
    rows[4][3] = "330781003".into();
    rows[5][0] = "9.13308E+17".into();
    rows[6][0] = code(9);
    rows[7][0] = String::new();
    rows[7][2] = "纺织".into();
    let errors = refused(csv(&rows).as_bytes(), "名单.csv");
    let right = code(1).chars().last().unwrap();
    let last = wrong.chars().last().unwrap();
    assert_eq!(
        errors,
        [
            format!(
                "工作表「名单」第2行A列「统一社会信用代码」：「{wrong}」最后一位校验码「{last}」与前17位不符；应当是「{right}」；若这一位没抄错，请核对前17位。"
            ),
            "工作表「名单」第3行B列「单位详细名称」：没有填；应当填单位的详细名称。".into(),
            "工作表「名单」第4行C列「行业代码」：「131」不是行业小类代码；应当填四位；若是Excel丢了开头的0，就是0131（棉花种植）。".into(),
            "工作表「名单」第5行C列「行业代码」：「1714」不是行业小类代码；应当填四位小类，171（棉纺织及印染精加工）下有1711（棉纺纱加工）、1712（棉织造加工）、1713（棉印染精加工）。".into(),
            "工作表「名单」第6行D列「行政区划代码」：「330781003」不是本市的区划代码；应当填本市乡镇街道的9位或村、社区的12位统计用区划代码，如330781001（兰江街道）。".into(),
            "工作表「名单」第7行A列「统一社会信用代码」：「9.13308E+17」是被Excel当成数字的代码，末尾几位已经丢失；应当先把这一列的格式设为「文本」，再重新填写完整的代码。".into(),
            "工作表「名单」第9行A列「统一社会信用代码」：没有填；应当填18位的统一社会信用代码。".into(),
            "工作表「名单」第9行C列「行业代码」：「纺织」不是行业小类代码；应当填国民经济行业分类(GB/T 4754-2017)的四位小类代码，如1711（棉纺纱加工）。".into(),
            format!("工作表「名单」第10行A列「统一社会信用代码」：「{}」与工作表「名单」第8行的代码相同；应当每家单位只留一行。", code(9)),
        ]
    );
}

#[test]
fn a_duplicate_is_told_even_where_the_row_has_other_faults() {
    let mut rows = vec![row(1), row(1)];
    rows[0][1] = String::new();
    rows[1][2] = "9999".into();
    let errors = refused(csv(&rows).as_bytes(), "a.csv");
    assert_eq!(errors.len(), 3, "{errors:#?}");
    assert!(errors[2].contains("第2行的代码相同"), "{}", errors[2]);
}

#[test]
fn divisions_by_code_village_and_name() {
    let divided = |text: &str| {
        let mut r = row(1);
        r[3] = text.into();
        read(csv(&[r]).as_bytes(), "a.csv").map(|roster| roster.rows[0].division.clone()).map_err(|e| e[0].to_string())
    };
    for (text, meant) in [
        ("330781102", "330781102"),
        ("330781102000", "330781102"),
        ("330781001009", "330781001009"),
        ("游埠镇", "330781102"),
        ("浙江省兰溪市游埠镇", "330781102"),
        ("经济开发区", "330781400"),
        ("高新区", "330781401"),
    ] {
        assert_eq!(divided(text).as_deref(), Ok(meant), "{text}");
    }
    for (text, hint) in [
        ("330781", "9位或村、社区的12位"),
        ("330781001999", "应当填330781001（兰江街道）或它下面村、社区的12位代码"),
        ("街道", "如330781001（兰江街道）"),
        ("339005001", "不是本市的区划代码"),
    ] {
        assert!(divided(text).unwrap_err().contains(hint), "{text}");
    }
}

#[test]
fn a_township_beside_the_code_must_agree_with_it() {
    let text = format!(
        "统一社会信用代码,单位名称,行业代码,区划代码,乡镇\n{},甲公司,1711,330781001,云山街道\n{},乙公司,1711,,云山街道\n",
        code(1),
        code(2)
    );
    let errors = refused(text.as_bytes(), "a.csv");
    assert_eq!(
        errors,
        ["工作表「a」第2行D列「区划代码」：「330781001」是兰江街道的代码，同一行的乡镇却写着云山街道；应当两处一致。"]
    );
}

#[test]
fn a_header_that_lacks_columns_and_a_file_without_one() {
    assert_eq!(
        refused("单位名称,联系人\n甲公司,张三\n".as_bytes(), "a.csv")
            .iter()
            .map(|e| &e[..e.find('；').unwrap()])
            .collect::<Vec<_>>(),
        [
            "工作表「a」第1行：表头缺少「统一社会信用代码」",
            "工作表「a」第1行：表头缺少「行业代码」",
            "工作表「a」第1行：表头缺少「行政区划代码」"
        ]
    );
    let headless = refused(format!("{}\n", line(&row(1))).as_bytes(), "a.csv");
    assert_eq!(headless.len(), 1);
    assert!(
        headless[0].starts_with("没有找到表头（工作表「a」里没有找到表头，没有导入）；应当有一行列名"),
        "{}",
        headless[0]
    );
    assert!(refused(format!("{HEADER}\r\n").as_bytes(), "a.csv")[0].starts_with("只有表头，没有一家单位"));
}

#[test]
fn files_that_are_something_else_are_named() {
    let cases: [(&[u8], &str); 8] = [
        (b"", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "旧版Excel(.xls)"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("\u{feff}\n<?xml version=\"1.0\"?><Workbook/>".as_bytes(), "网页"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 nothing more", "打不开"),
        (b"\x00\x01\x02\x03", "不是表格"),
        (b"\xff\xff\xff\xff", "读不出的字"),
    ];
    for (bytes, what) in cases {
        let errors = refused(bytes, "名单.xlsx");
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(what), "{what}: {}", errors[0]);
    }
    let spaces = refused(b" \r\n \r\n", "a.csv");
    assert!(spaces[0].starts_with("没有找到表头（工作表「a」是空的"), "{}", spaces[0]);
}

#[test]
fn a_quote_without_partner_is_refused_and_no_row_is_swallowed() {
    let mut rows = [row(1), row(2), row(3)];
    rows[1][7] = "\"工业".into();
    let text = rows.iter().fold(format!("{HEADER}\r\n"), |t, r| t + &r.join(",") + "\r\n");
    assert_eq!(
        refused(text.as_bytes(), "a.csv"),
        [
            "工作表「a」第3行：有一个双引号没有配对，后面的行会被它吞掉；应当补上或删去多余的双引号，或在Excel、WPS里另存为xlsx。"
        ]
    );
}

#[test]
fn progress_counts_up_to_the_whole() {
    let rows: Vec<_> = (1..=1000).map(row).collect();
    let mut seen = Vec::new();
    sheet::read(csv(&rows).as_bytes(), "a.csv", Divisions::lanxi(), &mut |done, total| seen.push((done, total)))
        .unwrap();
    assert!(seen.len() > 3 && seen.is_sorted(), "{seen:?}");
    assert!(seen.iter().all(|(done, total)| done <= total));
    assert_eq!(seen.last(), Some(&(1001, 1001)));
}

#[test]
fn control_characters_never_reach_a_name() {
    let mut r = row(1);
    r[1] = "兰溪市\u{1b}[2J\u{202e}甲\u{7}公司".into();
    assert_eq!(read(csv(&[r]).as_bytes(), "a.csv").unwrap().rows[0].name, "兰溪市[2J甲公司");
}

#[test]
fn what_is_written_is_read_back() {
    let roster = read(csv(&[row(1), row(2)]).as_bytes(), "名单.csv").unwrap();
    let mut odd = roster.clone();
    odd.rows[0].name = "甲,\"乙\"公司".into();
    assert_eq!(read(sheet::to_csv(&odd.rows).as_bytes(), "名单.csv").unwrap(), odd);
}

/// `data/roster/sample.csv` is what the generator makes; with `UPDATE_SAMPLE=1` the test writes it anew.
#[test]
fn the_sample_roster_is_what_the_generator_makes_and_is_read_without_a_word() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/roster/sample.csv");
    let rows = files::sample_rows();
    let made = sheet::to_csv(&rows);
    if std::env::var_os("UPDATE_SAMPLE").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), made, "run with UPDATE_SAMPLE=1");
    let roster = read(made.as_bytes(), "sample.csv").unwrap();
    assert_eq!((roster.rows.len(), &roster.rows, roster.notes.len()), (40, &rows, 0));
}
