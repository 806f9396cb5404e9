//! Cost against finish, a dot a trial.

use chrono::NaiveDate;
use rust_xlsxwriter::{Chart, ChartFormat, ChartMarker, ChartType};

use super::super::formula::serial;
use super::super::style::{Style, color};
use super::super::text;
use super::ledger::Ledger;
use super::{axis, dots, legend, pattern, stroke, tick, unmarked, weeks};
use crate::document::{Kind, Rgb, Scatter, Value};

/// Draws the trials; `None` when there is none.
pub(super) fn draw(scatter: &Scatter, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let marks = scatter.marks.iter().map(|(day, cost, _)| (*day, *cost));
    let all: Vec<(NaiveDate, f64)> = scatter.points.iter().copied().chain(marks).collect();
    let (first, last) = (all.iter().map(|point| point.0).min()?, all.iter().map(|point| point.0).max()?);
    let high = all.iter().map(|point| point.1).fold(f64::NEG_INFINITY, f64::max);
    let low = all.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
    let (bottom, top, step) = super::lines::scale(low, high);
    let mut chart = Chart::new(ChartType::Scatter);
    ledger.open(title);
    let marker = |ink: Rgb, size: u8| dots(color(ink), size, ChartFormat::new().set_no_border());
    series(
        &mut chart,
        (ledger, style),
        &style.language.word(word!("Trials")),
        &scatter.points,
        &marker(style.theme.accent, 2),
    );
    if scatter.frontier.len() > 1 {
        let line =
            series(&mut chart, (ledger, style), &scatter.frontier_label, &scatter.frontier, &unmarked());
        line.set_format(ChartFormat::new().set_line(&stroke(color(style.theme.red), 2.0)));
    }
    for (day, cost, label) in &scatter.marks {
        series(&mut chart, (ledger, style), label, &[(*day, *cost)], &marker(style.theme.ink, 7));
    }
    let span = (serial(last) - serial(first)).max(7.0);
    axis(chart.x_axis(), style, false)
        .set_num_format(tick(style))
        .set_min(serial(first) - 1.0)
        .set_max(serial(last) + 1.0)
        .set_major_unit(weeks(span, 7.0));
    axis(chart.y_axis(), style, true)
        .set_num_format(pattern(Kind::Money, high, style))
        .set_min(bottom)
        .set_max(top)
        .set_major_unit(step);
    legend(&mut chart, style);
    Some(chart)
}

fn series<'a>(
    chart: &'a mut Chart,
    (ledger, style): (&mut Ledger, &Style),
    name: &str,
    points: &[(NaiveDate, f64)],
    marker: &ChartMarker,
) -> &'a mut rust_xlsxwriter::ChartSeries {
    let days = ledger.column(
        &style.language.word(word!("Finish")),
        points.iter().map(|(day, _)| Value::Date(*day)).collect(),
    );
    let costs = ledger.column(name, points.iter().map(|(_, cost)| Value::Estimate(*cost)).collect());
    let series = chart.add_series();
    series
        .set_name(text::line(name).as_str())
        .set_categories(&ledger.range(days))
        .set_values(&ledger.range(costs))
        .set_marker(marker)
}
