//! Charts as inline SVG: no script, no font but the page's own, right in black and white print by the numbers on them.
use std::fmt::Write;

use super::html::escaped;
use crate::report::{Cell, Chart, ChartKind, Table};

const WIDTH: f64 = 760.0;
/// The room for the names of bars.
const NAMES: f64 = 190.0;
const BAR: f64 = 15.0;
const STEP: f64 = 22.0;

/// The chart of a table.
pub(super) fn svg(chart: &Chart, table: &Table<'_>) -> String {
    let (height, drawn) = match chart.kind {
        ChartKind::Bars => bars(chart, table),
        ChartKind::Line => line(chart, table),
    };
    // One line needs no word for its colour: the title says what it is.
    let legend = if chart.series.len() > 1 { legend(chart, table) } else { String::new() };
    let class = match chart.kind {
        ChartKind::Bars => "bars",
        ChartKind::Line => "line",
    };
    format!(
        "<figure><svg class=\"{class}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{title}\">{legend}{drawn}</svg>\
         <figcaption>{title}</figcaption></figure>",
        title = escaped(&chart.title),
    )
}

/// What each colour means.
fn legend(chart: &Chart, table: &Table<'_>) -> String {
    let mut out = String::new();
    for (i, series) in chart.series.iter().enumerate() {
        let x = NAMES + 130.0 * i as f64;
        let title = table.columns.get(series.column).map_or("", |column| column.title.as_str());
        let _ = write!(
            out,
            "<rect x=\"{x}\" y=\"4\" width=\"12\" height=\"12\" fill=\"#{:06x}\"/><text x=\"{}\" y=\"15\">{}</text>",
            series.color,
            x + 18.0,
            escaped(title)
        );
    }
    out
}

fn bars(chart: &Chart, table: &Table<'_>) -> (f64, String) {
    let value = |row: &[Cell], column: usize| row.get(column).map_or(0.0, Cell::value);
    let sum = |row: &Vec<Cell>| chart.series.iter().map(|series| value(row, series.column)).sum::<f64>();
    let most = table.rows.held().iter().map(sum).fold(1.0, f64::max);
    let room = WIDTH - NAMES - 60.0;
    let mut out = String::new();
    for (i, row) in table.rows.held().iter().enumerate() {
        let y = 28.0 + STEP * i as f64;
        let name = row.get(chart.names).map(ToString::to_string).unwrap_or_default();
        let _ =
            write!(out, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", NAMES - 8.0, y + 12.0, escaped(&name));
        let mut x = NAMES;
        for series in &chart.series {
            let value = value(row, series.column);
            let width = value / most * room;
            if value > 0.0 {
                let _ = write!(
                    out,
                    "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"{BAR}\" fill=\"#{:06x}\"/>",
                    series.color
                );
                if width > 22.0 {
                    let middle = x + width / 2.0;
                    let _ = write!(
                        out,
                        "<text class=\"in\" x=\"{middle:.1}\" y=\"{}\" text-anchor=\"middle\">{value}</text>",
                        y + 12.0
                    );
                }
            }
            x += width;
        }
        let _ = write!(out, "<text x=\"{:.1}\" y=\"{}\">{}</text>", x + 6.0, y + 12.0, sum(row));
    }
    (28.0 + STEP * table.rows.held().len() as f64 + 6.0, out)
}

fn line(chart: &Chart, table: &Table<'_>) -> (f64, String) {
    let (left, right, top, bottom) = (60.0, WIDTH - 10.0, 30.0, 192.0);
    // Each in the middle of its share, so that its number stands away from the numbers of the axis.
    let x = |i: usize| left + (right - left) * (i as f64 + 0.5) / table.rows.held().len().max(1) as f64;
    let mut out = String::new();
    for fifth in 0..=5 {
        let part = f64::from(fifth) / 5.0;
        let y = bottom - (bottom - top) * part;
        let _ = write!(
            out,
            "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{right}\" y2=\"{y:.1}\" class=\"grid\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}%</text>",
            left - 8.0,
            y + 4.0,
            fifth * 20
        );
    }
    for series in &chart.series {
        let mut points = String::new();
        let mut marks = String::new();
        for (i, row) in table.rows.held().iter().enumerate() {
            let cell = row.get(series.column).cloned().unwrap_or_default();
            let y = bottom - (bottom - top) * cell.value().clamp(0.0, 1.0);
            let _ = write!(points, "{:.1},{y:.1} ", x(i));
            let _ = write!(
                marks,
                "<circle cx=\"{0:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#{color:06x}\"/>\
                 <text x=\"{0:.1}\" y=\"{above:.1}\" text-anchor=\"middle\">{cell}</text>\
                 <text x=\"{0:.1}\" y=\"{below}\" text-anchor=\"middle\">{name}</text>",
                x(i),
                color = series.color,
                above = y - 9.0,
                below = bottom + 20.0,
                name = escaped(&row.get(chart.names).map(ToString::to_string).unwrap_or_default()),
            );
        }
        let _ = write!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"#{:06x}\" stroke-width=\"2.5\"/>{marks}",
            points.trim_end(),
            series.color
        );
    }
    (bottom + 30.0, out)
}
