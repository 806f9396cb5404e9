//! Native charts. Their numbers stand in cells of one sheet, which the charts refer to.

mod bars;
mod bullets;
mod bulls_eye;
mod cache;
mod gantt;
mod histogram;
mod ledger;
mod lines;
mod matrix;
mod quadrants;
mod scatter;
mod waterfall;

use rust_xlsxwriter::{
    Chart, ChartAxis, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType,
    ChartSolidFill, Color, Worksheet, XlsxError,
};

use super::book::Book;
use super::style::{Style, color};
use super::text;
use crate::document::{Chart as Figure, Kind, Plot, Role};

pub(super) use cache::complete;
pub(super) use ledger::Ledger;

/// Pixels of a row of default height.
const ROW: u32 = 20;

/// Puts a chart at a cell, this many pixels wide, and returns how many rows it takes.
pub(super) fn insert(
    sheet: &mut Worksheet,
    book: &mut Book<'_>,
    figure: &Figure,
    row: u32,
    column: u16,
    width: u32,
) -> Result<u32, XlsxError> {
    let Book { style, ledger, .. } = book;
    let (chart, height) = match &figure.plot {
        Plot::Lines(lines) => (lines::draw(lines, &figure.title, ledger, style), 360),
        Plot::Bars(bars) => (bars::draw(bars, &figure.title, ledger, style), bars::height(bars)),
        Plot::Gantt(gantt) => (gantt::draw(gantt, &figure.title, ledger, style), gantt::height(gantt)),
        Plot::BullsEye(bulls_eye) => (bulls_eye::draw(bulls_eye, &figure.title, ledger, style), 420),
        Plot::Matrix(matrix) => (matrix::draw(matrix, &figure.title, ledger, style), 420),
        Plot::Histogram(histogram) => (histogram::draw(histogram, &figure.title, ledger, style), 360),
        Plot::Scatter(scatter) => (scatter::draw(scatter, &figure.title, ledger, style), 420),
        Plot::Waterfall(waterfall) => {
            (waterfall::draw(waterfall, &figure.title, ledger, style), waterfall::height(waterfall))
        }
        Plot::Quadrants(quadrants) => (quadrants::draw(quadrants, &figure.title, ledger, style), 420),
        Plot::Bullets(bullets) => {
            let bars = bullets::of_the_way(bullets, &style.language);
            (bars::draw(&bars, &figure.title, ledger, style), bars::height(&bars))
        }
        // A workbook has no such chart: the cells of its table are coloured.
        Plot::HeatMap(_) => return Ok(0),
    };
    let Some(mut chart) = chart else { return Ok(0) };
    frame(&mut chart, figure, style);
    chart.set_width(width.clamp(360, 1_000)).set_height(height);
    sheet.insert_chart_with_offset(row, column, &chart, 2, 4)?;
    Ok(height.div_ceil(ROW) + 1)
}

/// Title, alternative text and a quiet frame.
fn frame(chart: &mut Chart, figure: &Figure, style: &Style) {
    let mut font = font(style.theme.accent, 12);
    font.set_bold();
    chart.title().set_name(text::line(&figure.title).as_str()).set_font(&font);
    chart.set_alt_text(text::alternative(&figure.alt));
    chart.set_name(figure.id);
    // Their cells are on a sheet that is hidden, and not every program draws such without being told.
    chart.show_hidden_data();
    chart.chart_area().set_format(ChartFormat::new().set_no_border());
}

fn font(ink: crate::document::Rgb, size: u8) -> ChartFont {
    let mut font = ChartFont::new();
    font.set_color(color(ink)).set_size(f64::from(size));
    font
}

fn stroke(color: Color, width: f64) -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(color).set_width(width);
    line
}

fn filled(color: Color) -> ChartSolidFill {
    let mut fill = ChartSolidFill::new();
    fill.set_color(color);
    fill
}

/// Round marks of a colour.
fn dots(color: Color, size: u8, format: &mut ChartFormat) -> ChartMarker {
    let mut marker = ChartMarker::new();
    marker.set_type(ChartMarkerType::Circle).set_size(size);
    marker.set_format(format.set_solid_fill(&filled(color)));
    marker
}

/// No marks: a line alone.
fn unmarked() -> ChartMarker {
    let mut marker = ChartMarker::new();
    marker.set_none();
    marker
}

/// The names of the series, over the plot.
fn legend(chart: &mut Chart, style: &Style) {
    chart.legend().set_position(ChartLegendPosition::Top).set_font(&font(style.theme.ink, 9));
}

/// Names an axis by its unit, where it has one.
fn unit(axis: &mut ChartAxis, unit: &str, style: &Style) {
    if !unit.is_empty() {
        axis.set_name(text::line(unit).as_str()).set_name_font(&font(style.theme.muted, 9));
    }
}

/// Small grey labels, a hairline grid.
fn axis<'a>(axis: &'a mut ChartAxis, style: &Style, grid: bool) -> &'a mut ChartAxis {
    axis.set_font(&font(style.theme.muted, 9)).set_major_gridlines(grid);
    if grid {
        axis.set_major_gridlines_line(&stroke(Color::RGB(0xE3_E7EC), 0.5));
    }
    axis.set_format(ChartFormat::new().set_line(&stroke(Color::RGB(0xB8_BFC9), 0.75)))
}

/// The pattern of a day on an axis, with the locale of its months.
fn tick(style: &Style) -> String {
    style.dated(word!("%-d %b %y"))
}

/// The step of an axis of days that gives about this many: whole weeks.
fn weeks(days: f64, steps: f64) -> f64 {
    (days / steps / 7.0).ceil().max(1.0) * 7.0
}

/// The pattern of an axis: amounts in thousands where they are large.
fn pattern(kind: Kind, largest: f64, style: &Style) -> String {
    match kind {
        Kind::Money if largest >= 100_000.0 => "#,##0,\"k\"".to_owned(),
        Kind::Money | Kind::Hours | Kind::Days => "#,##0".to_owned(),
        kind => style.pattern(kind),
    }
}

/// The colour of a role.
fn of_role(role: Role, style: &Style) -> Color {
    color(match role {
        Role::Planned | Role::Forecast => style.theme.accent,
        Role::Earned => style.theme.green,
        Role::Actual => style.theme.red,
        Role::Other => style.theme.muted,
    })
}
