//! The bull's-eye: CPI against SPI(t) with the trail of the periods, over the threshold bands.

use crate::document::BullsEye;
use crate::quantity::Health;

use super::axis::{self, Scale};
use super::place::{self, Wish};
use super::{Anchor, Frame, Label, Scene, Stroke, TEXT, shade, tint};

/// Indices above this are drawn at the edge, as arrows with their figures: they would squeeze all others into a corner.
const FURTHEST: f64 = 2.0;

/// Draws the trail over its bands.
pub(super) fn scene(chart: &BullsEye, frame: &mut Frame<'_>) -> Scene {
    let mut scene = Scene::default();
    let trail: Vec<_> = chart.trail.iter().filter(|(_, x, y)| x.is_finite() && y.is_finite()).collect();
    let (amber, red) = chart.thresholds;
    let far = trail
        .iter()
        .flat_map(|(_, x, y)| [*x, *y])
        .fold((red - 0.05, 1.1), |(low, high): (f64, f64), v| (low.min(v), high.max(v)));
    let ticks = axis::ticks((far.0 - 0.02).max(0.0), (far.1 + 0.02).min(FURTHEST), 6);
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
    for (threshold, health, colour) in [
        (low, Health::Red, theme.red),
        (red, Health::Amber, theme.amber),
        (amber, Health::Green, theme.green),
    ] {
        let at = (x.at(threshold.clamp(low, high)) + 3.0, top + 8.0);
        let word = frame.format.word(health.word());
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
        frame.format.word(word!("SPI(t): to the right is ahead of schedule")),
        muted,
        Anchor::End,
    ));
    let upwards = frame.format.word(word!("CPI: upwards is under cost"));
    scene.label(Label::new((left, 6.0), upwards, muted, Anchor::Start));

    let points: Vec<(f32, f32)> =
        trail.iter().map(|(_, spi, cpi)| (x.at(spi.clamp(low, high)), y.at(cpi.clamp(low, high)))).collect();
    if points.len() > 1 {
        scene.path(points.clone(), Stroke::solid(tint(theme.accent, 0.7), 0.9));
    }
    for (index, point) in points.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "periods")]
        let age = (index + 1) as f32 / points.len() as f32;
        let last = index + 1 == points.len();
        let (radius, fill) =
            if last { (3.6, theme.accent) } else { (1.7, tint(theme.accent, 0.3 + 0.5 * age)) };
        let (_, spi, cpi) = trail[index];
        match (*spi > high, *cpi > high) {
            (false, false) => scene.dot(*point, radius, fill, None),
            (right, up) => scene.area(arrow(*point, radius.max(2.4), (right, up)), fill),
        }
    }
    let name =
        |index: usize| Wish { at: points[index], text: trail[index].0.clone(), colour: shade(theme.accent) };
    let mut wishes: Vec<Wish> = match points.len() {
        0 => Vec::new(),
        1 => vec![name(0)],
        count => vec![name(count - 1), name(0)],
    };
    // Of those beyond the edge the furthest is told; the figures of the last stand beside the plot.
    let reach = |index: usize| trail[index].1.max(trail[index].2);
    let beyond = (0..points.len().saturating_sub(1)).filter(|index| reach(*index) > high);
    let furthest = beyond.max_by(|a, b| reach(*a).total_cmp(&reach(*b)));
    if let Some(index) = furthest {
        let (period, spi, cpi) = trail[index];
        let (symbol, figure) = if cpi > spi { ("CPI", cpi) } else { ("SPI(t)", spi) };
        let text = format!("{period}: {symbol} {}", frame.format.number(*figure, 2));
        wishes.retain(|wish| wish.text != *period);
        wishes.push(Wish { at: points[index], text, colour: shade(theme.accent) });
    }
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

/// A triangle that points to where a point lies beyond the plot.
fn arrow((x, y): (f32, f32), size: f32, (right, up): (bool, bool)) -> Vec<(f32, f32)> {
    match (right, up) {
        (true, true) => vec![(x, y), (x - 2.0 * size, y), (x, y + 2.0 * size)],
        (true, false) => vec![(x, y), (x - 2.0 * size, y - size), (x - 2.0 * size, y + size)],
        _ => vec![(x, y), (x - size, y + 2.0 * size), (x + size, y + 2.0 * size)],
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mark, Outline};
    use super::*;
    use crate::document::{Format, Theme};

    #[test]
    fn an_index_beyond_the_plot_is_an_arrow_at_its_edge_with_its_figure() {
        let trail = vec![("Jan 26".to_owned(), 0.9, 12.0), ("Feb 26".to_owned(), 0.95, 1.05)];
        let chart = BullsEye { trail, thresholds: (0.95, 0.9) };
        let (theme, format) = (Theme::default(), Format::default());
        let mut measure =
            |text: &str, size: f32, _: bool| size * 0.5 * text.chars().map(|_| 1.0).sum::<f32>();
        let mut frame =
            Frame { width: 480.0, height: 225.0, theme: &theme, format: &format, measure: &mut measure };
        let scene = scene(&chart, &mut frame);
        let mut told = false;
        for mark in &scene.marks {
            match mark {
                Mark::Shape(shape) => match &shape.outline {
                    Outline::Path { points, .. } => {
                        assert!(points.iter().all(|(_, y)| *y >= 11.9), "{points:?}");
                    }
                    Outline::Circle { y, .. } | Outline::Rectangle { y, .. } => assert!(*y >= 11.9, "{y}"),
                },
                Mark::Label(label) => told |= label.text == "Jan 26: CPI 12.00",
            }
        }
        assert!(told);
    }
}
