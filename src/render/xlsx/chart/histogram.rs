//! A distribution: columns, and the cumulative curve on an axis of its own.

use chrono::NaiveDate;
use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartMarker, ChartSolidFill, ChartType};

use super::super::style::{Style, color};
use super::ledger::Ledger;
use super::lines::of_kind;
use super::{TICK, axis, font, pattern, stroke};
use crate::document::{Histogram, Over, Value};

/// Draws the distribution; `None` when it has no class.
pub(super) fn draw(histogram: &Histogram, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let (.., largest, _) = histogram.classes.last()?;
    let (head, format) = match &histogram.over {
        Over::Dates => ("Finish by", TICK.to_owned()),
        Over::Amounts(kind, _) => ("Cost up to", pattern(*kind, *largest, style)),
    };
    let at = |value: f64| match &histogram.over {
        #[expect(clippy::cast_possible_truncation, reason = "a day of a calendar")]
        Over::Dates => NaiveDate::from_num_days_from_ce_opt(value as i32).map_or(Value::Empty, Value::Date),
        Over::Amounts(kind, _) => of_kind(*kind, value),
    };
    ledger.open(title);
    let mut sum = 0.0;
    let cumulative = histogram.classes.iter().map(|(.., share)| {
        sum += share;
        Value::Percent(sum)
    });
    let cumulative: Vec<Value> = cumulative.collect();
    let ends = ledger.column(head, histogram.classes.iter().map(|(_, to, _)| at(*to)).collect());
    let shares = ledger
        .column("Share of trials", histogram.classes.iter().map(|(.., s)| Value::Percent(*s)).collect());
    let curve = ledger.column("Cumulative", cumulative);

    let mut chart = Chart::new(ChartType::Column);
    let mut fill = ChartSolidFill::new();
    fill.set_color(color(style.theme.accent)).set_transparency(45);
    let bars = chart.add_series();
    bars.set_name("Share of trials")
        .set_categories(&ledger.range(ends))
        .set_values(&ledger.range(shares))
        .set_gap(8);
    bars.set_format(ChartFormat::new().set_solid_fill(&fill));
    let mut line = Chart::new(ChartType::Line);
    let mut marker = ChartMarker::new();
    marker.set_none();
    let over = line.add_series();
    over.set_name("Cumulative")
        .set_categories(&ledger.range(ends))
        .set_values(&ledger.range(curve))
        .set_secondary_axis(true);
    over.set_marker(&marker);
    over.set_format(ChartFormat::new().set_line(&stroke(color(style.theme.green), 2.25)));
    line.y2_axis().set_min(0).set_max(1).set_num_format("0%").set_font(&font(style.theme.muted, 9));
    chart.combine(&line);
    axis(chart.x_axis(), style, false).set_num_format(format).set_text_axis(true);
    axis(chart.y_axis(), style, true).set_num_format("0%").set_min(0);
    chart.legend().set_position(ChartLegendPosition::Top).set_font(&font(style.theme.ink, 9));
    Some(chart)
}
