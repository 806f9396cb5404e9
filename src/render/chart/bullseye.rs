//! The bull's-eye: CPI against SPI(t) with the trail of the periods, over the threshold bands.

use crate::document::BullsEye;

use super::axis::{self, Scale};
use super::place::{self, Wish};
use super::{Anchor, Frame, Label, Scene, Stroke, TEXT, shade, tint};

/// Draws the trail over its bands.
pub(super) fn scene(chart: &BullsEye, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let trail: Vec<_> = chart.trail.iter().filter(|(_, x, y)| x.is_finite() && y.is_finite()).collect();
    let (amber, red) = chart.thresholds;
    let far = trail
        .iter()
        .flat_map(|(_, x, y)| [*x, *y])
        .fold((red - 0.05, 1.1), |(low, high): (f64, f64), v| (low.min(v), high.max(v)));
    let ticks = axis::ticks((far.0 - 0.02).max(0.0), (far.1 + 0.02).min(5.0), 6);
    let (low, high, step) = axis::extent(&ticks);
    let side = frame.height - 40.0;
    let left = ((frame.width - side) / 2.0 - 20.0).clamp(30.0, 120.0);
    let (top, bottom, right) = (12.0, 12.0 + side, left + side * 1.25);
    let x = Scale { low, high, start: left, end: right };
    let y = Scale { low, high, start: bottom, end: top };
    let theme = frame.theme;
    let muted = theme.muted;

    scene.rectangle(left, top, right - left, bottom - top, tint(theme.red, 0.10));
    for (threshold, colour) in [(red, theme.amber), (amber, theme.green)] {
        let (from, to) = (x.at(threshold.clamp(low, high)), y.at(threshold.clamp(low, high)));
        scene.rectangle(from, top, right - from, to - top, tint(theme.wash, 0.0));
        scene.rectangle(from, top, right - from, to - top, tint(colour, 0.14));
    }
    for (threshold, word, colour) in
        [(low, "red", theme.red), (red, "amber", theme.amber), (amber, "green", theme.green)]
    {
        let at = (x.at(threshold.clamp(low, high)) + 3.0, top + 8.0);
        scene.label(Label::new(at, word, shade(colour), Anchor::Start).size(6.2));
    }
    let decimals = axis::decimals(step);
    for tick in &ticks {
        let label = frame.format.number(*tick, decimals);
        scene.line((x.at(*tick), bottom), (x.at(*tick), bottom + 3.0), Stroke::solid(muted, 0.4));
        scene.label(Label::new((x.at(*tick), bottom + 10.0), &label, muted, Anchor::Middle));
        scene.line((left - 3.0, y.at(*tick)), (left, y.at(*tick)), Stroke::solid(muted, 0.4));
        scene.label(Label::new((left - 5.0, y.at(*tick) + TEXT * 0.36), label, muted, Anchor::End));
    }
    let cross = Stroke::solid(tint(theme.ink, 0.6), 0.6);
    scene.line((x.at(1.0), top), (x.at(1.0), bottom), cross);
    scene.line((left, y.at(1.0)), (right, y.at(1.0)), cross);
    scene.label(Label::new(
        (right, bottom + 20.0),
        "SPI(t): to the right is ahead of schedule",
        muted,
        Anchor::End,
    ));
    scene.label(Label::new((left, 6.0), "CPI: upwards is under cost", muted, Anchor::Start));

    let points: Vec<(f32, f32)> = trail.iter().map(|(_, spi, cpi)| (x.at(*spi), y.at(*cpi))).collect();
    if points.len() > 1 {
        scene.path(points.clone(), Stroke::solid(tint(theme.accent, 0.7), 0.9));
    }
    for (index, point) in points.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "periods")]
        let age = (index + 1) as f32 / points.len() as f32;
        let last = index + 1 == points.len();
        scene.dot(
            *point,
            if last { 3.6 } else { 1.7 },
            if last { theme.accent } else { tint(theme.accent, 0.3 + 0.5 * age) },
            None,
        );
    }
    let name =
        |index: usize| Wish { at: points[index], text: trail[index].0.clone(), colour: shade(theme.accent) };
    let wishes: Vec<Wish> = match points.len() {
        0 => Vec::new(),
        1 => vec![name(0)],
        count => vec![name(count - 1), name(0)],
    };
    if let Some((name, spi, cpi)) = trail.last() {
        // The figures of the last point stand beside the plot, where nothing crosses them.
        let (beside, most) = (right + 16.0, (frame.width - right - 16.0).max(20.0));
        scene.label(Label::new((beside, top + 8.0), name, theme.ink, Anchor::Start).bold().most(most));
        for (line, (symbol, value)) in [("CPI", cpi), ("SPI(t)", spi)].into_iter().enumerate() {
            let y = top + if line == 0 { 20.0 } else { 30.0 };
            let text = format!("{symbol} {}", frame.format.number(*value, 2));
            scene.label(Label::new((beside, y), text, theme.ink, Anchor::Start).most(most));
        }
    }
    let cross = [vec![(x.at(1.0), top), (x.at(1.0), bottom)], vec![(left, y.at(1.0)), (right, y.at(1.0))]];
    let lines: Vec<_> = cross.into_iter().chain([points]).collect();
    place::place(&mut scene, frame, (left, top, frame.width, bottom), &wishes, &lines, &mut Vec::new());
    scene
}
