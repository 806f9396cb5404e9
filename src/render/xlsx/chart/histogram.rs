//! A distribution: columns, and the cumulative curve on an axis of its own.

use rust_xlsxwriter::{Chart, ChartFormat, ChartType};

use super::super::style::{Style, color};
use super::ledger::Ledger;
use super::lines::of_kind;
use super::{axis, filled, font, legend, pattern, stroke, tick, unmarked};
use crate::document::{Histogram, Over, Value};

/// Classes that are named along the foot.
const LABELS: usize = 8;

/// Draws the distribution; `None` when it has no class.
pub(super) fn draw(histogram: &Histogram, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let (.., largest, _) = histogram.classes.last()?;
    let (head, format) = match &histogram.over {
        Over::Dates(_) => (word!("Finish by"), tick(style)),
        Over::Amounts(kind, _) => (word!("Cost up to"), pattern(*kind, *largest, style)),
    };
    let ends: Vec<Value> = match &histogram.over {
        Over::Dates(days) => days.iter().map(|day| Value::Date(*day)).collect(),
        Over::Amounts(kind, _) => histogram.classes.iter().map(|(_, to, _)| of_kind(*kind, *to)).collect(),
    };
    ledger.open(title);
    let mut sum = 0.0;
    let cumulative = histogram.classes.iter().map(|(.., share)| {
        sum += share;
        Value::Percent(sum)
    });
    let cumulative: Vec<Value> = cumulative.collect();
    let [head, share, below] =
        [head, word!("Share of trials"), word!("Cumulative")].map(|name| style.language.word(name));
    let ends = ledger.column(&head, ends);
    let shares = ledger.column(&share, histogram.classes.iter().map(|(.., s)| Value::Percent(*s)).collect());
    let curve = ledger.column(&below, cumulative);

    let mut chart = Chart::new(ChartType::Column);
    let mut fill = filled(color(style.theme.accent));
    fill.set_transparency(45);
    let bars = chart.add_series();
    bars.set_name(&share).set_categories(&ledger.range(ends)).set_values(&ledger.range(shares)).set_gap(8);
    bars.set_format(ChartFormat::new().set_solid_fill(&fill));
    let mut line = Chart::new(ChartType::Line);
    let over = line.add_series();
    over.set_name(&below)
        .set_categories(&ledger.range(ends))
        .set_values(&ledger.range(curve))
        .set_secondary_axis(true);
    over.set_marker(&unmarked());
    over.set_format(ChartFormat::new().set_line(&stroke(color(style.theme.green), 2.25)));
    chart
        .y2_axis()
        .set_min(0)
        .set_max(1)
        .set_num_format(style.percent())
        .set_font(&font(style.theme.muted, 9));
    chart.combine(&line);
    let every = u16::try_from(histogram.classes.len() / LABELS).unwrap_or(1).max(1);
    axis(chart.x_axis(), style, false).set_num_format(format).set_text_axis(true).set_label_interval(every);
    axis(chart.y_axis(), style, true).set_num_format(style.percent()).set_min(0);
    legend(&mut chart, style);
    Some(chart)
}
