//! Values over time: lines named at their ends, the status date as a vertical line.

use chrono::{Datelike, Days, NaiveDate};
use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartEmptyCells, ChartFont, ChartFormat, ChartLine,
    ChartLineDashType, ChartType, Color,
};

use super::super::formula::serial;
use super::super::style::{Style, color};
use super::super::text;
use super::ledger::Ledger;
use super::{axis, of_role, pattern, stroke, tick, unit, unmarked, weeks};
use crate::document::{Kind, Lines, Role, Value};

/// The share of the width that is left for the names at the ends.
const ROOM_FOR_NAMES: f64 = 0.24;

/// Draws the lines; `None` when no series has a point.
pub(super) fn draw(lines: &Lines, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let points = || lines.series.iter().flat_map(|series| &series.points);
    let cone = lines.cone.iter().flat_map(|cone| [&cone.low, &cone.high]);
    let first = points().map(|(day, _)| *day).min()?;
    let last = points().chain(cone.clone()).map(|(day, _)| *day).max()?;
    let values =
        || points().chain(cone.clone()).map(|(_, value)| *value).chain(lines.levels.iter().map(|l| l.0));
    let low = values().fold(f64::INFINITY, f64::min);
    let high = values().fold(f64::NEG_INFINITY, f64::max);
    let (bottom, top, step) = scale(if lines.from_zero { low.min(0.0) } else { low }, high);

    let mut chart = Chart::new(ChartType::ScatterStraight);
    ledger.open(title);
    for series in lines.series.iter().filter(|series| !series.points.is_empty()) {
        line(
            &mut chart,
            (ledger, style),
            lines.kind,
            &series.name,
            &series.points,
            &Pen::of_role(series.role, style),
        );
    }
    if let Some(cone) = &lines.cone {
        let pen = Pen::dashed(color(style.theme.accent), ChartLineDashType::Dash);
        let sides = [
            (cone.from, cone.high, cone.label.as_str()),
            (cone.from, cone.low, ""),
            (cone.low, cone.high, ""),
        ];
        for (from, to, name) in sides {
            line(&mut chart, (ledger, style), lines.kind, name, &[from, to], &pen);
        }
    }
    let mut pen = Pen::dashed(color(style.theme.muted), ChartLineDashType::SquareDot);
    // The names of the series crowd the right and the top: a date is named at its foot, a level near its
    // beginning and over the line.
    pen.named = Some(1);
    for (day, name) in &lines.marks {
        let points = [(*day, bottom), (*day, bottom + (top - bottom) * 0.06), (*day, top)];
        line(&mut chart, (ledger, style), lines.kind, name, &points, &pen);
    }
    pen.label = ChartDataLabelPosition::Above;
    let near = first + Days::new(u64::try_from((last - first).num_days() / 10).unwrap_or(0));
    for (level, name) in &lines.levels {
        line(
            &mut chart,
            (ledger, style),
            lines.kind,
            name,
            &[(first, *level), (near, *level), (last, *level)],
            &pen,
        );
    }

    let begin = first.with_day(1).unwrap_or(first);
    let span = (serial(last) - serial(begin)).max(28.0);
    axis(chart.x_axis(), style, false)
        .set_num_format(tick(style))
        .set_min(serial(begin))
        .set_max((serial(begin) + span * (1.0 + ROOM_FOR_NAMES)).ceil())
        .set_major_unit(weeks(span * (1.0 + ROOM_FOR_NAMES), 7.0));
    axis(chart.y_axis(), style, true)
        .set_num_format(pattern(lines.kind, high, style))
        .set_min(bottom)
        .set_max(top)
        .set_major_unit(step);
    unit(chart.y_axis(), &lines.unit, style);
    chart.legend().set_hidden();
    chart.show_empty_cells_as(ChartEmptyCells::Gaps);
    Some(chart)
}

/// How a line is drawn and where it is named.
struct Pen {
    ink: Color,
    line: ChartLine,
    label: ChartDataLabelPosition,
    /// The point that bears the name; the last where there is none.
    named: Option<usize>,
}

impl Pen {
    fn of_role(role: Role, style: &Style) -> Self {
        let ink = of_role(role, style);
        let mut line = stroke(ink, if role == Role::Other { 1.25 } else { 2.25 });
        if role == Role::Forecast {
            line.set_dash_type(ChartLineDashType::Dash);
        }
        Self { ink, line, label: ChartDataLabelPosition::Right, named: None }
    }

    fn dashed(ink: Color, dashes: ChartLineDashType) -> Self {
        let mut line = stroke(ink, 1.0);
        line.set_dash_type(dashes);
        Self { ink, line, label: ChartDataLabelPosition::Right, named: None }
    }
}

fn line(
    chart: &mut Chart,
    (ledger, style): (&mut Ledger, &Style),
    kind: Kind,
    name: &str,
    points: &[(NaiveDate, f64)],
    pen: &Pen,
) {
    let days = points.iter().map(|(day, _)| Value::Date(*day)).collect();
    let values = points.iter().map(|(_, value)| of_kind(kind, *value)).collect();
    let days = ledger.column(&style.language.word(word!("Date")), days);
    let values = ledger.column(name, values);
    let series = chart.add_series();
    series.set_categories(&ledger.range(days)).set_values(&ledger.range(values)).set_marker(&unmarked());
    series.set_format(ChartFormat::new().set_line(&pen.line));
    if name.is_empty() {
        return;
    }
    series.set_name(text::line(name).as_str());
    // Named at one point only: no legend to decode.
    let mut font = ChartFont::new();
    font.set_color(pen.ink).set_bold().set_size(9);
    let mut label = ChartDataLabel::new();
    label.show_series_name().set_position(pen.label).set_font(&font);
    let named = pen.named.unwrap_or(points.len() - 1);
    let mut labels = vec![ChartDataLabel::new().set_hidden().to_custom(); points.len()];
    if let Some(place) = labels.get_mut(named) {
        place.clone_from(&label);
    }
    series.set_data_label(&label).set_custom_data_labels(&labels);
}

/// A plain number as a cell of the kind.
pub(super) fn of_kind(kind: Kind, number: f64) -> Value {
    match kind {
        Kind::Money => Value::Estimate(number),
        Kind::Index => Value::Index(number),
        Kind::Percent => Value::Percent(number),
        Kind::Days => Value::Days(number),
        Kind::Number(places) => Value::Number(number, places),
        _ => Value::Number(number, 1),
    }
}

/// Ends and step of an axis: 1, 2 or 5 times a power of ten, about five steps.
pub(super) fn scale(low: f64, high: f64) -> (f64, f64, f64) {
    let range = high - low;
    let range = if range > 0.0 && range.is_finite() { range } else { high.abs().max(1.0) };
    let rough = range / 5.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|n| n * power).find(|s| *s >= rough).unwrap_or(rough);
    ((low / step).floor() * step, (high / step + 0.001).ceil() * step, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_on_round_numbers() {
        assert_eq!(scale(0.0, 470_000.0), (0.0, 500_000.0, 100_000.0));
        assert_eq!(scale(0.0, 0.0), (0.0, 0.2, 0.2));
        let (bottom, top, step) = scale(0.72, 1.05);
        assert!((bottom - 0.7).abs() < 1e-9 && (top - 1.1).abs() < 1e-9 && (step - 0.1).abs() < 1e-9);
    }
}
