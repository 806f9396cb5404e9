//! Cost against schedule: where the project stands, and the trail it came by.

use rust_xlsxwriter::{
    Chart, ChartDataLabel, ChartDataLabelPosition, ChartFormat, ChartLineDashType, ChartType,
};

use super::super::style::{Style, color};
use super::super::text;
use super::ledger::{Ledger, Place};
use super::{axis, dots, font, stroke, unmarked};
use crate::document::{BullsEye, Value};

/// Draws the trail; `None` when it has no point.
pub(super) fn draw(bulls_eye: &BullsEye, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let trail = &bulls_eye.trail;
    let (latest, ..) = trail.last()?;
    let mut chart = Chart::new(ChartType::ScatterStraightWithMarkers);
    ledger.open(title);
    ledger.column(
        &style.language.word(word!("Period")),
        trail.iter().map(|(label, ..)| Value::Text(text::line(label))).collect(),
    );
    let across = ledger.column("SPI(t)", trail.iter().map(|(_, spi, _)| Value::Index(*spi)).collect());
    let up = ledger.column("CPI", trail.iter().map(|(.., cpi)| Value::Index(*cpi)).collect());

    let all = || trail.iter().flat_map(|(_, spi, cpi)| [*spi, *cpi]).chain([1.0, bulls_eye.thresholds.1]);
    let low = (all().fold(f64::INFINITY, f64::min) * 10.0 - 0.5).floor() / 10.0;
    let high = (all().fold(f64::NEG_INFINITY, f64::max) * 10.0 + 0.5).ceil() / 10.0;

    let mut bold = font(style.theme.accent, 9);
    bold.set_bold();
    let mut label = ChartDataLabel::new();
    label.show_series_name().set_position(ChartDataLabelPosition::Right).set_font(&bold);
    let mut labels = vec![ChartDataLabel::new().set_hidden().to_custom(); trail.len() - 1];
    labels.push(label.clone());
    let series = chart.add_series();
    series
        .set_name(text::line(latest).as_str())
        .set_categories(&ledger.range(across))
        .set_values(&ledger.range(up))
        .set_marker(&dots(color(style.theme.accent), 7, &mut ChartFormat::new()));
    series.set_format(ChartFormat::new().set_line(&stroke(color(style.theme.accent), 1.0)));
    series.set_data_label(&label).set_custom_data_labels(&labels);

    let (amber, red) = bulls_eye.thresholds;
    for (name, level, ink) in [
        (word!("On plan"), 1.0, style.theme.green),
        (word!("Amber"), amber, style.theme.amber),
        (word!("Red"), red, style.theme.red),
    ] {
        let name = &style.language.word(name);
        let constant = |ledger: &mut Ledger, head: &str| ledger.column(head, vec![Value::Index(level); 2]);
        let span = |ledger: &mut Ledger| ledger.column("", vec![Value::Index(low), Value::Index(high)]);
        let level_up = constant(ledger, name);
        let whole = span(ledger);
        for (across, up) in [(whole, level_up), (level_up, whole)] {
            threshold(&mut chart, name, ledger, across, up, color(ink));
        }
    }
    axis(chart.x_axis(), style, true).set_num_format("0.00").set_min(low).set_max(high).set_name("SPI(t)");
    axis(chart.y_axis(), style, true).set_num_format("0.00").set_min(low).set_max(high).set_name("CPI");
    chart.legend().set_hidden();
    Some(chart)
}

fn threshold(
    chart: &mut Chart,
    name: &str,
    ledger: &Ledger,
    across: Place,
    up: Place,
    ink: rust_xlsxwriter::Color,
) {
    let mut dashed = stroke(ink, 1.0);
    dashed.set_dash_type(ChartLineDashType::Dash);
    let series = chart.add_series();
    series
        .set_name(name)
        .set_categories(&ledger.range(across))
        .set_values(&ledger.range(up))
        .set_marker(&unmarked());
    series.set_format(ChartFormat::new().set_line(&dashed));
}
