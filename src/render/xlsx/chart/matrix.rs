//! Risks by probability and impact, named where they stand.

use rust_xlsxwriter::{Chart, ChartDataLabel, ChartDataLabelPosition, ChartFormat, ChartType};

use super::super::style::{Style, color};
use super::super::text;
use super::ledger::Ledger;
use super::{axis, dots, font, legend};
use crate::document::{Matrix, MatrixItem, Value};

/// More risks than these are left to the table.
const MOST: usize = 60;

/// Draws the risks as they stand, and where they go; `None` when there is none.
pub(super) fn draw(matrix: &Matrix, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    if matrix.items.is_empty() {
        return None;
    }
    let mut chart = Chart::new(ChartType::Scatter);
    ledger.open(title);
    let items: Vec<&MatrixItem> = matrix.items.iter().take(MOST).collect();
    let now: Vec<(&str, (u8, u8))> = items.iter().map(|item| (item.label.as_str(), item.at)).collect();
    let then: Vec<(&str, (u8, u8))> =
        items.iter().filter_map(|item| Some((item.label.as_str(), item.to?))).collect();
    let heads = [word!("Risk"), word!("Impact"), word!("Probability")].map(|head| style.language.word(head));
    let heads = heads.each_ref().map(String::as_str);
    series(
        &mut chart,
        (ledger, style),
        heads,
        &style.language.word(word!("As they stand")),
        &now,
        style.theme.red,
    );
    if !then.is_empty() {
        let name = &style.language.word(word!("Once the responses are in place"));
        series(&mut chart, (ledger, style), heads, name, &then, style.theme.green);
    }
    let names = [word!("Impact, 1 very low to 5 very high"), word!("Probability, 1 to 5")]
        .map(|name| style.language.word(name));
    levels(&mut chart, style, names.each_ref().map(String::as_str));
    legend(&mut chart, style);
    Some(chart)
}

/// Axes of the levels 1 to 5; the names of what goes across and what goes up.
pub(super) fn levels(chart: &mut Chart, style: &Style, [across, up]: [&str; 2]) {
    for (is_across, name) in [(true, across), (false, up)] {
        let which = if is_across { chart.x_axis() } else { chart.y_axis() };
        axis(which, style, true)
            .set_num_format("0")
            .set_min(0.5)
            .set_max(5.5)
            .set_major_unit(1)
            .set_name(name)
            .set_name_font(&font(style.theme.muted, 9));
    }
}

/// Names at levels up and across: `heads` name them, what goes across and what goes up.
pub(super) fn series(
    chart: &mut Chart,
    (ledger, style): (&mut Ledger, &Style),
    heads: [&str; 3],
    name: &str,
    items: &[(&str, (u8, u8))],
    ink: crate::document::Rgb,
) {
    let mut seen = std::collections::BTreeMap::new();
    // What has the same place stands beside each other.
    let places: Vec<(f64, f64)> = items
        .iter()
        .map(|(_, (probability, impact))| {
            let nth: &mut u8 = seen.entry((*probability, *impact)).or_insert(0);
            let (across, up) = (f64::from(*nth % 3), f64::from(*nth / 3 % 4));
            *nth = nth.saturating_add(1);
            (f64::from(*impact) - 0.35 + 0.3 * across, f64::from(*probability) + 0.3 - 0.2 * up)
        })
        .collect();
    ledger.column(heads[0], items.iter().map(|(label, _)| Value::Text(text::line(label))).collect());
    let across = ledger.column(heads[1], places.iter().map(|(x, _)| Value::Index(*x)).collect());
    let up = ledger.column(heads[2], places.iter().map(|(_, y)| Value::Index(*y)).collect());
    let mut label = ChartDataLabel::new();
    label.show_value().set_position(ChartDataLabelPosition::Right).set_font(&font(style.theme.ink, 8));
    let labels: Vec<ChartDataLabel> = items
        .iter()
        .map(|(name, _)| {
            let mut own = ChartDataLabel::new();
            own.set_value(text::line(name).as_str()).set_font(&font(style.theme.ink, 8));
            own.to_custom()
        })
        .collect();
    chart
        .add_series()
        .set_name(name)
        .set_categories(&ledger.range(across))
        .set_values(&ledger.range(up))
        .set_marker(&dots(color(ink), 5, &mut ChartFormat::new()))
        .set_data_label(&label)
        .set_custom_data_labels(&labels);
}
