//! What a printed sheet needs, held without an office program: paper, head, foot, what is repeated and what stays in
//! sight, columns as wide as what can't wrap in them, rows as high as what does.
use std::{collections::BTreeMap, fs, io::Read};

use unicode_width::UnicodeWidthStr;

use super::{done, home, in_home};
use crate::pty::Home;

/// The files of a zip archive, by their names.
fn unpacked(archive: &[u8]) -> BTreeMap<String, String> {
    let number =
        |at: usize, bytes: usize| archive[at..at + bytes].iter().rev().fold(0, |n, b| n << 8 | usize::from(*b));
    let entries = (0..archive.len()).filter(|at| archive[*at..].starts_with(b"PK\x01\x02"));
    let part = |entry: usize| {
        let name = String::from_utf8(archive[entry + 46..entry + 46 + number(entry + 28, 2)].to_vec()).unwrap();
        let file = number(entry + 42, 4);
        let mut text = String::new();
        let packed = &archive[file + 30 + number(file + 26, 2) + number(file + 28, 2)..];
        flate2::read::DeflateDecoder::new(packed).read_to_string(&mut text).unwrap();
        (name, text)
    };
    entries.map(part).collect()
}

/// What stands in quotes behind `name=` in the beginning of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
    let begin = format!("{name}=\"");
    tag.split(' ').find_map(|part| part.strip_prefix(&begin))?;
    tag.split(&begin).nth(1)?.split('"').next()
}

/// The tags of this name, each with what follows it up to the next.
fn tags<'t>(xml: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let begin = format!("<{name} ");
    xml.split(&begin).skip(1).map(|tag| tag.split("</sheetData>").next().unwrap_or(tag)).collect::<Vec<_>>().into_iter()
}

/// The text in the first tags of this name.
fn inside<'t>(xml: &'t str, name: &str) -> Option<&'t str> {
    let rest = xml.split(&format!("<{name}")).nth(1)?;
    rest[rest.find('>')? + 1..].split(&format!("</{name}>")).next()
}

/// The place of a column from a reference like `AB12`.
fn column(reference: &str) -> usize {
    let letters = reference.chars().take_while(char::is_ascii_uppercase);
    letters.fold(0, |n, letter| n * 26 + letter as usize - 'A' as usize + 1) - 1
}

/// One workbook, as far as paper is concerned.
struct Workbook {
    file: String,
    parts: BTreeMap<String, String>,
    strings: Vec<String>,
    /// For each style: the code of its numbers, and whether its text wraps.
    styles: Vec<(String, bool)>,
}

impl Workbook {
    fn open(home: &Home, file: &str) -> Workbook {
        let parts = unpacked(&fs::read(in_home(home, file)).unwrap());
        let strings = parts.get("xl/sharedStrings.xml").map(String::as_str).unwrap_or_default();
        let strings =
            strings.split("<si>").skip(1).map(|one| inside(one, "t").unwrap_or_default().to_owned()).collect();
        let styles = &parts["xl/styles.xml"];
        let code =
            |id: &str| tags(styles, "numFmt").find(|tag| attribute(tag, "numFmtId") == Some(id)).map(str::to_owned);
        let code = |tag: &str| {
            let id = attribute(tag, "numFmtId").unwrap_or("0");
            code(id).and_then(|tag| attribute(&tag, "formatCode").map(str::to_owned)).unwrap_or_default()
        };
        let of = |tag: &str| (code(tag), tag.contains("wrapText=\"1\""));
        let styles = tags(inside(styles, "cellXfs").unwrap(), "xf").map(of).collect();
        Workbook { file: file.to_owned(), strings, styles, parts }
    }

    /// The sheets: number, name, and what they are made of.
    fn sheets(&self) -> Vec<(usize, &str, &str)> {
        let names = tags(&self.parts["xl/workbook.xml"], "sheet").filter_map(|tag| attribute(tag, "name"));
        let names: Vec<&str> = names.collect();
        (0..)
            .zip(names)
            .map(|(i, name)| (i, name, self.parts[&format!("xl/worksheets/sheet{}.xml", i + 1)].as_str()))
            .collect()
    }

