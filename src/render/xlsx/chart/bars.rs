//! Amounts by category, as horizontal bars.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition, ChartFormat, ChartType,
};

use super::super::style::Style;
use super::super::text;
use super::ledger::Ledger;
use super::lines::of_kind;
use super::{axis, filled, font, legend, of_role, pattern, unit};
use crate::document::{Bars, Value};

/// More categories than these are left to the table.
const MOST: usize = 40;

/// The height in pixels.
pub(super) fn height(bars: &Bars) -> u32 {
    let a_category = if bars.stacked { 1 } else { bars.series.len().max(1) };
    let rows = bars.categories.len().min(MOST) * a_category;
    (u32::try_from(rows).unwrap_or(0) * 22 + 120).clamp(240, 900)
}

/// Draws the bars; `None` when there are no categories.
pub(super) fn draw(bars: &Bars, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    if bars.categories.is_empty() || bars.series.is_empty() {
        return None;
    }
    let mut chart = Chart::new(if bars.stacked { ChartType::BarStacked } else { ChartType::Bar });
    ledger.open(title);
    let names = bars.categories.iter().take(MOST).map(|name| Value::Text(text::line(name))).collect();
    let names = ledger.column(&style.language.word(word!("Category")), names);
    let largest = bars.series.iter().flat_map(|series| &series.2).fold(0.0, |most: f64, n| most.max(n.abs()));
    for (name, role, values) in &bars.series {
        let values = values.iter().take(MOST).map(|value| of_kind(bars.kind, *value)).collect();
        let values = ledger.column(name, values);
        let series = chart.add_series();
        series
            .set_name(text::line(name).as_str())
            .set_categories(&ledger.range(names))
            .set_values(&ledger.range(values));
        series.set_format(ChartFormat::new().set_solid_fill(&filled(of_role(*role, style)))).set_gap(45);
        if !bars.stacked {
            let mut label = ChartDataLabel::new();
            label
                .show_value()
                .set_position(ChartDataLabelPosition::OutsideEnd)
                .set_font(&font(style.theme.ink, 8));
            label.set_num_format(pattern(bars.kind, largest, style));
            series.set_data_label(&label).set_overlap(0);
        }
    }
    axis(chart.y_axis(), style, false).set_reverse();
    // Beside the bars, not over those below zero.
    if bars.series.iter().flat_map(|series| &series.2).any(|value| *value < 0.0) {
        chart.y_axis().set_label_position(ChartAxisLabelPosition::Low);
    }
    axis(chart.x_axis(), style, true)
        .set_num_format(pattern(bars.kind, largest, style))
        .set_label_position(ChartAxisLabelPosition::High);
    unit(chart.x_axis(), &bars.unit, style);
    if bars.series.len() > 1 {
        legend(&mut chart, style);
    } else {
        chart.legend().set_hidden();
    }
    Some(chart)
}
