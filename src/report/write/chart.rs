//! Native charts of a spreadsheet, drawn from the cells of a table on the same sheet.
use rust_xlsxwriter::{
    Chart as Native, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartMarker, ChartMarkerType, ChartSeries, ChartSolidFill, ChartType, Color,
};

use crate::report::{Cell, Chart, ChartKind, Table};

/// The most that goes on a printed page, in pixels.
const TALLEST: u32 = 640;
/// What stays free beside it, in pixels.
const MARGIN: u32 = 8;
/// Below so many pixels for a bar its name has to be smaller.
const CROWDED: u32 = 20;
/// What title and legend take of the height.
const AROUND: u32 = 90;

/// Where a chart stands, and what it is drawn from.
#[derive(Clone, Copy)]
pub(super) struct Spot<'s> {
    /// The sheet's name.
    pub sheet: &'s str,
    /// The row in which the table's first row stands.
    pub first: u32,
    /// The width that there is, in pixels.
    pub width: u32,
}

/// The height of a chart of so many rows, in pixels.
pub(super) fn height(kind: ChartKind, rows: usize) -> u32 {
    match kind {
        ChartKind::Bars => (AROUND + 24 * rows as u32).min(TALLEST),
        ChartKind::Line => 224,
    }
}

/// How wide a column of so many half-width characters is, in pixels.
pub(super) fn pixels(width: u16) -> u32 {
    u32::from(width) * 7 + 5
}

/// A chart of a table.
pub(super) fn native(chart: &Chart, table: &Table<'_>, spot: Spot<'_>, font: &str) -> Native {
    let Spot { sheet, first, width } = spot;
    let last = first + (table.rows.held().len() as u32).max(1) - 1;
    let kind = match chart.kind {
        ChartKind::Bars => ChartType::BarStacked,
        ChartKind::Line => ChartType::Line,
    };
    let mut out = Native::new(kind);
    let letters = |size: f64| {
        let mut font_of = ChartFont::new();
        font_of.set_name(font).set_size(size);
        font_of
    };
    let names = chart.names as u16;
    for series in &chart.series {
        let column = series.column as u16;
        let mut labels = ChartDataLabel::new();
        labels.show_value().set_font(&letters(8.0));
        let one = out
            .add_series()
            .set_name((sheet, first - 1, column))
            .set_categories((sheet, first, names, last, names))
            .set_values((sheet, first, column, last, column));
        match chart.kind {
            ChartKind::Bars => bars(one, &mut labels, series.color, least(chart, table)),
            ChartKind::Line => line(one, &mut labels, series.color),
        }
        one.set_data_label(&labels);
    }
    let tall = height(chart.kind, table.rows.held().len());
    out.title().set_name(&chart.title).set_font(&letters(11.0));
    // One line needs no word for its colour: the title says what it is.
    match chart.series.len() {
        1 => out.legend().set_hidden(),
        _ => out.legend().set_position(ChartLegendPosition::Bottom).set_font(&letters(9.0)),
    };
    out.x_axis().set_font(&letters(9.0));
    out.y_axis().set_font(&letters(9.0));
    match chart.kind {
        ChartKind::Bars => {
            let is_crowded = tall.saturating_sub(AROUND) < CROWDED * table.rows.held().len() as u32;
            let names = letters(if is_crowded { 7.0 } else { 8.0 });
            // The first row stands at the top, as in the table; the numbers stand on the bars.
            out.y_axis().set_reverse().set_label_interval(1).set_font(&names);
            out.x_axis().set_hidden(true).set_major_gridlines(false);
        }
        // There is room above a whole hundred for its number.
        ChartKind::Line => drop(out.y_axis().set_min(0).set_max(1.1).set_major_unit(0.2).set_num_format("0%")),
    }
    out.set_width(width.saturating_sub(MARGIN)).set_height(tall);
    out
}

fn bars(series: &mut ChartSeries, labels: &mut ChartDataLabel, color: u32, least: u32) {
    // A number on a bar that is shorter than itself only covers its neighbour.
    labels.set_num_format(format!("[<{least}]\"\";0"));
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(color)));
    series.set_format(&mut format).set_gap(45).set_overlap(100);
}

fn line(series: &mut ChartSeries, labels: &mut ChartDataLabel, color: u32) {
    labels.set_num_format("0.0%").set_position(ChartDataLabelPosition::Above);
    let mut format = ChartFormat::new();
    format.set_line(ChartLine::new().set_color(Color::RGB(color)).set_width(2.25));
    let mut fill = ChartFormat::new();
    fill.set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(color)));
    let mut marker = ChartMarker::new();
    marker.set_type(ChartMarkerType::Circle).set_size(6).set_format(&mut fill);
    series.set_format(&mut format).set_marker(&marker);
}

/// The least number that has room on its bar: one in sixty of the longest.
fn least(chart: &Chart, table: &Table<'_>) -> u32 {
    let of = |row: &Vec<Cell>| {
        let values = chart.series.iter().filter_map(|series| row.get(series.column));
        values.map(Cell::value).sum::<f64>()
    };
    let most = table.rows.held().iter().map(of).fold(0.0, f64::max);
    (most / 60.0).ceil().max(1.0) as u32
}
