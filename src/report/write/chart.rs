//! Native charts of a spreadsheet, drawn from the cells of a table on the same sheet.
use rust_xlsxwriter::{
    Chart as Native, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine,
    ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, Color,
};

use crate::report::{Chart, ChartKind, Table};

/// The height of a row that a chart covers, in pixels. It is another one than a row usually has, so that it is written
/// down: LibreOffice makes rows without a height of their own lower, and a chart on them so low that it leaves out names.
pub(super) const ROW: u32 = 21;
/// The same in points.
pub(super) const ROW_POINTS: f64 = 15.75;
const WIDTH: u32 = 980;

/// The most that goes on a printed page, in pixels.
const TALLEST: u32 = 630;

/// The height of a chart of so many rows, in pixels.
pub(super) fn height(kind: ChartKind, rows: usize) -> u32 {
    match kind {
        ChartKind::Bars => (110 + 24 * rows as u32).min(TALLEST),
        ChartKind::Line => 320,
    }
}

/// A chart; `first` is the sheet's row in which the table's first row stands.
pub(super) fn native(chart: &Chart, table: &Table<'_>, sheet: &str, first: u32, font: &str) -> Native {
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
        let color = Color::RGB(series.color);
        let mut labels = ChartDataLabel::new();
        labels.show_value().set_font(&letters(9.0));
        let one = out
            .add_series()
            .set_name((sheet, first - 1, column))
            .set_categories((sheet, first, names, last, names))
            .set_values((sheet, first, column, last, column));
        match chart.kind {
            ChartKind::Bars => {
                // A nought on a bar of no length only covers its neighbour.
                labels.set_num_format("0;-0;;");
                let mut format = ChartFormat::new();
                format.set_solid_fill(ChartSolidFill::new().set_color(color));
                one.set_format(&mut format).set_gap(45).set_overlap(100);
            }
            ChartKind::Line => {
                labels.set_num_format("0.0%").set_position(ChartDataLabelPosition::Above);
                let mut format = ChartFormat::new();
                format.set_line(ChartLine::new().set_color(color).set_width(2.25));
                let mut fill = ChartFormat::new();
                fill.set_solid_fill(ChartSolidFill::new().set_color(color));
                let mut marker = ChartMarker::new();
                marker.set_type(ChartMarkerType::Circle).set_size(6).set_format(&mut fill);
                one.set_format(&mut format).set_marker(&marker);
            }
        }
        one.set_data_label(&labels);
    }
    out.title().set_name(&chart.title).set_font(&letters(12.0));
    out.legend().set_position(ChartLegendPosition::Bottom).set_font(&letters(9.0));
    out.x_axis().set_font(&letters(9.0));
    out.y_axis().set_font(&letters(9.0));
    match chart.kind {
        // The first row stands at the top, as in the table.
        ChartKind::Bars => drop(out.y_axis().set_reverse().set_label_interval(1).set_font(&letters(8.0))),
        ChartKind::Line => drop(out.y_axis().set_min(0).set_max(1).set_num_format("0%")),
    }
    out.set_width(WIDTH).set_height(height(chart.kind, table.rows.held().len()));
    out
}
