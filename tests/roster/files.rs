//! Rosters as files, made in code.
use rust_xlsxwriter::{Workbook, Worksheet};
use wangge::{
    grid::{
        code::{credit_code, division::Divisions},
        sample,
    },
    sheet::{self, Place, Roster, RosterRow, RowError},
};

/// The columns of the fixtures.
pub const HEADER: &str = "统一社会信用代码,单位详细名称,行业代码,行政区划代码,报表类别,统计负责人,联系电话,网格";

/// The n-th code.
pub fn code(n: u32) -> String {
    credit_code::with_check(&format!("91330781MA2{n:05}X")).unwrap()
}

/// The n-th unit, right in every field.
pub fn row(n: u32) -> [String; 8] {
    let phone = format!("138{n:08}");
    let name = format!("兰溪市第{n}纺织有限公司");
    [code(n), name, "1711".into(), "330781001".into(), "B".into(), "王五".into(), phone, "工业第1网格".into()]
}

/// Fields as one line of a csv.
pub fn line(fields: &[String; 8]) -> String {
    fields.iter().map(|f| format!("\"{}\"", f.replace('"', "\"\""))).collect::<Vec<_>>().join(",")
}

/// A csv with the header and these rows.
pub fn csv(rows: &[[String; 8]]) -> String {
    rows.iter().fold(format!("{HEADER}\r\n"), |text, row| text + &line(row) + "\r\n")
}

/// Reads with Lanxi's divisions.
pub fn read(bytes: &[u8], name: &str) -> Result<Roster, Vec<RowError>> {
    sheet::read(bytes, name, Divisions::lanxi(), &mut |_, _| {})
}

/// The sentences with which a file is refused.
pub fn refused(bytes: &[u8], name: &str) -> Vec<String> {
    read(bytes, name).unwrap_err().iter().map(ToString::to_string).collect()
}

/// The header and these units on a sheet.
pub fn write_units(sheet: &mut Worksheet, units: &[u32]) {
    write(sheet, units, &[]);
}

fn write(sheet: &mut Worksheet, units: &[u32], except: &[(u32, u16)]) {
    for (column, name) in (0u16..).zip(HEADER.split(',')) {
        sheet.write(0, column, name).unwrap();
    }
    for (at, n) in (1u32..).zip(units) {
        for (column, field) in (0u16..).zip(row(*n)) {
            if !except.contains(&(at, column)) {
                sheet.write(at, column, field).unwrap();
            }
        }
    }
}

/// A workbook of one sheet whose odd cells are written first.
pub struct Book(Workbook);

impl Book {
    /// With a sheet of this name.
    pub fn new(sheet: &str) -> Book {
        let mut book = Workbook::new();
        book.add_worksheet().set_name(sheet).unwrap();
        Book(book)
    }

    /// The sheet.
    pub fn sheet(&mut self) -> &mut Worksheet {
        self.0.worksheet_from_index(0).unwrap()
    }

    /// The file, after the header and `count` right units were added around the cells in `except`.
    pub fn bytes(mut self, count: u32, except: &[(u32, u16)]) -> Vec<u8> {
        let units: Vec<u32> = (1..=count).collect();
        write(self.sheet(), &units, except);
        self.0.save_to_buffer().unwrap()
    }
}

/// What malformed sheets are made of.
pub const ODD: &[&str] = &[
    "",
    "<",
    ">",
    "\"",
    "&",
    "&#x0;",
    "</row>",
    "<c r=\"ZZZZZZZ9\">",
    "<c t=\"s\"><v>9999999</v></c>",
    "99999999999",
    "\u{0}",
];

/// A sheet of two units as XML, with a merge.
pub fn sheet_xml() -> Vec<u8> {
    let mut xml = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:D3\"/><sheetData>",
    );
    let rows = [HEADER.split(',').map(str::to_owned).collect::<Vec<_>>(), row(1).to_vec(), row(2).to_vec()];
    for (r, fields) in (1..).zip(rows) {
        xml += &format!("<row r=\"{r}\">");
        for (letter, field) in "ABCDEFGH".chars().zip(fields) {
            xml += &format!("<c r=\"{letter}{r}\" t=\"inlineStr\"><is><t>{field}</t></is></c>");
        }
        xml += "</row>";
    }
    xml += "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"H2:H3\"/></mergeCells></worksheet>";
    xml.into_bytes()
}

/// The smallest workbook around a sheet's XML, in an archive without compression.
pub fn raw_xlsx(sheet: &[u8]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let rels = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"{RELS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    zip(&[
        ("_rels/.rels", rels("officeDocument", "xl/workbook.xml").as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels("worksheet", "worksheets/sheet1.xml").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// A zip archive whose entries are stored as they are.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    let short = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    let long = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    for (name, bytes) in entries {
        let at = out.len();
        let size = long(bytes.len());
        let crc = crc32fast::hash(bytes).to_le_bytes();
        let head = [&[20, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &crc, &size, &size, &short(name.len()), &[0, 0]].concat();
        out.extend([b"PK\x03\x04", &head[..], name.as_bytes(), bytes].concat());
        directory.extend([b"PK\x01\x02\x14\x00", &head[..], &[0; 10], &long(at), name.as_bytes()].concat());
    }
    let count = short(entries.len());
    let (size, at) = (long(directory.len()), long(out.len()));
    out.extend(directory);
    out.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &at, &[0, 0]].concat());
    out
}

/// Forty units from all over the sample county; every other one names its grid.
pub fn sample_rows() -> Vec<RosterRow> {
    let county = sample::generate(2026, sample::DEFAULT_COUNT);
    let row = |(i, unit): (usize, usize)| {
        let grid = county.grids.iter().find(|g| g.members.contains(&unit)).map(|g| g.name.clone());
        let unit = county.units[unit].record();
        RosterRow {
            place: Place { sheet: "sample".into(), row: i as u32 + 2 },
            code: unit.code,
            name: unit.name,
            industry: unit.industry,
            division: unit.division,
            form: unit.form,
            contact: unit.contact,
            phone: unit.phone,
            grid: grid.filter(|_| i % 2 == 0),
            sector: unit.sector,
        }
    };
    (0..county.units.len()).step_by(county.units.len() / 40).enumerate().map(row).collect()
}
