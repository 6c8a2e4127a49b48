//! A document as one page that holds all it needs: no script, nothing fetched, charts as SVG, made to be printed.
use std::fmt::Write;

use super::svg::svg;
use crate::{
    report::{Block, Cell, Column, Document, Sheet, Table},
    words::word,
};

const STYLE: &str = include_str!("page.css");

/// The whole document.
pub fn html(document: &Document) -> String {
    let mut out = String::with_capacity(64 * 1024);
    let title = escaped(&document.title);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style></head><body>\n\
         <h1>{title}</h1><p class=\"sub\">{}</p><nav>",
        escaped(&document.subtitle)
    );
    for sheet in &document.sheets {
        let _ = write!(out, "<a href=\"#{}\">{}</a>", sheet.id, escaped(&sheet.title));
    }
    out.push_str("</nav>\n");
    for sheet in &document.sheets {
        section(&mut out, sheet);
    }
    out.push_str("</body></html>\n");
    out
}

fn section(out: &mut String, sheet: &Sheet) {
    let _ = writeln!(out, "<section id=\"{}\"><h2>{}</h2>", sheet.id, escaped(&sheet.title));
    for (i, block) in sheet.blocks.iter().enumerate() {
        if sheet.stands_beside(i + 1) {
            out.push_str("<div class=\"beside\"><div>");
        }
        match block {
            Block::Figures(figures) => {
                out.push_str("<div class=\"figures\">");
                for (name, cell) in figures {
                    let _ = write!(out, "<div>{}<b>{}</b></div>", escaped(name), shown(cell));
                }
                out.push_str("</div>\n");
            }
            Block::Table(table) => self::table(out, table),
            Block::Chart(chart) => {
                out.push_str(&sheet.table_of(chart).map_or_else(String::new, |table| svg(chart, table)))
            }
            Block::Note(line) => {
                let _ = writeln!(out, "<p class=\"note\">{}</p>", escaped(line));
            }
            Block::Signatures(names) => {
                out.push_str("<div class=\"sign\">");
                for name in names {
                    let _ = write!(out, "<span>{}</span>", escaped(name));
                }
                out.push_str("</div>\n");
            }
        }
        if sheet.stands_beside(i + 1) {
            out.push_str("</div>");
        } else if sheet.stands_beside(i) {
            out.push_str("</div>\n");
        }
    }
    out.push_str("</section>\n");
}

fn table(out: &mut String, table: &Table) {
    if !table.title.is_empty() {
        let _ = write!(out, "<h3>{}</h3>", escaped(&table.title));
    }
    let all: f64 = table.columns.iter().map(room).sum();
    let _ = write!(out, "<div class=\"wide\"><table style=\"--wide:{all:.1}em\"><colgroup>");
    for column in &table.columns {
        let _ = write!(out, "<col style=\"width:{:.2}%\">", room(column) * 100.0 / all);
    }
    out.push_str("</colgroup><thead><tr>");
    for column in &table.columns {
        let _ = write!(out, "<th>{}</th>", escaped(&column.title));
    }
    out.push_str("</tr></thead><tbody>\n");
    for row in &table.rows {
        out.push_str("<tr>");
        for cell in row {
            let class = match cell {
                Cell::Number(_) | Cell::Money(_) | Cell::Rate(..) => " class=\"n\"",
                Cell::Day(_) | Cell::Moment(_) => " class=\"d\"",
                Cell::Empty | Cell::Text(_) => "",
            };
            let _ = write!(out, "<td{class}>{}</td>", escaped(&cell.shown()));
        }
        out.push_str("</tr>\n");
    }
    if table.rows.is_empty() {
        let _ = writeln!(
            out,
            "<tr><td class=\"none\" colspan=\"{}\">{}</td></tr>",
            table.columns.len(),
            word("report.none")
        );
    }
    out.push_str("</tbody></table></div>");
    for note in &table.notes {
        let _ = write!(out, "<p class=\"note\">{}</p>", escaped(note));
    }
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
