//! A document as one page that holds all it needs: no script, nothing fetched, charts as SVG, made to be printed.
use std::io::{self, Write};

use super::svg::svg;
use crate::{
    report::{Block, Cell, Column, Document, Sheet, Table},
    words::word,
};

const STYLE: &str = include_str!("page.css");

/// Writes the whole document; how many rows the tables of each sheet have.
///
/// # Errors
/// Those of `out`.
pub fn html(document: &Document<'_>, mut out: impl Write) -> io::Result<Vec<u64>> {
    let title = escaped(&document.title);
    write!(
        out,
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head><body>\n\
         <h1>{title}</h1><p class=\"sub\">{}</p><nav>",
        escaped(&document.subtitle)
    )?;
    for sheet in &document.sheets {
        write!(out, "<a href=\"#{}\">{}</a>", sheet.id, escaped(&sheet.title))?;
    }
    out.write_all(b"</nav>\n")?;
    let rows = document.sheets.iter().map(|sheet| section(&mut out, sheet)).collect::<io::Result<_>>()?;
    out.write_all(b"</body></html>\n")?;
    Ok(rows)
}

/// A sheet; how many rows its tables have.
fn section(out: &mut impl Write, sheet: &Sheet<'_>) -> io::Result<u64> {
    let mut rows = 0;
    writeln!(out, "<section id=\"{}\"><h2>{}</h2>", sheet.id, escaped(&sheet.title))?;
    for (i, block) in sheet.blocks.iter().enumerate() {
        if sheet.stands_beside(i + 1) {
            out.write_all(b"<div class=\"beside\"><div>")?;
        }
        match block {
            Block::Figures(figures) => {
                out.write_all(b"<div class=\"figures\">")?;
                for (name, cell) in figures {
                    write!(out, "<div>{}<b>{}</b></div>", escaped(name), shown(cell))?;
                }
                out.write_all(b"</div>\n")?;
            }
            Block::Table(table) => rows += self::table(out, table)?,
            Block::Chart(chart) => {
                if let Some(table) = sheet.table_of(chart) {
                    out.write_all(svg(chart, table).as_bytes())?;
                }
            }
            Block::Note(line) => writeln!(out, "<p class=\"note\">{}</p>", escaped(line))?,
            Block::Signatures(names) => {
                out.write_all(b"<div class=\"sign\">")?;
                for name in names {
                    write!(out, "<span>{}</span>", escaped(name))?;
                }
                out.write_all(b"</div>\n")?;
            }
        }
        if sheet.stands_beside(i + 1) {
            out.write_all(b"</div>")?;
        } else if sheet.stands_beside(i) {
            out.write_all(b"</div>\n")?;
        }
    }
    out.write_all(b"</section>\n")?;
    Ok(rows)
}

/// A table; how many rows it has.
fn table(out: &mut impl Write, table: &Table<'_>) -> io::Result<u64> {
    if !table.title.is_empty() {
        write!(out, "<h3>{}</h3>", escaped(&table.title))?;
    }
    let all: f64 = table.columns.iter().map(room).sum();
    write!(out, "<div class=\"wide\"><table style=\"--wide:{all:.1}em\"><colgroup>")?;
    for column in &table.columns {
        write!(out, "<col style=\"width:{:.2}%\">", room(column) * 100.0 / all)?;
    }
    out.write_all(b"</colgroup><thead><tr>")?;
    for column in &table.columns {
        write!(out, "<th>{}</th>", escaped(&column.title))?;
    }
    out.write_all(b"</tr></thead><tbody>\n")?;
    let rows = table.rows.each(|row| {
        out.write_all(b"<tr>")?;
        for cell in row {
            let class = match cell {
                Cell::Number(_) | Cell::Money(_) | Cell::Rate(..) => " class=\"n\"",
                Cell::Day(_) | Cell::Moment(_) => " class=\"d\"",
                Cell::Empty | Cell::Text(_) => "",
            };
            write!(out, "<td{class}>{}</td>", escaped(&cell.shown()))?;
        }
        out.write_all(b"</tr>\n")
    })?;
    if rows == 0 {
        writeln!(out, "<tr><td class=\"none\" colspan=\"{}\">{}</td></tr>", table.columns.len(), word("report.none"))?;
    }
    out.write_all(b"</tbody></table></div>")?;
    for note in &table.notes {
        write!(out, "<p class=\"note\">{}</p>", escaped(&note.told(rows)))?;
    }
    Ok(rows)
}

/// What a column needs for its text and the space around it, in em.
fn room(column: &Column) -> f64 {
    f64::from(column.width) * 0.54 + 0.9
}

/// A figure; a dash where there is nothing to say.
fn shown(cell: &Cell) -> String {
    let text = cell.shown();
    if text.is_empty() { "-".to_owned() } else { escaped(&text) }
}

/// Text that a page takes for nothing else.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("<br>"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
