//! How a figure becomes another: stacked bars, the lowest of them without a fill. A worksheet's own kind of
//! waterfall would be newer than many programs that open the file.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartDataLabelPosition, ChartFormat, ChartPatternFill,
    ChartPatternFillType, ChartType, Color,
};

use super::super::style::{Style, color};
use super::super::text;
use super::ledger::Ledger;
use super::lines::{of_kind, scale};
use super::{axis, filled, font, legend, pattern, unit};
use crate::document::{Part, Rgb, Value, Waterfall, WaterfallStep};

/// The height in pixels.
pub(super) fn height(waterfall: &Waterfall) -> u32 {
    (u32::try_from(waterfall.steps.len()).unwrap_or(0) * 26 + 120).clamp(240, 900)
}

/// A kind of bar: its name, whether a step is one, its colour, whether it is hatched.
struct Layer {
    name: &'static str,
    holds: fn(&WaterfallStep) -> bool,
    ink: Rgb,
    hatched: bool,
}

/// The name of what is not seen; some programs show it in the legend all the same.
const UNSEEN: &str = "\u{a0}";

/// The label of a step: where a level stands, what a change adds.
fn words(step: &WaterfallStep, style: &Style) -> ChartDataLabel {
    let mut ink = font(style.theme.ink, 8);
    if step.part == Part::Level {
        ink.set_bold();
    }
    let mut label = ChartDataLabel::new();
    label.set_value(step.figure(&style.language).as_str()).set_font(&ink);
    label.to_custom()
}

/// Draws the steps; `None` when there are none or they go below zero, which bars on a hidden one cannot show.
pub(super) fn draw(waterfall: &Waterfall, title: &str, ledger: &mut Ledger, style: &Style) -> Option<Chart> {
    let spans = waterfall.spans();
    if spans.is_empty() || spans.iter().any(|(from, to)| !(from.min(*to) >= 0.0 && to.is_finite())) {
        return None;
    }
    let theme = &style.theme;
    let layer = |name, holds: fn(&WaterfallStep) -> bool, ink, hatched| Layer { name, holds, ink, hatched };
    let layers = [
        layer(word!("Level"), |step| step.part == Part::Level, theme.accent, false),
        layer(word!("More"), |step| step.part == Part::Change && step.amount >= 0.0, theme.red, false),
        layer(word!("Less"), |step| step.part == Part::Change && step.amount < 0.0, theme.green, false),
        layer(
            word!("More, not certain"),
            |step| step.part == Part::Possible && step.amount >= 0.0,
            theme.red,
            true,
        ),
        layer(
            word!("Less, not certain"),
            |step| step.part == Part::Possible && step.amount < 0.0,
            theme.green,
            true,
        ),
    ];
    let mut chart = Chart::new(ChartType::BarStacked);
    ledger.open(title);
    let names = waterfall.steps.iter().map(|step| Value::Text(text::line(&step.label))).collect();
    let names = ledger.column(&style.language.word(word!("Step")), names);
    let foot = waterfall.steps.iter().zip(&spans).map(|(step, (from, to))| match step.part {
        Part::Level => Value::Empty,
        _ => of_kind(waterfall.kind, from.min(*to)),
    });
    let foot = ledger.column(&style.language.word(word!("Not seen")), foot.collect());
    chart
        .add_series()
        .set_name(UNSEEN)
        .set_categories(&ledger.range(names))
        .set_values(&ledger.range(foot))
        .set_format(ChartFormat::new().set_no_fill().set_no_border())
        .set_gap(45)
        .delete_from_legend(true);
    for layer in layers.iter().filter(|layer| waterfall.steps.iter().any(layer.holds)) {
        let sizes = waterfall.steps.iter().map(|step| {
            let shown = (layer.holds)(step);
            if shown { of_kind(waterfall.kind, step.amount.abs()) } else { Value::Empty }
        });
        let name = style.language.word(layer.name);
        let sizes = ledger.column(&name, sizes.collect());
        chart
            .add_series()
            .set_name(&name)
            .set_categories(&ledger.range(names))
            .set_values(&ledger.range(sizes))
            .set_format(&mut look(layer));
    }
    let high = spans.iter().map(|(_, to)| *to).fold(0.0, f64::max);
    let floor = waterfall.floor();
    let (bottom, top, step) = scale(floor, high);
    // Bars on bars have no place for a label after them: one more that is not seen holds it.
    let room = waterfall.steps.iter().map(|_| of_kind(waterfall.kind, step));
    let room = ledger.column(&style.language.word(word!("Label")), room.collect());
    let words: Vec<ChartDataLabel> = waterfall.steps.iter().map(|step| words(step, style)).collect();
    let mut label = ChartDataLabel::new();
    label.show_value().set_position(ChartDataLabelPosition::InsideBase);
    chart
        .add_series()
        .set_name(UNSEEN)
        .set_categories(&ledger.range(names))
        .set_values(&ledger.range(room))
        .set_format(ChartFormat::new().set_no_fill().set_no_border())
        .set_data_label(&label)
        .set_custom_data_labels(&words)
        .delete_from_legend(true);
    axis(chart.y_axis(), style, false).set_reverse();
    axis(chart.x_axis(), style, true)
        .set_num_format(pattern(waterfall.kind, high, style))
        .set_label_position(ChartAxisLabelPosition::High)
        .set_min(if floor > 0.0 { bottom.max(0.0) } else { 0.0 })
        .set_max(top)
        .set_major_unit(step);
    unit(chart.x_axis(), &waterfall.unit, style);
    legend(&mut chart, style);
    Some(chart)
}

/// What is not certain is hatched.
fn look(layer: &Layer) -> ChartFormat {
    let mut format = ChartFormat::new();
    if layer.hatched {
        let mut hatch = ChartPatternFill::new();
        hatch
            .set_pattern(ChartPatternFillType::DiagonalStripesLightUpwards)
            .set_foreground_color(color(layer.ink))
            .set_background_color(Color::White);
        format.set_pattern_fill(&hatch);
    } else {
        format.set_solid_fill(&filled(color(layer.ink)));
    }
    format
}