    /// A name that the workbook gives to cells of a sheet.
    fn named(&self, name: &str, sheet: usize) -> Option<&str> {
        let sheet = sheet.to_string();
        let is = |tag: &&str| attribute(tag, "name") == Some(name) && attribute(tag, "localSheetId") == Some(&sheet);
        let tag = tags(&self.parts["xl/workbook.xml"], "definedName").find(is)?;
        Some(tag[tag.find('>')? + 1..].split('<').next().unwrap_or_default())
    }

    #[track_caller]
    fn holds(&self) {
        for (i, name, xml) in self.sheets() {
            let place = format!("{} {name}", self.file);
            self.is_set_up(i, xml, &place);
            self.has_room(xml, &place);
        }
    }

    fn is_set_up(&self, i: usize, xml: &str, place: &str) {
        assert!(self.named("_xlnm.Print_Area", i).is_some(), "{place}: no print area");
        assert!(xml.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{place}: not as wide as the page");
        let page = tags(xml, "pageSetup").next().unwrap();
        let set = ["paperSize", "orientation", "fitToHeight"].map(|name| attribute(page, name));
        assert_eq!(set, [Some("9"), Some("landscape"), Some("0")], "{place}");
        let [head, foot] = ["oddHeader", "oddFooter"].map(|name| inside(xml, name).unwrap_or_default());
        assert!(head.starts_with("&amp;L") && head.ends_with("&amp;R&amp;A"), "{place}: {head}");
        assert!(foot.contains("&amp;P") && foot.contains("&amp;N"), "{place}: {foot}");
        let pane = tags(xml, "pane").next().unwrap();
        assert_eq!(attribute(pane, "state"), Some("frozen"), "{place}");
        // A sheet that is one table has its column titles on every page, the same that stay in sight.
        if attribute(pane, "ySplit") == Some("3") {
            let titles = self.named("_xlnm.Print_Titles", i).unwrap_or_default();
            assert!(titles.ends_with("!$3:$3"), "{place}: {titles}");
        } else {
            assert_eq!((attribute(pane, "ySplit"), self.named("_xlnm.Print_Titles", i)), (Some("2"), None), "{place}");
        }
    }

    /// Every cell has room for what stands in it.
    fn has_room(&self, xml: &str, place: &str) {
        let widths = widths(xml);
        let room = |from: usize, to: usize| (from..=to).map(|i| widths.get(i).copied().unwrap_or(8.0)).sum::<f64>();
        let usual: f64 =
            attribute(tags(xml, "sheetFormatPr").next().unwrap(), "defaultRowHeight").unwrap().parse().unwrap();
        let merged: Vec<&str> = tags(xml, "mergeCell").filter_map(|tag| attribute(tag, "ref")).collect();
        assert!(!widths.is_empty() && xml.contains("<row "), "{place}");
        for row in tags(xml, "row") {
            let height = attribute(row, "ht").map_or(usual, |height| height.parse().unwrap());
            for cell in tags(row, "c") {
                let at = attribute(cell, "r").unwrap();
                let (code, wraps) = &self.styles[attribute(cell, "s").map_or(0, |style| style.parse().unwrap())];
                let over = merged.iter().find_map(|area| area.strip_prefix(at)?.strip_prefix(':'));
                let room = room(column(at), over.map_or(column(at), column));
                let Some(text) = self.text(cell, code) else { continue };
                if *wraps && attribute(cell, "t").is_some() {
                    // Ten points of text need twelve of a row.
                    let needed: f64 = text.split('\n').map(|line| (line.width() as f64 / room).ceil().max(1.0)).sum();
                    assert!(
                        height >= (needed * 12.0).min(400.0),
                        "{place} {at}: {height} for {needed} lines of {text}"
                    );
                } else {
                    // The title is sixteen points high; headings without a cell's borders run over into the next cells.
                    let runs_over = attribute(cell, "t").is_some() && over.is_none();
                    let needed = text.width() as f64 * if at == "A1" { 1.6 } else { 1.0 };
                    assert!(runs_over || room >= needed, "{place} {at}: {room} for {text}");
                }
            }
        }
    }

    /// What is shown of a cell.
    fn text(&self, cell: &str, code: &str) -> Option<String> {
        let value = inside(cell, "v");
        let number = |value: &str| value.parse::<f64>().unwrap();
        Some(match (attribute(cell, "t"), value, code.trim_end_matches("_ ")) {
            (Some("inlineStr"), ..) => inside(cell, "t").unwrap().to_owned(),
            (Some("s"), Some(value), _) => self.strings[value.parse::<usize>().unwrap()].clone(),
            (_, Some(_), code @ ("yyyy-mm-dd" | "yyyy-mm-dd hh:mm")) => code.to_owned(),
            (_, Some(value), "0.0%") => format!("{:.1}% ", number(value) * 100.0),
            (_, Some(value), "#,##0.00") => {
                let whole = format!("{:.2} ", number(value));
                let commas = (whole.len().saturating_sub(5)) / 3;
                format!("{whole}{}", ",".repeat(commas))
            }
            (_, Some(value), "0") => format!("{value} "),
            (_, Some(value), other) => panic!("{value} is written as {other}"),
            (_, None, _) => return None,
        })
    }
}

/// The widths of the columns in half-width characters: a column has five pixels around seven for each.
fn widths(xml: &str) -> Vec<f64> {
    let of = |tag: &str| -> (usize, f64) {
        let number = |name: &str| attribute(tag, name).unwrap().parse::<f64>().unwrap();
        ((number("max") - number("min")) as usize + 1, ((number("width") - 5.0 / 7.0) * 64.0).round() / 64.0)
    };
    tags(xml, "col").flat_map(|tag| vec![of(tag).1; of(tag).0]).collect()
}

#[test]
fn every_sheet_is_set_up_for_paper_and_nothing_in_it_is_cut() {
    let home = home();
    let long =
        "该企业9月产值漏记一笔12万元，原因是财务人员更换后原始凭证未及时移交；已当场辅导补记台账。\n另请下月复查。";
    let visit = ["record", "visit", "--on", "2026-11-12", "--problem", long, "--note", long];
    let unit = String::from_utf8(done(&home, &["log", "--json"])).unwrap();
    let unit = unit.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let unit = unit.filter(|fact| fact["kind"] == "visit").find_map(|fact| fact["subject"].as_str().map(str::to_owned));
    done(&home, &[&visit[..], &[unit.unwrap().as_str()]].concat());
    for (at, what, period) in [
        ("330781", "month", "2026-11"),
        ("330781001", "quarter", "2026-Q4"),
        ("330781001-G01", "year", "2026"),
        // Nothing happened there: every sheet says so.
        ("330781001-G01", "month", "2026-08"),
    ] {
        done(&home, &["export", what, "--at", at, "--period", period, "-o", "报表.xlsx"]);
        let book = Workbook { file: format!("{at} {period}"), ..Workbook::open(&home, "报表.xlsx") };
        assert!(book.sheets().len() >= 15);
        book.holds();
    }
    done(&home, &["export", "ledgers", "--at", "330781001", "-o", "台账.xlsx"]);
    Workbook::open(&home, "台账.xlsx").holds();
    done(&home, &["handover", "网格长", "--at", "330781001-G01", "-o", "交接.xlsx"]);
    Workbook::open(&home, "交接.xlsx").holds();
}

#[test]
fn a_table_without_rows_says_that_there_are_none() {
    let home = home();
    let about = ["--at", "330781001-G01", "--period", "2026-08"];
    for file in ["八月.xlsx", "八月.html", "八月.txt"] {
        done(&home, &[&["export", "month"][..], &about, &["-o", file]].concat());
    }
    let book = Workbook::open(&home, "八月.xlsx");
    let visits = book.sheets().into_iter().find(|(_, name, _)| *name == "走访记录").unwrap().2;
    let below: Vec<&str> = tags(visits, "row").nth(3).into_iter().flat_map(|row| tags(row, "c")).collect();
    assert_eq!(inside(below[0], "t"), Some("无"));
    assert!(visits.contains("<mergeCell ref=\"A4:K4\"/>") && !visits.contains("<autoFilter"), "{visits}");
    let page = fs::read_to_string(in_home(&home, "八月.html")).unwrap();
    let visits = page.split("<section id=\"visits\">").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(visits.contains("<tr><td class=\"none\" colspan=\"11\">无</td></tr>"), "{visits}");
    let text = fs::read_to_string(in_home(&home, "八月.txt")).unwrap();
    let visits: Vec<&str> = text.split("== 走访记录 ==").nth(1).unwrap().lines().skip(1).take(5).collect();
    assert_eq!(visits[3..], ["无", "共 0 行。"]);
}
